"""The data cut of a whole study: nothing after it is in SDTM or ADaM, and it says so everywhere."""

import json
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from flows.cli import main
from tests.conftest import STUDY

CUTOFF = "2020-02-29"


@pytest.fixture(scope="module")
def cut(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("cut")
    assert main(["run", str(STUDY), "--warehouse", str(place), "--cutoff", CUTOFF]) == 0
    return place / "ADMSCPSO"


def manifest(home: Path) -> dict:
    return json.loads((home / "current" / "manifest.json").read_text(encoding="utf-8"))


def test_no_date_after_the_cut_is_in_sdtm_or_adam(cut):
    seen = 0
    with duckdb.connect(str(cut / "ADMSCPSO.duckdb"), read_only=True) as con:
        columns = con.sql(
            "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() "
            "WHERE schema_name IN ('sdtm', 'adam') AND table_name NOT IN ('TS', 'TI', 'TA', 'TE', 'TV')"
        ).fetchall()
        for schema, table, column, kind in columns:
            if kind == "VARCHAR":
                day = f"""try_cast(regexp_extract("{column}", '^\\d{{4}}-\\d\\d-\\d\\d') AS DATE)"""
            elif kind in ("DATE", "TIMESTAMP", "TIMESTAMP_NS"):
                day = f'CAST("{column}" AS DATE)'
            else:
                continue
            ((dates, late),) = con.sql(
                f"SELECT count(DAY), count(DAY) FILTER (DAY > DATE '{CUTOFF}') FROM (SELECT {day} AS DAY FROM "
                f'{schema}."{table}")'
            ).fetchall()
            assert late == 0, (table, column)
            seen += dates
    assert seen > 500


def test_the_cut_is_said_in_ts_in_adsl_in_the_manifest_and_in_the_database(cut):
    ts = pd.read_parquet(cut / "current" / "sdtm" / "TS.parquet").set_index("TSPARMCD")["TSVAL"]
    assert (ts["DCUTDTC"], ts["DCUTDESC"]) == (CUTOFF, f"Data cut-off on {CUTOFF}")
    adsl = pd.read_parquet(cut / "current" / "adam" / "ADSL.parquet")
    assert set(adsl["DCUTDT"].astype(str)) == {CUTOFF}
    said = manifest(cut)
    assert said["cutoff"]["date"] == CUTOFF and said["fingerprint"]["options"]["cutoff"] == CUTOFF
    rows = {(row["form"], row["what"]): row["rows"] for row in said["cutoff"]["rows"]}
    assert rows["ae", "cut"] > 0 and rows["dm", "cut"] == 0
    with duckdb.connect(str(cut / "ADMSCPSO.duckdb"), read_only=True) as con:
        in_database = con.sql("SELECT form, what, rows FROM meta.cutoff").fetchall()
    assert {(form, what): count for form, what, count in in_database} == rows


def test_the_accounts_add_up_with_what_was_cut(cut):
    accounts = {line["source"]: line for line in manifest(cut)["accounts"]}
    parts = ("in_forms", "rejected", "superseded", "unused", "cut")
    assert all(line["received"] == sum(line[part] for part in parts) for line in accounts.values())
    assert accounts["ae"]["cut"] > 0
    rejected = pd.read_parquet(cut / "current" / "rejected" / "ae.parquet")
    assert (rejected["_outcome"] == "cut").sum() == accounts["ae"]["cut"]


def test_every_record_still_leads_back_and_numbers_have_no_gap(cut):
    for domain in ("AE", "CM", "EX"):
        records = pd.read_parquet(cut / "current" / "sdtm" / f"{domain}.parquet")
        by_subject = records.groupby("USUBJID", observed=True)[f"{domain}SEQ"]
        assert (by_subject.max() == by_subject.size()).all()
        lineage = pd.read_parquet(cut / "current" / "lineage" / f"{domain}.parquet")
        assert set(records["USUBJID"]) == set(lineage["USUBJID"])


def test_another_cut_is_another_snapshot_and_the_same_is_none(cut, capsys):
    def again(*more: str) -> dict:
        assert main(["run", str(STUDY), "--warehouse", str(cut.parent), "--json", *more]) == 0
        return json.loads(capsys.readouterr().out)

    first = manifest(cut)["snapshot"]
    assert again("--cutoff", CUTOFF) == {"status": 0, "published": False, "snapshot": first}
    assert again("--cutoff", "2019-12-31")["published"]
    capsys.readouterr()


def test_a_cut_needs_to_know_what_an_outcome_after_it_is(tmp_path, capsys):
    import shutil

    study = tmp_path / "study"
    shutil.copytree(STUDY, study)
    text = (study / "study.toml").read_text(encoding="utf-8")
    (study / "study.toml").write_text(
        "\n".join(line for line in text.splitlines() if not line.startswith("outcome_after_cutoff")), encoding="utf-8"
    )
    assert main(["run", str(study), "--warehouse", str(tmp_path / "wh"), "--cutoff", CUTOFF]) == 2
    assert "policies.outcome_after_cutoff: is missing: the data is cut" in capsys.readouterr().err
