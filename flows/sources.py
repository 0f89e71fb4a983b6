"""Reads what the sites sent. Everything is text; every row keeps its file and its row number, the header
being row 1.

A file that cannot be read as declared is reported with its place; nothing is guessed and no row is skipped in
silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
import pyarrow as pa

from flows import fingerprint
from flows.problems import Problem, RawFileError, StudyFileError
from flows.readers import delimited, workbook
from schemas.study import Source, Study

READERS = {"csv": delimited, "xlsx": workbook}


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
        header = READERS[source.format].header(path, place, source)
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


def batches(file: RawFile, source: Source) -> Iterator[pa.Table]:
    """The rows of a file as text, each column under its first name, with `_delivery`, `_file`, `_row` and
    `_ragged` (the reason why a row could not be cut into columns; its cells are blank then)."""
    keep = [column for column in file.header if column not in source.identifying]
    names = [file.renamed.get(column, column) for column in keep]
    for table, numbers, ragged in READERS[source.format].rows(file.path, file.name, source, keep):
        yield _placed(table.rename_columns(names), file, numbers, ragged)


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
