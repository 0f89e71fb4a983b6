def test_only_criteria_not_met_have_a_record(trial, treated):
    answer = {"USUBJID": "S1", "IEDAT": "2020-03-02", "VISIT": "SCREENING"}
    treated["ie"] = [
        answer | {"IETESTCD": "INCL01", "IEORRES": "Y"},
        answer | {"IETESTCD": "EXCL01", "IEORRES": "Y"},
        answer | {"IETESTCD": "INCL01", "IEORRES": "N"},
        answer | {"IETESTCD": "EXCL01", "IEORRES": "N"},
        answer | {"IETESTCD": "EXCL01", "IEORRES": None},
    ]
    ie = trial.sdtm(**treated).datasets["IE"]
    names = [
        "IESEQ",
        "IETESTCD",
        "IETEST",
        "IECAT",
        "IEORRES",
        "IESTRESC",
        "VISITNUM",
        "EPOCH",
        "IEDY",
        "_row",
    ]
    assert ie[names].to_numpy().tolist() == [
        [1, "EXCL01", "Pregnant", "EXCLUSION", "Y", "Y", 1, "SCREENING", -8, 3],
        [2, "INCL01", "Adult", "INCLUSION", "N", "N", 1, "SCREENING", -8, 4],
    ]
