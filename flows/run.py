"""One whole run as a person or a schedule asks for it: what is new, the study, and who has to be told.

Until it is known that there is something to do, only the standard library is used here.
"""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flows import warehouse
from flows.fingerprint import fingerprint
from flows.problems import Problem, RawFileError


@dataclass(frozen=True)
class Asked:
    """What a run is asked for; `options` are those that the outcome follows from, as the fingerprint counts them."""

    study: Path  # the study's folder
    source: Path  # the folder of deliveries
    warehouse: Path
    options: dict = field(default_factory=dict)
    workers: int = 1
    dask: str | None = None
    unlock: dict | None = None  # reason and who


@dataclass(frozen=True)
class Done:
    """What a run came to: the served snapshot, and the one before it where it was published just now."""

    manifest: dict
    published: bool
    before: dict | None


def whole_run(asked: Asked, now: datetime, step: Callable | None = None) -> Done:
    """Publishes what is new, and alerts those whom the study file names. Raises what `run_study` raises."""
    from flows import alerts

    home = home_of(asked.study, asked.warehouse)
    try:
        done = published(asked, home, now, step)
    except Exception as error:
        alerts.of_failure(asked.study, home, error, now)
        raise
    alerts.of_run(asked.study, home, done, now)
    return done


def published(asked: Asked, home: Path, now: datetime, step: Callable | None) -> Done:
    """A snapshot of what is new; or the one that is served, where nothing has changed since."""
    call = step or (lambda function, *args: function(*args))
    marks = call(inputs, asked, now)
    before = warehouse.current(home)
    if served := warehouse.unchanged(home, marks):
        with contextlib.suppress(warehouse.StudyLocked), warehouse.lock(home, now):
            pass  # clears what a dead run left and writes the lines it owes; a run under way does so itself
        return Done(served, False, None)

    from flows.study import Request, run_study

    options = {key: value for key, value in asked.options.items() if value is not None}
    request = Request(
        asked.study,
        asked.source,
        asked.warehouse,
        marks,
        now,
        workers=asked.workers,
        dask=asked.dask,
        unlock=asked.unlock,
        **options,
    )
    manifest = run_study(request, call)
    return Done(manifest, manifest["started"] == request_time(now), before)


def request_time(now: datetime) -> str:
    return now.astimezone(warehouse.UTC).isoformat()


def inputs(asked: Asked, now: datetime) -> dict:
    """The fingerprint of all that the run would read; what is to be fetched is fetched first."""
    if "redcap" in study_toml(asked.study):
        from flows.redcap import deliver
        from flows.study_file import read_study

        today = now.date().isoformat()
        if asked.options.get("through") is None or str(asked.options["through"]) >= today:
            deliver(read_study(asked.study), asked.source, today)
    try:
        return fingerprint(asked.study, asked.source, asked.options)
    except ValueError:
        from flows.sources import deliveries

        deliveries(asked.source, asked.options.get("through"))  # says what is wrong with the folder
        raise
    except FileNotFoundError as error:
        words = "is not there" if Path(error.filename or "") == asked.source else "was there a moment ago and is gone"
        raise RawFileError([Problem(str(error.filename), "", words)]) from None
    except PermissionError as error:
        raise RawFileError([Problem(str(error.filename), "", f"cannot be read: {error.strerror}")]) from None


def home_of(study: Path, folder: Path) -> Path:
    """The study's folder in the warehouse."""
    try:
        return folder / study_toml(study)["study"]["id"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError):
        from flows.study_file import read_study

        read_study(study)  # says what is wrong
        raise


def study_toml(study: Path) -> dict:
    return tomllib.loads((study / "study.toml").read_text(encoding="utf-8"))
