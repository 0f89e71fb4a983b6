import os
import subprocess
import sys

import duckdb
import pandas as pd
import pytest
from pandera.pandas import Column, DataFrameSchema

from flows.database import build_database, open_database
from transforms.export.parquet import write_parquet

AE = DataFrameSchema(
    {
        "USUBJID": Column(title="Unique Subject Identifier"),
        "AESEQ": Column(title="Sequence Number"),
        "AETERM": Column(title="Reported Term for the Subject's Adverse Event"),
    },
    name="AE",
    title="Adverse Events",
)


def events(term, subject="01"):
    return pd.DataFrame({"USUBJID": [subject] * 2, "AESEQ": [2, 1], "AETERM": pd.Categorical([term, None])})


@pytest.fixture
def staging(tmp_path):
    folder = tmp_path / "staging"
    for name, frame, schema in [
        ("sdtm/AE.parquet", events("fever"), AE),
        ("sdtm/QS.parquet/part-00000.parquet", events("first", "02"), None),
        ("sdtm/QS.parquet/part-00001.parquet", events("second", "01"), None),
        ("adam/ADSL.parquet", pd.DataFrame({"AGE": [50.5]}), None),
        ("lineage/AE.parquet", pd.DataFrame({"row": [2, 3]}), None),
        ("findings.parquet", pd.DataFrame({"id": ["F1"]}), None),
    ]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with open(folder / name, "wb") as file:
            write_parquet(frame, schema, file)
    return folder


@pytest.fixture
def database(tmp_path, staging):
    path = tmp_path / "O'BRIEN-1.duckdb"
    accounts = pd.DataFrame({"source": pd.Categorical(["ae"]), "received": [10]})
    build_database(path, staging, {"accounts": accounts})
    return path


def rows(path, sql):
    with open_database(path) as connection:
        return connection.execute(sql).fetchall()


def test_each_dataset_is_a_table_of_its_schema(database):
    assert rows(database, "SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL") == [
        ("adam", "ADSL"),
        ("meta", "accounts"),
        ("meta", "findings"),
        ("meta", "lineage_AE"),
        ("sdtm", "AE"),
        ("sdtm", "QS"),
    ]
    assert list(database.parent.glob("*.wal")) == []


def test_rows_keep_the_order_of_the_file_and_files_that_of_their_names(database):
    assert rows(database, "FROM sdtm.ae") == [("01", 2, "fever"), ("01", 1, None)]
    assert rows(database, "SELECT AETERM FROM sdtm.qs") == [("first",), (None,), ("second",), (None,)]


def test_labels_are_comments(database):
    [label] = rows(database, "SELECT comment FROM duckdb_tables() WHERE table_name = 'AE'")
    assert label == ("Adverse Events",)
    assert rows(database, "SELECT comment FROM duckdb_columns() WHERE table_name = 'AE'") == [
        ("Unique Subject Identifier",),
        ("Sequence Number",),
        ("Reported Term for the Subject's Adverse Event",),
    ]


def test_text_is_varchar_and_numbers_are_integer_or_double(database):
    types = "SELECT DISTINCT data_type FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    assert rows(database, types) == [("DOUBLE",), ("INTEGER",), ("VARCHAR",)]


def test_older_clients_can_open_it(database):
    [(tags,)] = rows(database, "SELECT tags FROM duckdb_databases() WHERE NOT internal")
    assert tags["storage_version"].startswith("v1.2.0")


def test_nobody_writes_to_it(database):
    with pytest.raises(duckdb.Error, match="read-only"):
        rows(database, "CREATE TABLE sdtm.x AS SELECT 1")


def test_a_switch_reaches_new_readers_and_leaves_open_ones_alone(tmp_path, staging):
    """In the same process as well as in another: neither blocks the run, neither meets a changed file."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        build_database(tmp_path / name / "X.duckdb", staging, {"run": pd.DataFrame({"name": [name]})})
        os.chmod(tmp_path / name / "X.duckdb", 0o440)
    link, ask = tmp_path / "X.duckdb", "SELECT name FROM meta.run"
    link.symlink_to("one/X.duckdb")
    code = f"""
import duckdb
connection = duckdb.connect({str(link)!r}, read_only=True)
print("open", flush=True)
input()
print(connection.execute({ask!r}).fetchone()[0])
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        other.stdout.readline()
        with open_database(link) as connection:
            (tmp_path / "next").symlink_to("two/X.duckdb")
            os.replace(tmp_path / "next", link)
            assert connection.execute(ask).fetchone() == ("one",)
            assert rows(link, ask) == [("two",)]
        assert other.communicate("\n")[0] == "one\n"
