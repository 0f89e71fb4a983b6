"""SAS transport files written by R's haven, and what is said about damaged ones."""

import pandas as pd
import pyreadstat
import pytest

from flows.readers import xport
from tests.flows.readers.conftest import FILES

XPT = {"format": "xpt", "encoding": "utf-8"}
EVENTS = (FILES / "events.xpt").read_bytes()


def test_a_transport_file_says_what_its_sas_data_set_says(read):
    assert read("events.xpt", **XPT) == read("events.sas7bdat", format="sas7bdat")
    assert read("events.xpt", "SCORE", **XPT) == [(2, ".A"), (3, ".Z"), (4, ""), (5, "5")]


def test_parts_of_a_file_keep_the_row_numbers(read, monkeypatch):
    monkeypatch.setattr(xport, "CHUNK", 3)
    assert read("events.xpt", "SUBJ", **XPT) == [(2, "001"), (3, "002"), (4, "003"), (5, "004")]


@pytest.mark.parametrize("version", [5, 8])
def test_files_of_another_writer_with_no_row_and_with_blank_cells(read, tmp_path, version):
    name = "SUBJ" if version == 5 else "SUBJECT_IDENTIFIER"
    for rows in ([], ["1"], ["1", "", "3"]):
        frame = pd.DataFrame({name: pd.Series(rows, dtype="str"), "N": [0.5] * len(rows)})
        pyreadstat.write_xport(frame, tmp_path / "w.xpt", file_format_version=version)
        expected = [(n, text, "0.5") for n, text in enumerate(rows, 2)]
        assert read((tmp_path / "w.xpt").read_bytes(), name, "N", **XPT) == expected


def test_text_is_of_the_declared_encoding(read):
    content = EVENTS.replace("fièvre".encode(), "fièvre ".encode("cp1252")).replace("发热".encode(), b"fever ")
    assert read(content, "TERM", **XPT | {"encoding": "cp1252"})[1] == (3, "fièvre")
    assert read.refused(content, "TERM", **XPT) == "x: row 3, column TERM: byte 0xe8 is not utf-8"


def test_a_damaged_file_is_refused(read):
    assert read.refused(b"", **XPT) == "x: is empty"
    assert "is no SAS transport file" in read.refused(EVENTS[:500], **XPT)
    assert "is cut off" in read.refused(EVENTS[:-100], **XPT)
    assert "is cut off" in read.refused(EVENTS[:-160], **XPT)
    assert "holds several data sets" in read.refused(EVENTS + EVENTS[240:], **XPT)
