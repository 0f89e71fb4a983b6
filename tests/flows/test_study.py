"""One study from raw files to a snapshot: accounts, lineage, doors, and what stays when a run fails."""

import csv
import shutil
from pathlib import Path

import pytest

from flows import warehouse
from flows.fingerprint import fingerprint
from flows.problems import RawFileError
from flows.study import DoorError, Request, partition_count, run_study
from schemas.sdtm import DATASETS
from schemas.terminology import codelist

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"


def rerun(study: Path, home: Path, started) -> dict:
    marks = fingerprint(study, study / "raw", {"through": None})
    return run_study(Request(study, study / "raw", home.parent, marks, started))


@pytest.fixture
def copied(tmp_path, published):
    """A copy of the study, and of its warehouse with one snapshot."""
    shutil.copytree(STUDY, tmp_path / "study")
    shutil.copytree(published, tmp_path / "warehouse" / "ADMSCPSO", symlinks=True)
    return tmp_path / "study", tmp_path / "warehouse" / "ADMSCPSO"


def test_every_row_received_is_accounted_for(published):
    manifest = warehouse.current(published)
    accounts = {line["source"]: line for line in manifest["accounts"]}
    for line in accounts.values():
        assert line["received"] == line["in_forms"] + line["rejected"] + line["superseded"] + line["unused"]
    rows = 0
    for path in sorted((STUDY / "raw").glob("*/edc_ae.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += sum(1 for _ in csv.reader(file)) - 1
    assert accounts["ae"]["received"] == rows


def test_every_sdtm_record_leads_back_to_a_row_that_was_received(database, published):
    places = f"""
        SELECT _file AS file, _row AS row
        FROM read_parquet('{published}/current/raw/*.parquet', union_by_name = true)"""
    for name in database.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'sdtm'"
    ).fetchall():
        (name,) = name
        keys = "l.USUBJID IS NOT DISTINCT FROM r.USUBJID" if "USUBJID" in columns(database, name) else "true"
        if sequence := next((c for c in columns(database, name) if c.endswith("SEQ") and c != "TSSEQ"), None):
            keys += f" AND l.SEQ = r.{sequence}"
        without = f'SELECT count(*) FROM sdtm."{name}" r ANTI JOIN meta."lineage_{name}" l ON {keys}'
        assert (name, database.execute(without).fetchone()) == (name, (0,))
        lost = f"""SELECT count(*) FROM meta."lineage_{name}" l
            ANTI JOIN ({places}) p ON l.FILE = p.file AND l.ROW = p.row
            WHERE NOT starts_with(l.FILE, 'study/')"""
        assert (name, database.execute(lost).fetchone()) == (name, (0,))


def columns(database, name: str) -> list[str]:
    return [row[0] for row in database.execute(f'DESCRIBE sdtm."{name}"').fetchall()]


def test_an_event_that_the_listing_completes_has_both_rows_as_parents(database):
    question = """SELECT FILE, ROW FROM meta.lineage_AE JOIN sdtm.AE ON AE.USUBJID = lineage_AE.USUBJID AND AESEQ = SEQ
        WHERE AESER = 'Y' ORDER BY FILE"""
    assert database.execute(question).fetchall() == [
        ("2021-05-28/edc_ae.csv", 21),
        ("2021-05-28/sae_listing.csv", 3),
    ]


def test_every_coded_value_is_in_its_codelist_or_declared_by_the_study(database):
    declared = {"C101832": {"BSAAFCTP"}, "C101833": {"Percent BSA Affected"}, "C100129": {"PRURITUS VAS"}}
    declared["C66788"] = {"ISO 3166-1 alpha-3", "ISO 8601"}
    for (name,) in database.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'sdtm'"
    ).fetchall():
        present = columns(database, name)
        for column, schema in DATASETS[name].columns.items():
            codes = schema.metadata["codelist"]
            if column in present and codes:
                terms = set().union(*(codelist(code).terms | declared.get(code, set()) for code in codes))
                values = database.execute(
                    f'SELECT DISTINCT "{column}" FROM sdtm."{name}" WHERE "{column}" IS NOT NULL'
                )
                assert (name, column, {value for (value,) in values.fetchall()} - terms) == (
                    name,
                    column,
                    set(),
                )


def test_identifying_columns_are_in_the_archive_alone(published):
    with (STUDY / "raw" / "2021-05-28" / "edc_dm.csv").open(encoding="utf-8", newline="") as file:
        (subject,) = [row for row in csv.DictReader(file) if row["SUBJECT"] == "001"]
    secret = [subject["FULL_NAME"], subject["TELEPHONE"], "FULL_NAME", "受试者姓名"]
    for path in (published / "current").resolve().rglob("*"):
        if path.suffix in (".parquet", ".duckdb"):
            content = path.read_bytes()
            assert [name for name in secret if name.encode() in content] == []


def test_a_missing_file_stops_the_run_and_the_last_snapshot_stays(copied, run_time):
    study, home = copied
    before = warehouse.current(home)
    (study / "raw" / "2021-05-28" / "edc_ae.csv").unlink()
    with pytest.raises(RawFileError, match=r"2021-05-28/edc_ae.csv: is missing"):
        rerun(study, home, run_time)
    assert warehouse.current(home) == before
    assert list(home.glob(".staging-*")) == []


def test_a_failure_at_an_sdtm_door_publishes_nothing(copied, run_time):
    study, home = copied
    before = warehouse.current(home)
    elements = study / "elements.csv"
    elements.write_text(elements.read_text(encoding="utf-8").replace("FU,", "FOLLOWUPX,"), encoding="utf-8")
    arms = study / "arms.csv"
    arms.write_text(arms.read_text(encoding="utf-8").replace(",FU,", ",FOLLOWUPX,"), encoding="utf-8")
    with pytest.raises(DoorError, match="ETCD"):
        rerun(study, home, run_time)
    assert warehouse.current(home) == before


def test_a_delivery_less_is_another_snapshot_with_its_own_as_of_date(copied, run_time):
    study, home = copied
    whole = warehouse.current(home)
    marks = fingerprint(study, study / "raw", {"through": "2020-05-29"})
    run_study(Request(study, study / "raw", home.parent, marks, run_time, through="2020-05-29"))
    assert warehouse.current(home)["delivery"] == "2020-05-29"
    assert warehouse.snapshot(home, whole["snapshot"])["delivery"] == "2021-05-28"


@pytest.mark.parametrize(
    ("size", "count"),
    [(0, 1), (1_000_000, 1), (48 << 20, 1), (49 << 20, 2), (206_000_000, 5), (1 << 40, 256)],
)
def test_the_number_of_partitions_follows_from_the_size_of_the_data(size, count):
    assert partition_count(size) == count
