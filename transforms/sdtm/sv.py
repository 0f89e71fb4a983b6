"""SV: the visits that took place, scheduled or not, and the visit variables of every findings domain
(SDTMIG 3.4 sections 4.4.5 and 5.5)."""

import numpy as np
import pandas as pd

from schemas.study import NUMBERED, Study, Visit
from transforms.dates import date_part
from transforms.distinct import constant, distinct, mapped, replaced, stacked
from transforms.sdtm.persons import UNSCHEDULED
from transforms.sdtm.records import collected, day_only, days, ordered, where

DATES = {
    "ds": "DSDAT",
    "ie": "IEDAT", "vs": "VSDAT", "eg": "EGDAT", "lb": "LBDAT", "pr": "PRSTDAT", "ec": "ECSTDAT", "ex": "EXSTDAT",
    "fa": "FADAT", "rs": "RSDAT", "qs": "QSDAT",
}  # fmt: skip


def visits(forms: dict, study: Study) -> pd.DataFrame:
    """One record per subject and visit of which any form tells.

    Its first and last date over all forms (a partial date counts only where there is no complete one), the
    row of each, VISITNUM, VISIT, VISITDY and EPOCH. Rows of one day under UNSCHEDULED are one visit. It is
    numbered after the last scheduled visit that began before it or on its day: 2.01, 2.02 follow 2. One
    without a date has no number and no record here. Where the site counts them itself (UNSCHEDULED 2.1), its
    number stands.
    """
    rows = stacked([*_dated_visits(forms), _none()])
    names, at = distinct(rows["VISIT"])
    plan = {visit.VISIT: visit for visit in (*study.plan, *_numbered(names))}
    of_site = np.array([visit.TVSTRL == UNSCHEDULED for visit in plan.values()])
    numbers = np.array([visit.VISITNUM for visit in plan.values()])
    subjects, subject = distinct(rows["USUBJID"])
    dates, day = distinct(rows["date"])
    planned = np.append(pd.Index(list(plan)).get_indexer(names), -1)[at]
    day = np.append(np.argsort(np.argsort(dates.to_numpy(), kind="stable"), kind="stable"), len(dates))[day]
    unscheduled = rows["VISIT"].eq(UNSCHEDULED).to_numpy() & (day < len(dates))
    visit = np.where(unscheduled, len(plan) + day, planned)

    # complete dates first, each kind in calendar order
    kind = np.where(day == len(dates), 2, date_part(rows["date"]).isna().to_numpy())
    known = np.flatnonzero(visit >= 0)
    group = subject[known] * (len(plan) + len(dates) + 1) + visit[known]
    order = known[np.lexsort((day[known], kind[known], group))]
    group = subject[order] * (len(plan) + len(dates) + 1) + visit[order]
    starts = np.flatnonzero(np.append(True, group[1:] != group[:-1])[: len(group)])
    complete = np.add.reduceat(kind[order] == 0, starts) if len(starts) else starts
    first, last = order[starts], order[starts + np.maximum(complete, 1) - 1]
    last = np.where(day[first] == day[last], first, last)

    table = rows.take(first)[["USUBJID", "_file", "_row"]].reset_index(drop=True)
    table["SVSTDTC"] = rows["date"].take(first).array
    table["SVENDTC"] = rows["date"].take(last).array
    table["_also_file"], table["_also_row"] = rows["_file"].take(last).array, rows["_row"].take(last).array
    of_plan = np.where(visit[first] < len(plan), visit[first], -1)
    table["numbered_here"] = unnumbered = pd.Series(of_plan < 0)
    table["unscheduled"] = np.append(of_site, True)[of_plan]
    table["VISITNUM"] = np.append(numbers, np.nan)[of_plan]
    in_time = np.lexsort((of_plan < 0, day[first], subject[first]))
    dated = table.take(in_time)
    by_subject = subject[first][in_time]
    before = dated["VISITNUM"].where(dated["SVSTDTC"].notna()).groupby(by_subject).ffill().fillna(0)
    number = unnumbered.take(in_time).groupby([by_subject, before]).cumsum()
    table["VISITNUM"] = dated["VISITNUM"].fillna((before + number / 100).round(2)).reindex(table.index)
    names = pd.Series(pd.Categorical.from_codes(of_plan, pd.Index([*plan], dtype="str")))
    own_name = mapped(table["VISITNUM"], _unscheduled_names)
    table["VISIT"] = replaced(own_name, of_plan >= 0, names)
    table["VISITDY"] = np.append([visit.VISITDY for visit in plan.values()], np.nan)[of_plan].astype(float)
    table["EPOCH"] = np.append([visit.EPOCH for visit in plan.values()], None)[of_plan]
    return table


