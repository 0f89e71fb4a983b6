import pandas as pd


def test_an_event_asked_about_by_name_without_an_answer_is_not_done(trial, treated):
    treated["ce"] = [
        {"USUBJID": "S1", "CETERM": "FLARE", "CEPRESP": "Y", "CEOCCUR": "Y", "CESTDAT": "2020-03-12", "CEONGO": "Y"},
        {"USUBJID": "S1", "CETERM": "ERYTHRODERMA", "CEPRESP": "Y", "CEDAT": "2020-03-20"},
    ]
    ce = trial.sdtm(**treated).datasets["CE"].set_index("CETERM")
    assert pd.isna(ce.loc["FLARE", "CESTAT"]) and ce.loc["ERYTHRODERMA", "CESTAT"] == "NOT DONE"
    assert ce.loc["FLARE", ["CESTDY", "EPOCH", "CEENRTPT"]].tolist() == [3, "TREATMENT", "ONGOING"]
    assert ce.loc["ERYTHRODERMA", ["CEDY", "EPOCH"]].tolist() == [11, "TREATMENT"]


def test_an_event_that_ends_before_it_starts_is_asked_about(trial, treated):
    treated["ce"] = [{"USUBJID": "S1", "CETERM": "FLARE", "CESTDAT": "2020-03-12", "CEENDAT": "2020-03-01"}]
    assert trial.sdtm(**treated).findings["rule"].tolist() == ["DATE-ORDER"]
