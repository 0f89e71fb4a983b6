"""Dates and times as sites write them -> ISO 8601 at the precision collected; what a partial date can mean.

SDTMIG 3.4 section 4.4.1-4.4.2: --DTC holds what is known and no more; a missing part is cut off on the right
(2020-03), or shown by a hyphen when something after it is known (2020---05: the 5th of an unknown month).
A date that cannot be, or that can be read in two ways, is refused with its reason and never repaired.
"""

import re
import unicodedata
from calendar import month_name, monthrange
from functools import lru_cache
from math import nan

import numpy as np
import pandas as pd

from transforms.distinct import distinct, mapped, spread

MONTHS = {name[:size].upper(): n for n, name in enumerate(month_name) if name for size in (3, len(name))}
MONTHS["SEPT"] = 9
UNKNOWN = frozenset({"U", "UN", "UK", "UNK", "UNKN", "NK", "X", "XX", "XXX", "XXXX"})
CHINESE = str.maketrans({"年": "-", "月": "-", "日": " "})  # 2019年3月5日 -> 2019-3-5
# where year, month and day stand in each order
ORDERS = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}

DATE_AND_TIME = re.compile(r"(.*?)[T :]+((?:\d{1,2}|[UNK]+):.*)")
PARTS = re.compile(r"\d+|[A-Z]+|[^-/., ]")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?(?: ?([AP])\.?M\.?)?(Z|[+-]\d{2}:\d{2})?")
HOUR_ONLY = re.compile(r"(\d{1,2}):[UNK]+(?::[UNK]+)?")
ISO = re.compile(r"(\d{4})(?:-(\d{2}|-)(?:-(\d{2}|-))?)?(?:T(?:(\d{2})(?::(\d{2}))?(?::(\d{2}))?)?.*)?")
COMPLETE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T.*)?")
CACHED = 1 << 17  # texts whose reading is remembered: the same days come back in every column

Reading = tuple[str | None, str | None]


def iso_dates(column: pd.Series, order: str, two_digit_years_from: int | None = None) -> pd.DataFrame:
    """One record per row: `iso`, or the `reason` for which the text was refused.

    `order` is what the source declares: dmy, mdy, ymd or none. `two_digit_years_from` is the first year of
    the century that two-digit years mean; without it they are refused. Text that says that nothing is
    known (UN/UNK/UNK) has neither iso nor reason.
    """
    return _read(column, lambda text: read_date(text, order, two_digit_years_from))


def iso_times(column: pd.Series) -> pd.DataFrame:
    """One record per row: `iso` (hh:mm or hh:mm:ss as collected), or the `reason` for the refusal."""
    return _read(column, read_time)


def date_time(dates: pd.Series, times: pd.Series) -> pd.Series:
    """One record per row: the ISO date with its time where the day is known and the date has none yet."""
    days, at_day = distinct(dates)
    clocks, at_clock = distinct(times)
    joins = days.astype("str").str.fullmatch(r"\d{4}-\d{2}-\d{2}").to_numpy(dtype=bool)
    # pairs of positions as one number; position 0 on the right stands for "no time"
    right = np.where(np.append(joins, False)[at_day], at_clock + 1, 0)
    pairs, at_pair = np.unique(at_day * (len(clocks) + 1) + right, return_inverse=True)
    left, right = np.divmod(pairs, len(clocks) + 1)
    days, ends = days.tolist(), ("T" + clocks.astype("str")).tolist()
    texts = [
        None if day < 0 else days[day] + (ends[clock - 1] if clock else "")
        for day, clock in zip(left, right, strict=True)
    ]
    return spread(pd.Series(texts, dtype="str"), at_pair, dates)


def date_part(iso: pd.Series) -> pd.Series:
    """One record per row: the date without its time; missing where the date is not complete."""
    return mapped(iso, lambda values: values.astype("str").str.slice(0, 10).where(_is_complete(values)))


def day_number(iso: pd.Series) -> pd.Series:
    """One record per row: days since 1970-01-01; missing where the date is not complete."""
    return mapped(iso, lambda values: _days(values)[0].where(_is_complete(values)))


