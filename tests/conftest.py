"""What all tests share: repeatable Hypothesis examples, and one real run of the psoriasis study."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

# the same workbook bytes whether lxml happens to be installed or not; read when openpyxl is first imported
os.environ["OPENPYXL_LXML"] = "False"

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

STUDY = Path(__file__).parents[1] / "studies" / "admsc_psoriasis"
NOW = datetime(2024, 5, 1, 2, 0, tzinfo=UTC)


def run(study: Path, warehouse: Path, source: Path | None = None, **options) -> dict:
    """One whole run, as `trialmill run` makes it; returns the manifest."""
    from flows.fingerprint import fingerprint
    from flows.study import Request, run_study

    source = source or study / "raw"
    marks = fingerprint(study, source, {"through": options.get("through")})
    return run_study(Request(study, source, warehouse, marks, options.pop("started", NOW), **options))


@pytest.fixture
def run_time() -> datetime:
    """A night after the one of `published`."""
    return NOW + timedelta(days=1)


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Path:
    """The warehouse folder of the psoriasis study after one run. Read only."""
    warehouse = tmp_path_factory.mktemp("warehouse")
    run(STUDY, warehouse)
    return warehouse / "ADMSCPSO"


@pytest.fixture(scope="session")
def database(published):
    """The analyst's connection to that run."""
    from flows.database import open_database

    with open_database(published / "ADMSCPSO.duckdb") as connection:
        yield connection
