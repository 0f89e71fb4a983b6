"""One published snapshot laid open in DuckDB, to look things up in: every layer as views over its Parquet files.

raw.<source>, rejected.<source>    rows as received, and those that are in no form
origin.<dataset>                   USUBJID, SEQ of each SDTM record -> FILE, ROW
sdtm.<dataset>, adam.<dataset>     with every column of their schemas
drawn.<dataset>                    USUBJID, SEQ of each ADaM record -> the records that it draws on (sql/lineage)
counted.<table>, tables.<table>    each number's ADaM records, and the numbers
study.*, standards.*               what the SQL reads besides
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows import analysis, warehouse
from flows.study_file import read_study
from schemas.sdtm import DATASETS as SDTM
from schemas.study import Study
from schemas.text import text_folder


@dataclass(frozen=True)
class Snapshot:
    """What is known of a snapshot: its folder, its manifest, the study file that it was made with, its views."""

    home: Path
    manifest: dict
    study: Study
    con: duckdb.DuckDBPyConnection

    @property
    def folder(self) -> Path:
        return warehouse.snapshot_folder(self.home, self.manifest)

    def names(self, layer: str) -> list[str]:
        """The datasets that the snapshot has."""
        return list(layer_files(self.folder, layer))

    def columns(self, table: str) -> list[str]:
        schema, _, name = table.partition(".")
        asked = """SELECT column_name FROM duckdb_columns() WHERE schema_name = ? AND lower(table_name) = lower(?)
            ORDER BY column_index"""
        return [row[0] for row in self.con.execute(asked, [schema, name]).fetchall()]


@contextmanager
def opened(home: Path, manifest: dict, folder: Path) -> Iterator[Snapshot]:
    """A snapshot's views. `folder` is the study's, for a snapshot whose own study file is not in the archive."""
    study = study_then(home, manifest, folder)
    place = warehouse.snapshot_folder(home, manifest)
    with duckdb.connect() as con:
        analysis.study_tables(con, study)
        analysis.sdtm_views(con, layer_files(place, "sdtm"))
        analysis.adam_views(con, layer_files(place, "adam"))
        analysis.counted_views(con)
        for schema, layer in (("raw", "raw"), ("rejected", "rejected"), ("origin", "lineage"), ("tables", "tables")):
            con.execute(f"CREATE SCHEMA {schema}")
            for name, parts in layer_files(place, layer).items():
                con.execute(f'CREATE VIEW {schema}."{name}" AS FROM {analysis.scan(parts)}')
        con.execute("CREATE SCHEMA drawn; CREATE SCHEMA placed")
        for name in layer_files(place, "adam"):
            path = text_folder("sql") / "lineage" / f"{name.lower()}.sql"
            if path.is_file():
                con.execute(f"CREATE VIEW drawn.{name} AS {path.read_text(encoding='utf-8')}")
        for name, parts in layer_files(place, "sdtm").items():
            con.execute(f"CREATE VIEW placed.{name} AS {placed(name, parts)}")
        yield Snapshot(home, manifest, study, con)


def study_then(home: Path, manifest: dict, folder: Path) -> Study:
    """The study file that a snapshot was made with, from the archive; today's where the archive has none."""
    cutoff = manifest["fingerprint"].get("options", {}).get("cutoff")
    files = {name: home / "archive" / digest for name, digest in manifest["fingerprint"].get("study", {}).items()}
    if not files or not all(path.is_file() for path in files.values()):
        return read_study(folder, cutoff)
    with tempfile.TemporaryDirectory(prefix="study-") as scratch:
        for name, path in files.items():
            place = Path(scratch) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes())
        return read_study(Path(scratch), cutoff)


def layer_files(folder: Path, layer: str) -> dict[str, list[Path]]:
    """Dataset -> its Parquet file, or its parts."""
    return {
        path.stem: warehouse.parts(path)
        for path in sorted((folder / layer).glob("*.parquet"))
    }


def placed(name: str, parts: list[Path]) -> str:
    """SELECT of a dataset's records with SEQ, as its lineage has it: --SEQ, or the place among those of the subject."""
    schema = SDTM[name]
    sequence = f"{schema.metadata['domain']}SEQ"
    if {sequence, "USUBJID"} <= schema.columns.keys():
        return f"SELECT *, {sequence} AS SEQ FROM {analysis.scan(parts)}"
    scan = analysis.scan(parts)[:-1] + ", filename = true, file_row_number = true)"
    by = "USUBJID" if "USUBJID" in schema.columns else "1"
    number = f"row_number() OVER (PARTITION BY {by} ORDER BY filename, file_row_number)"
    return f"SELECT * EXCLUDE (filename, file_row_number), {number} AS SEQ FROM {scan}"
