"""The CDISC CORE engine beside our own rules: its issues on SDTM datasets as findings of conformance.

The engine needs CPython 3.12 and libraries other than ours, so it lives in an environment of its own and runs in a
process of its own (docs/conformance.md says how to make one). CACHE_DIR holds run_core.py, which drives it without a
network, and cache/, the rules and terminology that it reads. There are rules for SDTM alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from flows.conform import EXAMPLES, FINDING, finding_id
from flows.datasets import READERS, Dataset, found_in, quoted
from flows.problems import BadUse

ENGINE = "cdisc-rules-engine"
VERSION = "0.17.1"  # for which the driver and the cache were made
FOLDER = Path(__file__).parents[1]
CAUSE = ["rule", "dataset", "variable", "cause"]
NOT_RUN = "not run"
PROGRESS = re.compile(r"\d+ CORE-\d+ [\d.]+")  # what the driver says after each rule
ISSUE = ("success", "issue reported", "issue_reported")
# a rule that does not concern these data
OUT_OF_SCOPE = {"Outside scope", "Column not found in data", "Domain not found", "Empty dataset"}
# what is wrong stands in the relationship; the engine names it or the dataset that it points to, as it happens
RELATIONSHIP = {"CORE-000206": None, "CORE-000712": "SUPP--", "CORE-000916": "RELREC", "CORE-000953": "CO"}
NO_SUBJECT = (None, "", "N/A")


class EngineFailed(Exception):
    """The engine ended before it had a report, or stood still."""


def core_findings(data: Path, cache: Path, **asked: object) -> pd.DataFrame:
    """One record per rule of CORE, dataset and variables that it has something to say of (FINDING). `asked`: the
    options of `core_report`."""
    return findings_of(core_report(data, cache, **asked))


def core_report(
    data: Path,
    cache: Path,
    *,
    define: Path | None = None,
    terminology: str | None = None,
    python: str | None = None,
    version: str = "3.4",
    seconds: int = 120,
    workers: int | None = None,
) -> dict:
    """What run_core.py reports: summary, rules, issues; and `engine`, its version.

    `data` is a folder of XPT, Parquet or Dataset-JSON; of the datasets in it SDTM's are looked at. `terminology` is a
    version (2025-03-28; default: the newest in the cache) where no Define-XML 2.1 names one. `python` is the
    interpreter that has the engine. A rule that has not ended after `seconds`, or that fails, is a finding, too.
    """
    driver = cache / "run_core.py"
    if not driver.is_file() or not (cache / "cache" / "rules.pkl").is_file():
        raise BadUse(f"{cache} is no folder for CORE: run_core.py and cache/rules.pkl have to be in it")
    interpreter, engine = engine_python(cache, python)
    datasets = [one for one in found_in(data)[0] if one.standard == "SDTM"]
    if not datasets:
        raise BadUse(f"{data} holds no SDTM dataset, and CORE has no rules for ADaM")
    with tempfile.TemporaryDirectory(prefix="core-") as scratch:
        place, report = Path(scratch), Path(scratch) / "report.json"
        command = [interpreter, driver.resolve(), "--data", transport_files(datasets, place)]
        command += ["--standard", "sdtmig", "--version", version.replace(".", "-"), "--out", report]
        command += ["--rule-limit", str(seconds), "-j", str(workers or os.cpu_count() or 1)]
        command += ["--define", define.resolve()] if define else []
        if define is None or b"http://www.cdisc.org/ns/def/v2.1" not in define.read_bytes()[:20_000]:
            command += ["--ct", terminology_in(cache, terminology)]
        said = run_engine(list(map(str, command)), place, seconds)
        try:
            found = json.loads(report.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise EngineFailed(f"CORE ended without a report; its last words: {last_words(said)}") from None
    if not found["rules"]:
        raise BadUse(f"the cache in {cache} has no rules for SDTMIG {version}")
    return found | {"engine": engine}


def engine_python(cache: Path, given: str | None) -> tuple[str, str]:
    """The interpreter that has the engine, and the engine's version."""
    given = given or os.environ.get("TRIALMILL_CORE_PYTHON")
    homes = [cache / ".venv", Path(".core"), FOLDER / ".core"]
    places = [given] if given else list(dict.fromkeys(str((home / "bin" / "python").absolute()) for home in homes))
    python = next((place for place in places if shutil.which(place)), None)
    if python is None:
        base = python_3_12()
        how = (
            f"{base} -m venv .core && .core/bin/python -m pip install {ENGINE}=={VERSION}"
            if base
            else "install CPython 3.12, of which there is none either ($PYTHON312, python3.12 on PATH, ~/.pyenv)"
        )
        raise BadUse(
            f"CORE needs an environment of its own, and there is no interpreter at {' or '.join(places)} "
            f"(--python FILE or $TRIALMILL_CORE_PYTHON names another); to make one: {how}"
        )
    code = "import sys; print('%d.%d' % sys.version_info[:2]); from importlib.metadata import version; "
    try:
        answer = asked(python, code + f"print(version('{ENGINE}'))")
    except OSError as error:
        raise BadUse(f"{python} does not start: {error.strerror}") from None
    words = answer.stdout.split()
    if not words:
        raise BadUse(f"{python} is no Python that works: {last_words(answer.stderr)}")
    if words[0] != "3.12":
        raise BadUse(f"CORE needs CPython 3.12, and {python} is {words[0]}")
    if len(words) < 2:
        raise BadUse(f"{python} has no CORE engine: {python} -m pip install {ENGINE}=={VERSION}")
    return python, words[1]


