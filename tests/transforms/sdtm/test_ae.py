import pandas as pd
import pytest

from schemas.study import Derived
from transforms.sdtm.subjects import subjects_sdtm


def event(term, start, **values):
    return {"USUBJID": "S1", "AETERM": term, "AESTDAT": start, "AESER": "N", "AEREL": "NOT RELATED"} | values


def listed(term, start, **values):
    return {"USUBJID": "S1", "AETERM": term, "AESTDAT": start} | values


def test_events_are_numbered_in_the_order_of_their_start(trial, treated):
    treated["ae"] = [event("Cough", "2020-03-20"), event("Fever", "2020-03-10"), event("Rash", None)]
    ae = trial.sdtm(**treated).datasets["AE"]
    assert list(zip(ae["AESEQ"], ae["AETERM"], ae["_row"], strict=True)) == [
        (1, "Fever", 3),
        (2, "Cough", 2),
        (3, "Rash", 4),
    ]


def test_the_same_event_twice_keeps_the_order_of_the_file(trial, treated):
    treated["ae"] = [event("Fever", "2020-03-10", AESPID="2"), event("Fever", "2020-03-10", AESPID="2")]
    assert trial.sdtm(**treated).datasets["AE"]["_row"].tolist() == [2, 3]


def test_dates_stay_as_precise_as_they_were_and_days_count_complete_ones(trial, treated):
    treated["ae"] = [
        event("Fever", "2020-03-10", AESTTIM="15:20", AEENDAT="2020-03-09"),
        event("Cough", "2020-03", AEENDAT="2020"),
    ]
    ae = trial.sdtm(**treated).datasets["AE"].set_index("AETERM")
    assert ae.loc["Fever", ["AESTDTC", "AEENDTC", "AESTDY", "AEENDY"]].tolist() == [
        "2020-03-10T15:20",
        "2020-03-09",
        1,
        -1,
    ]
    assert ae.loc["Cough", ["AESTDTC", "AEENDTC"]].tolist() == ["2020-03", "2020"]
    assert ae.loc["Cough", ["AESTDY", "AEENDY"]].isna().all()


def test_epoch_is_that_of_the_start(trial, treated):
    treated["ae"] = [event("A", "2020-03-05"), event("B", "2020-03-10"), event("C", "2020-02-01")]
    epoch = trial.sdtm(**treated).datasets["AE"].set_index("AETERM")["EPOCH"]
    assert (epoch["A"], epoch["B"]) == ("SCREENING", "TREATMENT") and pd.isna(epoch["C"])


def test_an_uncoded_term_stands_in_for_its_code_in_upper_case(trial, treated):
    treated["ae"] = [
        event("Febrile", "2020-03-10", AEDECOD="Fever", AESOC="General"),
        event("Odd", "2020-03-11", AEDECOD=None),
    ]
    ae = trial.sdtm(**treated).datasets["AE"]
    assert ae["AEDECOD"].tolist() == ["Fever", "ODD"]
    assert ae["AESOC"][0] == "General" and pd.isna(ae["AESOC"][1])


def test_an_event_that_goes_on_says_until_when_that_is_known(trial, treated):
    treated["ae"] = [
        event("A", "2020-03-10", AEONGO="Y"),
        event("B", "2020-03-11", AEONGO="N", AEENDAT="2020-03-12"),
        event("C", "2020-03-12", AEONGO="Y", AEENDAT="2020-03-13"),
    ]
    ae = trial.sdtm(**treated).datasets["AE"]
    assert (ae["AEENRTPT"][0], ae["AEENTPT"][0]) == ("ONGOING", "FINAL SUBJECT VISIT")
    assert ae.loc[1:, ["AEENRTPT", "AEENTPT"]].isna().all(axis=None)


def test_criteria_of_the_listing_join_the_event_and_never_make_a_second_record(trial, treated):
    treated["ae"] = [event("Fever", "2020-03-10"), event("Appendicitis", "2020-05-01", AESER="Y")]
    treated["sae"] = [listed("Acute appendicitis", "2020-05-02", AESHOSP="Y", AESDTH="N")]
    out = trial.sdtm(**treated)
    ae = out.datasets["AE"]
    assert ae["AETERM"].tolist() == ["Fever", "Appendicitis"]
    assert ae.loc[1, ["AESHOSP", "AESDTH"]].tolist() == ["Y", "N"] and pd.isna(ae["AESHOSP"][0])
    of_ae = out.parents[out.parents["dataset"] == "AE"]
    assert of_ae[["USUBJID", "seq", "_file", "_row"]].to_numpy().tolist() == [["S1", 2, "sae.csv", 2]]


