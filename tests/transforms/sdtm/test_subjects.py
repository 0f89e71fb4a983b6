import pandas as pd

from schemas.door import conform
from schemas.sdtm import DATASETS
from transforms.sdtm.subjects import subjects_sdtm
from transforms.sdtm.trial_design import trial_design


def test_a_study_without_a_single_row_has_every_dataset_empty(trial):
    out = trial.sdtm(**trial.empty())
    assert set(out.datasets) == {
        "DM",
        "SE",
        "SV",
        "IE",
        "MH",
        "CM",
        "EX",
        "AE",
        "DS",
        "VS",
        "FAMH",
        "QS",
        "RS",
        "RELREC",
        "SUPPEX",
        "SC",
        "CE",
        "PR",
        "EC",
        "EG",
        "LB",
        "CO",
    }
    assert {len(records) for records in out.datasets.values()} == {0}
    assert len(out.parents) == 0 and len(out.findings) == 0


def test_a_subject_without_events_and_links_passes_every_door(trial, treated):
    forms = trial.empty() | treated
    for name, records in (trial.sdtm(**forms).datasets | trial_design(trial.study)).items():
        conform(records.drop(columns=["_file", "_row"]), DATASETS[name])


def test_variables_follow_from_the_study_and_not_from_the_rows(trial, treated):
    empty, full = trial.sdtm(**trial.empty()), trial.sdtm(**trial.empty() | treated)
    for name, records in full.datasets.items():
        assert list(empty.datasets[name]) == list(records), name


def test_a_set_of_subjects_gives_the_same_records_alone_and_among_others(trial, treated):
    other = [treated["dm"][0] | {"USUBJID": "S0", "SUBJID": "0"}]
    alone = trial.sdtm(**treated).datasets
    among = trial.sdtm(dm=treated["dm"] + other, ex=treated["ex"]).datasets
    for name, records in alone.items():
        others = among[name][among[name]["USUBJID"] == "S1"].reset_index(drop=True)
        pd.testing.assert_frame_equal(records.astype("str"), others.astype("str"))


def test_what_went_in_is_not_changed(trial, treated):
    treated["ae"] = [{"USUBJID": "S1", "AETERM": "Fever", "AESTDAT": "2020-03-10", "AESER": "N"}]
    forms = trial.forms(**treated)
    before = {name: form.copy() for name, form in forms.items()}
    subjects_sdtm(forms, trial.study)
    for name, form in forms.items():
        pd.testing.assert_frame_equal(form, before[name])


def test_a_record_of_each_domain_passes_its_door(trial, treated):
    when, where = "2020-03-12", {"USUBJID": "S1", "VISIT": "WEEK 0"}
    treated |= {
        "sc": [where | {"SCDAT": when, "SCTESTCD": "EDULEVEL", "SCORRES": "SECONDARY SCHOOL"}],
        "ce": [where | {"CETERM": "FLARE", "CEPRESP": "Y", "CEOCCUR": "Y", "CESTDAT": when, "CEONGO": "Y"}],
        "pr": [where | {"PRTRT": "SKIN BIOPSY", "PRSTDAT": when, "PRENDAT": when, "COMMENT": "Well tolerated " * 20}],
        "ec": [where | {"ECTRT": "CELLS", "ECMOOD": "PERFORMED", "ECDOSE": 1, "ECDOSU": "mg", "ECSTDAT": when}],
        "eg": [where | {"EGDAT": when, "EGTESTCD": "QTAG", "EGREPNUM": 1, "EGORRES": "0.4", "EGORRESU": "s"}],
        "lb": [
            where | {"LBDAT": when, "LBTESTCD": "GLUC", "LBORRES": result, "LBORRESU": "mg/dL", "LBORNRHI": "99"}
            for result in ("100", "<5", None)
        ],
        "co": [where | {"COVAL": "Subject moved house", "CODAT": when}],
    }
    datasets = trial.sdtm(**treated).datasets
    for name in ("SC", "CE", "PR", "EC", "EG", "LB", "CO"):
        records = conform(datasets[name].drop(columns=["_file", "_row"]), DATASETS[name])
        assert len(records), name
