"""Conformance of standard datasets: the rules of sql/conform on a snapshot or on a folder of files.

A rule's SELECT says of each thing that is wrong `variable`, and where it knows them `dataset`, `cause` (what tells one
cause from another: the value that is no term), `value`, `_row` (the record), `records` (how many, where one line of the
result stands for several). Everything is counted in DuckDB: of a million wrong records one finding comes out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd

from flows.datasets import Dataset, found_in, laid_open, quoted, record_views, side_by_side
from schemas.conform_rules import Rule, Select, rules, shared
from transforms.review.dispositions import DISPOSITION, ELSEWHERE, SETTLED, disposed, stale

FINDING = [
    "id", "rule", "severity", "standard", "dataset", "variable", "cause", "records", "example", "words", "todo",
    "source", "engine",
]  # fmt: skip
CAUSES = 20  # of one rule and variable that are told apart
MANY = "many different values"
EXAMPLES = 5  # records that are named with a finding
SEVERITIES = ("error", "warning", "note")


class Conformed(NamedTuple):
    """What the rules say: findings (one record per cause), rules (one per rule: whether it ran, or what it lacks), and
    the datasets looked at."""

    findings: pd.DataFrame
    rules: pd.DataFrame
    datasets: pd.DataFrame


class Report(NamedTuple):
    """What `trialmill conform` tells: findings with their dispositions; exit status 3 while an error is open."""

    title: str
    findings: pd.DataFrame
    rules: pd.DataFrame
    datasets: pd.DataFrame
    stale: pd.DataFrame
    day: str

    @property
    def status(self) -> int:
        open_ = ~self.findings["standing"].isin(SETTLED)
        return 3 if (open_ & self.findings["severity"].eq("error")).any() else 0


def of_study(home: Path, manifest: dict, study: Path, core: Callable | None = None) -> Report:
    """The findings on a snapshot."""
    # heavy, and a folder of datasets needs none of them
    from flows import warehouse
    from flows.dispositions import dispositions_of
    from flows.reading import study_then

    folder = warehouse.snapshot_folder(home, manifest)
    found = conformed(of_snapshot(folder), {}, study_then(home, manifest, study).file.extensions)
    title = f"{manifest['study']}, snapshot {manifest['snapshot']}"
    return report(title, found, core and core(folder / "sdtm", None), dispositions_of(study), manifest["started"][:10])


def of_folder(folder: Path, study: Path | None, core: Callable | None = None) -> Report:
    """The findings on the datasets under a folder. `study`: whose terms and dispositions count."""
    known, extensions = pd.DataFrame(columns=DISPOSITION), None
    if study:
        from flows.dispositions import dispositions_of
        from flows.study_file import read_study

        known, extensions = dispositions_of(study), read_study(study).file.extensions
    datasets, defines = found_in(folder)
    found = conformed(datasets, defines, extensions)
    place = next((one.files[0].parent for one in datasets if one.standard == "SDTM"), folder)
    # nobody knows when the data were made: a promise may yet be kept; a workbook cannot be dated earlier
    return report(str(folder), found, core and core(place, defines.get("SDTM")), known, "1980-01-01")


def report(title: str, found: Conformed, core: pd.DataFrame | None, known: pd.DataFrame, day: str) -> Report:
    findings = found.findings if core is None else in_order(pd.concat([found.findings, core[FINDING]]))
    told, gone = disposed(findings, known, day), stale(findings, known)
    return Report(title, told, found.rules, found.datasets, gone[gone["words"] != ELSEWHERE], day)


def conformed(
    datasets: Sequence[Dataset],
    defines: Mapping[str, Path],
    extensions: Mapping[str, Sequence[str]] | None = None,
) -> Conformed:
    """The findings of every rule that can run. `extensions`: codelist -> the study's own terms; None: no study."""
    with tempfile.TemporaryDirectory(prefix="conform-") as scratch, duckdb.connect() as con:
        con.execute("SET memory_limit = '700MB'")
        con.execute("SET temp_directory = ?", [scratch])
        laid_open(con, datasets, defines, extensions or {}, Path(scratch))
        views, about, there = record_views(con), con.sql("FROM meta.datasets").df(), presence(con)
        there |= {"study"} if extensions is not None else set()
        con.execute("""CREATE TABLE shape.finding (dataset VARCHAR, variable VARCHAR, cause VARCHAR, value VARCHAR,
            records BIGINT, _row BIGINT)""")
        over = {one.name: places(one, about, there) for one in rules().values()}
        found = pd.DataFrame(all_results(con, over, views, about), columns=["name", *RESULT])
        findings = as_findings(con, found)
    ran = [
        (one.id, one.standard, one.severity, one.grain, bool(own := over[one.name]), None if own else lacks(one, there))
        for one in rules().values()
    ]
    names = ["rule", "standard", "severity", "grain", "ran", "lacks"]
    return Conformed(findings, pd.DataFrame(ran, columns=names), about)


