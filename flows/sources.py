"""Reads what the sites sent. Everything is text; every row keeps its file and its row number, the header being row 1.

A file that cannot be read as declared is reported with its place; nothing is guessed and no row is skipped in silence.
"""

from __future__ import annotations

import codecs
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
from python_calamine import CalamineError, CalamineWorkbook

from flows.study_file import Problem, StudyFileError
from schemas.study import Source, Study

TEXT = pa.dictionary(pa.int32(), pa.string())
BLOCK = 16 << 20  # bytes of CSV read at a time


class RawFileError(Exception):
    """The raw files cannot be used as they are (exit status 3)."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class RawFile:
    """One file of one delivery, and the source it belongs to (None: declared unused, or unknown to the study file)."""

    source: str | None
    delivery: str
    path: Path
    name: str  # inside the source folder; with #sheet where the file has sheets
    header: tuple[str, ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)  # column as it stands in the file -> its first name in the study file
    new: tuple[str, ...] = ()  # columns that no earlier delivery had and the study file does not know


def raw_files(study: Study, folder: Path, through: str | None = None) -> list[RawFile]:
    """Every file of every delivery up to `through`, in the order of delivery and study file, each with its header checked.

    Raises StudyFileError for columns and files that the study file forgot, RawFileError for what the sites did not send."""
    days = deliveries(folder, through)
    files: list[RawFile] = []
    forgotten: list[Problem] = []
    missing: list[Problem] = []
    seen: dict[str, set[str]] = {}
    for day in days:
        left = {path for path in sorted((folder / day).rglob("*")) if path.is_file() and not path.name.startswith(".")}
        for name, source in study.file.sources.items():
            found = [path for path in sorted(left) if fnmatch(path.relative_to(folder / day).as_posix(), source.file)]
            if not found:
                missing.append(Problem(f"{day}/{source.file}", "", f"is missing: source {name} is expected in every delivery"))
            for path in found:
                left.discard(path)
                file, study_problems, file_problems = _checked(name, source, day, path, folder, seen)
                forgotten += study_problems
                missing += file_problems
                files += [file] if file else []
        for path in sorted(left):
            name = path.relative_to(folder).as_posix()
            declared = any(fnmatch(path.relative_to(folder / day).as_posix(), unused.file) for unused in study.file.unused)
            if not declared and day == days[0]:
                forgotten.append(Problem("study.toml", "sources", f"{name} belongs to no source: add one, or list it under [[unused]]"))
            files.append(RawFile(None, day, path, name, new=() if declared else (path.name,)))
    if forgotten:
        raise StudyFileError(forgotten + missing)
    if missing:
        raise RawFileError(missing)
    return files


def deliveries(folder: Path, through: str | None = None) -> list[str]:
    """The dated folders, oldest first."""
    if not folder.is_dir():
        raise RawFileError([Problem(folder.name, "", "is no folder: it should hold one folder a delivery, named YYYY-MM-DD")])
    names = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    wrong = [name for name in names if not _is_date(name)]
    if wrong:
        raise RawFileError([Problem(name, "", "a delivery's folder is named by its date, YYYY-MM-DD") for name in wrong])
    days = [name for name in names if through is None or name <= through]
    if not days:
        raise RawFileError([Problem(folder.name, "", f"holds no delivery{f' up to {through}' if through else ''}")])
    return days


def _is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)) and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _checked(
    name: str, source: Source, day: str, path: Path, folder: Path, seen: dict[str, set[str]]
) -> tuple[RawFile | None, list[Problem], list[Problem]]:
    """The file with its header, what the study file forgot and what the file lacks."""
    place = path.relative_to(folder).as_posix() + (f"#{source.sheet}" if source.sheet else "")
    try:
        header = _csv_header(path, source) if source.format == "csv" else _sheet(path, source)[0]
    except RawFileError as error:
        return None, [], [Problem(place, problem.place, problem.message) for problem in error.problems]
    problems, renamed = [], {}
    for column in sorted({column for column in header if header.count(column) > 1}):
        problems.append(Problem(place, f"column {column}", "stands more than once in the header"))
    for first, names in source.raw_columns.items():
        found = [column for column in names if column in header]
        if len(found) == 1:
            renamed[found[0]] = first
        elif not found:
            problems.append(
                Problem(place, f"column {' or '.join(names)}", f"is missing, and source {name} maps it; the file has: {', '.join(header)}")
            )
        else:
            problems.append(Problem(place, f"columns {', '.join(found)}", "are names of one column; only one of them may be there"))
    known = set(renamed) | set(source.unused) | set(source.identifying)
    unknown = [column for column in header if column not in known]
    first_delivery = name not in seen
    seen.setdefault(name, set()).update(header)
    study_problems = [
        Problem("study.toml", f"sources.{name}", f"column {column} of {place} is neither mapped, nor identifying, nor unused")
        for column in unknown
        if first_delivery
    ]
    return RawFile(name, day, path, place, tuple(header), renamed, tuple(unknown)), study_problems, problems


def _csv_header(path: Path, source: Source) -> list[str]:
    return _open_csv(path, source, [], [], block=1 << 20).schema.names


def _open_csv(path: Path, source: Source, columns: list[str], ragged: list, block: int = BLOCK) -> pa.csv.CSVStreamingReader:
    try:
        codecs.lookup(source.encoding)
    except LookupError:
        raise RawFileError([Problem(path.name, "encoding", f"{source.encoding} is no encoding that is known")]) from None
    if path.stat().st_size == 0:
        raise RawFileError([Problem(path.name, "", "is empty")])

    def set_aside(row: pa.csv.InvalidRow) -> str:
        ragged.append(row)
        return "skip"

    try:
        return pa.csv.open_csv(
            path,
            read_options=pa.csv.ReadOptions(use_threads=False, block_size=block, encoding=source.encoding),
            parse_options=pa.csv.ParseOptions(delimiter=source.delimiter, newlines_in_values=True, invalid_row_handler=set_aside),
            convert_options=pa.csv.ConvertOptions(
                column_types={column: TEXT for column in columns},
                include_columns=columns,
                strings_can_be_null=False,
                null_values=[],
            ),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise RawFileError([_unreadable(path, source, error)]) from None


def _unreadable(path: Path, source: Source, error: Exception) -> Problem:
    """Where a file stops being text in its declared encoding; else what the reader says, without the row itself."""
    decoder = codecs.getincrementaldecoder(source.encoding)("strict")
    row, before = 1, 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            try:
                row += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as wrong:
                start = wrong.start
                bad = wrong.object[start : start + 1].hex()
                row += wrong.object[:start].decode(source.encoding, "ignore").count("\n")
                return Problem(path.name, f"line {row}, byte {before + start + 1}", f"byte 0x{bad} is not {source.encoding}")
            before += len(chunk)
    return Problem(path.name, "", f"is not CSV as declared: {str(error).split(':')[0]}")


def batches(file: RawFile, source: Source) -> Iterator[pa.Table]:
    """The rows of a file as text, each column under its first name, with `_delivery`, `_file`, `_row` and `_ragged`
    (the reason why a row could not be cut into columns; its cells are blank then)."""
    keep = [column for column in file.header if column not in source.identifying]
    names = [file.renamed.get(column, column) for column in keep]
    if source.format == "xlsx":
        header, rows, numbers = _sheet(file.path, source)
        cells = [[_cell_text(row[i]) for row in rows] for i, column in enumerate(header) if column in keep]
        yield _placed(pa.table([pa.array(column, pa.string()).dictionary_encode() for column in cells], names), file, np.array(numbers))
        return
    ragged: list[pa.csv.InvalidRow] = []
    reader = _open_csv(file.path, source, keep, ragged)
    done = 0
    try:
        for batch in reader:
            # the reader leaves out rows that do not fit the header; the numbers of those after them move up by one each
            skipped = np.array([row.number - i for i, row in enumerate(ragged)])
            index = np.arange(done, done + batch.num_rows) + 2
            done += batch.num_rows
            yield _placed(pa.table(batch.columns, names), file, index + np.searchsorted(skipped, index, side="right"))
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        problem = _unreadable(file.path, source, error)
        raise RawFileError([Problem(file.name, problem.place, problem.message)]) from None
    if ragged:
        blank = pa.array([""] * len(ragged), pa.string()).dictionary_encode()
        why = [f"has {row.actual_columns} columns, the header {row.expected_columns}" for row in ragged]
        yield _placed(pa.table([blank] * len(names), names), file, np.array([row.number for row in ragged]), why)


def _placed(table: pa.Table, file: RawFile, numbers: np.ndarray, ragged: list[str] | None = None) -> pa.Table:
    def constant(text: str | None) -> pa.DictionaryArray:
        values = pa.array([text] if text is not None else [], pa.string())
        codes = pa.array(np.zeros(len(numbers), np.int32), mask=np.full(len(numbers), text is None))
        return pa.DictionaryArray.from_arrays(codes, values)

    why = pa.array(ragged, pa.string()).dictionary_encode() if ragged else constant(None)
    places = {"_delivery": constant(file.delivery), "_file": constant(file.name), "_row": pa.array(numbers, pa.int64()), "_ragged": why}
    for name, values in places.items():
        table = table.append_column(name, values)
    return table


def _sheet(path: Path, source: Source) -> tuple[list[str], list[list], list[int]]:
    """Header, rows that are not blank, and their row numbers in the sheet."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))  # the archive knows no file extension
    except (CalamineError, OSError) as error:
        raise RawFileError([Problem(path.name, "", f"is no workbook that can be read: {error}")]) from None
    if source.sheet not in workbook.sheet_names:
        raise RawFileError([Problem(path.name, f"sheet {source.sheet}", f"is missing; there are: {', '.join(workbook.sheet_names)}")])
    rows = workbook.get_sheet_by_name(source.sheet).to_python(skip_empty_area=False)
    if len(rows) < source.header_row:
        raise RawFileError([Problem(path.name, f"row {source.header_row}", "has no header")])
    header = [_cell_text(cell).strip() for cell in rows[source.header_row - 1]]
    while header and not header[-1]:
        header.pop()
    body = [(row, number) for number, row in enumerate(rows, 1) if number > source.header_row and any(cell != "" for cell in row)]
    return header, [row for row, _ in body], [number for _, number in body]


def _cell_text(cell: object) -> str:
    """A workbook's cell as the text a person would have typed; numbers without a needless ".0"."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(timespec="minutes")
    if isinstance(cell, dt.time):
        return cell.isoformat(timespec="minutes")
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)
