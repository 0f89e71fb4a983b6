"""One study, from the sites' files to a published snapshot. `run_study` is the order of the steps.

A step is a plain function. `run_study` is given the way to call one: `trialmill run` calls it directly, the Prefect
flow (flows/nightly.py) makes a task of it; no step knows which.
"""

from __future__ import annotations

import math
import multiprocessing
import shutil
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
from pandera.errors import SchemaErrors
from pandera.pandas import DataFrameSchema

from flows import analysis, audit, edit_checks, queries, warehouse
from flows.check import drift, idle_corrections, newest, numbered, text_frame, unknown_codes
from flows.database import build_database
from flows.fingerprint import study_files
from flows.lock import locked, refuse_locked
from flows.problems import RawFileError
from flows.sources import RawFile, batches, raw_files
from flows.study_file import read_study
from schemas.adam import DATASETS as ADAM
from schemas.door import conform, failures
from schemas.edit_checks import edit_checks as known_checks
from schemas.forms import FORMS
from schemas.sdtm import DATASETS as SDTM
from schemas.study import Study
from transforms.distinct import ranks, stacked
from transforms.drift import with_code_lines
from transforms.export.parquet import arrow_table, write_parquet, write_table
from transforms.forms import cleaned, part_of, subject_forms
from transforms.privacy import birth_years, without_birth_dates, without_birth_dates_said, without_birth_values
from transforms.sdtm.cutoff import cut, goes_on
from transforms.sdtm.subjects import places, subjects_sdtm
from transforms.sdtm.trial_design import trial_design

PARTITION_BYTES = 48 << 20  # raw bytes that one partition should hold
BIRTHS = ".births"  # where the demographics stand with their dates of birth, as long as they are needed
PLACES = ("_delivery", "_file", "_row", "_ragged")
TEXT = pa.dictionary(pa.int32(), pa.string())

Step = Callable[..., object]


class DoorError(Exception):
    """An SDTM or ADaM dataset does not fit its schema: our mistake, so nothing is published (exit status 3)."""

    def __init__(self, dataset: str, cases: pd.DataFrame):
        self.cases = cases
        lines = []
        for (column, check), rows in cases.groupby(["column", "check"], dropna=False):
            first = rows["row"].dropna()
            where = f", first in record {int(first.iloc[0]) + 1}" if len(first) else ""
            lines.append(f"{dataset}: {column}: {check}: {len(rows)} value(s){where}")
        super().__init__("\n".join(lines))


@dataclass(frozen=True)
class Request:
    """What a run is asked for."""

    study: Path  # the study's folder
    source: Path  # the folder of deliveries
    warehouse: Path
    fingerprint: dict  # flows.fingerprint: of these inputs, this code and these versions
    started: datetime  # aware; the only clock in a run
    through: str | None = None
    workers: int = 1
    dask: str | None = None
    unlock: dict | None = None  # reason and who, where the run may replace a locked snapshot
    cutoff: str | None = None  # date of the data cut
    queries: dict | None = None  # of a replay: what its queries go on from, as the manifest says (flows/queries.py)


@dataclass
class Written:
    """The Parquet files a step wrote, and what there is to say about them."""

    outputs: list[dict] = field(default_factory=list)
    findings: list[pd.DataFrame] = field(default_factory=list)
    outcomes: list[pd.DataFrame] = field(default_factory=list)  # source, outcome, reason, rows
    corrections: list[pd.DataFrame] = field(default_factory=list)
    accounts: list[dict] = field(default_factory=list)
    cut: list[pd.DataFrame] = field(default_factory=list)  # form, what the data cut did to its rows, rows

    def __iadd__(self, other: Written) -> Written:
        for name in ("outputs", "findings", "outcomes", "corrections", "accounts", "cut"):
            getattr(self, name).extend(getattr(other, name))
        return self


def plainly(function: Callable, *args: object) -> object:
    return function(*args)


