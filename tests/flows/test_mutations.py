"""Deliveries spoilt at random, by seed: whatever a site's export does, it is read or refused with its place, every row
is accounted for, and no value changes without a word.

A mutation spoils one file of one delivery of the psoriasis study. What is asked of all of them:
- an error is one of the two that are not ours, and names the file;
- the raw layer holds what Python's own csv reader finds in the file, row for row;
- each row has one outcome, with a reason where it is in no form;
- a cell that was changed ends as its value, as a finding on it, or in a row that is set aside or superseded;
- a row of unchanged text has unchanged values.
"""

import csv
import io
import random
import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest

from flows import cli
from flows.check import newest, text_frame
from flows.problems import RawFileError, StudyFileError
from flows.sources import batches, raw_files
from flows.study_file import read_study
from schemas.door import conform
from schemas.forms import FORMS
from schemas.sdtm import DATASETS
from transforms.distinct import stacked
from transforms.forms import let_in, source_rows
from transforms.sdtm.subjects import subjects_sdtm

PSORIASIS = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"
RAW = PSORIASIS / "raw"
PLACES = {"_delivery", "_file", "_row", "_ragged"}
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DATES = (
    *("31 FEB 2020", "2020-02-30", "03/04/2020", "00 JAN 2020", "UN-UNK-2019", "2019年3月5日", "43529", "5.3.19"),
    "1 JAN 0020",
)
NUMBERS = (
    *("-1", "1e9", "5.4E-79", "1,234.5", "72 (query)", "０．５", "NaN", "inf", "99999999999999999999", "12,5"),
    "١٢",
)
WORDS = (
    *("NA", "ND", ".", "null", "-99", "=1+1", "Recoverd", "男", "头痛", "“quoted”", "Caf\ufffd", "a\0b", '"', '""'),
    *("a,b;c", "line\nbreak", " \u3000 ", "x" * 100_000, "\u202egnol", "🤒", "'; DROP TABLE", "cm", "mm", "°F"),
    *("yes", "\u00a0", ""),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The study, a copy of its deliveries, and what the unspoilt ones become."""
    study = read_study(PSORIASIS)
    folder = tmp_path_factory.mktemp("mutated") / "raw"
    shutil.copytree(RAW, folder)
    rows = forms(study, folder, {}, set(study.file.sources))
    known = {name: by_text(raw, one.form) for name, (raw, one) in rows.items()}
    return study, folder, rows, known


def forms(study, folder: Path, given: dict, spoilt: set[str]) -> dict:
    """Source -> its raw rows and what they become; `given` has those that are not spoilt."""
    files = raw_files(study, folder)
    last = newest(files)
    found = dict(given)
    names = ["dm", *(name for name in study.file.sources if name != "dm")]
    for name in names:
        if name in given and name not in spoilt and "dm" not in spoilt:
            continue
        source = study.file.sources[name]
        tables = [table for file in files if file.source == name for table in batches(file, source)]
        raw = text_frame(pa.concat_tables(tables, promote_options="default"))
        people = () if name == "dm" else let_in(found["dm"][1])
        found[name] = raw, source_rows(raw, name, study, last.get(name), *people)
    return found


def by_text(raw: pd.DataFrame, form: pd.DataFrame) -> dict[tuple, list[tuple]]:
    """The text of a raw row -> the values of the form rows that it gives."""
    text = raw.drop(columns=list(PLACES)).astype("object").where(raw.notna(), "")
    at = zip(raw["_file"].astype("str"), raw["_row"], strict=True)
    texts = dict(zip(at, map(tuple, text.to_numpy()), strict=True))
    values = form.drop(columns=["_file", "_row"]).astype("str")
    found: dict[tuple, dict[tuple, list]] = {}
    for place, value in zip(
        zip(form["_file"].astype("str"), form["_row"], strict=True), map(tuple, values.to_numpy()), strict=True
    ):
        found.setdefault((*text.columns, *texts[place]), {}).setdefault(place, []).append(value)
    return {row: next(iter(places.values())) for row, places in found.items()}


# --- mutations: each returns what it did, and the cell that it changed where it is one


def mutate(random: random.Random, path: Path, source) -> tuple[str, tuple[int, str, str] | None]:
    """Spoils one file. Returns what was done; row, column and new text where it was one cell."""
    if path.suffix == ".xlsx":
        return in_workbook(random, path, source)
    if random.random() < 0.3:
        return in_bytes(random, path)
    text = path.read_bytes().decode(source.encoding).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=source.delimiter))
    done, cell = (in_cell if random.random() < 0.6 else in_table)(random, rows)
    text = io.StringIO(newline="")
    quoting = random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    csv.writer(text, delimiter=source.delimiter, quoting=quoting).writerows(rows)
    path.write_bytes(text.getvalue().encode(source.encoding, "replace"))
    if cell:  # what the encoding cannot say has become ?
        cell = (*cell[:2], cell[2].encode(source.encoding, "replace").decode(source.encoding))
    return done, cell


def in_cell(random: random.Random, rows: list[list[str]]) -> tuple[str, tuple | None]:
    if len(rows) < 2:
        return in_table(random, rows)
    row, column = random.randrange(1, len(rows)), random.randrange(len(rows[0]))
    was = rows[row][column]
    of_column = [other[column] for other in rows[1:]]
    new = random.choice(
        (
            lambda: random.choice(DATES),
            lambda: random.choice(NUMBERS),
            lambda: random.choice(WORDS),
            lambda: random.choice(of_column),
            lambda: "".join(random.sample(was, len(was))),
            lambda: was.upper() if random.random() < 0.5 else f" {was}\t",
            lambda: "",
        )
    )()
    rows[row][column] = new
    return f"row {row + 1}, {rows[0][column]}: {was[:30]!r} -> {new[:30]!r}", (row + 1, rows[0][column], new)


def in_table(random: random.Random, rows: list[list[str]]) -> tuple[str, None]:
    row, column = random.randrange(len(rows)), random.randrange(len(rows[0]))
    other = random.randrange(len(rows))
    names = ("X", "", rows[0][column] + "_2", rows[0][0])
    kinds: dict[str, Callable] = {
        "row twice": lambda: rows.insert(other, list(rows[row])),
        "row gone": lambda: rows.pop(row),
        "rows swapped": lambda: rows.insert(other, rows.pop(row)),
        "column gone": lambda: [one.pop(column) for one in rows],
        "column renamed": lambda: rows[0].__setitem__(column, random.choice(names)),
        "columns turned": lambda: [one.reverse() for one in rows],
        "column added": lambda: [one.insert(column, f"new {n}" if n else "ADDED") for n, one in enumerate(rows)],
        "cell too many": lambda: rows[row].insert(column, "shifted"),
        "cell too few": lambda: rows[row].pop(column),
        "blank rows": lambda: rows.insert(other, [""] * len(rows[0])),
        "header alone": lambda: rows.__delitem__(slice(1, None)),
        "column shifted by one row": lambda: [
            rows[n].__setitem__(column, rows[n + 1][column]) for n in range(1, len(rows) - 1)
        ],
    }
    kind = random.choice(sorted(kinds))
    kinds[kind]()
    rows[:] = rows or [[]]
    return f"{kind} (row {row + 1}, column {column + 1})", None


def in_bytes(random: random.Random, path: Path) -> tuple[str, None]:
    content = path.read_bytes()
    at = random.randrange(len(content))
    kinds = {
        "byte changed": lambda: content[:at] + random.randbytes(1) + content[at + 1 :],
        "byte of no encoding": lambda: content[:at] + b"\xff" + content[at:],
        "cut": lambda: content[:at],
        "empty": lambda: b"",
        "other delimiter": lambda: content.replace(b",", b"|").replace(b";", b"|"),
        "other line ends": lambda: content.replace(b"\r\n", b"\r").replace(b"\n", b"\r"),
        "quotation mark": lambda: content[:at] + b'"' + content[at:],
        "zero bytes": lambda: content[:at] + b"\0" * 3 + content[at:],
        "twice": lambda: content + content,
        "missing": lambda: None,
        "other encoding": lambda: content.decode("utf-8", "replace").encode("utf-16"),
    }
    kind = random.choice(sorted(kinds))
    new = kinds[kind]()
    path.unlink() if new is None else path.write_bytes(new)
    return f"{kind} at byte {at + 1}", None


def in_workbook(random: random.Random, path: Path, source) -> tuple[str, tuple | None]:
    if random.random() < 0.4:
        return in_bytes(random, path)
    book = openpyxl.load_workbook(path)
    sheet = book[source.sheet]
    row = random.randrange(source.header_row, sheet.max_row + 1)
    column = random.randrange(1, sheet.max_column + 1)
    new = random.choice((*DATES, *NUMBERS, "x", "", 43529, 0.4, True, None))
    sheet.cell(row, column).value = new
    book.save(path)
    return f"row {row}, column {column} -> {new!r}", None


# --- the judge


def judged(base, seed: int, with_sdtm: bool) -> str:
    """Spoils the deliveries by the seed and holds what comes of it against the rules above. Says how it ended."""
    study, folder, given, known = base
    chance = random.Random(seed)
    name = chance.choice(sorted(study.file.sources))
    source = study.file.sources[name]
    day = chance.choice(sorted(path.name for path in RAW.iterdir()))
    path = folder / day / source.file
    done, cell = mutate(chance, path, source)
    told = f"seed {seed}: {day}/{source.file}: {done}"
    try:
        try:
            found = forms(study, folder, given, {name})
        except (RawFileError, StudyFileError) as error:
            assert all(source.file in str(problem) for problem in error.problems), (told, str(error))
            assert "/tmp" not in str(error), told
            return "refused"
        raw, rows = found[name]
        if path.suffix != ".xlsx":
            assert as_read(raw, path, folder, source), told
        outcomes = rows.outcomes
        assert len(outcomes) == len(raw), told
        assert set(outcomes["outcome"]) <= {"in form", "rejected", "superseded"}, told
        assert outcomes.loc[outcomes["outcome"] != "in form", "reason"].notna().all(), told
        if cell:
            assert cell_is_told(cell, f"{day}/{source.file}", raw, rows, study, source), (told, cell[2][:50])
        for text, values in by_text(raw, rows.form).items():
            assert known[name].get(text, values) == values, told
        if with_sdtm:
            through_sdtm(found, study)
        return "read"
    except Exception as error:
        if isinstance(error, AssertionError):
            raise
        raise AssertionError(f"{told}: {type(error).__name__}: {error}") from error
    finally:
        shutil.copyfile(RAW / day / source.file, path)


def as_read(raw: pd.DataFrame, path: Path, folder: Path, source) -> bool:
    """Whether the raw layer has the rows and cells of the file as Python's csv reader has them."""
    # a column that is never read may hold what is no text
    text = path.read_bytes().decode(source.encoding, "replace").removeprefix("\ufeff")
    header, *body = csv.reader(io.StringIO(text, newline=""), delimiter=source.delimiter)
    own = raw[raw["_file"] == path.relative_to(folder).as_posix()].set_index("_row")
    first = {name: names[0] for names in source.raw_columns.values() for name in names}
    columns = {at: first.get(name, name) for at, name in enumerate(header) if name not in source.identifying}
    filled = {number: row for number, row in enumerate(body, 2) if len(row) != len(header) or any(row)}
    filled = {number: row for number, row in filled.items() if row}
    ragged = {number for number, row in filled.items() if len(row) != len(header)}
    read = {number: row for number, row in filled.items() if number not in ragged and any(row[at] for at in columns)}
    if set(own.index) != ragged | read.keys() or set(own.index[own["_ragged"].notna()]) != ragged:
        return False
    return all(own.loc[number, name] == row[at] for number, row in read.items() for at, name in columns.items())


def cell_is_told(cell: tuple[int, str, str], file: str, raw: pd.DataFrame, rows, study, source) -> bool:
    """Whether the changed cell ended as its value, as a finding on it, or in a row that says why it is in no form."""
    number, column, new = cell
    column = next((names[0] for names in source.raw_columns.values() if column in names), column)
    here = rows.outcomes[(rows.outcomes["_file"] == file) & (rows.outcomes["_row"] == number)]
    if here.empty or here["outcome"].item() != "in form" or column not in source.raw_columns:
        return True  # a blank row, one with a reason, or a column that is not submitted
    findings = rows.findings[(rows.findings["_file"] == file) & (rows.findings["_row"] == number)]
    if column in set(findings["column"]):
        return True
    corrected = rows.corrections
    if ((corrected["_file"] == file) & (corrected["_row"] == number)).any():
        return True
    form = rows.form[(rows.form["_file"] == file) & (rows.form["_row"] == number)]
    text = " ".join(unicodedata.normalize("NFKC", new).replace("\u200b", "").split())
    kinds = {name: one.metadata["kind"] for name, one in FORMS[source.form].columns.items()}
    return all(
        means(text, value, kinds.get(name, "item"), spec, study, source)
        for name, spec in [*source.columns.items(), *source.items.items()]
        if column in spec.column and name in form
        for value in form[name]
    )


def means(text: str, value, kind: str, spec, study, source) -> bool:
    """Whether the value of a form says what the text says, by a reading of its own."""
    if pd.isna(value):
        words = {*source.missing, ""}
        return text in words or (kind in ("date", "time") and not re.search(r"\d{3}", text))
    if spec.codes:
        return study.code_terms[spec.codes].get(text) == value
    if kind == "date":
        year, *rest = re.fullmatch(r"(\d{4})(?:-(\d\d|-))?(?:-(\d\d))?(?:T.*)?", value).groups()
        numbers = {int(number) for number in re.findall(r"\d+", text)}
        month, day = (int(part) if part and part.isdigit() else None for part in rest)
        named = month is None or month in numbers or MONTHS[month - 1] in text.upper()
        return int(year) in numbers and named and (day is None or day in numbers)
    if kind in ("number", "result", "item") and not isinstance(value, str):
        return float(text.replace(",", ".")) == value
    return text in (value, value.replace(".", ",")) or value in {row.english for row in study.translations}


def through_sdtm(found: dict, study) -> None:
    """The SDTM datasets of all forms pass their doors."""
    by_form: dict = {}
    for name, (_, rows) in found.items():
        kind = study.file.sources[name].form
        if kind in ("qs", "rs"):
            by_form.setdefault(kind, {})[name] = rows.form
        else:
            by_form.setdefault(kind, []).append(rows.form)
    given = {kind: stacked(rows) if isinstance(rows, list) else rows for kind, rows in by_form.items()}
    for name, frame in subjects_sdtm(given, study).datasets.items():
        records = frame.drop(columns=["_file", "_row"]).reset_index(drop=True)
        conform(records, DATASETS[name], study.file.extensions)


@pytest.mark.parametrize("first", range(0, 50, 10))
def test_a_spoilt_delivery_is_read_or_refused_and_nothing_is_lost(base, first):
    ends = [judged(base, seed, with_sdtm=seed % 10 == 7) for seed in range(first, first + 10)]
    assert set(ends) <= {"read", "refused"}


@pytest.mark.long
@pytest.mark.parametrize("first", range(1000, 2000, 50))
def test_a_thousand_spoilt_deliveries(base, first):
    ends = [judged(base, seed, with_sdtm=seed % 10 == 7) for seed in range(first, first + 50)]
    assert {"read", "refused"} == set(ends)


def whole_run(seed: int, folder: Path, capsys) -> None:
    study = read_study(PSORIASIS)
    shutil.copytree(RAW, folder / "raw")
    chance = random.Random(seed)
    source = chance.choice(list(study.file.sources.values()))
    done, _ = mutate(chance, folder / "raw" / "2021-05-28" / source.file, source)
    asked = ["--source", str(folder / "raw"), "--warehouse", str(folder / "wh"), "--workers", "1"]
    status = cli.main(["run", str(PSORIASIS), *asked])
    said = capsys.readouterr().err
    assert status in (0, 2, 3), (seed, source.file, done, said)
    assert status == 0 or source.file in said, (seed, source.file, done, said)


def test_a_whole_run_of_a_spoilt_delivery_publishes_or_says_why_not(tmp_path, capsys):
    whole_run(4, tmp_path, capsys)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 130))
def test_whole_runs_of_spoilt_deliveries(tmp_path, capsys, seed):
    whole_run(seed, tmp_path, capsys)
