"""Workbooks (XLSX, XLS): one sheet, its cells as the text a person would have typed. Of a formula the value that the
workbook holds is read, never the formula."""

from __future__ import annotations

import contextlib
import faulthandler
import io
import multiprocessing
import os
import re
import resource
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from flows.problems import Problem, RawFileError
from flows.readers import Rows, spreadsheetml
from flows.readers.typed import cell_text, cell_texts, column_of_texts
from schemas.study import Source

CHUNK = 50_000  # rows at a time
FULL = {"xlsx": 1_048_576, "xls": 65_536}  # rows that a sheet can hold
MEMORY = 16 << 30  # address space of a process that tries an XLS
MAGIC = {"xlsx": b"PK", "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}


def sheets(path: Path, place: str, source: Source) -> list[str]:
    """The sheet of the source, and those on which its rows go on, in the order of the workbook."""
    names = _opened(path, place, source)[0].sheet_names
    if source.sheet not in names:
        words = f"is missing; there are: {', '.join(names)}"
        raise RawFileError([Problem(f"{place}#{source.sheet}", f"sheet {source.sheet}", words)])
    if source.further_sheets is None:
        more = re.compile(re.escape(source.sheet) + r"[ _]\(?\d+\)?")
        if like := next(filter(more.fullmatch, names), None):
            words = f'may go on on sheet {like}: say so with further_sheets, or deny it with further_sheets = ""'
            raise RawFileError([Problem(f"{place}#{source.sheet}", f"sheet {source.sheet}", words)])
    further = [name for name in names if fnmatchcase(name, source.further_sheets or "")]
    return list(dict.fromkeys([source.sheet, *further]))


def header(path: Path, place: str, source: Source) -> list[str]:
    sheet, _ = _sheet(path, place, source)
    return _header(sheet, place, source)


def rows(path: Path, place: str, source: Source, keep: list[str]) -> Iterator[Rows]:
    """The rows of the columns `keep`; a row with a value beyond the header says so."""
    sheet, errors = _sheet(path, place, source)
    names = _header(sheet, place, source)
    wanted = [names.index(name) for name in keep]
    first = source.first_row or source.header_row + 1
    lines = islice(enumerate(_by_calamine(lambda: iter(sheet.iter_rows()), place), 1), first - 1, None)
    number = 0
    while part := list(islice(lines, CHUNK)):
        number = part[-1][0]
        for at, row in part:
            for column, text in errors.get(at, {}).items():
                row[column - 1] = text
        part = [(at, row) for at, row in part if any(cell != "" for cell in row)]
        yield _rows([row for _, row in part], [at for at, _ in part], wanted, keep, len(names))
    if number >= FULL[source.format] and source.further_sheets is None:
        words = "is full: name the sheets on which its rows go on in further_sheets"
        raise RawFileError([Problem(place, f"row {number}", words)])
    if not number:
        yield _rows([], [], wanted, keep, len(names))


def _rows(body: list[list], numbers: list[int], wanted: list[int], keep: list[str], width: int) -> Rows:
    beyond = [next((i for i, cell in enumerate(row[width:], width + 1) if cell != ""), None) for row in body]
    why = [f"has a value in column {i}, the header has {width} columns" if i else None for i in beyond]
    columns = [column_of_texts(cell_texts([row[i] for row in body])) for i in wanted]
    return Rows(pa.table(columns, keep), np.array(numbers, np.int64), why)


def _header(sheet: CalamineSheet, place: str, source: Source) -> list[str]:
    row = next(islice(sheet.iter_rows(), source.header_row - 1, None), None)
    if row is None:
        raise RawFileError([Problem(place, f"row {source.header_row}", "has no header")])
    names = [cell_text(cell).strip() for cell in row]
    while names and not names[-1]:
        names.pop()
    return names


def _sheet(path: Path, place: str, source: Source) -> tuple[CalamineSheet, dict[int, dict[int, str]]]:
    """The sheet, and the texts of its cells that hold an error, such as #N/A."""
    workbook, errors = _opened(path, place, source)
    sheet = _by_calamine(lambda: workbook.get_sheet_by_name(source.sheet), place)
    return sheet, errors.get(source.sheet, {})


def _opened(path: Path, place: str, source: Source) -> tuple[CalamineWorkbook, dict]:
    content = path.read_bytes()  # from its bytes: the archive knows no file extension
    if not content.startswith(MAGIC[source.format]):
        encrypted = source.format == "xlsx" and content.startswith(MAGIC["xls"])
        words = f"is no {source.format.upper()}" + (", or is encrypted" if encrypted else "")
        raise RawFileError([Problem(place, "", words)])
    errors = spreadsheetml.errors(content, place, source) if source.format == "xlsx" else {}
    if source.format == "xls" and not _is_survived(content):
        raise RawFileError([Problem(place, "", "is no workbook that can be read: it claims a size that it has not")])
    return _by_calamine(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)), place), errors


def _is_survived(content: bytes) -> bool:
    """Whether a process that opens this XLS lives on. On a damaged one calamine may ask for a terabyte, and the
    process is gone; so another one tries it first."""

    def tried() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
        faulthandler.disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what else goes wrong is told by the one that reads it
        with contextlib.suppress(BaseException):
            CalamineWorkbook.from_filelike(io.BytesIO(content))

    child = multiprocessing.get_context("fork").Process(target=tried)
    child.start()
    child.join()
    return child.exitcode == 0


def _by_calamine(call: Callable[[], object], place: str) -> object:
    """What calamine gives. On some damaged files it panics, which Python sees as no ordinary exception."""
    try:
        return call()
    except BaseException as error:
        if not isinstance(error, CalamineError | OSError) and type(error).__name__ != "PanicException":
            raise
        words = f"is no workbook that can be read: {str(error).splitlines()[0]}"
        raise RawFileError([Problem(place, "", words)]) from None
