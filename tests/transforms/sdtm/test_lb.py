import pandas as pd
import pytest


def lab(test, value, unit="mg/dL", low=None, high=None, date="2020-03-02", visit="SCREENING", **values):
    return {
        "USUBJID": "S1", "VISIT": visit, "LBDAT": date, "LBTESTCD": test, "LBORRES": value, "LBORRESU": unit,
        "LBORNRLO": low, "LBORNRHI": high,
    } | values  # fmt: skip


@pytest.fixture
def tests(trial, treated):
    """LB of the rows given, by row of the file."""

    def records(*rows, of=trial):
        return of.sdtm(**treated | {"lb": list(rows)}).datasets["LB"].set_index("_row")

    return records


@pytest.mark.parametrize(
    ("test", "value", "unit", "standard", "standard_unit"),
    [
        ("GLUC", "100", "mg/dL", 5.5507, "mmol/L"),
        ("CREAT", "1.0", "mg/dL", 88.4017, "umol/L"),
        ("BILI", "1", "mg/dL", 17.1037, "umol/L"),
        ("HGB", "14.2", "g/dL", 142.0, "g/L"),
        ("SODIUM", "140", "mEq/L", 140.0, "mmol/L"),
        ("CRP", "4", "mg/L", 4.0, "mg/L"),
        ("ALB", "4000", "mg/dL", 40.0, "g/L"),
        ("PH", "7.4", None, 7.4, None),
    ],
)
def test_results_are_in_the_si_unit_of_their_test(tests, test, value, unit, standard, standard_unit):
    lb = tests(lab(test, value, unit)).loc[2]
    assert lb["LBORRES"] == value and lb["LBSTRESN"] == standard
    assert (lb["LBSTRESU"] if standard_unit else None) == standard_unit


def test_the_conventional_unit_or_the_one_collected_can_be_the_standard(trial_with, tests):
    glucose = lab("GLUC", "5.55", "mmol/L")
    assert tests(glucose, of=trial_with(lab_units="conventional")).loc[2, "LBSTRESN"] == 99.9866
    assert tests(glucose, of=trial_with(lab_units="collected")).loc[2, "LBSTRESU"] == "mmol/L"


def test_the_range_goes_the_way_of_the_result_by_the_same_factor(tests):
    lb = tests(lab("GLUC", "100", low="70", high="99")).loc[2]
    assert lb[["LBORNRLO", "LBORNRHI"]].tolist() == ["70", "99"]
    assert lb[["LBSTRESN", "LBSTNRLO", "LBSTNRHI"]].tolist() == [5.5507, 3.8855, 5.4952]


def test_without_a_way_to_the_standard_unit_neither_result_nor_range_is_standard_and_the_site_is_asked(trial, treated):
    treated["lb"] = [lab("GLUC", "100", "g", low="70", high="99"), lab("GLUC", "100", None, low="70", high="99")]
    out = trial.sdtm(**treated)
    lb = out.datasets["LB"]
    assert lb["LBORRES"].tolist() == ["100", "100"] and lb["LBORNRLO"].tolist() == ["70", "70"]
    assert lb[["LBSTRESC", "LBSTRESN", "LBSTRESU", "LBSTNRLO", "LBSTNRHI"]].isna().all(axis=None)
    unit = out.findings[out.findings["rule"] == "UNIT"]
    assert unit[["_row", "column"]].to_numpy().tolist() == [[2, "raw LBORRESU"], [3, "raw LBORRESU"]]


@pytest.mark.parametrize(
    ("value", "low", "high", "indicator"),
    [
        ("60", "70", "99", "LOW"),
        ("70", "70", "99", "NORMAL"),
        ("99", "70", "99", "NORMAL"),
        ("100", "70", "99", "HIGH"),
        ("3", None, "5", "NORMAL"),
        ("6", None, "5", "HIGH"),
        ("100", None, None, None),
        ("80", "see report", "99", None),
        ("<5", "5", "10", "LOW"),
        ("<5", "3", "10", None),
        ("<5", None, "5", "NORMAL"),
        (">=100", "10", "90", "HIGH"),
        (">=100", "10", "200", None),
    ],
)
def test_the_range_says_low_normal_or_high_and_nothing_where_that_is_open(tests, value, low, high, indicator):
    found = tests(lab("GLUC", value, low=low, high=high)).loc[2, "LBNRIND"]
    assert (None if pd.isna(found) else found) == indicator


def test_a_result_beyond_what_can_be_measured_keeps_its_sign_and_has_no_number(tests):
    lb = tests(lab("CRP", "<0.5", "mg/dL"), lab("GLUC", ">= 600", "mg/dL"))
    assert lb["LBORRES"].tolist() == ["<0.5", ">= 600"]
    assert lb["LBSTRESC"].tolist() == ["<5", ">=33.3045"] and lb["LBSTRESU"].tolist() == ["mg/L", "mmol/L"]
    assert lb["LBSTRESN"].isna().all()


def test_a_result_in_words_is_normal_if_it_is_a_normal_answer(tests):
    lb = tests(
        lab("KETONES", "Negative", None, LBSTNRC="NEGATIVE; TRACE"),
        lab("KETONES", "2+", None, LBSTNRC="NEGATIVE; TRACE"),
        lab("KETONES", "2+", None),
    )
    assert lb["LBSTRESC"].tolist() == ["NEGATIVE", "2+", "2+"] and lb["LBSTRESN"].isna().all()
    assert lb["LBNRIND"].tolist()[:2] == ["NORMAL", "ABNORMAL"] and pd.isna(lb.loc[4, "LBNRIND"])


def test_what_the_laboratory_says_of_its_range_stands_and_is_compared(trial, treated):
    treated["lb"] = [lab("GLUC", "120", low="70", high="99", LBNRIND="NORMAL")]
    out = trial.sdtm(**treated)
    assert out.datasets["LB"].loc[0, "LBNRIND"] == "NORMAL"
    assert out.findings[["rule", "column", "message"]].to_numpy().tolist() == [
        ["LB-RANGE", "raw LBNRIND", "its range gives HIGH"]
    ]


def test_a_range_upside_down_is_asked_about(trial, treated):
    treated["lb"] = [lab("GLUC", "80", low="99", high="70")]
    found = trial.sdtm(**treated).findings
    assert found[["rule", "column", "value"]].to_numpy().tolist() == [["RANGE", "raw LBORNRLO", "99"]]


def test_what_was_not_done_has_no_unit_and_no_standard_range(tests):
    lb = tests(lab("GLUC", None, low="70", high="99", **{"LBORRES.reason": "HAEMOLYSED"})).loc[2]
    assert (lb["LBSTAT"], lb["LBREASND"]) == ("NOT DONE", "HAEMOLYSED")
    assert lb[["LBORRESU", "LBSTRESC", "LBSTRESU", "LBSTNRLO", "LBSTNRHI", "LBNRIND"]].isna().all()


def test_baseline_is_the_last_result_before_the_first_dose_and_each_test_has_its_name(tests):
    lb = tests(
        lab("GLUC", "90"),
        lab("GLUC", "95", date="2020-03-10", LBTIM="08:00", visit="WEEK 0"),
        lab("GLUC", "99", date="2020-04-07", visit="WEEK 4"),
    )
    assert lb.index[lb["LBLOBXFL"] == "Y"].tolist() == [3]
    assert lb["LBTEST"].unique().tolist() == ["Glucose"]
    assert lb[["LBDY", "VISITNUM", "EPOCH"]].to_numpy().tolist() == [
        [-8, 1, "SCREENING"], [1, 2, "TREATMENT"], [29, 3, "TREATMENT"]
    ]  # fmt: skip
