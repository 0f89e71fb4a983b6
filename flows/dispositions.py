"""A study's dispositions of conformance findings: dispositions.csv, and the way into it from the report's workbook.

No value of a snapshot follows from a disposition, so the table is no part of a run's fingerprint: a run with new
dispositions alone publishes nothing, and what reads them (conform, submit) reads those of today.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from flows.problems import Problem, StudyFileError
from flows.study_file import key_and_message, read_table
from schemas.study import Disposition
from transforms.review.dispositions import DISPOSITION

FILE = "dispositions.csv"


def dispositions_of(folder: Path) -> pd.DataFrame:
    """The dispositions of a study's folder, one record per finding (DISPOSITION); raises StudyFileError."""
    return pd.DataFrame([row.model_dump() for row in read_table(folder, "dispositions")], columns=DISPOSITION)


def take_dispositions(path: Path, folder: Path, findings: pd.DataFrame) -> tuple[int, int, int]:
    """Takes what people have written into a workbook of findings over into the study's dispositions.csv: a finding's
    later disposition replaces the one before. Returns how many are new, changed, and known already.

    The sheet is the one with the columns ID, DISPOSITION, REASON, OWNER and DATE, wherever they stand; rows without any
    of the last four say nothing, and take nothing back: that is done in dispositions.csv. `findings` are those that
    may be meant. What is wrong with any row is reported together, and then nothing is taken."""
    problems: list[Problem] = []
    there: dict[str, dict[str, str]] = {}
    try:
        there = {row.ID: _cells(row) for row in read_table(folder, "dispositions")}
    except StudyFileError as error:
        problems += error.problems
    known = {*findings["id"], *there}
    given: dict[str, dict[str, str]] = {}
    for place, cells in _rows(path, problems):
        try:
            said = _cells(Disposition(**{name: cell for name, cell in cells.items() if cell or name != "REASON"}))
        except ValidationError as error:
            problems += [
                Problem(path.name, f"{place}, {key}", words) for key, words in map(key_and_message, error.errors())
            ]
            continue
        if said["ID"] not in known:
            problems.append(Problem(path.name, f"{place}, ID", f"{said['ID']} is no finding that is known"))
        if given.setdefault(said["ID"], said) != said:
            problems.append(Problem(path.name, f"{place}, ID", f"{said['ID']} has another disposition in a row above"))
    if problems:
        raise StudyFileError(problems)
    new = [one for one in given if one not in there]
    changed = [one for one in given if one in there and given[one] != there[one]]
    if new or changed:
        text = io.StringIO()
        writer = csv.DictWriter(text, DISPOSITION, lineterminator="\n")
        writer.writeheader()
        writer.writerows((there | given).values())
        whole = folder / f".{FILE}"
        whole.write_text(text.getvalue(), encoding="utf-8", newline="")
        whole.replace(folder / FILE)
    return len(new), len(changed), len(given) - len(new) - len(changed)


def _cells(row: Disposition) -> dict[str, str]:
    return {name: getattr(row, name) or "" for name in DISPOSITION}


def _rows(path: Path, problems: list[Problem]) -> Iterator[tuple[str, dict[str, str]]]:
    """Row and cells of each line of the workbook in which something is filled in."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        problems.append(Problem(path.name, "", f"is no workbook that can be read: {error}"))
        return
    found = False
    for name, rows in sheets:
        texts = [[_text(cell) for cell in row] for row in rows]
        heads = [[cell.upper() for cell in row] for row in texts]
        head = next((at for at, row in enumerate(heads) if set(DISPOSITION) <= set(row)), None)
        if head is None:
            continue
        found = True
        at = {column: heads[head].index(column) for column in DISPOSITION}
        for number, row in enumerate(texts[head + 1 :], head + 2):
            cells = {column: row[place] for column, place in at.items()}
            if any(cells[column] for column in DISPOSITION[1:]):
                yield f"sheet {name}, row {number}", cells
    if not found:
        problems.append(Problem(path.name, "", f"has no sheet with the columns {', '.join(DISPOSITION)}"))


def _text(cell: object) -> str:
    if isinstance(cell, date):  # and so a datetime, too
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():  # an id of ten digits that a spreadsheet took for a number
        return f"{cell:010.0f}"
    return " ".join(str(cell).split()) if cell is not None else ""
