"""Runs that are killed, that run out of room, or that lose a file under their hands: what was served stays served
whole, and the next run comes to the same as one that nothing disturbed."""

import json
import os
import random
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows import audit, warehouse
from flows.problems import RawFileError
from flows.replay import replay

ROOT = Path(__file__).parents[2]
STUDY = ROOT / "studies" / "admsc_psoriasis"
STARTED = datetime(2024, 5, 1, 2, 0, tzinfo=UTC)
FIRST = "2020-05-29"  # the delivery before the last

# Imports what a run needs and then makes each run in a fork of itself, so that a killed one costs no start.
# A fault is [kind, name, n]: killed before or after a step; at the n-th call of a function of the system; in the
# middle of the n-th file; after so much CPU time; or a limit to the size of a file.
NURSE = """
import json, os, resource, shutil, signal, sys
from datetime import datetime
from pathlib import Path
from flows import audit, study, warehouse
from flows.fingerprint import fingerprint

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def nth(call, n, after):
    left = [n]
    def counted(*args, **options):
        left[0] -= 1
        if left[0] == 0 and not after:
            die()
        result = call(*args, **options)
        if left[0] == 0 and after:
            die()
        return result
    return counted

def half_a_file(frame, schema, file):
    file.write(b"PAR1 and no more")
    file.flush()
    die()

def stepper(fault):
    kind, name, n = fault or ("none", "", 0)
    if kind in ("call", "called"):
        of, function = name.split(".")
        module = {"os": os, "shutil": shutil, "study": study, "warehouse": warehouse}[of]
        setattr(module, function, nth(getattr(module, function), n, kind == "called"))
    if kind == "half":
        left, whole = [n], study.write_parquet
        def write(*args):
            left[0] -= 1
            return (half_a_file if left[0] == 0 else whole)(*args)
        study.write_parquet = write
    if kind == "half a line":
        def half(path, event, now):
            with open(path, "ab") as log:
                log.write(b'{"line":9,"time":"2024-05')
            die()
        audit.append = half
    if kind == "cpu":
        signal.setitimer(signal.ITIMER_PROF, n)  # the kernel ends the process, whatever code it is in
    if kind == "room":
        resource.setrlimit(resource.RLIMIT_FSIZE, (n, n))
    def step(function, *args):
        if kind == "before" and function.__name__ == name:
            die()
        result = function(*args)
        if kind == "after" and function.__name__ == name:
            die()
        return result
    return step

for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if not child:
        status = 1
        try:
            step = stepper(asked["fault"])
            folder, place = Path(asked["study"]), Path(asked["warehouse"])
            marks = fingerprint(folder, folder / "raw", {"through": asked["through"]})
            started = datetime.fromisoformat(asked["started"])
            study.run_study(study.Request(folder, folder / "raw", place, marks, started, asked["through"]), step)
            status = 0
        except OSError:
            status = 5
        finally:
            os._exit(status)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def nurse():
    """A way to make one run in a process of its own; returns its exit status, negative for a signal."""
    with subprocess.Popen(
        [sys.executable, "-c", NURSE], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def run(place: Path, fault=None, days: int = 1, through: str | None = None, study: Path = STUDY) -> int:
            started = (STARTED + timedelta(days=days)).isoformat()
            asked = {"study": str(study), "warehouse": str(place), "through": through, "started": started}
            process.stdin.write(json.dumps(asked | {"fault": fault}) + "\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield run
        process.stdin.close()


@pytest.fixture(scope="module")
def first_night(nurse, tmp_path_factory) -> Path:
    """A warehouse with one snapshot, of all deliveries but the last."""
    place = tmp_path_factory.mktemp("first")
    assert nurse(place, days=0, through=FIRST) == 0
    return place


@pytest.fixture(scope="module")
def undisturbed(nurse, first_night, tmp_path_factory) -> dict:
    """The manifest of the second night, which nothing disturbs."""
    place = tmp_path_factory.mktemp("second") / "warehouse"
    shutil.copytree(first_night, place, symlinks=True)
    assert nurse(place) == 0
    return warehouse.current(place / "ADMSCPSO")


@pytest.fixture
def place(first_night, tmp_path) -> Path:
    shutil.copytree(first_night, tmp_path / "warehouse", symlinks=True)
    return tmp_path / "warehouse"


def whole(home: Path) -> dict:
    """The manifest of the served snapshot, proved to be there in full, with the log that belongs to it."""
    manifest = warehouse.current(home)
    folder = warehouse.snapshot_folder(home, manifest)
    assert folder == (home / "current").resolve()
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {output["path"] for output in manifest["outputs"]} | {"manifest.json"}
    warehouse.accounts_balance(manifest["accounts"])
    return manifest


def contents(manifest: dict) -> dict:
    """What a snapshot says of the data; its queries tell of the runs before it too."""
    return {output["path"]: output["content"] for output in manifest["outputs"] if output["path"] != "queries.parquet"}


def recovered(home: Path, undisturbed: dict) -> None:
    """The warehouse is as if nothing had happened."""
    manifest = whole(home)
    assert manifest["content_hash"] == undisturbed["content_hash"]
    assert manifest["accounts"] == undisturbed["accounts"]
    assert warehouse.tampered(home) == []
    assert {path.name for path in (home / "snapshots").iterdir()} == {m["snapshot"] for m in warehouse.snapshots(home)}
    assert {path.name for path in home.glob(".*")} == {".lock"}
    assert not [path for path in (home / "archive").iterdir() if len(path.name) != 64]


STEPS = [
    *("read_study", "raw_files", "ingest", "design", "subjects"),
    *("checked", "adam", "tables", "closing", "publish"),
]
CALLS = [
    *(("call", "shutil.copyfile", n) for n in (1, 10)),  # into the archive
    *(("called", "shutil.copyfile", n) for n in (1, 10)),
    *(("call", "os.rename", n) for n in (1, 10)),
    *(("half", "parquet", n) for n in (1, 10, 40)),
    *(("call", "os.fsync", n) for n in (5, 30, 60)),
    ("called", "os.link", 1),
    ("called", "os.chmod", 30),
    ("called", "os.symlink", 1),
    ("call", "os.replace", 20),
    ("call", "study.build_database", 1),
    ("called", "study.build_database", 1),
    ("called", "warehouse.publish", 1),  # switched, and not yet in the audit log
    ("half a line", "", 1),
]
ORDINARY = [("after", "ingest", 0), ("half", "parquet", 40), ("called", "warehouse.publish", 1), ("half a line", "", 1)]
FAULTS = [(kind, name, 0) for name in STEPS for kind in ("before", "after")] + CALLS


@pytest.mark.parametrize("fault", ORDINARY, ids=str)
def test_a_killed_run_leaves_a_whole_snapshot_and_the_next_one_is_as_if_nothing_had_happened(
    fault, nurse, place, undisturbed
):
    killed(fault, nurse, place, undisturbed)


@pytest.mark.long
@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault not in ORDINARY], ids=str)
def test_wherever_it_is_killed(fault, nurse, place, undisturbed):
    killed(fault, nurse, place, undisturbed)


def killed(fault, nurse, place, undisturbed):
    home = place / "ADMSCPSO"
    before = warehouse.current(home)
    assert nurse(place, fault) == -9
    switched = whole(home)["snapshot"] != before["snapshot"]
    late = (("after", "publish", 0), ("called", "warehouse.publish", 1), ("half a line", "", 1))
    assert switched == (fault in late)
    assert nurse(place, days=2) == 0
    recovered(home, undisturbed)
    told = [(event["event"], event.get("snapshot")) for event in audit.events(home / "audit.jsonl")]
    assert told.count(("died", None)) == (fault[1] != "read_study")  # before it there is no home to be locked
    assert told.count(("published", warehouse.current(home)["snapshot"])) == 1


@pytest.mark.parametrize("room", [1_000, 20_000, 300_000])
def test_a_run_without_room_publishes_nothing_and_leaves_nothing(room, nurse, place):
    home = place / "ADMSCPSO"
    before = warehouse.current(home)
    assert nurse(place, ("room", "", room)) in (1, 5)
    assert whole(home) == before
    assert list(home.glob(".staging-*")) == []


@pytest.mark.long
@pytest.mark.parametrize("room", [1_000, 20_000, 300_000])
def test_after_a_run_without_room_the_next_one_is_as_if_nothing_had_happened(room, nurse, place, undisturbed):
    assert nurse(place, ("room", "", room)) in (1, 5)
    assert nurse(place, days=2) == 0
    recovered(place / "ADMSCPSO", undisturbed)


def test_a_clock_set_back_by_years_does_no_harm(nurse, place, undisturbed):
    assert nurse(place, days=-3_000) == 0
    recovered(place / "ADMSCPSO", undisturbed)
    newest, first = warehouse.snapshots(place / "ADMSCPSO")
    assert newest["snapshot"] < first["snapshot"]


def test_a_truncated_file_of_the_last_snapshot_is_made_good(nurse, place, undisturbed):
    assert nurse(place) == 0
    home = place / "ADMSCPSO"
    damaged = warehouse.current(home)
    path = home / "current" / "sdtm" / "AE.parquet"
    path.chmod(0o640)
    with path.open("r+b") as file:
        file.truncate(100)
    assert nurse(place, days=2) == 0
    assert whole(home)["snapshot"] != damaged["snapshot"]
    assert contents(whole(home)) == contents(undisturbed)
    (found,) = warehouse.tampered(home)
    assert found == f"snapshots/{damaged['snapshot']}/sdtm/AE.parquet was changed since it was written"


def test_a_raw_file_that_vanishes_while_the_run_is_under_way_stops_it(place, tmp_path, monkeypatch):
    from flows import study
    from flows.fingerprint import fingerprint

    folder = shutil.copytree(STUDY, tmp_path / "study")
    before = warehouse.current(place / "ADMSCPSO")
    marks = fingerprint(folder, folder / "raw", {"through": None})

    def step(function, *args):
        if function is study.ingest:
            (folder / "raw" / "2021-05-28" / "edc_ae.csv").unlink()
        return function(*args)

    request = study.Request(folder, folder / "raw", place, marks, STARTED + timedelta(days=1))
    with pytest.raises(RawFileError, match="edc_ae.csv: was there when the run began and is gone"):
        study.run_study(request, step)
    assert whole(place / "ADMSCPSO") == before


def test_two_runs_at_once_one_publishes_and_the_other_is_sent_away(place, undisturbed):
    from flows import study
    from flows.fingerprint import fingerprint

    marks = fingerprint(STUDY, STUDY / "raw", {"through": None})
    request = study.Request(STUDY, STUDY / "raw", place, marks, STARTED + timedelta(days=1))
    sent_away = []

    def step(function, *args):
        if function is study.ingest:
            with pytest.raises(warehouse.StudyLocked):
                study.run_study(request)
            sent_away.append(True)
        return function(*args)

    manifest = study.run_study(request, step)
    assert sent_away
    # fired twice: the second has seen the same old snapshot, but comes to its turn when the first is done
    later = study.Request(STUDY, STUDY / "raw", place, marks, STARTED + timedelta(days=2))
    assert study.run_study(later) == manifest
    recovered(place / "ADMSCPSO", undisturbed)
    assert len(list(warehouse.snapshots(place / "ADMSCPSO"))) == 2


@pytest.mark.long
def test_two_hundred_runs_killed_at_random_tear_nothing_and_lose_nothing(nurse, tmp_path):
    """Each run is asked for another set of deliveries, so each has something to publish. Two of three are killed after
    some CPU time, drawn with a seed."""
    chance = random.Random(20240501)
    days = [path.name for path in sorted((STUDY / "raw").iterdir())]
    alone = {}
    for day in days:
        assert nurse(tmp_path / day, through=day) == 0
        alone[day] = warehouse.current(tmp_path / day / "ADMSCPSO")
    home = tmp_path / "disturbed" / "ADMSCPSO"
    ends = {"killed": 0, "published": 0}
    for night in range(200):
        day = days[night % len(days)]
        fault = ("cpu", "", chance.uniform(0.02, 3.0)) if chance.random() < 2 / 3 else None
        status = nurse(tmp_path / "disturbed", fault, night, day)
        assert status == 0 or status < 0 and fault
        ends["killed" if status else "published"] += 1
        if (home / "current").exists():
            manifest = whole(home)
            expected = alone[manifest["delivery"]]
            assert (contents(manifest), manifest["accounts"]) == (contents(expected), expected["accounts"])
    assert nurse(tmp_path / "disturbed", None, 200, days[0]) == 0
    assert ends["killed"] > 50 and ends["published"] > 50
    assert warehouse.tampered(home) == []
    assert {path.name for path in (home / "snapshots").iterdir()} == {m["snapshot"] for m in warehouse.snapshots(home)}
    for manifest in warehouse.snapshots(home):
        found = replay(home, manifest)
        assert found.by_bytes and found.identical, (manifest["snapshot"], found)


def test_analysts_are_never_in_the_way(nurse, place):
    """An open connection stands while a run publishes; it goes on as it was, and a new one sees the new snapshot."""
    from flows.database import open_database

    home = place / "ADMSCPSO"
    ask = "SELECT count(*) FROM sdtm.AE"
    with open_database(home / "ADMSCPSO.duckdb") as old:
        before = old.execute(ask).fetchone()
        assert nurse(place) == 0
        assert old.execute(ask).fetchone() == before
        assert old.execute("SELECT count(*) FROM adam.ADSL").fetchone() == (9,)
        with open_database(home / "ADMSCPSO.duckdb") as new:
            assert new.execute(ask).fetchone()[0] == before[0] + 1
        assert old.execute(ask).fetchone() == before


def test_a_careless_connection_of_an_ordinary_user_changes_nothing(place, tmp_path_factory):
    """Root may write anything, so where the tests run as root another user tries, in the group of the files."""
    open_to_all = Path(tmp_path_factory.mktemp("shared"))
    for folder in (open_to_all, *open_to_all.parents):
        if folder.stat().st_uid == os.getuid() and folder.is_relative_to(tmp_path_factory.getbasetemp().parent.parent):
            folder.chmod(folder.stat().st_mode | 0o011)
    shutil.copytree(place / "ADMSCPSO", open_to_all / "ADMSCPSO", symlinks=True)
    database = (open_to_all / "ADMSCPSO" / "ADMSCPSO.duckdb").resolve()
    code = f"""
import os, duckdb
if os.getuid() == 0:
    os.setgroups([])
    os.setuid(65534)
print(duckdb.connect({str(database)!r}, read_only=True).execute("SELECT count(*) FROM adam.ADSL").fetchone()[0])
try:
    duckdb.connect({str(database)!r}).execute("DELETE FROM sdtm.AE")
    print("written")
except duckdb.Error as error:
    print("refused")
try:
    open({str(database)!r}, "r+b")
except PermissionError:
    print("refused")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd="/", timeout=60)
    assert done.stdout.split() == ["9", "refused", "refused"], done.stderr
    assert warehouse.tampered(open_to_all / "ADMSCPSO") == []
