"""The database lock: a snapshot that is named the final one. Nothing is published over it without a reason, and it is
never pruned.

The audit log is where it stands: a `locked` line holds until the next `published` one, which only a run with --unlock
can bring about.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from flows import audit, warehouse


class DatabaseLocked(Exception):
    """The study's database is locked, and the run would publish (exit status 3)."""


def locked(home: Path) -> dict | None:
    """The line of the lock that holds, or None."""
    last = None
    for event in audit.events(home / "audit.jsonl"):
        if event["event"] in ("locked", "published"):
            last = event
    return last if last and last["event"] == "locked" else None


def ever_locked(home: Path) -> set[str]:
    """Every snapshot that was locked once: a reason to open the study again is none to remove what was locked."""
    return {event["snapshot"] for event in audit.events(home / "audit.jsonl") if event["event"] == "locked"}


def refuse_locked(home: Path, unlock: dict | None) -> None:
    """Raises DatabaseLocked if a lock holds and the run was given no reason to go on."""
    if (lock := locked(home)) and not unlock:
        raise DatabaseLocked(
            f"{home.name}: the database is locked: {lock['who']} locked snapshot {lock['snapshot']} on "
            f"{lock['time'][:10]} ({lock['reason']}). The inputs have changed since, but nothing was published; "
            'to publish all the same: trialmill run STUDY --unlock --reason "..."'
        )


def lock_database(home: Path, snapshot: str, reason: str, who: str, now: datetime) -> dict:
    """Locks one snapshot, by id or date; returns its manifest."""
    with warehouse.lock(home, now):
        manifest = warehouse.snapshot(home, snapshot)
        event = {"event": "locked", "snapshot": manifest["snapshot"], "reason": reason, "who": who}
        audit.append(home / "audit.jsonl", event, now)
    return manifest
