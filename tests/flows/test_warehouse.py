import hashlib
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.audit import events, verify
from flows.fingerprint import sha256
from flows.problems import RawFileError
from flows.warehouse import (
    AccountsDoNotBalance,
    StudyLocked,
    accounts_balance,
    archived,
    current,
    lock,
    publish,
    snapshot,
    snapshots,
    staging,
    tampered,
    unchanged,
)

NIGHT = datetime(2020, 3, 1, 2, 0, tzinfo=UTC)
ACCOUNT = {"source": "ae", "received": 10, "in_forms": 7, "rejected": 1, "superseded": 2, "unused": 0}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def study(tmp_path):
    return tmp_path / "ADMSCPSO"


def night(study, files, started=NIGHT, delivery="2020-03-01", accounts=(ACCOUNT,)):
    """One run: `files` are the Parquet files it makes, whatever is in them."""
    with lock(study, started):
        folder = staging(study)
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        (folder / f"{study.name}.duckdb").write_text(f"database of {started}")
        return publish(
            study,
            folder,
            started=started,
            fingerprint={"versions": {"pyarrow": "26"}},
            inputs=[{"delivery": delivery, "path": "ae.csv", "sha256": "0" * 64, "bytes": 1}],
            standards={"ct": "2025-03-28"},
            accounts=list(accounts),
            outputs=[{"path": name, "content": sha(text), "rows": 1} for name, text in files.items()],
            findings={"site": 3, "ours": 1},
        )


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def serves(study, manifest):
    """Whether `current` is this snapshot, each file as its manifest says and no other beside."""
    folder = (study / "current").resolve()
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return (
        current(study) == manifest
        and files == {output["path"] for output in manifest["outputs"]} | {"manifest.json"}
        and all(sha256(folder / output["path"]) == output["sha256"] for output in manifest["outputs"])
    )


def test_a_run_is_served_whole_and_read_only(study):
    manifest = night(study, {"sdtm/AE.parquet": "fever", "findings.parquet": ""})
    assert serves(study, manifest)
    assert manifest["snapshot"] == f"20200301T020000Z-{manifest['content_hash'][:8]}"
    assert (manifest["delivery"], manifest["previous"], manifest["findings_total"]) == ("2020-03-01", None, 4)
    for path in (study / "snapshots").rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o750 if path.is_dir() else 0o440), path
    assert (study / "ADMSCPSO.duckdb").read_text().startswith("database of")


def test_the_content_hash_knows_neither_clock_nor_database_nor_versions(study):
    first = night(study, {"sdtm/AE.parquet": "fever"})
    second = night(study, {"sdtm/AE.parquet": "fever"}, NIGHT + timedelta(days=1))
    assert first["content_hash"] == second["content_hash"] == sha("sdtm/AE.parquet\0" + sha("fever") + "\n")
    assert first["snapshot"] != second["snapshot"]


def test_an_unchanged_file_is_a_link_to_the_snapshot_before(study):
    night(study, {"sdtm/AE.parquet": "fever", "sdtm/DM.parquet": "7"})
    night(study, {"sdtm/AE.parquet": "fever, rash", "sdtm/DM.parquet": "7"}, NIGHT + timedelta(days=1))
    assert (study / "current/sdtm/DM.parquet").stat().st_nlink == 2
    assert (study / "current/sdtm/AE.parquet").stat().st_nlink == 1


def test_a_damaged_file_is_not_linked_to(study):
    old = night(study, {"sdtm/AE.parquet": "fever"})
    path = study / "snapshots" / old["snapshot"] / "sdtm/AE.parquet"
    path.chmod(0o640)
    path.write_text("FEVER")
    assert serves(study, night(study, {"sdtm/AE.parquet": "fever"}, NIGHT + timedelta(days=1)))


def test_accounts_that_do_not_balance_do_not_publish(study):
    first = night(study, {"sdtm/AE.parquet": "fever"})
    lost = ACCOUNT | {"source": "diary", "in_forms": 6}
    with pytest.raises(AccountsDoNotBalance, match="^diary: received 10, but 6 in_forms"):
        night(study, {"sdtm/AE.parquet": "rash"}, NIGHT + timedelta(days=1), accounts=[ACCOUNT, lost])
    assert serves(study, first)
    assert not list(study.glob(".staging-*"))


def test_accounts_balance_source_by_source():
    one_more, one_less = ACCOUNT | {"source": "ex", "received": 11}, ACCOUNT | {"received": 9}
    accounts_balance([ACCOUNT])
    with pytest.raises(AccountsDoNotBalance, match="ex: .*; ae: "):
        accounts_balance([one_more, one_less])


