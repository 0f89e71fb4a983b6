"""Alerts go where the environment says, tell no value of the data, and never fail a run."""

import json
import os
import shutil
import socketserver
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from flows import alerts, audit, warehouse
from flows.problems import Problem, RawFileError, StudyFileError
from flows.run import Asked, Done, whole_run

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"
NIGHT = datetime(2021, 6, 1, 2, 0, tzinfo=UTC)  # four days after the last delivery
WEBHOOK = 'webhook = "ALERTS_URL"\n'
SMTP = 'smtp = "ALERTS_SMTP"\nsender = "mill@example.org"\nto = ["dm@example.org", "stats@example.org"]\n'


@pytest.fixture
def study(tmp_path) -> Path:
    return shutil.copytree(STUDY, tmp_path / "study")


def declare(study: Path, lines: str) -> None:
    path = study / "study.toml"
    path.write_text(path.read_text(encoding="utf-8") + f"\n[alerts]\n{lines}", encoding="utf-8")


def run(study: Path, now: datetime = NIGHT, through: str | None = None):
    place = study.parent / "warehouse"
    return whole_run(Asked(study, study / "raw", place, {"through": through, "cutoff": None}), now)


def alerts_of(home: Path) -> list[dict]:
    return [event for event in audit.events(home / "audit.jsonl") if event["event"] == "alert"]


@pytest.fixture
def home(published, tmp_path) -> Path:
    """A copy of the psoriasis study's warehouse after one run."""
    return shutil.copytree(published, tmp_path / "warehouse" / "ADMSCPSO", symlinks=True)


@pytest.fixture
def hook(monkeypatch):
    """A local HTTP server that keeps what is posted to it; the environment names it."""
    posted = []

    class Keeper(BaseHTTPRequestHandler):
        def do_POST(self):
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Keeper) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("ALERTS_URL", f"http://127.0.0.1:{server.server_address[1]}/hook")
        yield posted
        server.shutdown()


