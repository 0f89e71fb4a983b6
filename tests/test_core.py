"""CDISC CORE, the outside judge, on the psoriasis study's SDTM as XPT; docs/conformance.md explains what it reports.

Second tier. It needs ../shared/core (rule cache and driver) and CPython 3.12, in which the engine gets an environment
of its own under .core; without them the test says so and does not run.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest

ROOT = Path(__file__).parents[1]
CORE = ROOT.parent / "shared" / "core"


def python_3_12() -> str | None:
    """A CPython 3.12 that starts: a version manager's shim may be on PATH and have none behind it."""
    kept = sorted(Path.home().glob(".pyenv/versions/3.12*/bin/python3.12"))
    for python in [os.environ.get("PYTHON312"), shutil.which("python3.12"), *map(str, kept)]:
        if python and not subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode:
            return python
    return None


PYTHON = python_3_12()

# rule -> issues, each with its explanation in docs/conformance.md
EXPLAINED = {
    "CORE-000741": 1,
    "CORE-000916": 42,
    "CORE-000699": 2,
    "CORE-000701": 8,
    "CORE-000021": 3,
}
NEED_DEFINE = {"CORE-000929", "CORE-001081"}


def write_xpt(snapshot: Path, folder: Path) -> None:
    for path in sorted((snapshot / "sdtm").glob("*.parquet")):
        table = pq.read_table(path)
        frame = table.to_pandas()
        for name in frame.columns[[not pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]]:
            frame[name] = frame[name].astype(object).where(frame[name].notna(), "")
        pyreadstat.write_xport(
            frame,
            str(folder / f"{path.stem.lower()}.xpt"),
            file_label=table.schema.metadata[b"label"].decode(),
            column_labels=[field.metadata[b"label"].decode() for field in table.schema],
            table_name=path.stem,
            file_format_version=5,
        )


@pytest.mark.long
@pytest.mark.skipif(not CORE.is_dir(), reason="the CORE rule cache is not here: ../shared/core")
@pytest.mark.skipif(not PYTHON, reason="CORE needs CPython 3.12: python3.12 on PATH, or $PYTHON312")
def test_core_reports_nothing_that_is_not_explained(published, tmp_path):
    python = ROOT / ".core" / "bin" / "python"
    if not python.exists():
        subprocess.run([PYTHON, "-m", "venv", ROOT / ".core"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "cdisc-rules-engine==0.17.1"], check=True)
    write_xpt(published / "current", tmp_path)
    report = tmp_path / "report.json"
    command = [
        python,
        CORE / "run_core.py",
        "--data",
        tmp_path,
        "--ct",
        "sdtmct-2025-03-28",
        "--out",
        report,
        "-j",
        "2",
    ]
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
    rules = json.loads(report.read_text())["rules"]
    assert len(rules) == 430
    assert {rule["core_id"] for rule in rules if rule["status"] == "EXECUTION ERROR"} == NEED_DEFINE
    assert {
        rule["core_id"]: rule["issues"] for rule in rules if rule["status"] == "ISSUE REPORTED"
    } == EXPLAINED