def run_study(request: Request, step: Step = plainly) -> dict:
    """Publishes one snapshot and returns its manifest; that of the served one where another run has just published the
    same.

    Raises StudyFileError, RawFileError, DoorError, DatabaseLocked, warehouse.StudyLocked or
    warehouse.AccountsDoNotBalance; whatever it raises, the snapshot before stays served."""
    study = step(read_study, request.study, request.cutoff)
    home = request.warehouse / study.id
    with warehouse.lock(home, request.started):
        if served := warehouse.unchanged(home, request.fingerprint):
            return served
        staging = warehouse.staging(home)
        try:
            refuse_locked(home, request.unlock)
            files = step(raw_files, study, request.source, request.through)
            received = step(ingest, files, study, request, staging)
            written = step(design, study, staging)
            written += step(subjects, study, request, staging, received["buckets"], newest(files))
            without_empty_supplements(staging, written)
            written += step(checked, study, request, staging, received["buckets"], files)
            written += step(adam, study, request, staging, received["buckets"])
            written += step(tables, study, staging)
            written += step(closing, study, request, files, staging, received, written)
            return step(publish, study, request, staging, written)
        except BaseException as error:
            shutil.rmtree(staging, ignore_errors=True)
            audit.append(home / "audit.jsonl", {"event": "stopped", "reason": type(error).__name__}, request.started)
            raise


def ingest(files: list[RawFile], study: Study, request: Request, staging: Path) -> dict:
    """Archives every file and cuts the rows of every source into sets of subjects: one spill file a source and set.
    Returns the number of sets and the rows received per file."""
    digests = {(item["delivery"], item["path"]): item["sha256"] for item in request.fingerprint["inputs"]}
    home = request.warehouse / study.id
    own = study_files(request.study, request.source)
    for name, digest in request.fingerprint["study"].items():
        warehouse.archived(home, own.get(name, request.study / name), digest)
    # read from the archive: what is read is what was hashed, whatever happens to the source folder meanwhile
    files = [
        replace(file, path=warehouse.archived(home, file.path, digests[file.delivery, relative(file, request)]))
        for file in files
    ]
    sizes = {(file.delivery, file.path, file.member): file.size for file in files if file.source}
    buckets = partition_count(sum(sizes.values()))
    (staging / ".spill").mkdir(exist_ok=True)  # there already where a failed reading is tried again
    rows: dict[tuple[str | None, str], int] = {}  # by source and file: a file may hold rows of several
    others: dict[str, list[int]] = {}  # by source: rows of its files that hold nothing for it
    for name, source in study.file.sources.items():
        own = [file for file in files if file.source == name]
        columns = dict.fromkeys(
            file.renamed.get(column, column)
            for file in own
            for column in file.header
            if column not in (*source.identifying, *file.left_out)
        )
        schema = pa.schema([(column, pa.int64() if column == "_row" else TEXT) for column in (*columns, *PLACES)])
        writers = [pa.ipc.new_stream(staging / ".spill" / f"{name}-{bucket}", schema) for bucket in range(buckets)]
        for file in own:
            rows[name, file.name] = 0
            for table in batches(file, source, others.setdefault(name, [])):
                rows[name, file.name] += table.num_rows
                for column in columns.keys() - set(table.column_names):
                    table = table.append_column(column, pa.nulls(table.num_rows, TEXT))
                table = table.select(schema.names)
                for bucket, part in enumerate(by_subject(table, study, source, buckets)):
                    writers[bucket].write_table(part)
        for writer in writers:
            writer.close()
    for file in files:
        if file.lines is not None:
            rows[None, file.name] = file.lines
        elif not file.source:  # declared unused, or unknown: counted in lines, and not read any further
            with file.opened() as path, path.open("rb") as lines:
                rows[None, file.name] = sum(1 for _ in lines)
    return {"buckets": buckets, "rows": rows, "others": {name: sum(counts) for name, counts in others.items()}}


def relative(file: RawFile, request: Request) -> str:
    return file.path.relative_to(request.source / file.delivery).as_posix()


def partition_count(size: int) -> int:
    """How many sets of subjects a study is cut into: it follows from its data alone, never from the machine."""
    return min(256, max(1, math.ceil(size / PARTITION_BYTES)))


