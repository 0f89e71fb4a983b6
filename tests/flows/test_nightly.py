"""The flow against a real Prefect server on loopback: the same snapshot, and a run that the server can show."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from flows import warehouse

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"


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
    assert {run["name"].rsplit("-", 1)[0] for run in task_runs} == {
        "read_study", "raw_files", "ingest", "subjects", "design", "adam", "tables", "closing", "publish",
    }  # fmt: skip
    assert (
        warehouse.current(tmp_path / "ADMSCPSO")["content_hash"]
        == warehouse.current(published)["content_hash"]
    )
