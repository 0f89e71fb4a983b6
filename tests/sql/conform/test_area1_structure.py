"""Rules of structure and metadata: each on a small table that is right and one that is wrong."""

import pytest

CASES = {
    "end_before_start": {
        "right": {
            "AE": [{"AESTDTC": "2020-01-02", "AEENDTC": "2020-01-02"}, {"AESTDTC": "2020-01-02", "AEENDTC": "2020"}]
        },
        "wrong": {
            "AE": [
                {"AESTDTC": "2020-01-02", "AEENDTC": "2020-01-02"},
                {"AESTDTC": "2020-01-02", "AEENDTC": "2020-01-01"},
            ]
        },
        "finds": [("AE", "AEENDTC", None, [2])],
    },
    "terminology": {
        "right": {"AE": [{"AESEV": "MILD"}]},
        "wrong": {"AE": [{"AESEV": "MILD"}, {"AESEV": "Mild"}]},
        "finds": [("AE", "AESEV", "Mild", [2])],
    },
}


@pytest.mark.parametrize("name", CASES)
def test_the_rule_finds_what_is_wrong_and_nothing_else(name, case_holds):
    case_holds(name, CASES[name])