def by_subject(table: pa.Table, study: Study, source, buckets: int) -> Iterator[pa.Table]:
    """The rows of each set of subjects. A subject's set follows from its number within the site, read as the forms read
    it; a number that corrections.csv changes lies in the set of the one it becomes."""
    if buckets == 1:
        yield table
        return
    spec = source.columns["SUBJID"]
    subject = table.column(spec.column[0]).combine_chunks()
    terms = study.code_terms.get(spec.codes or "", {})
    becomes = {
        row.value: row.new_value for row in study.corrections if row.column in subject_columns(study, row.source)
    }
    texts = cleaned(pd.Series(subject.dictionary.to_pylist(), dtype="str")).fillna("")
    texts = part_of(pd.Series([becomes.get(text, text) for text in texts], dtype="str"), spec).fillna("")
    numbers = [terms.get(text, text) for text in texts]
    # the numbers of one person lie in one set
    of_text = pa.array([zlib.crc32(study.kin.get(n, n).encode()) % buckets for n in numbers], pa.int32())
    bucket = of_text.take(subject.indices).fill_null(0).to_numpy(zero_copy_only=False)
    table = table.take(np.argsort(bucket, kind="stable")).combine_chunks()
    ends = np.searchsorted(np.sort(bucket), np.arange(buckets + 1))
    for start, end in pairwise(ends):
        part = table.slice(start, end - start)
        yield pa.table([compact(column.combine_chunks()) for column in part.columns], schema=part.schema)


def subject_columns(study: Study, source: str) -> tuple[str, ...]:
    return study.file.sources[source].columns["SUBJID"].column


def compact(values: pa.Array) -> pa.Array:
    """The same values; a dictionary keeps only those that occur, as a set of subjects has few of all the record ids."""
    if not pa.types.is_dictionary(values.type):
        return values
    codes = values.indices.dictionary_encode()
    return pa.DictionaryArray.from_arrays(codes.indices, values.dictionary.take(codes.dictionary))


def subjects(study: Study, request: Request, staging: Path, buckets: int, last: dict[str, str]) -> Written:
    """Raw text -> forms -> SDTM, each set of subjects by itself and in bounded memory."""
    written = side_by_side(request, buckets, partition, study, staging, last)
    shutil.rmtree(staging / ".spill")
    return written


def side_by_side(request: Request, buckets: int, function: Callable, *args: object) -> Written:
    """What the function writes for each set of subjects."""
    written = Written()
    with executor(request, buckets) as pool:
        jobs = [(function, bucket, buckets, *args) for bucket in range(buckets)]
        running = [pool.submit(*job) for job in jobs] if pool else []
        for part in (job.result() for job in running) if pool else (call(*rest) for call, *rest in jobs):
            written += part
    return written


@contextmanager
def executor(request: Request, buckets: int) -> Iterator[Executor | None]:
    """Where partitions run: here, on this machine's cores, or on a Dask cluster. Nothing else depends on it."""
    if request.dask:
        from distributed import Client

        with Client(request.dask) as client:
            yield client.get_executor()
    elif min(buckets, request.workers) > 1:
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(min(buckets, request.workers), fork, warehouse.end_with_parent) as pool:
            try:
                yield pool
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)  # what has not begun need not
                raise
    else:
        yield None


def partition(bucket: int, buckets: int, study: Study, staging: Path, last: dict[str, str]) -> Written:
    """One set of subjects, from raw text to SDTM, written as one part of every dataset."""
    part = part_name(bucket, buckets)
    written = Written()
    received = {name: spilled(staging / ".spill" / f"{name}-{bucket}") for name in study.file.sources}
    raw = {}
    for name, source in study.file.sources.items():
        raw[name] = text_frame(received[name].select([*source.raw_columns, *PLACES]))
        received[name] = without_birth_dates(received[name], source, study)
        write(staging, f"raw/{name}.parquet{part}", received[name], None, written)
    forms, outcomes, findings, corrections = subject_forms(raw, study, last)
    raw.clear()
    forms, outcomes, ongoing, counts = cut(forms, outcomes, study)
    written.cut.append(counts)
    rows_by_outcome = (
        outcomes.groupby(["_source", "outcome", "reason"], observed=True, dropna=False)
        .size()
        .rename("rows")
        .reset_index()
    )
    written.outcomes.append(rows_by_outcome.astype({"_source": "str", "outcome": "str", "reason": "str"}))
    written.corrections.append(corrections)
    of_source = outcomes.groupby("_source", observed=True).indices
    for name, rows in received.items():
        own = outcomes.take(of_source.get(name, []))
        aside = (own["outcome"] != "in form").to_numpy()
        why = arrow_table(own.loc[aside, ["outcome", "reason"]].add_prefix("_"))
        rows = rows.filter(pa.array(aside))
        columns = [compact(column.combine_chunks()) for column in (*rows.columns, *why.columns)]
        rows = pa.table(columns, names=[*rows.column_names, *why.column_names])
        write(staging, f"rejected/{name}.parquet{part}", rows, None, written)
    received.clear()
    by_name = {name: rows for name, rows in forms.items() if not isinstance(rows, dict)}
    by_name |= {name: rows for given in forms.values() if isinstance(given, dict) for name, rows in given.items()}
    for name, rows in by_name.items():
        write(staging, f"forms/{name}.parquet{part}", birth_years(rows, study), FORMS.get(name), written)
    if study.policies.birth_date != "full":  # for the edit checks alone, which take it away
        write(staging, f"{BIRTHS}/dm.parquet{part}", forms["dm"], FORMS["dm"], Written())
    sdtm = goes_on(subjects_sdtm(forms, study), ongoing, study)
    written.findings += [findings, sdtm.findings]
    del forms, by_name
    for name in list(sdtm.datasets):
        frame = sdtm.datasets.pop(name)
        parents = sdtm.parents[sdtm.parents["dataset"] == name]
        write_sdtm(staging, name, frame, parents, study, part, written)
    return written


