from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.dates import (
    date_part,
    date_time,
    day_number,
    earliest,
    iso_dates,
    iso_times,
    latest,
    read_date,
    read_time,
)

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
EPOCH = date(1970, 1, 1)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("12 JAN 2020", "2020-01-12"),
        ("12-Jan-2020", "2020-01-12"),
        ("12JAN2020", "2020-01-12"),
        ("1 Sept 2020", "2020-09-01"),
        ("UN/UNK/2020", "2020"),
        ("UK/UK/2020", "2020"),
        ("UN-UNK-2019", "2019"),
        ("UN JAN 2020", "2020-01"),
        ("2019", "2019"),
        ("03/2019", "2019-03"),
        ("JAN 2020", "2020-01"),
        ("2020-01-12", "2020-01-12"),
        ("2020/1/12", "2020-01-12"),
        ("2019.3.5", "2019-03-05"),
        ("2019年3月5日", "2019-03-05"),
        ("2019年3月", "2019-03"),
        ("２０１９年３月５日", "2019-03-05"),
        ("2019---05", "2019---05"),
        ("05 UNK 2019", "2019---05"),
        ("2020-01-12T09:30", "2020-01-12T09:30"),
        ("2020-01-12 09:30:15", "2020-01-12T09:30:15"),
        ("U DEC 2019 14:00", "2019-12--T14:00"),
        ("12 OCT 2019 UN:UN", "2019-10-12"),
        ("29 FEB 2020", "2020-02-29"),
    ],
)
def test_a_date_keeps_the_precision_collected(written, iso):
    assert read_date(written, "dmy") == (iso, None)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("31/02/2014", "no such date: 2014-02-31"),
        ("2020-02-30", "no such date: 2020-02-30"),
        ("29 FEB 2019", "no such date: 2019-02-29"),
        ("04/13/2024", "no such date: 2024-13-04"),  # a month 13 is not read as month-day instead
        ("13/2019", "no such date: 2019-13"),
        ("12 JAN 1020", "no such date: 1020-01-12"),
        ("12 JAN 20", "no four-digit year"),
        ("12 JAN UNK", "no year"),
        ("3月5日", "not a date with a four-digit year"),
        ("43529", "not a date with a four-digit year"),
        ("UNK", "not a date with a four-digit year"),
        ("last spring", "not a date with a four-digit year"),
        ("2019--05", "not a date"),
        ("2020-01-12 25:00", "no such time"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(written, reason):
    assert read_date(written, "dmy") == (None, reason)


@pytest.mark.parametrize(
    ("order", "iso", "reason"),
    [
        ("dmy", "2024-04-03", None),
        ("mdy", "2024-03-04", None),
        ("none", None, "ambiguous: 2024-04-03 or 2024-03-04"),
        ("ymd", None, "ambiguous: 2024-04-03 or 2024-03-04"),  # year last is not year-month-day
    ],
)
def test_03_04_2024_is_read_only_in_a_declared_order(order, iso, reason):
    assert read_date("03/04/2024", order) == (iso, reason)


def test_a_date_with_one_reading_needs_no_declared_order():
    assert read_date("13/04/2024", "none") == ("2024-04-13", None)
    assert read_date("05/05/2024", "none") == ("2024-05-05", None)


def test_two_digit_years_need_a_declared_century():
    assert read_date("12/01/20", "dmy", 1950) == ("2020-01-12", None)
    assert read_date("12/01/50", "dmy", 1950) == ("1950-01-12", None)
    assert read_date("20/01/12", "ymd", 1950) == ("2020-01-12", None)


def test_a_date_that_says_that_it_is_unknown_is_neither_date_nor_refused():
    assert read_date("UN/UNK/UNK", "dmy") == (None, None)


@pytest.mark.parametrize(
    ("written", "iso", "reason"),
    [
        ("9:30", "09:30", None),
        ("09:30:00", "09:30:00", None),
        ("2:05 PM", "14:05", None),
        ("12:00 am", "00:00", None),
        ("0930", "09:30", None),
        ("930", None, "a time of less than four digits"),
        ("9:UN", "09", None),
        ("UN:UN", None, None),
        ("24:00", None, "no such time"),
        ("14:05 PM", None, "no such time"),
        ("noon", None, "not a time"),
    ],
)
def test_times(written, iso, reason):
    assert read_time(written) == (iso, reason)


def test_columns_are_read_row_by_row():
    read = iso_dates(pd.Series(["2020", None, "31 FEB 2020", "2020"], dtype="category"), "dmy")
    assert read["iso"].astype("str").fillna("").tolist() == ["2020", "", "", "2020"]
    assert read["reason"].astype("str").fillna("").tolist() == ["", "", "no such date: 2020-02-31", ""]


def test_a_time_joins_a_complete_date_only():
    dates = pd.Series(["2020-03-05", "2020-03-05", "2020-03", None], dtype="category")
    times = iso_times(pd.Series(["9:30", None, "9:30", "9:30"], dtype="str"))["iso"]
    joined = date_time(dates, times)
    assert joined.astype("str").fillna("").tolist() == ["2020-03-05T09:30", "2020-03-05", "2020-03", ""]


def test_only_a_complete_date_has_a_date_part():
    iso = pd.Series(["2020-03-05T09:30", "2020-03-05", "2020-03", "2019-12--T14:00", None], dtype="str")
    assert date_part(iso).astype("str").fillna("").tolist() == ["2020-03-05", "2020-03-05", "", "", ""]


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-02-05T10:00", "2020-02-05", "2020-02-05"),
        ("2019---31", "2019-01-31", "2019-12-31"),
        ("2019-12--T14:00", "2019-12-01", "2019-12-31"),
    ],
)
def test_a_partial_date_spans_the_days_that_it_can_mean(iso, first, last):
    column = pd.Series([iso, None], dtype="str")
    assert earliest(column)[0] == (date.fromisoformat(first) - EPOCH).days
    assert latest(column)[0] == (date.fromisoformat(last) - EPOCH).days
    assert earliest(column).isna()[1]


@given(DAYS)
def test_any_day_comes_back_from_any_way_of_writing_it(day):
    ways = [("%d %b %Y", "dmy"), ("%d/%m/%Y", "dmy"), ("%m/%d/%Y", "mdy"), ("%Y.%m.%d", "ymd")]
    for written, order in ways:
        assert read_date(day.strftime(written), order) == (day.isoformat(), None)


@given(st.lists(DAYS, min_size=1, max_size=5))
def test_day_numbers_count_days(days):
    iso = pd.Series([day.isoformat() for day in days], dtype="category")
    assert day_number(iso).tolist() == [(day - EPOCH).days for day in days]
    following = pd.Series([(day + timedelta(1)).isoformat() for day in days], dtype="str")
    assert (earliest(following) - latest(iso)).eq(1).all()
