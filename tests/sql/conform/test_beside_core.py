"""Rules for what the CORE engine finds in the CDISC pilot, each on a table that is right and one that is wrong."""

import pytest

CASES = {
    "trial_version_missing": {
        "right": {
            "TS": [
                {"TSPARMCD": "ADAPT", "TSVAL": "N", "TSVCDREF": "CDISC CT", "TSVCDVER": "2025-03-28"},
                {"TSPARMCD": "TRT", "TSVAL": "Xanomeline", "TSVCDREF": "UNII", "TSVCDVER": None},
                {"TSPARMCD": "TITLE", "TSVAL": "A pilot", "TSVCDREF": None, "TSVCDVER": None},
            ]
        },
        "wrong": {
            "TS": [
                {"TSPARMCD": "ADAPT", "TSVAL": "N", "TSVCDREF": "CDISC CT", "TSVCDVER": None},
                {"TSPARMCD": "RANDOM", "TSVAL": "Y", "TSVCDREF": "CDISC CT", "TSVCDVER": "2025-Q1"},
                {"TSPARMCD": "TBLIND", "TSVAL": "OPEN LABEL", "TSVCDREF": "CDISC CT", "TSVCDVER": "2025-03-28"},
            ]
        },
        "finds": [("TS", "TSVCDVER", "ADAPT", [1]), ("TS", "TSVCDVER", "RANDOM", [2])],
    },
    "day_variable_missing": {
        "right": {
            "MH": [{"MHTERM": "Rash", "MHSTDTC": "2019-01-02", "MHSTDY": -10, "MHENDTC": None}],
            "DM": [{"DMDTC": "2019-01-02"}],
        },
        "wrong": {
            "MH": [{"MHTERM": "Rash", "MHSTDTC": "2019-01-02"}, {"MHTERM": "Itch", "MHSTDTC": None}],
            "VS": [{"VSTESTCD": "TEMP", "VSDTC": "2019-01-12", "VSSTDY": 1}],
        },
        "finds": [("MH", "MHSTDY", "MHSTDTC", 1), ("VS", "VSDY", "VSDTC", 1)],
    },
}


@pytest.mark.parametrize("name", CASES)
def test_the_rule_finds_what_is_wrong_and_nothing_else(name, case_holds):
    case_holds(name, CASES[name])
