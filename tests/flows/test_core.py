"""CORE's process is played by a small script that takes the driver's arguments; tests/test_core.py runs the engine."""

import json
import os
import select
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from flows.conform import FINDING
from flows.core import EngineFailed, core_findings, finding_id, findings_of
from flows.problems import BadUse


def rule(core_id, status="SUCCESS", ids=("CG0001",), **more):
    about = {"messages": [], "skips": [], "executability": "fully executable", "description": "What it asks."}
    return {"core_id": core_id, "ids": list(ids), "status": status, **about, **more}


def issue(core_id, dataset, value, row=1, subject="S1-1", seq=None, message="Wrong.", status="issue reported"):
    return {
        "core_id": core_id,
        "dataset": dataset,
        "message": message,
        "status": status,
        "row": row,
        "USUBJID": subject,
        "SEQ": seq,
        "value": value,
        "error": None,
    }


def report(rules, issues=(), define=None):
    return {
        "rules": rules,
        "issues": list(issues),
        "args": {"define": define, "rule_limit": 120},
        "engine": "0.17.1",
    }


def one(frame):
    (found,) = frame.to_dict("records")
    return found


def test_issues_of_one_rule_dataset_and_variables_are_one_finding():
    found = one(
        findings_of(
            report(
                [rule("CORE-000021", "ISSUE REPORTED", ["CG0397"])],
                [
                    issue("CORE-000021", "QS", {"QSORRES": "104", "QSSTRESC": None}, 152, "S1-1", 62),
                    issue("CORE-000021", "QS", {"QSSTRESC": None, "QSORRES": "48"}, 228, "S1-2", 75),
                ],
            )
        )
    )
    assert list(found) == FINDING
    assert found == {
        "id": finding_id("CORE-000021", "QS", "QSORRES, QSSTRESC", None),
        "rule": "CORE-000021",
        "severity": "error",
        "standard": "SDTM",
        "dataset": "QS",
        "variable": "QSORRES, QSSTRESC",
        "cause": None,
        "records": 2,
        "example": "USUBJID S1-1, QSSEQ 62; USUBJID S1-2, QSSEQ 75",
        "words": "Wrong.",
        "todo": "Correct the records, or say in dispositions.csv why they stand",
        "source": "CDISC CORE 0.17.1: CG0397",
        "engine": "CORE",
    }


def test_an_issue_about_a_variable_names_that_variable_and_no_record():
    value = {"variable_name": "EPOCH", "variable_data_type": "Char"}
    found = findings_of(
        report(
            [rule("CORE-001082", "ISSUE REPORTED")],
            [issue("CORE-001082", "SV", value | {"variable_name": name}, 7, None) for name in ("EPOCH", "SVDY")],
        )
    )
    assert found[["variable", "records", "example"]].values.tolist() == [["EPOCH", 1, None], ["SVDY", 1, None]]


def test_lists_that_a_rule_made_for_itself_are_no_variables():
    value = {"$dataset_variables": ["STUDYID"], "ERROR": "x", "dataset_name": "DM"}
    found = one(findings_of(report([rule("CORE-000334", "ISSUE REPORTED")], [issue("CORE-000334", "DM", value)])))
    assert found["variable"] is None


def test_the_dataset_of_a_wrong_relationship_is_the_relationship_s_whatever_the_engine_calls_it():
    found = findings_of(
        report(
            [rule("CORE-000916", "ISSUE REPORTED")],
            [issue("CORE-000916", name, {"IDVAR": "FASEQ"}) for name in ("FAMH", "RELREC")],
        )
    )
    assert found[["dataset", "records"]].values.tolist() == [["RELREC", 2]]


@pytest.mark.parametrize(
    ("ids", "executability", "severity"),
    [
        (["CG0397"], "fully executable", "error"),
        (["CG0397", "FB2601"], "fully executable", "error"),
        (["FB2201"], "fully executable", "warning"),
        (["CG0512"], "partially executable - possible overreporting", "warning"),
    ],
)
def test_what_only_an_agency_asks_or_a_rule_doubts_is_a_warning(ids, executability, severity):
    asked = rule("CORE-000701", "ISSUE REPORTED", ids, executability=executability)
    assert one(findings_of(report([asked], [issue("CORE-000701", "CM", {"EPOCH": None})])))["severity"] == severity


