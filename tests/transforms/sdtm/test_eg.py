import pandas as pd


def reading(test, value, unit=None, date="2020-03-02", **values):
    row = {"USUBJID": "S1", "VISIT": "SCREENING", "EGDAT": date, "EGTESTCD": test, "EGORRES": value, "EGORRESU": unit}
    return row | values


def test_intervals_are_in_ms_and_interpretations_are_terms(trial, treated):
    treated["eg"] = [
        reading("INTP", "Normal"),
        reading("QTAG", "0.4", "s"),
        reading("QTAG", "410", "ms", EGREPNUM=2),
        reading("RHYNOS", "Sinus rhythm, ectopic"),
    ]
    eg = trial.sdtm(**treated).datasets["EG"].set_index("_row")
    assert eg.loc[[2, 3, 4, 5], "EGSTRESC"].tolist() == ["NORMAL", "400", "410", "Sinus rhythm, ectopic"]
    assert eg.loc[[3, 4], "EGSTRESN"].tolist() == [400, 410] and eg.loc[[3, 4], "EGSTRESU"].tolist() == ["ms", "ms"]
    assert eg.loc[3, "EGTEST"] == "QT Interval, Aggregate" and pd.isna(eg.loc[2, "EGSTRESU"])


def test_of_replicates_the_last_before_the_first_dose_is_the_baseline(trial, treated):
    treated["eg"] = [reading("QTAG", "400", "ms", EGREPNUM=n) for n in (2, 1)]
    treated["eg"].append(reading("QTAG", "450", "ms", date="2020-04-07"))
    eg = trial.sdtm(**treated).datasets["EG"].set_index("_row")
    assert eg.index[eg["EGLOBXFL"] == "Y"].tolist() == [2]