def presence(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Everything that a rule can need: AE, AE.AETERM, define; and of each dataset, for `Each: dataset`, its name with
    the variable (AE/--STDTC)."""
    there = set()
    asked = "SELECT DISTINCT domain, dataset, variable, stem FROM meta.variables"
    for domain, dataset, variable, stem in con.execute(asked).fetchall():
        there |= {domain, f"{domain}.{variable}", f"{dataset}/{stem}"}
    standards = con.execute("SELECT DISTINCT standard FROM define.datasets").fetchall()
    return there | {"define" for _ in standards} | {f"define {name}" for (name,) in standards}


def places(rule: Rule, about: pd.DataFrame, there: set[str]) -> list[str | None]:
    """The datasets that a rule runs on one by one; [None] for one that runs once; [] for one that lacks something."""
    if not rule.each:
        return [None] if not lacks(rule, there) else []
    own = about if rule.standard in ("both", "Define") else about[about["standard"] == rule.standard]
    if rule.classes:
        own = own[own["class"].isin(rule.classes)]
    return [name for name in own["dataset"] if not lacks(rule, there, name)]


def lacks(rule: Rule, there: set[str], dataset: str | None = None) -> str | None:
    """What a rule needs and does not find, in words."""

    def missing(need: str) -> bool:
        """AE.AESER and define stand for themselves; in a rule for each dataset STDTC is a variable of it."""
        own = rule.each and "." not in need and need not in ("define", "study") and not need.startswith("define ")
        return (f"{dataset}/{need}" if own else need) not in there

    if rule.each and dataset is None:
        return "no dataset has what it needs"
    return ", ".join(need for need in rule.needs if all(missing(one) for one in need.split(" or "))) or None


RESULT = ["dataset", "variable", "cause", "value", "records", "rows"]


def all_results(
    con: duckdb.DuckDBPyConnection,
    over: Mapping[str, Sequence[str | None]],
    views: Mapping[str, Mapping[str, str]],
    about: pd.DataFrame,
) -> list[tuple]:
    """Name of the rule, and a record per cause (RESULT). `over`: rule -> the datasets that it runs on."""
    facts = about.set_index("dataset", drop=False).to_dict("index")
    tasks = [(rules()[name], dataset) for name, datasets in over.items() for dataset in datasets]
    # once a dataset, whatever rules go on from it
    first = sorted({(name, dataset) for rule, dataset in tasks if dataset for name in shared().keys() & rule.names})

    def prepare(own: duckdb.DuckDBPyConnection, task: tuple[str, str]) -> None:
        name, dataset = task
        select = shared()[name]
        record_view(own, select, dataset, views[dataset])
        bound = {name: facts[dataset][name] for name in select.parameters}
        own.execute(f"CREATE TABLE {prepared(name, dataset)} AS {select.sql}", bound)

    def run(own: duckdb.DuckDBPyConnection, task: tuple[Rule, str | None]) -> list[tuple]:
        rule, dataset = task
        if dataset:
            record_view(own, rule, dataset, views[dataset])
            for name in shared().keys() & rule.names:
                own.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS FROM {prepared(name, dataset)}")
        found = results(own, rule, dataset, facts[dataset] if dataset else {})
        return [(rule.name, *one) for one in found]

    side_by_side(con, prepare, first)
    return [one for found in side_by_side(con, run, tasks) for one in found]


def record_view(con: duckdb.DuckDBPyConnection, select: Select, dataset: str, columns: Mapping[str, str]) -> None:
    """The view `record`: of its 300 columns those that the SQL names, as binding them all takes longer than most
    rules."""
    read = "".join(f"{source} AS {quoted(name)}, " for name, source in columns.items() if name in select.names)
    con.execute(f"CREATE OR REPLACE TEMP VIEW record AS SELECT {read}_row FROM files.{quoted(dataset)}")


def prepared(name: str, dataset: str) -> str:
    """The table of a SELECT of sql/record on a dataset."""
    return f"shape.{quoted(f'{name} of {dataset}')}"


def results(con: duckdb.DuckDBPyConnection, rule: Rule, dataset: str | None, facts: Mapping[str, str]) -> list[tuple]:
    """One record per cause that a rule finds (RESULT). `facts`: what meta.datasets says of the dataset."""
    bound = {"standard": rule.standard, **facts}
    asked = f"""
        SELECT dataset, variable, cause, min(value), sum(coalesce(records, 1))::BIGINT, min(_row, {EXAMPLES})
        FROM (SELECT * FROM shape.finding UNION ALL BY NAME SELECT * FROM ({rule.sql}))
        GROUP BY dataset, variable, cause ORDER BY ALL"""
    try:
        found = con.execute(asked, {name: bound[name] for name in rule.parameters}).fetchall()
    except duckdb.Error as error:
        raise ValueError(f"rule {rule.id}{f' on {dataset}' if dataset else ''}: {error}") from error
    return [(one[0] or dataset, *one[1:]) for one in found]


def as_findings(con: duckdb.DuckDBPyConnection, found: pd.DataFrame) -> pd.DataFrame:
    """The results with their words, ids and examples (columns FINDING), errors first."""
    known, rows = rules(), []
    standard_of = dict(con.execute("SELECT dataset, standard FROM meta.datasets").fetchall())
    found = merged(found)
    examples = named_records(con, found)
    for number, one in enumerate(found.astype(object).where(found.notna(), None).itertuples(index=False)):
        rule = known[one.name]
        said = {name: getattr(one, name) or "" for name in ("dataset", "variable", "cause", "value", "records")}
        standard = standard_of[one.dataset] if rule.standard == "both" else rule.standard
        rows.append((
            finding_id(rule.id, one.dataset, one.variable, one.cause), rule.id, rule.severity, standard,
            one.dataset, one.variable, one.cause, one.records, examples[number], rule.words.format_map(said),
            rule.todo.format_map(said), rule.source, "trialmill",
        ))  # fmt: skip
    return in_order(pd.DataFrame(rows, columns=FINDING))


def finding_id(*cause: str | None) -> str:
    """What a finding is called from run to run: made of its rule, dataset, variable and cause."""
    return sha256("|".join(part or "" for part in cause).encode()).hexdigest()[:10]


def merged(found: pd.DataFrame) -> pd.DataFrame:
    """The results, those of one rule and variable as one where they have more causes than a person would read."""
    by = ["name", "dataset", "variable"]
    many = found.groupby(by, dropna=False)["cause"].transform("nunique") > CAUSES
    if not many.any():
        return found
    whole = found[many].groupby(by, dropna=False, sort=False).agg(
        cause=("cause", lambda _: MANY),
        value=("value", "first"), records=("records", "sum"), rows=("rows", "first"),
    )  # fmt: skip
    # so that the id stays when there is one more of them
    return pd.concat([found[~many], whole.reset_index()], ignore_index=True)


def in_order(findings: pd.DataFrame) -> pd.DataFrame:
    """Errors first; then by dataset and variable."""
    order = findings["severity"].map(SEVERITIES.index)
    by = ["order", "standard", "dataset", "variable", "rule", "cause"]
    return findings.assign(order=order).sort_values(by, ignore_index=True).drop(columns="order")


def named_records(con: duckdb.DuckDBPyConnection, found: pd.DataFrame) -> list[str | None]:
    """Of each result the records that are its examples, by subject and --SEQ, or by their number."""
    told: dict[tuple[str, int], str] = {}
    wanted: dict[str, set[int]] = {}
    for one in found.itertuples(index=False):
        if one.rows:
            wanted.setdefault(one.dataset, set()).update(one.rows)
    for dataset, numbers in wanted.items():
        names = con.execute("SELECT variable, stem FROM meta.variables WHERE dataset = ?", [dataset]).fetchall()
        own = {stem: variable for variable, stem in names}
        keys = [own[stem] for stem in ("USUBJID", "--SEQ", "ASEQ", "IDVARVAL", "QNAM", "PARAMCD") if stem in own]
        if "USUBJID" not in keys:
            continue
        words = ", ', ', ".join(f"'{key} ', {shown(key)}" for key in keys)
        asked = f"SELECT _row, concat({words}) FROM files.{quoted(dataset)} WHERE _row IN (SELECT unnest(?))"
        told |= {(dataset, row): text for row, text in con.execute(asked, [sorted(numbers)]).fetchall()}
    examples = []
    for one in found.itertuples(index=False):
        examples.append("; ".join(told.get((one.dataset, row), f"record {row}") for row in one.rows or ()) or None)
    return examples


def shown(key: str) -> str:
    """A key as a person writes it: a number without .0."""
    return f"if(typeof({quoted(key)}) = 'DOUBLE', printf('%g', {quoted(key)}), {quoted(key)}::VARCHAR)"


def of_snapshot(folder: Path) -> list[Dataset]:
    """The SDTM and ADaM datasets of a snapshot."""
    from flows.reading import layer_files

    return [
        Dataset(standard, name.upper(), tuple(files), "parquet")
        for standard, layer in (("SDTM", "sdtm"), ("ADaM", "adam"))
        for name, files in layer_files(folder, layer).items()
    ]
