"""A study's specification as a workbook: written, read back, and each planted change of it found in its place."""

import copy
import io
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from flows import warehouse
from flows.cli import main
from flows.problems import BadUse, StudyFileError
from flows.spec import compared, difference_text, specification, sponsor_spec, workbook
from transforms.export.spec import SHEETS
from transforms.review.spec import letter, read_sheets

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"


@pytest.fixture(scope="module")
def manifest(published):
    return warehouse.snapshot(published, None)


@pytest.fixture(scope="module")
def study(published, manifest):
    return specification(published, manifest, STUDY)


@pytest.fixture(scope="module")
def written(study, manifest):
    return workbook(study, manifest)


@pytest.fixture(scope="module")
def sheets(written):
    book = CalamineWorkbook.from_filelike(io.BytesIO(written))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def read(sheets):
    spec, wrong = read_sheets(sheets)
    assert wrong == []
    return spec


def row_of(sheets, sheet, row):
    """The number of the row that is called so, from 1: AE.AETERM of Variables, DM.SEX.F of Codelists."""
    wanted = {"Datasets": ["Dataset"], "Variables": ["Dataset", "Variable"], "Codelists": ["ID", "Term"]}
    wanted = wanted.get(sheet, ["Where Clause" if sheet == "ValueLevel" else "ID"])
    heads = sheets[sheet][0]
    named = [".".join(str(cells[heads.index(name)]) for name in wanted) for cells in sheets[sheet]]
    return named.index(row) + 1


def test_our_own_export_read_back_gives_no_difference(study, sheets):
    assert compared(study, read(sheets)) == []


def test_the_workbook_has_the_sheets_of_the_layout_with_frozen_headings_and_filters(written):
    book = openpyxl.load_workbook(io.BytesIO(written))
    assert book.sheetnames == list(SHEETS)
    for sheet in book:
        assert [cell.value for cell in sheet[1]] == list(SHEETS[sheet.title])
        assert sheet.freeze_panes.endswith("2")
        assert sheet.title == "Study" or sheet.auto_filter.ref.startswith("A1:")


def test_the_workbook_says_what_define_xml_says(sheets):
    heads = sheets["Variables"][0]

    def said(dataset, variable):
        row = sheets["Variables"][row_of(sheets, "Variables", f"{dataset}.{variable}") - 1]
        return {name: value for name, value in zip(heads, row, strict=True) if value != ""}

    sex = said("DM", "SEX")
    assert (sex["Label"], sex["Data Type"], sex["Mandatory"], sex["Origin"]) == ("Sex", "text", "Yes", "Collected")
    assert sex["Pages"] == "2"
    assert said("AE", "AESTDY")["Method"]
    assert said("ADAE", "AETERM")["Predecessor"] == "AE.AETERM"
    cells = sheets["ValueLevel"][row_of(sheets, "ValueLevel", "SUPPEX.EXCELLS") - 1]
    assert cells[sheets["ValueLevel"][0].index("Label")] == "Total Cells Given (10^6)"
    keys = sheets["Datasets"][row_of(sheets, "Datasets", "DM") - 1]
    assert keys[sheets["Datasets"][0].index("Key Variables")] == "STUDYID, USUBJID"


