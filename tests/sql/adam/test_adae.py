"""ADAE: imputed dates, treatment-emergent window, occurrences. Doses on 2 and 30 March 2020."""

import pandas as pd
import pytest

DOSES = ("2020-03-02", "2020-03-30")


@pytest.fixture
def adae(run, subject):
    def frame(*events, doses=DOSES, **more):
        records = subject("01", *doses)
        given = [{"USUBJID": "01", "AETERM": "fever", "AESER": "N"} | event for event in events]
        return run(**records, ae=given, **more)["adae"]

    return frame


def dates(record):
    return [
        None
        if pd.isna(record[name])
        else (f"{record[name]:%Y-%m-%d}" if name.endswith("DT") else record[name])
        for name in ("ASTDT", "ASTDTF", "AENDT", "AENDTF")
    ]


PARTIAL_DATES = [
    # AESTDTC, AEENDTC, what ADAE has, why
    ("2020-03-05", "2020-03-06", ["2020-03-05", None, "2020-03-06", None], "complete dates are kept"),
    ("2020-03", None, ["2020-03-02", "D", None, None], "the month of first dose: it could be that day"),
    ("2020-04", None, ["2020-04-01", "D", None, None], "a later month: its first day"),
    ("2020-02", None, ["2020-02-01", "D", None, None], "an earlier month: its first day"),
    ("2020", None, ["2020-03-02", "M", None, None], "the year of first dose"),
    ("2019", None, ["2019-01-01", "M", None, None], "an earlier year"),
    (None, None, ["2020-03-02", "Y", None, None], "unknown start counts against the drug"),
    (None, "2020-03-15", ["2020-03-02", "Y", "2020-03-15", None], "unknown start, ended on treatment"),
    (None, "2020-02-15", [None, None, "2020-02-15", None], "unknown start, ended before the drug"),
    ("2020", "2020-02-15", ["2020-01-01", "M", "2020-02-15", None], "ended before the drug was given"),
    ("2020-03-05", "2020-03", ["2020-03-05", None, "2020-03-30", "D"], "end: not after last contact"),
    ("2014", "2014-04", ["2014-01-01", "M", "2014-04-30", "D"], "start and end as a pair"),
    ("2020---15", None, ["2020-03-02", "M", None, None], "a day without its month is not a date"),
]


def test_partial_dates(adae):
    frame = adae(*({"AESTDTC": start, "AEENDTC": end} for start, end, _, _ in PARTIAL_DATES))
    found = [dates(record) for _, record in frame.iterrows()]
    assert dict(zip((why for *_, why in PARTIAL_DATES), found, strict=True)) == {
        why: expected for _, _, expected, why in PARTIAL_DATES
    }


def test_an_imputed_start_is_never_after_the_end(adae):
    starts = ("2019", "2019-12", "2020", "2020-02", "2020-03", "2021")
    ends = ("2019", "2019-12", "2019-12-31", "2020-02", "2020-03-01", "2020")
    frame = adae(*({"AESTDTC": start, "AEENDTC": end} for start in starts for end in ends))
    assert (frame["ASTDT"] <= frame["AENDT"]).all()


def test_the_collected_dates_stay_as_they_were(adae):
    record = adae({"AESTDTC": "2020-03", "AEENDTC": "2020"}).iloc[0]
    assert (record["AESTDTC"], record["AEENDTC"]) == ("2020-03", "2020")


def test_treatment_emergent_from_the_first_dose_to_30_days_after_the_last(adae):
    expected = {
        "2020-03-01": "PREFL",
        "2020-03-02": "TRTEMFL",
        "2020-04-29": "TRTEMFL",  # 30 days after the last dose
        "2020-04-30": "FUPFL",
        "2020": "TRTEMFL",
    }
    frame = adae(*({"AESTDTC": start} for start in expected))
    flags = frame[["PREFL", "TRTEMFL", "FUPFL"]].eq("Y")
    assert (flags.sum(axis=1) == 1).all()
    assert dict(zip(expected, flags.idxmax(axis=1), strict=True)) == expected


