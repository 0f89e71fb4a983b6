"""Where a value comes from: from a number of a table, an ADaM or an SDTM value back to the cells that the sites sent;
and forward, from a raw row to all that it feeds.

Records are followed by the lineage that a snapshot has (lineage/) and that sql/lineage says of ADaM; columns by the
SELECTs themselves (transforms/review/sql_columns.py), by what the transforms use (transforms/review/form_columns.py)
and by the study file. Nothing is guessed: what is not known is not said.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import pandas as pd

from flows import analysis
from flows.reading import Snapshot
from schemas.adam import DATASETS as ADAM
from schemas.sdtm import DATASETS as SDTM
from schemas.text import text_folder
from transforms.review.form_columns import all_form_columns, form_columns, raw_columns
from transforms.review.rules import rule_of
from transforms.review.sql_columns import Columns, select_columns

# what says which record is meant, and not what is in it
IDENTITY = {"STUDYID", "DOMAIN", "RDOMAIN", "USUBJID", "SUBJID", "SITEID"}
NUMBER = {"ADAE": "AESEQ", "ADEX": "ASEQ", "ADQS": "ASEQ", "ADVS": "ASEQ"}  # what tells a subject's records apart


class NotFound(LookupError):
    """There is no such dataset, record or variable."""


@dataclass(frozen=True, order=True)
class Place:
    """One record of a dataset: its subject, and its number among the subject's records."""

    dataset: str
    USUBJID: str | None = None
    SEQ: int | None = None


@dataclass
class Node:
    """One record on the way back, with the variables that are asked for, and what they are made from.

    uses   variable -> dataset.variable that it is worked out from, one step back
    """

    place: Place
    layer: str
    record: dict
    variables: list[str] = field(default_factory=list)
    uses: dict[str, list[str]] = field(default_factory=dict)
    parents: list[tuple[Place, tuple[str, ...]]] = field(default_factory=list)
    cells: list[dict] = field(default_factory=list)  # of an SDTM record: file, row and what stands there


