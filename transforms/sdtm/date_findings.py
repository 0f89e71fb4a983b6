"""Dates that cannot both be right. The values stay as they are; the site is asked."""

import pandas as pd

from transforms.dates import earliest, earliest_second, latest, latest_second
from transforms.sdtm.dm import CONTACTS
from transforms.sdtm.records import dtc, finding, no_findings, of_subject

# start and end of one thing, by form
INTERVALS = {"ae": ("AEST", "AEEN"), "sae": ("AEST", "AEEN"), "cm": ("CMST", "CMEN"), "mh": ("MHST", "MHEN"), "ex": ("EXST", "EXEN")}
# what is done to a subject, and so not before consent
ASSESSED = ("vs", "fa", "ie", "rs", "qs", "ex")


def end_before_start(forms: dict) -> pd.DataFrame:
    """One finding per event or intervention whose end is before its start, whatever the missing parts may be."""
    found = [no_findings()]
    for name, (start, end) in INTERVALS.items():
        form = forms.get(name)
        if form is None or f"{start}DAT" not in form or f"{end}DAT" not in form:
            continue
        rows = form[form[f"{start}DAT"].notna() & form[f"{end}DAT"].notna()]
        rows = rows[(latest(rows[f"{end}DAT"]) <= earliest(rows[f"{start}DAT"])).to_numpy()]
        starts, ends = dtc(rows, start), dtc(rows, end)
        wrong = (latest_second(ends) < earliest_second(starts)).to_numpy()
        message = "is before the start, " + starts[wrong].astype("str")
        found.append(finding("DATE-ORDER", "warning", name, rows[wrong], f"{end}DAT", ends[wrong], message))
    return _together(found)


def before_consent(forms: dict, dm: pd.DataFrame) -> pd.DataFrame:
    """One finding per row of a form that tells of an assessment or treatment before informed consent."""
    found = [no_findings()]
    for name in ASSESSED:
        column = CONTACTS[name][0]
        frames = forms.get(name, {})
        for source, form in frames.items() if isinstance(frames, dict) else [(name, frames)]:
            consent = of_subject(form["USUBJID"], dm, "RFICDTC")
            wrong = (latest(form[column]) < earliest(consent)).to_numpy()
            rows = form[wrong]
            message = "is before informed consent, " + consent[wrong].astype("str")
            part = finding("CONSENT", "error", source, rows, column, rows[column], message)
            found.append(part.drop_duplicates(["_file", "_row"]))
    return _together(found)


def _together(found: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([frame for frame in found if len(frame)] or found[:1], ignore_index=True)
