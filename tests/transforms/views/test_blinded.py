"""The blinded view on small tables, worked out by hand."""

import pandas as pd
import pytest

from schemas.study import Arm, Dose, Element
from transforms.views.blinded import arms_of, dummy, element_codes, masked, seen, study_seen

ARMS = ("ACTIVE", "CONTROL")


@pytest.fixture
def study(trial):
    """Two arms of three elements: screening and follow-up are the same in both."""
    plan = {"ACTIVE": ("SCREEN", "CELL", "FU"), "CONTROL": ("SCREEN", "SALT", "FU")}
    starts = {"SCREEN": "informed_consent", "CELL": "first_exposure", "SALT": "first_exposure", "FU": "end_of_previous"}
    names = {"ACTIVE": "Stem cells", "CONTROL": "Saline"}
    file = trial.study.file.model_copy(
        update={"doses": (Dose(visit="WEEK 0", treatment="Stem cells", dose=2, unit="mg"),)}
    )
    return trial.study.model_copy(
        update={
            "file": file,
            "arms": tuple(
                Arm(ARMCD=arm, ARM=names[arm], TAETORD=n, ETCD=code, ELEMENT=code.title(), EPOCH=epoch,
                    TABRANCH=f"Randomised to {names[arm]}")
                for arm, codes in plan.items()
                for n, (code, epoch) in enumerate(zip(codes, ("SCREENING", "TREATMENT", "FOLLOW-UP"), strict=True), 1)
            ),
            "elements": tuple(
                Element(ETCD=code, ELEMENT=code.title(), TESTRL=f"First dose of {code}", STARTS_WITH=start)
                for code, start in starts.items()
            ),
        }
    )  # fmt: skip


def text(*values):
    return pd.Series(values, dtype="str").astype("category")


def test_a_dummy_arm_has_nothing_to_do_with_the_true_one_and_is_the_same_every_night():
    subjects = [f"S-{n:04}" for n in range(4000)]
    given = [dummy(subject, 2) for subject in subjects]
    assert given == [dummy(subject, 2) for subject in subjects]
    for true in (subjects[::2], subjects[1::2], subjects[:2000]):  # alternating, and in blocks
        ones = sum(dummy(subject, 2) == 1 for subject in true)
        assert abs(ones - 1000) < 4 * 500**0.5  # four standard deviations


def test_demographics_have_dummy_arms_and_a_screen_failure_has_none(study):
    records = pd.DataFrame({
        "STUDYID": text(*["STUDY"] * 3), "DOMAIN": text(*["DM"] * 3), "USUBJID": text("S1", "S2", "S3"),
        "ARMCD": text("ACTIVE", "CONTROL", None), "ARM": text("Stem cells", "Saline", None),
        "ACTARMCD": text("ACTIVE", None, None), "ACTARM": text("Stem cells", None, None),
        "ARMNRS": text(None, "UNPLANNED TREATMENT", "SCREEN FAILURE"), "ACTARMUD": text(None, "Other cells", None),
    })  # fmt: skip
    found = seen("DM", records, study, set())
    codes = [f"BLIND{dummy(subject, 2)}" for subject in ("S1", "S2")]
    assert found["ARMCD"].tolist()[:2] == codes == found["ACTARMCD"].tolist()[:2]
    assert found["ARM"].tolist()[:2] == [f"Blinded treatment {code[-1]}" for code in codes]
    assert found.loc[2, ["ARMCD", "ARM", "ACTARMCD", "ACTARM"]].isna().all()
    assert found["ARMNRS"].astype("object").where(found["ARMNRS"].notna(), None).tolist() == [
        None,
        None,
        "SCREEN FAILURE",
    ]
    assert found["ACTARMUD"].isna().all()


