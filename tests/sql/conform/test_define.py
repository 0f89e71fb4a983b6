# ruff: noqa: E501 (the records of a case stand on one line)
"""Rules of Define-XML against the data, each on a right and on a wrong table of what a Define-XML says."""

import pytest

AE = {"AE": [{"AETERM": "Rash", "AESEV": "MILD"}, {"AETERM": "Fever", "AESEV": None}]}
VS = {"VS": [{"VSTESTCD": "PULSE", "VSORRES": "70"}, {"VSTESTCD": "TEMP", "VSORRES": "36.5"}]}
GROUP = {
    "dataset": "AE",
    "oid": "IG.AE",
    "domain": "AE",
    "label": "Adverse Events",
    "class": "EVENTS",
    "structure": "One record per event",
    "repeating": "Yes",
    "purpose": "Tabulation",
    "href": "ae.xpt",
}
NAMES = ("STUDYID", "DOMAIN", "USUBJID", "AESEQ", "AETERM", "AESEV")


def variable(name="AETERM", dataset="AE", **more):
    return {"dataset": dataset, "variable": name, "oid": f"IT.{dataset}.{name}"} | more


def described(*variables, group=GROUP, **tables):
    """What a Define-XML says of one dataset."""
    return {"define": {"datasets": [group], "variables": list(variables)} | tables}


def case(wrong, finds, right, data=AE, right_data=None):
    return {"right": right_data or data, "wrong": data, "finds": finds, "right_more": right, "wrong_more": wrong}


ALL = [variable(name, position=place) for place, name in enumerate(NAMES, 1)]
SEVERITY = {"standard": "SDTM", "codelist": "CL.SEV", "name": "Severity", "code": "C66769"}
MILD = {"codelist": "CL.SEV", "term": "MILD", "code": "C41338"}
BY_TEST = [{"clause": "WC.1", "dataset": "VS", "variable": "VSTESTCD", "comparator": "EQ", "value": "PULSE"}]
VSG = GROUP | {
    "dataset": "VS",
    "oid": "IG.VS",
    "domain": "VS",
    "label": "Vital Signs",
    "class": "FINDINGS",
    "href": "vs.xpt",
}


def of_values(where=BY_TEST, **value):
    told = {
        "dataset": "VS",
        "variable": "VSORRES",
        "valuelist": "VL.1",
        "clause": "WC.1",
        "type": "text",
        "length": 4,
    } | value
    return described(
        variable("VSORRES", "VS", valuelist="VL.1"), variable("VSTESTCD", "VS"), group=VSG, values=[told], wheres=where
    )


def listed(*terms, code="C66769", of="AESEV", **more):
    return described(variable(of, codelist="CL.SEV", **more), codelists=[SEVERITY | {"code": code}], terms=list(terms))


