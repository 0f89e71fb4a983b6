from pathlib import Path

import pytest

from flows.study_file import read_study
from schemas.study import Column
from transforms.review.annotations import Annotation, forms

STUDIES = Path(__file__).parents[3] / "studies"


@pytest.fixture(scope="module")
def study():
    return read_study(STUDIES / "admsc_psoriasis")


@pytest.fixture(scope="module")
def pilot():
    return read_study(STUDIES / "cdisc_pilot")


def fields(study, form, submitted=None):
    (found,) = [one for one in forms(study, submitted) if one.name == form]
    return {field.name: field for field in found.fields}


def told(field):
    return [f"{note.dataset}.{note.variable}" for note in field.annotations]


def with_columns(study, name, **columns):
    """The study with further columns of a source."""
    source = study.file.sources[name]
    given = {key: Column(**value) for key, value in columns.items()}
    source = source.model_copy(update={"columns": source.columns | given})
    file = study.file.model_copy(update={"sources": study.file.sources | {name: source}})
    return study.model_copy(update={"file": file})


def test_a_field_is_annotated_with_the_variable_that_holds_it(study):
    found = fields(study, "ae")
    assert told(found["EVENT"]) == ["AE.AETERM"]
    assert told(found["ONGOING"]) == ["AE.AEENRTPT"]
    assert found["OUTCOME"].codes[0] == ("Recovered", "RECOVERED/RESOLVED")


def test_a_date_and_its_time_are_one_variable(study):
    found = fields(study, "ae")
    assert told(found["START_DATE"]) == told(found["START_TIME"]) == ["AE.AESTDTC"]


def test_what_is_derived_from_a_field_is_not_annotated_on_it(study):
    assert told(fields(study, "ae")["END_DATE"]) == ["AE.AEENDTC"]  # not AEENDY, nor DM.DTHDTC


def test_records_of_one_row_are_told_apart_by_test_and_time_point(study):
    before = fields(study, "vs")["TEMP_PRE"].annotations
    condition = (("VSTESTCD", "TEMP"), ("VSTPT", "BEFORE INFUSION"))
    assert before[0] == Annotation("VS", "VSORRES", condition)
    assert before[1:] == (Annotation("VS", "VSTPTNUM", value="1"), Annotation("VS", "VSORRESU", value="C"))


def test_an_item_is_its_test_and_bears_its_short_name(study):
    item = fields(study, "dlqi")["q1"]
    assert item.annotations == (Annotation("QS", "QSORRES", (("QSCAT", "DLQI"), ("QSTESTCD", "DLQI101"))),)
    assert item.prompt == "DLQI1-How Itchy, Sore, Painful, Stinging"
    assert item.answers == "0 to 3"


def test_what_has_no_variable_of_its_own_is_supplemental(study):
    found = fields(study, "infusions")
    assert found["Total cells (10^6)"].annotations == (Annotation("SUPPEX", "QVAL", (("QNAM", "EXCELLS"),)),)
    assert found["Weight (kg)"].annotations == (Annotation("SUPPEX", "QVAL", (("QNAM", "EXWEIGHT"),)),)


def test_a_fixed_value_holds_for_every_record_and_is_no_field(study):
    (form,) = [one for one in forms(study) if one.name == "ie"]
    assert form.always == (Annotation("IE", "VISIT", value="SCREENING"),)
    assert form.visits == ("SCREENING",)


def test_what_was_asked_for_and_not_given_is_not_done_with_its_reason(study):
    (form,) = [one for one in forms(study) if one.name == "mh"]
    assert [(note.variable, note.value) for note in form.not_done] == [("MHSTAT", "NOT DONE"), ("MHREASND", None)]


def test_columns_that_are_identifying_or_unused_are_not_submitted(study):
    found = fields(study, "dm")
    assert told(found["FULL_NAME"]) == told(found["STUDY"]) == []
    assert "dropped when the file is read" in found["FULL_NAME"].note


def test_the_listing_of_serious_events_gives_criteria_and_is_else_compared(study):
    found = fields(study, "sae")
    assert told(found["导致住院"]) == ["AE.AESHOSP"]
    assert told(found["事件名称"]) == []


