"""What changed between two snapshots, layer by layer: raw rows, SDTM, ADaM, tables; and for each analysis value that
changed, the raw edit behind it.

A record is what its natural key says (schemas), a raw row what the source's declared key says; numbers that only count
(--SEQ) are no values. Rows that are the same on both sides never leave DuckDB: only those that differ are paired.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from flows import analysis, warehouse
from flows.reading import layer_files, opened, study_then
from flows.why import NUMBER, Look
from schemas.adam import DATASETS as ADAM
from schemas.sdtm import DATASETS as SDTM
from schemas.study import Study
from transforms.review.diff import Changes, paired, record_keys
from transforms.review.form_columns import all_form_columns, raw_columns

LAYERS = ("raw", "sdtm", "adam", "tables")
COUNTED = {f"{schema.metadata['domain']}SEQ" for schema in SDTM.values()} - {"TSSEQ"} | {"ASEQ", "SRCSEQ"}
# rows that a newer one, or a deletion, has taken the place of: they are no state of the source any more
GONE = ("NEWER", "DUPLICATE: the same row", "DELETED", "REMOVE", "CONTEXT", "TRANSACTION", "COLUMNS")
PLACES = ("_file", "_row", "_delivery", "_ragged")


@dataclass
class DatasetChanges:
    """What changed in one dataset. `columns`: those that one side alone has, by side."""

    layer: str
    name: str
    keys: tuple[str, ...]
    changes: Changes
    columns: dict[str, list[str]]
    rows: dict[str, pd.DataFrame]  # old, new: the rows that differ

    def count(self, what: str) -> int:
        return int((self.changes.records["what"] == what).sum())


@dataclass
class Difference:
    old: dict  # manifests
    new: dict
    datasets: list[DatasetChanges] = field(default_factory=list)
    only: list[tuple[str, str, str]] = field(default_factory=list)  # layer, dataset, side that alone has it
    causes: pd.DataFrame = field(default_factory=pd.DataFrame)  # as `causes` gives them

    def links(self, dataset: str, record: int, column: str) -> list[tuple[str, int, str]]:
        """The raw records behind a value: source, position among the source's changes, and by which way."""
        return self._links.get((dataset, record, column), [])

    @cached_property
    def _links(self) -> dict[tuple[str, int, str], list[tuple[str, int, str]]]:
        found: dict[tuple[str, int, str], list[tuple[str, int, str]]] = {}
        for dataset, record, column, *link in self.causes.itertuples(index=False):
            found.setdefault((dataset, record, column), []).append(tuple(link))
        return found


def difference(home: Path, old: dict, new: dict, folder: Path) -> Difference:
    """All that changed from one snapshot to another. `folder` is the study's."""
    found = Difference(old, new)
    study = study_then(home, new, folder)
    same = unchanged(old, new)
    places = {"old": warehouse.snapshot_folder(home, old), "new": warehouse.snapshot_folder(home, new)}
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        for layer in LAYERS:
            sides = {side: layer_files(place, layer) for side, place in places.items()}
            names = list(dict.fromkeys([*sides["new"], *sides["old"]]))
            for name in names:
                if name not in sides["old"] or name not in sides["new"]:
                    found.only.append((layer, name, "new" if name in sides["new"] else "old"))
                    continue
                parts = {side: files[name] for side, files in sides.items()}
                whole = {side: list(files) for side, files in parts.items()}
                if layer != "raw" and not speaks_of_another(name):
                    left = same & {_relative(p, places[side]) for side in parts for p in parts[side]}
                    parts = {side: [p for p in parts[side] if _relative(p, places[side]) not in left] for side in parts}
                    if not any(parts.values()):
                        continue
                elif layer == "raw" and _all_same(name, parts, places, same):
                    continue
                changed = dataset_changes(con, layer, name, parts, whole, places, study)
                if len(changed.changes.records) or any(changed.columns.values()):
                    found.datasets.append(changed)
    found.causes = causes(home, found, folder)
    return found


def two_snapshots(home: Path, old: str | None, new: str | None) -> tuple[dict, dict]:
    """The manifests of two snapshots, each by its id or a date; else the served one and the one before it."""
    later = warehouse.snapshot(home, new)
    if old is not None:
        return warehouse.snapshot(home, old), later
    names = [manifest["snapshot"] for manifest in warehouse.snapshots(home)]
    before = names[names.index(later["snapshot"]) + 1 :]
    if not before:
        raise LookupError(f"{home.name}: there is no snapshot before {later['snapshot']}")
    return warehouse.snapshot(home, before[0]), later


