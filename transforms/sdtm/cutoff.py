"""The data cut: what the forms say as of a date (`trialmill run --cutoff`).

Cut are the rows of the forms, before SDTM is made of them: so dates of participation, elements, visits, epochs,
sequence numbers, related records and supplements follow by themselves, and all agree.

A partial date counts with the first day that it can mean: a row that could be of the day of the cut or before it stays.
"""

from typing import NamedTuple

import pandas as pd

from schemas.forms import FORMS
from schemas.study import Study, Summary
from transforms.dates import earliest
from transforms.distinct import constant, replaced
from transforms.sdtm.dm import deaths
from transforms.sdtm.persons import UNSCHEDULED
from transforms.sdtm.records import is_value
from transforms.sdtm.subjects import SubjectsSdtm

# the date by which a form's row is cut; the next one where there is none
OWN_DATE = {
    "dm": ("RFICDAT", "DMDAT"),
    "ae": ("AESTDAT",), "sae": ("AESTDAT",), "ce": ("CESTDAT", "CEDAT"), "mh": ("MHSTDAT", "MHDAT"),
    "cm": ("CMSTDAT",), "pr": ("PRSTDAT",), "ec": ("ECSTDAT",), "ex": ("EXSTDAT",), "ds": ("DSSTDAT", "DSDAT"),
    "sc": ("SCDAT",), "ie": ("IEDAT",), "vs": ("VSDAT",), "eg": ("EGDAT",), "lb": ("LBDAT",), "qs": ("QSDAT",),
    "rs": ("RSDAT",), "fa": ("FADAT",), "co": ("CODAT",),
}  # fmt: skip
GOES_ON = {"ae": "AE", "ce": "CE", "cm": "CM", "mh": "MH", "pr": "PR"}  # forms of what has an end, and its prefix
OVER = ("RECOVERED/RESOLVED", "RECOVERED/RESOLVED WITH SEQUELAE", "FATAL")
OUTCOMES = {"not_recovered": "NOT RECOVERED/NOT RESOLVED", "unknown": "UNKNOWN", "missing": None}
REASON = "CUTOFF: after the data cut-off date"


class Cut(NamedTuple):
    """forms     those of the subjects at the cut, form -> rows; qs and rs: source -> rows
    outcomes  one record per raw row; one of which nothing is left has the outcome `cut`
    ongoing   one record per row of what goes on at the cut although it, or its subject, has dates after it: form,
              _file, _row
    counts    one record per form and what happened to its rows (cut, opened): form, what, rows
    """

    forms: dict
    outcomes: pd.DataFrame
    ongoing: pd.DataFrame
    counts: pd.DataFrame


def study_at(study: Study, cutoff: str) -> Study:
    """The study as of the cut: TS says its date and what it is for (DCUTDTC, DCUTDESC), and no end of the study that
    lies after it."""
    given = {row.TSPARMCD: row for row in study.summary}
    said = {"DCUTDTC": Summary(TSPARMCD="DCUTDTC", TSVAL=cutoff, TSVCDREF="ISO 8601")}
    planned = given.get("DCUTDTC")
    if planned is None or cutoff != planned.TSVAL:  # the words beside it are about another cut
        said["DCUTDESC"] = Summary(TSPARMCD="DCUTDESC", TSVAL=f"Data cut-off on {cutoff}")
    if "SENDTC" in given and (given["SENDTC"].TSVAL or "") > cutoff:
        said["SENDTC"] = Summary(TSPARMCD="SENDTC", TSVALNF="NAV")
    summary = [said.pop(row.TSPARMCD, row) for row in study.summary]
    return study.model_copy(update={"cutoff": cutoff, "summary": (*summary, *said.values())})