def python_3_12() -> str | None:
    """A CPython 3.12 that starts: a version manager's shim may be on PATH and have none behind it."""
    kept = sorted(Path.home().glob(".pyenv/versions/3.12*/bin/python3.12"))
    for python in [os.environ.get("PYTHON312"), shutil.which("python3.12"), *map(str, kept)]:
        if python and shutil.which(python) and not asked(python, "").returncode:
            return python
    return None


def asked(python: str, code: str) -> subprocess.CompletedProcess:
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=False, env=bare())


def terminology_in(cache: Path, version: str | None) -> str:
    """The name of the SDTM terminology in the cache; some files there only say that such a version exists."""
    there = sorted(path.stem for path in (cache / "cache").glob("sdtmct-*.pkl") if path.stat().st_size > 1000)
    wanted = f"sdtmct-{version}" if version else there[-1] if there else None
    if wanted not in there:
        raise BadUse(
            f"the cache in {cache} has no SDTM terminology {version or ''}; it has {', '.join(there) or 'none'}"
        )
    return wanted


def transport_files(datasets: Sequence[Dataset], scratch: Path) -> Path:
    """A folder with each dataset as XPT: the file itself, or one written from Parquet or Dataset-JSON."""
    import pyreadstat

    folder = scratch / "data"
    folder.mkdir()
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        for one in datasets:
            target = folder / f"{one.name.lower()}.xpt"
            if one.format == "xpt":
                target.symlink_to(one.files[0].resolve())
                continue
            label, variables, source = READERS[one.format](con, one, scratch)
            names = ", ".join(quoted(variable.name) for variable in variables)
            frame = con.sql(f"SELECT {names} FROM {source} ORDER BY _row").df()
            for variable in variables:
                if not variable.numeric:
                    values = frame[variable.name].astype("object")
                    frame[variable.name] = values.where(values.notna(), "")
            try:
                pyreadstat.write_xport(
                    frame,
                    str(target),
                    file_label=label or "",
                    column_labels=[variable.label or "" for variable in variables],
                    table_name=one.name,
                    file_format_version=5,
                )
            except Exception as error:  # it has no class of its own for this
                raise BadUse(f"{one.files[0]} cannot be written as XPT for CORE: {error}") from None
    return folder


def run_engine(command: Sequence[str], scratch: Path, seconds: int) -> str:
    """Runs the driver in a group of its own, of which nothing is left over, and returns what it said.

    A worker that is killed, as by a machine without memory, leaves the others waiting for it: so it may be silent only
    as long as a rule may take, and some more for what a signal does not interrupt.
    """
    said = scratch / "said"
    with open(said, "wb") as file:
        engine = subprocess.Popen(
            command, cwd=scratch, env=bare(), stdout=subprocess.DEVNULL, stderr=file, start_new_session=True
        )
        heard, waited = 0, 0
        try:
            while engine.poll() is None:
                try:
                    engine.wait(5)
                except subprocess.TimeoutExpired:
                    waited = waited + 5 if said.stat().st_size == heard else 0
                    heard = said.stat().st_size
                    if waited > 300 + 3 * seconds:
                        words = f"CORE has said nothing for {waited} seconds and was ended; its last words: "
                        raise EngineFailed(words + last_words(said.read_text(errors="replace"))) from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(engine.pid, signal.SIGKILL)
            engine.wait()
    words = said.read_text(errors="replace")
    if engine.returncode:
        raise EngineFailed(f"CORE ended with status {engine.returncode}; its last words: {last_words(words)}")
    return words


