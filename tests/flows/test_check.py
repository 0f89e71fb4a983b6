"""`trialmill check`: everything that is wrong at once, with a suggestion, in a form that a person can read."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from flows.check import checked
from flows.problems import did_you_mean
from flows.summary import check_text

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"


@pytest.fixture
def study(tmp_path) -> Path:
    shutil.copytree(STUDY, tmp_path / "study")
    return tmp_path / "study"


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_word_that_looks_alike_is_suggested():
    assert did_you_mean("Recoverd", ["Recovered", "Fatal"]) == "; did you mean Recovered?"
    assert did_you_mean("xyz", ["Recovered", "Fatal"]) == ""


def test_check_and_run_find_the_same(published):
    found = checked(STUDY, STUDY / "raw", None).findings
    of_run = pd.read_parquet(next(published.glob("current/findings.parquet")))
    kept = of_run[of_run["id"].isin(found["id"])]
    assert set(found["id"]) == set(kept["id"]) and found["rule"].tolist() == kept["rule"].tolist()


def test_side_by_side_or_one_after_the_other_is_the_same(monkeypatch):
    alone = checked(STUDY, STUDY / "raw", None, workers=1)
    monkeypatch.setattr("flows.check.SMALL", 0)
    pd.testing.assert_frame_equal(alone.findings, checked(STUDY, STUDY / "raw", None, workers=2).findings)


def test_the_code_that_was_meant_is_named(study):
    findings = checked(study, study / "raw", None).findings
    (message,) = findings.loc[findings["value"] == "Recoverd", "message"]
    assert "; did you mean Recovered or Recovering?" in message


def test_study_file_and_raw_files_are_reported_together(study):
    changed(study / "study.toml", 'date_order = "dmy"', 'date_ordr = "dmy"')  # of dm
    changed(study / "study.toml", 'column = "OUTCOME", codes = "outcome"', 'column = "OUTCOME", codes = "outcme"')
    (study / "raw" / "2021-05-28" / "edc_vs.csv").rename(study / "raw" / "2021-05-28" / "edc_vsx.csv")
    found = checked(study, study / "raw", None)
    said = "\n".join(map(str, found.study))
    assert "sources.dm.date_ordr: is not a key of the study file; did you mean date_order" in said
    assert "sources.dm.date_order: is missing" in said
    assert 'sources.ae.columns.AEOUT: codes = "outcme" is not among the codelists; did you mean outcome' in said
    assert any(one.file == "2021-05-28/edc_vs.csv" and "edc_vsx.csv" in one.message for one in found.raw)
    assert found.status == 2 and found.findings.empty


def test_a_raw_file_that_cannot_be_read_does_not_hide_the_others(study):
    (study / "raw" / "2021-05-28" / "edc_vs.csv").write_bytes(b"SITE,SUBJECT\n\xff\xfe")
    found = checked(study, study / "raw", None)
    assert found.status == 3 and not found.study
    assert any("edc_vs.csv" in one.file for one in found.raw)
    assert "Recoverd" in set(found.findings["value"])
    assert "vs" not in set(found.findings["dataset"])


def test_findings_are_grouped_by_rule_with_their_first_places(study):
    found = checked(study, study / "raw", None)
    lines = check_text(found, limit=1).splitlines()
    (at,) = (n for n, line in enumerate(lines) if " CODING " in line)
    assert lines[at].split()[:2] == ["3", "CODING"]
    assert "edc_cm.csv row 7, MEDICATION:" in lines[at + 1] and "... and 2 other places (--all)" in lines[at + 2]
    assert len(check_text(found, limit=None).splitlines()) > len(lines)
