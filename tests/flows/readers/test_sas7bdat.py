"""SAS data sets written by R's haven, and what is said about damaged ones."""

import shutil
import subprocess

import pytest

from flows.readers import sas7bdat
from tests.flows.readers.conftest import FILES

SAS = {"format": "sas7bdat"}


def test_values_are_what_a_person_would_have_typed(read):
    columns = ("SUBJ", "TERM", "DOSE", "DAY", "MONTH", "AT", "CLOCK", "SERIAL")
    assert read("events.sas7bdat", *columns, **SAS) == [
        (2, "001", "发热", "0.3", "2020-01-05", "2020-01", "2020-01-05T09:30", "09:30", "43835"),
        (3, "002", "fièvre", "100", "1959-12-31", "1959-12", "2020-01-05", "00:00", "1"),
        (4, "003", "", "", "", "", "", "", "2"),
        (5, "004", " rash", "-0.00001", "2020-02-29", "2020-02", "2020-01-05T23:59:30", "09:30:15", "3"),
    ]


def test_special_missing_values_keep_their_letter_and_user_formats_are_not_applied(read):
    found = read("events.sas7bdat", "SCORE", "SEX", **SAS)
    assert found == [(2, ".A", "1"), (3, ".Z", "2"), (4, "", "1"), (5, "5", "2")]


@pytest.mark.parametrize("chunk", [1, 2, 3, 4])
def test_parts_of_a_file_keep_the_row_numbers(read, monkeypatch, chunk):
    monkeypatch.setattr(sas7bdat, "CHUNK", chunk)
    assert read("events.sas7bdat", "SUBJ", **SAS) == [(2, "001"), (3, "002"), (4, "003"), (5, "004")]


def test_a_file_that_has_lost_its_end_is_refused(read):
    content = (FILES / "events.sas7bdat").read_bytes()
    for kept in (0, 100, len(content) // 2, len(content) - 1):
        assert "cannot be read as a SAS data set" in read.refused(content[:kept], **SAS)


@pytest.mark.skipif(
    not shutil.which("Rscript") or subprocess.run(["Rscript", "-e", "library(haven)"], capture_output=True).returncode,
    reason="R with haven is not installed: its files are read from files/",
)
def test_the_files_are_what_the_r_script_writes(read, tmp_path):
    subprocess.run(["Rscript", FILES / "events.R"], cwd=tmp_path, check=True, timeout=120)
    for name, keys in (("events.sas7bdat", SAS), ("events.xpt", {"format": "xpt", "encoding": "utf-8"})):
        assert read((tmp_path / name).read_bytes(), **keys) == read(name, **keys)
