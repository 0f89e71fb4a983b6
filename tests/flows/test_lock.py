"""The database lock, and the other commands that look after a warehouse, as their user meets them."""

import json
import shutil
from pathlib import Path

import pytest

from flows import audit, warehouse
from flows.cli import main

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"


@pytest.fixture
def study(published, tmp_path, monkeypatch) -> Path:
    """A copy of the study, and of the warehouse of one run, which is the command's default."""
    monkeypatch.setenv("TRIALMILL_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    shutil.copytree(published, tmp_path / "warehouse" / "ADMSCPSO", symlinks=True)
    return shutil.copytree(STUDY, tmp_path / "study")


def home(study: Path) -> Path:
    return study.parent / "warehouse" / "ADMSCPSO"


def test_nothing_is_published_over_a_locked_snapshot_without_a_reason(study, capsys):
    final = warehouse.current(home(study))["snapshot"]
    assert main(["lock", str(study), "2021-12-31", "--reason", "all queries closed", "--who", "Statistics"]) == 0
    assert capsys.readouterr().out == f"snapshot {final} is locked by Statistics\n"

    (study / "README.md").write_text("another")
    assert main(["run", str(study)]) == 3
    said = capsys.readouterr().err
    assert f"Statistics locked snapshot {final}" in said and "(all queries closed)" in said
    assert '--unlock --reason "..."' in said
    assert warehouse.current(home(study))["snapshot"] == final
    assert main(["run", str(study), "--unlock"]) == 2
    assert "--unlock needs --reason" in capsys.readouterr().err

    assert main(["run", str(study), "--unlock", "--reason", "late serious event", "--who", "Safety", "--json"]) == 0
    unlocked = {"snapshot": final, "reason": "late serious event", "who": "Safety"}
    assert json.loads(capsys.readouterr().out)["unlocked"] == unlocked
    events = audit.events(home(study) / "audit.jsonl")
    assert [event["event"] for event in events] == ["published", "locked", "stopped", "published"]
    assert events[-1]["unlocked"] == unlocked
    assert main(["audit", str(study), "--verify"]) == 0
    assert main(["prune", str(study), "--keep", "1"]) == 0
    assert warehouse.snapshot(home(study), final)


def test_the_audit_log_is_shown_and_proved(study, capsys):
    assert main(["audit", str(study)]) == 0
    assert "published   snapshot " in capsys.readouterr().out
    assert main(["audit", str(study), "--verify"]) == 0
    assert "1 lines in order, and every file of every snapshot as it was published" in capsys.readouterr().out

    log = home(study) / "audit.jsonl"
    log.write_text(log.read_text().replace("published", "Published"))
    assert main(["audit", str(study), "--verify", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["wrong"] == ["audit.jsonl: line 1 was altered"]


def test_prune_needs_to_know_how_many(study, capsys):
    assert main(["prune", str(study)]) == 2
    assert "[retention] snapshots = N" in capsys.readouterr().err
    path = study / "study.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n[retention]\nsnapshots = 3\n", encoding="utf-8")
    assert main(["prune", str(study)]) == 0
    assert capsys.readouterr().out == "nothing to remove: 1 snapshot(s) stay\n"
    assert main(["prune", str(study), "--keep", "0"]) == 2


@pytest.mark.parametrize("command", [["replay"], ["lock", "--reason", "why"]])
def test_a_snapshot_that_is_not_there_is_bad_use(study, capsys, command):
    assert main([command[0], str(study), "1999-01-01", *command[1:]]) == 2
    assert "no snapshot 1999-01-01; the newest are" in capsys.readouterr().err


def test_a_schedule_for_no_study_or_at_no_time_is_bad_use(study, capsys):
    assert main(["serve", "no_such_study", "--cron", "0 2 * * *"]) == 2
    assert main(["serve", str(study), "--cron", "0 2 * * *", "--timezone", "Mars/Olympus", "--json"]) == 2
    assert "Mars/Olympus is no time zone" in capsys.readouterr().out
