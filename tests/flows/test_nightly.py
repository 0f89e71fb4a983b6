"""The flow: the time limit, what is tried again, what Prefect is told; and, against a real server on loopback, the same
snapshot and a run that the server can show."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prefect.states import Failed

from flows import nightly, warehouse
from flows.study import Request, Written, ingest, publish

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"


def test_a_run_is_stopped_when_its_time_is_up():
    with pytest.raises(nightly.TimeLimit, match="stopped after 0.001 minute"), nightly.limited(0.001):
        signal.pause()
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_library_that_is_interrupted_in_its_own_way_counts_as_the_time_limit():
    def query() -> None:
        try:
            signal.pause()
        except nightly.TimeLimit:
            raise RuntimeError("Query interrupted") from None

    with pytest.raises(nightly.TimeLimit, match="time limit"), nightly.limited(0.001):
        query()


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (OSError(5, "Input/output error"), True),
        (FileNotFoundError(2, "No such file"), True),
        (OSError(28, "No space left on device"), False),
        (nightly.TimeLimit("over"), False),
        (nightly.Stopped(ValueError("a value")), False),
    ],
)
def test_a_reading_is_tried_again_where_the_file_system_was_at_fault(error, again):
    assert nightly.again(None, None, Failed(data=error)) is again


def test_only_steps_that_read_are_tried_again():
    assert {"inputs", "read_study", "raw_files", "ingest"} == nightly.READING
    assert ingest.__name__ in nightly.READING and publish.__name__ not in nightly.READING


def test_what_a_step_raises_reaches_prefect_without_a_value_of_the_data():
    def step() -> None:
        raise ValueError("subject 004 was born on 1968-02-30")

    with pytest.raises(nightly.Stopped) as stopped:
        nightly.discreet(step)()
    assert str(stopped.value) == "ValueError: run it by hand to see more"
    assert isinstance(stopped.value.error, ValueError)


def test_the_assets_of_a_snapshot_are_the_datasets_that_changed(published):
    served = warehouse.current(published)
    outputs = [dict(output) for output in served["outputs"] if output["path"].endswith(".parquet")]
    next(output for output in outputs if output["path"] == "sdtm/AE.parquet")["content"] = "another"

    class Study:
        id = "ADMSCPSO"

    request = Request(STUDY, STUDY / "raw", published.parent, {}, datetime(2024, 5, 2, tzinfo=UTC))
    (changed,) = nightly.assets(Study, request, published, Written(outputs=outputs))
    assert (changed.key, changed.properties.description) == ("trialmill://ADMSCPSO/sdtm/AE", "17 records")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A real `prefect server start`, alone in its own home; gives its API address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("prefect")
    settings = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "WARNING",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    api = f"http://127.0.0.1:{port}/api"
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(command, env={**os.environ, **settings}, stdout=log, stderr=log)
        try:
            wait_for(f"{api}/health", process, home / "server.log")
            yield {**settings, "PREFECT_API_URL": api}
        finally:
            process.terminate()
            process.wait(timeout=60)


def wait_for(address: str, process: subprocess.Popen, log) -> None:
    """Up to three minutes: a fresh database takes the server half a minute on an idle machine (docs/decisions/0003)."""
    until = time.monotonic() + 180
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            process_wait(process, 0.5)
    raise AssertionError(f"the Prefect server did not answer at {address}\n{log.read_text()}")


def process_wait(process: subprocess.Popen, seconds: float) -> None:
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return


def asked(api: str, path: str) -> list[dict]:
    request = urllib.request.Request(f"{api}/{path}", b"{}", {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def test_a_run_with_a_server_is_a_flow_run_with_a_task_a_step(server, tmp_path, published):
    command = [sys.executable, "-m", "flows.cli", "run", str(STUDY), "--warehouse", str(tmp_path), "--json"]
    done = subprocess.run(command, env={**os.environ, **server}, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr

    (flow_run,) = asked(server["PREFECT_API_URL"], "flow_runs/filter")
    assert (flow_run["state_name"], flow_run["name"]) == ("Completed", "admsc_psoriasis")
    task_runs = asked(server["PREFECT_API_URL"], "task_runs/filter")
    assert {run["state_name"] for run in task_runs} == {"Completed"}
    assert {run["name"] for run in task_runs} == {
        "inputs", "read_study", "raw_files", "ingest", "design", "subjects", "checked", "adam", "tables", "closing",
        "publish",
    }  # fmt: skip
    assert warehouse.current(tmp_path / "ADMSCPSO")["content_hash"] == warehouse.current(published)["content_hash"]
    artifacts = asked(server["PREFECT_API_URL"], "artifacts/latest/filter")
    names = ("run", "accounts", "findings", "records")
    assert {artifact["key"] for artifact in artifacts} == {f"admsc-psoriasis-{name}" for name in names}

    with warehouse.lock(tmp_path / "ADMSCPSO", datetime(2024, 5, 2, tzinfo=UTC)):
        more = [*command, "--through", "2020-05-29"]
        held = subprocess.run(more, env={**os.environ, **server}, capture_output=True, text=True, timeout=300)
    assert held.returncode == 4
    assert "is held by process" in json.loads(held.stdout)["error"][0]
