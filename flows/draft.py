"""`trialmill new`: looks at a folder of exports and writes the draft of a study folder.

What is read here is how each file is written: encoding, delimiter, decimal mark, sheet and header row, each with its
evidence. What the columns may mean is proposed in transforms/draft.py."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from flows.fingerprint import is_date, visible_files
from flows.problems import RawFileError
from flows.readers import odm, zipped
from flows.sources import READERS
from flows.study_file import DOSES, SUMMARY, study_schema
from schemas.study import Source
from transforms.draft import DECIDE, Export, study_texts

# the format of a file by its name; those that no reader knows yet are listed as unused
FORMATS = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".dat": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls",
    ".sas7bdat": "sas7bdat", ".xpt": "xpt", ".xml": "odm",
}  # fmt: skip
LOOKED_AT = 1 << 20  # bytes of a delimited file from which its dialect is told
DELIMITERS = ",;\t|"


def new_study(study: Path, folder: Path) -> list[str]:
    """Writes the draft into a new folder and returns what to say about it. The folder of exports holds files, or
    one folder a delivery, named YYYY-MM-DD."""
    days = sorted(path for path in folder.iterdir() if path.is_dir() and is_date(path.name))
    deliveries = [(day.name, day) for day in days] or [("", folder)]
    files: dict[str, list[tuple[str, Path]]] = {}
    exports, others = [], []
    with TemporaryDirectory() as unpacked:
        for day, place in deliveries:
            for path in visible_files(place):
                name = path.relative_to(place).as_posix()
                inside = unzipped(path, name, Path(unpacked) / day) if path.suffix.lower() == ".zip" else {name: path}
                for called, one in inside.items():
                    files.setdefault(pattern(called), []).append((day, one))
        for name, paths in files.items():
            found, why = exports_of(name, paths)
            exports += found
            others += [(name, why)] if why else []
    if not exports:
        raise ValueError(f"no export was found in {folder}")
    texts = study_texts(exports, others, study.name, [*SUMMARY, *DOSES])
    study.mkdir(parents=True)
    for name, text in texts.items():
        (study / name).parent.mkdir(exist_ok=True)
        (study / name).write_text(text, encoding="utf-8", newline="\n")
    (study / "study.schema.json").write_text(study_schema(), encoding="utf-8")
    count = sum(DECIDE in line for line in texts["study.toml"].splitlines())
    said = [f"Drafted {study / 'study.toml'}: {len(exports)} sources, {count} lines to decide."]
    said += [f"  {name}: {why}" for name, why in others]
    where = f"--source {folder}" if days else f"after moving the files to {study}/raw/YYYY-MM-DD/"
    return [*said, f"Next: decide what is marked, then trialmill check {study} {where}"]


def unzipped(path: Path, name: str, place: Path) -> dict[str, Path]:
    """The files in a ZIP, under the names that a study file gives them. `place` is a folder of our own."""
    inside = {}
    for n, member in enumerate(zipped.members(path, name)):
        copy = place / name / f"{n}{Path(member).suffix}"
        copy.parent.mkdir(parents=True, exist_ok=True)
        with copy.open("wb") as file:
            file.writelines(zipped.blocks(path, member, name))
        inside[f"{name}/{member}"] = copy
    return inside


def pattern(name: str) -> str:
    """A file's name in every delivery: a date in it becomes *."""
    return re.sub(r"(19|20)\d\d[-_.]?[01]\d[-_.]?[0-3]\d", "*", name)


def exports_of(name: str, paths: list[tuple[str, Path]]) -> tuple[list[Export], str]:
    """The exports in a file (a workbook has one a sheet), or why there are none."""
    path = paths[-1][1]
    format = FORMATS.get(path.suffix.lower())
    if format not in READERS:
        return [], f"{DECIDE}: no format that is read is called {path.suffix or 'so'}"
    if format == "csv":
        keys, why = dialect(path)
        options = [keys] if keys else []
    elif format in ("xlsx", "xls"):
        options, why = sheets(path, format)
    elif format == "odm":
        options, why = item_groups(path)
    else:
        encoding = {"encoding": ("utf-8", f"{DECIDE}: such files do not say it")} if format == "xpt" else {}
        options, why = [{"format": (format, "")} | encoding], ""
    found = []
    for keys in options:
        read = []
        for day, one in paths:
            try:
                read.append((day, text_of(one, keys)))
            except RawFileError as error:
                why = f"{DECIDE}: cannot be read: {error}"
        read = [(day, rows) for day, rows in read if len(rows.columns) > 1]
        if read:
            found.append(Export(name, keys, read))
    return found, "" if found else why or f"{DECIDE}: is no table"


