import pandas as pd
import pytest


def sign(test, value, unit="C", date="2020-03-02", visit="SCREENING", **values):
    return {
        "USUBJID": "S1",
        "VISIT": visit,
        "VSDAT": date,
        "VSTESTCD": test,
        "VSORRES": value,
        "VSORRESU": unit,
    } | values


def vital_signs(trial, treated, *rows):
    treated["vs"] = list(rows)
    return trial.sdtm(**treated).datasets["VS"].set_index("_row")


@pytest.mark.parametrize(
    ("test", "value", "unit", "standard", "number", "standard_unit"),
    [
        ("WEIGHT", "70.5", "kg", "70.5", 70.5, "kg"),
        ("WEIGHT", "154", "LB", "69.8532", 69.8532, "kg"),
        ("TEMP", "98.6", "F", "37", 37.0, "C"),
        ("HEIGHT", "1.75", "m", "175", 175.0, "cm"),
        ("PULSE", "72", "beats/min", "72", 72.0, "beats/min"),
    ],
)
def test_results_are_in_the_standard_unit(trial, treated, test, value, unit, standard, number, standard_unit):
    vs = vital_signs(trial, treated, sign(test, value, unit)).loc[2]
    assert (vs["VSORRES"], vs["VSORRESU"]) == (value, unit)
    assert (vs["VSSTRESC"], vs["VSSTRESN"], vs["VSSTRESU"]) == (standard, number, standard_unit)


def test_the_test_has_its_name(trial, treated):
    assert vital_signs(trial, treated, sign("TEMP", "36.5")).loc[2, "VSTEST"] == "Temperature"


def test_a_number_without_a_unit_has_no_standard_result(trial, treated):
    vs = vital_signs(trial, treated, sign("WEIGHT", "70.5", None)).loc[2]
    assert vs["VSORRES"] == "70.5"
    assert vs[["VSSTRESC", "VSSTRESN", "VSSTRESU", "VSSTAT"]].isna().all()


def test_a_text_is_its_own_standard_result(trial, treated):
    vs = vital_signs(trial, treated, sign("WEIGHT", "72 (query)", "kg")).loc[2]
    assert vs["VSSTRESC"] == "72 (query)" and vs[["VSSTRESN", "VSSTRESU"]].isna().all()


def test_what_was_not_done_says_so_with_its_reason_and_without_a_unit(trial, treated):
    reasons = {"VSORRES.reason": "SUBJECT REFUSED"}, {"VSORRES.reason": "NOT DONE"}
    vs = vital_signs(trial, treated, *(sign("WEIGHT", None, "kg", **reason) for reason in reasons))
    assert vs["VSSTAT"].tolist() == ["NOT DONE", "NOT DONE"]
    assert vs.loc[2, "VSREASND"] == "SUBJECT REFUSED" and pd.isna(vs.loc[3, "VSREASND"])
    assert vs[["VSORRES", "VSORRESU", "VSSTRESC", "VSSTRESU"]].isna().all(axis=None)


def test_baseline_is_the_last_result_before_the_first_dose_at_0930(trial, treated):
    vs = vital_signs(
        trial,
        treated,
        sign("TEMP", "36.1", date="2020-03-02"),
        sign("TEMP", "36.2", date="2020-03-10", VSTIM="09:00", visit="WEEK 0"),
        sign("TEMP", "38.3", date="2020-03-10", VSTIM="15:00", visit="WEEK 0"),
        sign("WEIGHT", "70", "kg", date="2020-03-10", visit="WEEK 0"),
        sign("WEIGHT", None, "kg", date="2020-03-10", visit="WEEK 0"),
    )
    assert vs.index[vs["VSLOBXFL"] == "Y"].tolist() == [3, 5]


def test_an_untimed_measurement_at_a_time_point_of_the_first_dose_is_no_baseline(trial, treated):
    vs = vital_signs(
        trial,
        treated,
        sign("TEMP", "36.2", date="2020-03-10", VSTIM="09:00", visit="WEEK 0", VSTPT="BEFORE", VSTPTNUM=1),
        sign("TEMP", "38.3", date="2020-03-10", visit="WEEK 0", VSTPT="AFTER", VSTPTNUM=2),
    )
    assert vs.index[vs["VSLOBXFL"] == "Y"].tolist() == [2]


def test_who_was_never_treated_has_no_baseline(trial, treated):
    del treated["ex"]
    assert vital_signs(trial, treated, sign("TEMP", "36.1"))["VSLOBXFL"].isna().all()
