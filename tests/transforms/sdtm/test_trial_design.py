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
