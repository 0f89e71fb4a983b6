"""Study file and raw files only: all that is wrong with them, at once. No SDTM is built, nothing is published.

Sources are looked at side by side; each is read, found wanting and forgotten, so memory holds one or two.
"""

from __future__ import annotations

import hashlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa

from flows.problems import Problem, RawFileError, StudyFileError, did_you_mean
from flows.sources import RawFile, batches, raw_files
from flows.study_file import DECIDE, read_study
from schemas.study import Study
from transforms.drift import new_line, with_code_lines
from transforms.forms import FINDING, SourceRows, let_in, once_a_subject, source_rows
from transforms.privacy import without_birth_values
from transforms.review.queries import with_records

# what is worked on is distinct values: many short columns, where Arrow's fixed cost per call would dominate
pd.options.mode.string_storage = "python"
RECORD = ["SITEID", "SUBJID", "record"]  # of the raw row that a finding stands in
SMALL = 1 << 20  # bytes; less than that is not worth another process


@dataclass
class Checked:
    """open: what a draft has left to a person. study: what is wrong with the study file. raw: which raw files cannot be
    used as they are. findings: what is wrong with their rows; looked for only where the study file is right."""

    open: list[Problem] = field(default_factory=list)
    study: list[Problem] = field(default_factory=list)
    raw: list[Problem] = field(default_factory=list)
    findings: pd.DataFrame = field(default_factory=lambda: numbered(pd.DataFrame(columns=FINDING)))

    @property
    def status(self) -> int:
        return 2 if self.study else 3 if self.raw else 0


def checked(folder: Path, source: Path, through: str | None, workers: int = 1) -> Checked:
    """Every problem of a study folder and its raw files."""
    found = Checked(open_questions(folder))
    try:
        study = read_study(folder)
    except StudyFileError as error:
        found.study, study = error.problems, error.study
    if study is None:
        return found
    try:
        files = raw_files(study, source, through)
    except (StudyFileError, RawFileError) as error:
        of_raw = [problem for problem in error.problems if problem.file != "study.toml"]
        found.study += [problem for problem in error.problems if problem.file == "study.toml"]
        found.raw, files = of_raw, error.files
    found.study = list(dict.fromkeys(found.study))
    if not found.study:
        findings, problems = data_findings(study, files, workers)
        found.findings = with_suggestions(findings, study)
        found.raw += problems + unknown_codes(found.findings, study)
    return found


def open_questions(folder: Path) -> list[Problem]:
    """The comments of a draft that wait for a person."""
    text = (folder / "study.toml").read_text(encoding="utf-8", errors="replace")
    parts = [(number, *row.partition(f"{DECIDE}: ")) for number, row in enumerate(text.splitlines(), 1)]
    return [
        Problem("study.toml", f"line {number}" + (f", {row.split(' = ')[0]}" if " = " in row else ""), said.rstrip('"'))
        for number, row, mark, said in parts
        if mark
    ]


def data_findings(
    study: Study, files: list[RawFile], workers: int
) -> tuple[pd.DataFrame, list[Problem]]:
    """The findings in the rows of all the files, and the files that could not be read to their end."""
    (demographics,) = study.sources_of("dm")
    # the largest are looked at first; a workbook is zipped, and slow to read
    sizes = {name: 0 for name in study.file.sources if any(file.source == name for file in files)}
    for file in files:
        if file.source:
            packed = 1 if study.file.sources[file.source].format == "csv" else 20
            sizes[file.source] += packed * file.size
    last = newest(files)
    found, problems = [drift(study, files)], []
    if demographics not in sizes:  # without them every row would be of an unknown subject
        return numbered(found[0]), []
    first = rows_of(demographics, files, study, last)
    if isinstance(first, list):
        return numbered(found[0]), first
    known, held = let_in(first)
    jobs = [
        (name, files, study, last, known, held)
        for name in sorted(sizes, key=sizes.get, reverse=True)
        if name != demographics
    ]
    done = [(first.findings, first.corrections["line"])]
    if workers > 1 and sum(sizes.values()) > SMALL and jobs:
        with ProcessPoolExecutor(min(workers, len(jobs)), multiprocessing.get_context("fork")) as pool:
            parts = list(pool.map(_source_findings, *zip(*jobs, strict=True)))
    else:
        parts = [_source_findings(*job) for job in jobs]
    for part in parts:
        if isinstance(part, list):
            problems += part
        else:
            done.append(part)
    lines = pd.concat([line for _, line in done])
    if not problems and sizes.keys() == study.file.sources.keys():
        found.append(idle_corrections(study, set(lines)))
    together = once_a_subject(pd.concat([*(part for part, _ in done), *found], ignore_index=True))
    return numbered(without_birth_values(together, study)), problems


def _source_findings(
    name: str, files: list[RawFile], study: Study, last: dict[str, str], known: pd.Index, held: pd.Index
) -> tuple[pd.DataFrame, pd.Series] | list[Problem]:
    rows = rows_of(name, files, study, last, known, held)
    return rows if isinstance(rows, list) else (rows.findings, rows.corrections["line"])


