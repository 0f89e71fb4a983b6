"""A sponsor's workbook, read as leniently as its meaning allows, against a small study."""

import pytest

from transforms.review.spec import cell_text, differences, letter, model, read_sheets, split_values

# the study's own, in the layout of our export
STUDY = {
    "Datasets": [
        ["Dataset", "Label", "Class", "Key Variables", "Repeating"],
        ["VS", "Vital Signs", "FINDINGS", "STUDYID, USUBJID, VSTESTCD", "Yes"],
        ["AE", "Adverse Events", "EVENTS", "STUDYID, USUBJID, AETERM", "Yes"],
    ],
    "Variables": [
        ["Order", "Dataset", "Variable", "Label", "Data Type", "Length", "Mandatory", "Codelist", "Origin", "Method"],
        [1, "VS", "USUBJID", "Unique Subject Identifier", "text", 12, "Yes", "", "Derived", "USUBJID"],
        [2, "VS", "VSTESTCD", "Vital Signs Test Short Name", "text", 6, "Yes", "VS.VSTESTCD", "Assigned", ""],
        [3, "VS", "VSORRES", "Result in Original Units", "text", 5, "No", "", "Collected", ""],
        [4, "VS", "VSDTC", "Date/Time of Measurements", "date", "", "No", "", "Collected", ""],
        [1, "AE", "AETERM", "Reported Term", "text", 40, "Yes", "", "Collected", ""],
        [2, "AE", "AEDECOD", "Dictionary-Derived Term", "text", 40, "Yes", "MEDDRA", "Assigned", ""],
    ],
    "ValueLevel": [
        ["Dataset", "Variable", "Where Clause", "Label", "Data Type", "Length", "Significant Digits"],
        ["VS", "VSORRES", "VS.TEMP", "Temperature", "float", 4, 1],
        ["VS", "VSORRES", "VS.WEIGHT", "Weight", "float", 5, 1],
    ],
    "WhereClauses": [
        ["ID", "Dataset", "Variable", "Comparator", "Value"],
        ["VS.TEMP", "VS", "VSTESTCD", "EQ", "TEMP"],
        ["VS.TEMP", "VS", "VSCAT", "EQ", "SIGNS"],
        ["VS.WEIGHT", "VS", "VSTESTCD", "EQ", "WEIGHT"],
    ],
    "Codelists": [
        ["ID", "Name", "NCI Codelist Code", "Order", "Term", "NCI Term Code", "Decoded Value"],
        ["VS.VSTESTCD", "Vital Signs Test Code", "C66741", 1, "TEMP", "C25206", "Temperature"],
        ["VS.VSTESTCD", "Vital Signs Test Code", "C66741", 2, "WEIGHT", "C25208", "Weight"],
    ],
    "Dictionaries": [["ID", "Dictionary", "Version"], ["MEDDRA", "MedDRA", "27.0"]],
    "Methods": [["ID", "Description"], ["USUBJID", "STUDYID, site and subject."]],
}
STANDARDS = {"VS": "SDTM", "AE": "SDTM"}


def read(sheets):
    spec, wrong = read_sheets(sheets)
    assert wrong == []
    return spec


def told(sponsor):
    """What differs: place, what, whether the specification allows it."""
    return [(one.place, one.what, one.agrees) for one in differences(read(STUDY), read(sponsor), STANDARDS)]


def wrong(sheets):
    return [": ".join(one) for one in read_sheets(sheets)[1]]


def with_cell(sheet, row, heading, value):
    """The study's own workbook with one other cell; the row as a spreadsheet counts it."""
    rows = [list(cells) for cells in STUDY[sheet]]
    rows[row - 1][rows[0].index(heading)] = value
    return STUDY | {sheet: rows}


def test_the_study_agrees_with_itself():
    assert told(STUDY) == []


def test_headings_go_by_other_names_in_any_case_and_order():
    sponsor = {
        "DATASETS": [["description", "KEYS", "Domain"], ["Vital Signs", "STUDYID USUBJID VSTESTCD", "vs"]],
        "variable metadata": [
            ["Specification of study S1", "", "", ""],
            ["", "", "", ""],
            ["variable name", "DATASET NAME", "Variable Label", "Type", "origin type"],
            ["USUBJID", "VS", "Unique Subject Identifier", "Char", "Derived"],
            ["VSTESTCD", "VS", "Vital Signs Test Short Name", "Char", "Assigned"],
            ["VSORRES", "VS", "Result in Original Units", "Char", "CRF"],
            ["VSDTC", "VS", "Date/Time of Measurements", "date", "CRF"],
        ],
    }
    assert told(sponsor) == [("AE", "dataset is not in the specification", False)]


