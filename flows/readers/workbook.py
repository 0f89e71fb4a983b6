"""Workbooks (XLSX): one sheet, its cells as the text a person would have typed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from flows.problems import Problem, RawFileError
from flows.readers import Rows
from schemas.study import Source


def header(path: Path, place: str, source: Source) -> list[str]:
    return _sheet(path, place, source)[0]


def rows(path: Path, place: str, source: Source, keep: list[str]) -> Iterator[Rows]:
    """The rows of the columns `keep`; a row with a value beyond the header says so."""
    names, body, numbers = _sheet(path, place, source)
    width = len(names)
    beyond = [next((i for i, cell in enumerate(row[width:], width + 1) if cell != ""), None) for row in body]
    cells = [_cell_texts([row[i] for row in body]) for i, column in enumerate(names) if column in keep]
    why = [f"has a value in column {i}, the header has {width} columns" if i else None for i in beyond]
    table = pa.table([pa.array(column, pa.string()).dictionary_encode() for column in cells], keep)
    yield Rows(table, np.array(numbers, np.int64), why)


def _sheet(path: Path, place: str, source: Source) -> tuple[list[str], list[list], list[int]]:
    """Header, rows that are not blank, and their row numbers in the sheet."""
    try:
        # from its bytes: the archive knows no file extension
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    except (CalamineError, OSError) as error:
        raise RawFileError([Problem(place, "", f"is no workbook that can be read: {error}")]) from None
    if source.sheet not in workbook.sheet_names:
        words = f"is missing; there are: {', '.join(workbook.sheet_names)}"
        raise RawFileError([Problem(place, f"sheet {source.sheet}", words)])
    rows = workbook.get_sheet_by_name(source.sheet).to_python(skip_empty_area=False)
    if len(rows) < source.header_row:
        raise RawFileError([Problem(place, f"row {source.header_row}", "has no header")])
    header = [_cell_text(cell).strip() for cell in rows[source.header_row - 1]]
    while header and not header[-1]:
        header.pop()
    body = [
        (row, number)
        for number, row in enumerate(rows, 1)
        if number > source.header_row and any(cell != "" for cell in row)
    ]
    return header, [row for row, _ in body], [number for _, number in body]


def _cell_texts(cells: list) -> list[str]:
    """The text of each cell of a column, found once for each different cell; 1, 1.0 and TRUE are not the same."""
    texts = {(type(cell), cell): "" for cell in cells}
    texts = {key: _cell_text(key[1]) for key in texts}
    return [texts[type(cell), cell] for cell in cells]


def _cell_text(cell: object) -> str:
    """A workbook's cell as the text a person would have typed: numbers with the 15 digits that a workbook
    keeps and without a needless ".0", dates and times to the minute or, where there are seconds, to the
    second."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return np.format_float_positional(float(f"{cell:.15g}"), trim="-")
    if isinstance(cell, dt.datetime):
        cell = (cell + dt.timedelta(microseconds=500_000)).replace(
            microsecond=0
        )  # a workbook's times are fractions
        return (
            cell.date().isoformat()
            if cell.time() == dt.time()
            else f"{cell.date()}T{_cell_text(cell.time())}"
        )
    if isinstance(cell, dt.time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)
