"""One rule of sql/conform on tiny datasets, through the real tables (flows/datasets.py) and the real engine.

found("end_before_start", {"AE": [{"AESTDTC": "2020-01-02", "AEENDTC": "2020-01-01"}]})
    -> [Found(dataset="AE", variable="AEENDTC", cause=None, records=1, rows=[1])]

A record is a dict of what matters. STUDYID, DOMAIN or RDOMAIN, USUBJID ("01") and --SEQ (the place in the list) are
added where the IG's domain has them, labels are the IG's. A value that is a Path is the dataset's own file.

Of each rule a file tests/sql/conform/test_*.py has a case:
CASES = {"end_before_start": {"right": {"AE": [...]}, "wrong": {"AE": [...]}, "finds": [("AE", "AEENDTC", None, [1])]}}
`right` is run and finds nothing; `wrong` finds exactly `finds` (dataset, variable, cause, rows: numbers of the records
from 1, or how many where the rule names none). `both` is added to right and wrong; `more` are options of `found`, and
`right_more`, `wrong_more` those of one of the two. A second case of a rule is called "end_before_start: open ends".
"""

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows import conform, datasets
from flows.define_file import TABLES
from schemas.conform_rules import rules


class Found(NamedTuple):
    dataset: str | None
    variable: str | None
    cause: str | None
    records: int
    rows: list[int]
    words: str


@pytest.fixture(scope="session")
def standards(tmp_path_factory):
    """The tables standards.* in one DuckDB file, read once a session; domain -> its variables with label and type."""
    path = tmp_path_factory.mktemp("standards") / "kept.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE SCHEMA standards")
        datasets.standards_tables(con)
        ig: dict[str, dict] = {}
        asked = "SELECT domain, variable, label, type, dataset_label FROM standards.sdtmig ORDER BY domain, position"
        for domain, variable, label, kind, title in con.execute(asked).fetchall():
            own = ig.setdefault("SUPP" if domain == "SUPPQUAL" else domain, {"": title})
            own[variable] = (label, kind)
    return path, ig


@pytest.fixture
def found(standards, tmp_path, monkeypatch):
    """found(rule, {"AE": [...]}) -> its findings, by dataset, variable, cause.

    labels: {"AE.AETERM": "Term", "AE": "Adverse Events"} instead of the IG's (None: no label)
    lengths: {"AE.AETERM": 200} as a transport file says them; bytes: {"AE": 5_000}, the size of its file
    bare: nothing is added to the records
    define: {"variables": [{"dataset": "AE", "variable": "AETERM"}]}, records of the tables define.*; `standard` is SDTM
        where it is not told. A Path is a Define-XML file of SDTM.
    extensions: {"C66729": ["term"]}, the study's own terms; without them there is no study file
    """
    kept, ig = standards

    def from_file(con):
        con.execute(f"ATTACH IF NOT EXISTS '{kept}' AS kept (READ_ONLY)")
        for (name,) in con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'kept' AND schema_name = 'standards'"
        ).fetchall():
            con.execute(f"CREATE VIEW standards.{name} AS FROM kept.standards.{name}")

    monkeypatch.setattr(datasets, "standards_tables", from_file)
    laid_out, runs = datasets.define_tables, iter(range(1000))

    def results(rule, tables, *, labels=None, lengths=None, bare=False, define=None, extensions=None, bytes=None):
        one, folder = rules()[rule], tmp_path / str(next(runs))
        folder.mkdir()

        def with_rows(con, files):
            laid_out(con, files)
            for table, records in (define if isinstance(define, dict) else {}).items():
                names = ["standard", *(name.partition(":")[0] for name in TABLES[table].split())]
                for record in records:
                    assert set(record) <= set(names), record
                    values = [({"standard": "SDTM"} | record).get(name) for name in names]
                    con.execute(f'INSERT INTO define."{table}" VALUES ({", ".join("?" * len(names))})', values)

        monkeypatch.setattr(datasets, "define_tables", with_rows)
        given = [
            datasets.Dataset(
                "ADaM" if name.startswith("AD") else "SDTM",
                name,
                (records if isinstance(records, Path) else file(folder, name, records, ig, labels or {}, bare),),
                records.suffix[1:] if isinstance(records, Path) else "parquet",
            )
            for name, records in tables.items()
        ]
        with duckdb.connect() as con:
            files = {"SDTM": define} if isinstance(define, Path) else {}
            datasets.laid_open(con, given, files, extensions or {}, folder)
            for place, length in (lengths or {}).items():
                dataset, _, variable = place.partition(".")
                con.execute(
                    "UPDATE meta.variables SET length = ? WHERE dataset = ? AND variable = ?",
                    [length, dataset, variable],
                )
            for dataset, size in (bytes or {}).items():
                con.execute("UPDATE meta.datasets SET bytes = ? WHERE dataset = ?", [size, dataset])
            about, there = con.sql("FROM meta.datasets").df(), conform.presence(con)
            there |= {"study"} if extensions is not None else set()
            con.execute("""CREATE TABLE shape.finding (dataset VARCHAR, variable VARCHAR, cause VARCHAR, value VARCHAR,
                records BIGINT, _row BIGINT)""")
            over = conform.places(one, about, there)
            assert over, f"{rule} cannot run: {conform.lacks(one, there)}"
            views, answers = datasets.record_views(con), []
            for found_one in conform.all_results(con, {rule: over}, views, about):
                _, dataset, variable, cause, value, records, rows = found_one
                said = {"dataset": dataset, "variable": variable, "cause": cause, "value": value}
                words = one.words.format_map({key: text or "" for key, text in said.items()} | {"records": records})
                answers.append(Found(dataset, variable, cause, records, sorted(rows or []), words))
        return sorted(answers, key=in_order)

    return results