def speaks_of_another(name: str) -> bool:
    """Datasets of which a record speaks of another one by its number."""
    return name.startswith("SUPP") or name in ("RELREC", "CO")


def unchanged(old: dict, new: dict) -> set[str]:
    """Files, relative to their snapshots, that are the same in both."""
    then = {output["path"]: output["sha256"] for output in old["outputs"]}
    return {output["path"] for output in new["outputs"] if then.get(output["path"]) == output["sha256"]}


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _all_same(name: str, parts: Mapping, places: Mapping, same: set[str]) -> bool:
    """Whether a source has the same rows, and the same ones stand."""
    files = {_relative(path, places[side]) for side in parts for path in parts[side]}
    aside = {file.replace("raw/", "rejected/", 1) for file in files}
    return files | aside <= same


def dataset_changes(
    con: duckdb.DuckDBPyConnection,
    layer: str,
    name: str,
    parts: Mapping[str, list[Path]],
    whole: Mapping[str, list[Path]],
    places: Mapping[str, Path],
    study: Study,
) -> DatasetChanges:
    types = {side: _types(con, whole[side]) for side in parts}
    columns = {
        "old": [one for one in types["old"] if one not in types["new"]],
        "new": [one for one in types["new"] if one not in types["old"]],
    }
    common = [one for one in types["new"] if one in types["old"]]
    scans = {
        side: _scan(con, layer, name, parts[side], whole[side], places[side], types["new"], side) for side in parts
    }
    keys = natural_keys(layer, name, common)
    skip = {*PLACES, *COUNTED}
    if layer == "raw":
        skip = {*PLACES, study.file.sources[name].updated, *study.file.sources[name].bookkeeping}
    compared = [one for one in common if one not in skip]
    cast = {one: _same_type(one, types["old"][one], types["new"][one]) for one in compared}
    mark = f"hash({', '.join(cast.values())})" if compared else "0"
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE differing AS SELECT h FROM (
            SELECT {mark} AS h, 1 AS n FROM ({scans["new"]}) UNION ALL SELECT {mark}, -1 FROM ({scans["old"]})
        ) GROUP BY h HAVING sum(n) <> 0"""
    )
    order = ", ".join(f'"{one}"' for one in (keys or PLACES[:2]))
    rows = {
        side: con.execute(
            f"SELECT * FROM ({scans[side]}) WHERE {mark} IN (SELECT h FROM differing) ORDER BY {order}"
        ).df()
        for side in ("old", "new")
    }
    if layer == "raw":
        source = study.file.sources[name]
        for side in rows:
            own = record_keys(rows[side], source, study)
            rows[side] = rows[side].assign(**{f"key {key}": own[key] for key in source.key})
        keys = [f"key {key}" for key in source.key]
    changes = paired(rows["old"], rows["new"], keys, compared)
    if layer == "raw":
        changes = Changes(changes.records.rename(columns=lambda one: one.removeprefix("key ")), changes.values)
        keys = [key.removeprefix("key ") for key in keys]
    return DatasetChanges(layer, name, tuple(keys), changes, columns, rows)


def _types(con: duckdb.DuckDBPyConnection, parts: Sequence[Path]) -> dict[str, str]:
    return {row[0]: row[1] for row in con.execute(f"DESCRIBE FROM {analysis.scan(parts)}").fetchall()}


def _same_type(column: str, old: str, new: str) -> str:
    """A column as it can be compared where the two sides hold it in different types."""
    if old == new:
        return f'"{column}"'
    return f'cast("{column}" AS {"VARCHAR" if "VARCHAR" in (old, new) else "DOUBLE"})'


def natural_keys(layer: str, name: str, columns: Sequence[str]) -> list[str]:
    """What a record is, across nights. A number that only counts is replaced by what it counts: the keys of the SDTM
    dataset that the number is of."""
    if layer == "tables":
        return ["row_key"]
    if layer == "raw":
        return []
    keys = (SDTM if layer == "sdtm" else ADAM)[name].metadata["keys"]
    found = []
    for key in keys:
        of = [own.metadata["keys"] for own in SDTM.values() if key == f"{own.metadata['domain']}SEQ"]
        found += of[0] if key in COUNTED and of else [key]
    return [key for key in dict.fromkeys(found) if key in columns and key not in COUNTED and key != "STUDYID"]


def _scan(
    con: duckdb.DuckDBPyConnection,
    layer: str,
    name: str,
    parts: Sequence[Path],
    whole: Sequence[Path],
    place: Path,
    columns: Mapping[str, str],
    side: str,
) -> str:
    """SELECT of the rows that are compared."""
    if not parts:
        return f"SELECT * FROM {analysis.scan(whole)} WHERE FALSE"
    scan = analysis.scan(parts)
    if layer == "raw":
        aside = layer_files(place, "rejected").get(name)
        if not aside:
            return f"SELECT * FROM {scan}"
        gone = " OR ".join(f"starts_with(_reason, '{words}')" for words in GONE)
        return f"""SELECT r.*, a._reason FROM {scan} AS r LEFT JOIN (
            SELECT _file AS f, _row AS n, _reason FROM {analysis.scan(aside)}
            ) AS a ON r._file = a.f AND r._row = a.n WHERE a._reason IS NULL OR NOT ({gone})"""
    if layer == "sdtm" and speaks_of_another(name):
        return _by_parent(con, scan, place, columns, side)
    return f"SELECT * FROM {scan}"


def _by_parent(con: duckdb.DuckDBPyConnection, scan: str, place: Path, columns: Mapping[str, str], side: str) -> str:
    """The records of SUPP--, CO and RELREC with the natural key of the record that they speak of in place of its
    number, and for RELID the first of the records that it relates."""
    spoken_of = {row[0] for row in con.execute(f"SELECT DISTINCT RDOMAIN FROM {scan}").fetchall()}
    parents = []
    for name, parts in layer_files(place, "sdtm").items():
        schema, own = SDTM[name], SDTM[name].metadata["domain"]
        if own not in spoken_of or f"{own}SEQ" not in schema.columns or speaks_of_another(name):
            continue
        there = set(pq.read_schema(parts[0]).names)
        keys = [key for key in schema.metadata["keys"] if key in there and key not in ("STUDYID", "USUBJID")]
        words = ", ".join(f'cast("{key}" AS VARCHAR)' for key in keys)
        number = f"cast(cast({own}SEQ AS BIGINT) AS VARCHAR)"
        selected = f"USUBJID AS u, '{own}SEQ' AS i, {number} AS n, concat_ws(' ', {words}) AS k"
        parents.append(f"SELECT {selected} FROM {analysis.scan(parts)}")
    if not parents:
        return f"SELECT * FROM {scan}"
    replaced = "coalesce(p.k, s.IDVARVAL) AS IDVARVAL"
    if "RELID" in columns:
        replaced += ", coalesce(min(p.k) OVER (PARTITION BY s.USUBJID, s.RELID), s.RELID) AS RELID"
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE by_parent_{side} AS SELECT s.* REPLACE ({replaced}) FROM {scan} AS s
        LEFT JOIN ({" UNION ALL ".join(parents)}) AS p ON s.USUBJID = p.u AND s.IDVAR = p.i AND s.IDVARVAL = p.n"""
    )
    return f"SELECT * FROM by_parent_{side}"


