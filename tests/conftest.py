"""What all tests share: repeatable Hypothesis examples, and one real run of the psoriasis study."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

# the same workbook bytes whether lxml happens to be installed or not; read when openpyxl is first imported
os.environ["OPENPYXL_LXML"] = "False"

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

STUDY = Path(__file__).parents[1] / "studies" / "admsc_psoriasis"
NOW = datetime(2024, 5, 1, 2, 0, tzinfo=UTC)


def run(study: Path, warehouse: Path, source: Path | None = None, **options) -> dict:
    """One whole run, as `trialmill run` makes it; returns the manifest."""
    from flows.fingerprint import fingerprint
    from flows.study import Request, run_study

    source = source or study / "raw"
    marks = fingerprint(study, source, {"through": options.get("through")})
    return run_study(Request(study, source, warehouse, marks, options.pop("started", NOW), **options))


@pytest.fixture
def run_time() -> datetime:
    """A night after the one of `published`."""
    return NOW + timedelta(days=1)


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Path:
    """The warehouse folder of the psoriasis study after one run. Read only."""
    warehouse = tmp_path_factory.mktemp("warehouse")
    run(STUDY, warehouse)
    return warehouse / "ADMSCPSO"


@pytest.fixture(scope="session")
def database(published):
    """The analyst's connection to that run."""
    from flows.database import open_database

    with open_database(published / "ADMSCPSO.duckdb") as connection:
        yield connection


def texts_in(folder: Path) -> dict[str, str]:
    """Everything that can be read from each file of a folder, as one text: of Parquet every value, those of the
    dictionaries that no row uses too, and the metadata; of DuckDB every value, name and comment; and the plain bytes
    of all."""
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq

    found = {}
    for path in sorted(path for path in Path(folder).rglob("*") if path.is_file() and not path.is_symlink()):
        said = [path.name, path.read_bytes().decode("utf-8", "replace")]
        if path.suffix == ".parquet":
            names = [field.name for field in pq.read_schema(path)]
            table = pq.ParquetFile(path, read_dictionary=names).read()
            said += [str(table.schema.metadata), *(str(field.metadata) for field in table.schema), *names]
            for column in table.columns:
                for chunk in column.chunks:
                    said += map(str, chunk.dictionary.to_pylist() if pa.types.is_dictionary(chunk.type) else [])
                    said += map(str, chunk.to_pylist())
        if path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as con:
                for schema, table, comment in con.sql(
                    "SELECT schema_name, table_name, comment FROM duckdb_tables()"
                ).fetchall():
                    rows = con.sql(f'FROM "{schema}"."{table}"')
                    said += [
                        table,
                        str(comment),
                        *rows.columns,
                        *(str(cell) for row in rows.fetchall() for cell in row),
                    ]
                said += [str(row) for row in con.sql("SELECT column_name, comment FROM duckdb_columns()").fetchall()]
        found[path.relative_to(folder).as_posix()] = "\n".join(said)
    return found
