"""One folder per study: raw files as received, snapshots published whole, and the one switch between them.

A run calls `lock`, `archived` and `staging`, writes its files, and calls `publish`. Whatever instant it dies
at, `current` names a whole snapshot, and the next `lock` clears what it left and writes the lines of the audit log
that it owes.
"""

import contextlib
import ctypes
import fcntl
import filecmp
import hashlib
import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from flows import audit
from flows.audit import sync_folder
from flows.fingerprint import is_date, sha256, visible_files
from flows.problems import Problem, RawFileError

HELD = set()  # descriptors of the locks that this process holds


class StudyLocked(Exception):
    """Another run holds the study."""


class AccountsDoNotBalance(Exception):
    """A source received rows of which nobody can say what became of them."""


@contextlib.contextmanager
def lock(study: Path, now: datetime) -> Iterator[None]:
    """Holds the study for one run, or raises StudyLocked at once.

    The kernel drops the lock with the process, so a dead run leaves none; what else it left is cleared here,
    as is what this one leaves unpublished.
    """
    study = Path(study)
    study.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(study / ".lock", os.O_RDWR | os.O_CREAT, 0o640)
    HELD.add(descriptor)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 200, 0).decode() or "another process"
            raise StudyLocked(f"{study.name} is held by {holder}") from None
        died = os.pread(descriptor, 200, 0).decode()
        clear(study)
        settle_log(study, died, now)
        os.ftruncate(descriptor, 0)
        holder = f"process {os.getpid()} since {now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        os.pwrite(descriptor, holder.encode(), 0)
        try:
            yield
        finally:
            if descriptor in HELD:  # not in a forked worker
                clear(study)
                os.ftruncate(descriptor, 0)  # who dies leaves its name, and so the next one knows
    finally:
        if descriptor in HELD:
            HELD.remove(descriptor)
            os.close(descriptor)


def leave_locks() -> None:
    """Worker processes share the descriptor: one that outlives a killed run would go on holding the study."""
    while HELD:
        os.close(HELD.pop())


os.register_at_fork(after_in_child=leave_locks)


