"""Takes old snapshots out of a study's warehouse, and the archived files that no other one needs.

Killed at any moment it leaves whole snapshots only: each goes in one rename, what was renamed the next run removes, and
the files of the archive are found anew each time from the snapshots that are there.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path

from flows import audit, lock, warehouse
from flows.audit import sync_folder
from flows.fingerprint import visible_files


def prune(home: Path, keep: int, now: datetime) -> dict:
    """Keeps the newest `keep` snapshots and every one that was ever locked; says what went and what it freed."""
    with warehouse.lock(home, now):
        there = list(warehouse.snapshots(home))
        locked = lock.ever_locked(home)
        kept = [manifest for at, manifest in enumerate(there) if at < max(keep, 1) or manifest["snapshot"] in locked]
        gone = [manifest["snapshot"] for manifest in there if manifest not in kept]
        archive = home / "archive"
        needed = {digest for manifest in kept for digest in archived_files(manifest)}
        unneeded = [path for path in visible_files(archive) if path.name not in needed]
        folders = [home / "snapshots" / name for name in gone]
        freed = space(folders) + sum(path.stat().st_size for path in unneeded)
        said = {"pruned": gone, "archive_files": len(unneeded), "freed_bytes": freed, "kept": len(kept)}
        if gone or unneeded:
            audit.append(home / "audit.jsonl", {"event": "pruned", **said}, now)
        for folder in folders:
            os.rename(folder, home / f".pruned-{folder.name}")
        if folders:
            sync_folder(home / "snapshots")
        for folder in folders:
            shutil.rmtree(home / f".pruned-{folder.name}")
        for path in unneeded:
            path.unlink()
    return said


def archived_files(manifest: dict) -> set[str]:
    """The names, in the archive, of all that a run read: what the sites sent, the study's own files, and the queries
    that it went on from; and its own queries, from which the next one goes on."""
    own = manifest["fingerprint"]["study"].values()
    queries = {manifest.get("queries", {}).get("previous")}
    queries |= {output["sha256"] for output in manifest["outputs"] if output["path"] == "queries.parquet"}
    return {item["sha256"] for item in manifest["inputs"]} | set(own) | queries - {None}


def space(folders: list[Path]) -> int:
    """The bytes that only these folders hold: a file that another snapshot links to stays."""
    files = [path.stat() for folder in folders for path in folder.rglob("*") if path.is_file()]
    links = Counter(file.st_ino for file in files)
    sizes = {file.st_ino: (file.st_size, file.st_nlink) for file in files}
    return sum(size for inode, (size, linked) in sizes.items() if links[inode] == linked)
