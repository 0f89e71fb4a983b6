import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from flows.audit import append, verify

NOW = datetime(2020, 3, 1, 2, 0, tzinfo=UTC)
SNAPSHOT = "20200301T020000Z-0123abcd"


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "audit.jsonl"
    append(path, {"event": "run started", "who": "夜班"}, NOW)
    append(path, {"event": "published", "snapshot": SNAPSHOT}, NOW)
    append(path, {"event": "run started"}, NOW)
    append(path, {"event": "nothing had changed"}, NOW)
    return path


def entries(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_each_line_carries_the_hash_of_the_line_before(log):
    lines = log.read_bytes().splitlines()
    assert [json.loads(line)["previous"] for line in lines] == [
        "",
        *(hashlib.sha256(line).hexdigest() for line in lines[:-1]),
    ]
    assert verify(log, [SNAPSHOT]) is None


def test_time_is_utc(log):
    append(log, {"event": "published"}, datetime(2020, 3, 1, 10, 0, tzinfo=timezone(timedelta(hours=8))))
    assert entries(log)[-1]["time"] == "2020-03-01T02:00:00+00:00"


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_an_altered_line_is_found(log, at):
    lines = log.read_bytes().splitlines(keepends=True)
    lines[at] = lines[at].replace(b"2020", b"2021", 1)
    log.write_bytes(b"".join(lines))
    assert verify(log) == f"line {at + 1} was altered" + " or removed" * (at < 3)
    append(log, {"event": "run started"}, NOW)
    assert f"line {at + 1} " in verify(log)  # a later line does not cover it up


@pytest.mark.parametrize("order", ["123", "023", "013", "1023", "0132", "00123"])
def test_a_removed_repeated_or_moved_line_is_found(log, order):
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[int(at)] for at in order))
    assert "does not follow" in verify(log)


def test_a_cut_end_is_found_by_the_snapshot_it_hides(log):
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    assert verify(log) is None
    assert SNAPSHOT in verify(log, [SNAPSHOT])


@pytest.mark.parametrize("cut", [1, 40, 150])
def test_what_a_crash_left_of_a_line_stays_and_is_recorded(log, cut):
    whole = log.read_bytes()
    log.write_bytes(whole[:-cut])
    assert "has no end" in verify(log)
    append(log, {"event": "run started"}, NOW)
    assert log.read_bytes().startswith(whole[:-cut] + b"\n")
    last = json.loads(log.read_bytes().splitlines()[-1])
    assert last.get("torn", 0) == (cut > 1)  # only the line end was missing: the line is whole
    assert verify(log) is None


def test_a_crash_while_recording_a_crash(log):
    log.write_bytes(log.read_bytes()[:-50])
    append(log, {"event": "run started"}, NOW)
    log.write_bytes(log.read_bytes()[:-50])
    append(log, {"event": "run started"}, NOW)
    assert json.loads(log.read_bytes().splitlines()[-1])["torn"] == 2
    assert verify(log) is None
    append(log, {"event": "published"}, NOW)
    assert verify(log) is None


def test_an_event_cannot_pose_as_the_chain(log):
    with pytest.raises(ValueError, match="previous"):
        append(log, {"event": "published", "previous": SNAPSHOT}, NOW)
