"""ADQS: baseline, windows, change, PASI responses, LOCF and NRI.

First dose on 2 March 2020; visits at week 4 (study days 2 to 42), week 12 (43 to 126), one year (351 to 540).
"""

import pandas as pd
import pytest

from schemas.study import InstrumentItem, Source

ENDED = [
    {"USUBJID": "01", "DSCAT": "DISPOSITION EVENT", "DSDECOD": "COMPLETED", "EPOCH": epoch, "DSSTDTC": day}
    for epoch, day in (("TREATMENT", "2020-05-25"), ("FOLLOW-UP", "2021-05-24"))
]
BASELINE = ("2020-03-02", 12.0, "Y")


def pasi(*records, testcd="PASI0229"):
    """(date, total) or (date, total, "Y" at baseline) of subject 01."""
    names = ("RSDTC", "RSSTRESN", "RSLOBXFL")
    fixed = {"USUBJID": "01", "RSCAT": "PASI FELDMAN", "RSTESTCD": testcd}
    return [fixed | dict(zip(names, (*record, None)[:3], strict=True)) for record in records]


@pytest.fixture
def adqs(run, subject):
    def frame(*totals, ds=ENDED, doses=("2020-03-02", "2020-03-30"), **more):
        rs = [record for total in totals for record in ([total] if isinstance(total, dict) else pasi(total))]
        return run(**subject("01", *doses), rs=rs, ds=ds, **more)["adqs"]

    return frame


def table(frame, *names, code="PASITOT"):
    rows = frame.loc[frame["PARAMCD"] == code, list(names)].astype(object)
    return [tuple(row) for row in rows.where(rows.notna(), None).itertuples(index=False)]


def test_baseline_change_and_percent_change(adqs):
    frame = adqs(("2020-02-20", 14.0), BASELINE, ("2020-03-30", 9.0), ds=[])
    assert table(frame, "ADY", "ABLFL", "AVAL", "BASE", "CHG", "PCHG") == [
        (-11, None, 14.0, 12.0, None, None),
        (1, "Y", 12.0, 12.0, None, None),
        (29, None, 9.0, 12.0, -3.0, -25.0),
    ]


def test_visits_are_windows_and_the_nearest_record_is_analysed(adqs):
    frame = adqs(
        ("2020-02-20", 14.0),  # before the baseline: no analysis visit
        BASELINE,
        ("2020-03-24", 10.0),  # day 23
        ("2020-03-29", 9.0),  # day 28, unscheduled: one day from day 29
        ("2020-03-31", 8.0),  # day 30: one day too, and later
        ("2020-12-01", 7.0),  # day 275: between the windows
        ds=[],
    )
    assert table(frame, "AVISIT", "AVISITN", "ANL01FL", "AVAL") == [
        (None, None, None, 14.0),
        ("Baseline", 0, "Y", 12.0),
        ("Week 4", 4, None, 10.0),
        ("Week 4", 4, None, 9.0),
        ("Week 4", 4, "Y", 8.0),
        (None, None, None, 7.0),
    ]


def test_on_the_day_of_first_dose_only_a_later_time_is_after_it(adqs):
    frame = adqs(
        ("2020-03-02T09:00", 12.0, "Y"),
        ("2020-03-02T11:00", 11.0),
        ("2020-03-02", 13.0),  # no time: not known to be after the dose
        doses=("2020-03-02T10:00",),
        ds=[],
    )
    assert sorted(table(frame, "AVAL", "CHG")) == [(11.0, -1.0), (12.0, None), (13.0, None)]


def test_pasi_responses_are_judged_in_whole_tenths(adqs):
    # 1.9 is exactly a quarter of 7.6, but in binary 100 * (7.6 - 1.9) / 7.6 falls short of 75
    frame = adqs(("2020-03-02", 7.6, "Y"), ("2020-03-30", 1.9), ("2020-05-25", 3.9), ("2021-05-24", 0.0))
    flags = ("CRIT1FL", "CRIT2FL", "CRIT3FL", "CRIT4FL")
    assert table(frame, "AVISIT", *flags) == [
        ("Baseline", None, None, None, None),
        ("Week 4", "Y", "Y", "N", "N"),
        ("Week 12", "N", "N", "N", "N"),
        ("One Year", "Y", "Y", "Y", "Y"),
    ]