def earliest(iso: pd.Series) -> pd.Series:
    """One record per row: the first day (days since 1970-01-01) that the date can mean."""
    return mapped(iso, lambda values: _days(values)[0])


def latest(iso: pd.Series) -> pd.Series:
    """One record per row: the last day (days since 1970-01-01) that the date can mean."""
    return mapped(iso, lambda values: _days(values)[1])


def earliest_second(iso: pd.Series) -> pd.Series:
    """One record per row: the first second (since 1970-01-01) that the date and time can mean."""
    return mapped(iso, lambda values: _days(values)[0] * 86_400 + _seconds(values)[0])


def latest_second(iso: pd.Series) -> pd.Series:
    """One record per row: the last second (since 1970-01-01) that the date and time can mean."""
    return mapped(iso, lambda values: _days(values)[1] * 86_400 + _seconds(values)[1])


@lru_cache(CACHED)
def read_date(text: str, order: str, two_digit_years_from: int | None = None) -> Reading:
    """One text: its ISO 8601 form, or the reason for refusing it."""
    text = unicodedata.normalize("NFKC", text).upper().translate(CHINESE).strip()
    if both := DATE_AND_TIME.fullmatch(text):
        date, reason = read_date(both[1], order, two_digit_years_from)
        time, time_reason = read_time(both[2])
        if reason or time_reason:
            return None, reason or time_reason
        if not date or not time:
            return date, None
        # before a time all three parts of the date have their place: 2019-12--T14:00
        return date + {4: "----", 7: "--"}.get(len(date), "") + "T" + time, None
    if "--" in text:
        gap = re.fullmatch(r"(\d{4})---(\d{2})", text)
        return _iso(gap[1], "UNK", gap[2]) if gap else (None, "not a date")
    parts = PARTS.findall(text)
    if len(parts) == 3:
        return _three_parts(parts, order, two_digit_years_from)
    if len(parts) == 2 and (full_year := [part for part in parts if _is_year(part)]):
        month = parts[1] if _is_year(parts[0]) else parts[0]
        return _iso(full_year[0], month, "UN")
    if len(parts) == 1 and _is_year(parts[0]):
        return _iso(parts[0], "UNK", "UN")
    return None, "not a date with a four-digit year"


@lru_cache(CACHED)
def read_time(text: str) -> Reading:
    """One text: hh:mm or hh:mm:ss, or the reason for refusing it.

    Four digits have one reading, hhmm on the 24-hour clock; with fewer a zero was lost, and which is unknown.
    """
    text = unicodedata.normalize("NFKC", text).upper().strip()
    if re.fullmatch(r"\d{4}", text):
        text = f"{text[:2]}:{text[2:]}"
    if re.fullmatch(r"\d{1,3}", text):
        return None, "a time of less than four digits"
    if re.fullmatch(r"[UNK]+(?::[UNK]+)*", text):
        return None, None
    if (hour := HOUR_ONLY.fullmatch(text)) and int(hour[1]) < 24:
        return f"{int(hour[1]):02}", None
    if not (found := CLOCK.fullmatch(text)):
        return None, "not a time"
    hours, minutes, seconds, half, zone = found.groups()
    low, high = (1, 12) if half else (0, 23)
    if not low <= int(hours) <= high or int(minutes) > 59 or int(seconds or 0) > 59:
        return None, "no such time"
    hour = int(hours) % 12 + 12 * (half == "P") if half else int(hours)
    return f"{hour:02}:{minutes}" + (f":{seconds}" if seconds else "") + (zone or ""), None


def _read(column: pd.Series, reader) -> pd.DataFrame:
    values, positions = distinct(column)
    readings = [reader(text) for text in values.tolist()]
    results = {
        name: spread(pd.Series([reading[n] for reading in readings], dtype="str"), positions, column)
        for n, name in enumerate(("iso", "reason"))
    }
    return pd.DataFrame(results, index=column.index)


