"""The command line: exit statuses, what is printed, and that nothing new means nothing done."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import warehouse
from flows.cli import main

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"


@pytest.fixture
def home(published, monkeypatch) -> Path:
    """The warehouse of one published run, as the command's default."""
    monkeypatch.setenv("TRIALMILL_WAREHOUSE", str(published.parent))
    return published


@pytest.fixture
def copied(tmp_path, monkeypatch) -> Path:
    """A copy of the study, and an empty warehouse."""
    monkeypatch.setenv("TRIALMILL_WAREHOUSE", str(tmp_path / "warehouse"))
    shutil.copytree(STUDY, tmp_path / "study")
    return tmp_path / "study"


def test_a_run_publishes_and_says_what_a_data_manager_asks(copied, capsys):
    assert main(["run", str(copied)]) == 0
    said = capsys.readouterr().out
    assert "ADMSCPSO: snapshot" in said and "published in" in said
    assert "ae                                  54        17          1          36       0" in said
    assert "DM 9" in said and "ADSL 9" in said
    assert "CODE" in said and "a code that the study file does not know" in said

    assert main(["run", str(copied)]) == 0
    assert "nothing has changed since snapshot" in capsys.readouterr().out
    assert len(list((copied.parent / "warehouse" / "ADMSCPSO" / "snapshots").iterdir())) == 1


def test_nothing_new_is_said_in_json_too(copied, capsys):
    assert main(["run", str(copied), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert first["published"] and first["accounts"]
    assert main(["run", str(copied), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "status": 0,
        "published": False,
        "snapshot": first["snapshot"],
    }


def test_the_summary_shows_what_changed_since_the_last_snapshot(copied, capsys):
    assert main(["run", str(copied), "--through", "2020-05-29"]) == 0
    capsys.readouterr()
    assert main(["run", str(copied)]) == 0
    assert "AE 17 (+1)" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["run", "no_such_study"], ["query", "no_such_study", "SELECT 1"]])
def test_an_unknown_study_is_bad_use(arguments, capsys):
    assert main(arguments) == 2
    assert "no study no_such_study" in capsys.readouterr().err


def test_a_bad_study_file_is_status_2_with_every_mistake(copied, capsys):
    study = copied / "study.toml"
    text = study.read_text(encoding="utf-8")
    study.write_text(
        text.replace("synthetic = true", "").replace('birth_date = "year"', 'birth_date = "month"'),
        encoding="utf-8",
    )
    assert main(["run", str(copied)]) == 2
    said = capsys.readouterr().err
    assert "study.toml: study.synthetic: is missing" in said
    assert "study.toml: policies.birth_date" in said and "'full', 'year' or 'omit'" in said


def test_a_missing_file_is_status_3_and_nothing_is_published(copied, capsys):
    (copied / "raw" / "2020-02-28" / "edc_ds.csv").unlink()
    assert main(["run", str(copied)]) == 3
    assert "2020-02-28/edc_ds.csv: is missing" in capsys.readouterr().err
    assert not (copied.parent / "warehouse" / "ADMSCPSO" / "current").exists()


def test_a_folder_that_is_no_delivery_is_status_3(copied, capsys):
    (copied / "raw" / "last night").mkdir()
    assert main(["run", str(copied)]) == 3
    assert "last night" in capsys.readouterr().err


def test_a_study_that_another_run_holds_is_status_4(copied, capsys):
    home = copied.parent / "warehouse" / "ADMSCPSO"
    with warehouse.lock(home, datetime.now(UTC)):
        assert main(["run", str(copied), "--json"]) == 4
    assert json.loads(capsys.readouterr().out)["status"] == 4


def test_a_query_prints_a_table_or_json(home, capsys):
    assert main(["query", str(STUDY), "SELECT count(*) AS subjects FROM sdtm.DM"]) == 0
    assert "subjects" in capsys.readouterr().out
    assert (
        main(
            [
                "query",
                str(STUDY),
                "--json",
                "SELECT SUBJID, AGE FROM sdtm.DM WHERE SEX = 'F' AND ARMCD = 'ADMSC'",
            ]
        )
        == 0
    )
    assert json.loads(capsys.readouterr().out) == [{"SUBJID": "004", "AGE": 52.0}]


def test_a_query_cannot_write(home, capsys):
    assert main(["query", str(STUDY), "DELETE FROM sdtm.DM"]) == 2
    assert "read-only" in capsys.readouterr().err


def test_a_query_as_of_a_date_before_the_first_snapshot_says_so(home, capsys):
    assert main(["query", str(STUDY), "--as-of", "2019-01-01", "SELECT 1"]) == 2
    assert "no snapshot 2019-01-01" in capsys.readouterr().err


def test_status_shows_the_last_runs(home, capsys):
    assert main(["status", str(STUDY)]) == 0
    assert "published" in capsys.readouterr().out
    assert main(["status", str(STUDY), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [run["event"] for run in shown["runs"]] == ["published"]
    assert shown["snapshots"][0]["delivery"] == "2021-05-28"


def test_check_lists_every_finding_of_the_raw_files_and_publishes_nothing(copied, capsys):
    assert main(["check", str(copied)]) == 0
    said = capsys.readouterr().out
    assert "2021-05-28/edc_ae.csv row 12, OUTCOME: 'Recoverd' is no code that the study file knows" in said
    assert not (copied.parent / "warehouse").exists()
