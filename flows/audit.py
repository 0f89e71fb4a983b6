"""One line of JSON per event, in audit.jsonl: only ever appended to, each line bound to the one before.

A line ends in its own sha256 and carries that of the line before (21 CFR 11.10 e: a change must not hide what
stood there). Who can rewrite the whole file can rewrite the chain; `verify` therefore also asks for the
snapshots that were published.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

CHAIN = {"line", "time", "previous", "torn", "sha256"}
SEAL = len(',"sha256":""}') + 64


def append(path: Path, event: dict, now: datetime) -> None:
    """Adds one event; `now` is an aware datetime.

    What a crash left of a line stays where it is; the next line says how many such lines there are.
    """
    if clash := CHAIN & event.keys():
        raise ValueError(f"an event has no key of its own named {', '.join(sorted(clash))}")
    new = not Path(path).exists()
    with open(path, "a+b") as log:
        fcntl.flock(log, fcntl.LOCK_EX)
        log.seek(0)
        text = log.read()
        lines = text.removesuffix(b"\n").split(b"\n") if text else []
        torn, cut = 0, not text.endswith(b"\n")  # an unsound line with an end was altered, not torn
        while cut and torn < len(lines) and record(lines[-1 - torn]) is None:
            torn += 1
        entry = {"line": len(lines) + 1, "time": now.astimezone(UTC).isoformat(timespec="seconds")}
        entry["previous"] = link(lines[-1 - torn :])
        entry |= {"torn": torn} if torn else {}
        log.write((b"\n" if text and cut else b"") + sealed(entry | event) + b"\n")
        log.flush()
        os.fsync(log.fileno())
    if new:
        sync_folder(Path(path).parent)


def events(path: Path) -> list[dict]:
    """One entry per whole line, oldest first; none where there is no log yet."""
    if not Path(path).exists():
        return []
    return [entry for line in Path(path).read_bytes().splitlines() if (entry := record(line)) is not None]


def verify(path: Path, snapshots: Iterable[str] = ()) -> str | None:
    """None if the chain holds, else what is wrong with its first broken line.

    `snapshots` are the ids that the log must name under "snapshot": so a cut end is noticed too.
    """
    lines = Path(path).read_bytes().split(b"\n")
    if lines.pop():
        return f"line {len(lines) + 1} has no end: a run died while it wrote, or the file was cut"
    named, torn = set(), 0
    for at, line in enumerate(lines):
        entry = record(line)
        if entry is None:
            torn += 1
            continue
        if entry.get("torn", 0) != torn:
            return f"line {at - torn + 1} was altered or removed"
        if entry.get("previous") != link(lines[max(at - 1 - torn, 0) : at]) or entry.get("line") != at + 1:
            return f"line {at + 1} does not follow the line before it: lines were removed, added or reordered"
        named.add(entry.get("snapshot"))
        torn = 0
    if torn:
        return f"line {len(lines) - torn + 1} was altered"
    if absent := [snapshot for snapshot in snapshots if snapshot not in named]:
        return f"no line names snapshot {absent[0]}: lines were removed"
    return None


def link(before: list[bytes]) -> str:
    """One sha256 per line, over the last whole line before it and what was torn since; "" for the first."""
    return hashlib.sha256(b"\n".join(before)).hexdigest() if before else ""


def sealed(entry: dict) -> bytes:
    """One line per entry, its own sha256 as its last value."""
    body = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return body[:-1] + f',"sha256":"{hashlib.sha256(body).hexdigest()}"}}'.encode()


def record(line: bytes) -> dict | None:
    """One entry per line, or None if the line is not what was written."""
    body = line[:-SEAL] + b"}"
    whole = line[-SEAL:] == f',"sha256":"{hashlib.sha256(body).hexdigest()}"}}'.encode()
    return json.loads(line) if whole else None


def sync_folder(folder: Path) -> None:
    """Puts the names in a folder on disk: a file's own fsync does not."""
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
