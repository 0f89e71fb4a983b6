"""XLSX and XLS workbooks as sites send them, and those that would do harm."""

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from flows.readers import spreadsheetml, workbook
from tests.flows.readers.conftest import FILES

XLSX = {"format": "xlsx", "sheet": "Events", "header_row": 1, "date_system": 1900}
SHEET = "xl/worksheets/sheet2.xml"


def xlsx(rows: list[list], sheet: str = "Events", **sheets: list[list]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "README"
    for name, content in {sheet: rows, **sheets}.items():
        for row in content or [[]]:
            (book[name] if name in book.sheetnames else book.create_sheet(name)).append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def edited(content: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with another text in one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            text = given.read(name)
            assert name != part or old.encode() in text
            made.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    return file.getvalue()


# --- what sites send


def test_the_form_is_found_behind_a_readme_and_below_a_row_of_labels(read):
    sent = [["Export of 5 June"], ["SUBJ", "TERM"], ["Subject", "Event"], ["001", "fever"], [], ["002", "rash"]]
    content = xlsx(sent, Items=[["ItemId"], ["TERM"]])
    assert read(content, **XLSX | {"header_row": 2, "first_row": 4}) == [(4, "001", "fever"), (6, "002", "rash")]


def test_a_table_that_does_not_start_at_the_first_column(read):
    assert read(xlsx([[None, "SUBJ"], [None, "001"]]), "SUBJ", **XLSX) == [(2, "001")]


@pytest.mark.parametrize("further", ["Data (2)", "Data_2"])
def test_a_form_that_goes_on_on_further_sheets(read, monkeypatch, further):
    content = xlsx([["SUBJ"], ["001"], ["002"]], sheet="Data", **{further: [["SUBJ"], ["003"]]}, Items=[["x"]])
    source = XLSX | {"sheet": "Data"}
    read(content, **source)
    keys = {"further_sheets": "Data[ _]*"}
    assert sheets_of(read, **source | keys) == ["Data", further]
    assert sheets_of(read, **source | {"further_sheets": ""}) == ["Data"]
    with pytest.raises(workbook.RawFileError, match=f"may go on on sheet {re.escape(further)}"):
        sheets_of(read, **source)
    assert read(content, **XLSX | {"sheet": further}) == [(2, "003")]
    monkeypatch.setitem(workbook.FULL, "xlsx", 3)
    assert "row 3: is full" in read.refused(content, **source)
    assert read(content, **source | keys) == [(2, "001"), (3, "002")]


def sheets_of(read, **keys) -> list[str]:
    from schemas.study import Source
    from tests.flows.readers.conftest import SOURCE

    return workbook.sheets(read.path, "x", Source.model_validate(SOURCE | keys))


def test_parts_of_a_sheet_keep_the_row_numbers(read, monkeypatch):
    monkeypatch.setattr(workbook, "CHUNK", 2)
    content = xlsx([["SUBJ"], ["001"], [], ["002"], [], [], ["003", "beyond"]])
    found = [(2, "001"), (4, "002"), (7, "has a value in column 2, the header has 1 columns")]
    assert read(content, "SUBJ", **XLSX) == found


@pytest.mark.parametrize("system", [1900, 1904])
def test_days_count_from_the_year_that_the_workbook_says(read, system):
    book = openpyxl.Workbook()
    book.active.title = "Events"
    book.epoch = CALENDAR_MAC_1904 if system == 1904 else book.epoch
    for row in (["DAY"], [dt.date(2020, 1, 5)], [dt.datetime(2020, 1, 5, 9, 30)]):
        book.active.append(row)
    assert read(saved(book), **XLSX | {"date_system": system}) == [(2, "2020-01-05"), (3, "2020-01-05T09:30")]
    other = 3804 - system
    said = read.refused(saved(book), **XLSX | {"date_system": other})
    assert said == f"x: date_system: counts its days from {system}, the study file says {other}"


def test_of_a_formula_the_value_is_read_and_never_the_formula(read):
    content = xlsx([["SUBJ", "BMI"], ["001", '=HYPERLINK("http://example.org")']])
    formula = '<f>HYPERLINK("http://example.org")</f><v />'
    assert "cell B2: is a formula without its value" in read.refused(content, **XLSX)
    assert read(edited(content, SHEET, "</f><v />", "</f><v>21.5</v>"), **XLSX) == [(2, "001", "21.5")]
    text = edited(content, SHEET, f'<c r="B2">{formula}', f'<c r="B2" t="str">{formula}')
    assert read(text, **XLSX) == [(2, "001", "")]


def test_an_error_in_a_cell_is_not_nothing(read):
    content = edited(
        xlsx([["SUBJ", "BMI", "N"], ["001", "=1/0", "#N/A"]]),
        SHEET, '<c r="B2"><f>1/0</f><v />', '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v>',
    )  # fmt: skip
    assert read(content, **XLSX) == [(2, "001", "#DIV/0!", "#N/A")]


def test_errors_and_formulas_are_found_wherever_a_block_ends(read, monkeypatch):
    content = edited(xlsx([["SUBJ", "N"], *([f"{i:03}", "#N/A"] for i in range(50))]), SHEET, "<row", "\n<row")
    for block in (7, 100):
        monkeypatch.setattr("flows.readers.zipped.BLOCK", block)
        assert read(content, "N", **XLSX) == [(n, "#N/A") for n in range(2, 52)]


# --- XLS


@pytest.mark.parametrize("system", [1900, 1904])
def test_an_xls_workbook_is_read_as_its_xlsx_is(read, system):
    keys = {"header_row": 2, "date_system": system}
    found = read(events(system), **XLSX | keys)
    assert found[0] == (3, "001", "发热", "2020-01-05", "2020-01-05T09:30", "09:30", "0.3", "TRUE", "100")
    assert read(f"events_{system}.xls", **XLSX | keys | {"format": "xls"}) == found


def events(system: int) -> bytes:
    """The workbook that LibreOffice saved as events_1900.xls and events_1904.xls."""
    day, moment = dt.date(2020, 1, 5), dt.datetime(2020, 1, 5, 9, 30)
    first = ["001", "发热", day, moment, dt.time(9, 30), 0.1 + 0.2, True, 100]
    rows = [first, ["002", "it’s “red”", None, None, None, -1e-05]]
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904 if system == 1904 else book.epoch
    book.active.title = "README"
    sheet = book.create_sheet("Events")
    for row in (["Export"], ["SUBJ", "TERM", "DAY", "AT", "CLOCK", "DOSE", "YES", "N"], *rows):
        sheet.append(row)
    return saved(book)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed: its files are read from files/")
def test_the_xls_files_are_what_libreoffice_writes(read, tmp_path):
    for system in (1900, 1904):
        path = tmp_path / f"events_{system}.xlsx"
        path.write_bytes(events(system))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "xls", "--outdir", tmp_path, path]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        keys = XLSX | {"format": "xls", "header_row": 2, "date_system": system}
        assert read(path.with_suffix(".xls").read_bytes(), **keys) == read(f"events_{system}.xls", **keys)


def test_an_xls_that_has_lost_its_end_never_loses_rows_in_silence(read):
    content = (FILES / "events_1900.xls").read_bytes()
    keys = XLSX | {"format": "xls", "header_row": 2}
    whole = read(content, **keys)
    for kept in range(0, len(content), len(content) // 40):
        try:
            found = read(content[:kept], **keys)
        except workbook.RawFileError:
            continue
        assert found == whole


# --- hostile workbooks


def test_an_xls_that_asks_for_a_terabyte_ends_in_a_message(read):
    content = bytearray((FILES / "events_1900.xls").read_bytes())
    rows = content.rindex(b"\x00\x02\x0e\x00")  # DIMENSIONS of the last sheet: first row, row after the last ...
    content[rows + 7] = 89
    said = read.refused(bytes(content), **XLSX | {"format": "xls", "header_row": 2})
    assert said == "x: is no workbook that can be read: it claims a size that it has not"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
def test_a_doctype_is_refused_in_every_part(read, part):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    content = edited(xlsx([["SUBJ"], ["001"]]), part, "", "")
    with zipfile.ZipFile(io.BytesIO(content)) as given:
        first = given.read(part).decode().index("<", 1 if given.read(part).startswith(b"<?xml") else 0)
        text = given.read(part).decode()
    content = edited(content, part, text, text[:first] + bomb + text[first:])
    assert read.refused(content, **XLSX) == f"x/{part}: has a DOCTYPE: such XML is not read"


def test_a_part_that_unpacks_beyond_measure_is_refused(read):
    content = edited(xlsx([["SUBJ"], ["001"]]), SHEET, "<sheetData>", "<sheetData>" + " " * (32 << 20))
    assert "as a ZIP bomb does" in read.refused(content, **XLSX)


@pytest.mark.parametrize("cell", ['r="XFD1048576"', "r = 'xfd1048576'"])
def test_one_cell_far_out_does_not_fill_the_memory(read, cell):
    content = edited(xlsx([["SUBJ"], ["001"]]), SHEET, 'r="A2"', cell)
    assert "reaches to row 1,048,576, column 16,384" in read.refused(content, **XLSX)
    assert spreadsheetml.CELLS >= 1_048_576 * 64


def test_what_is_no_workbook_of_the_declared_kind_is_refused(read):
    content = xlsx([["SUBJ"], ["001"]])
    assert read.refused(b"SUBJ,TERM\n", **XLSX) == "x: is no XLSX"
    assert read.refused((FILES / "events_1900.xls").read_bytes(), **XLSX) == "x: is no XLSX, or is encrypted"
    assert read.refused(content, **XLSX | {"format": "xls"}) == "x: is no XLS"
    for kept in (10, len(content) // 2, len(content) - 10):
        assert "is no ZIP that can be read" in read.refused(content[:kept], **XLSX)
    damaged = bytearray(content)
    damaged[content.index(b"PK", len(content) // 3) + 60] ^= 0xFF
    assert "x" in read.refused(bytes(damaged), **XLSX)