def end_with_parent(by: int = signal.SIGKILL) -> None:
    """Asks Linux to end this process when its parent dies, however that dies: workers would wait for work for ever."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, by)  # PR_SET_PDEATHSIG


def clear(study: Path) -> None:
    """Removes what a dead run left. A link `.current` not yet switched names a snapshot never served."""
    unswitched = study / ".current"
    if unswitched.is_symlink():
        target = os.readlink(unswitched)
        served = study / "current"
        if not served.is_symlink() or os.readlink(served) != target:
            shutil.rmtree(study / target, ignore_errors=True)
        unswitched.unlink()
    for folder in (*study.glob(".staging-*"), *study.glob(".pruned-*")):
        shutil.rmtree(folder)
    (study / "archive" / ".incoming").unlink(missing_ok=True)


def settle_log(study: Path, died: str, now: datetime) -> None:
    """Writes the lines that a dead run owes the audit log: that it died (`died` is what it left in the lock), and the
    snapshot that it switched to before it could say so."""
    log = study / "audit.jsonl"
    if died:
        audit.append(log, {"event": "died", "run": died}, now)
    named = {event.get("snapshot") for event in audit.events(log)}
    for manifest in reversed(list(snapshots(study))):
        if manifest["snapshot"] not in named:
            audit.append(log, published_event(manifest) | {"late": True}, now)


def published_event(manifest: dict) -> dict:
    unlocked = manifest.get("unlocked")
    return {"event": "published", "snapshot": manifest["snapshot"]} | ({"unlocked": unlocked} if unlocked else {})


def archived(study: Path, path: Path, digest: str) -> Path:
    """One stored copy per distinct raw file, named by `digest`, its sha256; readable by its owner alone."""
    stored = Path(study) / "archive" / digest
    stored.parent.mkdir(mode=0o700, exist_ok=True)
    if stored.exists():
        if sha256(stored) != digest:
            raise ValueError(f"archive/{digest} ({path}) was damaged: its contents no longer match its name")
        return stored
    copy = stored.with_name(".incoming")
    copy.unlink(missing_ok=True)
    try:
        shutil.copyfile(path, copy)
    except FileNotFoundError:
        words = "was there when the run began and is gone: run again when the delivery is complete"
        raise RawFileError([Problem(str(path), "", words)]) from None
    if sha256(copy) != digest:
        words = "changed while it was read: run again when it is complete"
        raise RawFileError([Problem(str(path), "", words)])
    settle(copy, 0o400)
    os.rename(copy, stored)
    sync_folder(stored.parent)
    return stored


def staging(study: Path) -> Path:
    """One empty folder for a run to write in, on the file system of the snapshots."""
    return Path(tempfile.mkdtemp(prefix=".staging-", dir=study))


def publish(
    study: Path,
    staging: Path,
    *,
    started: datetime,
    fingerprint: dict,
    inputs: list[dict],
    standards: dict,
    accounts: list[dict],
    outputs: list[dict],
    findings: dict[str, int],
    unlocked: dict | None = None,
    cutoff: dict | None = None,
    queries: dict | None = None,
) -> dict:
    """One snapshot from all that stands in `staging`; returns its manifest. The caller holds the lock.

    outputs:  [{path, content, rows}], one for every Parquet file, path relative to the snapshot
    inputs:   those of the fingerprint, with `rows` where known
    accounts: [{source, received, in_forms, rejected, superseded, unused}]
    findings: {kind: count}
    started:  an aware datetime, the only clock in a snapshot
    unlocked: {snapshot, reason, who} where it replaces one that was locked
    cutoff:   {date, rows} of a data cut
    queries:  {previous, run}: sha256, in the archive, of the table of queries that this one's goes on from

    The id names a snapshot; what came before it stands in `previous`, and `number` counts them, so a clock set back
    does no harm.
    """
    study, staging = Path(study), Path(staging)
    accounts_balance(accounts)
    given = {output["path"]: output for output in outputs}
    files = {path.relative_to(staging).as_posix(): path for path in visible_files(staging)}
    if stray := given.keys() ^ {name for name in files if name.endswith(".parquet")}:
        raise ValueError(f"written but not reported, or reported but not written: {', '.join(sorted(stray))}")

    content = "".join(f"{name}\0{given[name]['content']}\n" for name in sorted(given))
    content = hashlib.sha256(content.encode()).hexdigest()
    name = f"{started.astimezone(UTC):%Y%m%dT%H%M%SZ}-{content[:8]}"
    target = study / "snapshots" / name
    if target.exists():
        raise FileExistsError(f"snapshot {name} exists: two runs in one second, or the clock was set back")

    previous = current(study)
    before = previous and snapshot_folder(study, previous)

    def settled(item):
        name, path = item
        if not (before and linked(before / name, path)):
            settle(path, 0o440)
        return {
            "path": name,
            "sha256": sha256(path),
            "bytes": path.stat().st_size,
            "content": given.get(name, {}).get("content"),
            "rows": given.get(name, {}).get("rows"),
        }

    with ThreadPoolExecutor(4) as pool:  # mostly waiting for the disk
        listed = list(pool.map(settled, files.items()))
    manifest = {
        "study": study.name,
        "snapshot": name,
        "number": 1 + (previous["number"] if previous else 0),
        "started": started.astimezone(UTC).isoformat(),
        "delivery": max(item["delivery"] for item in inputs),
        "previous": previous and previous["snapshot"],
        "content_hash": content,
        "versions": fingerprint["versions"],
        "standards": standards,
        "inputs": inputs,
        "accounts": accounts,
        "findings": findings,
        "findings_total": sum(findings.values()),
        "outputs": listed,
        "fingerprint": fingerprint,
    } | {key: value for key, value in (("unlocked", unlocked), ("cutoff", cutoff), ("queries", queries)) if value}
    written = staging / "manifest.json"
    written.write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8")
    settle(written, 0o440)
    for folder, *_ in os.walk(staging, topdown=False):
        os.chmod(folder, 0o750)
        sync_folder(folder)

    target.parent.mkdir(mode=0o750, exist_ok=True)
    database = study / f"{study.name}.duckdb"
    if not database.is_symlink():
        os.symlink(f"current/{database.name}", database)
    os.symlink(f"snapshots/{name}", study / ".current")  # until the switch it tells `clear` what to remove
    os.rename(staging, target)
    sync_folder(target.parent)
    os.replace(study / ".current", study / "current")
    sync_folder(study)
    return manifest


def linked(old: Path, new: Path) -> bool:
    """Whether `new` has the bytes of `old`, and so became a hard link to it."""
    if not (old.is_file() and filecmp.cmp(old, new, shallow=False)):
        return False
    link = new.with_name(f".{new.name}")
    try:
        os.link(old, link)
    except OSError:  # a file system or an owner that does not allow it: a copy serves as well
        return False
    os.replace(link, new)
    return True


def settle(path: Path, mode: int) -> None:
    """Makes a written file read-only and puts it on disk."""
    os.chmod(path, mode)
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def accounts_balance(accounts: list[dict]) -> None:
    """Raises unless each row received, source by source, is in forms, rejected, superseded, unused or, in a data cut,
    after it."""
    parts = ("in_forms", "rejected", "superseded", "unused", "cut")
    wrong = [
        f"{account['source']}: received {account['received']}, but "
        + " + ".join(f"{account[part]} {part}" for part in parts if part in account)
        for account in accounts
        if account["received"] != sum(account.get(part, 0) for part in parts)
    ]
    if wrong:
        raise AccountsDoNotBalance("; ".join(wrong))


def current(study: Path) -> dict | None:
    """The manifest of the snapshot that is served, or None."""
    link = Path(study) / "current"
    return manifest_in(link.resolve()) if link.is_symlink() else None


def unchanged(study: Path, fingerprint: dict | None) -> dict | None:
    """The manifest of the served snapshot if it is what a run of this fingerprint would publish and its files are all
    there in full; else None, and a run has something to do."""
    served = current(study)
    if served is None or served["fingerprint"] != fingerprint:
        return None
    folder = snapshot_folder(study, served)
    sizes = {output["path"]: output["bytes"] for output in served["outputs"]}
    whole = all((folder / name).is_file() and (folder / name).stat().st_size == size for name, size in sizes.items())
    return served if whole else None


def tampered(study: Path) -> list[str]:
    """What is not as it was written: the first broken line of the audit log, and every file of a snapshot, or of the
    archive, that does not have its sha256."""
    there = list(snapshots(study))
    broken = audit.verify(study / "audit.jsonl", [manifest["snapshot"] for manifest in there])
    wrong = [f"audit.jsonl: {broken}"] if broken else []
    files = {}
    for manifest in there:
        folder = snapshot_folder(study, manifest)
        files |= {folder / output["path"]: output["sha256"] for output in manifest["outputs"]}
    files |= {path: path.name for path in visible_files(study / "archive")}
    for path, digest in files.items():
        if not path.is_file():
            wrong.append(f"{path.relative_to(study)} is missing")
        elif sha256(path) != digest:
            wrong.append(f"{path.relative_to(study)} was changed since it was written")
    return wrong


def parts(dataset: Path) -> list[Path]:
    """The Parquet files of a dataset: itself, or those in the folder of that name."""
    return sorted(dataset.glob("*.parquet")) if dataset.is_dir() else [dataset]


def snapshot_folder(study: Path, manifest: dict) -> Path:
    return Path(study) / "snapshots" / manifest["snapshot"]


def manifest_in(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def snapshots(study: Path) -> Iterator[dict]:
    """One manifest per published snapshot, newest first. Of those in between some may have been pruned; one that a
    run has moved there and not yet switched to is none."""
    manifest = current(study)
    if manifest is None:
        return
    yield manifest
    others = (manifest_in(path.parent) for path in (Path(study) / "snapshots").glob("*/manifest.json"))
    earlier = [other for other in others if other["number"] < manifest["number"]]
    yield from sorted(earlier, key=lambda other: other["number"], reverse=True)


def snapshot(study: Path, as_of: str | None = None) -> dict:
    """One manifest: the served one, that of an id, or the newest whose delivery is not after a date."""
    for manifest in snapshots(study):
        if as_of in (None, manifest["snapshot"]) or (is_date(as_of) and manifest["delivery"] <= as_of):
            return manifest
    ids = ", ".join(manifest["snapshot"] for manifest in islice(snapshots(study), 5)) or "none"
    raise LookupError(f"{Path(study).name}: no snapshot {as_of or 'yet'}; the newest are: {ids}")