def test_the_subject_is_annotated_in_demographics_and_known_elsewhere(study):
    assert told(fields(study, "dm")["SUBJECT"]) == ["DM.SUBJID"]
    assert fields(study, "vs")["SUBJECT"].note == "USUBJID"


def test_a_visit_is_told_where_the_domain_has_it_and_of_sv_elsewhere(study):
    assert told(fields(study, "vs")["VISIT"]) == ["VS.VISITNUM", "VS.VISIT"]
    assert told(fields(study, "infusions")["Infusion"]) == ["SV.VISITNUM", "SV.VISIT"]


def test_doses_of_ec_are_those_of_ex_where_the_study_has_no_form_ex(pilot):
    found = fields(pilot, "ec")
    assert told(found["IT.ECDSTXT"]) == ["EC.ECDOSE", "EX.EXDOSE"]
    assert told(found["IT.ECENDAT"]) == ["EC.ECENDTC", "EX.EXENDTC"]


def test_parts_of_a_combined_text_and_stand_ins_say_so(pilot):
    site, subject = fields(pilot, "dm")["PATNUM"].annotations
    assert (site.variable, site.words, subject.variable, subject.words) == (
        "SITEID", "part 1 of 2", "SUBJID", "part 2 of 2"
    )  # fmt: skip
    assert fields(pilot, "ds")["OTHERSP"].annotations[0].words == "where IT.DSTERM is blank"


def test_a_comment_goes_to_co(study):
    policies = study.policies.model_copy(update={"comment_variables": 2})
    study = study.model_copy(update={"file": study.file.model_copy(update={"policies": policies})})
    found = fields(with_columns(study, "ae", COMMENT={"column": "REMARK"}), "ae")
    assert told(found["REMARK"]) == ["CO.COVAL", "CO.COVAL1"]


def test_a_dictionarys_terms_are_annotated_where_the_export_has_them(study, pilot):
    assert told(fields(pilot, "ae")["AEDECOD"]) == ["AE.AEDECOD"]
    assert told(fields(study, "ae")["EVENT"]) == ["AE.AETERM"]  # coded by the sponsor: no field of the form


def test_a_date_in_three_columns_is_one_variable(study):
    split = with_columns(study, "ae", AESTDAT={"year": "YY", "month": "MM", "day": "DD"})
    found = fields(split, "ae")
    assert [found[name].annotations[0].words for name in ("YY", "MM", "DD")] == ["year", "month", "day"]
    assert told(found["DD"]) == ["AE.AESTDTC"]


def test_only_what_is_submitted_is_annotated(study):
    there = {"AE": ["AETERM"], "SUPPAE": ["AETERMOR", "AETERM1"]}
    found = fields(study, "ae", there)
    assert [note.where for note in found["EVENT"].annotations] == [
        (), (("QNAM", "AETERM1"),), (("QNAM", "AETERMOR"),)
    ]  # fmt: skip
    assert told(found["OUTCOME"]) == []


def test_a_further_number_of_a_person_is_a_qualifier_of_the_number_as_it_was_entered(study):
    found = fields(study, "vs", {"VS": ["VSORRES"], "SUPPVS": ["SUBJID"]})
    assert found["SUBJECT"].annotations == (Annotation("SUPPVS", "QVAL", (("QNAM", "SUBJID"),)),)
    assert found["SUBJECT"].note == "USUBJID"
    found = fields(study, "dm", {"DM": ["SUBJID"], "SUPPDM": ["PSUBJID1", "PRFICD1"]})
    assert told(found["SUBJECT"]) == ["DM.SUBJID", "SUPPDM.QVAL"]
    assert told(found["CONSENT_DATE"]) == ["SUPPDM.QVAL"]


def test_an_amount_in_tablets_has_the_unit_of_their_strength_in_ex(pilot):
    strength = with_columns(pilot, "ec", ECPSTRG={"value": "27"}, ECPSTRGU={"value": "mg"})
    (form,) = [one for one in forms(strength) if one.name == "ec"]
    assert [(f"{one.dataset}.{one.variable}", one.value) for one in form.always] == [
        ("EC.ECPSTRG", "27"), ("EC.ECPSTRGU", "mg"), ("EX.EXDOSU", "mg")
    ]  # fmt: skip
    assert told(fields(strength, "ec")["IT.ECDOSU"]) == ["EC.ECDOSU"]