def test_a_file_that_nobody_reported_does_not_publish(study):
    with lock(study, NIGHT):
        folder = staging(study)
        (folder / "AE.parquet").write_text("fever")
        rest = dict.fromkeys(["fingerprint", "inputs", "standards", "accounts", "outputs", "findings"], {})
        with pytest.raises(ValueError, match="AE.parquet"):
            publish(study, folder, started=NIGHT, **rest)


def test_a_clock_set_back_breaks_nothing(study):
    first = night(study, {"sdtm/AE.parquet": "fever"})
    second = night(study, {"sdtm/AE.parquet": "rash"}, NIGHT - timedelta(hours=1), delivery="2020-06-01")
    assert second["snapshot"] < first["snapshot"]
    assert [m["snapshot"] for m in snapshots(study)] == [second["snapshot"], first["snapshot"]]
    with pytest.raises(FileExistsError, match="clock"):
        night(study, {"sdtm/AE.parquet": "fever"})
    assert serves(study, second)


def test_as_of_is_the_date_of_the_delivery(study):
    march = night(study, {"sdtm/AE.parquet": "fever"}, delivery="2020-03-01")
    rerun = night(study, {"sdtm/AE.parquet": "Fever"}, NIGHT + timedelta(days=1), delivery="2020-03-01")
    june = night(study, {"sdtm/AE.parquet": "rash"}, NIGHT + timedelta(days=2), delivery="2020-06-01")
    assert snapshot(study) == snapshot(study, "2020-06-01") == june
    assert snapshot(study, "2020-05-31") == rerun
    assert snapshot(study, march["snapshot"]) == march
    for unknown in ("2020-02-29", "latest", "../" + march["snapshot"]):
        with pytest.raises(LookupError, match="the newest are: " + june["snapshot"]):
            snapshot(study, unknown)


def test_before_the_first_run_there_is_nothing(study):
    assert current(study) is None
    with pytest.raises(LookupError, match="no snapshot yet"):
        snapshot(study)


def test_a_raw_file_is_stored_once_under_its_hash(study, tmp_path):
    study.mkdir()
    (tmp_path / "ae.csv").write_text("fever")
    stored = archived(study, tmp_path / "ae.csv", sha("fever"))
    assert stored == study / "archive" / sha("fever")
    assert stored.stat().st_mode & 0o777 == 0o400
    (tmp_path / "ae.csv").unlink()
    assert archived(study, tmp_path / "ae.csv", sha("fever")).read_text() == "fever"


def test_a_raw_file_that_changes_under_the_run_is_refused(study, tmp_path):
    study.mkdir()
    (tmp_path / "ae.csv").write_text("fever, ra")
    with pytest.raises(RawFileError, match="ae.csv: changed while it was read"):
        archived(study, tmp_path / "ae.csv", sha("fever"))
    assert not (study / "archive" / sha("fever")).exists()


def test_a_raw_file_that_vanishes_under_the_run_is_named(study, tmp_path):
    study.mkdir()
    with pytest.raises(RawFileError, match="ae.csv: was there when the run began and is gone"):
        archived(study, tmp_path / "ae.csv", sha("fever"))


def test_a_damaged_archive_is_noticed(study, tmp_path):
    study.mkdir()
    (tmp_path / "ae.csv").write_text("fever")
    stored = archived(study, tmp_path / "ae.csv", sha("fever"))
    stored.chmod(0o600)
    stored.write_text("FEVER")
    with pytest.raises(ValueError, match="damaged"):
        archived(study, tmp_path / "ae.csv", sha("fever"))


# other processes


def child(code, *args):
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, args)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


HOLDER = """
    import os, sys
    from datetime import datetime, UTC
    from pathlib import Path
    from flows.warehouse import lock, staging
    with lock(Path(sys.argv[1]), datetime(2020, 3, 1, 2, tzinfo=UTC)):
        (staging(Path(sys.argv[1])) / "AE.parquet").write_text("half")
        worker = 0 if sys.argv[2] == "alone" else os.fork()
        if not worker:  # the worker itself where there is one
            print(os.getpid(), flush=True)
        sys.stdin.read()
"""


def test_one_run_at_a_time_and_a_dead_one_leaves_no_lock(study):
    with child(HOLDER, study, "alone") as holder:
        holder.stdout.readline()
        with (
            pytest.raises(StudyLocked, match=f"process {holder.pid} since 2020-03-01T02:00:00Z"),
            lock(study, NIGHT),
        ):
            pass
        assert list(study.glob(".staging-*"))
        holder.kill()
    with lock(study, NIGHT):
        assert not list(study.glob(".staging-*"))


def test_a_worker_that_outlives_its_killed_run_holds_nothing(study):
    with child(HOLDER, study, "with a worker") as holder:
        worker = int(holder.stdout.readline())
        holder.kill()
        holder.wait()
        os.kill(worker, 0)  # it is still there
        with lock(study, NIGHT):
            pass
        os.kill(worker, signal.SIGKILL)


