# ruff: noqa: E501 (the records of a case stand on one line)
"""Rules of names, labels, types, order, presence and text, each on a table that is right and one that is wrong."""

import pytest

LONG = "The patient reported that the rash came back after the second dose and spread from both elbows to the trunk and that nothing but a cold bath and a moisturising cream without fragrance gave relief during the"
AE = {"AETERM": "Rash", "AEDECOD": "Rash"}

CASES = {
    "variable_name_malformed": {
        "right": {"AE": [{"AETERM": "Rash"}], "ADSL": [{"TRT01P": "A"}]},
        "wrong": {"AE": [{"AEVERYLONG": "x", "aeterm": "Rash"}], "ADSL": [{"1TRT": "A"}]},
        "finds": [("ADSL", "1TRT", None, 1), ("AE", "AEVERYLONG", None, 1), ("AE", "aeterm", None, 1)],
    },
    "label_missing": {
        "right": {"AE": [{"AETERM": "Rash"}]},
        "wrong": {"AE": [{"AETERM": "Rash"}]},
        "finds": [("AE", "AETERM", None, 1)],
        "wrong_more": {"labels": {"AE.AETERM": None}},
    },
    "label_malformed": {
        "right": {"AE": [{"AETERM": "Rash"}]},
        "wrong": {"AE": [{"AETERM": "Rash", "AESPID": "1", "AEDECOD": "Rash"}]},
        "finds": [
            ("AE", None, "is longer than 40 bytes", 1),
            ("AE", "AEDECOD", "begins or ends with a blank", 1),
            ("AE", "AESPID", "has characters outside ASCII", 1),
            ("AE", "AETERM", "is longer than 40 bytes", 1),
        ],
        "wrong_more": {
            "labels": {
                "AE.AETERM": "Reported Term for the Adverse Event (Site)",
                "AE.AESPID": "Identité",
                "AE.AEDECOD": "Term ",
                "AE": "x" * 41,
            }
        },
    },
    "label_differs": {
        "right": {"AE": [{"AETERM": "Rash"}], "SUPPAE": [{"QNAM": "AEX"}]},
        "wrong": {"AE": [{"AETERM": "Rash"}], "SUPPAE": [{"QNAM": "AEX"}]},
        "finds": [
            ("AE", "AETERM", "Reported Term for the Adverse Event", 1),
            ("SUPPAE", "QNAM", "Qualifier Variable Name", 1),
        ],
        "wrong_more": {"labels": {"AE.AETERM": "Reported term for the adverse event", "SUPPAE.QNAM": "Name"}},
    },
    "adam_label_differs": {
        "right": {"ADSL": [{"TRT01P": "A", "AGE": 40, "PASIBL": 10}]},
        "wrong": {"ADSL": [{"TRT01P": "A", "AGE": 40, "PASIBL": 10}]},
        "finds": [("ADSL", "AGE", "Age", 1), ("ADSL", "TRT01P", "Planned Treatment for Period xx", 1)],
        "right_more": {
            "labels": {
                "ADSL.TRT01P": "Planned Treatment for Period 01",
                "ADSL.AGE": "Age",
                "ADSL.PASIBL": "PASI at Baseline",
            }
        },
        "wrong_more": {
            "labels": {"ADSL.TRT01P": "Planned Treatment", "ADSL.AGE": "Age (years)", "ADSL.PASIBL": "PASI at Baseline"}
        },
    },
    "type_differs": {
        "right": {"VS": [{"VSORRES": "70", "VSSTRESN": 70}]},
        "wrong": {"VS": [{"VSORRES": 70, "VSSTRESN": "70"}]},
        "finds": [("VS", "VSORRES", "Char", 1), ("VS", "VSSTRESN", "Num", 1)],
    },
    "adam_type_differs": {
        "right": {"ADQS": [{"AVAL": 1, "AVALC": "1", "PARAMCD": "X"}]},
        "wrong": {"ADQS": [{"AVAL": "1", "AVALC": 1, "PARAMCD": "X"}]},
        "finds": [("ADQS", "AVAL", "Num", 1), ("ADQS", "AVALC", "Char", 1)],
    },
    "variable_order": {
        "right": {"AE": [{"AETERM": "Rash", "AEDECOD": "Rash", "AESEV": "MILD", "AESTDTC": "2020"}]},
        "wrong": {"AE": [{"AESTDTC": "2020", "AETERM": "Rash", "AEDECOD": "Rash", "AESEV": "MILD"}]},
        "finds": [("AE", "AESTDTC", "it comes after AESEV", 1)],
    },
    "variable_unknown": {
        "right": {"AE": [{"AETERM": "Rash", "AEDY": 1, "VISITNUM": 1}], "CO": [{"COVAL": "x", "COVAL1": "y"}]},
        "wrong": {"AE": [{"AETERM": "Rash", "AEMOOD": "x", "AGE": 40}], "DM": [{"WEIGHT": 70}]},
        "finds": [("AE", "AEMOOD", None, 1), ("AE", "AGE", None, 1), ("DM", "WEIGHT", None, 1)],
    },
    "variable_not_allowed": {
        "right": {"CM": [{"CMOCCUR": "Y"}], "MH": [{"MHEVDTYP": "DIAGNOSIS"}], "EG": [{"EGBEATNO": 1}]},
        "wrong": {
            "AE": [{"AEOCCUR": "Y"}],
            "CE": [{"CEEVDTYP": "DIAGNOSIS"}],
            "VS": [{"VSSTDTC": "2020"}],
            "DM": [{"SPECIES": "HUMAN"}],
        },
        "finds": [
            ("AE", "AEOCCUR", None, 1),
            ("CE", "CEEVDTYP", None, 1),
            ("DM", "SPECIES", None, 1),
            ("VS", "VSSTDTC", None, 1),
        ],
    },
    "variable_without_partner": {
        "right": {"AE": [{"AELOC": "ARM", "AELAT": "LEFT", "AEENRTPT": "ONGOING", "AEENTPT": "2020"}]},
        "wrong": {"AE": [{"AELAT": "LEFT", "AEENRTPT": "ONGOING"}], "CM": [{"CMOCCUR": "Y"}]},
        "finds": [("AE", "AEENRTPT", "AEENTPT", 1), ("AE", "AELAT", "AELOC", 1), ("CM", "CMOCCUR", "CMPRESP", 1)],
    },
    "required_variable": {
        "right": {"AE": [AE]},
        "wrong": {"AE": [{"AETERM": "Rash"}]},
        "finds": [("AE", "AEDECOD", None, 1)],
    },
    "expected_variable": {
        "right": {"RELREC": [{"IDVAR": "AESEQ", "IDVARVAL": "1", "RELTYPE": None, "RELID": "1"}]},
        "wrong": {"RELREC": [{"IDVAR": "AESEQ", "RELTYPE": None, "RELID": "1"}]},
        "finds": [("RELREC", "IDVARVAL", None, 1)],
    },
    "required_value_missing": {
        "right": {"AE": [AE, AE]},
        "wrong": {"AE": [AE, AE | {"AEDECOD": None}, AE | {"AEDECOD": ""}]},
        "finds": [("AE", "AEDECOD", None, 2)],
    },
    "timing_variable_missing": {
        "right": {
            "AE": [{"AETERM": "Rash", "AESTDTC": None}],
            "VS": [{"VSTESTCD": "TEMP", "VISITNUM": 1}],
            "IE": [{"IETESTCD": "IN1"}],
        },
        "wrong": {"AE": [{"AETERM": "Rash"}]},
        "finds": [("AE", None, None, 1)],
    },
    "category_repeats_domain": {
        "right": {"VS": [{"VSCAT": "SUPINE"}]},
        "wrong": {"VS": [{"VSCAT": "SUPINE"}, {"VSCAT": "VITAL SIGNS"}]},
        "finds": [("VS", "VSCAT", "VITAL SIGNS", [2])],
    },
    "adam_required_variable": {
        "right": {"ADQS": [{"PARAM": "PASI", "PARAMCD": "PASI"}]},
        "wrong": {"ADQS": [{"PARAMCD": "PASI"}]},
        "finds": [("ADQS", "PARAM", None, 1)],
    },
    "adam_required_value_missing": {
        "right": {"ADQS": [{"PARAMCD": "PASI", "AVALC": None}]},
        "wrong": {"ADQS": [{"PARAMCD": "PASI"}, {"PARAMCD": None}, {"PARAMCD": "PASI", "USUBJID": None}]},
        "finds": [("ADQS", "PARAMCD", None, 1), ("ADQS", "USUBJID", None, 1)],
    },
    "permissible_empty": {
        "right": {"AE": [AE | {"AESPID": "1", "AELLT": None, "AESTDTC": "2020", "AESTDY": None}]},
        "wrong": {"AE": [AE | {"AESPID": None, "AELLT": None}]},
        "finds": [("AE", "AESPID", None, 1)],
    },
    "dataset_name_malformed": {
        "right": {
            "AE": [AE],
            "QSCO": [{"QSTESTCD": "A"}],
            "SUPPAE": [{"QNAM": "A"}],
            "RELREC": [{"RELID": "1"}],
            "ADQSPASI": [{"PARAMCD": "A"}],
        },
        "wrong": {
            "ADVERSE": [AE],
            "SUPPADVER": [{"QNAM": "A"}],
            "LABS5": [{"LBTESTCD": "A"}],
            "ADQSPASI1": [{"PARAMCD": "A"}],
        },
        "finds": [
            ("ADQSPASI1", None, "is not 1 to 8 letters and digits that begin with a letter", 1),
            ("LABS5", None, "is none of a domain or of a part of a domain", 1),
            ("SUPPADVER", None, "is not 1 to 8 letters and digits that begin with a letter", 1),
        ],
    },
    "dataset_unknown": {
        "right": {"AE": [AE], "SUPPAE": [{"QNAM": "A"}]},
        "wrong": {"XY": [{"DOMAIN": "XY", "XYTESTCD": "A"}]},
        "finds": [("XY", None, None, 1)],
    },
    "dataset_label_differs": {
        "right": {"AE": [AE], "SUPPAE": [{"QNAM": "A"}], "QSCO": [{"DOMAIN": "QS", "QSTESTCD": "A"}]},
        "wrong": {"AE": [AE], "SUPPAE": [{"QNAM": "A"}], "QSCO": [{"DOMAIN": "QS", "QSTESTCD": "A"}]},
        "finds": [
            ("AE", None, "Adverse Events", 1),
            ("QSCO", None, "Questionnaires", 1),
            ("SUPPAE", None, "Supplemental Qualifiers for AE", 1),
        ],
        "right_more": {"labels": {"QSCO": "Questionnaires Cognition", "SUPPAE": "Supplemental Qualifiers for AE"}},
        "wrong_more": {"labels": {"AE": "Adverse Event", "QSCO": None, "SUPPAE": "More of AE"}},
    },
    "adam_dataset_label_missing": {
        "right": {"ADSL": [{"SUBJID": "1"}]},
        "wrong": {"ADSL": [{"SUBJID": "1"}]},
        "finds": [("ADSL", None, None, 1)],
        "right_more": {"labels": {"ADSL": "Subject-Level Analysis Dataset"}},
    },
    "dataset_empty": {
        "right": {"AE": [AE]},
        "wrong": {"AE": [AE], "CM": []},
        "finds": [("CM", None, None, 1)],
    },
    "dataset_missing": {
        "right": {"DM": [{"SUBJID": "1"}], "TS": [{"TSPARMCD": "TITLE"}], "ADSL": [{"SUBJID": "1"}]},
        "wrong": {"AE": [AE], "TS": [{"TSPARMCD": "TITLE"}], "ADQS": [{"PARAMCD": "A"}]},
        "finds": [("ADQS", None, "ADSL", 1), ("AE", None, "DM", 1)],
    },
    "text_with_blanks": {
        "right": {"AE": [{"AETERM": "Rash on arm"}]},
        "wrong": {
            "AE": [{"AETERM": "Rash"}, {"AETERM": " Rash"}, {"AETERM": "Rash on arm "}],
            "ADAE": [{"AEDECOD": "\tRash"}],
        },
        "finds": [("ADAE", "AEDECOD", None, [1]), ("AE", "AETERM", None, [2, 3])],
    },
    "text_with_control_character": {
        "right": {"AE": [{"AETERM": "Rash on arm"}]},
        "wrong": {"AE": [{"AETERM": "Rash"}, {"AETERM": "Rash\non arm"}, {"AETERM": "Rash\ton arm"}]},
        "finds": [("AE", "AETERM", None, [2, 3])],
    },
    "text_not_ascii": {
        "right": {"AE": [{"AETERM": "Rash on arm"}]},
        "wrong": {"AE": [{"AETERM": "Rash"}, {"AETERM": "Éruption"}, {"AETERM": "皮疹"}]},
        "finds": [("AE", "AETERM", None, [2, 3])],
    },
    "text_for_missing": {
        "right": {"AE": [{"AETERM": "Rash", "AESPID": None}], "VS": [{"VSORRES": "-"}]},
        "wrong": {"AE": [{"AETERM": "Rash", "AESPID": "."}, {"AETERM": "NULL"}, {"AETERM": "nan"}]},
        "finds": [("AE", "AESPID", ".", [1]), ("AE", "AETERM", "NULL", [2]), ("AE", "AETERM", "nan", [3])],
    },
    "text_looks_cut": {
        "right": {
            "AE": [{"AETERM": LONG[:199]}, {"AETERM": (LONG[:199]) + "."}],
            "MH": [{"MHTERM": LONG[:200]}],
            "SUPPMH": [{"QNAM": "MHTERM1", "QVAL": "x"}],
        },
        "wrong": {"AE": [{"AETERM": "Rash"}, {"AETERM": LONG[:200]}]},
        "finds": [("AE", "AETERM", LONG[180:200], [2])],
    },
    "text_over_200": {
        "right": {"AE": [{"AETERM": "x" * 200}]},
        "wrong": {"AE": [{"AETERM": "x" * 200}, {"AETERM": "x" * 201}], "ADAE": [{"AETERM": "é" * 101}]},
        "finds": [("ADAE", "AETERM", None, [1]), ("AE", "AETERM", None, [2])],
    },
    "length_over_need": {
        "right": {"AE": [{"AETERM": "Rash", "VISIT": "WEEK 4"}], "CM": [{"VISIT": "WEEK 12"}]},
        "wrong": {"AE": [{"AETERM": "Rash", "VISIT": "WEEK 4"}], "CM": [{"VISIT": "WEEK 12"}]},
        "finds": [("AE", "AETERM", "4", 1)],
        "right_more": {"lengths": {"AE.AETERM": 4, "AE.VISIT": 7, "CM.VISIT": 7}},
        "wrong_more": {"lengths": {"AE.AETERM": 200, "AE.VISIT": 7, "CM.VISIT": 7}},
    },
    "lengths_differ": {
        "right": {"AE": [{"VISIT": "WEEK 4"}], "CM": [{"VISIT": "WEEK 12"}]},
        "wrong": {"AE": [{"VISIT": "WEEK 4"}], "CM": [{"VISIT": "WEEK 12"}]},
        "finds": [("AE", "VISIT", "7", 1)],
        "right_more": {"lengths": {"AE.VISIT": 7, "CM.VISIT": 7}},
        "wrong_more": {"lengths": {"AE.VISIT": 6, "CM.VISIT": 7}},
    },
    "dataset_over_5_gb": {
        "right": {"AE": [AE]},
        "wrong": {"AE": [AE]},
        "finds": [("AE", None, None, 1)],
        "wrong_more": {"bytes": {"AE": 5 * 1024**3 + 1}},
    },
}


@pytest.mark.parametrize("name", CASES)
def test_the_rule_finds_what_is_wrong_and_nothing_else(name, case_holds):
    case_holds(name, CASES[name])