# --- what caused a change of an analysis value


def causes(home: Path, found: Difference, folder: Path) -> pd.DataFrame:
    """One record per analysis value that differs and raw record that differs and feeds it: dataset, record, column,
    source, raw (position among the source's changes), through: value, where the value is made of it; rows, where it
    decides which records there are; subject, where the value's own records have not changed.

    Column "" is the record as a whole, which was added or removed. Looked up in both snapshots: what was deleted fed
    the old one."""
    columns = ["dataset", "record", "column", "source", "raw", "through"]
    adam = [one for one in found.datasets if one.layer == "adam"]
    raw = [one for one in found.datasets if one.layer == "raw"]
    sdtm = [one for one in found.datasets if one.layer == "sdtm" and "USUBJID" in SDTM[one.name].columns]
    if not adam or not raw:
        return pd.DataFrame(columns=columns)
    parts = []
    for side, manifest in (("old", found.old), ("new", found.new)):
        with opened(home, manifest, folder) as snapshot:
            parts.append(_causes(Look(snapshot), side, adam, sdtm, raw))
    linked = pd.concat(parts, ignore_index=True).drop_duplicates()
    # the nearest alone: what the value is made of, else what decides whether it is there, else its subject's rows
    linked["near"] = linked["through"].map({"value": 0, "rows": 1, "subject": 2})
    nearest = linked.groupby(columns[:3])["near"].transform("min")
    linked = linked[linked["near"] == nearest]
    return linked[columns].sort_values(columns, ignore_index=True)


