"""Dates that cannot both be right. The values stay as they are; the site is asked."""

import pandas as pd

from schemas.study import Study
from transforms.dates import earliest, earliest_second, latest, latest_second
from transforms.sdtm.records import FINDING, dtc, finding, of_subject, together

# start and end of one thing, by form
INTERVALS = {
    "ae": ("AEST", "AEEN"),
    "sae": ("AEST", "AEEN"),
    "cm": ("CMST", "CMEN"),
    "mh": ("MHST", "MHEN"),
    "ce": ("CEST", "CEEN"),
    "pr": ("PRST", "PREN"),
    "ec": ("ECST", "ECEN"),
    "ex": ("EXST", "EXEN"),
}
# what is done to a subject, and so not before consent
ASSESSED = {
    "vs": "VSDAT", "eg": "EGDAT", "lb": "LBDAT", "fa": "FADAT", "ie": "IEDAT", "rs": "RSDAT", "qs": "QSDAT",
    "ec": "ECSTDAT", "ex": "EXSTDAT",
}  # fmt: skip


def end_before_start(forms: dict, study: Study) -> pd.DataFrame:
    """One finding per event or intervention that ends before it starts, whatever the missing parts may be."""
    found = []
    for name, (start, end) in INTERVALS.items():
        form = forms.get(name)
        if form is None or f"{start}DAT" not in form or f"{end}DAT" not in form:
            continue
        rows = form[form[f"{start}DAT"].notna() & form[f"{end}DAT"].notna()]
        rows = rows[(latest(rows[f"{end}DAT"]) <= earliest(rows[f"{start}DAT"])).to_numpy()]
        starts, ends = dtc(rows, start), dtc(rows, end)
        wrong = (latest_second(ends) < earliest_second(starts)).to_numpy(dtype=bool)
        message = "is before the start, " + starts[wrong].astype("str")
        found.append(finding(study, "DATE-ORDER", "warning", rows[wrong], f"{end}DAT", message, ends[wrong]))
    return together(found)


def visits_out_of_order(visits: pd.DataFrame) -> pd.DataFrame:
    """One finding per planned visit that certainly began before one that is planned to come before it: a wrong date, or
    the rows of another subject."""
    planned = visits[~visits["unscheduled"] & visits["VISITDY"].notna()]
    planned = planned.assign(first=earliest(planned["SVSTDTC"]), last=latest(planned["SVSTDTC"]))
    planned = planned.sort_values(["USUBJID", "VISITDY", "VISITNUM"], kind="stable")
    so_far = planned.groupby("USUBJID", observed=True)["first"].cummax()
    wrong = planned[planned["last"] < so_far]
    places = {"rule": "VISIT-ORDER", "severity": "warning", "dataset": "SV", "column": "SVSTDTC"}
    message = wrong["VISIT"].astype("str") + " is dated before a visit that is planned to come before it"
    return wrong.assign(**places, value=wrong["SVSTDTC"].astype("str"), message=message)[FINDING].astype(
        dict.fromkeys(("USUBJID", "_file"), "str")
    )


def before_consent(forms: dict, dm: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One finding per row of a form that tells of an assessment or treatment before informed consent."""
    found = []
    for name, column in ASSESSED.items():
        frames = forms.get(name, {})
        for form in frames.values() if isinstance(frames, dict) else [frames]:
            consent = of_subject(form["USUBJID"], dm, "RFICDTC")
            wrong = (latest(form[column]) < earliest(consent)).to_numpy(dtype=bool)
            message = "is before informed consent, " + consent[wrong].astype("str")
            # a raw row may give several rows of the form
            part = finding(study, "CONSENT", "error", form[wrong], column, message)
            found.append(part.drop_duplicates(["_file", "_row"]))
    return together(found)
