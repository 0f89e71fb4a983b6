# ruff: noqa: E501 (the records of a case stand on one line)
"""Rules of keys, subjects, supplemental qualifiers, relations and comments, each on a right and on a wrong table."""

import pytest

DM = {"DM": [{"SUBJID": "01"}]}
AE = {"AE": [{"AETERM": "Rash", "AEGRPID": "G1"}, {"AETERM": "Fever"}]}


def supp(number, qnam="AEX", **more):
    return {"IDVAR": "AESEQ", "IDVARVAL": number, "QNAM": qnam, "QLABEL": f"Label of {qnam}", "QVAL": "x"} | more


def relrec(domain, number, relid="1", **more):
    return {"RDOMAIN": domain, "IDVAR": f"{domain}SEQ", "IDVARVAL": number, "RELTYPE": None, "RELID": relid} | more


CASES = {
    "seq_not_unique": {
        "right": {"AE": [{"AESEQ": 1}, {"AESEQ": 2}, {"AESEQ": 1, "USUBJID": "02"}]},
        "wrong": {
            "AE": [
                {"AESEQ": 1},
                {"AESEQ": 1},
                {"AESEQ": 2},
                {"AESEQ": 1, "USUBJID": "02"},
                {"AESEQ": 2.5},
                {"AESEQ": 0},
            ]
        },
        "finds": [
            ("AE", "AESEQ", "is no whole number from 1", [5, 6]),
            ("AE", "AESEQ", "is not unique within the subject", [1, 2]),
        ],
    },
    "seq_not_unique_over_parts": {
        "right": {
            "LBCH": [{"DOMAIN": "LB", "LBSEQ": 1}, {"DOMAIN": "LB", "LBSEQ": 3}],
            "LBHE": [{"DOMAIN": "LB", "LBSEQ": 2}, {"DOMAIN": "LB", "LBSEQ": 1, "USUBJID": "02"}],
        },
        "wrong": {
            "LBCH": [{"DOMAIN": "LB", "LBSEQ": 1}, {"DOMAIN": "LB", "LBSEQ": 2}],
            "LBHE": [{"DOMAIN": "LB", "LBSEQ": 2}, {"DOMAIN": "LB", "LBSEQ": 3}],
        },
        "finds": [("LBCH", "LBSEQ", None, [2])],
    },
    "subject_not_in_dm": {
        "both": DM,
        "right": AE,
        "wrong": {
            "AE": [{"AETERM": "Rash"}, {"AETERM": "Rash", "USUBJID": "02"}, {"AETERM": "Fever", "USUBJID": "02"}]
        },
        "finds": [("AE", "USUBJID", "02", [2])],
    },
    "subject_twice": {
        "right": {"DM": [{"SUBJID": "01"}, {"SUBJID": "02", "USUBJID": "02"}]},
        "wrong": {"DM": [{"SUBJID": "01"}, {"SUBJID": "02"}]},
        "finds": [("DM", "USUBJID", "01", [1])],
    },
    "studyid_differs": {
        "right": {"DM": [{}], "AE": [{}], "ADSL": [{}]},
        "wrong": {"DM": [{}], "AE": [{}, {"STUDYID": "S-1"}], "ADSL": [{"STUDYID": "s"}]},
        "finds": [("ADSL", "STUDYID", "s", [1]), ("AE", "STUDYID", "S-1", [2])],
    },
    "record_twice": {
        "right": {
            "VS": [
                {"VSTESTCD": "PULSE", "VSDTC": "2020-01-01", "VSORRES": "70"},
                {"VSTESTCD": "PULSE", "VSDTC": "2020-01-01", "VSORRES": "71"},
            ]
        },
        "wrong": {
            "VS": [
                {"VSTESTCD": "PULSE", "VSDTC": "2020-01-01", "VSORRES": "70"},
                {"VSTESTCD": "PULSE", "VSDTC": "2020-01-01", "VSORRES": "70"},
            ]
        },
        "finds": [("VS", None, None, [2])],
    },
    "parent_dataset_missing": {
        "right": AE | {"SUPPAE": [supp("1")], "FAAE": [{"DOMAIN": "FA", "FATESTCD": "SEV"}]},
        "wrong": {"SUPPCM": [supp("1")], "FAMH": [{"DOMAIN": "FA", "FATESTCD": "SEV"}]},
        "finds": [("FAMH", None, "MH", 1), ("SUPPCM", None, "CM", 1)],
    },
    "related_domain_missing": {
        "both": AE,
        "right": {"SUPPAE": [supp("1")], "RELREC": [relrec("AE", "1")], "CO": [{"RDOMAIN": "AE", "COVAL": "x"}]},
        "wrong": {
            "SUPPAE": [supp("1"), supp("2", RDOMAIN="CM")],
            "RELREC": [relrec("AE", "1"), relrec("LB", "1")],
            "CO": [{"RDOMAIN": "AEX", "COVAL": "x"}],
        },
        "finds": [("CO", "RDOMAIN", "AEX", [1]), ("RELREC", "RDOMAIN", "LB", [2]), ("SUPPAE", "RDOMAIN", "CM", [2])],
    },
    "related_variable_missing": {
        "both": AE,
        "right": {"SUPPAE": [supp("1"), supp("G1", IDVAR="AEGRPID")]},
        "wrong": {"SUPPAE": [supp("1"), supp("1", IDVAR="AESPID")], "RELREC": [relrec("AE", "1", IDVAR="AENUM")]},
        "finds": [("RELREC", "IDVAR", "AE.AENUM", [1]), ("SUPPAE", "IDVAR", "AE.AESPID", [2])],
    },
    "related_record_missing": {
        "both": AE,
        "right": {
            "SUPPAE": [supp("1"), supp("2"), supp("G1", IDVAR="AEGRPID")],
            "RELREC": [relrec("AE", "2")],
            "CO": [{"RDOMAIN": "AE", "IDVAR": "AESEQ", "IDVARVAL": "1", "COVAL": "x"}],
        },
        "wrong": {
            "SUPPAE": [supp("1"), supp("3"), supp("1", USUBJID="02"), supp("G2", IDVAR="AEGRPID")],
            "RELREC": [relrec("AE", "9")],
            "CO": [{"RDOMAIN": "AE", "IDVAR": "AESEQ", "IDVARVAL": "x", "COVAL": "x"}],
        },
        "finds": [
            ("CO", "IDVARVAL", "AESEQ", [1]),
            ("RELREC", "IDVARVAL", "AESEQ", [1]),
            ("SUPPAE", "IDVARVAL", "AEGRPID", [4]),
            ("SUPPAE", "IDVARVAL", "AESEQ", [2, 3]),
        ],
    },
    "related_record_half_named": {
        "right": {
            "SUPPAE": [supp("1")],
            "SUPPDM": [supp(None, IDVAR=None, RDOMAIN="DM")],
            "RELREC": [relrec("AE", "1"), relrec("AE", None, IDVAR="AEGRPID", USUBJID=None)],
            "CO": [
                {"RDOMAIN": None, "IDVAR": None, "IDVARVAL": None, "COVAL": "x"},
                {"RDOMAIN": "AE", "IDVAR": "AESEQ", "IDVARVAL": "1", "COVAL": "x"},
            ],
        },
        "wrong": {
            "SUPPAE": [supp("1", IDVAR=None), supp(None)],
            "RELREC": [relrec("AE", None)],
            "CO": [
                {"RDOMAIN": None, "IDVAR": "AESEQ", "IDVARVAL": "1", "COVAL": "x"},
                {"RDOMAIN": "AE", "IDVAR": None, "IDVARVAL": None, "COVAL": "x"},
            ],
        },
        "finds": [
            ("CO", "IDVAR", "RDOMAIN has a value and IDVAR has none", [2]),
            ("CO", "RDOMAIN", "IDVAR has a value and RDOMAIN has none", [1]),
            ("RELREC", "IDVARVAL", "IDVAR is a sequence number, and no subject or no IDVARVAL is given", [1]),
            ("SUPPAE", "IDVAR", "IDVARVAL has a value and IDVAR has none", [1]),
            ("SUPPAE", "IDVARVAL", "IDVAR has a value and IDVARVAL has none", [2]),
        ],
    },
    "qualifier_name_malformed": {
        "right": {"SUPPAE": [supp("1", "AEX1")]},
        "wrong": {
            "SUPPAE": [supp("1", "AE-X"), supp("1", "1AEX"), supp("1", "AEOUTCOME"), supp("1", "AEX", QLABEL="x" * 41)]
        },
        "finds": [
            ("SUPPAE", "QLABEL", "x" * 41, [4]),
            ("SUPPAE", "QNAM", "1AEX", [2]),
            ("SUPPAE", "QNAM", "AE-X", [1]),
            ("SUPPAE", "QNAM", "AEOUTCOME", [3]),
        ],
    },
    "qualifier_is_a_variable": {
        "both": AE,
        "right": {"SUPPAE": [supp("1", "AEX")]},
        "wrong": {"SUPPAE": [supp("1", "AEX"), supp("1", "AEACNOTH"), supp("1", "AEGRPID")]},
        "finds": [("SUPPAE", "QNAM", "AEACNOTH", [2]), ("SUPPAE", "QNAM", "AEGRPID", [3])],
    },
    "qualifier_labels_differ": {
        "right": {"SUPPAE": [supp("1"), supp("2"), supp("1", "AEY")]},
        "wrong": {"SUPPAE": [supp("1"), supp("2", QLABEL="Other"), supp("1", "AEY", QLABEL="Other")]},
        "finds": [
            ("SUPPAE", "QLABEL", "QNAM AEX has 2 labels", [1]),
            ("SUPPAE", "QNAM", "QLABEL 'Other' has 2 names", [2]),
        ],
    },
    "qualifier_twice": {
        "right": {"SUPPAE": [supp("1"), supp("2"), supp("1", "AEY"), supp("1", USUBJID="02")]},
        "wrong": {"SUPPAE": [supp("1"), supp("2"), supp("1", QVAL="y")]},
        "finds": [("SUPPAE", "QNAM", "AEX", [3])],
    },
    "qualifier_population_flag": {
        "right": {"SUPPDM": [supp(None, "RACE1")], "SUPPAE": [supp("1", "SAFETY")]},
        "wrong": {"SUPPDM": [supp(None, "RACE1"), supp(None, "SAFETY"), supp(None, "ITTFL")]},
        "finds": [("SUPPDM", "QNAM", "ITTFL", [3]), ("SUPPDM", "QNAM", "SAFETY", [2])],
    },
    "qualifier_origin": {
        "right": {"SUPPAE": [supp("1", QORIG="CRF"), supp("2", QORIG="DERIVED")]},
        "wrong": {"SUPPAE": [supp("1", QORIG="Crf"), supp("2", QORIG="SITE")]},
        "finds": [("SUPPAE", "QORIG", "Crf", [1]), ("SUPPAE", "QORIG", "SITE", [2])],
    },
    "relation_of_one": {
        "right": {"RELREC": [relrec("AE", "1"), relrec("CM", "1"), relrec("AE", "2", "2"), relrec("CM", "5", "2")]},
        "wrong": {
            "RELREC": [
                relrec("AE", "1"),
                relrec("CM", "1"),
                relrec("AE", "2", "2"),
                relrec("CM", "5", "2", USUBJID="02"),
            ]
        },
        "finds": [("RELREC", "RELID", None, [3, 4])],
    },
    "relation_type": {
        "right": {
            "RELREC": [
                relrec("AE", "1"),
                relrec("TU", None, USUBJID=None, IDVAR="TULNKID", RELTYPE="ONE"),
                relrec("TR", None, USUBJID=None, IDVAR="TRLNKID", RELTYPE="MANY"),
            ]
        },
        "wrong": {
            "RELREC": [
                relrec("AE", "1", RELTYPE="ONE"),
                relrec("TU", None, USUBJID=None, IDVAR="TULNKID"),
                relrec("TR", None, USUBJID=None, IDVAR="TRLNKID", RELTYPE="SOME"),
            ]
        },
        "finds": [
            ("RELREC", "RELTYPE", "RELTYPE of two datasets is neither ONE nor MANY", [2, 3]),
            ("RELREC", "RELTYPE", "RELTYPE of two records has a value", [1]),
        ],
    },
    "comment_with_own_date": {
        "right": {
            "CO": [
                {"RDOMAIN": "AE", "IDVAR": "AESEQ", "IDVARVAL": "1", "CODTC": None},
                {"RDOMAIN": None, "IDVAR": None, "CODTC": "2020-01-01"},
            ]
        },
        "wrong": {"CO": [{"RDOMAIN": "AE", "IDVAR": "AESEQ", "IDVARVAL": "1", "CODTC": "2020-01-01"}]},
        "finds": [("CO", "CODTC", None, [1])],
    },
    "link_of_one_dataset": {
        "right": {"TU": [{"TULNKID": "1"}], "TR": [{"TRLNKID": "1"}]},
        "wrong": {"TU": [{"TULNKID": "1"}], "TR": [{"TRTESTCD": "LDIAM"}]},
        "finds": [("TU", "TULNKID", None, 1)],
    },
}


@pytest.mark.parametrize("name", CASES)
def test_the_rule_finds_what_is_wrong_and_nothing_else(name, case_holds):
    case_holds(name, CASES[name])
