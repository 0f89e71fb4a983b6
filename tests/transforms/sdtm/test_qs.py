def test_instruments_stand_together_and_are_numbered_within_the_subject(trial, treated):
    treated["dm"].append(treated["dm"][0] | {"USUBJID": "S2", "SUBJID": "2"})
    given = {"QSDAT": "2020-03-02", "VISIT": "SCREENING", "01.unit": "mm"}
    treated["qs"] = [
        {"USUBJID": "S2", "01": 40.0} | given,
        {"USUBJID": "S1", "01": 30.0} | given | {"QSDAT": "2020-03-10", "VISIT": "WEEK 0"},
        {"USUBJID": "S1", "01": 50.0} | given,
    ]
    qs = trial.sdtm(**treated).datasets["QS"]
    assert qs[["USUBJID", "QSSEQ", "VISIT", "QSDTC", "QSSTRESN", "QSCAT"]].to_numpy().tolist() == [
        ["S1", 1, "SCREENING", "2020-03-02", 50.0, "PRURITUS VAS"],
        ["S1", 2, "WEEK 0", "2020-03-10", 30.0, "PRURITUS VAS"],
        ["S2", 1, "SCREENING", "2020-03-02", 40.0, "PRURITUS VAS"],
    ]
    assert qs["QSLOBXFL"].tolist()[1] == "Y" and "QSDAT" not in qs
