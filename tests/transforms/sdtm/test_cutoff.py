"""The data cut at 31 May 2020: what was known on that day, worked out by hand."""

import pandas as pd
import pytest

from transforms.sdtm.cutoff import cut, goes_on, study_at
from transforms.sdtm.subjects import subjects_sdtm

CUTOFF = "2020-05-31"


@pytest.fixture
def at(trial_with):
    """Forms -> the cut and the SDTM that comes out of it: at(ae=[...], policy="unknown")."""

    def run(policy="not_recovered", **rows):
        trial = trial_with(outcome_after_cutoff=policy)
        study = study_at(trial.study, CUTOFF)
        forms = trial.forms(**{"dm": [subject()], **rows})
        frames = [f for form in forms.values() for f in (form.values() if isinstance(form, dict) else [form])]
        outcomes = pd.concat([frame[["_source", "_file", "_row"]] for frame in frames], ignore_index=True)
        outcomes = outcomes.drop_duplicates().assign(outcome="in form", reason=None)
        done = cut(forms, outcomes.astype({"outcome": "category"}), study)
        return done, goes_on(subjects_sdtm(done.forms, study), done.ongoing, study).datasets

    return run


def subject(number="1", **values):
    given = {"USUBJID": f"S{number}", "SITEID": "01", "SUBJID": number, "RFICDAT": "2020-03-01", "ARMCD": "CELLS"}
    return given | {"SEX": "F", "RACE": "ASIAN", "COUNTRY": "CHN"} | values


def event(term, start, end=None, **values):
    given = {"USUBJID": "S1", "AETERM": term, "AESTDAT": start, "AEENDAT": end, "AESER": "N", "AEREL": "NOT RELATED"}
    return given | {"AEOUT": "RECOVERED/RESOLVED"} | values


def shown(frame, *columns):
    rows = frame[list(columns)].astype("object")
    return [tuple(row) for row in rows.where(rows.notna(), None).to_numpy()]


def rows_of(done, form, what):
    return int(done.counts.loc[(done.counts["form"] == form) & (done.counts["what"] == what), "rows"].sum())


def test_a_record_of_the_day_of_the_cut_stays_and_one_of_the_next_day_goes(at):
    done, sdtm = at(ae=[event("Headache", "2020-05-31", "2020-05-31"), event("Fever", "2020-06-01")])
    assert shown(sdtm["AE"], "AETERM", "AESEQ") == [("Headache", 1)]
    assert (rows_of(done, "ae", "cut"), rows_of(done, "ae", "opened")) == (1, 0)
    assert shown(done.outcomes[done.outcomes["_source"] == "ae"], "outcome", "reason") == [
        ("in form", None),
        ("cut", "CUTOFF: after the data cut-off date"),
    ]


def test_a_partial_date_that_could_be_before_the_cut_stays(at):
    starts = ["2020-05", "2020", "2020-06", "2021", None, "2020---31"]
    _, sdtm = at(ae=[event(f"Event {start}", start) for start in starts])
    assert set(sdtm["AE"]["AETERM"]) == {"Event 2020-05", "Event 2020", "Event None", "Event 2020---31"}


def test_a_subject_is_cut_by_consent_with_all_rows(at):
    done, sdtm = at(
        dm=[subject(), subject("2", RFICDAT="2020-06-01"), subject("3", RFICDAT=None)],
        cm=[{"USUBJID": f"S{n}", "CMTRT": "Aspirin", "CMSTDAT": "2019"} for n in (1, 2, 3)],
    )
    assert sdtm["DM"]["USUBJID"].tolist() == ["S1", "S3"] and sdtm["CM"]["USUBJID"].tolist() == ["S1", "S3"]
    assert (rows_of(done, "dm", "cut"), rows_of(done, "cm", "cut")) == (1, 1)


def test_an_end_after_the_cut_is_taken_out_and_the_event_goes_on(at):
    done, sdtm = at(
        ae=[
            event("Rash", "2020-05-20", "2020-06-02"),
            event("Cough", "2020-05-20", "2020-05-25"),
            event("Itch", "2020-05-20", "2020-06", AEOUT="RECOVERING/RESOLVING"),
            event("Pain", "2020-05-20", "2020", AEOUT="RECOVERED/RESOLVED"),
        ]
    )
    assert shown(sdtm["AE"], "AETERM", "AEENDTC", "AEOUT", "AEENRTPT", "AEENTPT") == [
        ("Cough", "2020-05-25", "RECOVERED/RESOLVED", None, None),
        ("Itch", None, "RECOVERING/RESOLVING", "ONGOING", CUTOFF),
        ("Pain", "2020", "RECOVERED/RESOLVED", None, None),
        ("Rash", None, "NOT RECOVERED/NOT RESOLVED", "ONGOING", CUTOFF),
    ]
    assert rows_of(done, "ae", "opened") == 2


@pytest.mark.parametrize(("policy", "outcome"), [("unknown", "UNKNOWN"), ("missing", None)])
def test_the_outcome_of_what_was_not_over_yet_is_a_policy(at, policy, outcome):
    _, sdtm = at(policy, ae=[event("Rash", "2020-05-20", "2020-06-02")])
    assert shown(sdtm["AE"], "AEOUT") == [(outcome,)]


