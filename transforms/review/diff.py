"""What differs between two versions of a table: records by what they are, values old and new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from schemas.study import Source, Study
from transforms.distinct import mapped
from transforms.forms import cleaned, key_as_read


class Changes(NamedTuple):
    """records   one per record that differs: what (added, removed, changed), the key, and its rows on both sides
              (`old`, `new`: positions, missing where it is not there)
    values    one per value of a changed record that differs: record (position in `records`), column, old, new"""

    records: pd.DataFrame
    values: pd.DataFrame


def paired(old: pd.DataFrame, new: pd.DataFrame, keys: Sequence[str], compared: Sequence[str]) -> Changes:
    """Rows that are not the same on both sides, paired by their keys: of several with one key the first with the first.

    A record that is told by its keys and differs in nothing that is compared has not changed."""
    sides = []
    for frame in (old, new):
        side = pd.DataFrame({f"k{n}": _text(frame[key]) for n, key in enumerate(keys)}, index=range(len(frame)))
        side["nth"] = side.groupby(list(side), dropna=False, sort=False).cumcount() if keys else np.arange(len(side))
        side["at"] = np.arange(len(side))
        sides.append(side)
    on = [column for column in sides[0] if column != "at"]
    both = sides[0].merge(sides[1], how="outer", on=on, suffixes=("_old", "_new"), indicator="what", sort=False)
    both = both.sort_values(["at_new", "at_old"], kind="stable", ignore_index=True)
    what = both["what"].astype("str").map({"left_only": "removed", "right_only": "added", "both": "changed"})
    records = pd.DataFrame({"what": what, "old": both["at_old"].astype("Int64"), "new": both["at_new"].astype("Int64")})
    for n, key in enumerate(keys):
        records[key] = both[f"k{n}"]
    here = np.flatnonzero(what == "changed")
    at_old, at_new = (records[side].iloc[here].astype("int64").to_numpy() for side in ("old", "new"))
    values = [pd.DataFrame({"record": np.empty(0, np.int64), "column": [], "old": [], "new": []})]
    for column in compared if len(here) else ():
        if column in keys:
            continue
        before, after = (_text(side[column].take(at)).to_numpy(object) for side, at in ((old, at_old), (new, at_new)))
        differs = (before != after) & ~(pd.isna(before) & pd.isna(after))
        rows = {"record": here[differs], "column": column, "old": before[differs], "new": after[differs]}
        values.append(pd.DataFrame(rows))
    values = pd.concat(values, ignore_index=True).astype({"record": "int64"})
    stay = np.array(what != "changed", dtype=bool)
    stay[values["record"].unique()] = True
    place = np.cumsum(stay) - 1
    values = values.assign(record=place[values["record"]]).sort_values("record", kind="stable", ignore_index=True)
    return Changes(records[stay].reset_index(drop=True), values)


def _text(column: pd.Series) -> pd.Series:
    """A column as it is printed: a number without its noise, a date without its midnight."""
    if pd.api.types.is_datetime64_dtype(column.dtype):
        days = column.dt.strftime("%Y-%m-%d")
        text = days.mask(column.notna() & (column != column.dt.normalize()), column.dt.strftime("%Y-%m-%dT%H:%M:%S"))
    elif pd.api.types.is_numeric_dtype(column.dtype):
        number = column.astype("Float64")
        text = number.map(lambda value: f"{value:.12g}", na_action="ignore")
    else:
        text = column
    return text.astype("str").where(column.notna()).reset_index(drop=True)


def record_keys(raw: pd.DataFrame, source: Source, study: Study) -> pd.DataFrame:
    """The declared key of each raw row, as the ingest knows it: codes as terms, dates as dates, so that one that is
    written in another way is the same. A column that the export did not have yet is blank."""
    missing = pd.Series(pd.Categorical([None] * len(raw), categories=pd.Index([], dtype="str")))
    text = pd.DataFrame(
        {
            column: mapped(raw[column].astype("category").reset_index(drop=True), cleaned) if column in raw else missing
            for column in source.raw_columns
        },
        index=range(len(raw)),
    )
    keys = {name: key_as_read(name, text, source, study).astype("str") for name in source.key}
    return pd.DataFrame(keys, index=text.index)