def sv(visits: pd.DataFrame, dm: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per subject and visit that took place.

    - SVSTDTC: the first date of the visit over all forms; a partial date counts only where there is no complete one.
    - SVENDTC: the last date of the visit over all forms; a partial date counts only where there is no complete one.
    - SVPRESP, SVOCCUR: Y for a planned visit, missing for an unscheduled one (SDTMIG 3.4 section 5.5).
    - SVUPDES: UNSCHEDULED for an unscheduled visit.

    A planned visit of which no form tells has no record: that it did not occur was not collected.
    """
    names = ("VISITNUM", "VISIT", "VISITDY", "SVSTDTC", "SVENDTC", "_also_file", "_also_row")
    records = collected(visits, study, "SV", names)
    records["SVPRESP"] = records["SVOCCUR"] = where(~visits["unscheduled"], "Y")
    records["SVUPDES"] = where(visits["unscheduled"], UNSCHEDULED)
    records["SVSTDY"] = days(visits["SVSTDTC"], visits["USUBJID"], dm)
    records["SVENDY"] = days(visits["SVENDTC"], visits["USUBJID"], dm)
    return ordered(records, None, [visits["VISITNUM"]])


def visit_variables(form: pd.DataFrame, date: str, visits: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per form row: VISITNUM, VISIT, VISITDY, as in SV.

    - VISITNUM: the number of the planned visit (TV). An unscheduled one is numbered after the last scheduled visit that
      began before it or on its day: 2.01, 2.02 follow 2; where the site numbers them itself, its number stands.
    - VISIT: the name of the planned visit (TV), or UNSCHEDULED with its number.
    - VISITDY: the planned study day of the visit (TV); an unscheduled one has none.
    """
    number, day = _planned(form["VISIT"], "VISITNUM", study), _planned(form["VISIT"], "VISITDY", study)
    names, codes = distinct(form["VISIT"])
    here = np.flatnonzero(form["VISIT"] == UNSCHEDULED)
    rows = pd.DataFrame({"USUBJID": form["USUBJID"], "SVSTDTC": day_only(form[date])}).iloc[here].astype("str")
    found = visits.loc[visits["numbered_here"], ["USUBJID", "SVSTDTC", "VISITNUM", "VISIT"]]
    found = found.astype({"USUBJID": "str", "SVSTDTC": "str", "VISIT": "str"})
    match = rows.merge(found, how="left", on=["USUBJID", "SVSTDTC"])
    number.iloc[here] = match["VISITNUM"]
    own_names = pd.Index(found["VISIT"].unique()).difference(names, sort=False)
    all_names = pd.Index([*names, *own_names], dtype="str")
    place = all_names.get_indexer(match["VISIT"])
    codes[here] = np.where(place < 0, codes[here], place)
    visit = pd.Categorical.from_codes(codes, categories=all_names)
    return pd.DataFrame({"VISITNUM": number, "VISIT": visit, "VISITDY": day}, index=form.index)


def _planned(visit: pd.Series, name: str, study: Study) -> pd.Series:
    plan = {planned.VISIT: getattr(planned, name) for planned in (*study.plan, *_numbered(distinct(visit)[0]))}
    return mapped(visit, lambda values: values.map(plan).astype(float))


def _numbered(names: pd.Series) -> list[Visit]:
    """The unscheduled visits among the names that carry the site's own number: UNSCHEDULED 2.1 is VISITNUM 2.1."""
    numbers = names.astype("str").str.extract(NUMBERED, expand=False).dropna()
    return [
        Visit.model_construct(VISITNUM=float(number), VISIT=names[at], VISITDY=None, EPOCH=None, TVSTRL=UNSCHEDULED)
        for at, number in numbers.items()
    ]


def _unscheduled_names(numbers: pd.Series) -> pd.Series:
    return pd.Series([f"{UNSCHEDULED} {number:.2f}" for number in numbers], dtype="str")


def _dated_visits(forms: dict) -> list[pd.DataFrame]:
    parts = []
    for name, date in DATES.items():
        frames = forms.get(name, {})
        for form in frames.values() if isinstance(frames, dict) else [frames]:
            if "VISIT" in form and date in form:
                parts.append(form[["USUBJID", "VISIT", "_file", "_row"]].assign(date=day_only(form[date])))
    return parts


def _none() -> pd.DataFrame:
    text = constant(None, 0)
    return pd.DataFrame({"USUBJID": text, "VISIT": text, "_file": text, "_row": np.empty(0, int), "date": text})