def test_a_death_after_the_cut_has_not_happened(at):
    fatal = event("Sepsis", "2020-05-30", None, AEOUT="FATAL", AETOXGR="5", AESER="Y")
    death = {"USUBJID": "S1", "DSTERM": "Death", "DSDECOD": "DEATH", "DSCAT": "DISPOSITION EVENT"}
    _, sdtm = at(
        ae=[fatal],
        sae=[{"USUBJID": "S1", "AETERM": "Sepsis", "AESTDAT": "2020-05-30", "AESDTH": "Y", "AEOUT": "FATAL"}],
        ds=[death | {"EPOCH": "TREATMENT", "DSSTDAT": "2020-06-03"}],
    )
    assert shown(sdtm["DM"], "DTHFL", "DTHDTC") == [(None, None)]
    assert shown(sdtm["AE"], "AEOUT", "AETOXGR", "AESDTH", "AESER") == [("NOT RECOVERED/NOT RESOLVED", None, "N", "Y")]
    assert sdtm["DS"].empty


def test_a_death_before_the_cut_stays(at):
    fatal = event("Sepsis", "2020-05-20", "2020-05-25", AEOUT="FATAL", AETOXGR="5", AESER="Y")
    _, sdtm = at(ae=[fatal])
    assert shown(sdtm["DM"], "DTHFL", "DTHDTC") == [("Y", "2020-05-25")]
    assert shown(sdtm["AE"], "AEOUT", "AETOXGR") == [("FATAL", "5")]


def test_what_the_site_calls_ongoing_goes_on_at_the_cut_for_a_subject_who_went_on(at):
    ongoing = {"CMTRT": "Aspirin", "CMSTDAT": "2019", "CMONGO": "Y"}
    _, sdtm = at(
        dm=[subject(), subject("2")],
        cm=[ongoing | {"USUBJID": "S1"}, ongoing | {"USUBJID": "S2"}],
        ae=[event("Fever", "2020-06-10")],
    )
    assert shown(sdtm["CM"], "USUBJID", "CMENTPT") == [("S1", CUTOFF), ("S2", "FINAL SUBJECT VISIT")]


def test_exposure_visits_elements_and_epochs_follow(at):
    doses = [{"USUBJID": "S1", "EXTRT": "CELLS", "EXDOSE": 1, "EXSTDAT": d, "EXENDAT": d}
             for d in ("2020-03-10", "2020-06-10")]  # fmt: skip
    weight = {"USUBJID": "S1", "VSTESTCD": "WEIGHT", "VSORRES": "60", "VSORRESU": "kg"}
    ended = {"USUBJID": "S1", "DSTERM": "Done", "DSDECOD": "COMPLETED", "DSCAT": "DISPOSITION EVENT"}
    _, sdtm = at(
        ex=doses,
        vs=[weight | {"VISIT": v, "VSDAT": d} for v, d in (("WEEK 0", "2020-03-10"), ("MONTH 6", "2020-09-10"))],
        ds=[ended | {"EPOCH": "TREATMENT", "DSSTDAT": "2020-06-11"}],
    )
    assert shown(sdtm["EX"], "EXSEQ", "EXSTDTC") == [(1, "2020-03-10")]
    assert shown(sdtm["SV"], "VISIT") == [("WEEK 0",)]
    assert shown(sdtm["SE"], "ETCD", "SESTDTC", "SEENDTC") == [
        ("SCREEN", "2020-03-01", "2020-03-10"),
        ("TREAT", "2020-03-10", None),
    ]
    assert shown(sdtm["DM"], "RFXENDTC", "RFPENDTC") == [("2020-03-10", "2020-03-10")]


def test_a_row_without_a_date_of_a_visit_to_come_goes_with_it(at):
    weight = {"USUBJID": "S1", "VSTESTCD": "WEIGHT", "VSORRES": "60", "VSORRESU": "kg"}
    done, sdtm = at(
        vs=[
            weight | {"VISIT": "WEEK 0", "VSDAT": "2020-03-10"},
            weight | {"VISIT": "WEEK 0", "VSDAT": None},
            weight | {"VISIT": "WEEK 4", "VSDAT": None},
            weight | {"VISIT": "MONTH 6", "VSDAT": None},
        ],
        fa=[{"USUBJID": "S1", "VISIT": "MONTH 6", "FADAT": "2020-09-10", "FATESTCD": "X", "FATEST": "X"}],
    )
    assert sorted(sdtm["VS"]["VISIT"]) == ["WEEK 0", "WEEK 0", "WEEK 4"]
    assert rows_of(done, "vs", "cut") == 1


def test_an_exposure_that_goes_on_has_no_end(at):
    _, sdtm = at(
        ex=[{"USUBJID": "S1", "EXTRT": "CELLS", "EXDOSE": 1, "EXSTDAT": "2020-05-30", "EXENDAT": "2020-06-02"}]
    )
    assert shown(sdtm["EX"], "EXSTDTC", "EXENDTC") == [("2020-05-30", None)]


def test_the_trial_summary_says_where_the_data_was_cut(trial):
    study = study_at(trial.study, CUTOFF)
    said = {row.TSPARMCD: row.TSVAL for row in study.summary}
    assert said["DCUTDTC"] == CUTOFF and said["DCUTDESC"] == "Data cut-off on 2020-05-31"


def test_without_a_cut_everything_is_as_it_was(trial):
    forms = trial.forms(dm=[subject()], ae=[event("Fever", "2999-01-01")])
    assert cut(forms, pd.DataFrame(), trial.study).forms is forms