# sheet, row, column and what is put there; what the difference is of, and what it is
PLANTED = [
    ("Datasets", "AE", "Label", "Adverse Event", "AE", "label"),
    ("Datasets", "AE", "Class", "FINDINGS", "AE", "class"),
    ("Datasets", "AE", "Key Variables", "STUDYID, USUBJID, AESTDTC", "AE", "key variables"),
    ("Datasets", "AE", "Key Variables", "USUBJID, STUDYID, AETERM, AESTDTC, AESPID", "AE", "key variables"),
    ("Datasets", "DM", "Repeating", "Yes", "DM", "repeating"),
    ("Datasets", "AE", "Dataset", "XX", "XX", "dataset is not in the study"),
    ("Variables", "AE.AESER", "Variable", "AESEV", "AE.AESEV", "variable is not in the study"),
    ("Variables", "AE.AETERM", "Label", "Reported Term", "AE.AETERM", "label"),
    ("Variables", "DM.AGE", "Data Type", "text", "DM.AGE", "data type"),
    ("Variables", "DM.SUBJID", "Length", "2", "DM.SUBJID", "length"),
    ("Variables", "DM.SEX", "Mandatory", "No", "DM.SEX", "mandatory"),
    ("Variables", "AE.AESTDTC", "Order", "1", "AE.AESTDTC", "order"),
    ("Variables", "DM.SEX", "Codelist", "", "DM.SEX", "codelist is not in the specification"),
    ("Variables", "AE.AETERM", "Codelist", "DM.SEX", "AE.AETERM", "codelist is not in the study"),
    ("Variables", "DM.SEX", "Origin", "Derived", "DM.SEX", "origin"),
    ("Variables", "AE.AESTDY", "Method", "", "AE.AESTDY", "method is not in the specification"),
    ("Variables", "AE.AETERM", "Method", "USUBJID", "AE.AETERM", "method is not in the study"),
    ("Variables", "ADAE.AETERM", "Predecessor", "AE.AEDECOD", "ADAE.AETERM", "predecessor"),
    ("Variables", "ADSL.TRTSDT", "Format", "MMDDYY10.", "ADSL.TRTSDT", "format"),
    ("Variables", "AE.AETERM", "Role", "Identifier", "AE.AETERM", "role"),
    ("Codelists", "DM.SEX.F", "Term", "FEMALE", "DM.SEX", "term of codelist DM.SEX does not occur in the study"),
    ("Codelists", "DM.SEX.F", "Decoded Value", "Woman", "DM.SEX", "decoded value of F"),
    ("Codelists", "DM.SEX.F", "NCI Term Code", "C1", "DM.SEX", "nci term code of F"),
    ("Codelists", "DM.SEX.F", "NCI Codelist Code", "C1", "DM.SEX", "codelist code"),
    ("WhereClauses", "SUPPEX.EXCELLS", "Value", "EXCELL", "SUPPEX.QVAL", "condition is not in the study"),
    ("WhereClauses", "SUPPEX.EXCELLS", "Comparator", "NE", "SUPPEX.QVAL", "condition is not in the study"),
    ("ValueLevel", "SUPPEX.EXCELLS", "Label", "Cells", "SUPPEX.QVAL where QNAM EQ EXCELLS", "label"),
    ("ValueLevel", "SUPPEX.EXCELLS", "Data Type", "date", "SUPPEX.QVAL where QNAM EQ EXCELLS", "data type"),
    ("ValueLevel", "SUPPEX.EXCELLS", "Length", "1", "SUPPEX.QVAL where QNAM EQ EXCELLS", "length"),
    ("Dictionaries", "ISO_3166_1_alpha_3", "Dictionary", "MedDRA", "DM.COUNTRY", "dictionary"),
    ("Methods", "USUBJID", "Description", "", "method USUBJID", "method has no description"),
]


@pytest.mark.parametrize(
    "planted", PLANTED, ids=[f"{sheet} {column} {value or 'blank'}" for sheet, _, column, value, _, _ in PLANTED]
)
def test_a_planted_change_is_found_in_its_cell(study, sheets, planted):
    sheet, row, column, value, place, what = planted
    changed = copy.deepcopy(sheets)
    number, at = row_of(sheets, sheet, row), sheets[sheet][0].index(column)
    changed[sheet][number - 1][at] = value
    if sheet == "WhereClauses":  # found where it is used
        sheet, at = "ValueLevel", sheets["ValueLevel"][0].index("Where Clause")
        number = row_of(sheets, sheet, row)
    found = [one for one in compared(study, read(changed)) if (one.place, one.what) == (place, what)]
    assert [(one.sheet, one.row, one.column) for one in found] == [(sheet, number, letter(at))]


