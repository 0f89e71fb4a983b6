import pandas as pd


def test_medications_by_start_with_partial_dates_and_what_goes_on(trial, treated):
    treated["cm"] = [
        {
            "USUBJID": "S1",
            "CMTRT": "Aspirin",
            "CMSTDAT": "2020-03-12",
            "CMENDAT": "2020-03-14",
            "CMONGO": "N",
        },
        {"USUBJID": "S1", "CMTRT": "Metformin", "CMSTDAT": "2014", "CMONGO": "Y"},
    ]
    cm = trial.sdtm(**treated).datasets["CM"]
    assert cm["CMTRT"].tolist() == ["Metformin", "Aspirin"]
    assert (cm["CMSTDTC"][0], cm["CMENRTPT"][0], cm["CMENTPT"][0]) == (
        "2014",
        "ONGOING",
        "FINAL SUBJECT VISIT",
    )
    assert pd.isna(cm["EPOCH"][0]) and pd.isna(cm["CMSTDY"][0])
    assert cm.loc[1, ["EPOCH", "CMSTDY", "CMENDY"]].tolist() == ["TREATMENT", 3, 5]
    assert pd.isna(cm["CMENRTPT"][1])