def bare() -> dict[str, str]:
    """The environment without what is meant for our own interpreter."""
    ours = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if name not in ours} | {"PYTHONHASHSEED": "0"}


def last_words(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip() and not PROGRESS.fullmatch(line.strip())]
    return " / ".join(lines[-3:]) or "none"


def findings_of(report: dict) -> pd.DataFrame:
    """One record per rule, dataset and variables of a report of run_core.py, with the engine's version (FINDING)."""
    rules = {rule["core_id"]: rule for rule in report["rules"]}
    found: dict[tuple, dict] = {}
    for issue in report["issues"]:
        if issue["status"] in ISSUE:
            dataset = RELATIONSHIP.get(issue["core_id"], named(issue["dataset"]))
            cause = (issue["core_id"], dataset, variables_of(issue["value"]), None)
            one = found.setdefault(
                cause,
                {
                    "records": 0,
                    "severity": severity(rules[issue["core_id"]]),
                    "example": [],
                    "words": " ".join((issue["message"] or "").split()),
                    "todo": "Correct the records, or say in dispositions.csv why they stand",
                },
            )
            one["records"] += 1
            if len(one["example"]) < EXAMPLES and (place := example(issue)):
                one["example"].append(place)
    for rule in report["rules"]:
        if rule["status"] == "EXECUTION ERROR" or not set(rule["skips"]) <= OUT_OF_SCOPE:
            found[rule["core_id"], None, None, NOT_RUN] = failure(rule, report)
    rows = [
        dict(zip(CAUSE, cause, strict=True))
        | one
        | {
            "example": "; ".join(one["example"]) or None,
            "id": finding_id(*cause),
            "standard": "SDTM",
            "source": f"CDISC CORE {report['engine']}: {', '.join(rules[cause[0]]['ids'])}",
            "engine": "CORE",
        }
        for cause, one in sorted(found.items(), key=lambda item: [part or "" for part in item[0]])
    ]
    return pd.DataFrame(rows, columns=FINDING, dtype="object").astype({"records": "int64"})


def named(dataset: str | None) -> str | None:
    """The dataset of an issue; none where it is of the whole study."""
    name = (dataset or "").removesuffix(".xpt").upper()
    return name if re.fullmatch("[A-Z][A-Z0-9, ]*", name) and name not in ("N/A", "DATASET", "STUDY") else None


def variables_of(values: dict) -> str | None:
    """The variable that an issue is about, or all that the rule looks at: it does not say which one is wrong."""
    for name in ("variable_name", "define_variable_name", "library_variable_name"):
        if values.get(name):
            return values[name]
    names = [name for name in values if re.fullmatch("[A-Z][A-Z0-9.]*", name) and name != "ERROR"]
    return ", ".join(sorted(names)) or None


def example(issue: dict) -> str | None:
    """Where: subject and --SEQ, or the number of the record; none where it is the dataset or a whole variable."""
    if issue["USUBJID"] not in NO_SUBJECT:
        sequence = f"{(named(issue['dataset']) or '--')[:2]}SEQ {issue['SEQ']}" if issue["SEQ"] else None
        return f"USUBJID {issue['USUBJID']}, {sequence or 'record ' + str(issue['row'])}"
    of_record = issue["row"] and variables_of(issue["value"]) and "variable_name" not in issue["value"]
    return f"record {issue['row']}" if of_record else None


def severity(rule: dict) -> str:
    """A rule of the standard's own is an error; what an agency's business rule alone asks, or a rule that says of
    itself that it reports too much, is a warning."""
    doubtful = "overreporting" in (rule["executability"] or "")
    return "warning" if doubtful or all(one.startswith("FB") for one in rule["ids"]) else "error"


def failure(rule: dict, report: dict) -> dict:
    """A rule that says nothing of the data: it failed, took too long, or lacks what it reads."""
    said = "; ".join(rule["messages"] or rule["skips"])
    words, severe = f"CORE could not run this rule: {' '.join(said.split())[:300]}", "warning"
    if "rule time limit" in said:
        words = f"CORE did not end this rule within {report['args']['rule_limit']} seconds"
    elif "Define" in said and not report["args"]["define"]:
        words, severe = "CORE needs a Define-XML for this rule, and was given none", "note"
    return {
        "records": 0,
        "severity": severe,
        "example": [],
        "words": f"{words} ({rule['description']})",
        "todo": "Look at this rule by hand, or give CORE more time or what it needs",
    }
