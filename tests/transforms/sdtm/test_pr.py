def test_one_record_per_procedure_with_its_visit_and_study_days(trial, treated):
    treated["pr"] = [
        {"USUBJID": "S1", "PRTRT": "SKIN BIOPSY", "VISIT": "WEEK 4", "PRSTDAT": "2020-04-07", "PRENDAT": "2020-04-08"}
    ]
    out = trial.sdtm(**treated)
    pr = out.datasets["PR"].loc[0]
    assert pr[["PRSEQ", "VISITNUM", "PRSTDY", "PRENDY", "EPOCH"]].tolist() == [1, 3, 29, 30, "TREATMENT"]
    assert out.datasets["SV"]["VISIT"].tolist() == ["WEEK 4"]
