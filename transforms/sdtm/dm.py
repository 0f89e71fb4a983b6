"""DM: demographics, and the dates of a subject's participation (SDTMIG 3.4 section 5.2)."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from schemas.study import Study
from transforms.dates import date_part, day_number
from transforms.distinct import mapped, ranks, stacked
from transforms.sdtm.ex import end_of_exposure, exposed
from transforms.sdtm.records import collected, constant, days, dtc, is_value, of_subject, ordered, where
from transforms.timing import age

COLLECTED = ("SUBJID", "SITEID", "SEX", "RACE", "ETHNIC", "COUNTRY")
NOT_TREATED = "ASSIGNED, NOT TREATED"
# dates on which the site met the subject or heard of it; medications and medical history say nothing of that kind
CONTACTS = {
    "dm": ("RFICDAT",),
    "ie": ("IEDAT",),
    "vs": ("VSDAT",),
    "fa": ("FADAT",),
    "rs": ("RSDAT",),
    "qs": ("QSDAT",),
    "ex": ("EXSTDAT", "EXENDAT"),
    "ae": ("AESTDAT", "AEENDAT"),
    "ds": ("DSSTDAT",),
}


def dm(forms: dict, study: Study) -> pd.DataFrame:
    """One record per subject screened.

    - RFXSTDTC, RFXENDTC: first and last exposure (EX), the latter the start of the last one where its end is missing.
    - RFSTDTC, RFENDTC by the study's policies reference_start and reference_end. Missing for who did not reach the
      milestone; RFENDTC also for who has no arm (SDTMIG 3.4, RFENDTC).
    - RFPENDTC: the last complete date on which the site met or heard of the subject: visits, exposure, start and end of
      adverse events, disposition.
    - DTHDTC, DTHFL: from the disposition DEATH, else from a fatal adverse event.
    - AGE: completed years at consent; as collected where there is no complete date of birth. BRTHDTC by policy.
    - ARMCD, ARM: as assigned. Who was treated has the same actual arm; who was assigned and not treated has none,
      and ARMNRS says so.
    """
    form = forms["dm"]
    subject = form["USUBJID"]
    records = collected(form, study, "DM", COLLECTED)
    records["RFICDTC"] = form["RFICDAT"]
    records["RFXSTDTC"] = of_subject(subject, first_exposure(forms), "date")
    records["RFXENDTC"] = of_subject(subject, last_exposure(forms), "date")
    records["RFPENDTC"] = of_subject(subject, last_contact(forms), "date")
    death = deaths(forms)
    records["DTHDTC"] = of_subject(subject, death, "date")
    records["DTHFL"] = where(subject.isin(death["USUBJID"].astype("str")), "Y")

    reference = {"first_exposure": "RFXSTDTC", "informed_consent": "RFICDTC"}
    records["RFSTDTC"] = records[reference[study.policies.reference_start]]
    collected_age = form["AGE"] if "AGE" in form else pd.Series(np.nan, index=form.index)
    if "BRTHDAT" in form:
        collected_age = age(form["BRTHDAT"], form["RFICDAT"]).fillna(collected_age)
        if study.policies.birth_date != "omit":
            length = {"full": None, "year": 4}[study.policies.birth_date]
            records["BRTHDTC"] = mapped(form["BRTHDAT"], lambda values: values.str.slice(0, length))
    records["AGE"] = collected_age
    records["AGEU"] = where(collected_age.notna(), "YEARS")

    arms = {arm.ARMCD: arm.ARM for arm in study.arms}
    treated = records["RFXSTDTC"].notna()
    assigned = form["ARMCD"].isin(arms)
    records["ARMCD"] = mapped(form["ARMCD"], lambda values: values.where(values.isin(arms)))
    records["ARM"] = mapped(records["ARMCD"], lambda values: values.map(arms))
    records["ACTARMCD"] = records["ARMCD"].where(treated)
    records["ACTARM"] = records["ARM"].where(treated)
    reason = mapped(form["ARMCD"], lambda values: values.where(~values.isin(arms)))
    reason = reason.astype("str").mask(assigned & ~treated, NOT_TREATED)
    records["ARMNRS"] = reason.astype("category")
    records["ACTARMUD"] = constant(None, len(form))
    ends = {"last_exposure": "RFXENDTC", "end_of_participation": "RFPENDTC"}
    end = records[ends[study.policies.reference_end]]
    records["RFENDTC"] = end.where(records["RFSTDTC"].notna() & records["ARMNRS"].isna())

    if "DMDAT" in form:
        records["DMDTC"] = form["DMDAT"]
        records["DMDY"] = days(form["DMDAT"], subject, records)
    return ordered(records, None, [])


def dm_parents(forms: dict) -> pd.DataFrame:
    """One record per row of another form that a DM record draws on: USUBJID, _file, _row."""
    rows = stacked([first_exposure(forms), last_exposure(forms), last_contact(forms), deaths(forms)])
    return rows[["USUBJID", "_file", "_row"]].drop_duplicates(ignore_index=True)


def first_exposure(forms: dict) -> pd.DataFrame:
    """One record per subject treated: start of the first administration, with its place."""
    return _extreme(_administrations(forms, "start"), last=False)


def last_exposure(forms: dict) -> pd.DataFrame:
    """One record per subject treated: end of the last administration, its start where the end is missing."""
    return _extreme(_administrations(forms, "end"), last=True)


def last_contact(forms: dict) -> pd.DataFrame:
    """One record per subject: the last complete date in CONTACTS, with its place."""
    parts = [
        _extreme(_dated(frame, date_part(frame[name])), last=True)
        for frame, name in _columns(forms, CONTACTS)
    ]
    return _extreme(stacked(parts), last=True)


def deaths(forms: dict) -> pd.DataFrame:
    """One record per subject who died: the date of death where one is known, with its place."""
    parts = []
    for name, prefix in (("ds", "DSST"), ("ae", "AEEN"), ("sae", "AEEN")):
        form = forms.get(name)
        if form is None:
            continue
        died = (
            is_value(form.get("DSDECOD"), "DEATH")
            | is_value(form.get("AEOUT"), "FATAL")
            | is_value(form.get("AESDTH"), "Y")
        )
        rows = form[np.broadcast_to(died, len(form))]
        date = (
            dtc(rows, prefix)
            if f"{prefix}DAT" in rows
            else pd.Series(constant(None, len(rows)), index=rows.index)
        )
        parts.append(_dated(rows, date))
    rows = stacked([*parts, _nobody()])
    # a complete date goes before a partial or missing one, then disposition before event before listing
    order = np.lexsort((np.arange(len(rows)), rows["date"].isna(), day_number(rows["date"]).isna()))
    return rows.take(order).drop_duplicates("USUBJID").reset_index(drop=True)


def _administrations(forms: dict, which: str) -> pd.DataFrame:
    form = forms.get("ex")
    if form is None:
        return _nobody()
    form = form[exposed(form)]
    start = dtc(form, "EXST")
    if which == "start":
        return _dated(form, start)
    return _dated(form, end_of_exposure(form).astype("str").fillna(start.astype("str")).astype("category"))


def _columns(forms: dict, names: dict[str, tuple[str, ...]]) -> Iterator[tuple[pd.DataFrame, str]]:
    """Every form (or source of qs and rs) that has one of the columns, with the column."""
    for form, columns in names.items():
        frames = forms.get(form, {})
        for frame in frames.values() if isinstance(frames, dict) else [frames]:
            yield from ((frame, column) for column in columns if column in frame)


def _dated(rows: pd.DataFrame, date: pd.Series) -> pd.DataFrame:
    return rows[["USUBJID", "_file", "_row"]].assign(date=date).reset_index(drop=True)


def _extreme(rows: pd.DataFrame, last: bool) -> pd.DataFrame:
    """One record per subject: the first or last date; a partial one only where the subject has no complete one."""
    rows = rows[rows["date"].notna()]
    day, subject = ranks(rows["date"]), ranks(rows["USUBJID"])
    partial = day_number(rows["date"]).isna().to_numpy()
    order = np.lexsort((-day if last else day, partial, subject))
    subject = subject[order]
    first = np.append(True, subject[1:] != subject[:-1])[: len(subject)]
    return rows.take(order[first]).reset_index(drop=True)


def _nobody() -> pd.DataFrame:
    empty = constant(None, 0)
    return pd.DataFrame({"USUBJID": empty, "_file": empty, "_row": np.empty(0, "int64"), "date": empty})