CASES = {
    "define_dataset_not_described": case(
        described(), [("CM", None, None, 1)], described(), AE | {"CM": [{"CMTRT": "x"}]}, AE
    ),
    "define_dataset_not_there": case(
        {"define": {"datasets": [GROUP | {"no_data": "Yes"}, GROUP | {"dataset": "CM"}]}},
        [
            ("AE", None, "Define-XML says that AE has no data, and it has", 1),
            ("CM", None, "Define-XML describes CM, which is not there", 1),
        ],
        {"define": {"datasets": [GROUP, GROUP | {"dataset": "CM", "no_data": "Yes"}]}},
    ),
    "define_variable_not_described": case(described(*ALL[:5]), [("AE", "AESEV", None, 1)], described(*ALL)),
    "define_variable_not_there": case(described(*ALL, variable("AEOUT")), [("AE", "AEOUT", None, 1)], described(*ALL)),
    "define_order_differs": case(
        described(*ALL[:4], ALL[4] | {"position": 6}, ALL[5] | {"position": 5}),
        [("AE", "AETERM", None, 1)],
        described(*ALL),
    ),
    "define_label_differs": case(
        described(variable(label="Term"), group=GROUP | {"label": "Events"}),
        [("AE", None, "Events", 1), ("AE", "AETERM", "Term", 1)],
        described(variable(label="Reported Term for the Adverse Event")),
    ),
    "define_type_differs": case(
        described(variable(type="integer"), variable("AESEQ", type="text")),
        [("AE", "AESEQ", "text", 1), ("AE", "AETERM", "integer", 1)],
        described(variable(type="text"), variable("AESEQ", type="integer")),
    ),
    "define_length_short": case(
        described(variable(type="text", length=4)),
        [("AE", "AETERM", "4", 1)],
        described(variable(type="text", length=5)),
    ),
    "define_length_over": case(
        described(variable(type="text", length=200)),
        [("AE", "AETERM", "5", 1)],
        described(variable(type="text", length=5)),
    ),
    "define_length_missing": case(
        described(variable(type="text"), variable("AESEQ", type="float", length=8), variable("AESEV")),
        [("AE", "AESEQ", "number of digits", 1), ("AE", "AESEV", "type", 1), ("AE", "AETERM", "length", 1)],
        described(variable(type="text", length=5), variable("AESTDTC", type="datetime")),
    ),
    "define_mandatory_missing": case(
        described(variable(mandatory="Yes"), variable("AESEV", mandatory="Yes")),
        [("AE", "AESEV", None, 1)],
        described(variable(mandatory="Yes")),
    ),
    "define_not_mandatory": case(
        described(variable(mandatory="No"), variable("AESEV", mandatory="No")),
        [("AE", "AETERM", None, 1)],
        described(variable(mandatory="Yes")),
    ),
    "define_keys_missing": case(described(variable()), [("AE", None, None, 1)], described(variable(key=1))),
    "define_key_not_unique": {
        "right": AE,
        "wrong": {"AE": [{"AETERM": "Rash"}, {"AETERM": "Fever"}, {"AETERM": "Rash"}]},
        "finds": [("AE", None, "USUBJID, AETERM", [3])],
        "more": described(variable("USUBJID", key=1), variable("AETERM", key=2)),
    },
    "define_adam_key_not_unique": {
        "right": {"ADQS": [{"PARAMCD": "A", "AVISITN": 1}, {"PARAMCD": "A", "AVISITN": 2}]},
        "wrong": {"ADQS": [{"PARAMCD": "A", "AVISITN": 1}, {"PARAMCD": "A", "AVISITN": 1}]},
        "finds": [("ADQS", None, "PARAMCD, AVISITN", [2])],
        "more": {
            "define": {
                "datasets": [{"standard": "ADaM", "dataset": "ADQS"}],
                "variables": [
                    variable("PARAMCD", "ADQS", key=1, standard="ADaM"),
                    variable("AVISITN", "ADQS", key=2, standard="ADaM"),
                ],
            }
        },
    },
    "define_value_not_listed": case(
        listed({"codelist": "CL.SEV", "term": "SEVERE"}), [("AE", "AESEV", "MILD", [1])], listed(MILD)
    ),
    "define_code_wrong": case(
        described(
            codelists=[SEVERITY, SEVERITY | {"codelist": "CL.X", "name": "X", "code": "C99"}],
            terms=[MILD | {"code": "C1"}],
        ),
        [
            (None, None, "the codelist X has the code C99, which is no codelist", 1),
            (None, None, "the term MILD of Severity has the code C1 instead of C41338", 1),
        ],
        listed(MILD),
    ),
    "define_extension_mark": case(
        described(
            codelists=[SEVERITY, {"codelist": "CL.UNIT", "name": "Unit", "code": "C71620"}],
            terms=[
                MILD | {"extended": "Yes"},
                {"codelist": "CL.SEV", "term": "FATAL", "extended": "Yes"},
                {"codelist": "CL.UNIT", "term": "pinch"},
            ],
        ),
        [
            (None, None, "FATAL extends Severity/Intensity Scale for Adverse Events, which may not be extended", 1),
            (
                None,
                None,
                "MILD of Severity/Intensity Scale for Adverse Events is marked as extended and is a term of it",
                1,
            ),
            (None, None, "pinch of Unit is no term of it and is not marked as extended", 1),
        ],
        described(
            codelists=[SEVERITY, {"codelist": "CL.UNIT", "name": "Unit", "code": "C71620"}],
            terms=[
                MILD,
                {"codelist": "CL.UNIT", "term": "pinch", "extended": "Yes"},
                {"codelist": "CL.UNIT", "term": "kg"},
            ],
        ),
    ),
    "define_codelist_of_other": case(listed(MILD, code="C66742"), [("AE", "AESEV", "C66742", 1)], listed(MILD)),
    "define_codelist_missing": case(described(variable("AESEV")), [("AE", "AESEV", "C66769", 1)], listed(MILD)),
    "define_where_finds_nothing": case(
        of_values([BY_TEST[0] | {"value": "WEIGHT"}]), [("VS", "VSTESTCD", "WEIGHT", 1)], of_values(), VS
    ),
    "define_where_unknown": case(
        of_values([BY_TEST[0] | {"variable": "VSTEST"}]), [("VS", "VSTEST", "VS.VSTEST", 1)], of_values(), VS
    ),
    "define_value_level": {
        "right": VS,
        "wrong": {"VS": [{"VSTESTCD": "PULSE", "VSORRES": "70.5"}, {"VSTESTCD": "TEMP", "VSORRES": "36.5"}]},
        "finds": [("VS", "VSORRES", "of PULSE is no integer", [1])],
        "more": of_values(type="integer"),
    },
    "define_value_level: too long": {
        "right": VS,
        "wrong": {"VS": [{"VSTESTCD": "PULSE", "VSORRES": "about 70"}, {"VSTESTCD": "TEMP", "VSORRES": "about 36.5"}]},
        "finds": [("VS", "VSORRES", "of PULSE is longer than 4", [1])],
        "more": of_values(),
    },
    "define_test_without_value_level": case(
        of_values(),
        [("VS", "VSORRES", "TEMP", [2])],
        of_values([BY_TEST[0], BY_TEST[0] | {"comparator": "IN", "value": "TEMP"}]),
        VS,
    ),
    "define_reference_broken": case(
        described(references=[{"kind": "MethodDef", "oid": "MT.X", "place": "IT.AE.AETERM"}]),
        [(None, None, "IT.AE.AETERM refers to the MethodDef MT.X, which is not defined", 1)],
        described(
            references=[{"kind": "MethodDef", "oid": "MT.X", "place": "IT.AE.AETERM"}],
            oids=[{"kind": "MethodDef", "oid": "MT.X", "times": 1}],
        ),
    ),
    "define_oid_twice": case(
        described(oids=[{"kind": "ItemDef", "oid": "IT.1", "times": 2}]),
        [(None, None, "the ItemDef IT.1 is defined 2 times", 1)],
        described(oids=[{"kind": "ItemDef", "oid": "IT.1", "times": 1}]),
    ),
    "define_oid_unused": case(
        described(
            oids=[{"kind": "CodeList", "oid": "CL.1", "times": 1}, {"kind": "ItemGroupDef", "oid": "IG.1", "times": 1}]
        ),
        [(None, None, "nothing refers to the CodeList CL.1", 1)],
        described(
            oids=[{"kind": "CodeList", "oid": "CL.1", "times": 1}],
            references=[{"kind": "CodeList", "oid": "CL.1", "place": "x"}],
        ),
    ),
    "define_origin_missing": case(
        described(variable(), variable("AESEV", origin="Site")),
        [("AE", "AESEV", "'Site'", 1), ("AE", "AETERM", "missing", 1)],
        described(variable(origin="Collected"), variable("AESEV", origin="Assigned")),
    ),
    "define_derived_without_method": case(
        described(
            variable(origin="Derived"), variable("AESEV", origin="Derived", method="MT.1"), methods=[{"method": "MT.1"}]
        ),
        [("AE", "AESEV", None, 1), ("AE", "AETERM", None, 1)],
        described(
            variable(origin="Derived", method="MT.1"),
            variable("AESEV", origin="Collected"),
            methods=[{"method": "MT.1", "words": "As said"}],
        ),
    ),
    "define_predecessor_missing": case(
        described(variable(origin="Predecessor")),
        [("AE", "AETERM", None, 1)],
        described(variable(origin="Predecessor", predecessor="DM.AGE")),
    ),
    "define_collected_without_page": case(
        described(variable(origin="Collected"), variable("AESEV", origin="Collected", pages="3")),
        [("AE", "AETERM", None, 1)],
        described(variable(origin="Collected", pages="3"), variable("AESEV", origin="Derived")),
    ),
    "define_file_differs": case(
        described(group=GROUP | {"href": "adverse.xpt"}),
        [("AE", None, "adverse.xpt", 1)],
        described(group=GROUP | {"href": "data/ae.xpt"}),
    ),
    "define_dataset_half_described": case(
        described(group=GROUP | {"structure": None, "class": ""}),
        [("AE", None, "class", 1), ("AE", None, "structure", 1)],
        described(),
    ),
    "define_class_differs": case(
        described(group=GROUP | {"class": "FINDINGS"}), [("AE", None, "EVENTS", 1)], described()
    ),
    "define_role_differs": case(
        described(variable(role="Record Qualifier")), [("AE", "AETERM", "Topic", 1)], described(variable(role="Topic"))
    ),
    "define_term_twice": case(
        described(terms=[MILD, MILD]),
        [(None, None, "the codelist CL.SEV has the term MILD 2 times", 1)],
        described(terms=[MILD, MILD | {"term": "SEVERE"}]),
    ),
    "define_codelist_empty": case(
        described(codelists=[SEVERITY, {"codelist": "CL.MED", "external": "MedDRA"}]),
        [
            (None, None, "the codelist CL.SEV has neither terms nor a dictionary", 1),
            (None, None, "the dictionary MedDRA of CL.MED has no version", 1),
        ],
        described(codelists=[SEVERITY, {"codelist": "CL.MED", "external": "MedDRA", "version": "27.0"}], terms=[MILD]),
    ),
    "define_words_missing": case(
        described(methods=[{"method": "MT.1"}], comments=[{"comment": "COM.1"}]),
        [(None, None, "the comment COM.1 has no words", 1), (None, None, "the method MT.1 has no words", 1)],
        described(methods=[{"method": "MT.1", "words": "x"}], comments=[{"comment": "COM.1", "words": "x"}]),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_rule_finds_what_is_wrong_and_nothing_else(name, case_holds):
    case_holds(name, CASES[name])
