"""What comes before the study: whether there is anything to do, and files that cannot be read."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import audit, warehouse
from flows.problems import RawFileError
from flows.run import Asked, inputs, whole_run

ROOT = Path(__file__).parents[2]
STUDY = ROOT / "studies" / "admsc_psoriasis"
NIGHT = datetime(2024, 5, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def copied(tmp_path) -> Path:
    return shutil.copytree(STUDY, tmp_path / "study")


def test_an_option_that_is_not_given_is_the_same_as_none(copied):
    scheduled = inputs(Asked(copied, copied / "raw", copied.parent), NIGHT)
    by_hand = Asked(copied, copied / "raw", copied.parent, {"through": None, "cutoff": None}, workers=2)
    assert inputs(by_hand, NIGHT) == scheduled


def test_a_night_with_nothing_new_clears_up_what_a_dead_run_left_and_owes(copied, tmp_path):
    asked = Asked(copied, copied / "raw", tmp_path / "warehouse")
    home = tmp_path / "warehouse" / "ADMSCPSO"
    done = whole_run(asked, NIGHT)
    (home / "audit.jsonl").unlink()  # as if killed between the switch and the line about it
    (home / ".lock").write_text("process 1 since 2024-05-01T02:00:00Z")
    (home / ".staging-dead").mkdir()
    again = whole_run(asked, datetime(2024, 5, 3, tzinfo=UTC))
    assert (again.published, again.manifest) == (False, done.manifest)
    died, published = audit.events(home / "audit.jsonl")
    assert (died["event"], died["run"]) == ("died", "process 1 since 2024-05-01T02:00:00Z")
    assert (published["snapshot"], published["late"]) == (done.manifest["snapshot"], True)
    assert list(home.glob(".staging-*")) == []


def test_a_night_with_nothing_new_needs_no_lock(copied, tmp_path):
    asked = Asked(copied, copied / "raw", tmp_path / "warehouse")
    whole_run(asked, NIGHT)
    with warehouse.lock(tmp_path / "warehouse" / "ADMSCPSO", NIGHT):
        assert not whole_run(asked, NIGHT).published


def test_a_raw_file_that_may_not_be_read_is_named(copied):
    """Root may read anything, so where the tests run as root another user tries."""
    code = f"""
import os, sys
from datetime import datetime, UTC
from pathlib import Path
from flows.problems import RawFileError
from flows.run import Asked, inputs
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
study = Path({str(copied)!r})
try:
    inputs(Asked(study, study / "raw", study.parent), datetime(2024, 5, 2, tzinfo=UTC))
except RawFileError as error:
    print(error)
"""
    secret = copied / "raw" / "2021-05-28" / "edc_ae.csv"
    secret.chmod(0)
    for folder in copied.parents:
        if folder.stat().st_uid == os.getuid() and folder.is_relative_to("/tmp") and folder != Path("/tmp"):
            folder.chmod(folder.stat().st_mode | 0o011)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert "edc_ae.csv: cannot be read: Permission denied" in done.stdout, done.stderr


def test_a_folder_of_deliveries_that_is_not_there_is_named(copied):
    with pytest.raises(RawFileError, match="nowhere: is not there"):
        inputs(Asked(copied, copied / "nowhere", copied.parent), NIGHT)