def test_what_stands_once_in_merged_cells_holds_for_the_rows_below():
    rows = [list(cells) for cells in STUDY["Codelists"]]
    rows[1:] = [["VS.VSTESTCD", "Vital Signs Test Code", "C66741", "", "", "", ""]] + [
        ["", "", "", *row[3:]] for row in rows[1:]
    ]
    variables = [list(cells) for cells in STUDY["Variables"]]
    for row in (variables[2], variables[3], variables[4]):
        row[1] = ""
    assert told(STUDY | {"Codelists": rows, "Variables": variables}) == []


def test_sheets_that_are_not_there_are_not_compared():
    assert told({"Datasets": STUDY["Datasets"]}) == []
    assert told({"Variables": [row[:5] for row in STUDY["Variables"]]}) == []


def test_conditions_may_stand_in_words():
    rows = [
        STUDY["ValueLevel"][0],
        ["VS", "VSORRES", 'VSTESTCD EQ "TEMP" and VSCAT EQ "SIGNS"', "Temperature", "float", 4, 1],
        ["VS", "VSORRES", "VSTESTCD IN (WEIGHT)", "Weight", "float", 5, 1],
    ]
    sponsor = {name: rows_ for name, rows_ in STUDY.items() if name != "WhereClauses"}
    assert told(sponsor | {"ValueLevel": rows}) == []


def test_a_condition_that_says_less_is_the_same_where_only_one_fits():
    rows = [row for row in STUDY["WhereClauses"] if row[2] != "VSCAT"]
    assert told(STUDY | {"WhereClauses": rows}) == [("VS.VSORRES", "condition says more or less", True)]


def test_conditions_of_one_side_alone_are_told():
    changed = told(with_cell("WhereClauses", 4, "Value", "HEIGHT"))
    assert changed == [
        ("VS.VSORRES", "condition is not in the study", False),
        ("VS.VSORRES", "condition is not in the specification", False),
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "value", "expected"),
    [
        ("Variables", 2, "Length", 20, ("VS.USUBJID", "length", True)),  # the data are shorter than they may be
        ("Variables", 2, "Length", 8, ("VS.USUBJID", "length", False)),
        ("Variables", 5, "Data Type", "partialDatetime", ("VS.VSDTC", "data type", True)),
        ("Variables", 5, "Data Type", "integer", ("VS.VSDTC", "data type", False)),
        ("Variables", 2, "Mandatory", "n", ("VS.USUBJID", "mandatory", False)),
        ("Variables", 2, "Method", "", ("VS.USUBJID", "method is not in the specification", False)),
        ("Methods", 2, "Description", "Another way.", ("VS.USUBJID", "words of the method", True)),
        ("Datasets", 2, "Class", "EVENTS", ("VS", "class", False)),
        ("Datasets", 2, "Key Variables", "USUBJID", ("VS", "key variables", False)),
        ("Dictionaries", 2, "Version", 26.1, ("AE.AEDECOD", "version", False)),
        ("ValueLevel", 2, "Significant Digits", 0, ("VS.VSORRES where VSCAT EQ SIGNS and VSTESTCD EQ TEMP",
                                                    "significant digits", False)),
        ("Codelists", 2, "Decoded Value", "Heat", ("VS.VSTESTCD", "decoded value of TEMP", False)),
        ("Codelists", 2, "NCI Term Code", "C1", ("VS.VSTESTCD", "nci term code of TEMP", False)),
    ],
)  # fmt: skip
def test_one_changed_cell_is_one_difference(sheet, row, heading, value, expected):
    assert told(with_cell(sheet, row, heading, value)) == [expected]


def test_a_term_that_does_not_occur_is_allowed_and_one_that_is_not_listed_is_not():
    more = STUDY["Codelists"] + [["VS.VSTESTCD", "", "", 3, "HEIGHT", "C25347", "Height"]]
    (found,) = told(STUDY | {"Codelists": more})
    assert found == ("VS.VSTESTCD", "term of codelist VS.VSTESTCD does not occur in the study", True)
    (found,) = told(STUDY | {"Codelists": STUDY["Codelists"][:2]})
    assert found == ("VS.VSTESTCD", "term is not in codelist VS.VSTESTCD of the specification", False)


