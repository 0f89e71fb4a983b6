"""CDISC CORE, the outside judge, on the psoriasis study's submission package; docs/conformance.md explains what it
reports.

Second tier. It needs ../shared/core (rule cache and driver) and CPython 3.12, in which the engine gets an environment
of its own under .core; without them the test says so and does not run.
"""

import subprocess
from pathlib import Path

import pytest

from flows import warehouse
from flows.core import ENGINE, VERSION, core_report, findings_of, python_3_12
from flows.dispositions import dispositions_of
from flows.submit import submit
from tests.conftest import STUDY
from transforms.review.dispositions import EXPLAINED, disposed

ROOT = Path(__file__).parents[1]
CORE = ROOT.parent / "shared" / "core"
RULES = 430
# rule, dataset -> issues, each with its explanation in docs/conformance.md and in the study's dispositions.csv
EXPLAINED_ISSUES = {
    ("CORE-000021", "QS"): 2,
    ("CORE-000021", "RS"): 1,
    ("CORE-000699", "QS"): 1,
    ("CORE-000699", "VS"): 1,
    ("CORE-000701", "CM"): 8,
    ("CORE-000741", "TS"): 1,
    ("CORE-000916", "RELREC"): 42,
}
NEED_DEFINE = {"CORE-000929", "CORE-001081"}

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not CORE.is_dir(), reason="the CORE rule cache is not here: ../shared/core"),
    pytest.mark.skipif(not python_3_12(), reason="CORE needs CPython 3.12: python3.12 on PATH, or $PYTHON312"),
]


@pytest.fixture(scope="module")
def python() -> str:
    """The interpreter that has the engine, in an environment that is made once."""
    python = ROOT / ".core" / "bin" / "python"
    if not python.exists():
        subprocess.run([python_3_12(), "-m", "venv", ROOT / ".core"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", f"{ENGINE}=={VERSION}"], check=True)
    return str(python)


def reported(data, python, define=None):
    return core_report(
        data, CORE, define=define, terminology=None, python=python, version="3.4", seconds=120, workers=2
    )


def issues(findings):
    found = findings[findings["records"].gt(0)]
    return dict(zip(zip(found["rule"], found["dataset"], strict=True), found["records"], strict=True))


def test_core_reports_nothing_of_the_package_that_is_not_explained(published, tmp_path, python):
    submit(published, warehouse.snapshot(published), STUDY, tmp_path / "package")
    folder = tmp_path / "package" / "m5" / "datasets" / "admscpso" / "tabulations" / "sdtm"
    report = reported(folder, python, folder / "define.xml")
    assert len(report["rules"]) == RULES
    assert [rule for rule in report["rules"] if rule["status"] == "EXECUTION ERROR"] == []
    findings = findings_of(report)
    assert issues(findings) == EXPLAINED_ISSUES
    decided = disposed(findings, dispositions_of(STUDY))
    assert decided.loc[decided["standing"].ne(EXPLAINED), ["id", "rule", "dataset"]].values.tolist() == []


def test_core_reports_the_same_of_a_snapshot_s_parquet_but_what_needs_a_define_xml(published, python):
    findings = findings_of(reported(published / "current" / "sdtm", python))
    assert issues(findings) == EXPLAINED_ISSUES
    assert set(findings.loc[findings["cause"].eq("not run"), "rule"]) == NEED_DEFINE
