"""Scheduled runs: a Prefect deployment per study, served in this process, each run in a process of its own.

Prefect says when; whether a run may start, and what it came to, the study's lock and manifest say. Everything that
Prefect keeps lies in the warehouse under .prefect.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zoneinfo
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from flows.problems import BadUse
from flows.run import home_of
from flows.warehouse import StudyLocked, end_with_parent

START = 180  # seconds: on a slow machine a fresh database takes Prefect more than its own limit of 20

# quiet, on this machine alone, and quick to see that a run has died
SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(START),
    # a run that was killed with its server would hold its slot for 300 s, and the next night's would be cancelled
    "PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION": "60",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
}


def serve(
    studies: Sequence[Path],
    warehouse: Path,
    cron: str,
    timezone: str | None,
    time_limit: int,
    workers: int,
    port: int,
) -> Iterator[dict]:
    """Runs the studies at the times of `cron` until it is stopped; says what it does as soon as it is ready."""
    names = [folder.resolve().name for folder in studies]
    if double := sorted({name for name in names if names.count(name) > 1}):
        raise BadUse(f"two studies are called {', '.join(double)}: each needs a folder name of its own")
    if timezone is not None and timezone not in zoneinfo.available_timezones():
        raise BadUse(f"{timezone} is no time zone that is known; Asia/Shanghai is one")
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("PREFECT_HOME", str((warehouse / ".prefect").resolve()))
    Path(os.environ["PREFECT_HOME"]).mkdir(mode=0o750, parents=True, exist_ok=True)
    own = not os.environ.get("PREFECT_API_URL")
    if own:  # known before Prefect is imported, which reads it once
        os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{free(port)}/api"
    import prefect
    from prefect.schedules import Cron

    try:
        schedule = Cron(cron, timezone=timezone or "UTC")
    except ValueError:
        raise BadUse(f'{cron} is no cron line; "0 2 * * *" is every day at two') from None
    with server(os.environ["PREFECT_API_URL"]) if own else contextlib.nullcontext():
        place = warehouse.resolve()
        served = [deployment(folder.resolve(), place, schedule, time_limit, workers) for folder in studies]
        bury(dict(zip(names, studies, strict=True)), warehouse)
        pages = os.environ["PREFECT_API_URL"].removesuffix("/api")
        yield {"studies": names, "cron": cron, "timezone": timezone or "UTC", "pages": pages}
        # not paused when it stops: a night that was missed is made up for
        prefect.serve(*served, pause_on_shutdown=False, print_starting_message=False, limit=os.cpu_count())


def deployment(study: Path, warehouse: Path, schedule, time_limit: int, workers: int):
    """One study's deployment: one run at a time, and one that comes too early is cancelled, not queued."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.deployments.runner import EntrypointType

    from flows.nightly import nightly

    return nightly.to_deployment(
        study.name,
        schedule=schedule,
        parameters={
            "study": str(study),
            "warehouse_folder": str(warehouse),
            "workers": workers,
            "time_limit": time_limit,
        },
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


@contextlib.contextmanager
def server(address: str) -> Iterator[None]:
    """A Prefect server on loopback at this address, which ends with this process; one a warehouse."""
    home, port = Path(os.environ["PREFECT_HOME"]), address.rpartition(":")[2].removesuffix("/api")
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", port]
    # the pages ask the port of the settings, whatever port the server was started on
    settings = {**os.environ, "PREFECT_SERVER_API_PORT": port, "PREFECT_SERVER_UI_API_URL": address}
    with open(home / ".lock", "w") as alone, open(home / "server.log", "a") as log:
        try:
            fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            words = "another `trialmill serve` is at work in this warehouse: give all its studies to one"
            raise StudyLocked(words) from None
        end = partial(end_with_parent, signal.SIGTERM)
        # apart from what a terminal sends to all: a server that ends first would not hear how the runs ended
        apart = {"start_new_session": True, "preexec_fn": end}
        process = subprocess.Popen(command, env=settings, stdout=log, stderr=log, **apart)
        try:
            wait_for(f"{address}/health", process, home / "server.log")
            yield
        finally:
            process.terminate()
            process.wait(timeout=60)


def free(port: int) -> int:
    """This port, or another one where it is taken."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the Prefect server ended as it started: see {log}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.5)
    raise RuntimeError(f"the Prefect server did not answer at {address} within {START} s: see {log}")


def bury(studies: dict[str, Path], warehouse: Path) -> None:
    """Marks as crashed the runs that Prefect believes to be running and whose study nobody holds: a run killed together
    with the process that served it stays Running for ever."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import DeploymentFilter, FlowRunFilter
    from prefect.client.schemas.objects import StateType
    from prefect.states import Crashed

    with get_client(sync_client=True) as client:
        for name, folder in studies.items():
            try:
                home = home_of(folder, warehouse)
            except Exception:  # a study file that cannot be read is the business of its own runs
                continue
            if held(home):
                continue
            running = client.read_flow_runs(
                flow_run_filter=FlowRunFilter(state={"type": {"any_": [StateType.RUNNING, StateType.PENDING]}}),
                deployment_filter=DeploymentFilter(name={"any_": [name]}),
            )
            for run in running:
                words = "the process was killed; the study's lock is free"
                client.set_flow_run_state(run.id, Crashed(message=words), force=True)


def held(home: Path) -> bool:
    """Whether a run is at work in the study."""
    try:
        with open(home / ".lock", "rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