def rows_of(
    name: str,
    files: list[RawFile],
    study: Study,
    last: dict[str, str],
    known: pd.Index | None = None,
    held: pd.Index | None = None,
) -> SourceRows | list[Problem]:
    """The rows of one source through the form door; the problems, where a file cannot be read."""
    source = study.file.sources[name]
    tables: list[pa.Table] = []
    problems: list[Problem] = []
    for file in files:
        if file.source == name:
            try:
                tables += batches(file, source)
            except RawFileError as error:
                problems += error.problems
    if problems:
        return problems
    raw = text_frame(pa.concat_tables(tables, promote_options="default"))
    rows = source_rows(raw, name, study, last.get(name), known, held)
    named = raw[raw["_row"].isin(rows.findings["_row"]) & raw["_file"].isin(rows.findings["_file"])]
    return rows._replace(findings=with_records(rows.findings, {name: named}, study))


def text_frame(table: pa.Table) -> pd.DataFrame:
    """Raw text as categories."""
    frame = table.unify_dictionaries().to_pandas(date_as_object=False)
    for name in frame.columns[frame.dtypes == "category"]:
        if not len(
            frame[name].cat.categories
        ):  # a column without any value has no type for its categories either
            frame[name] = pd.Categorical.from_codes([-1] * len(frame), pd.Index([], dtype="str"))
    return frame


def newest(files: list[RawFile]) -> dict[str, str]:
    """Source -> its last delivery."""
    return {file.source: file.delivery for file in files if file.source}


def with_suggestions(findings: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The findings; those of a code that is not known name the one that may have been meant."""
    codes = {
        (name, column): study.file.codelists[spec.codes]
        for name, source in study.file.sources.items()
        for spec in source.specs().values()
        if spec.codes
        for column in spec.column
    }
    unknown = findings[findings["rule"].isin(["CODE", "UNIT"]) & findings["value"].notna()]
    for (dataset, column, value), rows in unknown.groupby(["dataset", "column", "value"]):
        if hint := did_you_mean(value, codes.get((dataset, column), ())):
            findings.loc[rows.index, "message"] += hint
    return with_code_lines(findings, study)


def drift(study: Study, files: list[RawFile]) -> pd.DataFrame:
    """How deliveries differ from those before them. Columns and files that are new: in the raw layer at most, nowhere
    else until they are mapped."""
    rows = []
    for file in files:
        end = f": the file is set aside, and what source {file.aside} sent before keeps serving" if file.aside else ""
        severity = "error" if file.aside else "warning"
        for event in file.events:
            place = (file.source or file.aside, None, file.name, 1, event.column, None)
            rows.append((event.rule, severity, *place, event.message + end))
        if file.source:
            for column in file.new:
                line = new_line(file.source, study.file.sources[file.source], column)
                unread = " (it is not read)" if column in file.left_out else ""
                words = f"is a new column of source {file.source}{unread}: {line}"
                rows.append(("NEW-COLUMN", "warning", file.source, None, file.name, 1, column, None, words))
        elif file.new:
            words = "belongs to no source of study.toml"
            rows.append(("NEW-FILE", "warning", None, None, file.name, 1, None, None, words))
    return pd.DataFrame(rows, columns=FINDING)


def unknown_codes(findings: pd.DataFrame, study: Study) -> list[Problem]:
    """The codes that the study file does not know, where its policy is that they stop the run."""
    found = findings[findings["rule"] == "CODE"]
    if found.empty or study.file.drift.new_code != "stop":
        return []
    return [Problem(row.file, f"row {row.row}, column {row.column}", row.message) for row in found.itertuples()]


def idle_corrections(study: Study, used: set[int]) -> pd.DataFrame:
    """Lines of corrections.csv that change no row that stands: the site was faster, or the line has a mistake.
    `used` are those that do."""
    rows = [
        ("CORRECTION", "warning", row.source, None, "study/corrections.csv", line, row.column, None,
         f"changes no row any more ({row.match}): the site may have corrected it")
        for line, row in enumerate(study.corrections, 2)
        if line not in used
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=FINDING)


def numbered(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings in reading order, each with an id that follows from what it says of which record, not from where its row
    stands; of the same said twice of one record, the second time counts."""
    findings = findings.reindex(columns=[*FINDING, *RECORD])
    findings = findings.astype({column: "str" for column in findings if column != "_row"}).astype({"_row": "int64"})
    findings = findings.sort_values(
        ["dataset", "USUBJID", "rule", "column", "record", "_file", "_row", "value", "message"], ignore_index=True
    )
    said = findings[["rule", "dataset", "USUBJID", "record", "column", "value"]].fillna("")
    said = pd.Series(["|".join(row) for row in said.itertuples(index=False)], dtype="str")
    again = said.groupby(said).cumcount().astype("str")
    ids = [hashlib.sha256(text.encode()).hexdigest()[:12] for text in (said + "|" + again).tolist()]
    findings.insert(0, "id", pd.Series(ids, dtype="str"))
    return findings.rename(columns={"_file": "file", "_row": "row"})