def cut(forms: dict, outcomes: pd.DataFrame, study: Study) -> Cut:
    """The forms as of the cut-off date of the study; all as it was where there is none.

    - A subject is cut with all rows by the date of consent, a row by its own date (OWN_DATE).
    - A row without a date stays, unless it belongs to a planned visit of which all dated rows are cut.
    - Any other date after the cut in a row that stays is taken out, with its time. An event, medication, condition or
      procedure that ended after the cut goes on.
    - The outcome of an adverse event that was over only after the cut is as the policy outcome_after_cutoff says; a
      death after the cut has not happened: AESDTH is N, and grade 5 is missing.
    """
    place = {"form": "str", "_file": "str", "_row": "int64"}
    ongoing = pd.DataFrame(columns=list(place)).astype(place)
    counts = pd.DataFrame(columns=["form", "what", "rows"]).astype({"form": "str", "what": "str", "rows": "int64"})
    if study.cutoff is None:
        return Cut(forms, outcomes, ongoing, counts)
    day = (pd.Timestamp(study.cutoff) - pd.Timestamp(0)).days
    frames = {
        (name, source): form
        for name, given in forms.items()
        for source, form in (given.items() if isinstance(given, dict) else [(None, given)])
    }
    dm = forms["dm"]
    there = dm.loc[~(_own_day(dm, "dm") > day), "USUBJID"].astype("str").unique()
    stays = {key: form["USUBJID"].isin(there) & ~(_own_day(form, key[0]) > day) for key, form in frames.items()}
    gone = _visits_to_come(frames, stays)
    died = deaths(forms)
    died_later = died.loc[earliest(died["date"]) > day, "USUBJID"].astype("str")
    went_on = pd.Index([]).union(
        [u for key, form in frames.items() for u in form.loc[~stays[key], "USUBJID"].astype("str").unique()]
    )
    kept, more, lost, numbers = {}, [ongoing], [], [counts]
    for (name, source), form in frames.items():
        stay = stays[name, source]
        if "VISIT" in form:
            visits = pd.MultiIndex.from_arrays([form["USUBJID"].astype("str"), form["VISIT"].astype("str")])
            stay &= ~(_own_day(form, name).isna() & visits.isin(gone))
        rows, ended = _as_of(form[stay].reset_index(drop=True), name, day, died_later, study)
        kept[name, source] = rows
        away, here = (form.loc[which, ["_source", "_file", "_row"]].astype({"_source": "str", "_file": "str"})
                      for which in (~stay, stay))  # fmt: skip
        lost.append(away[~pd.MultiIndex.from_frame(away).isin(pd.MultiIndex.from_frame(here))])
        marked = is_value(rows.get(f"{GOES_ON.get(name)}ONGO"), "Y") & rows["USUBJID"].isin(went_on) & (name != "mh")
        more.append(rows.loc[ended | marked, ["_file", "_row"]].assign(form=name))
        found = pd.DataFrame({"form": name, "what": ["cut", "opened"], "rows": [int((~stay).sum()), int(ended.sum())]})
        numbers.append(found)
    done: dict = {}
    for (name, source), form in kept.items():
        if source is None:
            done[name] = form
        else:
            done.setdefault(name, {})[source] = form
    ongoing = pd.concat(more, ignore_index=True).astype(place)
    counts = pd.concat(numbers).groupby(["form", "what"], sort=False)["rows"].sum().reset_index()
    return Cut(done, _with_cut(outcomes, pd.concat(lost)), ongoing, counts)


def goes_on(sdtm: SubjectsSdtm, ongoing: pd.DataFrame, study: Study) -> SubjectsSdtm:
    """SDTM in which what goes on at the cut is ONGOING at its date (--ENRTPT, --ENTPT), and not at a final visit that
    comes later."""
    if study.cutoff is None:
        return sdtm
    for form, prefix in GOES_ON.items():
        records = sdtm.datasets.get(prefix)
        if records is None or f"{prefix}ENTPT" not in records:
            continue
        rows = pd.MultiIndex.from_frame(ongoing.loc[ongoing["form"] == form, ["_file", "_row"]])
        places = pd.MultiIndex.from_arrays([records["_file"].astype("str"), records["_row"]])
        at = records[f"{prefix}ENTPT"]
        at = replaced(at, places.isin(rows) & at.notna(), study.cutoff)
        sdtm.datasets[prefix] = records.assign(**{f"{prefix}ENTPT": at})
    return sdtm


