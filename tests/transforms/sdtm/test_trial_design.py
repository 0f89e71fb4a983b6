from schemas.study import Criterion, Visit
from transforms.sdtm.trial_design import trial_design


def test_parameters_are_named_and_numbered(trial):
    ts = trial_design(trial.study)["TS"]
    assert ts[["TSPARMCD", "TSPARM", "TSSEQ", "TSVAL", "_file", "_row"]].to_numpy().tolist() == [
        ["OUTMSSEC", "Secondary Outcome Measure", 1, "PASI", "study/summary.csv", 3],
        ["OUTMSSEC", "Secondary Outcome Measure", 2, "DLQI", "study/summary.csv", 4],
        ["TITLE", "Trial Title", 1, "A study", "study/summary.csv", 2],
    ]


def test_the_plan_is_that_of_the_study(trial):
    design = trial_design(trial.study)
    assert design["TA"][["ARMCD", "TAETORD", "ETCD", "EPOCH"]].to_numpy().tolist() == [
        ["CELLS", 1, "SCREEN", "SCREENING"],
        ["CELLS", 2, "TREAT", "TREATMENT"],
        ["CELLS", 3, "FU", "FOLLOW-UP"],
    ]
    assert design["TE"]["ETCD"].tolist() == ["FU", "SCREEN", "TREAT"] and "STARTS_WITH" not in design["TE"]
    assert design["TI"]["IETESTCD"].tolist() == ["EXCL01", "INCL01"]
    assert design["TV"]["VISITNUM"].tolist() == [1, 2, 3, 4] and design["TV"]["ARMCD"].isna().all()


def test_a_version_of_the_protocol_repeats_the_criteria_and_changes_the_plan(trial):
    old, new = {"TIVERS": "1"}, {"TIVERS": "2"}
    adult, elder = {"IETESTCD": "INCL01", "IETEST": "18 to 65"}, {"IETESTCD": "INCL01A", "IETEST": "18 to 75"}
    week, both = {"VISIT": "WEEK 4", "VISITNUM": 3, "EPOCH": "TREATMENT"}, {"TVSTRL": "The day"}
    study = trial.study.model_copy(
        update={
            "criteria": (Criterion(**adult, IECAT="INCLUSION", **old), Criterion(**elder, IECAT="INCLUSION", **new)),
            "visits": (
                Visit(**week, VISITDY=29, **both, **old),
                Visit(VISIT="WEEK 8", VISITNUM=4, EPOCH="TREATMENT", VISITDY=57, **both, **old),
                Visit(**week, VISITDY=31, **both, **new),
            ),
        }
    )
    design = trial_design(study)
    assert design["TI"][["IETESTCD", "TIVERS"]].to_numpy().tolist() == [["INCL01", "1"], ["INCL01A", "2"]]
    assert design["TV"][["VISIT", "VISITDY", "_row"]].to_numpy().tolist() == [["WEEK 4", 31, 4], ["WEEK 8", 57, 3]]
