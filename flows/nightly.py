"""The Prefect flow of a run: the same steps in the same order, each a task, for a server to see.

Only `trialmill run` with PREFECT_API_URL set, and scheduled runs, come through here. Tasks are whole steps, never rows;
Prefect keeps no results, and what counts as truth is the manifest.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import signal
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.runtime import deployment, flow_run
from prefect.states import Cancelled, Failed, State

from flows import alerts, shown, warehouse
from flows.run import Asked, Done, whole_run

# Steps that read what the sites sent, on disks that may be away for a moment: tried again after so many seconds.
READING = {"inputs", "read_study", "raw_files", "ingest"}
PAUSES = [10, 60]
FULL = {errno.ENOSPC, errno.EDQUOT}  # waiting makes no room


class TimeLimit(TimeoutError):
    """The run took longer than it may."""


class Stopped(Exception):
    """A run that stopped, in words without a value of the data: Prefect keeps the text of what is raised. `error` is
    what happened."""

    def __init__(self, error: Exception):
        self.error = error
        super().__init__("; ".join(alerts.words_of(error)))


def run_name() -> str:
    return Path(flow_run.parameters["study"]).name


@flow(name="trialmill", flow_run_name=run_name, persist_result=False)
def nightly(
    study: str,
    warehouse_folder: str,
    source: str | None = None,
    options: dict | None = None,
    workers: int = 1,
    dask: str | None = None,
    unlock: dict | None = None,
    time_limit: int | None = None,
) -> Done | State:
    """Publishes what is new in one study.

    study: its folder. source: the folder of deliveries (study/raw). time_limit: in minutes. A scheduled run that finds
    another one at work ends as Cancelled.
    """
    folder = Path(study)
    asked = Asked(
        folder, Path(source) if source else folder / "raw", Path(warehouse_folder), options or {}, workers, dask, unlock
    )
    try:
        with limited(time_limit):
            done = whole_run(asked, datetime.now(UTC), as_task)
    except Exception as error:
        held = isinstance(error, warehouse.StudyLocked)
        if not held:
            show(shown.failure, folder.name, alerts.words_of(error))
        if not deployment.id:
            raise Stopped(error) from None
        stopped = Stopped(error)
        if isinstance(error, TimeLimit):
            return Failed(name="TimedOut", message=str(stopped))
        return Cancelled(message=str(error)) if held else Failed(message=str(stopped))
    show(shown.run, folder.name, done)
    return done


@contextlib.contextmanager
def limited(minutes: float | None) -> Iterator[None]:
    """Raises TimeLimit in the run when its time is up. Libraries that are interrupted say so in their own ways."""
    if not minutes or threading.current_thread() is not threading.main_thread():
        yield
        return
    words = f"stopped after {minutes} minute(s): the time limit of a run"
    over = []

    def stop(*_: object) -> None:
        over.append(True)
        raise TimeLimit(words)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, minutes * 60)
    try:
        yield
    except Exception as error:
        if over and not isinstance(error, TimeLimit):
            raise TimeLimit(words) from error
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def as_task(function: Callable, *args: object) -> object:
    """Calls a step as a Prefect task; what `publish` changes in a snapshot are its assets."""
    name = function.__name__
    options = {"name": name, "task_run_name": name, "persist_result": False, "cache_policy": None}
    if name in READING:
        options |= {"retries": len(PAUSES), "retry_delay_seconds": PAUSES, "retry_condition_fn": again}
    made = task(discreet(function), **options)
    if name == "publish" and (changed := assets(*args)):
        made = materialize(*changed, by="trialmill", **options)(discreet(function))
    try:
        return made(*args)
    except Stopped as stopped:
        raise stopped.error from None


def discreet(function: Callable) -> Callable:
    """The step; what it raises is Stopped, unless it is for the retries to judge."""

    @functools.wraps(function)
    def step(*args: object) -> object:
        try:
            return function(*args)
        except (OSError, TimeLimit):
            raise
        except Exception as error:
            raise Stopped(error) from None

    return step


def again(failed: object, run: object, state: State) -> bool:
    """Whether a reading that failed is tried again: only where the file system was at fault."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError) and not isinstance(error, TimeoutError) and error.errno not in FULL


def assets(study, request, staging: Path, written) -> list[Asset]:
    """One per SDTM and ADaM dataset and table whose content is not that of the snapshot before."""
    served = warehouse.current(request.warehouse / study.id)
    before = {output["path"]: output["content"] for output in served["outputs"]} if served else {}
    records: dict[str, int] = {}
    changed = set()
    for output in written.outputs:
        layer, _, name = output["path"].partition("/")
        if layer in ("sdtm", "adam", "tables"):
            dataset = f"{layer}/{name.split('/')[0].removesuffix('.parquet')}"
            records[dataset] = records.get(dataset, 0) + output["rows"]
            if before.get(output["path"]) != output["content"]:
                changed.add(dataset)
    return [
        Asset(
            key=f"trialmill://{study.id}/{dataset}",
            properties=AssetProperties(name=f"{study.id} {dataset}", description=f"{records[dataset]:,} records"),
        )
        for dataset in sorted(changed)
    ]


def show(function: Callable, *args: object) -> None:
    """What a person sees in Prefect comes after what counts: a server that does not take it fails no run."""
    try:
        function(*args)
    except Exception as error:
        get_run_logger().warning("the server took no artifact: %s", type(error).__name__)
