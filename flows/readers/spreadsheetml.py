"""What has to be known of an XLSX file before it is read: that it does no harm, and what calamine would not tell.

Refused are a DOCTYPE (with it entities, and whatever they name), parts that unpack beyond measure, a cell so far out
that the sheet would fill the memory, and a formula whose value the workbook does not hold. The text of error cells is
given back, as it would be read as nothing."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from flows.problems import Problem, RawFileError
from flows.readers import zipped
from schemas.study import Source

CELLS = 1 << 26  # of one sheet, from A1 to its last cell: what a full sheet with 64 columns has
TAIL = 16 << 20  # longest piece without the end of a cell
DOCTYPE = re.compile(rb"<!DOCTYPE|<\0!\0D\0O\0C\0|\0<\0!\0D\0O\0C")
POSITION = rb"""\sr\s*=\s*["']([A-Za-z]*)(\d+)["']"""
REFERENCE = re.compile(rb"<(?:\w+:)?(?:c|row)(?:\s[^<>]*)?" + POSITION)
FORMULA = rb"<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
ERROR = re.compile(
    rb"<(?:\w+:)?c(\s[^<>]*\bt=[\"']e[\"'][^<>]*)>\s*(?:" + FORMULA + rb")?<(?:\w+:)?v>([^<]*)<"
)
WITHOUT_VALUE = re.compile(
    rb"<(?:\w+:)?c(\s[^<>]*)>\s*" + FORMULA
    + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
MAIN = "{*}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def errors(content: bytes, place: str, source: Source) -> dict[str, dict[int, dict[int, str]]]:
    """Sheet -> row -> column -> the text of a cell that holds an error. Raises RawFileError for what is refused."""
    file = io.BytesIO(content)
    parts = zipped.members(file, place)
    if "xl/workbook.xml" not in parts or "content.xml" in parts or "xl/workbook.bin" in parts:
        raise RawFileError([Problem(place, "", "is no XLSX workbook")])
    read: dict[str, bytes] = {}
    for name in parts:
        if name.lower().endswith((".xml", ".rels")):
            small = name.startswith(("xl/workbook", "xl/_rels/"))
            pieces, tail = [], b""
            for block in zipped.blocks(file, name, f"{place}/{name}"):
                if DOCTYPE.search(tail + block):
                    raise RawFileError([Problem(f"{place}/{name}", "", "has a DOCTYPE: such XML is not read")])
                tail = block[-32:]
                pieces += [block] if small else []
            read[name] = b"".join(pieces)
    return {
        sheet: _cell_errors(file, name, f"{place}#{sheet}")
        for sheet, name in _sheets(read, place, source).items()
        if name in parts
    }


def _sheets(read: dict[str, bytes], place: str, source: Source) -> dict[str, str]:
    """Sheet -> the part that holds it. The workbook counts its days as the study file says."""
    try:
        book = ElementTree.fromstring(read["xl/workbook.xml"])
        relations = ElementTree.fromstring(read.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    except ElementTree.ParseError as error:
        raise RawFileError([Problem(place, "", f"is no XLSX workbook: {error}")]) from None
    options = book.find(f"{MAIN}workbookPr")
    from_1904 = options is not None and options.get("date1904", "0") in ("1", "true")
    if from_1904 != (source.date_system == 1904):
        words = f"counts its days from {1904 if from_1904 else 1900}, the study file says {source.date_system}"
        raise RawFileError([Problem(place, "date_system", words)])
    targets = {one.get("Id"): posixpath.join("/xl", one.get("Target", "")) for one in relations}
    return {
        one.get("name", ""): targets.get(one.get(RELATION), "").lstrip("/")
        for one in book.iterfind(f"{MAIN}sheets/{MAIN}sheet")
    }


def _cell_errors(file: io.BytesIO, part: str, place: str) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    last_row, last_column = 0, 0
    for text in _whole_cells(file, part, place):
        places = REFERENCE.findall(text)
        last_row = max(last_row, max((int(row) for _, row in places), default=0))
        last_column = max(last_column, max(map(_column, {letters for letters, _ in places}), default=0))
        if last_row * last_column > CELLS:
            words = f"reaches to row {last_row:,}, column {last_column:,}: more than {CELLS:,} cells"
            raise RawFileError([Problem(place, "", words)])
        for cell in WITHOUT_VALUE.finditer(text) if b"f" in text else ():
            if not re.search(rb"""\bt=["']str["']""", cell[1]):  # a text without letters is a value
                at = re.search(POSITION, cell[1])
                words = "is a formula without its value: open the workbook, let it calculate, and save it"
                raise RawFileError([Problem(place, f"cell {(at[1] + at[2]).decode()}" if at else "", words)])
        for cell in ERROR.finditer(text):
            if at := re.search(POSITION, cell[1]):
                found.setdefault(int(at[2]), {})[_column(at[1])] = cell[2].decode("utf-8", "replace")
    return found


def _whole_cells(file: io.BytesIO, part: str, place: str) -> Iterator[bytes]:
    """The sheet in pieces that cut no cell in two."""
    rest = b""
    for block in zipped.blocks(file, part, place):
        text = rest + block
        cut = max(text.rfind(b"</c>") + 4, text.rfind(b":c>") + 3)  # 3 and 2: there is none
        cut = cut if cut > 4 else len(text) if len(text) > TAIL else 0
        yield text[:cut]
        rest = text[cut:]
    yield rest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