def test_a_rule_that_failed_or_took_too_long_is_a_finding_of_its_own():
    late = issue("CORE-000890", "_", None, status="time_limit")
    found = findings_of(
        report(
            [
                rule("CORE-000890", "EXECUTION ERROR", messages=["_: rule time limit None"]),
                rule("CORE-000891", "EXECUTION ERROR", messages=["AE: KeyError\n 'AEX'"]),
                rule("CORE-000929", "EXECUTION ERROR", messages=["AE: DefineXML: no such file"]),
                rule("CORE-000892", "SKIPPED", skips=["Schema is not there"]),
                rule("CORE-000893", "SKIPPED", skips=["Outside scope", "Column not found in data"]),
            ],
            [late],
        )
    )
    assert found[["rule", "severity", "cause", "records", "words"]].values.tolist() == [
        ["CORE-000890", "warning", "not run", 0, "CORE did not end this rule within 120 seconds (What it asks.)"],
        ["CORE-000891", "warning", "not run", 0, "CORE could not run this rule: AE: KeyError 'AEX' (What it asks.)"],
        [
            "CORE-000892",
            "warning",
            "not run",
            0,
            "CORE could not run this rule: Schema is not there (What it asks.)",
        ],
        [
            "CORE-000929",
            "note",
            "not run",
            0,
            "CORE needs a Define-XML for this rule, and was given none (What it asks.)",
        ],
    ]


def test_a_report_without_issues_gives_an_empty_frame_of_the_same_columns():
    found = findings_of(report([rule("CORE-000001")]))
    assert list(found) == FINDING and found.empty


DRIVER = """
import json, sys
from pathlib import Path
import pyreadstat
asked = dict(zip(sys.argv[1::2], sys.argv[2::2]))
rules, issues = [], []
for path in sorted(Path(asked["--data"]).glob("*.xpt")):
    frame, about = pyreadstat.read_xport(str(path))
    said = json.dumps([about.table_name, about.file_label, about.column_labels, frame.values.tolist()])
    issues.append(dict(core_id="CORE-000001", dataset=about.table_name, message=said, status="issue reported", row=1,
        USUBJID=None, SEQ=None, value={"X": 1}, error=None))
said = json.dumps({name: value for name, value in asked.items() if name not in ("--data", "--out")}, sort_keys=True)
issues.append(dict(core_id="CORE-000001", dataset="ASKED", message=said, status="issue reported", row=1, USUBJID=None,
    SEQ=None, value={}, error=None))
rules = [dict(core_id="CORE-000001", ids=["CG1"], status="ISSUE REPORTED", messages=[], skips=[], executability="",
    description="")]
report = dict(rules=rules, issues=issues, args=dict(define=None, rule_limit=120))
Path(asked["--out"]).write_text(json.dumps(report))
"""


@pytest.fixture
def cache(tmp_path):
    """A folder like the one that --core names, with a driver that says what it was given."""
    (tmp_path / "core" / "cache").mkdir(parents=True)
    (tmp_path / "core" / "run_core.py").write_text(DRIVER)
    (tmp_path / "core" / "cache" / "rules.pkl").write_bytes(b"")
    for version, size in (("2024-09-27", 2000), ("2025-03-28", 2000), ("2025-09-26", 5)):
        (tmp_path / "core" / "cache" / f"sdtmct-{version}.pkl").write_bytes(b"x" * size)
    return tmp_path / "core"


@pytest.fixture
def python(tmp_path):
    """An interpreter that says it is 3.12 and has the engine."""
    return interpreter(tmp_path / "python", "3.12", "0.17.1")


def interpreter(path: Path, version: str, engine: str) -> str:
    path.write_text(
        f'#!/bin/sh\nif [ "$1" = -c ]; then echo {version}; echo {engine}; else exec {sys.executable} "$@"; fi\n'
    )
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def data(tmp_path):
    """AE as Parquet, with a label and a missing text."""
    folder = tmp_path / "data"
    folder.mkdir()
    fields = [
        pa.field("STUDYID", pa.string(), metadata={"label": "Study Identifier"}),
        pa.field("AESEV", pa.dictionary(pa.int32(), pa.string()), metadata={"label": "Severity/Intensity"}),
        pa.field("AESEQ", pa.int32(), metadata={"label": "Sequence Number"}),
    ]
    arrays = [pa.array(["S1", "S1"]), pa.array(["MILD", None]).dictionary_encode(), pa.array([1, None], pa.int32())]
    table = pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata={"label": "Adverse Events"}))
    pq.write_table(table, folder / "AE.parquet")
    return folder


def said(found, dataset):
    return json.loads(found.loc[found["dataset"] == dataset, "words"].item())


def test_parquet_reaches_the_engine_as_transport_files_with_labels_and_missing_values(cache, python, data):
    found = core_findings(data, cache, python=python, workers=1)
    name, label, labels, rows = said(found, "AE")
    assert (name, label) == ("AE", "Adverse Events")
    assert labels == ["Study Identifier", "Severity/Intensity", "Sequence Number"]
    assert str(rows) == "[['S1', 'MILD', 1.0], ['S1', '', nan]]"


def test_the_newest_terminology_of_the_cache_is_taken_and_no_empty_file(cache, python, data):
    found = core_findings(data, cache, python=python, workers=1, seconds=40)
    assert said(found, "ASKED") == {
        "--ct": "sdtmct-2025-03-28",
        "--rule-limit": "40",
        "--standard": "sdtmig",
        "--version": "3-4",
        "-j": "1",
    }


