"""Typed values of workbooks and SAS data sets as the text a person would have typed."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pyarrow as pa

SAS_DAY_ZERO = dt.datetime(1960, 1, 1)
# What a SAS format shows of a number of days or seconds, by the format's name without its width.
SAS_KINDS = {
    "day of moment": r"DTDATE|DTWKDATX|[EB]8601DN|IS8601DN",
    "month of moment": r"DTMONYY",
    "year of moment": r"DTYEAR",
    "moment": r"DATETIME|DATEAMPM|MDYAMPM|EURDFDT|NLDATM.*|[EB]8601(DT|DX|DZ|LX)|IS8601(DT|DZ)",
    "month": r"MONYY|YYMON|YYMM[CDNPS]?|MMYY[CDNPS]?|EURDFMY",
    "year": r"YEAR",
    "day": r"DATE|(DDMMYY|MMDDYY|YYMMDD)[BCDNPS]?|JULIAN|WEEKDAT[EX]|WORDDAT[EX]|EURDF(DD|DE|WDX|WKX)|NLDATE.*"
    r"|[EB]8601DA|IS8601DA|NENGO|MINGUO|HDATE|PDJUL[GI]",
    "clock of moment": r"TOD",
    "clock": r"TIME|TIMEAMPM|HHMM|HOUR|MMSS|NLTIM.*|[EB]8601(TM|TX|TZ|LZ)|IS8601(TM|TZ|LZ)",
}


def cell_texts(cells: list) -> list[str]:
    """The text of each cell of a column, found once for each different cell; 1, 1.0 and TRUE are not the same."""
    texts = {(type(cell), cell): "" for cell in cells}
    texts = {key: cell_text(key[1]) for key in texts}
    return [texts[type(cell), cell] for cell in cells]


def cell_text(cell: object) -> str:
    """A cell as text: numbers with the 15 digits that a workbook keeps and without a needless ".0", dates and
    times to the minute or, where there are seconds, to the second; midnight is a date alone."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return np.format_float_positional(float(f"{cell:.15g}") + 0.0, trim="-")  # + 0.0: there is no -0
    if isinstance(cell, dt.datetime):  # a workbook's times are fractions of a day
        cell = (cell + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
        return (
            cell.date().isoformat()
            if cell.time() == dt.time()
            else f"{cell.date()}T{cell_text(cell.time())}"
        )
    if isinstance(cell, dt.time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def sas_kind(format: str | None) -> str | None:
    """What a SAS format shows: a day, a moment, a clock time or a part of them; None where the number is one."""
    name = re.sub(r"\d*(\.\d*)?$", "", (format or "").strip().upper())
    return next((kind for kind, names in SAS_KINDS.items() if re.fullmatch(names, name)), None)


def sas_text(value: float | str | None, kind: str | None) -> str:
    """A SAS number as text: by its format a date or time (ISO 8601, no more of it than the format shows), else a
    number. Nothing is "", and a special missing value its mark: ".A". Formats of the user's own are not
    applied."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return f".{value}"
    try:
        if kind in ("clock", "clock of moment"):
            seconds = round(value) % 86_400 if kind == "clock of moment" else round(value)
            hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
            return f"{hours:02}:{minutes:02}" + (f":{rest:02}" if rest else "")
        if kind:
            unit = "seconds" if "moment" in kind else "days"
            moment = SAS_DAY_ZERO + dt.timedelta(**{unit: value})
            digits = {"d": 10, "m": 7, "y": 4}
            return cell_text(moment) if kind == "moment" else moment.isoformat()[: digits[kind[0]]]
    except OverflowError:
        pass  # beyond the year 9999: no date, so it stays the number that it is
    return cell_text(float(value))


def column_of_texts(values: list, codes: np.ndarray | None = None) -> pa.DictionaryArray:
    """A text column from distinct texts and codes; from the texts themselves where there are no codes."""
    if codes is None:
        return pa.array(values, pa.string()).dictionary_encode()
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(values, pa.string()))