def test_workers_end_with_their_run():
    with child(
        """
        import multiprocessing, os
        from concurrent.futures import ProcessPoolExecutor
        from flows.warehouse import end_with_parent
        with ProcessPoolExecutor(1, multiprocessing.get_context("fork"), end_with_parent) as pool:
            print(pool.submit(os.getpid).result(), flush=True)
            input()
        """
    ) as run:
        worker = int(run.stdout.readline())
        assert worker != run.pid
        run.kill()
        run.communicate(timeout=60)  # the worker has its output open too: the end of it is the worker's


def test_the_same_process_cannot_hold_a_study_twice(study):
    with lock(study, NIGHT), pytest.raises(StudyLocked), lock(study, NIGHT):
        pass
    with lock(study, NIGHT):
        pass


KILLED = """
    import os, signal, sys
    from datetime import datetime, timedelta
    from pathlib import Path
    sys.path.insert(0, "tests/flows")
    from test_warehouse import NIGHT, night

    left = int(sys.argv[2])

    def deadly(call):
        def deadly_call(*args, **options):
            global left
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            call(*args, **options)
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return deadly_call

    for name in ("link", "symlink", "rename", "replace"):
        setattr(os, name, deadly(getattr(os, name)))
    night(Path(sys.argv[1]), {"sdtm/AE.parquet": "rash", "sdtm/DM.parquet": "7"}, NIGHT + timedelta(days=1))
"""


DONE = ["nothing", "link", "linked", "announced", "moved", "switched"]


@pytest.mark.parametrize("calls", range(6), ids=DONE)
def test_a_run_killed_while_it_publishes_leaves_a_whole_snapshot(study, calls):
    first = night(study, {"sdtm/AE.parquet": "fever", "sdtm/DM.parquet": "7"})
    with child(KILLED, study, calls) as killed:
        assert killed.wait() == -signal.SIGKILL
    served = current(study)
    assert (served["snapshot"] == first["snapshot"]) == (calls < 5)
    assert serves(study, served)

    third = night(study, {"sdtm/AE.parquet": "rash", "sdtm/DM.parquet": "7"}, NIGHT + timedelta(days=2))
    assert serves(study, third)
    assert third["previous"] == served["snapshot"]
    assert set(os.listdir(study / "snapshots")) == {manifest["snapshot"] for manifest in snapshots(study)}
    assert set(os.listdir(study)) == {".lock", "ADMSCPSO.duckdb", "audit.jsonl", "current", "snapshots"}


@pytest.mark.parametrize("calls", range(6), ids=DONE)
def test_the_next_run_says_that_one_died_and_what_it_had_published(study, calls):
    first = night(study, {"sdtm/AE.parquet": "fever", "sdtm/DM.parquet": "7"})
    with child(KILLED, study, calls) as killed:
        killed.wait()
    with lock(study, NIGHT + timedelta(days=2)):
        pass
    told = [(event["event"], event.get("snapshot")) for event in events(study / "audit.jsonl")]
    died = f"process {killed.pid} since 2020-03-02T02:00:00Z"
    assert events(study / "audit.jsonl")[1]["run"] == died
    later = [("published", current(study)["snapshot"])] if calls == 5 else []
    assert told == [("published", first["snapshot"]), ("died", None), *later]
    assert verify(study / "audit.jsonl", [manifest["snapshot"] for manifest in snapshots(study)]) is None


def test_a_snapshot_between_others_may_be_gone(study):
    days = [NIGHT + timedelta(days=day) for day in range(3)]
    first, second, third = (night(study, {"AE.parquet": f"day {day}"}, day) for day in days)
    shutil.rmtree(study / "snapshots" / second["snapshot"])
    assert list(snapshots(study)) == [third, first]
    assert snapshot(study, first["snapshot"]) == first


def test_a_run_has_nothing_to_do_only_while_what_it_published_is_there_in_full(study):
    manifest = night(study, {"sdtm/AE.parquet": "fever"})
    marks = manifest["fingerprint"]
    assert unchanged(study, marks) == manifest
    assert unchanged(study, marks | {"code": "other"}) is None
    path = study / "current/sdtm/AE.parquet"
    path.chmod(0o640)
    path.write_text("fev")
    assert unchanged(study, marks) is None


def test_who_changes_a_published_file_is_found(study):
    night(study, {"sdtm/AE.parquet": "fever"})
    with lock(study, NIGHT):
        pass
    assert tampered(study) == []
    path = study / "current/sdtm/AE.parquet"
    path.chmod(0o640)
    path.write_text("FEVER")
    (damaged,) = tampered(study)
    assert damaged.endswith("sdtm/AE.parquet was changed since it was written")
