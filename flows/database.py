"""One DuckDB file per snapshot: self-contained, labels as comments, no clock or path inside."""

from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from transforms.export.parquet import arrow_table

SCHEMAS = ("sdtm", "adam", "tables")


def build_database(path: Path, staging: Path, meta: dict[str, pd.DataFrame]) -> None:
    """One table per Parquet dataset of a snapshot, rows in file order.

    meta: {name: DataFrame}, tables of the schema meta, beside the snapshot's own lineage_*, findings and queries.
    Clients older than the library open it: storage version v1.2.0.
    """
    staging = Path(staging)
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        # one thread fills whole row groups: a third less CPU and file than two, and hardly slower
        connection.execute("SET threads = 1")
        connection.execute(f"ATTACH {quoted(path)} AS study (STORAGE_VERSION 'v1.2.0')")
        for schema in (*SCHEMAS, "meta"):
            connection.execute(f"CREATE SCHEMA study.{schema}")
        for schema in SCHEMAS:
            for dataset in sorted((staging / schema).glob("*.parquet")):
                add_dataset(connection, f'study.{schema}."{dataset.stem}"', dataset)
        for dataset in sorted((staging / "lineage").glob("*.parquet")):
            add_dataset(connection, f'study.meta."lineage_{dataset.stem}"', dataset)
        for name in ("findings", "queries"):
            if (staging / f"{name}.parquet").exists():
                add_dataset(connection, f"study.meta.{name}", staging / f"{name}.parquet")
        for name, frame in meta.items():
            connection.register("given", arrow_table(frame))
            connection.execute(f'CREATE TABLE study.meta."{name}" AS SELECT * FROM given')
            connection.unregister("given")
        connection.execute("DETACH study")


def add_dataset(connection: duckdb.DuckDBPyConnection, table: str, dataset: Path) -> None:
    """One table from a Parquet file, or from the parts in a folder of that name."""
    parts = [str(part) for part in sorted(dataset.glob("*.parquet"))] if dataset.is_dir() else [str(dataset)]
    connection.execute(f"CREATE TABLE {table} AS SELECT * FROM read_parquet(?)", [parts])
    schema = pq.read_schema(parts[0])
    if label := (schema.metadata or {}).get(b"label"):
        connection.execute(f"COMMENT ON TABLE {table} IS {quoted(label.decode())}")
    for field in schema:
        if label := (field.metadata or {}).get(b"label"):
            connection.execute(f'COMMENT ON COLUMN {table}."{field.name}" IS {quoted(label.decode())}')


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the snapshot that is served now.

    On the resolved path: within one process DuckDB hands out again what it already has open under a name.
    """
    connection = duckdb.connect(str(Path(path).resolve(strict=True)), read_only=True)
    connection.execute("SET enable_progress_bar = false")
    return connection


def quoted(text: str | Path) -> str:
    """One SQL string literal: for the statements that take no parameters."""
    return "'" + str(text).replace("'", "''") + "'"