def test_a_dose_says_that_something_was_given_and_when(study):
    records = pd.DataFrame({
        "STUDYID": text(*["STUDY"] * 3), "DOMAIN": text(*["EX"] * 3), "USUBJID": text(*["S1"] * 3),
        "EXSEQ": [1, 2, 3], "EXSPID": text("BAG 7", None, None), "EXTRT": text("Stem cells", "Placebo", "Stem cells"),
        "EXDOSE": [2.5, 0, 0], "EXDOSU": text(*["mg"] * 3), "EXROUTE": text("INTRAVENOUS", "ORAL", None),
        "EXLOT": text("L-1", None, None), "EXSTDTC": text(*["2020-03-10"] * 3), "EXSTDY": [1.0, 1.0, 1.0],
    })  # fmt: skip
    found = seen("EX", records, study, {"Stem cells", "L-1"})
    assert found["EXTRT"].tolist() == [f"Blinded treatment {dummy('S1', 2)}"] * 3
    assert found["EXDOSE"].tolist() == [1, 1, 0] and set(found["EXDOSU"]) == {"U"}
    assert found[["EXSPID", "EXROUTE", "EXLOT"]].isna().all(axis=None)
    assert found["EXSTDTC"].tolist() == ["2020-03-10"] * 3 and found["EXSEQ"].tolist() == [1, 2, 3]


def test_elements_of_treatment_are_called_after_their_place(study):
    assert element_codes(study) == {"CELL": "BLIND2", "SALT": "BLIND2"}
    records = pd.DataFrame({
        "STUDYID": text(*["STUDY"] * 2), "DOMAIN": text(*["SE"] * 2), "USUBJID": text("S1", "S2"), "SESEQ": [1, 1],
        "ETCD": text("CELL", "SCREEN"), "ELEMENT": text("Cell", "Screen"), "EPOCH": text("TREATMENT", "SCREENING"),
    })  # fmt: skip
    found = seen("SE", records, study, set())
    assert found["ETCD"].tolist() == ["BLIND2", "SCREEN"]
    assert found["ELEMENT"].tolist() == ["Blinded element 2", "Screen"]


def test_the_plan_has_dummy_arms_and_doses(study):
    shown = study_seen(study, set())
    assert arms_of(shown) == ["BLIND1", "BLIND2"]
    assert [arm.ETCD for arm in shown.arms] == ["SCREEN", "BLIND2", "FU"] * 2
    assert {arm.TABRANCH for arm in shown.arms} == {None}
    assert [element.ETCD for element in shown.elements] == ["SCREEN", "BLIND2", "FU"]
    assert [(dose.treatment, dose.visit, dose.dose, dose.unit) for dose in shown.file.doses] == [
        ("Blinded treatment 1", "WEEK 0", 1, "U"),
        ("Blinded treatment 2", "WEEK 0", 1, "U"),
    ]


def test_words_for_a_treatment_are_masked_wherever_they_stand():
    texts = pd.Series(["Fever after STEM CELLS", "lot L-17", "L-170", "stemcells", "Saline."], dtype="str")
    found = masked(texts, ["Stem cells", "Saline", "L-17"])
    assert found.tolist() == ["Fever after [BLINDED]", "lot [BLINDED]", "L-170", "stemcells", "[BLINDED]."]


def test_free_text_of_other_domains_is_masked_and_results_stay(study):
    records = pd.DataFrame({
        "STUDYID": text("STUDY"), "DOMAIN": text("AE"), "USUBJID": text("S1"), "AESEQ": [1],
        "AETERM": text("Reaction to stem cells"), "AEDECOD": text("Reaction"), "AESEV": text("MILD"),
    })  # fmt: skip
    found = seen("AE", records, study, set()).iloc[0]
    assert (found["AETERM"], found["AEDECOD"], found["AESEV"]) == ("Reaction to [BLINDED]", "Reaction", "MILD")


@pytest.mark.parametrize("name", ["SUPPDM", "SUPPEX", "SUPPEC"])
def test_numbers_of_bags_and_of_randomisation_go(study, name):
    assert seen(name, pd.DataFrame({"USUBJID": text("S1")}), study, set()) is None


def test_nothing_is_related_to_a_dose(study):
    columns = {"STUDYID": "STUDY", "USUBJID": "S1", "IDVAR": "EXSEQ", "IDVARVAL": "1", "RELID": "R1"}
    records = pd.DataFrame({name: text(value, value) for name, value in columns.items()})
    found = seen("RELREC", records.assign(RDOMAIN=text("EX", "AE")), study, set())
    assert found["RDOMAIN"].tolist() == ["AE"]
