"""Reads what the sites sent. Everything is text; every row keeps its file and its row number, the header
being row 1.

A file that cannot be read as declared is reported with its place; nothing is guessed and no row is skipped in
silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

import numpy as np
import pandas as pd
import pyarrow as pa

from flows import fingerprint
from flows.manifest import differences
from flows.problems import Problem, RawFileError, StudyFileError, did_you_mean
from flows.readers import delimited, odm, redcap, sas7bdat, workbook, xport, zipped
from schemas.study import Drift, Source, Study
from transforms import drift
from transforms.drift import Content, Event

READERS = {"csv": delimited, "xlsx": workbook, "xls": workbook, "sas7bdat": sas7bdat, "xpt": xport}
READERS |= {"odm": odm, "redcap": redcap}


@dataclass(frozen=True)
class RawFile:
    """One file of one delivery, and the source it belongs to (None: declared unused, or unknown to the study
    file)."""

    source: str | None
    delivery: str
    path: Path
    name: str  # inside the source folder: "2020-05-29/export.zip/ae.xlsx#Sheet"
    header: tuple[str, ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)  # column in the file -> its first name
    new: tuple[str, ...] = ()  # columns that no earlier delivery had and the study file does not know
    left_out: tuple[str, ...] = ()  # columns that are not read
    events: tuple[Event, ...] = ()  # how it differs from the deliveries before
    aside: str | None = None  # the source that it would belong to, had it not drifted
    member: str = ""  # of the ZIP at `path`
    sheet: str = ""
    given: tuple = ()  # what its reader needs besides: the columns that a REDCap dictionary describes
    lines: int | None = None  # of a part of a file that no source reads

    @contextmanager
    def opened(self) -> Iterator[Path]:
        """The file; a member of a ZIP as a file of its own for as long as it is needed."""
        if self.member:
            with zipped.unpacked(self.path, self.member, self.name) as path:
                yield path
        else:
            yield self.path

    @property
    def size(self) -> int:
        if self.member:
            return zipped.members(self.path, self.name)[self.member].file_size
        return self.path.stat().st_size


def raw_files(study: Study, folder: Path, through: str | None = None) -> list[RawFile]:
    """Every file of every delivery up to `through`, in the order of delivery and study file, its header
    checked.

    Raises StudyFileError for what the study file forgot, RawFileError for what the sites did not send."""
    files: list[RawFile] = []
    forgotten: list[Problem] = []
    lacking: list[Problem] = []
    unsound: set[str | None] = set()  # sources with a file that cannot be used
    seen: dict[str, set[str]] = {}  # source -> columns of its deliveries so far
    before: dict[str, list[dict[str, Content]]] = {}  # source -> what the columns of each file so far hold
    days = deliveries(folder, through)
    for day in days:
        left, problems = _received(study, folder, day)
        lacking += problems
        used: set[str] = set()
        for name, source in study.file.sources.items():
            found = [file for file in left if fnmatch(file, source.file)]
            if not found:
                words = f"is missing: source {name} is expected in every delivery"
                lacking.append(Problem(f"{day}/{source.file}", "", words + did_you_mean(source.file, left)))
                unsound.add(name)
            first = name not in seen
            of_today = []
            used.update(found)
            parts, problems = _parts([left[one] for one in found], source, left)
            lacking += problems
            unsound |= {name} if problems else set()
            for part in parts:
                file, unknown, problems = _checked(name, source, part, seen.setdefault(name, set()))
                held: dict[str, Content] = {}
                if file and len(days) > 1:
                    file, held, drifted = _drifted(file, source, study, before.get(name, []), problems)
                    problems += drifted
                of_today += [(file, held)] if file else []
                forgotten += unknown if first else []
                forgotten += _undeclared(file, source, study) if first and file else []
                lacking += problems
                unsound |= {name} if problems else set()
            if any(file.aside for file, _ in of_today):  # the export is set aside whole: what came before serves
                files += [replace(file, source=None, new=(), aside=name) for file, _ in of_today]
            else:
                files += [file for file, _ in of_today]
                before.setdefault(name, []).extend(held for _, held in of_today)
        left |= _unread(left, used, study)
        dictionaries = {source.dictionary for source in study.file.sources.values()}
        for name, file in left.items():
            if name in used:
                continue
            declared = name in dictionaries or any(fnmatch(name, unused.file) for unused in study.file.unused)
            if not declared and day == days[0]:
                words = f"{file.name} belongs to no source: add one, or list it under [[unused]]"
                forgotten.append(Problem("study.toml", "sources", words))
            files.append(file if declared else replace(file, new=(PurePosixPath(name).name,)))
    if forgotten:
        raise StudyFileError(forgotten + lacking)
    if lacking:
        raise RawFileError(lacking, [file for file in files if file.source not in unsound])
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


def _received(study: Study, folder: Path, day: str) -> tuple[dict[str, RawFile], list[Problem]]:
    """The files of a delivery by name, those of a ZIP in its place; and what is wrong with ZIPs and manifest. A
    ZIP that the study file names itself stays closed."""
    named = [unused.file for unused in study.file.unused]
    named += [source.file for source in study.file.sources.values()]
    problems: list[Problem] = []
    files, whole = {}, {}
    for path in fingerprint.visible_files(folder / day):
        name = path.relative_to(folder / day).as_posix()
        files[name] = RawFile(None, day, path, f"{day}/{name}")
        if name.lower().endswith(".zip") and not any(fnmatch(name, pattern) for pattern in named):
            whole[name] = files.pop(name)
            members, wrong = _members(name, whole[name], named)
            files |= members
            problems += wrong
    manifest = study.file.manifest
    if manifest:
        problems += differences(manifest, files | whole, day)
        files = {name: file for name, file in files.items() if not fnmatch(name, manifest.file)}
    return files, problems


def _members(name: str, file: RawFile, named: list[str]) -> tuple[dict[str, RawFile], list[Problem]]:
    """The files of a ZIP under their names in the delivery; hidden ones are none."""
    try:
        members = sorted(zipped.members(file.path, file.name))
    except RawFileError as error:
        return {}, error.problems
    files, problems = {}, []
    for member in members:
        inner = f"{name}/{member}"
        if any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(member).parts):
            continue
        if member.lower().endswith(".zip") and not any(fnmatch(inner, pattern) for pattern in named):
            words = "is a ZIP inside a ZIP, which is not opened: deliver its files, or list it under [[unused]]"
            problems.append(Problem(f"{file.name}/{member}", "", words))
            continue
        files[inner] = replace(file, name=f"{file.name}/{member}", member=member)
    return files, problems if files or problems else [Problem(file.name, "", "holds no file")]


def _parts(
    files: list[RawFile], source: Source, delivery: dict[str, RawFile]
) -> tuple[list[RawFile], list[Problem]]:
    """The files, or what of them the source names: a group of items, an instrument, sheets."""
    if source.part:
        try:
            given = (_dictionary(files[0], source, delivery),) if files and source.dictionary else ()
        except RawFileError as error:
            return [], error.problems
        return [replace(file, name=f"{file.name}#{source.part}", given=given) for file in files], []
    if source.sheet is None:
        return files, []
    parts, problems = [], []
    for file in files:
        try:
            with file.opened() as path:
                sheets = workbook.sheets(path, file.name, source)
            parts += [replace(file, name=f"{file.name}#{sheet}", sheet=sheet) for sheet in sheets]
        except RawFileError as error:
            problems += error.problems
    return parts, problems


def _dictionary(file: RawFile, source: Source, delivery: dict[str, RawFile]) -> tuple[redcap.Field, ...]:
    if source.dictionary not in delivery:
        words = "is missing: the data dictionary is expected in every delivery"
        raise RawFileError([Problem(f"{file.delivery}/{source.dictionary}", "", words)])
    with delivery[source.dictionary].opened() as path:
        return redcap.dictionary(path, delivery[source.dictionary].name)


def _undeclared(file: RawFile, source: Source, study: Study) -> list[Problem]:
    """Codes that the export says a column can hold, and that the study file does not declare."""
    if source.format == "odm":
        with file.opened() as path:
            offered = odm.codes(path, file.name)
    else:
        offered = redcap.codes(*file.given, source) if source.format == "redcap" else {}
    problems = []
    for spec in source.specs().values() if offered else ():
        for column in spec.column if spec.codes in study.file.codelists else ():
            known = {*study.file.codelists[spec.codes], *source.missing}
            said = {code: label for code, label in offered.get(column, {}).items() if code not in known}
            if new := [code if label in ("", code) else f"{code} ({label})" for code, label in said.items()]:
                words = f"does not declare {', '.join(new)}, which {file.name} offers for {column}"
                problems.append(Problem("study.toml", f"codelists.{spec.codes}", words))
    return problems


def _unread(delivery: dict[str, RawFile], used: set[str], study: Study) -> dict[str, RawFile]:
    """The groups of items and instruments with rows that no source reads, of the files of which others are read."""
    found: dict[str, RawFile] = {}
    for name in sorted(used):
        readers = [one for one in study.file.sources.values() if one.part and fnmatch(name, one.file)]
        if not readers:
            continue
        file, source = delivery[name], readers[0]
        try:
            given = (source, _dictionary(file, source, delivery)) if source.dictionary else ()
            with file.opened() as path:
                counts = READERS[source.format].parts(path, file.name, *given)
        except RawFileError:
            continue  # said already
        for part in counts.keys() - {one.part for one in readers}:
            found[f"{name}#{part}"] = replace(file, name=f"{file.name}#{part}", lines=counts[part])
    return dict(sorted(found.items()))


def _of_part(source: Source, file: RawFile) -> Source:
    return source.model_copy(update={"sheet": file.sheet}) if file.sheet else source


def _checked(
    name: str, source: Source, file: RawFile, seen: set[str]
) -> tuple[RawFile | None, list[Problem], list[Problem]]:
    """The file with its header, the columns that the study file does not know, and what the file lacks."""
    place = file.name
    try:
        with file.opened() as path:
            header = READERS[source.format].header(path, place, _of_part(source, file), *file.given)
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
    unknown = [one for one in dict.fromkeys(header) if one not in known and not source.of_system(one)]
    hint = f"; columns that the study file does not know: {', '.join(unknown)}" if unknown else ""
    for names in source.raw_columns.values():
        if not any(column in header for column in names):
            words = f"is missing, and source {name} maps it{hint}"
            near = did_you_mean(names[0], unknown)
            problems.append(Problem(place, _column(names), words + near))
    for column in sorted({column for column in header if header.count(column) > 1}):
        problems.append(Problem(place, f"column {column}", "stands more than once in the header"))
    words = f"of {place} is neither mapped, nor identifying, nor unused"
    forgotten = [Problem("study.toml", f"sources.{name}", f'column "{column}" {words}') for column in unknown]
    for column in header if source.rave else ():
        regular = column.removesuffix(source.rave.raw)
        if column in unknown and regular in known:
            words = f'has "{regular}" as entered; map it instead, because the other is empty where it is not valid'
            forgotten.append(Problem("study.toml", f"sources.{name}", f'column "{column}" of {place} {words}'))
    new = tuple(column for column in unknown if column not in seen)
    # a person's column under a name that is not declared: until it is, nothing of what is not known is read
    persons = set(source.identifying)
    left_out = tuple(unknown) if len(persons & set(header)) < len(persons & seen) else ()
    seen.update(header)
    file = replace(file, source=name, header=tuple(header), renamed=renamed, new=new, left_out=left_out)
    return file, forgotten, problems


def _drifted(
    file: RawFile, source: Source, study: Study, before: list[dict[str, Content]], problems: list[Problem]
) -> tuple[RawFile, dict[str, Content], list[Problem]]:
    """The file with what it has changed against those before it, by the policies of [drift]; what its columns hold;
    and the changes that stop the run. A column that is missing stands among the `problems`: it leaves them where
    there was one before."""
    lost = {first: names for first, names in source.raw_columns.items() if not {*names} & {*file.header}}
    missed = {problem.place: problem.message for problem in problems}
    if missed.keys() != {_column(names) for names in lost.values()}:  # more is wrong than names
        return file, {}, []
    try:
        held = drift.contents(_head(file, source), source)
    except RawFileError as error:
        return file, {}, error.problems
    if not before:
        return file, held, []
    problems.clear()
    names, unknown = source.raw_columns, [column for column in held if column not in source.raw_columns]
    unknown = [one for one in unknown if one not in source.unused and not source.of_system(one)]
    past = {first: [then[first] for then in before if first in then] for first in lost}
    became = drift.renamed(past, {column: held[column] for column in unknown}, names)
    events = []
    for first in lost:
        if first in became:
            words = f"is missing, and source {file.source} maps it; it seems to be {became[first]} now: "
            words += drift.renamed_line(file.source, source, first, became[first])
            events.append(Event("renamed_column", first, words))
        else:
            words = missed[_column(names[first])] + drift.missing_line(first, source)
            events.append(Event("missing_column", first, words))
    renamed = file.renamed
    if became and study.file.drift.renamed_column == "accept":
        renamed = renamed | {new: first for first, new in became.items()}
        held |= {first: held.pop(new) for first, new in became.items()}
    new = tuple(column for column in file.new if column not in became.values())
    if new and study.file.drift.new_column == "stop":
        words = f"is a new column of source {file.source}: "
        events += [Event("new_column", one, words + drift.new_line(file.source, source, one)) for one in new]
    left_out = file.left_out or (tuple(unknown) if study.file.drift.new_column == "set_aside" else ())
    events += drift.changes(before, held, source)
    policies = {event: _policy(event, source, study.file.drift) for event in events}
    stopping = [
        Problem(file.name, _column(names.get(event.column, (event.column,))), event.message)
        for event in events
        if policies[event] == "stop"
    ]
    aside = file.source if "set_aside" in policies.values() else None
    file = replace(file, renamed=renamed, new=new, left_out=left_out, events=tuple(events), aside=aside)
    return file, held, stopping


def _policy(event: Event, source: Source, policies: Drift) -> str:
    policy = getattr(policies, event.kind)
    if event.kind == "missing_column" and policy == "accept" and drift.needed(event.column, source):
        return "stop"
    return policy


def _column(names: Iterable[str]) -> str:
    return f"column {' or '.join(names)}"


def _head(file: RawFile, source: Source) -> pd.DataFrame:
    """The first rows of a file, each column under its first name."""
    first = next(batches(file, source)).slice(0, drift.HEAD)
    columns = [name for name in first.column_names if not name.startswith("_")]
    return pd.DataFrame({name: first.column(name).cast(pa.string()).to_pylist() for name in columns})


def batches(file: RawFile, source: Source, others: list[int] | None = None) -> Iterator[pa.Table]:
    """The rows of a file as text, each column under its first name, with `_delivery`, `_file`, `_row` and
    `_ragged` (the reason why a row could not be cut into columns; its cells are blank then). To `others` are added
    the numbers of rows that hold nothing for the source."""
    keep = [column for column in file.header if column not in (*source.identifying, *file.left_out)]
    names = [file.renamed.get(column, column) for column in keep]
    with file.opened() as path:
        parts = READERS[source.format].rows(path, file.name, _of_part(source, file), keep, *file.given)
        for table, numbers, ragged, beside in parts:
            if others is not None:
                others.append(beside)
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