def spilled(path: Path) -> pa.Table:
    table = pa.ipc.open_stream(path).read_all()
    return table.unify_dictionaries().combine_chunks()


def write(
    staging: Path, name: str, frame: pd.DataFrame | pa.Table, schema: DataFrameSchema | None, written: Written
) -> None:
    path = staging / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        content = write_table(frame, file) if isinstance(frame, pa.Table) else write_parquet(frame, schema, file)
    written.outputs.append({"path": name, "content": content, "rows": len(frame)})


def write_sdtm(
    staging: Path,
    name: str,
    frame: pd.DataFrame,
    parents: pd.DataFrame,
    study: Study,
    part: str,
    written: Written,
) -> None:
    """Through the SDTM door into sdtm/, and where each record comes from into lineage/."""
    schema = SDTM[name]
    records = through_door(frame.drop(columns=["_file", "_row"]), schema, study)
    write(staging, f"sdtm/{name}.parquet{part}", records, schema, written)
    sequence = f"{schema.metadata['domain']}SEQ"
    lineage = pd.DataFrame(
        {
            "USUBJID": frame["USUBJID"] if "USUBJID" in frame else pd.Series(None, index=frame.index, dtype="str"),
            "SEQ": (frame[sequence] if {sequence, "USUBJID"} <= {*frame} else places(frame)).astype("Int64"),
            "FILE": frame["_file"],
            "ROW": frame["_row"].astype("int64"),
        }
    )
    further = parents.rename(columns={"seq": "SEQ", "_file": "FILE", "_row": "ROW"})[["USUBJID", "SEQ", "FILE", "ROW"]]
    if len(further):
        lineage = stacked([lineage, further])
        keys = [lineage["ROW"], ranks(lineage["FILE"]), lineage["SEQ"].to_numpy(int), ranks(lineage["USUBJID"])]
        lineage = lineage.take(np.lexsort(keys)).drop_duplicates(ignore_index=True)
    write(staging, f"lineage/{name}.parquet{part}", lineage, None, written)


def through_door(frame: pd.DataFrame, schema: DataFrameSchema, study: Study) -> pd.DataFrame:
    try:
        return conform(frame.reset_index(drop=True), schema, study.file.extensions)
    except SchemaErrors as errors:
        raise DoorError(schema.name, failures(errors)) from None


def without_empty_supplements(staging: Path, written: Written) -> None:
    """Takes out SUPP-- and RELREC where no subject has a record: nothing was supplemental."""
    for name, path in datasets(staging, "sdtm"):
        here = (f"sdtm/{path.name}", f"lineage/{path.name}")  # a file, or the folder of its parts
        records = [out["rows"] for out in written.outputs if out["path"].startswith(here[0])]
        if name.startswith(("SUPP", "RELREC")) and not any(records):
            for dataset in (staging / one for one in here):
                shutil.rmtree(dataset) if dataset.is_dir() else dataset.unlink()
            written.outputs = [out for out in written.outputs if not out["path"].startswith(here)]


def design(study: Study, staging: Path) -> Written:
    """The trial design datasets, from the study's tables."""
    written = Written()
    no_parents = pd.DataFrame(columns=["USUBJID", "seq", "_file", "_row"])
    for name, frame in trial_design(study).items():
        write_sdtm(staging, name, frame, no_parents, study, "", written)
    return written