@pytest.mark.parametrize("baseline", [[], [("2020-03-02", 0.0, "Y")]])
def test_without_a_baseline_above_zero_a_response_cannot_be_judged(adqs, baseline):
    frame = adqs(*baseline, ("2020-03-30", 4.0))
    assert frame["CRIT1FL"].isna().all() and frame["PCHG"].isna().all()
    assert table(frame, "AVALC", code="PASI50N") == []


def test_locf_fills_only_visits_of_the_treatment_period_without_a_record(adqs):
    frame = adqs(BASELINE, ("2020-03-24", 10.0), ("2020-03-30", 9.0))
    assert table(frame, "AVISIT", "AVAL", "CHG", "ANL01FL", "DTYPE", "SRCSEQ") == [
        ("Baseline", 12.0, None, "Y", None, 1),
        ("Week 4", 10.0, -2.0, None, None, 2),  # not the analysed one: never carried
        ("Week 4", 9.0, -3.0, "Y", None, 3),
        ("Week 12", 9.0, -3.0, "Y", "LOCF", 3),
    ]  # one year is follow-up: nothing is carried there


def test_locf_adds_nothing_where_the_visit_has_data(adqs):
    frame = adqs(BASELINE, ("2020-03-30", 9.0), ("2020-05-25", 6.0), ("2021-05-24", 5.0))
    assert table(frame, "DTYPE") == [(None,)] * 4


def test_locf_carries_the_baseline_and_only_scores(adqs):
    component = pasi(("2020-03-02", 3.0, "Y"), testcd="PASI0201")
    frame = adqs(BASELINE, *component)
    assert table(frame, "AVISIT", "AVAL", "CHG", "DTYPE") == [
        ("Baseline", 12.0, None, None),
        ("Week 4", 12.0, 0.0, "LOCF"),
        ("Week 12", 12.0, 0.0, "LOCF"),
    ]
    assert table(frame, "AVISIT", code="PASIHE") == [("Baseline",)]


def test_a_visit_that_is_not_due_yet_is_not_missing(adqs):
    frame = adqs(BASELINE, ("2020-03-30", 6.0), ds=[])
    assert frame["DTYPE"].isna().all()
    assert table(frame, "AVISIT", "AVALC", code="PASI50N") == []
    # once the subject is seen after the window of week 4, that visit is due
    frame = adqs(BASELINE, ds=[], sv=[{"USUBJID": "01", "VISITNUM": 5, "SVSTDTC": "2020-05-25"}])
    assert table(frame, "AVISIT", "AVALC", "DTYPE", code="PASI50N") == [("Week 4", "N", "NRI")]


def test_nri_has_one_answer_per_subject_and_visit(adqs):
    frame = adqs(BASELINE, ("2020-03-30", 9.0), ("2021-05-24", 3.0))
    assert table(frame, "AVISIT", "AVALC", "AVAL", "DTYPE", "SRCDOM", "SRCSEQ", code="PASI50N") == [
        ("Week 4", "N", 0, None, "RS", 2),
        ("One Year", "Y", 1, None, "RS", 3),
        ("Week 12", "N", 0, "NRI", None, None),  # LOCF is no observation
    ]
    assert table(frame, "AVISIT", "AVALC", code="PASI75N")[1] == ("One Year", "Y")
    assert table(frame, "AVISIT", "AVALC", code="PASI90N")[1] == ("One Year", "N")


