"""`trialmill queries`: what a snapshot asks the sites, the workbook for each of them, and what they answer.

The table of queries goes on from the snapshot before, so that one is an input of a run: it is archived like a raw file,
and the manifest names it.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from flows import warehouse
from flows.fingerprint import sha256
from flows.problems import Problem, StudyFileError
from schemas.study import Answer, Study
from transforms.review.queries import (
    ANSWERS,
    CLOSED,
    QUERY,
    harmless,
    key_columns,
    no_queries,
    typed,
    with_records,
)
from transforms.review.queries import queries as next_queries

FILE = "queries.parquet"


def origin(home: Path, delivery: str, fingerprint: dict) -> dict:
    """What the queries of a new snapshot go on from: the table of the newest snapshot with the same data cut, or none,
    that holds no later delivery, by its sha256 in the archive; and the number of the run."""
    served = warehouse.current(home)
    start = {"previous": None, "run": 1 + served["number"] if served else 1}
    for manifest in warehouse.snapshots(home):
        cuts = [marks["options"].get("cutoff") for marks in (manifest["fingerprint"], fingerprint)]
        same = cuts[0] == cuts[1] and manifest["delivery"] <= delivery
        before = next((output for output in manifest["outputs"] if output["path"] == FILE), None)
        if same and before:
            kept(home, warehouse.snapshot_folder(home, manifest), before["sha256"])
            return start | {"previous": before["sha256"]}
    return start


def kept(home: Path, folder: Path, digest: str | None = None) -> None:
    """Puts a snapshot's queries into the archive: they outlive the snapshot, and its damage."""
    warehouse.archived(home, folder / FILE, digest or sha256(folder / FILE))


def table(home: Path, start: dict, findings: pd.DataFrame, study: Study, delivery: str) -> pd.DataFrame:
    """The queries after a run whose origin is `start`."""
    previous = no_queries()
    if start["previous"]:
        previous = typed(pd.read_parquet(home / "archive" / start["previous"]))
    answers = pd.DataFrame([answer.model_dump() for answer in study.queries], columns=list(Answer.model_fields))
    return next_queries(previous, findings, answers.astype("str"), delivery, start["run"])


def in_records(findings: pd.DataFrame, study: Study, staging: Path) -> pd.DataFrame:
    """The findings with site, subject and key of the raw rows that they stand in, read from the raw layer."""
    raw = {}
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        for name, source in study.file.sources.items():
            places = findings.loc[findings["dataset"] == name, ["_file", "_row"]].drop_duplicates()
            path = staging / "raw" / f"{name}.parquet"
            if len(places) and path.exists():
                con.register("places", places.astype({"_file": "str", "_row": "int64"}))
                columns = ", ".join('"' + column.replace('"', '""') + '"' for column in key_columns(source))
                files = [str(part) for part in warehouse.parts(path)]
                raw[name] = con.execute(
                    f"SELECT _file, _row, {columns} FROM read_parquet(?) SEMI JOIN places USING (_file, _row)", [files]
                ).df()
                con.unregister("places")
    return with_records(findings, raw, study)


def queries_of(home: Path, manifest: dict) -> pd.DataFrame:
    """The table of a snapshot's queries."""
    path = warehouse.snapshot_folder(home, manifest) / FILE
    if not path.is_file():
        raise LookupError(f"snapshot {manifest['snapshot']} has no queries: it is older than they are")
    return typed(pd.read_parquet(path))


def text_of(found: pd.DataFrame, manifest: dict, everything: bool) -> str:
    """What a data manager reads: how many, for whom, how old; and each one that is not closed."""
    lines = [f"Queries of {manifest['study']} on {manifest['delivery']} (snapshot {manifest['snapshot']})"]
    lines.append(f"\n  {'for':<10}{'open':>7}{'reopened':>10}{'answered':>10}{'closed':>8}{'oldest':>10}")
    for name, rows in found.groupby(whom(found)):
        counts = rows["state"].value_counts()
        standing = rows.loc[rows["state"] != CLOSED, "age"]
        oldest = f"{standing.max()} d" if len(standing) else "-"
        lines.append(
            f"  {name:<10}{counts.get('open', 0):>7,}{counts.get('reopened', 0):>10,}{counts.get('answered', 0):>10,}"
            f"{counts.get('closed', 0):>8,}{oldest:>10}"
        )
    shown = found if everything else found[found["state"] != CLOSED]
    for name, rows in shown.groupby(whom(shown)):
        lines.append(f"\n{name}")
        for row in rows.sort_values(["age", "USUBJID", "id"], ascending=[False, True, True]).itertuples():
            who = f"subject {row.SUBJID}, " if isinstance(row.SUBJID, str) else ""
            lines.append(f"  {row.id}  {row.state:<9} {row.age:>4} d  {who}{row.file} row {row.row}, {row.rule}")
            lines.append(f"      {harmless(row.question)}")
            if isinstance(row.answer, str):
                lines.append(harmless(f"      {row.answered} {row.who}: {row.answer} ({row.why})"))
    return "\n".join(lines)