def checked(study: Study, request: Request, staging: Path, buckets: int, files: list[RawFile]) -> Written:
    """Edit checks: each set of subjects by itself, and at last those few that compare subjects."""
    sources: dict[str, list[str]] = {}
    for file in files:
        if file.source:
            sources.setdefault(file.name, []).append(file.source)
    given = (study, staging, sources, delivery_of(request))
    written = side_by_side(request, buckets, check_partition, *given)
    written += check_partition(None, buckets, *given)
    shutil.rmtree(staging / BIRTHS, ignore_errors=True)
    return written


def check_partition(
    bucket: int | None, buckets: int, study: Study, staging: Path, sources: dict[str, list[str]], delivery: str
) -> Written:
    """What the edit checks find in one set of subjects, or in all of them."""
    part = "" if bucket is None else part_name(bucket, buckets)

    def files(layer: str) -> dict[str, list[Path]]:
        every = datasets(staging, layer)
        return {name: [path / part[1:]] if part and path.is_dir() else warehouse.parts(path) for name, path in every}

    with duckdb.connect() as con:
        analysis.study_tables(con, study)
        analysis.sdtm_views(con, files("sdtm"))
        edit_checks.views(con, study, files("forms") | files(BIRTHS))
        scope = "study" if bucket is None else "subject"
        found = edit_checks.findings(con, study, files("lineage"), sources, delivery, scope)
        found = without_birth_dates_said(found, con.sql("SELECT USUBJID, BRTHDAT FROM form.dm").df(), study)
    return Written(findings=[found])


def delivery_of(request: Request) -> str:
    """The newest delivery that the run holds."""
    return max(item["delivery"] for item in request.fingerprint["inputs"])


def adam(study: Study, request: Request, staging: Path, buckets: int) -> Written:
    """SDTM -> ADaM, each set of subjects by itself: no ADaM record needs another subject."""
    return side_by_side(request, buckets, adam_partition, study, staging)


def adam_partition(bucket: int, buckets: int, study: Study, staging: Path) -> Written:
    """One set of subjects, from SDTM to ADaM, written as one part of every dataset."""
    part = part_name(bucket, buckets)
    written = Written()
    with duckdb.connect() as con:
        analysis.study_tables(con, study)
        analysis.sdtm_views(
            con, {name: [path / part[1:] if path.is_dir() else path] for name, path in datasets(staging, "sdtm")}
        )
        for name, frame in analysis.adam(con, study):
            schema = ADAM[name.upper()]
            records = through_door(frame, schema, study)
            write(staging, f"adam/{name.upper()}.parquet{part}", records, schema, written)
    return written


def tables(study: Study, staging: Path) -> Written:
    """ADaM -> the analysis tables."""
    written = Written()
    with duckdb.connect() as con:
        analysis.study_tables(con, study)
        analysis.adam_views(con, {name: warehouse.parts(path) for name, path in datasets(staging, "adam")})
        for name, frame in analysis.tables(con, study):
            write(staging, f"tables/{name}.parquet", frame, None, written)
    return written


def datasets(staging: Path, layer: str) -> list[tuple[str, Path]]:
    """Name and file, or folder of parts, of each dataset of a layer."""
    return [(path.stem, path) for path in sorted((staging / layer).glob("*.parquet"))]


def part_name(bucket: int, buckets: int) -> str:
    return f"/part-{bucket:04}.parquet" if buckets > 1 else ""


def closing(
    study: Study, request: Request, files: list[RawFile], staging: Path, received: dict, so_far: Written
) -> Written:
    """What can be said only when every set of subjects is done: findings with their ids, queries, accounts, the DuckDB
    file."""
    written = Written()
    lines = set(pd.concat(so_far.corrections)["line"]) if so_far.corrections else set()
    findings = pd.concat([*so_far.findings, drift(study, files), idle_corrections(study, lines)], ignore_index=True)
    findings = queries.in_records(without_answered_blanks(findings), study, staging)
    findings = with_code_lines(numbered(without_birth_values(findings, study)), study)
    if unknown := unknown_codes(findings, study):
        raise RawFileError(unknown)
    write(staging, "findings.parquet", findings, None, written)
    written.findings.append(findings)
    home, start = request.warehouse / study.id, queries_origin(study, request)
    write(staging, queries.FILE, queries.table(home, start, findings, study, delivery_of(request)), None, written)
    if request.queries is None:
        queries.kept(home, staging)
    written.accounts = accounts(study, files, received, so_far)
    build_database(
        staging / f"{study.id}.duckdb",
        staging,
        {
            "accounts": pd.DataFrame(written.accounts),
            "outcomes": pd.concat(so_far.outcomes)
            .groupby(["_source", "outcome", "reason"], dropna=False)["rows"]
            .sum()
            .reset_index(),
            "corrections": pd.concat(so_far.corrections, ignore_index=True),
            "variables": variables(study),
            "standards": pd.DataFrame(standards(study).items(), columns=["name", "version"]),
            "checks": edit_checks.standing(study),
        }
        | ({"cutoff": rows_cut(so_far).assign(cutoff=study.cutoff)} if study.cutoff else {}),
    )
    return written


