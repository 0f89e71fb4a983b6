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


def row_of(sheets, sheet, **cells):
    """The number of the first row that has these cells, from 1."""
    heads = sheets[sheet][0]
    for number, row in enumerate(sheets[sheet], 1):
        if all(str(row[heads.index(name)]) == value for name, value in cells.items()):
            return number
    raise AssertionError(f"{sheet} has no row with {cells}")


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
        row = sheets["Variables"][row_of(sheets, "Variables", Dataset=dataset, Variable=variable) - 1]
        return {name: value for name, value in zip(heads, row, strict=True) if value != ""}

    sex = said("DM", "SEX")
    assert (sex["Label"], sex["Data Type"], sex["Mandatory"], sex["Origin"]) == ("Sex", "text", "Yes", "Collected")
    assert sex["Pages"] == "2"
    assert said("AE", "AESTDY")["Method"]
    assert said("ADAE", "AETERM")["Predecessor"] == "AE.AETERM"
    where = sheets["ValueLevel"][row_of(sheets, "ValueLevel", Dataset="SUPPEX", Label="Total Cells Given (10^6)") - 1]
    assert where[3] == "SUPPEX.EXCELLS"
    keys = sheets["Datasets"][row_of(sheets, "Datasets", Dataset="DM") - 1]
    assert keys[sheets["Datasets"][0].index("Key Variables")] == "STUDYID, USUBJID"


def test_the_same_snapshot_gives_the_same_bytes(published, manifest, written):
    assert workbook(specification(published, manifest, STUDY), manifest) == written


# sheet, the row's cells, the column and what is put there; where the difference stands, what it is of and what it is
PLANTED = [
    ("Datasets", {"Dataset": "AE"}, "Label", "Adverse Event", "AE", "label"),
    ("Datasets", {"Dataset": "AE"}, "Class", "FINDINGS", "AE", "class"),
    ("Datasets", {"Dataset": "AE"}, "Key Variables", "STUDYID, USUBJID, AESTDTC", "AE", "key variables"),
    ("Datasets", {"Dataset": "AE"}, "Key Variables", "USUBJID, STUDYID, AETERM, AESTDTC, AESPID", "AE", "key variables"),
    ("Datasets", {"Dataset": "DM"}, "Repeating", "Yes", "DM", "repeating"),
    ("Datasets", {"Dataset": "AE"}, "Dataset", "XX", "XX", "dataset is not in the study"),
    ("Variables", {"Dataset": "AE", "Variable": "AESER"}, "Variable", "AESEV", "AE.AESEV", "variable is not in the study"),
    ("Variables", {"Dataset": "AE", "Variable": "AETERM"}, "Label", "Reported Term", "AE.AETERM", "label"),
    ("Variables", {"Dataset": "DM", "Variable": "AGE"}, "Data Type", "text", "DM.AGE", "data type"),
    ("Variables", {"Dataset": "DM", "Variable": "SUBJID"}, "Length", "2", "DM.SUBJID", "length"),
    ("Variables", {"Dataset": "DM", "Variable": "SEX"}, "Mandatory", "No", "DM.SEX", "mandatory"),
    ("Variables", {"Dataset": "AE", "Variable": "AESTDTC"}, "Order", "1", "AE.AESTDTC", "order"),
    ("Variables", {"Dataset": "DM", "Variable": "SEX"}, "Codelist", "", "DM.SEX", "codelist is not in the specification"),
    ("Variables", {"Dataset": "AE", "Variable": "AETERM"}, "Codelist", "DM.SEX", "AE.AETERM", "codelist is not in the study"),
    ("Variables", {"Dataset": "DM", "Variable": "SEX"}, "Origin", "Derived", "DM.SEX", "origin"),
    ("Variables", {"Dataset": "AE", "Variable": "AESTDY"}, "Method", "", "AE.AESTDY", "method is not in the specification"),
    ("Variables", {"Dataset": "AE", "Variable": "AETERM"}, "Method", "USUBJID", "AE.AETERM", "method is not in the study"),
    ("Variables", {"Dataset": "ADAE", "Variable": "AETERM"}, "Predecessor", "AE.AEDECOD", "ADAE.AETERM", "predecessor"),
    ("Variables", {"Dataset": "ADSL", "Variable": "TRTSDT"}, "Format", "MMDDYY10.", "ADSL.TRTSDT", "format"),
    ("Variables", {"Dataset": "AE", "Variable": "AETERM"}, "Role", "Identifier", "AE.AETERM", "role"),
    ("Codelists", {"ID": "DM.SEX", "Term": "F"}, "Term", "FEMALE", "DM.SEX", "term of codelist DM.SEX does not occur in the study"),
    ("Codelists", {"ID": "DM.SEX", "Term": "F"}, "Decoded Value", "Woman", "DM.SEX", "decoded value of F"),
    ("Codelists", {"ID": "DM.SEX", "Term": "F"}, "NCI Term Code", "C1", "DM.SEX", "nci term code of F"),
    ("Codelists", {"ID": "DM.SEX", "Term": "F"}, "NCI Codelist Code", "C1", "DM.SEX", "codelist code"),
    ("WhereClauses", {"ID": "SUPPEX.EXCELLS"}, "Value", "EXCELL", None, "condition is not in the specification"),
    ("WhereClauses", {"ID": "SUPPEX.EXCELLS"}, "Comparator", "NE", None, "condition is not in the specification"),
    ("ValueLevel", {"Where Clause": "SUPPEX.EXCELLS"}, "Label", "Cells", "SUPPEX.QVAL where QNAM EQ EXCELLS", "label"),
    ("ValueLevel", {"Where Clause": "SUPPEX.EXCELLS"}, "Data Type", "date", "SUPPEX.QVAL where QNAM EQ EXCELLS", "data type"),
    ("ValueLevel", {"Where Clause": "SUPPEX.EXCELLS"}, "Length", "1", "SUPPEX.QVAL where QNAM EQ EXCELLS", "length"),
    ("Dictionaries", {"ID": "ISO3166"}, "Version", "1", "DM.COUNTRY", "version"),
    ("Methods", {"ID": "USUBJID"}, "Description", "", "method USUBJID", "method has no description"),
]  # fmt: skip # noqa: E501


