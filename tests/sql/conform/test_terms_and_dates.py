# ruff: noqa: E501 (the records of a case stand on one line)
"""Rules of terminology and of dates as text, each on a table that is right and one that is wrong (conftest.py)."""

import pytest

CASES = {
    "terminology": {
        "right": {"DM": [{"SEX": "F", "RACE": "MULTIPLE"}], "AE": [{"AESEV": "MILD"}, {"AESEV": None}]},
        "wrong": {"DM": [{"SEX": "X", "RACE": "MULTIPLE"}], "AE": [{"AESEV": "MILD"}, {"AESEV": "LIFE-THREATENING"}]},
        "finds": [("AE", "AESEV", "LIFE-THREATENING", [2]), ("DM", "SEX", "X", [1])],
    },
    "terminology: another case is told as such": {
        "right": {"AE": [{"AESEV": "Mild"}]},
        "wrong": {"AE": [{"AESEV": "Mild"}, {"AESEV": "Light"}]},
        "finds": [("AE", "AESEV", "Light", [2])],
    },
    "terminology_extended": {
        "right": {
            "VS": [{"VSTESTCD": "WEIGHT", "VSORRESU": "kg"}],
            "LB": [{"LBSTRESC": "<0.5"}, {"LBSTRESC": "NEGATIVE"}],
        },
        "wrong": {
            "VS": [{"VSTESTCD": "WEIGHTX", "VSORRESU": "kilo"}],
            "LB": [{"LBSTRESC": "1:40"}, {"LBSTRESC": "NOTHING SEEN"}],
        },
        "finds": [
            ("LB", "LBSTRESC", "NOTHING SEEN", [2]),
            ("VS", "VSORRESU", "kilo", [1]),
            ("VS", "VSTESTCD", "WEIGHTX", [1]),
        ],
    },
    "terminology_extended: by the study's own term": {
        "right": {"QS": [{"QSCAT": "ITCH VAS"}]},
        "wrong": {"QS": [{"QSCAT": "ITCH VAS"}, {"QSCAT": "PAIN VAS"}]},
        "finds": [("QS", "QSCAT", "PAIN VAS", [2])],
        "more": {"extensions": {"C100129": ["ITCH VAS"]}},
    },
    "term_in_other_case": {
        "right": {"AE": [{"AESEV": "MILD"}], "VS": [{"VSORRESU": "kg"}]},
        "wrong": {"AE": [{"AESEV": "Mild"}], "VS": [{"VSORRESU": "KG"}]},
        "finds": [("AE", "AESEV", "Mild", [1]), ("VS", "VSORRESU", "KG", [1])],
    },
    "disposition_term_of_other_category": {
        "right": {
            "DS": [
                {"DSCAT": "DISPOSITION EVENT", "DSDECOD": "COMPLETED"},
                {"DSCAT": "PROTOCOL MILESTONE", "DSDECOD": "INFORMED CONSENT OBTAINED"},
            ]
        },
        "wrong": {
            "DS": [
                {"DSCAT": "DISPOSITION EVENT", "DSDECOD": "INFORMED CONSENT OBTAINED"},
                {"DSCAT": "PROTOCOL MILESTONE", "DSDECOD": "COMPLETED"},
            ]
        },
        "finds": [("DS", "DSDECOD", "COMPLETED", [2]), ("DS", "DSDECOD", "INFORMED CONSENT OBTAINED", [1])],
    },
    "testcd_and_test_no_pair": {
        "right": {"VS": [{"VSTESTCD": "WEIGHT", "VSTEST": "Weight"}, {"VSTESTCD": "HEIGHT", "VSTEST": "Height"}]},
        "wrong": {
            "VS": [
                {"VSTESTCD": "WEIGHT", "VSTEST": "Height"},
                {"VSTESTCD": "OWN", "VSTEST": "Own"},
                {"VSTESTCD": "OWN", "VSTEST": "Own test"},
            ]
        },
        "finds": [
            ("VS", "VSTEST", "Height is not the name of the code WEIGHT", [1]),
            ("VS", "VSTEST", "the code OWN has 2 names", [2]),
        ],
    },
    "testcd_and_test_no_pair: one name of two codes": {
        "right": {"QS": [{"QSTESTCD": "A", "QSTEST": "First"}, {"QSTESTCD": "B", "QSTEST": "Second"}]},
        "wrong": {"QS": [{"QSTESTCD": "A", "QSTEST": "First"}, {"QSTESTCD": "B", "QSTEST": "First"}]},
        "finds": [("QS", "QSTESTCD", "the name First has 2 codes", [1])],
    },
    "instrument_test_not_published": {
        "right": {
            "QS": [
                {"QSCAT": "DLQI", "QSTESTCD": "DLQI101", "QSTEST": "DLQI1-How Itchy, Sore, Painful, Stinging"},
                {"QSCAT": "OWN", "QSTESTCD": "OWN01", "QSTEST": "Own"},
            ]
        },
        "wrong": {
            "QS": [
                {"QSCAT": "DLQI", "QSTESTCD": "DLQI101", "QSTEST": "Itching"},
                {"QSCAT": "DLQI", "QSTESTCD": "DLQI199", "QSTEST": "DLQI1-New Question"},
            ]
        },
        "finds": [
            ("QS", "QSTEST", "DLQI101 is named 'Itching' instead of 'DLQI1-How Itchy, Sore, Painful, Stinging'", [1]),
            ("QS", "QSTESTCD", "DLQI199 is not in the codelist of Dermatology Life Quality Index Questionnaire", [2]),
        ],
    },
    "value_of_flag": {
        "right": {
            "VS": [{"VSBLFL": "Y"}, {"VSBLFL": None}],
            "AE": [{"AESER": "N", "AEPRESP": "Y"}],
            "DM": [{"DTHFL": None}],
        },
        "wrong": {
            "VS": [{"VSBLFL": "Y"}, {"VSBLFL": "N"}],
            "AE": [{"AESER": "U", "AEPRESP": "N"}],
            "DM": [{"DTHFL": "N"}],
        },
        "finds": [
            ("AE", "AEPRESP", "N", [1]),
            ("AE", "AESER", "U", [1]),
            ("DM", "DTHFL", "N", [1]),
            ("VS", "VSBLFL", "N", [2]),
        ],
    },
    "domain_not_of_dataset": {
        "right": {"AE": [{"DOMAIN": "AE"}], "QSCO": [{"DOMAIN": "QS"}]},
        "wrong": {"AE": [{"DOMAIN": "AE"}, {"DOMAIN": "MH"}]},
        "finds": [("AE", "DOMAIN", "MH", [2])],
    },
    "summary_value_not_a_term": {
        "right": {"TS": [{"TSPARMCD": "SEXPOP", "TSVAL": "BOTH"}, {"TSPARMCD": "TITLE", "TSVAL": "Any words"}]},
        "wrong": {"TS": [{"TSPARMCD": "SEXPOP", "TSVAL": "MALE AND FEMALE"}, {"TSPARMCD": "RANDOM", "TSVAL": "No"}]},
        "finds": [("TS", "TSVAL", "RANDOM: No", [2]), ("TS", "TSVAL", "SEXPOP: MALE AND FEMALE", [1])],
    },
    "summary_value_not_of_its_form": {
        "right": {
            "TS": [
                {"TSPARMCD": "SSTDTC", "TSVAL": "2019-12-02"},
                {"TSPARMCD": "AGEMIN", "TSVAL": "P18Y"},
                {"TSPARMCD": "PLANSUB", "TSVAL": "7"},
                {"TSPARMCD": "SENDTC", "TSVAL": None},
                {"TSPARMCD": "LENGTH", "TSVAL": "P66W"},
                {"TSPARMCD": "DCUTDTC", "TSVAL": "2021-05"},
            ]
        },
        "wrong": {
            "TS": [
                {"TSPARMCD": "SSTDTC", "TSVAL": "02DEC2019"},
                {"TSPARMCD": "AGEMIN", "TSVAL": "18 YEARS"},
                {"TSPARMCD": "PLANSUB", "TSVAL": "seven"},
                {"TSPARMCD": "SENDTC", "TSVAL": "2021-02-30"},
            ]
        },
        "finds": [
            ("TS", "TSVAL", "AGEMIN: 18 YEARS", [2]),
            ("TS", "TSVAL", "PLANSUB: seven", [3]),
            ("TS", "TSVAL", "SENDTC: 2021-02-30", [4]),
            ("TS", "TSVAL", "SSTDTC: 02DEC2019", [1]),
        ],
    },
    "date_not_iso8601": {
        "right": {
            "AE": [
                {"AESTDTC": "2020"},
                {"AESTDTC": "2020-02"},
                {"AESTDTC": "2020-02-29"},
                {"AESTDTC": "2020-02-29T08"},
                {"AESTDTC": "2020-02-29T08:30:15"},
                {"AESTDTC": "2020---29"},
                {"AESTDTC": "--02-29"},
                {"AESTDTC": "2020-02-29T-:30"},
                {"AESTDTC": "2020-02-01/2020-02-03"},
                {"AESTDTC": "2020-02-29T08:30+01:00"},
                {"AESTDTC": "2020-02-29T08:30Z"},
            ]
        },
        "wrong": {
            "AE": [
                {"AESTDTC": "2020-02-30"},
                {"AESTDTC": "2020-02-28T24:00"},
                {"AESTDTC": "2020-02-28T"},
                {"AESTDTC": "2020/02/28"},
                {"AESTDTC": "28FEB2020"},
                {"AESTDTC": "2020-2-8"},
                {"AESTDTC": "20200228"},
                {"AESTDTC": "2020-02-28 08:30"},
                {"AESTDTC": "2020-02-"},
                {"AESTDTC": "T08:30"},
                {"AESTDTC": "2020-13"},
            ]
        },
        "finds": sorted(
            ("AE", "AESTDTC", text, [row])
            for row, text in enumerate(
                [
                    "2020-02-30",
                    "2020-02-28T24:00",
                    "2020-02-28T",
                    "2020/02/28",
                    "28FEB2020",
                    "2020-2-8",
                    "20200228",
                    "2020-02-28 08:30",
                    "2020-02-",
                    "T08:30",
                    "2020-13",
                ],
                1,
            )
        ),
    },
    "duration_not_iso8601": {
        "right": {"AE": [{"AEDUR": "P1Y2M3DT4H"}, {"AEDUR": "P2W"}, {"AEDUR": "PT1.5H"}], "VS": [{"VSELTM": "-PT15M"}]},
        "wrong": {
            "AE": [{"AEDUR": "3 DAYS"}, {"AEDUR": "-P3D"}, {"AEDUR": "P"}, {"AEDUR": "P1H"}],
            "VS": [{"VSELTM": "15M"}],
        },
        "finds": [
            ("AE", "AEDUR", "-P3D", [2]),
            ("AE", "AEDUR", "3 DAYS", [1]),
            ("AE", "AEDUR", "P", [3]),
            ("AE", "AEDUR", "P1H", [4]),
            ("VS", "VSELTM", "15M", [1]),
        ],
    },
    "adam_terminology": {
        "right": {"ADAE": [{"SEX": "F", "AESEV": "MILD", "ASTDTF": "M"}], "ADQS": [{"PARAMTYP": "DERIVED"}]},
        "wrong": {"ADAE": [{"SEX": "Female", "AESEV": "mild", "ASTDTF": "X"}], "ADQS": [{"PARAMTYP": "DER"}]},
        "finds": [
            ("ADAE", "AESEV", "mild", [1]),
            ("ADAE", "ASTDTF", "X", [1]),
            ("ADAE", "SEX", "Female", [1]),
            ("ADQS", "PARAMTYP", "DER", [1]),
        ],
    },
    "adam_terminology_extended": {
        "right": {"ADQS": [{"DTYPE": "LOCF"}, {"DTYPE": "NRI"}], "ADSL": [{"EOSSTT": "COMPLETED"}]},
        "wrong": {"ADQS": [{"DTYPE": "LOCF"}, {"DTYPE": "GUESS"}], "ADSL": [{"EOSSTT": "DONE"}]},
        "finds": [("ADQS", "DTYPE", "GUESS", [2]), ("ADSL", "EOSSTT", "DONE", [1])],
        "more": {"extensions": {"C81224": ["NRI"]}},
    },
}


@pytest.mark.parametrize("name", CASES)
def test_the_rule_finds_what_is_wrong_and_nothing_else(name, case_holds):
    case_holds(name, CASES[name])
