"""What `prune` takes away and what it leaves. The snapshots are small files; nothing in them is data."""

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows import audit
from flows.lock import DatabaseLocked, lock_database, locked, refuse_locked
from flows.prune import archived_files, prune
from flows.warehouse import archived, current, lock, publish, snapshot, snapshots, staging, tampered

NIGHT = datetime(2020, 3, 1, 2, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def night(home: Path, day: int, raw: str, **files: str) -> dict:
    """One run that read one raw file, and a study file that never changes."""
    now = NIGHT + timedelta(days=day)
    home.mkdir(parents=True, exist_ok=True)
    for text in (raw, "study"):
        (home.parent / sha(text)).write_text(text)
    with lock(home, now):
        for text in (raw, "study"):
            archived(home, home.parent / sha(text), sha(text))
        folder = staging(home)
        for name, text in files.items():
            (folder / f"{name}.parquet").write_text(text)
        manifest = publish(
            home,
            folder,
            started=now,
            fingerprint={"versions": {}, "study": {"study.toml": sha("study")}},
            inputs=[{"delivery": "2020-03-01", "path": "ae.csv", "sha256": sha(raw), "bytes": 1}],
            standards={},
            accounts=[],
            outputs=[{"path": f"{name}.parquet", "content": sha(text), "rows": 1} for name, text in files.items()],
            findings={},
        )
        audit.append(home / "audit.jsonl", {"event": "published", "snapshot": manifest["snapshot"]}, now)
    return manifest


@pytest.fixture
def home(tmp_path) -> Path:
    """Five nights: AE is another every night, DM never."""
    home = tmp_path / "warehouse" / "STUDY"
    for day in range(5):
        night(home, day, f"raw {day}", AE="x" * 1000 * (day + 1), DM="y" * 7000)
    return home


def names(home: Path) -> list[str]:
    return [manifest["snapshot"] for manifest in snapshots(home)]


def archive(home: Path) -> set[str]:
    return {path.name for path in (home / "archive").iterdir()}


def test_the_newest_stay_with_the_archive_that_they_need(home):
    before = names(home)
    said = prune(home, 2, NIGHT)
    assert names(home) == before[:2]
    assert {path.name for path in (home / "snapshots").iterdir()} == set(before[:2])
    assert archive(home) == {sha("raw 3"), sha("raw 4"), sha("study")}
    assert said["pruned"] == before[2:] and said["archive_files"] == 3 and said["kept"] == 2
    assert tampered(home) == []
    last = audit.events(home / "audit.jsonl")[-1]
    assert (last["event"], last["pruned"]) == ("pruned", before[2:])


def test_an_unchanged_file_costs_no_space_and_frees_none(home):
    inodes = {(home / "snapshots" / name / "DM.parquet").stat().st_ino for name in names(home)}
    assert len(inodes) == 1
    manifests = [home / "snapshots" / name / "manifest.json" for name in names(home)[2:]]
    expected = sum(path.stat().st_size for path in manifests) + 1000 + 2000 + 3000 + 3 * len("raw 0")
    assert prune(home, 2, NIGHT)["freed_bytes"] == expected
    assert (home / "current" / "DM.parquet").read_text() == "y" * 7000


def test_nothing_to_remove_is_no_event(home):
    lines = len(audit.events(home / "audit.jsonl"))
    assert prune(home, 5, NIGHT) == {"pruned": [], "archive_files": 0, "freed_bytes": 0, "kept": 5}
    assert len(audit.events(home / "audit.jsonl")) == lines


def test_a_locked_snapshot_stays_even_after_it_was_unlocked(home):
    final = names(home)[3]
    lock_database(home, final, "database lock", "Statistics", NIGHT)
    prune(home, 1, NIGHT)
    assert names(home)[1:] == [final]
    assert snapshot(home, final)["snapshot"] == final
    night(home, 9, "raw 9", AE="z")
    prune(home, 1, NIGHT)
    assert names(home)[1:] == [final]


def test_a_lock_holds_until_something_is_published(home):
    assert locked(home) is None
    refuse_locked(home, None)
    manifest = lock_database(home, "2020-03-01", "all queries closed", "Statistics", NIGHT)
    assert manifest == current(home)
    assert locked(home)["snapshot"] == manifest["snapshot"]
    with pytest.raises(DatabaseLocked, match=f"Statistics locked snapshot {manifest['snapshot']} on 2020-03-01"):
        refuse_locked(home, None)
    refuse_locked(home, {"reason": "late serious event", "who": "Statistics"})
    night(home, 9, "raw 9", AE="z")
    assert locked(home) is None


def test_a_snapshot_that_is_not_there_cannot_be_locked(home):
    with pytest.raises(LookupError, match="no snapshot 1999-01-01"):
        lock_database(home, "1999-01-01", "why", "who", NIGHT)
    assert locked(home) is None


KILLED = """
    import os, pathlib, shutil, signal, sys
    from datetime import datetime, UTC
    from pathlib import Path
    from flows.prune import prune

    left = int(sys.argv[2])

    def deadly(call):
        def deadly_call(*args, **options):
            global left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **options)
        return deadly_call

    for module, name in ((os, "rename"), (shutil, "rmtree"), (pathlib.Path, "unlink")):
        setattr(module, name, deadly(getattr(module, name)))
    prune(Path(sys.argv[1]), 2, datetime(2020, 4, 1, tzinfo=UTC))
"""


@pytest.mark.parametrize("calls", range(1, 10, 2))
def test_a_prune_that_is_killed_leaves_whole_snapshots_and_the_next_one_finishes(home, calls):
    before = names(home)
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED), str(home), str(calls)], cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    assert names(home)[:2] == before[:2]
    for manifest in snapshots(home):
        assert archived_files(manifest) <= archive(home)
    assert tampered(home) == []
    prune(home, 2, NIGHT)
    assert names(home) == before[:2]
    assert archive(home) == {sha("raw 3"), sha("raw 4"), sha("study")}
    assert [name for name in os.listdir(home) if name.startswith(".") and name != ".lock"] == []