@pytest.mark.parametrize(
    "planted", PLANTED, ids=[f"{sheet} {column} {value or 'blank'}" for sheet, _, column, value, _, _ in PLANTED]
)
def test_a_planted_change_is_found_in_its_cell(study, sheets, planted):
    sheet, cells, column, value, place, what = planted
    if sheet == "Dictionaries":
        cells = {"ID": sheets["Dictionaries"][1][0]}
    changed = copy.deepcopy(sheets)
    number, at = row_of(sheets, sheet, **cells), sheets[sheet][0].index(column)
    changed[sheet][number - 1][at] = value
    found = compared(study, read(changed))
    assert found
    where = [(one.sheet, one.row, one.column) for one in found if one.what == what and place in (None, one.place)]
    if place is None:
        number, at, sheet = 0, None, "ValueLevel"
    if sheet == "Dictionaries":
        assert ("Dictionaries", number, letter(at)) in [(one.sheet, one.row, one.column) for one in found]
    else:
        assert (sheet, number, letter(at) if at is not None else "") in where


def test_rows_that_are_left_out_are_missing(study, sheets):
    for sheet, cells, place, what in (
        ("Variables", {"Dataset": "AE", "Variable": "AEOUT"}, "AE.AEOUT", "variable is not in the specification"),
        ("Codelists", {"ID": "DM.SEX", "Term": "M"}, "DM.SEX", "term is not in codelist DM.SEX of the specification"),
        ("ValueLevel", {"Where Clause": "SUPPEX.EXCELLS"}, "SUPPEX.QVAL", "condition is not in the specification"),
    ):
        changed = copy.deepcopy(sheets)
        del changed[sheet][row_of(sheets, sheet, **cells) - 1]
        assert (place, what) in [(one.place, one.what) for one in compared(study, read(changed))]


def test_a_dataset_that_is_left_out_of_all_sheets_is_missing(study, sheets):
    left = {
        name: [row for row in rows if "AE" not in row[: SHEETS_DATASET + 1]] if name in ("Datasets", "Variables") else rows
        for name, rows in sheets.items()
    }  # fmt: skip
    found = compared(study, read(left))
    assert [(one.place, one.what) for one in found] == [("AE", "dataset is not in the specification")]


SHEETS_DATASET = 1  # the column of the dataset's name in Variables; in Datasets it is the first


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
    number = row_of(sheets, "Variables", Dataset="AE", Variable="AETERM")
    changed["Variables"][number - 1][sheets["Variables"][0].index("Length")] = 200
    (found,) = compared(study, read(changed))
    assert found.agrees and (found.place, found.what, found.spec) == ("AE.AETERM", "length", "200")
    said = difference_text([found], Path("spec.xlsx"), False)
    assert said.startswith("The study agrees with spec.xlsx.") and "length" in said


def test_exit_status_says_whether_it_agrees(published, written, tmp_path, capsys):
    place = tmp_path / "out" / "spec.xlsx"
    asked = ["spec", str(STUDY), "--warehouse", str(published.parent)]
    assert main([*asked, "--out", str(place)]) == 0
    assert place.read_bytes() == written
    assert main([*asked, "--against", str(place)]) == 0
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