def in_order(one):
    return tuple(str(part) for part in one[:3])


def file(folder, name, records, ig, labels, bare):
    """A Parquet file of a dataset, with labels."""
    domain = "SUPP" if name.startswith("SUPP") else name if name in ig else name[:2]
    known = {} if name.startswith("AD") else ig.get(domain, {})
    added = {"STUDYID": "S", "USUBJID": "01"} if name.startswith("AD") else {}
    if not bare and known:
        has = {"DOMAIN": domain, "RDOMAIN": name[4:], "USUBJID": "01", "STUDYID": "S"}
        added = {key: has[key] for key in ("STUDYID", "DOMAIN", "RDOMAIN", "USUBJID") if key in known}
    rows = []
    for place, record in enumerate(records, 1):
        numbered = {f"{domain}SEQ": place} if f"{domain}SEQ" in known and not bare else {}
        rows.append(({} if bare else added | numbered) | record)
    columns = list(dict.fromkeys(key for row in rows for key in row)) or list(added)
    fields, arrays = [], []
    for column in columns:
        values = [row.get(column) for row in rows]
        told = [value for value in values if value is not None]
        if not told:
            kind = pa.float64() if known.get(column, ("", ""))[1] == "Num" else pa.string()
        elif all(isinstance(value, int | float) for value in told):
            kind = pa.float64()
        else:
            kinds = {str: pa.string(), date: pa.date32(), datetime: pa.timestamp("us")}
            kind = kinds[type(told[0])]
        label = labels.get(f"{name}.{column}", known.get(column, (None,))[0])
        fields.append(pa.field(column, kind, metadata={"label": label} if label else None))
        arrays.append(pa.array(values, kind))
    label = labels.get(name, known.get("", None))
    schema = pa.schema(fields, metadata={"label": label} if label else None)
    path = folder / f"{name.lower()}.parquet"
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path)
    return path


@pytest.fixture
def case_holds(found):
    """case_holds(name, case): the right tables have no finding, the wrong ones exactly those of the case."""

    def holds(name, case):
        rule, both = name.partition(":")[0], case.get("both", {})
        more = case.get("more", {})
        right = found(rule, both | case["right"], **more | case.get("right_more", {}))
        assert right == [], "the right tables"
        wrong = found(rule, both | case["wrong"], **more | case.get("wrong_more", {}))
        expected = sorted(case["finds"], key=in_order)
        shown = [(*one[:3], one.rows or one.records) for one in wrong]
        assert shown == [tuple(one) for one in expected]
        for one in wrong:
            assert "{" not in one.words

    return holds
