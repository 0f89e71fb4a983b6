import pandas as pd


def area(visit, date, value):
    return {
        "USUBJID": "S1",
        "VISIT": visit,
        "FADAT": date,
        "FATESTCD": "BSAAFCTP",
        "FATEST": "Percent BSA Affected",
        "FAOBJ": "PLAQUE PSORIASIS",
        "FAORRES": value,
        "FAORRESU": "%",
    }


def test_one_record_per_visit_with_its_baseline(trial, treated):
    treated["fa"] = [
        area("WEEK 4", "2020-04-07", "12.5"),
        area("SCREENING", "2020-03-02", "20"),
        area("WEEK 0", "2020-03-10", None),
    ]
    famh = trial.sdtm(**treated).datasets["FAMH"]
    assert famh[["FASEQ", "VISITNUM", "FADY", "FASTRESC", "FASTRESN"]].iloc[[0, 2]].to_numpy().tolist() == [
        [1, 1, -8, "20", 20.0],
        [3, 3, 29, "12.5", 12.5],
    ]
    assert famh["FASTAT"].tolist()[1] == "NOT DONE"
    assert famh.index[famh["FALOBXFL"] == "Y"].tolist() == [0]
    assert set(famh["DOMAIN"]) == {"FA"}


def test_a_finding_without_its_test_waits_for_the_answer(trial, treated):
    treated["fa"] = [area("SCREENING", "2020-03-02", "20") | {"FATEST": None}]
    out = trial.sdtm(**treated)
    assert len(out.datasets["FAMH"]) == 0 and out.findings["rule"].tolist() == ["REQUIRED"]


def test_unit_and_result_are_standard_as_collected(trial, treated):
    treated["fa"] = [area("SCREENING", "2020-03-02", "about 20")]
    famh = trial.sdtm(**treated).datasets["FAMH"].iloc[0]
    assert famh["FASTRESC"] == "about 20" and pd.isna(famh["FASTRESN"]) and pd.isna(famh["FASTRESU"])