@dataclass
class Trace:
    """The way back of one or more records. `start` are those that were asked for."""

    start: list[Place]
    nodes: dict[Place, Node]
    rules: dict[str, dict]
    line: dict | None = None  # of a table: its labels and numbers
    counted: list[tuple[Place, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    left_out: int = 0
    versions: dict = field(default_factory=dict)


def why(snapshot: Snapshot, dataset: str, wanted: Mapping[str, str], variable: str | None, limit: int | None) -> Trace:
    """The way back of the records of a dataset that have the wanted values; `limit`: so many of them."""
    layer, name = found_dataset(snapshot, dataset)
    look = Look(snapshot)
    trace = Trace([], {}, {}, versions=versions(snapshot))
    if layer == "tables":
        _table(look, name, wanted, variable, limit, trace)
        left = [(place, variables) for place, variables, _ in trace.counted]
    else:
        columns = snapshot.columns(f"{layer}.{name}") if layer == "adam" else snapshot.columns(f"placed.{name}")
        variable = named(variable, columns) if variable else None
        places = look.places(layer, name, wanted)
        if not places:
            raise NotFound(f"{name} has no record with {told(wanted)}")
        trace.left_out = max(0, len(places) - (limit or len(places)))
        trace.start = places[: limit or len(places)]
        left = [(place, (variable,) if variable else ()) for place in trace.start]
    look.follow(left, trace)
    return trace


def versions(snapshot: Snapshot) -> dict:
    """What the snapshot was made with."""
    manifest = snapshot.manifest
    return {
        "snapshot": manifest["snapshot"],
        "delivery": manifest["delivery"],
        "code": manifest["fingerprint"].get("code"),
        "standards": manifest["standards"],
        "libraries": manifest["versions"],
    }


def found_dataset(snapshot: Snapshot, asked: str) -> tuple[str, str]:
    """Layer and name of a dataset, however it was written: AE, sdtm.ae, pasi_response, tables.pasi_response."""
    layer, _, name = asked.rpartition(".")
    for one in (layer.lower(),) if layer else ("tables", "adam", "sdtm"):
        for known in snapshot.names(one) if one in ("tables", "adam", "sdtm") else ():
            if known.casefold() == name.casefold():
                return one, known
    known = [known for one in ("sdtm", "adam", "tables") for known in snapshot.names(one)]
    raise NotFound(f"there is no dataset {asked}; there are {', '.join(known)}")


def named(asked: str, columns: Sequence[str]) -> str:
    for column in columns:
        if column.casefold() == asked.casefold():
            return column
    raise NotFound(f"there is no column {asked}; there are {', '.join(columns)}")


def told(wanted: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in wanted.items())


def matching(wanted: Mapping[str, str], columns: Sequence[str]) -> tuple[str, list[str]]:
    """A condition on a table, and what it binds: values as they are printed, numbers however they are written."""
    parts, values = [], []
    for name, value in wanted.items():
        own = f'"{named(name, columns)}"'
        if value == "":
            parts.append(f"{own} IS NULL")
            continue
        parts.append(f"(cast({own} AS VARCHAR) = ? OR try_cast({own} AS DOUBLE) = try_cast(? AS DOUBLE))")
        values += [value, value]
    return " AND ".join(parts) or "TRUE", values


def _table(
    look: Look, name: str, wanted: Mapping[str, str], variable: str | None, limit: int | None, trace: Trace
) -> None:
    """The line of a table that is meant, and the ADaM records that its number counts."""
    con, columns = look.snapshot.con, look.snapshot.columns(f"tables.{name}")
    condition, values = matching(wanted, columns)
    lines = con.execute(f"FROM tables.{name} WHERE {condition}", values).df()
    if len(lines) != 1:
        keys = ", ".join(lines["row_key"].head(10)) or "none"
        raise NotFound(f"{name} has {len(lines)} lines with {told(wanted)}; one is needed: {keys}")
    trace.line = clean(lines.iloc[0].to_dict()) | {"table": name}
    number = named(variable, columns) if variable else None
    trace.line["number"] = number
    trace.rules[f"tables.{name}"] = sql_rule("tables", name)
    trace.rules[f"counted.{name}"] = sql_rule("counted", name)
    counted = look.counted(name, trace.line, number)
    trace.left_out = max(0, len(counted) - (limit or len(counted)))
    trace.counted = counted[: limit or len(counted)]
    trace.start = [place for place, *_ in trace.counted]


def sql_rule(folder: str, name: str) -> dict:
    """Words and file of a SELECT: the comment that it opens with."""
    path = text_folder("sql") / folder / f"{name.lower()}.sql"
    return {"words": header(path.read_text(encoding="utf-8")), "file": f"sql/{folder}/{name.lower()}.sql"}


def header(select: str) -> str:
    words = []
    for line in select.splitlines():
        if not line.startswith("--") or line.startswith("-- Title: "):  # what follows is for Define-XML
            break
        words.append(line.removeprefix("--").strip())
    return " ".join(words)


def clean(record: Mapping) -> dict:
    """A record without its missing values, dates as they are printed."""
    return {name: plain(value) for name, value in record.items() if not _missing(value)}


def _missing(value: object) -> bool:
    return value is pd.NA or value is None or value is pd.NaT or (isinstance(value, float) and value != value)


def whole(number: float | None) -> int | None:
    return None if _missing(number) else int(number)


def parent_place(source: str, subject: str, number: float | None) -> Place:
    """The place of a record that sql/lineage names: DM has one a subject, the trial's own datasets have no subject."""
    if source in SDTM and "USUBJID" not in SDTM[source].columns:
        return Place(source, None, whole(number))
    return Place(source, subject, 1 if source == "DM" else whole(number))


def plain(value: object) -> object:
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d" if value == value.normalize() else "%Y-%m-%dT%H:%M:%S")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.item() if hasattr(value, "item") else value


def _names(origins: Iterable[tuple[str, str]]) -> list[str]:
    names = [(table.rpartition(".")[2].upper(), column.upper()) for table, column in sorted(origins)]
    return [f"{table}.{column}" for table, column in names if column not in IDENTITY]


@lru_cache
def selected(name: str, tables: tuple[tuple[str, tuple[str, ...]], ...]) -> Columns:
    """What the columns of an ADaM dataset are drawn from, by its SELECT."""
    path = text_folder("sql") / "adam" / f"{name.lower()}.sql"
    return select_columns(path.read_text(encoding="utf-8"), dict(tables))


class Look:
    """Looks things up in one snapshot."""

    def __init__(self, snapshot: Snapshot):
        self.snapshot = snapshot
        self.con = snapshot.con

    # --- columns

    @cached_property
    def tables(self) -> dict[str, list[str]]:
        asked = """SELECT lower(schema_name || '.' || table_name), list(column_name ORDER BY column_index)
            FROM duckdb_columns() WHERE schema_name IN ('sdtm', 'adam', 'study', 'standards') GROUP BY ALL"""
        return dict(self.con.execute(asked).fetchall())

    @cached_property
    def selects(self) -> dict[str, Columns]:
        """ADaM dataset -> what each of its columns is drawn from, by its SELECT."""
        tables = tuple((name, tuple(columns)) for name, columns in sorted(self.tables.items()))
        return {name: selected(name, tables) for name in self.snapshot.names("adam")}

    def uses(self, place: Place, variable: str) -> list[str]:
        """dataset.variable of each variable that makes a value, one step back."""
        if place.dataset in ADAM:
            drawn = self.selects[place.dataset].get(variable)
            # whether there is a record at all is decided by what its rows are chosen by
            return (_names(drawn.values) or _names(drawn.rows)) if drawn else []
        return [name for name in form_columns(place.dataset, variable) if name]

    # --- records

    def places(self, layer: str, name: str, wanted: Mapping[str, str]) -> list[Place]:
        table = f"adam.{name}" if layer == "adam" else f"placed.{name}"
        columns = self.snapshot.columns(table)
        condition, values = matching(wanted, columns)
        number = NUMBER.get(name, "NULL") if layer == "adam" else "SEQ"
        subject = "USUBJID" if "USUBJID" in columns else "NULL"
        asked = f"SELECT {subject}, {number} FROM {table} WHERE {condition} ORDER BY ALL"
        return [Place(name, row[0], whole(row[1])) for row in self.con.execute(asked, values).fetchall()]

    def counted(
        self, table: str, line: Mapping, number: str | None
    ) -> list[tuple[Place, tuple[str, ...], tuple[str, ...]]]:
        """The records that a line of a table counts, each with its variables and the numbers it is in. An empty label
        of sql/counted stands for every line."""
        columns = self.snapshot.columns(f"counted.{table}")
        labels = [name for name in self.snapshot.columns(f"tables.{table}") if name in columns and name in line]
        condition = " AND ".join(f'("{name}" = ? OR "{name}" IS NULL)' for name in labels) or "TRUE"
        numbers = "numbers" if "numbers" in columns else "NULL::VARCHAR[]"
        if number and "numbers" in columns:
            condition += f" AND list_contains(numbers, '{number}')"
        asked = f"""SELECT dataset, USUBJID, SEQ, variables, {numbers} FROM counted.{table} WHERE {condition}
            ORDER BY dataset, USUBJID, SEQ"""
        rows = self.con.execute(asked, [line[name] for name in labels]).fetchall()
        return [(Place(name, subject, whole(seq)), tuple(own), tuple(n or ())) for name, subject, seq, own, n in rows]

    def follow(self, left: Iterable[tuple[Place, tuple[str, ...]]], trace: Trace) -> None:
        """Fills in every record on the way back; no variables: the record as a whole, without following its subject's
        ADSL any further."""
        pending: dict[Place, set[str]] = {}
        whole: set[Place] = set()
        for place, variables in left:
            pending.setdefault(place, set()).update(variables)
            whole |= {place} if not variables else set()
        done: dict[Place, set[str]] = {}
        while pending:
            now, pending = pending, {}
            self._nodes(now, trace)
            for name in sorted({place.dataset for place in now}):
                own = [place for place in now if place.dataset == name]
                for place, parent, given in self._parents(name, own):
                    node = trace.nodes[place]
                    asked = self._asked(place, parent, given, now[place], place in whole)
                    if asked is None:
                        continue
                    link = (parent, tuple(sorted(asked)))
                    if link not in node.parents:
                        node.parents.append(link)
                    if asked - done.setdefault(parent, set()) or parent not in trace.nodes:
                        done[parent] |= asked
                        pending.setdefault(parent, set()).update(asked)
        for name in sorted({place.dataset for place in trace.nodes}):
            known = sql_rule("adam", name) if name in ADAM else rule_of(name, SDTM[name].metadata["domain"])
            trace.rules.setdefault(name, known)
        self._cells(trace, whole)

    def _nodes(self, wanted: Mapping[Place, set[str]], trace: Trace) -> None:
        for name in sorted({place.dataset for place in wanted}):
            layer = "adam" if name in ADAM else "sdtm"
            table, number = (f"adam.{name}", NUMBER.get(name, "NULL")) if layer == "adam" else (f"placed.{name}", "SEQ")
            places = [place for place in wanted if place.dataset == name]
            subject = "USUBJID" if "USUBJID" in self.snapshot.columns(table) else "NULL"
            keys = pd.DataFrame({"S": [p.USUBJID for p in places], "N": [p.SEQ for p in places]})
            keys = keys.astype({"S": "str", "N": "Int64"})
            self.con.register("wanted", keys)
            asked = f"""SELECT w.S AS _S, w.N AS _N, t.* FROM {table} AS t INNER JOIN wanted AS w
                ON {subject} IS NOT DISTINCT FROM w.S AND {number} IS NOT DISTINCT FROM w.N"""
            frame = self.con.execute(asked).df()
            self.con.unregister("wanted")
            for row in frame.to_dict("records"):
                place = Place(name, row.pop("_S") if subject != "NULL" else None, whole(row.pop("_N")))
                node = trace.nodes.setdefault(place, Node(place, layer, clean(row)))
                for variable in sorted(wanted.get(place, ())):
                    if variable not in node.variables:
                        node.variables.append(variable)
                        node.uses[variable] = self.uses(place, variable)

    def _parents(self, name: str, places: list[Place]) -> list[tuple[Place, Place, list[str] | None]]:
        """The records that the records of an ADaM dataset draw on; those of SDTM: the subject's DM."""
        if name not in ADAM:
            return [
                (place, Place("DM", place.USUBJID, 1), None)
                for place in places
                if name != "DM" and place.USUBJID is not None
            ]
        keys = pd.DataFrame({"S": [p.USUBJID for p in places], "N": [p.SEQ for p in places]})
        self.con.register("wanted", keys.astype({"S": "str", "N": "Int64"}))
        asked = f"""SELECT d.USUBJID, d.SEQ, d.SRCDOM, d.SRCSEQ, d.variables FROM drawn.{name} AS d
            INNER JOIN wanted AS w ON d.USUBJID = w.S AND d.SEQ IS NOT DISTINCT FROM w.N ORDER BY ALL"""
        rows = self.con.execute(asked).fetchall()
        self.con.unregister("wanted")
        return [
            (Place(name, subject, whole(seq)), parent_place(source, subject, number), own)
            for subject, seq, source, number, own in rows
        ]

    def _asked(
        self, place: Place, parent: Place, given: list[str] | None, variables: set[str], whole: bool
    ) -> set[str] | None:
        """Which variables of a parent are asked for; None: the parent has nothing to do with what is asked."""
        if place.dataset not in ADAM:  # by the columns that the transforms use
            used = {name.partition(".")[2] for v in variables for name in self.uses(place, v) if name.startswith("DM.")}
            return used or None
        if whole:
            return None if parent.dataset == "ADSL" else set()
        own = variables & set(given) if given else variables
        if parent.dataset == place.dataset:
            return {"AVAL"} if own else None
        used = {
            column
            for variable in own
            for table, _, column in (name.partition(".") for name in self.uses(place, variable))
            if table == parent.dataset
        }
        return {column for column in used if not column.endswith("SEQ")} or None

    # --- raw cells

    @cached_property
    def sources(self) -> dict[str, str]:
        """File -> the source that it belongs to."""
        found = {}
        for name in self.snapshot.names("raw"):
            found |= {row[0]: name for row in self.con.execute(f'SELECT DISTINCT _file FROM raw."{name}"').fetchall()}
        return found

    def _cells(self, trace: Trace, whole: set[Place]) -> None:
        """Under each SDTM record the raw rows that it comes from, with the cells that its variables are read from."""
        corrections = self.corrections
        for name in sorted({node.place.dataset for node in trace.nodes.values() if node.layer == "sdtm"}):
            nodes = [node for node in trace.nodes.values() if node.place.dataset == name]
            keys = pd.DataFrame({"S": [n.place.USUBJID for n in nodes], "N": [n.place.SEQ for n in nodes]})
            self.con.register("wanted", keys.astype({"S": "str", "N": "Int64"}))
            asked = f"""SELECT DISTINCT o.USUBJID, o.SEQ, o.FILE, o.ROW FROM origin.{name} AS o INNER JOIN wanted AS w
                ON o.USUBJID IS NOT DISTINCT FROM w.S AND o.SEQ = w.N ORDER BY ALL"""
            rows = self.con.execute(asked).fetchall()
            self.con.unregister("wanted")
            by_place = {node.place: node for node in nodes}
            text = self.rows({(file, row) for _, _, file, row in rows})
            for subject, seq, file, row in rows:
                node = by_place[Place(name, subject, seq)]
                node.cells.append(self._cell(node, file, row, text.get((file, row), {}), corrections))
            for node in nodes:  # of several rows those that have something to say of what is asked
                told = [cell for cell in node.cells if cell["cells"]]
                node.cells = told if node.variables and told else node.cells

    def _cell(self, node: Node, file: str, row: int, text: Mapping, corrections: Mapping) -> dict:
        book, _, sheet = file.partition("#")
        found = {"file": book, "sheet": sheet or None, "row": row, "source": self.sources.get(file), "cells": []}
        if found["source"] is None:  # a table of the study
            asked = set(node.variables) or set(text)
            found["cells"] = [{"column": column, "text": text[column]} for column in text if column in asked]
            return found
        study = self.snapshot.study
        source = study.file.sources[found["source"]]
        found["form"] = source.form
        domain = SDTM[node.place.dataset].metadata["domain"]
        testcd = node.record.get(f"{domain}TESTCD")
        if node.variables:
            asked = {one for v in self._collected(node) for one in all_form_columns(*v)}
            named_here = [column for form, column in sorted(asked) if form == source.form]
        else:
            named_here = [key.rpartition(".")[2] for key in source.specs()]
        seen = dict.fromkeys(
            (column, raw) for column in named_here for raw in raw_columns(source, study, column, testcd)
        )
        by_raw: dict[str, list[str]] = {}
        for column, raw in seen:
            by_raw.setdefault(raw, []).append(column)
        changed = corrections.get((file, row), {})
        for raw, columns in by_raw.items():
            cell = {"column": raw, "form_columns": columns, "text": text.get(raw)}
            others = [name for name in source.raw_columns.get(raw, ()) if name != raw]
            cell |= {"also_named": others} if others else {}
            cell |= {"correction": changed[raw]} if raw in changed else {}
            found["cells"].append(cell)
        return found

    def _collected(self, node: Node) -> list[tuple[str, str]]:
        """The variables that are asked for, as they are looked up: QVAL of SUPP-- is the form column of its QNAM."""
        name = node.place.dataset
        if not name.startswith("SUPP"):
            return [(name, variable) for variable in node.variables]
        qnam, domain = node.record.get("QNAM", ""), node.record.get("RDOMAIN", "")
        label = node.record.get("QLABEL", "").removeprefix("Original Text of ")
        return [(domain, qnam), (domain, label)] if domain in SDTM else []

    def rows(self, places: set[tuple[str, int]]) -> dict[tuple[str, int], dict]:
        """The text of raw rows, and of lines of the study's tables."""
        found = {}
        by_source: dict[str | None, list[tuple[str, int]]] = {}
        for place in places:
            by_source.setdefault(self.sources.get(place[0]), []).append(place)
        for name, own in by_source.items():
            if name is None:
                for file, row in own:
                    found[file, row] = self.study_line(file, row)
                continue
            self.con.register("wanted", pd.DataFrame(own, columns=["F", "R"]))
            frame = self.con.execute(f'SELECT r.* FROM raw."{name}" r JOIN wanted ON _file = F AND _row = R').df()
            self.con.unregister("wanted")
            for record in frame.to_dict("records"):
                found[record["_file"], record["_row"]] = {
                    column: None if _missing(value) else value
                    for column, value in record.items()
                    if not column.startswith("_")
                }
        return found

    def study_line(self, file: str, row: int) -> dict:
        """A line of one of the study's tables (study/arms.csv), from the study that the snapshot was made with."""
        digest = self.snapshot.manifest["fingerprint"].get("study", {}).get(file.removeprefix("study/"))
        path = self.snapshot.home / "archive" / (digest or "")
        if not digest or not path.is_file():
            return {}
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for number, record in enumerate(csv.DictReader(lines), 2):
                if number == row:
                    return {name: value for name, value in record.items() if value}
        return {}

    @cached_property
    def corrections(self) -> dict[tuple[str, int], dict[str, dict]]:
        """Raw row -> raw column -> the line of corrections.csv that was applied to it."""
        import duckdb

        path = next(self.snapshot.folder.glob("*.duckdb"), None)
        if path is None:
            return {}
        with duckdb.connect(str(path.resolve()), read_only=True) as con:
            applied = con.execute("SELECT _file, _row, line FROM meta.corrections").fetchall()
        found: dict[tuple[str, int], dict[str, dict]] = {}
        lines = dict(enumerate(self.snapshot.study.corrections, 2))
        for file, row, line in applied:
            if line in lines:
                found.setdefault((file, row), {})[lines[line].column] = lines[line].model_dump() | {"line": line}
        return found

    # --- forward

    def raw_places(self, dataset: str, wanted: Mapping[str, str]) -> list[tuple[str, int]]:
        """The raw rows that are meant: DATASET is a source, a file with its delivery, or a file."""
        file, row = wanted.get("file"), wanted.get("row")
        columns_wanted = {name: value for name, value in wanted.items() if name not in ("file", "row")}
        found = []
        for name in self.snapshot.names("raw"):
            columns = self.snapshot.columns(f"raw.{name}")
            if not {one.casefold() for one in columns_wanted} <= {one.casefold() for one in columns}:
                continue
            condition, values = matching(columns_wanted, columns)
            if name != dataset:
                book = "split_part(_file, '#', 1)"
                condition += f" AND ? IN (_file, {book}, split_part({book}, '/', -1))"
                values.append(dataset)
            if file:
                condition += " AND (split_part(_file, '#', 1) = ? OR _file = ?)"
                values += [file, file]
            if row:
                condition += " AND _row = try_cast(? AS BIGINT)"
                values.append(row)
            asked = f'SELECT _file, _row FROM raw."{name}" WHERE {condition} ORDER BY ALL'
            found += self.con.execute(asked, values).fetchall()
        if not found:
            sources = ", ".join(self.snapshot.names("raw"))
            raise NotFound(f"{dataset} has no row with {told(wanted)}; the sources are {sources}")
        return found


@dataclass
class Fed:
    """What raw rows feed.

    rows      file, row and what became of it
    records   per dataset: place, the variables that are made from the rows, and through which dataset
    cells     table, labels, numbers
    """

    rows: list[dict]
    records: dict[Place, dict]
    cells: list[dict]
    versions: dict


def forward(snapshot: Snapshot, dataset: str, wanted: Mapping[str, str]) -> Fed:
    """All SDTM and ADaM records and all numbers of tables that raw rows feed."""
    look = Look(snapshot)
    places = look.raw_places(dataset, wanted)
    fed = Fed(_fates(look, places), {}, [], versions(snapshot))
    _feed_sdtm(look, places, fed)
    _feed_adam(look, fed)
    _feed_tables(look, fed)
    return fed


def _fates(look: Look, places: list[tuple[str, int]]) -> list[dict]:
    """What became of each row: in form, rejected or superseded, and why."""
    found = []
    text = look.rows(set(places))
    for file, row in places:
        name = look.sources[file]
        asked = f'SELECT _outcome, _reason FROM rejected."{name}" WHERE _file = ? AND _row = ?'
        aside = look.con.execute(asked, [file, row]).fetchall() if name in look.snapshot.names("rejected") else []
        found.append(
            {
                "file": file.partition("#")[0],
                "sheet": file.partition("#")[2] or None,
                "row": row,
                "source": name,
                "outcome": aside[0][0] if aside else "in form",
                "reason": aside[0][1] if aside else None,
                "text": {column: value for column, value in text[file, row].items() if value is not None},
            }
        )
    return found


def _feed_sdtm(look: Look, places: list[tuple[str, int]], fed: Fed) -> None:
    study = look.snapshot.study
    look.con.register("rows", pd.DataFrame(places, columns=["F", "R"]))
    for name in look.snapshot.names("sdtm"):
        asked = f"""SELECT DISTINCT o.USUBJID, o.SEQ, o.FILE FROM origin."{name}" AS o
            INNER JOIN rows ON o.FILE = rows.F AND o.ROW = rows.R ORDER BY ALL"""
        columns = [c for c in look.snapshot.columns(f"placed.{name}") if c not in (*IDENTITY, "SEQ")]
        for subject, seq, file in look.con.execute(asked).fetchall():
            source = study.file.sources[look.sources[file]]
            variables = [c for c in columns if any(form == source.form for form, _ in all_form_columns(name, c))]
            place = Place(name, subject, seq)
            known = fed.records.setdefault(place, {"variables": set(), "through": None})
            known["variables"] |= set(variables) or set(columns)
    look.con.unregister("rows")


def _feed_adam(look: Look, fed: Fed) -> None:
    """Forward through sql/lineage, dataset by dataset in build order, until nothing more is reached."""
    datasets = [name for name in (n.upper() for n in analysis.BUILD["adam"]) if name in look.snapshot.names("adam")]
    new = set(fed.records)
    while new:
        subjects = sorted({place.USUBJID for place in new if place.USUBJID})
        look.con.register("subjects", pd.DataFrame({"S": pd.Series(subjects, dtype="str")}))
        reached = set()
        for name in datasets:
            asked = f"""SELECT d.USUBJID, d.SEQ, d.SRCDOM, d.SRCSEQ, d.variables FROM drawn.{name} AS d
                INNER JOIN subjects ON d.USUBJID = subjects.S ORDER BY ALL"""
            for subject, seq, source, number, given in look.con.execute(asked).fetchall():
                parent = parent_place(source, subject, number)
                if parent not in new:
                    continue
                made = look.selects[name]
                affected = fed.records[parent]["variables"]
                if source == name:
                    variables = set(given or ()) if "AVAL" in affected else set()
                else:
                    variables = {
                        variable
                        for variable, drawn in made.items()
                        if (not given or variable in given)
                        and any(
                            table.rpartition(".")[2].upper() == source and column.upper() in affected
                            for table, column in drawn.all
                        )
                    }
                variables -= IDENTITY | {"ASEQ", "SRCSEQ"}
                if variables:
                    place = Place(name, subject, whole(seq))
                    known = fed.records.setdefault(place, {"variables": set(), "through": source})
                    if variables - known["variables"]:
                        known["variables"] |= variables
                        reached.add(place)
        look.con.unregister("subjects")
        new = reached


def _feed_tables(look: Look, fed: Fed) -> None:
    adam = [(p.dataset, p.USUBJID, p.SEQ, sorted(r["variables"])) for p, r in fed.records.items() if p.dataset in ADAM]
    frame = pd.DataFrame(adam, columns=["D", "S", "N", "V"]).astype({"D": "str", "S": "str", "N": "Int64"})
    look.con.register("fed", frame)
    for table in look.snapshot.names("tables"):
        columns = look.snapshot.columns(f"counted.{table}")
        labels = [name for name in look.snapshot.columns(f"tables.{table}") if name in columns]
        numbers = "flatten(list(numbers))" if "numbers" in columns else "NULL::VARCHAR[]"
        words = ", ".join(f'"{name}"' for name in labels)
        asked = f"""SELECT {words}, list_sort(list_distinct({numbers})) AS numbers, count(*) AS records
            FROM counted.{table} INNER JOIN fed
            ON dataset = D AND USUBJID = S AND SEQ IS NOT DISTINCT FROM N AND list_has_any(variables, V)
            GROUP BY {words} ORDER BY {words}"""
        for row in look.con.execute(asked).df().to_dict("records") if len(frame) else ():
            of, count = row.pop("numbers"), row.pop("records")
            of = [] if of is None or _missing(of) else list(of)
            fed.cells.append({"table": table, "labels": clean(row), "numbers": of, "records": int(count)})
    look.con.unregister("fed")
