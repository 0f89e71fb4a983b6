"""The Prefect flow of a run: the same steps in the same order, each a task, for a server to see.

Only `trialmill run` with PREFECT_API_URL set, and scheduled runs, come through here. Tasks are whole steps, never rows;
Prefect keeps no results, and what counts as truth is the manifest.
"""

from __future__ import annotations

from collections.abc import Callable

from prefect import flow, task

from flows.study import Request, run_study


@flow(name="trialmill", flow_run_name="{request.study.name}", validate_parameters=False, persist_result=False)
def nightly(request: Request) -> dict:
    """Publishes one snapshot of a study and returns its manifest."""
    return run_study(request, as_task)


def as_task(function: Callable, *args: object) -> object:
    """Calls a step as a Prefect task."""
    step = task(function, name=function.__name__, persist_result=False, cache_policy=None, log_prints=False)
    return step(*args)