def test_all_instruments_and_pasi_versions_share_their_parameters(run, subject):
    day = "2020-03-02"
    frame = run(
        **subject("01", day),
        rs=[
            {"USUBJID": "01", "RSCAT": category, "RSTESTCD": f"{prefix}29", "RSDTC": day, "RSSTRESN": 12}
            for category, prefix in (
                ("PASI FELDMAN", "PASI02"),
                ("PASI FREDRIKSSON", "PASI03"),
                ("PASI EMA", "PASI04"),
                ("PASI BOZEK", "PASI05"),
            )
        ],
        qs=[
            {"USUBJID": "01", "QSCAT": "DLQI", "QSTESTCD": "DLQI111", "QSDTC": day, "QSSTRESN": 9},
            {"USUBJID": "01", "QSCAT": "DLQI", "QSTESTCD": "DLQI107A", "QSDTC": day, "QSSTRESN": 1},
            {"USUBJID": "01", "QSCAT": "PRURITUS VAS", "QSTESTCD": "PVAS01", "QSDTC": day, "QSSTRESN": 60},
            {"USUBJID": "01", "QSCAT": "DLQI", "QSTESTCD": "DLQI110", "QSDTC": day, "QSSTAT": "NOT DONE"},
        ],
        famh=[{"USUBJID": "01", "FATESTCD": "BSAAFCTP", "FADTC": day, "FASTRESN": 15.5}],
    )["adqs"]
    found = list(zip(frame["PARAMCD"], frame["SRCDOM"], frame["AVAL"], strict=True))
    assert found == [
        *[("PASITOT", "RS", 12)] * 4,
        ("DLQITOT", "QS", 9),
        ("DLQI07A", "QS", 1),
        ("BSAPCT", "FAMH", 15.5),
        ("PRUVAS", "QS", 60),
    ]


def test_screening_values_of_a_screen_failure_are_kept_without_a_visit(run, subject):
    failed = subject("01", ARMCD=None, ARM=None, ACTARMCD=None, ACTARM=None, ARMNRS="SCREEN FAILURE")
    frame = run(dm=failed["dm"], rs=pasi(("2020-02-20", 6.0)))["adqs"]
    assert table(frame, "SAFFL", "AVAL", "ADY", "AVISIT") == [("N", 6.0, None, None)]


def test_records_of_one_moment_keep_the_order_of_sdtm(adqs):
    again = [adqs(BASELINE, ("2020-03-30", 9.0), ("2020-03-30", 9.5)) for _ in range(2)]
    assert table(again[0], "ASEQ", "AVAL", "ANL01FL")[1:3] == [(2, 9.0, None), (3, 9.5, "Y")]
    pd.testing.assert_frame_equal(*again)


def test_a_questionnaire_of_the_studys_own_has_its_items_as_parameters(run, subject, study):
    items = [
        InstrumentItem(item="01", testcd="ITCH01", test="Itch at Night", min=0, max=10),
        InstrumentItem(item="TOT", testcd="ITCHTOT", test="Itch Total", min=0, max=20, origin="derived"),
    ]
    source = Source.model_construct(form="qs", instrument="ITCH")
    file = study.file.model_copy(update={"sources": {"itch": source}})
    told = study.model_copy(update={"file": file, "instruments": {"ITCH": tuple(items)}})
    qs = [
        {"USUBJID": "01", "QSCAT": "ITCH", "QSTESTCD": code, "QSDTC": day, "QSSTRESN": value, "QSLOBXFL": flag}
        for code, day, value, flag in (
            ("ITCH01", "2020-03-02", 8, "Y"),
            ("ITCHTOT", "2020-03-02", 16, "Y"),
            ("ITCHTOT", "2020-03-30", 12, None),
        )
    ]
    frame = run(told, **subject("01", "2020-03-02"), qs=qs, ds=ENDED)["adqs"]
    assert table(frame, "PARAM", "PARCAT1", "PARCAT2", "AVISIT", "CHG", "DTYPE", code="ITCHTOT") == [
        ("Itch Total", "ITCH", "SCORE", "Baseline", None, None),
        ("Itch Total", "ITCH", "SCORE", "Week 4", -4, None),
        ("Itch Total", "ITCH", "SCORE", "Week 12", -4, "LOCF"),
    ]
    assert table(frame, "PARAM", "PARCAT2", code="ITCH01") == [("Itch at Night", "COMPONENT")]