@pytest.mark.parametrize(
    ("start", "flagged"), [("2020-03-05", True), ("2020-03", True), ("2020", False), (None, False)]
)
def test_a_plan_may_leave_an_event_of_unknown_start_unflagged(study, run, subject, start, flagged):
    plan = study.file.analysis.model_copy(update={"unknown_ae_start": "not_flagged"})
    study = study.model_copy(update={"file": study.file.model_copy(update={"analysis": plan})})
    event = {"USUBJID": "01", "AETERM": "fever", "AESER": "N", "AESTDTC": start}
    record = run(**subject("01", *DOSES), ae=[event], study=study)["adae"].iloc[0]
    assert (record["TRTEMFL"] == "Y", record["ASTDT"]) == (flagged, adae_start(start))
    assert pd.notna(record["ASTDTF"]) == (start != "2020-03-05")


def adae_start(start):
    return pd.Timestamp("2020-03-05" if start == "2020-03-05" else DOSES[0])


def test_the_window_is_open_while_dosing_goes_on(run, subject):
    records = subject("01", *DOSES)
    records["ex"][1]["EXENDTC"] = None
    event = {"USUBJID": "01", "AETERM": "fever", "AESER": "N", "AESTDTC": "2020-09-01"}
    assert run(**records, ae=[event])["adae"].iloc[0]["TRTEMFL"] == "Y"


def test_on_the_day_of_first_dose_the_times_decide(adae):
    doses = ("2020-03-02T10:00", "2020-03-30T10:00")
    frame = adae(
        {"AESTDTC": "2020-03-02T09:00"},
        {"AESTDTC": "2020-03-02T11:00"},
        {"AESTDTC": "2020-03-02"},
        doses=doses,
    )
    assert list(frame.index[frame["PREFL"] == "Y"]) == [0]
    assert list(frame.index[frame["TRTEMFL"] == "Y"]) == [1, 2]


def test_untreated_subjects_have_no_treatment_emergent_events(adae):
    record = adae({"AESTDTC": "2020-03-05"}, doses=()).iloc[0]
    assert pd.isna(record[["TRTEMFL", "PREFL", "FUPFL", "ASTDY"]]).all()


def test_there_is_no_study_day_zero(adae):
    frame = adae({"AESTDTC": "2020-03-01"}, {"AESTDTC": "2020-03-02"})
    assert list(frame["ASTDY"]) == [-1, 1]


def test_first_and_worst_occurrence_among_treatment_emergent_events(adae):
    fever = {"AEDECOD": "Pyrexia", "AEBODSYS": "General disorders"}
    cold = {"AEDECOD": "Pharyngitis", "AEBODSYS": "Infections"}
    frame = adae(
        fever | {"AESTDTC": "2020-02-01", "AETOXGR": "3"},  # before treatment: never the first
        fever | {"AESTDTC": "2020-03-04", "AETOXGR": "1"},
        fever | {"AESTDTC": "2020-03-04", "AETOXGR": "2"},  # same day: the order of SDTM decides
        cold | {"AESTDTC": "2020-03-03", "AETOXGR": "1"},
    )
    flags = {
        name: list(frame.loc[frame[name] == "Y", "AESEQ"])
        for name in ("AOCCFL", "AOCCPFL", "AOCCSFL", "AOCCIFL", "AOCCPIFL")
    }
    assert flags == {
        "AOCCFL": [4],
        "AOCCPFL": [2, 4],
        "AOCCSFL": [2, 4],
        "AOCCIFL": [3],
        "AOCCPIFL": [3, 4],
    }


def test_causality_is_pooled_and_a_missing_one_counts_as_related(adae):
    given = ["RELATED", "LIKELY RELATED", "POSSIBLY RELATED", "UNLIKELY RELATED", "NOT RELATED", None]
    frame = adae(*({"AESTDTC": "2020-03-05", "AEREL": word} for word in given))
    assert list(frame["RELGR1"]) == ["RELATED"] * 3 + ["NOT RELATED"] * 2 + ["RELATED"]
    assert frame["AEREL"].isna().sum() == 1


def test_a_subject_without_events_has_no_record(run, subject):
    assert run(**subject("01", *DOSES))["adae"].empty
