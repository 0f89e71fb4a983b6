"""Site 01 screened 001, failed her, and screened her again as 007; then she moved to site 02 as 020."""

import pandas as pd
import pytest

from schemas.study import Person

PERSONS = [
    Person(SITEID="01", SUBJID="001", OF_SITEID="01", OF_SUBJID="007", WHY="rescreened"),
    Person(SITEID="02", SUBJID="020", OF_SITEID="01", OF_SUBJID="007", WHY="transferred"),
]
FIRST = {"SITEID": "01", "SUBJID": "001"}
ENROLLED = {"SITEID": "01", "SUBJID": "007"}
MOVED = {"SITEID": "02", "SUBJID": "020"}


@pytest.fixture
def rows(treated):
    person = treated["dm"][0]
    return {
        "dm": [
            person | FIRST | {"RFICDAT": "2020-01-15", "ARMCD": "SCREEN FAILURE"},
            person | ENROLLED,
            person | MOVED | {"RFICDAT": "2020-03-01"},
        ],
        "ex": [dose | ENROLLED for dose in treated["ex"]],
        "ds": [
            {"USUBJID": "S1", "DSTERM": "Screen failure", "DSDECOD": "SCREEN FAILURE", "DSCAT": "DISPOSITION EVENT",
             "EPOCH": "SCREENING", "DSSTDAT": "2020-01-20"} | FIRST,
        ],
        "vs": [
            {"USUBJID": "S1", "VISIT": "SCREENING", "VSTESTCD": "TEMP", "VSORRES": "36.5", "VSORRESU": "C"} | where
            for where in (
                FIRST | {"VSDAT": "2020-01-16"}, ENROLLED | {"VSDAT": "2020-03-02"},
                MOVED | {"VSDAT": "2020-04-20", "VISIT": "WEEK 4"},
            )
        ],
    }  # fmt: skip


@pytest.fixture
def out(trial_with, rows):
    return trial_with(tables={"persons": PERSONS}).sdtm(**rows)


def test_a_person_has_one_record_in_dm_with_the_enrolled_number(out):
    dm = out.datasets["DM"]
    assert dm[["SITEID", "SUBJID", "RFICDTC", "ARMCD"]].to_numpy().tolist() == [["01", "007", "2020-03-01", "CELLS"]]


def test_the_other_participations_are_supplemental_to_dm_and_their_rows_its_parents(out):
    supp = out.datasets["SUPPDM"].astype("str").set_index("QNAM")["QVAL"]
    assert supp[["PSUBJID1", "PSITEID1", "PRFICD1", "PARMNR1"]].tolist() == [
        "001",
        "01",
        "2020-01-15",
        "SCREEN FAILURE",
    ]
    assert supp[["PSUBJID2", "PSITEID2"]].tolist() == ["020", "02"] and "PARMNR2" not in supp
    parents = out.parents[(out.parents["dataset"] == "DM") & (out.parents["_file"] == "dm.csv")]
    assert {2, 4} <= set(parents["_row"])


def test_what_was_collected_under_another_number_says_so(out):
    supp = out.datasets["SUPPDS"].astype("str")
    assert supp[["QNAM", "QVAL"]].to_numpy().tolist() == [["SUBJID", "001"]]
    supp = out.datasets["SUPPVS"].astype("str")
    assert sorted(supp[["QNAM", "QVAL"]].to_numpy().tolist()) == [
        ["SITEID", "02"], ["SUBJID", "001"], ["SUBJID", "020"]
    ]  # fmt: skip


def test_an_earlier_screening_is_an_unscheduled_visit_and_ends_no_element(out):
    assert out.datasets["SV"][["VISIT", "SVSTDTC"]].astype("str").to_numpy().tolist() == [
        ["UNSCHEDULED 0.01", "2020-01-16"], ["SCREENING", "2020-03-02"], ["WEEK 4", "2020-04-20"],
    ]  # fmt: skip
    assert out.datasets["SE"]["SEENDTC"].astype("str").tolist()[0].startswith("2020-03-10")


def test_what_was_done_under_an_earlier_consent_is_not_before_consent(out):
    assert "CONSENT" not in set(out.findings["rule"])


def test_where_all_rows_have_moved_to_the_new_site_its_row_is_the_one(trial_with, rows):
    only = {"dm": rows["dm"][2:], "ex": [dose | MOVED for dose in rows["ex"]]}
    dm = trial_with(tables={"persons": PERSONS}).sdtm(**only).datasets["DM"]
    assert dm[["SITEID", "SUBJID"]].to_numpy().tolist() == [["02", "020"]]


def test_numbers_of_one_person_stay_in_one_set_of_subjects(trial_with):
    kin = trial_with(tables={"persons": PERSONS}).study.kin
    assert len({kin[number] for number in ("001", "007", "020")}) == 1


def test_without_persons_nothing_is_added(trial, treated):
    assert not [name for name in trial.sdtm(**treated).datasets["DM"] if pd.isna(name)]
    assert "SUPPDM" not in trial.sdtm(**treated).datasets