@pytest.fixture
def post_office(monkeypatch):
    """A local SMTP server, as small as it can be; keeps the receivers and text of each letter."""
    letters = []

    class Clerk(socketserver.StreamRequestHandler):
        def handle(self):
            self.wfile.write(b"220 local\r\n")
            to = []
            for line in self.rfile:
                word = line.split(b":")[0].strip().upper()
                if word == b"RCPT TO":
                    to.append(line.split(b"<")[1].split(b">")[0].decode())
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    text = b"".join(iter(self.rfile.readline, b".\r\n"))
                    letters.append((to, text.decode()))
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
                if word == b"QUIT":
                    return

    class Office(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Office(("127.0.0.1", 0), Clerk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("ALERTS_SMTP", f"smtp://127.0.0.1:{server.server_address[1]}")
        yield letters
        server.shutdown()


def test_a_run_that_stops_is_told_by_webhook_and_e_mail(study, hook, post_office):
    declare(study, WEBHOOK + SMTP)
    (study / "raw" / "2021-05-28" / "edc_ds.csv").unlink()
    with pytest.raises(Exception, match="edc_ds.csv: is missing"):
        run(study)
    (message,) = hook
    assert message["study"] == "ADMSCPSO"
    assert message["subject"] == "a run stopped, nothing was published"
    assert message["lines"] == ["RawFileError: 1 problem(s) in edc_ds.csv"]
    assert message["text"] == f"trialmill ADMSCPSO: {message['subject']}\n{message['lines'][0]}"
    ((to, letter),) = post_office
    assert to == ["dm@example.org", "stats@example.org"]
    assert "Subject: trialmill ADMSCPSO: a run stopped, nothing was published" in letter
    assert "From: mill@example.org" in letter and "1 problem(s) in edc_ds.csv" in letter
    (event,) = alerts_of(study.parent / "warehouse" / "ADMSCPSO")
    assert event["undelivered"] == {}


def test_no_value_of_the_data_is_in_a_message(study, hook):
    declare(study, WEBHOOK)
    path = study / "study.toml"
    text = path.read_text(encoding="utf-8").replace('new_code = "accept"', 'new_code = "stop"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Exception, match="Recoverd"):
        run(study)
    (message,) = hook
    assert "Recoverd" not in json.dumps(message)
    assert message["lines"] == ["RawFileError: 1 problem(s) in edc_ae.csv"]


def test_problems_are_counted_by_file():
    error = RawFileError(
        [Problem(f"2021-05-28/{name}", "row 2", "is wrong") for name in ("ae.csv", "ae.csv", "dm.csv")]
    )
    assert alerts.words_of(error) == ["RawFileError: 2 problem(s) in ae.csv", "RawFileError: 1 problem(s) in dm.csv"]


def told(study: Path, home: Path, before: dict | None = None, now: datetime = NIGHT) -> None:
    """What follows a run that has published the snapshot of `home`."""
    alerts.of_run(study, home, Done(warehouse.current(home), True, before), now)


def test_thresholds_are_told_once(study, home, hook):
    declare(study, WEBHOOK + "rejected_rows = 1\nnew_codes = 1\nsilent_days = 4\n")
    told(study, home)
    name = warehouse.current(home)["snapshot"]
    assert hook[0]["lines"] == [
        f"3 more rows were set aside in snapshot {name}: cm 1, ae 1, pruritus 1",
        f"1 new code(s) that the study file does not know in snapshot {name}: edc_ae.csv, OUTCOME",
        "site 01 has sent nothing new since the delivery of 2021-05-28",
    ]
    told(study, home, now=NIGHT + timedelta(days=1))
    assert len(hook) == 1


def test_what_the_snapshot_before_had_too_is_no_news(study, home, hook):
    declare(study, WEBHOOK + "rejected_rows = 1\nnew_codes = 1\n")
    told(study, home, before=warehouse.current(home))
    assert hook == []


def test_below_the_thresholds_nobody_is_told(study, home, hook):
    declare(study, WEBHOOK + "rejected_rows = 1000\nnew_codes = 1000\nsilent_days = 5\n")
    told(study, home)
    assert hook == []
    assert alerts_of(home) == []


def test_what_cannot_be_delivered_is_recorded_and_fails_nothing(study, monkeypatch):
    declare(study, WEBHOOK + SMTP + "silent_days = 1\n")
    monkeypatch.setenv("ALERTS_URL", "http://user:secret@127.0.0.1:9/hook")
    monkeypatch.delenv("ALERTS_SMTP", raising=False)
    assert run(study).published
    home = study.parent / "warehouse" / "ADMSCPSO"
    (event,) = alerts_of(home)
    assert event["undelivered"] == {"webhook": "URLError", "e-mail": "the environment has no ALERTS_SMTP"}
    assert "secret" not in (home / "audit.jsonl").read_text()


def test_what_was_not_delivered_is_told_the_next_time(study, home, monkeypatch, request):
    declare(study, WEBHOOK + "silent_days = 1\n")
    monkeypatch.setenv("ALERTS_URL", "http://127.0.0.1:9/hook")
    told(study, home)
    hook = request.getfixturevalue("hook")
    told(study, home, now=NIGHT + timedelta(days=1))
    assert hook[0]["lines"] == ["site 01 has sent nothing new since the delivery of 2021-05-28"]


def test_a_password_is_never_sent_in_the_open(study, home, post_office, monkeypatch):
    declare(study, SMTP + "silent_days = 1\n")
    monkeypatch.setenv("ALERTS_SMTP", os.environ["ALERTS_SMTP"].replace("//", "//user:secret@"))
    told(study, home)
    (event,) = alerts_of(home)
    assert event["undelivered"] == {"e-mail": "the server of ALERTS_SMTP offers no TLS: the password was not sent"}
    assert post_office == []


def test_a_study_file_that_cannot_be_read_is_told_to_those_of_the_last_snapshot(study, home, hook):
    declare(study, WEBHOOK)
    served = warehouse.current(home)["fingerprint"]["study"]["study.toml"]
    archived = home / "archive" / served
    archived.chmod(0o600)
    shutil.copyfile(study / "study.toml", archived)
    path = study / "study.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[alerts]", "[alarms]"), encoding="utf-8")
    alerts.of_failure(study, home, StudyFileError([Problem("study.toml", "alarms", "is no key")]), NIGHT)
    assert hook[0]["lines"] == ["StudyFileError: 1 problem(s) in study.toml"]


def test_another_run_at_work_is_nothing_to_tell(study, hook):
    declare(study, WEBHOOK)
    with (
        warehouse.lock(study.parent / "warehouse" / "ADMSCPSO", NIGHT),
        pytest.raises(warehouse.StudyLocked),
    ):
        run(study)
    assert hook == []