def whom(found: pd.DataFrame) -> pd.Series:
    """site 01, or the study: to whom a query goes."""
    return ("site " + found["SITEID"].astype("object")).where(found["recipient"] == "site", "the study")


def workbooks(found: pd.DataFrame, manifest: dict, out: Path) -> list[Path]:
    """One workbook a site in a folder."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for site, rows in found[found["recipient"] == "site"].groupby("SITEID"):
        path = out / f"queries_{manifest['study']}_{re.sub(r'[^A-Za-z0-9-]', '_', site)}_{manifest['delivery']}.xlsx"
        path.write_bytes(workbook(rows, manifest["study"], site, manifest["delivery"]))
        written.append(path)
    return written


# heading, width in characters, column of the table; those without one are for the site to fill in
COLUMNS = (
    ("Query", 15, "id"),
    ("Subject", 10, "SUBJID"),
    ("Form", 22, "form"),
    ("Row", 7, "row"),
    ("Record, visit, date", 28, "record"),
    ("Field", 18, "column"),
    ("Value", 18, "value"),
    ("Question", 58, "question"),
    ("Opened", 12, "opened"),
    ("Age, days", 10, "age"),
    ("Status", 11, "state"),
    ("Answer", 24, "answer"),
    ("Explanation", 34, "why"),
    ("Answered by", 18, "who"),
    ("Answered on", 14, "answered"),
)
FONT = "Calibri"
FILLED_IN = ("answer", "why", "who", "answered")
HEAD_ROW = 4


def workbook(found: pd.DataFrame, study: str, site: str, delivery: str) -> bytes:
    """The queries of one site as a workbook, the same bytes each time. Closed ones are left out.

    Every cell that comes from data is text, marked so (quotePrefix) where a spreadsheet might take it for a formula."""
    import os

    os.environ.setdefault("OPENPYXL_LXML", "False")  # the same bytes whether lxml is there or not
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    shown = found[found["state"] != CLOSED].sort_values(["SUBJID", "file", "row", "id"])
    form = shown["file"].str.replace(r"^\d{4}-\d\d-\d\d/", "", regex=True).str.replace("#", ", ")
    shown = shown.assign(form=form)
    book = Workbook()
    sheet = book.active
    sheet.title = "Queries"
    line = Side(style="thin", color="D0D7DE")
    border = Border(bottom=line)
    sheet["A1"] = f"Data queries: study {study}, site {site}"
    sheet["A1"].font = Font(FONT, bold=True, size=14, color="1F3A5F")
    counts = shown["state"].value_counts()
    said = ", ".join(f"{counts[state]} {state}" for state in ("open", "reopened", "answered") if counts.get(state, 0))
    sheet["A2"] = (
        f"Data delivered up to {delivery}: {said or 'nothing is asked'}. Please correct the data where they are wrong, "
        "fill in the yellow columns and send this file back."
    )
    sheet["A2"].font = Font(FONT, italic=True, color="57606A")
    for at, (heading, width, _) in enumerate(COLUMNS, 1):
        cell = sheet.cell(HEAD_ROW, at, heading)
        cell.font = Font(FONT, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color="1F3A5F")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.row_dimensions[HEAD_ROW].height = 22
    plain = Font(FONT)
    to_fill = PatternFill("solid", start_color="FFF8DC")
    reopened = Font(FONT, bold=True, color="B3261E")
    for at_row, row in enumerate(shown.to_dict("records"), HEAD_ROW + 1):
        longest = 1
        for at, (_, width, name) in enumerate(COLUMNS, 1):
            value = row[name]
            cell = sheet.cell(at_row, at)
            if isinstance(value, str):
                cell.value = harmless(value)
                cell.data_type = "s"  # never a formula, whatever it begins with
                cell.quotePrefix = value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")
                longest = max(longest, -(-len(value) // max(width - 2, 1)))
            elif name in ("row", "age"):
                cell.value = int(value)
            middle = name in ("row", "opened", "age", "state")
            cell.alignment = Alignment("center" if middle else None, "top", wrap_text=True)
            cell.font, cell.border = plain, border
            if name in FILLED_IN:
                cell.fill = to_fill
                cell.protection = Protection(locked=False)
            if name == "state" and value == "reopened":
                cell.font = reopened
        sheet.row_dimensions[at_row].height = 15 * longest + 3
    last = max(HEAD_ROW + len(shown), HEAD_ROW + 1)
    letter = {name: get_column_letter(at) for at, (_, _, name) in enumerate(COLUMNS, 1)}
    choice = DataValidation("list", formula1='"' + ",".join(ANSWERS) + '"', allow_blank=True, showErrorMessage=True)
    choice.error, choice.errorTitle = "Please take one of the answers of the list.", "Answer"
    choice.add(f"{letter['answer']}{HEAD_ROW + 1}:{letter['answer']}{last}")
    sheet.add_data_validation(choice)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 3)
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(COLUMNS))}{last}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = f"{study}, site {site}, {delivery}: page &P of &N"
    written = io.BytesIO()
    book.save(written)
    return dated(written.getvalue(), delivery)


def dated(content: bytes, day: str) -> bytes:
    """A workbook with one date in place of every time of writing."""
    target = io.BytesIO()
    stamp = date.fromisoformat(day)
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(target, "w") as fixed:
        for name in sorted(given.namelist()):
            part = given.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", f"{day}T00:00:00Z".encode(), part)
            entry = zipfile.ZipInfo(name, (stamp.year, stamp.month, stamp.day, 0, 0, 0))
            entry.create_system, entry.compress_type = 0, zipfile.ZIP_DEFLATED
            fixed.writestr(entry, part)
    return target.getvalue()


def take_answers(path: Path, folder: Path, found: pd.DataFrame) -> tuple[int, int]:
    """Adds the answers of a returned workbook to the study's queries.csv; returns how many were new and how many were
    there already. What is wrong with any of them is reported together, and then none is taken."""
    problems: list[Problem] = []
    rows = list(_answers_in(path, problems))
    known = dict(zip(found["id"], found["SITEID"], strict=True))
    sites = {known[row["id"]] for _, row in rows if isinstance(known.get(row["id"]), str)}
    for number, row in rows:
        place = f"row {number}"
        if row["id"] not in known:
            problems.append(Problem(path.name, place, f"{row['id']} is no query of the snapshot"))
        missing = [heading for heading, _, name in COLUMNS if name in FILLED_IN and not row[_KEYS[name]]]
        if missing:
            problems.append(
                Problem(path.name, place, f"{', '.join(missing)} must be filled in: an answer says who, when, why")
            )
        elif not re.fullmatch(r"\d{4}-\d\d-\d\d", row["when"]):
            problems.append(Problem(path.name, place, f"{row['when']} is no date; expected YYYY-MM-DD"))
    if len(sites) > 1:
        problems.append(Problem(path.name, "", f"holds queries of several sites: {', '.join(sorted(sites))}"))
    place, header, there = folder / "queries.csv", list(Answer.model_fields), []
    if place.is_file():
        with place.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            there = list(reader)
        if sorted(reader.fieldnames or []) != sorted(header):
            problems.append(Problem(place.name, "line 1", f"the header must name {', '.join(header)}"))
    if problems:
        raise StudyFileError(problems)
    seen = {tuple(row.get(name) for name in header) for row in there}
    new = [row for _, row in rows if tuple(row[name] for name in header) not in seen]
    if new:
        text = io.StringIO()
        writer = csv.DictWriter(text, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*there, *new])
        whole = place.with_name(".queries.csv")
        whole.write_text(text.getvalue(), encoding="utf-8", newline="")
        whole.replace(place)
    return len(new), len(rows) - len(new)


_KEYS = {"answer": "answer", "why": "why", "who": "who", "answered": "when"}  # column of the table -> of queries.csv


def _answers_in(path: Path, problems: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number and answer of each row of a returned workbook in which something is filled in."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Queries").to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        problems.append(Problem(path.name, "", f"is no workbook with a sheet Queries: {error}"))
        return
    texts = [[_text(cell) for cell in row] for row in rows]
    head = next((at for at, row in enumerate(texts) if "Query" in row and "Answer" in row), None)
    wanted = {name: heading for heading, _, name in COLUMNS if name in ("id", *FILLED_IN)}
    if head is None or (lost := [heading for heading in wanted.values() if heading not in texts[head]]):
        said = f"has no column {', '.join(lost)}" if head is not None else "has no row of headings"
        problems.append(Problem(path.name, "", said))
        return
    at = {name: texts[head].index(heading) for name, heading in wanted.items()}
    for number, row in enumerate(texts[head + 1 :], head + 2):
        filled = {_KEYS.get(name, name): row[column] for name, column in at.items()}
        if filled["id"] and filled["answer"]:
            yield number, filled


def _text(cell: object) -> str:
    if isinstance(cell, date):  # and so a datetime, too
        return cell.isoformat()[:10]
    return " ".join(str(cell).split()) if cell is not None else ""


def listed(found: pd.DataFrame) -> list[dict]:
    """For --json: one object a query."""
    return [
        {name: None if pd.isna(value) else value for name, value in row.items()}
        for row in found[QUERY].to_dict("records")
    ]
