import pandas as pd


def test_a_condition_that_goes_on_does_so_on_the_day_of_collection(trial, treated):
    treated["mh"] = [
        {"USUBJID": "S1", "MHTERM": "Asthma", "MHDAT": "2020-03-02", "MHSTDAT": "2001", "MHONGO": "Y"},
        {"USUBJID": "S1", "MHTERM": "Eczema", "MHSTDAT": "2003-05", "MHONGO": "Y"},
        {"USUBJID": "S1", "MHTERM": "Fracture", "MHDAT": "2020-03-02", "MHENDAT": "2010", "MHONGO": "N"},
    ]
    mh = trial.sdtm(**treated).datasets["MH"]
    assert mh["MHTERM"].tolist() == ["Asthma", "Eczema", "Fracture"]
    assert mh["MHENTPT"].tolist()[:2] == ["2020-03-02", "SCREENING"] and pd.isna(mh["MHENTPT"][2])
    assert mh["MHENRTPT"].tolist()[:2] == ["ONGOING", "ONGOING"] and pd.isna(mh["MHENRTPT"][2])
    assert (mh["EPOCH"][0], mh["MHDY"][0], mh["MHSTDTC"][0]) == ("SCREENING", -8, "2001")