def reconciled(trial, treated, ae, sae):
    treated |= {"ae": ae, "sae": sae}
    found = trial.sdtm(**treated).findings
    found = found[found["rule"] == "SAE-RECONCILE"]
    return list(zip(found["dataset"], found["_row"], found["column"], found["message"], strict=True))


def test_a_serious_event_must_be_in_the_listing_and_a_listed_one_in_the_edc(trial, treated):
    assert reconciled(
        trial, treated, [event("Stroke", "2020-05-01", AESER="Y")], [listed("Fracture", "2020-08-01")]
    ) == [
        ("ae", 2, "raw AESER", "the listing of serious events has no such event"),
        ("sae", 2, "raw AETERM", "the EDC has no event of this subject with this start"),
    ]


def test_what_listing_and_edc_say_differently_is_a_finding_at_the_listing(trial, treated):
    ours = event("Stroke", "2020-05-01", AESER="Y", AEOUT="FATAL", AEENDAT="2020-05-09")
    theirs = listed("STROKE", "2020-05-02", AEOUT="NOT RECOVERED/NOT RESOLVED", AEENDAT="2020-05-09", SEX="M")
    assert reconciled(trial, treated, [ours], [theirs]) == [
        ("sae", 2, "raw AESTDAT", "the EDC has 2020-05-01"),
        ("sae", 2, "raw AEOUT", "the EDC has FATAL"),
        ("sae", 2, "raw SEX", "the EDC has F"),
    ]


def test_a_listed_event_that_the_edc_calls_not_serious_is_a_finding(trial, treated):
    assert reconciled(trial, treated, [event("Stroke", "2020-05-01")], [listed("Stroke", "2020-05-01")]) == [
        ("ae", 2, "raw AESER", "the listing of serious events has this event")
    ]


@pytest.mark.parametrize(
    ("start", "found"), [("2020-05-02", 0), ("2020-05-03", 2), ("2020-05", 1), (None, 2)]
)
def test_a_day_more_or_less_is_the_same_event(trial, treated, start, found):
    ours = [event("Stroke", "2020-05-01", AESER="Y")]
    assert len(reconciled(trial, treated, ours, [listed("Stroke", start)])) == (found or 1)


def test_two_events_of_one_day_are_matched_by_their_term(trial, treated):
    ours = [event("Stroke", "2020-05-01", AESER="Y"), event("Fall", "2020-05-01", AESER="Y")]
    assert (
        reconciled(trial, treated, ours, [listed("Fall", "2020-05-01"), listed("Stroke", "2020-05-01")]) == []
    )


def test_each_listed_row_is_used_once(trial, treated):
    ours = [event("A", "2020-05-01", AESER="Y"), event("B", "2020-05-01", AESER="Y")]
    found = reconciled(trial, treated, ours, [listed("C", "2020-05-01"), listed("D", "2020-05-01")])
    assert [message for *_, message in found] == ["the EDC has A", "the EDC has B"]


def test_the_treatment_emergent_flag_counts_doubt_against_the_treatment(trial, treated):
    words = {"label": "Treatment Emergent Flag", "origin": "Derived", "evaluator": "CLINICAL STUDY SPONSOR"}
    derived = {"AETRTEM": Derived(**words)}
    file = trial.study.file.model_copy(update={"derived": derived})
    study = trial.study.model_copy(update={"file": file})
    starts = ["2019", "2020-03-09", "2020-03", "2020-03-10", "2020-12-01", None]  # the first dose: 2020-03-10T09:30
    event = {"USUBJID": "S1", "AETERM": "Cough", "AESER": "N"}
    treated["ae"] = [event | {"AESTDAT": start} for start in starts]
    treated["ae"] += [event | {"AETERM": "Fever", "AESTDAT": None, "AEENDAT": "2020-02"}]
    out = subjects_sdtm(trial.forms(**treated), study).datasets
    flags = out["SUPPAE"].sort_values("_row")
    assert flags["QVAL"].tolist() == ["N", "N", "Y", "Y", "Y", "Y", "N"]
    assert set(flags["QORIG"]) == {"Derived"} and set(flags["QEVAL"]) == {"CLINICAL STUDY SPONSOR"}
    assert set(flags["QLABEL"]) == {"Treatment Emergent Flag"}