def text_of(path: Path, keys: dict) -> pd.DataFrame:
    """The rows as `run` would read them."""
    source = Source.model_construct(columns={}, **{key: value for key, (value, _) in keys.items()})
    format = source.format
    header = READERS[format].header(path, path.name, source)
    columns = [name for name in dict.fromkeys(header) if name]
    tables = [rows.table for rows in READERS[format].rows(path, path.name, source, columns)]
    return pd.concat([table.to_pandas().astype("str") for table in tables], ignore_index=True).fillna("")


def item_groups(path: Path) -> tuple[list[dict], str]:
    """The groups of items of an ODM file: each is a table."""
    try:
        found = odm.contents(path, path.name)
    except RawFileError as error:
        return [], f"{DECIDE}: cannot be read: {error}"
    mode = {"mode": ("transactional", "its FileType")} if found.transactional else {}
    groups = found.groups.items()
    return [{"format": ("odm", ""), "itemgroup": (oid, f"{rows} rows")} | mode for oid, rows in groups], "no data"


def dialect(path: Path) -> tuple[dict | None, str]:
    """Encoding, delimiter and decimal mark of delimited text, each with its evidence."""
    content = path.read_bytes()
    encoding, why = encoding_of(content)
    text = content[:LOOKED_AT].decode(encoding, "ignore")
    lines = text.splitlines()[:200]
    if not lines:
        return None, "is empty"
    best, width = max(
        ((mark, widths(lines, mark)) for mark in DELIMITERS), key=lambda pair: (pair[1], -DELIMITERS.index(pair[0]))
    )
    if width < 2:
        return None, f"{DECIDE}: is no table"
    cells = Counter()
    for row in csv.reader(lines[1:], delimiter=best):
        cells.update("," if "," in cell else "." for cell in row if re.fullmatch(r"-?\d+[.,]\d{1,3}", cell.strip()))
    decimal = "," if cells[","] > cells["."] else "."
    seen = f"{cells[decimal]} numbers have it" if cells[decimal] else "no number has any yet"
    both = f"; {cells['.' if decimal == ',' else ',']} have the other" if len(cells) > 1 else ""
    keys = {
        "format": ("csv", ""),
        "encoding": (encoding, why),
        "delimiter": (best, f"cuts every line into {width}"),
        "decimal": (decimal, f"{DECIDE}: {seen}{both}" if both else seen),
    }
    return keys, ""


def widths(lines: list[str], mark: str) -> int:
    """How many columns a delimiter makes, if it makes as many in nearly every line; else 0."""
    try:
        rows = [len(row) for row in csv.reader(lines, delimiter=mark)][:-1] or [len(lines[0].split(mark))]
    except csv.Error:
        return 0
    return rows[0] if sum(row == rows[0] for row in rows) >= 0.9 * len(rows) else 0


def encoding_of(content: bytes) -> tuple[str, str]:
    """The encoding, by what is strictly possible; where several are, one is proposed."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig", "begins with the mark of UTF-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", "begins with the mark of UTF-16"
    try:
        content.decode("utf-8")
        return "utf-8", "every byte is UTF-8" + ("" if not content.isascii() else " (all are ASCII)")
    except UnicodeDecodeError as error:
        first = f"byte {error.start + 1} is not UTF-8"
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return "cp1252", f"{DECIDE}: {first}, nor is it GB18030; a Western encoding is likely"
    beyond = [char for char in text if not char.isascii()]
    chinese = sum("一" <= char <= "鿿" or "　" <= char <= "〿" or "＀" <= char <= "￯" for char in beyond)
    # of the header alone: below it stand persons
    sample = "".join(char for char in text.partition("\n")[0] if not char.isascii())[:10] or "(none in the header)"
    if chinese >= 0.9 * len(beyond) and re.search("[一-鿿]{2}", text):
        return "gb18030", f"{DECIDE}: {first}; as GB18030 it is Chinese: {sample}"
    return "cp1252", f"{DECIDE}: {first}; as GB18030 it would be {sample}"


def sheets(path: Path, format: str) -> tuple[list[dict], str]:
    """The sheets of a workbook that are tables, and the row of each header: the first of the widest rows."""
    try:
        workbook = CalamineWorkbook.from_path(path)
    except (CalamineError, OSError) as error:
        return [], f"{DECIDE}: cannot be read: {error}"
    found = []
    for name in workbook.sheet_names:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=50)
        filled = [sum(cell != "" for cell in row) for row in rows]
        if max(filled, default=0) < 3:
            continue
        header = next(n for n, count in enumerate(filled, 1) if count >= 0.8 * max(filled))
        keys = {
            "format": (format, ""),
            "sheet": (name, f"of {', '.join(workbook.sheet_names)}" if len(workbook.sheet_names) > 1 else ""),
            "header_row": (header, "the first row that is filled all along"),
            "date_system": (1900, "or 1904: days counted from 1904, as old workbooks of Macs do"),
        }
        found.append(keys)
    return found, "" if found else f"{DECIDE}: no sheet is a table"