def test_a_define_xml_of_version_2_1_brings_its_own_terminology(cache, python, data, tmp_path):
    define = tmp_path / "define.xml"
    define.write_text('<ODM xmlns:def="http://www.cdisc.org/ns/def/v2.1"/>')
    asked = said(core_findings(data, cache, define=define, python=python), "ASKED")
    assert asked["--define"] == str(define) and "--ct" not in asked


def test_a_terminology_that_the_cache_has_not_is_refused(cache, python, data):
    with pytest.raises(BadUse, match="no SDTM terminology 2025-09-26; it has sdtmct-2024-09-27, sdtmct-2025-03-28"):
        core_findings(data, cache, python=python, terminology="2025-09-26")


def test_transport_files_are_given_as_they_are_and_adam_is_left_out(cache, python, tmp_path):
    folder = tmp_path / "xpt"
    folder.mkdir()
    frame = pd.DataFrame({"STUDYID": ["S1"]})
    for name in ("dm", "adsl"):
        pyreadstat.write_xport(frame, str(folder / f"{name}.xpt"), table_name=name.upper(), file_format_version=5)
    found = core_findings(folder, cache, python=python)
    assert set(found["dataset"]) == {"DM", "ASKED"}


def test_a_folder_of_adam_alone_is_refused(cache, python, tmp_path):
    (tmp_path / "adam").mkdir()
    frame = pd.DataFrame({"STUDYID": ["S1"]})
    pyreadstat.write_xport(frame, str(tmp_path / "adam" / "adsl.xpt"), table_name="ADSL", file_format_version=5)
    with pytest.raises(BadUse, match="no SDTM dataset, and CORE has no rules for ADaM"):
        core_findings(tmp_path / "adam", cache, python=python)


def test_a_folder_without_driver_and_rules_is_refused(tmp_path, data, python):
    with pytest.raises(BadUse, match=r"run_core.py and cache/rules.pkl have to be in it"):
        core_findings(data, tmp_path, python=python)


def test_without_an_environment_every_place_that_was_looked_at_is_told(cache, data, tmp_path, monkeypatch):
    monkeypatch.delenv("TRIALMILL_CORE_PYTHON", raising=False)
    monkeypatch.setattr("flows.core.FOLDER", tmp_path / "project")
    monkeypatch.setattr("flows.core.python_3_12", lambda: None)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadUse) as refusal:
        core_findings(data, cache)
    for place in (cache / ".venv", tmp_path / ".core", tmp_path / "project" / ".core"):
        assert str(place / "bin" / "python") in str(refusal.value)
    assert "install CPython 3.12, of which there is none either ($PYTHON312, python3.12 on PATH, ~/.pyenv)" in str(
        refusal.value
    )


@pytest.mark.parametrize(
    ("version", "engine", "words"),
    [
        ("3.11", "0.17.1", "CORE needs CPython 3.12, and .* is 3.11"),
        ("3.12", "", "has no CORE engine: .* -m pip install cdisc-rules-engine==0.17.1"),
    ],
)
def test_an_interpreter_that_will_not_do_is_told(cache, data, tmp_path, version, engine, words):
    with pytest.raises(BadUse, match=words):
        core_findings(data, cache, python=interpreter(tmp_path / "other", version, engine))


def test_the_interpreter_is_named_by_the_environment(cache, python, data, monkeypatch):
    monkeypatch.setenv("TRIALMILL_CORE_PYTHON", python)
    assert not core_findings(data, cache).empty


def test_an_engine_that_crashes_is_quoted(cache, python, data):
    (cache / "run_core.py").write_text(
        "import sys\nprint('0 CORE-000001 0.1', file=sys.stderr)\nraise KeyError('sdtmig/9-9')"
    )
    with pytest.raises(EngineFailed, match="CORE ended with status 1; its last words: .*KeyError: 'sdtmig/9-9'"):
        core_findings(data, cache, python=python)


def test_an_engine_without_a_report_is_no_success(cache, python, data):
    (cache / "run_core.py").write_text("")
    with pytest.raises(EngineFailed, match="without a report; its last words: none"):
        core_findings(data, cache, python=python)


def test_the_engine_gets_none_of_our_libraries(cache, python, data, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/ours")
    (cache / "run_core.py").write_text("import os, sys\nsys.exit(f'path {os.environ.get(\"PYTHONPATH\")}')")
    with pytest.raises(EngineFailed, match="last words: path None$"):
        core_findings(data, cache, python=python)


def test_a_worker_of_the_engine_does_not_outlive_it(cache, python, data, tmp_path):
    left = tmp_path / "worker"
    (cache / "run_core.py").write_text(
        "import os, signal\nworker = os.fork()\nif not worker: signal.pause()\n"
        f"open({str(left)!r}, 'w').write(str(worker))\n"
    )
    with pytest.raises(EngineFailed):
        core_findings(data, cache, python=python)
    try:
        worker = os.pidfd_open(int(left.read_text()))
    except ProcessLookupError:
        return
    assert select.select([worker], [], [], 60)[0]  # it ends, as a process that is killed does when it is its turn