def without_answered_blanks(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings without those of edit checks that ask for a value in a cell which the form door has blanked, and
    asked about, already."""
    rules = [check.rule for check in known_checks().values()]
    of_check = findings["rule"].isin(rules)
    cell = pd.MultiIndex.from_frame(findings[["_file", "_row", "column"]].astype({"_file": "str", "column": "str"}))
    again = of_check & findings["value"].isna() & cell.isin(cell[~of_check])
    return findings[~again].reset_index(drop=True)


def queries_origin(study: Study, request: Request) -> dict:
    """What the queries go on from: what a replay says, else the snapshot before."""
    home = request.warehouse / study.id
    return request.queries or queries.origin(home, delivery_of(request), request.fingerprint)


def rows_cut(written: Written) -> pd.DataFrame:
    """One record per form and what the data cut did to its rows: cut, or opened (they end after it)."""
    return pd.concat(written.cut).groupby(["form", "what"], sort=False)["rows"].sum().reset_index()


def accounts(study: Study, files: list[RawFile], received: dict, written: Written) -> list[dict]:
    """One record per source, and per file without one: rows received, and what became of them."""
    outcomes = pd.concat(written.outcomes).groupby(["_source", "outcome"])["rows"].sum()
    lines = []
    for name in study.file.sources:
        known = ("in form", "rejected", "superseded", "cut")
        count = {outcome: int(outcomes.get((name, outcome), 0)) for outcome in known}
        others = received["others"].get(name, 0)
        total = sum(received["rows"][name, file.name] for file in files if file.source == name) + others
        lines.append(
            {
                "source": name,
                "received": total,
                "in_forms": count["in form"],
                "rejected": count["rejected"],
                "superseded": count["superseded"],
                "unused": others,
            }
            | ({"cut": count["cut"]} if study.cutoff else {})
        )
    for file in files:
        if not file.source:
            rows = received["rows"][None, file.name]
            lines.append(
                {
                    "source": file.name,
                    "received": rows,
                    "in_forms": 0,
                    "rejected": 0,
                    "superseded": 0,
                    "unused": rows,
                }
                | ({"cut": 0} if study.cutoff else {})
            )
    return lines


def standards(study: Study) -> dict[str, str]:
    """What the study is held against, each with its version: guides, terminology, coding dictionaries."""
    named = study.file.study
    given = {"SDTMIG": named.sdtmig, "SDTM CT": named.sdtm_ct, "ADaMIG": named.adamig, "ADaM CT": named.adam_ct}
    return given | {one.name: one.version for one in study.file.dictionaries.values()}


def variables(study: Study) -> pd.DataFrame:
    """One record per form column and raw column that it is read from."""
    rows = []
    for name, source in study.file.sources.items():
        for place, spec in source.specs().items():
            rows += [(name, source.form, place, column) for column in spec.column] or [(name, source.form, place, None)]
    return pd.DataFrame(rows, columns=["source", "form", "form_column", "raw_column"])


def publish(study: Study, request: Request, staging: Path, written: Written) -> dict:
    """The one switch; and the audit log's line about it."""
    home = request.warehouse / study.id
    findings = written.findings[-1]
    manifest = warehouse.publish(
        home,
        staging,
        started=request.started,
        fingerprint=request.fingerprint,
        inputs=request.fingerprint["inputs"],
        standards=standards(study),
        accounts=written.accounts,
        outputs=written.outputs,
        findings=findings["rule"].value_counts().sort_index().to_dict(),
        cutoff=study.cutoff and {"date": study.cutoff, "rows": rows_cut(written).to_dict("records")},
        queries=queries_origin(study, request),
        unlocked=request.unlock and {"snapshot": locked(home)["snapshot"], **request.unlock} if locked(home) else None,
    )
    audit.append(home / "audit.jsonl", warehouse.published_event(manifest), request.started)
    return manifest