def _three_parts(parts: list[str], order: str, two_digit_years_from: int | None) -> Reading:
    if all(part in UNKNOWN for part in parts):
        return None, None
    year_at = {place for place, part in enumerate(parts) if _is_year(part)}
    month_at = {place for place, part in enumerate(parts) if part in MONTHS}
    if not year_at and two_digit_years_from is None:
        unknown_year = order != "none" and parts[ORDERS[order][0]] in UNKNOWN
        return None, "no year" if unknown_year else "no four-digit year"
    fitting = [
        name
        for name, (year, month, _) in ORDERS.items()
        if (not year_at or year_at == {year}) and (not month_at or month_at == {month})
    ]
    readings = []
    for name in [order] if order in fitting else fitting:
        year, month, day = (parts[place] for place in ORDERS[name])
        if not year_at:
            if not re.fullmatch(r"\d{2}", year):
                continue
            year = str(two_digit_years_from + (int(year) - two_digit_years_from) % 100)
        readings.append(_iso(year, month, day))
    good = list(dict.fromkeys(iso for iso, _ in readings if iso))
    if len(good) == 1:
        return good[0], None
    if good:
        return None, "ambiguous: " + " or ".join(good)
    return None, readings[0][1] if readings else "not a date"


def _iso(year: str, month: str, day: str) -> Reading:
    """Year, month and day as written -> ISO 8601, or why there is no such date."""
    m, d = (None if part in UNKNOWN else _number(part) for part in (month, day))
    if m == -1 or d == -1:
        return None, "not a date"
    gap = "-" if m is None else f"{m:02}"
    iso = year + (f"-{gap}-{d:02}" if d is not None else "" if m is None else f"-{gap}")
    known_month = m is None or 1 <= m <= 12
    days = monthrange(int(year), m)[1] if m is not None and known_month else 31
    if not ("1900" <= year <= "2099" and known_month and (d is None or 1 <= d <= days)):
        return None, f"no such date: {iso}"
    return iso, None


def _number(part: str) -> int:
    """A month's name or number, or a day's number; -1 is neither."""
    return MONTHS.get(part) or (int(part) if re.fullmatch(r"[0-9]{1,2}", part) else -1)


def _is_year(part: str) -> bool:
    return len(part) == 4 and part.isdigit()


def _is_complete(values: pd.Series) -> np.ndarray:
    return np.array([COMPLETE.fullmatch(text) is not None for text in values.tolist()], dtype=bool)


def _days(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    """First and last possible day of each ISO text, in days since 1970-01-01."""
    return _parts(values, 0), _parts(values, 1)


def _seconds(values: pd.Series) -> tuple[pd.Series, pd.Series]:
    """First and last possible second of the day of each ISO text."""
    return _parts(values, 2), _parts(values, 3)


def _parts(values: pd.Series, part: int) -> pd.Series:
    return pd.Series([_span(text)[part] for text in values.tolist()], index=values.index, dtype=float)


@lru_cache(CACHED)
def _span(iso: str) -> tuple[float, float, int, int]:
    """First and last day that an ISO text can mean, first and last second of the day."""
    found = ISO.fullmatch(iso)
    if not found:
        return nan, nan, 0, 86_399
    parts = (None if part in (None, "-") else int(part) for part in found.groups())
    year, month, day, hour, minute, second = parts
    months = (year - 1970) * 12 - 1
    first, last = months + (month or 1), months + (month or 12)
    if day is None:
        days = _first_day(first), _first_day(last + 1) - 1
    else:
        days = _first_day(first) + day - 1, _first_day(last) + day - 1
    start = (hour or 0) * 3600 + (minute or 0) * 60 + (second or 0)
    hour, minute = 23 if hour is None else hour, 59 if minute is None else minute
    return *days, start, hour * 3600 + minute * 60 + (59 if second is None else second)


def _first_day(month: int) -> int:
    """The first day of a month, both counted from January 1970."""
    return int(np.datetime64(month, "M").astype("datetime64[D]").astype(int))
