"""A published snapshot, built again from the archive alone."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from flows import replay as module
from flows import warehouse
from flows.fingerprint import fingerprint
from flows.replay import differences, replay, replay_text
from flows.study import Request, run_study

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"


@pytest.fixture
def home(published, tmp_path) -> Path:
    return shutil.copytree(published, tmp_path / "ADMSCPSO", symlinks=True)


def test_the_archive_holds_all_that_a_run_reads(home):
    manifest = warehouse.current(home)
    archive = {path.name for path in (home / "archive").iterdir()}
    assert {item["sha256"] for item in manifest["inputs"]} <= archive
    assert set(manifest["fingerprint"]["study"].values()) <= archive
    assert {"study.toml", "codes.csv", "corrections.csv"} <= manifest["fingerprint"]["study"].keys()


def test_a_snapshot_comes_out_byte_for_byte(home, monkeypatch):
    manifest = warehouse.current(home)
    monkeypatch.setattr(module, "code_hash", lambda: manifest["fingerprint"]["code"])
    found = replay(home, manifest)
    assert found.by_bytes and found.identical, found
    assert found.files == len(manifest["outputs"]) > 90
    assert replay_text(found).endswith("are the same, byte for byte, the database by its tables")


def test_with_another_library_contents_are_compared_and_a_file_that_was_changed_is_named_all_the_same(home):
    manifest = warehouse.current(home)
    for output in manifest["outputs"]:
        output["sha256"] = "of another pyarrow" if output["path"] == "sdtm/AE.parquet" else output["sha256"]
    found = replay(home, manifest | {"versions": manifest["versions"] | {"pyarrow": "1.0"}})
    assert not found.by_bytes and not found.identical
    assert found.different == []
    assert found.damaged == ["sdtm/AE.parquet was changed since it was published"]
    said = replay_text(found)
    assert f"pyarrow: 1.0 then, {manifest['versions']['pyarrow']} now" in said
    assert "so contents are compared, not bytes" in said


def test_an_archive_that_lacks_a_file_says_which(home):
    manifest = warehouse.current(home)
    (item,) = [one for one in manifest["inputs"] if one["path"] == "edc_ae.csv" and one["delivery"] == "2021-05-28"]
    (home / "archive" / item["sha256"]).unlink()
    with pytest.raises(LookupError, match=f"the archive has no {item['sha256']} \\(edc_ae.csv\\)"):
        replay(home, manifest)


def test_a_coding_dictionary_is_laid_out_again_from_the_archive(tmp_path, monkeypatch):
    """It lies outside the study's folder, and may be gone when the snapshot is asked for."""
    study = shutil.copytree(STUDY, tmp_path / "study")
    lines = """
[dictionaries.drugs]
name = "Drugs"
version = "1"
format = "csv"
path = "../drugs.csv"
encoding = "utf-8"
delimiter = ","
forms = ["cm"]
columns = { verbatim = "name", decod = "preferred" }
"""
    path = study / "study.toml"
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")
    (tmp_path / "drugs.csv").write_text("name,preferred\nVitamin D drops,COLECALCIFEROL\n")
    marks = fingerprint(study, study / "raw", {"through": "2020-02-28"})
    now = datetime(2024, 5, 1, tzinfo=UTC)
    manifest = run_study(Request(study, study / "raw", tmp_path / "warehouse", marks, now, "2020-02-28"))
    shutil.rmtree(study)
    (tmp_path / "drugs.csv").unlink()
    monkeypatch.setattr(module, "code_hash", lambda: marks["code"])
    found = replay(tmp_path / "warehouse" / "ADMSCPSO", manifest)
    assert found.by_bytes and found.identical, found


def database(path: Path, *statements: str) -> Path:
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE SCHEMA sdtm; CREATE TABLE sdtm.AE (AETERM VARCHAR, AESEQ INTEGER)")
        con.execute("INSERT INTO sdtm.AE VALUES ('fever', 1), ('rash', 2)")
        for statement in statements:
            con.execute(statement)
    return path


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("SELECT 1", []),
        ("UPDATE sdtm.AE SET AETERM = 'Fever' WHERE AESEQ = 1", ["sdtm.AE: its records"]),
        ("INSERT INTO sdtm.AE VALUES ('rash', 2)", ["sdtm.AE: its records"]),
        ("CREATE OR REPLACE TABLE sdtm.AE AS FROM sdtm.AE ORDER BY AESEQ DESC", ["sdtm.AE: its records"]),
        ("COMMENT ON COLUMN sdtm.AE.AESEQ IS 'Sequence'", ["sdtm.AE: its columns or labels"]),
        ("CREATE TABLE sdtm.CM (CMTRT VARCHAR)", ["sdtm.CM: its columns or labels"]),
    ],
)
def test_two_databases_are_compared_by_columns_labels_rows_and_their_order(tmp_path, statement, found):
    assert differences(database(tmp_path / "a.duckdb"), database(tmp_path / "b.duckdb", statement)) == found


def test_json_says_all_of_it():
    found = module.Replayed("20200301T020000Z-0123abcd", False, {"pyarrow": ["1", "2"]}, 3, ["x"], [])
    assert json.loads(module.replay_json(found)) == {
        "status": 3,
        "snapshot": "20200301T020000Z-0123abcd",
        "code_differs": False,
        "versions": {"pyarrow": ["1", "2"]},
        "files": 3,
        "different": ["x"],
        "damaged": [],
        "identical": False,
    }