def test_only_what_is_out_of_place_is_out_of_order():
    rows = [list(cells) for cells in STUDY["Variables"]]
    for row, order in zip(rows[1:5], (2, 3, 4, 1), strict=True):
        row[0] = order
    found = differences(read(STUDY), read(STUDY | {"Variables": rows}), STANDARDS)
    assert [(one.place, one.what, one.study, one.spec) for one in found] == [
        ("VS.VSDTC", "order", "after VSORRES", "first")
    ]
    assert (found[0].sheet, found[0].row, found[0].column) == ("Variables", 5, "A")


def test_a_variable_without_values_has_the_codelist_that_it_should_have():
    empty = [[*row, "Yes" if row[2] == "VSORRES" else ""] for row in STUDY["Variables"]]
    empty[0][-1] = "Has No Data"
    sponsor = with_cell("Variables", 4, "Codelist", "VS.VSTESTCD")
    (found,) = differences(read(STUDY | {"Variables": empty}), read(sponsor), STANDARDS)
    assert (found.place, found.what, found.agrees) == ("VS.VSORRES", "codelist is not in the study", True)


def test_a_dataset_of_the_workbook_that_the_study_lacks_is_told_once():
    rows = STUDY["Datasets"] + [["LB", "Laboratory", "FINDINGS", "USUBJID", "Yes"]]
    variables = STUDY["Variables"] + [[1, "LB", "LBTESTCD", "Test", "text", 8, "Yes", "", "", ""]]
    assert told(STUDY | {"Datasets": rows, "Variables": variables}) == [("LB", "dataset is not in the study", False)]


def test_all_mistakes_of_a_workbook_are_told_with_their_cells():
    sponsor = with_cell("Variables", 2, "Length", "long")
    sponsor["Variables"][2][6] = "maybe"
    sponsor["Variables"][3][7] = "NO.LIST"
    sponsor["Variables"][4][2] = "VSORRES"
    sponsor["ValueLevel"] = [STUDY["ValueLevel"][0], ["VS", "VSORRES", "the warm ones", "", "", "", ""]]
    assert wrong(sponsor) == [
        "sheet Variables, cell F2: long is no whole number",
        "sheet Variables, cell G3: maybe is neither Yes nor No",
        "sheet Variables, cell H4: NO.LIST is not in Codelists or Dictionaries",
        "sheet ValueLevel, cell C2: the warm ones is neither in WhereClauses nor a condition such as VSTESTCD EQ TEMP",
        "sheet Variables, cell C5: VS.VSORRES stands in row 4 already",
    ]


def test_a_workbook_without_the_sheets_or_columns_says_what_it_lacks():
    assert wrong({"Sheet1": [["a"]]}) == [": has neither a sheet Datasets nor a sheet Variables; it has Sheet1"]
    assert wrong({"Variables": [["Label", "Dataset"], ["x", "AE"]]}) == [
        "sheet Variables: has no column Variable (headings are looked for in the first 20 rows)"
    ]


def test_cells_and_columns_are_named_as_a_spreadsheet_does():
    assert [letter(at) for at in (0, 25, 26, 701)] == ["A", "Z", "AA", "ZZ"]
    assert [cell_text(cell) for cell in (12.0, True, None, " a\n b ", 26.1)] == ["12", "Yes", "", "a b", "26.1"]


def test_values_of_one_cell_are_told_apart():
    assert split_values('MILD, "SEVERE, OR WORSE"') == ["MILD", "SEVERE, OR WORSE"]
    in_list, equal = ["VS.TEMP", "VS", "VSTESTCD", "IN", "TEMP, TEMPX"], ["VS.WEIGHT", "VS", "VSTESTCD", "EQ", "A, B"]
    where = model(read(STUDY | {"WhereClauses": [STUDY["WhereClauses"][0], in_list, equal]}))
    assert set(where.values["VS", "VSORRES"]) == {
        frozenset({("VSTESTCD", "IN", frozenset({"TEMP", "TEMPX"}))}),
        frozenset({("VSTESTCD", "EQ", frozenset({"A, B"}))}),
    }
