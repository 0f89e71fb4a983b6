"""dispositions.csv and the way into it from a workbook of findings; a run has nothing to do with them."""

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from flows.dispositions import dispositions_of, take_dispositions
from flows.fingerprint import fingerprint
from flows.problems import StudyFileError

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"
HEADER = "ID,DISPOSITION,REASON,OWNER,DATE\n"
FINDINGS = pd.DataFrame({"id": ["aaaaaaaaaa", "bbbbbbbbbb", "0123456789"]})


def workbook(path: Path, *rows, title=True) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["read me"])
    sheet = book.create_sheet("Findings")
    if title:
        sheet.append(["Conformance of S1"])
    sheet.append(["Rule", "ID", "Records", "DISPOSITION", "REASON", "OWNER", "DATE"])
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def problems(call) -> list[str]:
    with pytest.raises(StudyFileError) as stopped:
        call()
    return [str(problem) for problem in stopped.value.problems]


def test_what_is_written_into_the_workbook_stands_in_the_table(tmp_path):
    given = workbook(
        tmp_path / "conform.xlsx",
        ["TM-CT", "aaaaaaaaaa", 3, "explain", "The site's own\nterm", "DM lead", date(2024, 4, 30)],
        ["TM-KEYS", "bbbbbbbbbb", 1, None, None, None, None],
        ["TM-ORDER", 123456789, 1, "fix", None, "Programmer", "2024-05-01"],  # a spreadsheet took it for a number
    )
    assert take_dispositions(given, tmp_path, FINDINGS) == (2, 0, 0)
    assert (tmp_path / "dispositions.csv").read_text(encoding="utf-8") == (
        HEADER
        + "aaaaaaaaaa,explain,The site's own term,DM lead,2024-04-30\n"
        + "0123456789,fix,,Programmer,2024-05-01\n"
    )
    assert dispositions_of(tmp_path)["ID"].tolist() == ["aaaaaaaaaa", "0123456789"]
    assert take_dispositions(given, tmp_path, FINDINGS) == (0, 0, 2)


def test_a_later_word_replaces_the_earlier_one_and_a_blank_takes_nothing_back(tmp_path):
    (tmp_path / "dispositions.csv").write_text(
        HEADER + "bbbbbbbbbb,fix,,Programmer,2024-04-01\neeeeeeeeee,waive,Old,DM lead,2024-04-01\n"
    )
    given = workbook(
        tmp_path / "conform.xlsx",
        ["TM-KEYS", "bbbbbbbbbb", 1, "waive", "Cannot be had", "DM lead", "2024-05-01"],
        ["TM-OLD", "eeeeeeeeee", 1, None, None, None, None],
        title=False,
    )
    assert take_dispositions(given, tmp_path, FINDINGS) == (0, 1, 0)
    assert (tmp_path / "dispositions.csv").read_text() == (
        HEADER + "bbbbbbbbbb,waive,Cannot be had,DM lead,2024-05-01\neeeeeeeeee,waive,Old,DM lead,2024-04-01\n"
    )


def test_everything_wrong_with_a_workbook_is_said_and_nothing_is_taken(tmp_path):
    given = workbook(
        tmp_path / "conform.xlsx",
        ["TM-CT", "aaaaaaaaaa", 3, "explain", None, "DM lead", "2024-04-30"],
        ["TM-CT", "bbbbbbbbbb", 3, None, "because", "DM lead", "30 April"],
        ["TM-CT", "cccccccccc", 3, "fix", None, "DM lead", "2024-04-30"],
        ["TM-CT", "0123456789", 3, "fix", None, "DM lead", "2024-04-30"],
        ["TM-CT", "0123456789", 3, "waive", "x", "DM lead", "2024-04-30"],
    )
    assert problems(lambda: take_dispositions(given, tmp_path, FINDINGS)) == [
        "conform.xlsx: sheet Findings, row 3, REASON: is blank; expected why: explain needs a reason",
        "conform.xlsx: sheet Findings, row 4, DISPOSITION: Input should be 'fix', 'explain' or 'waive'; it is ''",
        "conform.xlsx: sheet Findings, row 4, DATE: is no date; expected ISO 8601, YYYY-MM-DD; it is '30 April'",
        "conform.xlsx: sheet Findings, row 5, ID: cccccccccc is no finding that is known",
        "conform.xlsx: sheet Findings, row 7, ID: 0123456789 has another disposition in a row above",
    ]
    assert not (tmp_path / "dispositions.csv").exists()


def test_a_workbook_without_the_columns_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Rule", "ID"])
    book.save(tmp_path / "other.xlsx")
    words = "other.xlsx: has no sheet with the columns ID, DISPOSITION, REASON, OWNER, DATE"
    assert problems(lambda: take_dispositions(tmp_path / "other.xlsx", tmp_path, FINDINGS)) == [words]
    (tmp_path / "text.xlsx").write_text("ID,DISPOSITION")
    (said,) = problems(lambda: take_dispositions(tmp_path / "text.xlsx", tmp_path, FINDINGS))
    assert said.startswith("text.xlsx: is no workbook that can be read")


def test_a_disposition_gives_a_run_nothing_to_do(tmp_path):
    """No value of a snapshot follows from one."""
    for path in [STUDY / "study.toml", *STUDY.glob("*.csv")]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = fingerprint(tmp_path, STUDY / "raw", {})
    (tmp_path / "dispositions.csv").write_text(HEADER + "aaaaaaaaaa,fix,,Programmer,2024-05-01\n")
    assert fingerprint(tmp_path, STUDY / "raw", {}) == before
    (tmp_path / "coding.csv").write_bytes((tmp_path / "coding.csv").read_bytes() + b"\n")
    assert fingerprint(tmp_path, STUDY / "raw", {}) != before
