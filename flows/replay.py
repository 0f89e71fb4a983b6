"""Rebuilds a published snapshot from the archive, and holds what comes out against what was published."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import duckdb

from flows import warehouse
from flows.fingerprint import code_hash, sha256, versions
from flows.study import Request, run_study


@dataclass
class Replayed:
    """What a replay found. With the code and the libraries of then the bytes are compared, else the contents."""

    snapshot: str
    code_differs: bool
    versions: dict[str, list] = field(default_factory=dict)  # library -> version then and now, where they differ
    files: int = 0
    different: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)  # published files that are not what their manifest says

    @property
    def by_bytes(self) -> bool:
        return not (self.code_differs or self.versions)

    @property
    def identical(self) -> bool:
        return not (self.different or self.damaged)


def replay(home: Path, manifest: dict, workers: int = 1) -> Replayed:
    """Runs the study of a snapshot again, from the archive alone, in a folder that is gone afterwards."""
    then, now = manifest["versions"], versions()
    changed = {name: [then.get(name), now.get(name)] for name in {**then, **now} if then.get(name) != now.get(name)}
    found = Replayed(manifest["snapshot"], manifest["fingerprint"]["code"] != code_hash(), changed)
    published = warehouse.snapshot_folder(home, manifest)
    with tempfile.TemporaryDirectory(prefix="replay-") as scratch:
        rebuilt = rebuild(home, manifest, Path(scratch), workers)
        folder = warehouse.snapshot_folder(Path(scratch) / "warehouse" / home.name, rebuilt)
        then = {output["path"]: output for output in manifest["outputs"]}
        now = {output["path"]: output for output in rebuilt["outputs"]}
        found.files = len(then)
        for name in sorted({**then, **now}):
            if name in then and not (published / name).is_file():
                found.damaged.append(f"{name} is missing")
            elif name in then and sha256(published / name) != then[name]["sha256"]:
                found.damaged.append(f"{name} was changed since it was published")
            if name not in then or name not in now:
                found.different.append(f"{name} is {'new' if name in now else 'not there any more'}")
            elif name.endswith(".duckdb"):
                if (published / name).is_file():
                    found.different += [f"{name}: {words}" for words in differences(published / name, folder / name)]
            else:
                mark = "sha256" if found.by_bytes else "content"
                if then[name][mark] != now[name][mark]:
                    found.different.append(f"{name}: {then[name]['rows']} records then, {now[name]['rows']} now")
    return found


def rebuild(home: Path, manifest: dict, scratch: Path, workers: int) -> dict:
    """Lays deliveries and study out again as they were, and runs; returns the new manifest."""
    study, source, place = scratch / "study", scratch / "raw", scratch / "warehouse" / home.name
    marks = manifest["fingerprint"]
    for item in manifest["inputs"]:
        lay(home, item["sha256"], source / item["delivery"] / item["path"])
    for name, digest in marks["study"].items():
        lay(home, digest, study / name)
    place.mkdir(parents=True)
    (place / "archive").symlink_to((home / "archive").resolve())
    started = datetime.fromisoformat(manifest["started"])
    options = {key: value for key, value in marks["options"].items() if value is not None}
    request = Request(study, source, scratch / "warehouse", marks, started, workers=workers, **options)
    return run_study(replace(request, queries=manifest.get("queries")))


def lay(home: Path, digest: str, place: Path) -> None:
    """Puts an archived file, which is proved to be what its name says, where the run looks for it."""
    stored = home / "archive" / digest
    if not stored.is_file():
        raise LookupError(f"the archive has no {digest} ({place.name}): the snapshot cannot be rebuilt")
    if sha256(stored) != digest:
        raise LookupError(f"archive/{digest} ({place.name}) was damaged: its contents no longer match its name")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(stored.resolve())


def differences(old: Path, new: Path) -> list[str]:
    """The tables of two databases that differ in columns, comments, rows or their order. The bytes of such a file are
    never the same twice."""
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        for name, path in (("old", old), ("new", new)):
            con.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS \"{name}\" (READ_ONLY)")
        listed = {name: tables(con, name) for name in ("old", "new")}
        found = []
        for table in sorted({**listed["old"], **listed["new"]}):
            if listed["old"].get(table) != listed["new"].get(table):
                found.append(f"{table}: its columns or labels")
            elif rows(con, "old", table) != rows(con, "new", table):
                found.append(f"{table}: its records")
    return found


def tables(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, str]:
    """Table -> its columns with their types and comments."""
    sql = """
        SELECT c.schema_name || '.' || c.table_name AS name,
            to_json(list([c.column_name, c.data_type, c.comment, t.comment] ORDER BY c.column_index)) AS columns
        FROM duckdb_columns() AS c
        JOIN duckdb_tables() AS t USING (database_name, schema_name, table_name)
        WHERE c.database_name = ?
        GROUP BY ALL"""
    return dict(con.execute(sql, [database]).fetchall())


def rows(con: duckdb.DuckDBPyConnection, database: str, table: str) -> tuple:
    """The number of rows, and a hash over each with its place."""
    schema, name = table.split(".", 1)
    sql = f'SELECT count(*), sum(hash(rowid, t)) FROM "{database}"."{schema}"."{name}" AS t'
    return con.execute(sql).fetchone()


def replay_text(found: Replayed) -> str:
    """What a person reads."""
    lines = []
    if found.code_differs:
        lines.append("the code, SQL or standards of this installation are not those of then")
    lines += [f"{name}: {then or 'none'} then, {now or 'none'} now" for name, (then, now) in found.versions.items()]
    if lines:
        lines.append("so contents are compared, not bytes")
    how = "byte for byte, the database by its tables" if found.by_bytes else "by contents"
    lines += found.damaged + found.different
    if found.identical:
        lines.append(f"snapshot {found.snapshot}: {found.files} files rebuilt from the archive are the same, {how}")
    else:
        count = len(found.damaged) + len(found.different)
        lines.append(f"snapshot {found.snapshot}: {count} difference(s) in {found.files} files, compared {how}")
    return "\n".join(lines)


def replay_json(found: Replayed) -> str:
    return json.dumps({"status": 0 if found.identical else 3, **vars(found), "identical": found.identical})
