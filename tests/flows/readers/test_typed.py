"""Typed cells as text."""

import datetime as dt

import pytest

from flows.readers.typed import cell_text, sas_kind, sas_text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (5.0, "5"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (True, "TRUE"),
        (dt.datetime(2020, 3, 1), "2020-03-01"),
        (dt.datetime(2020, 3, 1, 23, 59, 59, 600_000), "2020-03-02"),  # a fraction of a day, as workbooks keep it
        (dt.time(9, 30), "09:30"),
    ],
)
def test_a_cell_is_the_text_that_a_person_would_have_typed(cell, text):
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    ("value", "format", "text"),
    [
        (21_975.0, "DATE9.", "2020-03-01"),
        (21_975.0, "YYMMDDN8.", "2020-03-01"),
        (21_975.0, "MONYY7.", "2020-03"),
        (21_975.0, "YEAR4.", "2020"),
        (21_975.0 * 86_400 + 34_200, "DATETIME20.", "2020-03-01T09:30"),
        (21_975.0 * 86_400 + 34_200, "DTDATE9.", "2020-03-01"),
        (21_975.0 * 86_400 + 34_200, "TOD5.", "09:30"),  # of a moment, its time of day
        (34_200.0, "TOD5.", "09:30"),
        (34_200.0, "TIME5.", "09:30"),
        (90_000.0, "TIME5.", "25:00"),  # no time of day: the door says so
        (1e12, "DATE9.", "1000000000000"),  # beyond the year 9999
        ("A", "8.", ".A"),
        (None, "DATE9.", ""),
        (12.5, "BEST12.", "12.5"),
    ],
)
def test_a_sas_number_is_what_its_format_shows(value, format, text):
    assert sas_text(value, sas_kind(format)) == text