def _causes(
    look: Look,
    side: str,
    adam: Sequence[DatasetChanges],
    sdtm: Sequence[DatasetChanges],
    raw: Sequence[DatasetChanges],
) -> pd.DataFrame:
    """The links in one snapshot: from the values that differ over sql/lineage to SDTM values that differ, and over
    lineage/ to the rows that differ. An edit that changed nothing in SDTM, such as a date written otherwise, is the
    cause of nothing."""
    con = look.con
    edits = pd.concat([_edits(one, side) for one in raw], ignore_index=True)
    values = pd.concat([_values(one, side) for one in adam], ignore_index=True)
    con.register("given_edits", edits.astype({"file": "str", "source": "str", "column": "str"}))
    changed = pd.concat([_sdtm_values(one, side) for one in sdtm] or [_no_values()], ignore_index=True)
    con.register("changed", changed.astype({"D": "str", "U": "str", "N": "int64", "V": "str"}))
    con.register("given_values", values.astype({"U": "str", "N": "Int64", "column": "str", "dataset": "str"}))
    con.execute("CREATE TEMP TABLE edits AS FROM given_edits; CREATE TEMP TABLE asked AS FROM given_values")
    # only rows of SDTM whose raw rows differ matter, and only their subjects
    touched = " UNION ALL ".join(
        f"""SELECT '{name}' AS D, o.USUBJID AS U, o.SEQ AS N, e.source, e.raw, e."column" AS C
            FROM origin."{name}" AS o INNER JOIN edits AS e ON o.FILE = e.file AND o.ROW = e.row"""
        for name in look.snapshot.names("sdtm")
        if "USUBJID" in SDTM[name].columns
    )
    con.execute(f"CREATE TEMP TABLE touched AS {touched}")
    con.execute("CREATE TABLE subjects AS SELECT DISTINCT U FROM touched SEMI JOIN asked USING (U)")
    for schema in ("sdtm", "adam"):  # sql/lineage reads them: it need not see more than these subjects
        for name in look.snapshot.names(schema):
            if "USUBJID" in look.snapshot.columns(f"{schema}.{name}"):
                own = f"main.{schema}_{name}"
                con.execute(
                    f"CREATE TABLE {own} AS FROM {schema}.{name} AS t SEMI JOIN subjects AS s ON t.USUBJID = s.U"
                )
                con.execute(f"CREATE OR REPLACE VIEW {schema}.{name} AS FROM {own}")
    drawn = " UNION ALL ".join(
        f"""SELECT '{name}' AS D, d.USUBJID AS U, cast(d.SEQ AS BIGINT) AS N, d.SRCDOM,
            CASE WHEN d.SRCDOM = 'DM' THEN 1 ELSE cast(d.SRCSEQ AS BIGINT) END AS SRCSEQ, d.variables
            FROM drawn.{name} AS d SEMI JOIN subjects AS s ON d.USUBJID = s.U"""
        for name in look.snapshot.names("adam")
    )
    con.execute(f"CREATE TEMP TABLE steps AS {drawn}")
    con.register("given_uses", _uses(look))
    con.execute("CREATE TEMP TABLE uses AS FROM given_uses")
    con.execute(
        """CREATE TEMP TABLE reached AS SELECT DISTINCT
            dataset, record, "column", dataset AS D, U, N, variable AS V, 'value' AS through
        FROM asked SEMI JOIN subjects USING (U)"""
    )
    con.execute("CREATE TEMP TABLE front AS FROM reached")
    while con.execute("SELECT count(*) FROM front").fetchall() != [(0,)]:
        con.execute(
            """CREATE OR REPLACE TEMP TABLE front AS
            SELECT DISTINCT f.dataset, f.record, f."column", s.SRCDOM AS D, f.U, s.SRCSEQ AS N, u.SRCVAR AS V,
                least(f.through, u.through) AS through
            FROM front AS f
            INNER JOIN steps AS s ON f.D = s.D AND f.U = s.U AND f.N IS NOT DISTINCT FROM s.N
            INNER JOIN uses AS u ON f.D = u.D AND f.V = u.V AND s.SRCDOM = u.SRCDOM
            WHERE s.variables IS NULL OR list_contains(s.variables, f.V)
            EXCEPT FROM reached"""
        )
        con.execute("INSERT INTO reached FROM front")
    con.register("given_cells", _cells(look))
    return con.execute(
        """SELECT DISTINCT r.dataset, r.record, r."column", t.source, t.raw, r.through
        FROM reached AS r
        INNER JOIN touched AS t ON r.D = t.D AND r.U = t.U AND (r.N IS NOT DISTINCT FROM t.N)
        LEFT JOIN given_cells AS c ON t.C IS NOT NULL AND c.D = t.D AND c.V = r.V AND c.source = t.source AND c.C = t.C
        WHERE (t.C IS NULL OR c.D IS NOT NULL) AND EXISTS (
            FROM changed AS x
            WHERE x.D = r.D AND x.U = r.U AND x.N IN (-1, r.N) AND (x.V IS NULL OR x.V = r.V)
        )
        UNION
        SELECT DISTINCT a.dataset, a.record, a."column", t.source, t.raw, 'subject' AS through
        FROM asked AS a
        INNER JOIN (SELECT DISTINCT U, source, raw FROM touched) AS t ON a.U = t.U"""
    ).df()


