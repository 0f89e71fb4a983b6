"""Reads what the sites sent. Everything is text; every row keeps its file and its row number, the header
being row 1.

A file that cannot be read as declared is reported with its place; nothing is guessed and no row is skipped in
silence.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
from python_calamine import CalamineError, CalamineWorkbook

from flows import fingerprint
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
    """One file of one delivery, and the source it belongs to (None: declared unused, or unknown to the study
    file)."""

    source: str | None
    delivery: str
    path: Path
    name: str  # inside the source folder; with #sheet where the file has sheets
    header: tuple[str, ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)  # column in the file -> its first name
    new: tuple[str, ...] = ()  # columns that no earlier delivery had and the study file does not know


def raw_files(study: Study, folder: Path, through: str | None = None) -> list[RawFile]:
    """Every file of every delivery up to `through`, in the order of delivery and study file, its header
    checked.

    Raises StudyFileError for what the study file forgot, RawFileError for what the sites did not send."""
    files: list[RawFile] = []
    forgotten: list[Problem] = []
    lacking: list[Problem] = []
    seen: dict[str, set[str]] = {}  # source -> columns of its deliveries so far
    days = deliveries(folder, through)
    for day in days:
        left = {
            path.relative_to(folder / day).as_posix(): path
            for path in fingerprint.visible_files(folder / day)
        }
        for name, source in study.file.sources.items():
            found = [file for file in left if fnmatch(file, source.file)]
            if not found:
                words = f"is missing: source {name} is expected in every delivery"
                lacking.append(Problem(f"{day}/{source.file}", "", words))
            first = name not in seen
            for path in map(left.pop, found):
                file, unknown, problems = _checked(
                    name, source, day, path, folder, seen.setdefault(name, set())
                )
                files += [file] if file else []
                forgotten += unknown if first else []
                lacking += problems
        for name, path in left.items():
            declared = any(fnmatch(name, unused.file) for unused in study.file.unused)
            if not declared and day == days[0]:
                words = f"{day}/{name} belongs to no source: add one, or list it under [[unused]]"
                forgotten.append(Problem("study.toml", "sources", words))
            files.append(RawFile(None, day, path, f"{day}/{name}", new=() if declared else (path.name,)))
    if forgotten:
        raise StudyFileError(forgotten + lacking)
    if lacking:
        raise RawFileError(lacking)
    return files


def deliveries(folder: Path, through: str | None = None) -> list[str]:
    """The dated folders, oldest first."""
    try:
        return [day.name for day in fingerprint.deliveries(folder, through)]
    except OSError:
        words = "cannot be read: it should hold one folder a delivery, named YYYY-MM-DD"
        raise RawFileError([Problem(folder.name, "", words)]) from None
    except ValueError as error:
        words = str(error).replace(f"{folder}/", "").replace(str(folder), folder.name)
        raise RawFileError([Problem("", "", words)]) from None


def _checked(
    name: str, source: Source, day: str, path: Path, folder: Path, seen: set[str]
) -> tuple[RawFile | None, list[Problem], list[Problem]]:
    """The file with its header, the columns that the study file does not know, and what the file lacks."""
    place = path.relative_to(folder).as_posix() + (f"#{source.sheet}" if source.sheet else "")
    try:
        header = (
            _csv_header(path, place, source) if source.format == "csv" else _sheet(path, place, source)[0]
        )
    except RawFileError as error:
        return None, [], error.problems
    problems, renamed = [], {}
    for first, names in source.raw_columns.items():
        found = [column for column in names if column in header]
        if len(found) == 1:
            renamed[found[0]] = first
        elif found:
            words = "are names of one column; only one of them may be there"
            problems.append(Problem(place, f"columns {', '.join(found)}", words))
    if not renamed and not problems:  # then this is no header, and what stands there is nobody's business
        problems.append(Problem(place, "header", f"names none of the columns that source {name} maps"))
        return None, [], problems
    known = {name for names in source.raw_columns.values() for name in names}
    known |= {*source.unused, *source.identifying}
    unknown = [column for column in dict.fromkeys(header) if column not in known]
    hint = f"; columns that the study file does not know: {', '.join(unknown)}" if unknown else ""
    for names in source.raw_columns.values():
        if not any(column in header for column in names):
            words = f"is missing, and source {name} maps it{hint}"
            problems.append(Problem(place, f"column {' or '.join(names)}", words))
    for column in sorted({column for column in header if header.count(column) > 1}):
        problems.append(Problem(place, f"column {column}", "stands more than once in the header"))
    words = f"of {place} is neither mapped, nor identifying, nor unused"
    forgotten = [Problem("study.toml", f"sources.{name}", f'column "{column}" {words}') for column in unknown]
    new = tuple(column for column in unknown if column not in seen)
    seen.update(header)
    return RawFile(name, day, path, place, tuple(header), renamed, new), forgotten, problems


def _csv_header(path: Path, place: str, source: Source) -> list[str]:
    return _open_csv(path, place, source, [], [], block=1 << 20).schema.names


def _open_csv(
    path: Path, place: str, source: Source, columns: list[str], ragged: list, block: int | None = None
) -> pa.csv.CSVStreamingReader:
    if path.stat().st_size == 0:
        raise RawFileError([Problem(place, "", "is empty")])

    def set_aside(row: pa.csv.InvalidRow) -> str:
        ragged.append(row)
        return "skip"

    try:
        return pa.csv.open_csv(
            path,
            read_options=pa.csv.ReadOptions(
                use_threads=False, block_size=block or BLOCK, encoding=source.encoding
            ),
            parse_options=pa.csv.ParseOptions(
                delimiter=source.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,  # they count as rows do
                invalid_row_handler=set_aside,
            ),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(columns, TEXT),
                include_columns=columns,
                strings_can_be_null=False,
                null_values=[],
            ),
        )
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise RawFileError([_unreadable(path, place, source, error)]) from None


def _unreadable(path: Path, place: str, source: Source, error: Exception) -> Problem:
    """Where a file stops being text in its declared encoding; else what the reader says, without the row
    itself."""
    content = path.read_bytes()
    try:
        content.decode(source.encoding)
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].decode(source.encoding, "ignore").count("\n") + 1
        words = f"byte 0x{content[wrong.start]:02x} is not {source.encoding}"
        return Problem(place, f"line {line}, byte {wrong.start + 1} of the file", words)
    if b"\n" not in content:
        return Problem(place, "", "has no complete line")
    return Problem(place, "", f"is not CSV as declared: {str(error).split(':')[0]}")


def _unclosed(path: Path, place: str, source: Source, end: list[str]) -> list[Problem]:
    """A quotation mark that is never closed, by a typing error or because the file has lost its end: the
    reader has taken all that follows for one value. `end` is the last row; a slow exact look is taken only
    where that may be."""
    with path.open("rb") as file:
        marks = sum(chunk.count(b'"') for chunk in iter(lambda: file.read(BLOCK), b""))
    if marks % 2 == 0 and not any("\n" in text for text in end):
        return []
    number = 0
    with path.open(encoding=source.encoding, newline="") as file:
        try:
            for _ in csv.reader(file, delimiter=source.delimiter, strict=True):
                number += 1
        except csv.Error:
            return [Problem(place, f"row {number + 1}", "has quotation marks that do not pair")]
    return []


def batches(file: RawFile, source: Source) -> Iterator[pa.Table]:
    """The rows of a file as text, each column under its first name, with `_delivery`, `_file`, `_row` and
    `_ragged` (the reason why a row could not be cut into columns; its cells are blank then)."""
    keep = [column for column in file.header if column not in source.identifying]
    names = [file.renamed.get(column, column) for column in keep]
    if source.format == "xlsx":
        header, rows, numbers = _sheet(file.path, file.name, source)
        width = len(header)
        beyond = [
            next((i for i, cell in enumerate(row[width:], width + 1) if cell != ""), None) for row in rows
        ]
        cells = [_cell_texts([row[i] for row in rows]) for i, column in enumerate(header) if column in keep]
        table = pa.table([pa.array(column, pa.string()).dictionary_encode() for column in cells], names)
        why = [f"has a value in column {i}, the header has {width} columns" if i else None for i in beyond]
        yield _placed(table, file, np.array(numbers, np.int64), why)
        return
    ragged: list[pa.csv.InvalidRow] = []
    reader = _open_csv(file.path, file.name, source, keep, ragged)
    done, end = 0, []
    try:
        for batch in reader:
            # the reader leaves out rows that do not fit the header; the numbers of those after them move up
            # by one each
            skipped = np.array([row.number - i for i, row in enumerate(ragged)])
            index = np.arange(done, done + batch.num_rows) + 2
            done += batch.num_rows
            end = [column[-1].as_py() for column in batch.columns] if batch.num_rows else end
            numbers = index + np.searchsorted(skipped, index, side="right")
            filled = ~_is_blank(batch)
            if not filled.all():
                batch, numbers = batch.filter(pa.array(filled)), numbers[filled]
            yield _placed(pa.table(batch.columns, names), file, numbers)
    except (pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise RawFileError([_unreadable(file.path, file.name, source, error)]) from None
    if problems := _unclosed(file.path, file.name, source, end + [row.text for row in ragged[-1:]]):
        raise RawFileError(problems)
    if ragged or not done:
        blank = pa.array([""] * len(ragged), pa.string()).dictionary_encode()
        why = [f"has {row.actual_columns} columns, the header {row.expected_columns}" for row in ragged]
        numbers = np.array([row.number for row in ragged], np.int64)
        yield _placed(pa.table([blank] * len(names), names), file, numbers, why)


def _is_blank(batch: pa.RecordBatch) -> np.ndarray:
    """Rows without anything in them, as spreadsheets leave at the end of an export: they are no rows."""
    blank = np.ones(batch.num_rows, bool)
    for column in batch.columns:
        if not blank.any():
            break
        blank &= column.indices.to_numpy() == pa.compute.index(column.dictionary, "").as_py()
    return blank


def _placed(table: pa.Table, file: RawFile, numbers: np.ndarray, ragged: list[str] | None = None) -> pa.Table:
    def constant(text: str | None) -> pa.DictionaryArray:
        values = pa.array([text] if text is not None else [], pa.string())
        codes = pa.array(np.zeros(len(numbers), np.int32), mask=np.full(len(numbers), text is None))
        return pa.DictionaryArray.from_arrays(codes, values)

    why = pa.array(ragged, pa.string()).dictionary_encode() if ragged else constant(None)
    places = {
        "_delivery": constant(file.delivery),
        "_file": constant(file.name),
        "_row": pa.array(numbers, pa.int64()),
        "_ragged": why,
    }
    for name, values in places.items():
        table = table.append_column(name, values)
    return table


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
