"""A REDCap server on this machine that speaks as much of the API as a run asks for."""

import csv
import io
import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from flows.problems import RawFileError, StudyFileError
from flows.redcap import deliver
from schemas.study import Redcap, Source, Study, StudyFile
from tests.flows.readers.test_redcap import DICTIONARY, EVENTS, RAW

pytest.importorskip("redcap", reason="PyCap is not installed: pip install 'trialmill[redcap]'")
METADATA = DICTIONARY.replace(
    DICTIONARY.splitlines()[0],
    "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations",
)
TOKEN = "0123456789ABCDEF0123456789ABCDEF"


@pytest.fixture
def server(monkeypatch):
    asked: list[dict[str, str]] = []
    answers = {"metadata": METADATA, "record": RAW.replace("Fever", "Fièvre"), "status": 200}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            form = {
                key: value[0]
                for key, value in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()
            }
            asked.append(form)
            content = answers[form["content"]] if form["token"] == TOKEN else "ERROR: You do not have permissions"
            if form["format"] == "json":
                content = json.dumps(list(csv.DictReader(io.StringIO(content))))
            self.send_response(answers["status"])
            self.send_header("Content-Type", "text/csv")  # without its charset, as some servers are
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_):
            pass

    served = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("REDCAP_TOKEN", TOKEN)
    yield f"http://127.0.0.1:{served.server_port}/api/", asked, answers
    served.shutdown()
    served.server_close()


def study_at(url: str, **keys) -> Study:
    file = StudyFile.model_construct(
        sources={"ae": Source.model_validate(EVENTS | keys)}, redcap=Redcap(url=url, token="REDCAP_TOKEN")
    )
    return Study.model_construct(file=file)


def test_what_the_server_sends_becomes_a_delivery_byte_for_byte(server, tmp_path, caplog):
    url, asked, answers = server
    caplog.set_level(logging.DEBUG)
    written = deliver(study_at(url), tmp_path, "2024-05-01")
    assert [path.relative_to(tmp_path).as_posix() for path in written] == [
        "2024-05-01/dictionary.csv",
        "2024-05-01/redcap.csv",
    ]
    assert written[1].read_bytes() == answers["record"].encode()
    assert written[0].read_bytes() == METADATA.encode()
    wanted = {"content": "record", "format": "csv", "type": "flat", "rawOrLabel": "raw", "decimalCharacter": "."}
    assert wanted.items() <= asked[-1].items()
    assert "exportDataAccessGroups" in asked[-1]
    assert TOKEN not in caplog.text
    assert sorted(path.name for path in (tmp_path / "2024-05-01").iterdir()) == ["dictionary.csv", "redcap.csv"]


def test_a_delivery_is_written_once_and_the_same_again_is_none(server, tmp_path):
    url, asked, answers = server
    study = study_at(url)
    assert deliver(study, tmp_path, "2024-05-01")
    asked.clear()
    assert not deliver(study, tmp_path, "2024-05-01")
    assert not asked
    assert not deliver(study, tmp_path, "2024-05-02")
    assert not (tmp_path / "2024-05-02").exists()
    answers["record"] += "3,screening_arm_1,,,02,0,0,2,,,,\n"
    assert deliver(study, tmp_path, "2024-05-03")


def test_labels_are_asked_for_where_the_sources_read_labels(server, tmp_path):
    url, asked, _ = server
    deliver(study_at(url, values="label"), tmp_path, "2024-05-01")
    assert asked[-1]["rawOrLabel"] == "label"


@pytest.mark.parametrize(
    ("token", "change", "said"),
    [
        ("F" * 32, {}, "cannot be fetched: RequestException: ERROR: You do not have permissions"),
        ("short-secret", {}, "Incorrect token format '***'"),
        (TOKEN, {"status": 500}, "the server answers with status 500"),
        (TOKEN, {"status": 302}, "the server answers with status 302"),
        (TOKEN, {"record": "<html>sorry</html>"}, "is no export of the project"),
        (TOKEN, {"metadata": "a,b\n"}, "is no REDCap data dictionary"),
    ],
)
def test_an_answer_that_is_no_export_is_no_delivery(server, tmp_path, monkeypatch, token, change, said):
    url, _, answers = server
    answers |= change
    monkeypatch.setenv("REDCAP_TOKEN", token)
    with pytest.raises(RawFileError) as raised:
        deliver(study_at(url), tmp_path, "2024-05-01")
    assert said in str(raised.value)
    assert token not in str(raised.value)
    assert not list(tmp_path.iterdir())


def test_a_server_that_is_not_there_and_a_token_that_is_not_set_are_said(server, tmp_path, monkeypatch):
    with pytest.raises(RawFileError, match="cannot be fetched: ConnectionError"):
        deliver(study_at("http://127.0.0.1:9/api/"), tmp_path, "2024-05-01")
    monkeypatch.delenv("REDCAP_TOKEN")
    with pytest.raises(StudyFileError, match="the environment variable REDCAP_TOKEN, which is not set"):
        deliver(study_at(server[0]), tmp_path, "2024-05-01")


@pytest.mark.parametrize(
    "url", ["http://redcap.example.org/api/", "ftp://127.0.0.1/api/", "http://localhost.example.org/api/"]
)
def test_a_token_is_sent_only_where_nobody_can_listen(url):
    with pytest.raises(ValueError):
        Redcap(url=url, token="REDCAP_TOKEN")
