"""Scheduled runs: what is refused, and, in the long tier, a schedule that fires on its own."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import audit, warehouse
from flows.serve import SETTINGS, BadUse, held, serve

ROOT = Path(__file__).parents[2]
STUDY = ROOT / "studies" / "admsc_psoriasis"


@pytest.mark.parametrize(
    ("studies", "cron", "timezone", "words"),
    [
        (["a/study", "b/study"], "0 2 * * *", None, "two studies are called study"),
        (["a/study"], "0 2 * * *", "Mars/Olympus", "Mars/Olympus is no time zone"),
        (["a/study"], "at two", None, "at two is no cron line"),
    ],
)
def test_a_schedule_that_cannot_be_followed_is_refused_before_a_server_is_started(
    tmp_path, monkeypatch, studies, cron, timezone, words
):
    for name in [*SETTINGS, "PREFECT_HOME", "PREFECT_API_URL"]:
        monkeypatch.setenv(name, "")  # so that what serve sets is taken back
        monkeypatch.delenv(name)
    with pytest.raises(BadUse, match=words):
        next(serve([tmp_path / name for name in studies], tmp_path / "warehouse", cron, timezone, 240, 1, 4200))
    assert list(tmp_path.glob("warehouse/.prefect/server.log")) == []


def test_a_study_is_held_while_a_run_has_its_lock(tmp_path):
    home = tmp_path / "S-1"
    assert not held(home)
    with warehouse.lock(home, datetime(2020, 3, 1, tzinfo=UTC)):
        assert held(home)
    assert not held(home)


# a schedule that fires on its own, against a real server


def asked(api: str, path: str, body: dict | None = None) -> list[dict]:
    request = urllib.request.Request(
        f"{api}/{path}", json.dumps(body or {}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


class Served:
    """A `trialmill serve` in a process of its own, every minute."""

    def __init__(self, folder: Path, *studies: str):
        command = [sys.executable, "-m", "flows.cli", "serve", *studies, "--cron", "* * * * *", "--port", "0"]
        settings = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT")}
        self.log = (folder / "serve.log").open("a")
        self.process = subprocess.Popen(
            [*command, "--warehouse", str(folder / "warehouse")],
            cwd=folder,
            env={**settings, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        self.said = self.process.stdout.readline()
        self.api = re.search(r"http://127.0.0.1:\d+", self.said)[0] + "/api"

    def until(self, question, seconds: int = 300):
        """What the question answers as soon as it is not empty."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := question():
                return found
            try:
                self.process.wait(timeout=0.5)
                raise AssertionError("serve ended")
            except subprocess.TimeoutExpired:
                continue
        raise AssertionError("it did not come to that")

    def runs(self, name: str, *states: str) -> list[dict]:
        runs = {"name": {"any_": [name]}, "state": {"name": {"any_": list(states)}}}
        return asked(self.api, "flow_runs/filter", {"flow_runs": runs})


@pytest.mark.long
def test_a_schedule_fires_on_its_own_and_one_study_does_not_touch_another(tmp_path):
    good, bad = (shutil.copytree(STUDY, tmp_path / "studies" / name) for name in ("good", "bad"))
    text = (bad / "study.toml").read_text(encoding="utf-8")
    (bad / "study.toml").write_text(text.replace('id = "ADMSCPSO"', 'id = "BAD"'), encoding="utf-8")
    (bad / "raw" / "2021-05-28" / "edc_ds.csv").unlink()
    home = tmp_path / "warehouse" / "ADMSCPSO"
    served = Served(tmp_path, "good", "bad")
    try:
        assert "good, bad: scheduled at * * * * * (UTC)" in served.said
        served.until(lambda: served.runs("good", "Completed"))
        (failed, *_) = served.until(lambda: served.runs("bad", "Failed"))
        assert failed["state"]["message"] == "RawFileError: 1 problem(s) in edc_ds.csv"
        manifest = warehouse.current(home)
        assert len(list(warehouse.snapshots(home))) == 1
        artifacts = {artifact["key"]: artifact for artifact in asked(served.api, "artifacts/latest/filter")}
        assert {"good-run", "good-accounts", "good-findings", "good-records", "bad-run"} <= artifacts.keys()
        rows = {row["source"]: row for row in json.loads(artifacts["good-accounts"]["data"])}
        assert rows["ae"]["received"] == 54
        event = {"filter": {"event": {"prefix": ["prefect.asset.materialization"]}, "occurred": since(failed)}}
        events = asked(served.api, "events/filter", event)["events"]
        keys = {event["resource"]["prefect.resource.id"] for event in events}
        assert {"trialmill://ADMSCPSO/sdtm/DM", "trialmill://ADMSCPSO/adam/ADSL"} <= keys

        # killed together with its run: the next serve buries it, and the next run is as if nothing had happened
        (good / "README.md").write_text("another")
        holder = served.until(lambda: at_work(home))
        served.process.kill()
        os.kill(holder, signal.SIGKILL)
        served.process.wait(timeout=30)
        served = Served(tmp_path, "good", "bad")
        (run,) = served.until(lambda: served.runs("good", "Crashed"))
        assert run["state"]["message"] == "the process was killed; the study's lock is free"
        served.until(lambda: warehouse.current(home)["number"] == 2)
        assert warehouse.current(home)["accounts"] == manifest["accounts"]
        assert [event["event"] for event in audit.events(home / "audit.jsonl")] == ["published", "died", "published"]
    finally:
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(timeout=60)


def since(run: dict) -> dict:
    return {"since": run["created"]}


def at_work(home: Path) -> int | None:
    """The process of the run that is under way and has begun to write."""
    found = re.match(r"process (\d+)", (home / ".lock").read_text())
    return int(found[1]) if found and list(home.glob(".staging-*/raw")) else None