def test_rows_that_are_left_out_are_missing(study, sheets):
    for sheet, row, place, what in (
        ("Variables", "AE.AEOUT", "AE.AEOUT", "variable is not in the specification"),
        ("Codelists", "DM.SEX.M", "DM.SEX", "term is not in codelist DM.SEX of the specification"),
        ("ValueLevel", "SUPPEX.EXCELLS", "SUPPEX.QVAL", "condition is not in the specification"),
    ):
        changed = copy.deepcopy(sheets)
        del changed[sheet][row_of(sheets, sheet, row) - 1]
        assert (place, what) in [(one.place, one.what) for one in compared(study, read(changed))]


def test_a_dataset_that_is_left_out_of_all_sheets_is_missing(study, sheets):
    left = {
        name: [row for row in rows if "AE" not in row[:2]] if name in ("Datasets", "Variables") else rows
        for name, rows in sheets.items()
    }
    found = compared(study, read(left))
    assert [(one.place, one.what) for one in found] == [("AE", "dataset is not in the specification")]


def test_a_workbook_of_one_standard_is_compared_with_that_alone(study, sheets):
    adam = {"ADSL", "ADAE", "ADEX", "ADQS", "ADVS", "ADTTE"}
    sdtm = {
        name: [row for row in rows if not adam & set(map(str, row[:2]))]
        if name in ("Datasets", "Variables", "ValueLevel")
        else rows
        for name, rows in sheets.items()
    }
    assert compared(study, read(sdtm)) == []


def test_what_the_specification_allows_is_told_apart(study, sheets):
    changed = copy.deepcopy(sheets)
    number = row_of(sheets, "Variables", "AE.AETERM")
    changed["Variables"][number - 1][sheets["Variables"][0].index("Length")] = 200
    (found,) = compared(study, read(changed))
    assert found.agrees and (found.place, found.what, found.spec) == ("AE.AETERM", "length", "200")
    said = difference_text([found], Path("spec.xlsx"), False)
    assert said.startswith("The study agrees with spec.xlsx.") and "length" in said


def test_the_same_snapshot_gives_the_same_bytes_and_the_exit_status_says_what_differs(
    published, written, tmp_path, capsys
):
    place = tmp_path / "out" / "spec.xlsx"
    asked = ["spec", str(STUDY), "--warehouse", str(published.parent)]
    assert main([*asked, "--out", str(place)]) == 0
    assert place.read_bytes() == written
    book = openpyxl.load_workbook(place)
    book["Variables"]["D2"] = "Another label"
    book.save(place)
    capsys.readouterr()
    assert main([*asked, "--against", str(place)]) == 3
    said = capsys.readouterr().out
    assert "differ: 1 difference\n" in said and "Variables D2" in said and "Another label" in said


def test_all_that_is_wrong_with_a_workbook_is_one_error(written, tmp_path):
    place = tmp_path / "spec.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(written))
    book["Variables"]["F3"], book["Variables"]["I4"] = "long", "Perhaps"
    book["Variables"]["J5"] = "NO.SUCH.LIST"
    book.save(place)
    with pytest.raises(StudyFileError) as error:
        sponsor_spec(place)
    assert str(error.value).splitlines() == [
        "spec.xlsx: sheet Variables, cell F3: long is no whole number",
        "spec.xlsx: sheet Variables, cell I4: Perhaps is neither Yes nor No",
        "spec.xlsx: sheet Variables, cell J5: NO.SUCH.LIST is not in Codelists or Dictionaries",
    ]


def test_a_file_that_is_no_workbook_is_bad_use(tmp_path):
    place = tmp_path / "spec.xlsx"
    with pytest.raises(BadUse, match="is not there"):
        sponsor_spec(place)
    place.write_text("Dataset,Variable\n")
    with pytest.raises(BadUse, match="is no workbook"):
        sponsor_spec(place)
