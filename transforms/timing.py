"""Timing variables of SDTM: study day, epoch, last observation before exposure, sequence, age.

All take whole columns; dates are ISO 8601 text and are converted on their distinct values.
"""

import numpy as np
import pandas as pd

from transforms.dates import date_part, day_number, earliest, earliest_second, latest, latest_second
from transforms.distinct import distinct, mapped


def study_day(dtc: pd.Series, rfstdtc: pd.Series) -> pd.Series:
    """One record per row: the study day of --DTC against RFSTDTC; there is no day 0.

    - --DY, --STDY, --ENDY: the number of days from RFSTDTC to the date (--DTC, --STDTC, --ENDTC), plus 1 where the
      date is not before RFSTDTC: RFSTDTC itself is day 1, the day before is day -1 (SDTMIG 3.4 section 4.4.4).
      Missing where one of the two dates is not complete.
    """
    days = day_number(dtc) - day_number(rfstdtc)
    return (days + (days >= 0)).rename(None)


def epoch(dtc: pd.Series, usubjid: pd.Series, se: pd.DataFrame) -> pd.Series:
    """One record per row: EPOCH of the subject's element in which the date lies.

    - EPOCH: that of the subject's element (SE) in which the date lies; of an interval, that of its start. Days are
      compared. A day that two elements share belongs to the earlier one, but the day of first exposure to the
      element that starts with it. A partial date has an epoch only if all the days it can mean lie in one element.
      Before the first element and after the last one there is none.

    SDTMIG 3.4 section 5.3 (SE): elements follow each other without a gap, one ends on the day on which the
    next one starts (`_starts_with_exposure`: with the first exposure).

    se: USUBJID, EPOCH, TAETORD, SESTDTC, SEENDTC (missing: still going on), _starts_with_exposure.
    """
    subjects, owner = distinct(se["USUBJID"])
    start, end = day_number(se["SESTDTC"]).to_numpy(copy=True), earliest(se["SEENDTC"]).fillna(np.inf).to_numpy()
    exposure, place = se["_starts_with_exposure"].to_numpy(dtype=bool), se["TAETORD"].to_numpy()
    # an element without a complete start has no place on the calendar
    row = np.lexsort([place, start, owner])
    row = row[~np.isnan(start[row])]
    shared = (owner[row][1:] == owner[row][:-1]) & (start[row][1:] == end[row][:-1]) & ~exposure[row][1:]
    start[row[1:]] += shared
    row = row[start[row] <= end[row]]
    row = row[np.lexsort([place[row], start[row], owner[row]])]
    span = 100_000  # days: more than between any two dates of 1900 to 2099
    keys = owner[row] * span + start[row]
    # position -1 is an element that no subject has
    owner, end, row = (np.append(values, -2) for values in (owner[row], end[row], row))

    names, positions = distinct(usubjid)
    subject = np.append(pd.Index(subjects).get_indexer(names), -1)[positions]

    def element(day: pd.Series) -> np.ndarray:
        day = day.to_numpy()
        place = np.searchsorted(keys, subject * span + np.nan_to_num(day), side="right") - 1
        return np.where((owner[place] == subject) & (day <= end[place]), row[place], -1).astype(np.intp)

    first, last = element(earliest(dtc)), element(latest(dtc))
    names, at_name = distinct(se["EPOCH"])
    code = np.append(at_name, -1)[np.where(first == last, first, -1)]
    categories = pd.Index(names, dtype="str")
    return pd.Series(pd.Categorical.from_codes(code, categories=categories), index=dtc.index)


def before_exposure(dtc: pd.Series, rfxstdtc: pd.Series, untimed: str) -> np.ndarray:
    """One record per row: True where the observation was made before first exposure.

    Where date and time settle the order they are believed. On the day of first exposure with no time on one
    side (or times equal to their common precision) the policy decides: `before_dose` or `after_dose`. A
    partial date counts only if all the days it can mean lie before. Without exposure nothing is before it.
    """
    if untimed not in ("before_dose", "after_dose"):
        raise ValueError(f"untimed is before_dose or after_dose, not {untimed!r}")
    certain = latest_second(dtc).to_numpy() < earliest_second(rfxstdtc).to_numpy()
    if untimed == "after_dose":
        return certain
    same_day = day_number(dtc).to_numpy() == day_number(rfxstdtc).to_numpy()
    # strictly earlier is asked of the moments themselves: equal to the second is not before
    open_order = earliest_second(dtc).to_numpy() < latest_second(rfxstdtc).to_numpy()
    return certain | (same_day & open_order)


def last_before_exposure_flag(
    frame: pd.DataFrame, by: list[str], dtc: str, rfxstdtc: str, measured: pd.Series, untimed: str
) -> pd.Series:
    """One record per row: "Y" (--LOBXFL) on the last measured one before first exposure in each group `by`.

    - --LOBXFL: Y on the last record with a result before first exposure (DM.RFXSTDTC) of each subject and test (and
      specimen, method, lead, evaluator, object or location, where there are). On the day of first exposure the
      times decide where both are known; without them a record counts as {untimed_on_first_dose_day}.

    SDTMIG 3.4, --LOBXFL: the last non-missing value prior to RFXSTDTC. Later means a later moment; of
    records of one moment the one further down in the frame is the last.
    """
    early = before_exposure(frame[dtc], frame[rfxstdtc], untimed)
    candidate = np.flatnonzero(early & measured.to_numpy(dtype=bool))
    rows = frame.iloc[candidate]
    group = rows.groupby(by, sort=False, observed=True, dropna=False).ngroup().to_numpy()
    order = np.lexsort((candidate, earliest_second(rows[dtc]).to_numpy(), group))
    group = group[order]
    is_last = np.append(group[1:] != group[:-1], True)[: len(group)]
    return flag(len(frame), candidate[order[is_last]], frame.index)


def flag(length: int, rows: np.ndarray, index: pd.Index | None = None, word: str = "Y") -> pd.Series:
    """One record per row: "Y" (or another word) at `rows`, given as positions or as a mask; else missing."""
    codes = np.full(length, -1, dtype=np.int8)
    codes[rows] = 0
    return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index([word], dtype="str")), index=index)


def sequence(usubjid: pd.Series) -> np.ndarray:
    """One record per row: 1..n within each subject; a subject's rows stand together.

    - --SEQ: the number of the record within the subject, in the order of the dataset.
    """
    _, subject = distinct(usubjid)
    starts = np.flatnonzero(np.append(True, subject[1:] != subject[:-1])[: len(subject)])
    lengths = np.diff(np.append(starts, len(subject)))
    return np.arange(1, len(subject) + 1, dtype=np.int64) - np.repeat(starts, lengths)


def age(birth: pd.Series, reference: pd.Series) -> pd.Series:
    """One record per row: completed years at the reference date; missing where either date is not complete.

    An anniversary of 29 February is completed on 1 March in a year that has none.
    """

    def calendar(values: pd.Series) -> pd.Series:
        """2001-02-03 as the number 20010203: such numbers, taken apart by 10,000, count full years."""
        return pd.to_numeric(values.astype("str").str.replace("-", ""), errors="coerce")

    return (mapped(date_part(reference), calendar) - mapped(date_part(birth), calendar)) // 10_000