def _edits(one: DatasetChanges, side: str) -> pd.DataFrame:
    """One record per raw row that differs, as it stands on one side, and column that differs (missing: the whole row
    came or went)."""
    records, values, rows = one.changes.records, one.changes.values, one.rows[side]
    here = records.index[records[side].notna()]
    at = records.loc[here, side].astype("int64")
    place = pd.DataFrame(
        {
            "source": one.name,
            "raw": here,
            "file": rows["_file"].astype("str").to_numpy()[at],
            "row": rows["_row"].astype("int64").to_numpy()[at],
        }
    )
    columns = values[["record", "column"]].rename(columns={"record": "raw"})
    return place.merge(columns, how="left", on="raw")


def _values(one: DatasetChanges, side: str) -> pd.DataFrame:
    """One record per analysis value that differs: the record's place on one side, and the variable to be looked up; of
    a record that came or went its analysis value, or what it is by its keys."""
    records, values, rows = one.changes.records, one.changes.values, one.rows[side]
    changed = values[["record", "column"]].assign(variable=values["column"])
    whole = records.index[records["what"] != "changed"]
    wanted = [name for name in ("AVAL", "AVALC", *one.keys) if name in rows and name not in ("USUBJID", "PARAMCD")]
    came = pd.DataFrame({"record": whole}).assign(column="").merge(pd.DataFrame({"variable": wanted}), how="cross")
    both = pd.concat([changed, came], ignore_index=True).merge(
        records[[side]].rename(columns={side: "at"}), left_on="record", right_index=True
    )
    both = both[both["at"].notna()]
    at = both["at"].astype("int64").to_numpy()
    number = NUMBER.get(one.name)
    seq = rows[number].astype("Int64").array.take(at) if number else pd.array([pd.NA] * len(at), dtype="Int64")
    return both[["record", "column", "variable"]].assign(
        dataset=one.name, U=rows["USUBJID"].astype("str").to_numpy()[at], N=seq
    )


def _sdtm_values(one: DatasetChanges, side: str) -> pd.DataFrame:
    """One record per SDTM value that differs, as it stands on one side (V missing: the whole record came or went); N is
    -1 where the dataset does not number its records."""
    records, values, rows = one.changes.records, one.changes.values, one.rows[side]
    number = f"{SDTM[one.name].metadata['domain']}SEQ"
    there = records[side].dropna().astype("int64")
    place = pd.DataFrame({"record": there.index, "U": rows["USUBJID"].astype("str").to_numpy()[there]})
    numbered = rows[number].astype("int64").to_numpy()[there] if number in rows else 1 if one.name == "DM" else -1
    place = place.assign(D=one.name, N=numbered)
    found = place.merge(values[["record", "column"]].rename(columns={"column": "V"}), how="left", on="record")
    return found[["D", "U", "N", "V"]]


def _no_values() -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in ("D", "U", "N", "V")})


def _uses(look: Look) -> pd.DataFrame:
    """One record per ADaM variable and variable that it is drawn from: by its value, or by what decides about rows."""
    rows = []
    for name, columns in look.selects.items():
        for variable, drawn in columns.items():
            for through, origins in (("value", drawn.values), ("rows", drawn.rows - drawn.values)):
                for table, column in origins:
                    if column.upper() not in ("STUDYID", "USUBJID", *COUNTED):
                        rows.append((name, variable, table.rpartition(".")[2].upper(), column.upper(), through))
        # what is compared with a baseline is drawn from the value of the baseline record
        rows += [(name, variable, name, "AVAL", "value") for variable in columns if "AVAL" in columns]
    return pd.DataFrame(rows, columns=["D", "V", "SRCDOM", "SRCVAR", "through"]).drop_duplicates()


def _cells(look: Look) -> pd.DataFrame:
    """One record per SDTM variable and raw column that it is read from."""
    rows = []
    study = look.snapshot.study
    for dataset in look.snapshot.names("sdtm"):
        for variable in SDTM[dataset].columns:
            asked = all_form_columns(dataset, variable)
            for name, source in study.file.sources.items():
                for form, column in asked:
                    if form == source.form:
                        rows += [(dataset, variable, name, raw) for raw in raw_columns(source, study, column)]
    return pd.DataFrame(rows, columns=["D", "V", "source", "C"]).drop_duplicates()