def _own_day(form: pd.DataFrame, name: str) -> pd.Series:
    """One record per row: the first day that its own date can mean; missing without a date."""
    days = pd.Series(float("nan"), index=form.index)
    for column in OWN_DATE[name]:
        if column in form:
            days = days.fillna(earliest(form[column]))
    return days


def _visits_to_come(frames: dict, stays: dict) -> pd.MultiIndex:
    """Subject and planned visit of which there are dated rows, all of them cut."""
    parts = [pd.DataFrame({"USUBJID": [], "VISIT": [], "stay": []}).astype({"stay": "bool"})]
    for (name, source), form in frames.items():
        if "VISIT" in form:
            rows = pd.DataFrame({"USUBJID": form["USUBJID"].astype("str"), "VISIT": form["VISIT"].astype("str")})
            rows["stay"] = stays[name, source]
            dated = _own_day(form, name).notna() & rows["VISIT"].notna() & (rows["VISIT"] != UNSCHEDULED)
            parts.append(rows[dated].drop_duplicates())
    any_stays = pd.concat(parts).groupby(["USUBJID", "VISIT"])["stay"].any()
    return any_stays.index[~any_stays.to_numpy(dtype=bool)]


def _as_of(
    form: pd.DataFrame, name: str, day: int, died_later: pd.Series, study: Study
) -> tuple[pd.DataFrame, pd.Series]:
    """The rows without what was known only after the cut, and which of them ended after it."""
    ended = pd.Series(False, index=form.index)
    for column, shape in FORMS[name].columns.items():
        if shape.metadata["kind"] != "date" or column not in form:
            continue
        later = earliest(form[column]) > day
        for part in (column, f"{column[:-3]}TIM"):
            if part in form:
                form[part] = form[part].where(~later)
        if column.endswith("ENDAT"):
            ended |= later
    if name in ("ae", "sae"):
        fatal = [is_value(form.get(c), v) for c, v in (("AEOUT", "FATAL"), ("AESDTH", "Y"), ("AETOXGR", "5"))]
        fatal = pd.concat([pd.Series(one, index=form.index) for one in fatal], axis=1).any(axis=1)
        open_end = form["AEENDAT"].isna() if "AEENDAT" in form else True
        ended |= fatal & open_end & form["USUBJID"].isin(died_later)
        changes = {
            "AEOUT": (OVER, OUTCOMES.get(study.policies.outcome_after_cutoff)),
            "AESDTH": (("Y",), "N"),
            "AETOXGR": (("5",), None),
        }
        for column, (over, instead) in changes.items():
            if column in form:
                form[column] = replaced(form[column], ended & form[column].isin(over), instead)
    prefix = GOES_ON.get(name)
    if prefix and f"{prefix}ENDAT" in form:  # a column for all rows: what a dataset has does not depend on tonight's
        if f"{prefix}ONGO" not in form:
            form[f"{prefix}ONGO"] = constant(None, len(form))
        form[f"{prefix}ONGO"] = replaced(form[f"{prefix}ONGO"], ended, "Y")
    return form, ended


def _with_cut(outcomes: pd.DataFrame, lost: pd.DataFrame) -> pd.DataFrame:
    """The outcomes, in which a raw row that was in a form and of which nothing is left is cut."""
    places = pd.MultiIndex.from_arrays(
        [outcomes["_source"].astype("str"), outcomes["_file"].astype("str"), outcomes["_row"]]
    )
    here = places.isin(pd.MultiIndex.from_frame(lost)) & (outcomes["outcome"] == "in form").to_numpy()
    return outcomes.assign(
        outcome=replaced(outcomes["outcome"], here, "cut"), reason=replaced(outcomes["reason"], here, REASON)
    )
