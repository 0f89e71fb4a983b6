"""DM: demographics, and the dates of a subject's participation (SDTMIG 3.4 section 5.2)."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from schemas.study import Study
from transforms.dates import date_part
from transforms.distinct import constant, mapped, ranks, replaced, stacked
from transforms.sdtm.ex import end_of_exposure, exposed
from transforms.sdtm.persons import earlier_participations
from transforms.sdtm.records import (
    collected,
    days,
    dtc,
    is_value,
    looked_up,
    of_subject,
    ordered,
    where,
)
from transforms.timing import age

COLLECTED = ("SUBJID", "SITEID", "SEX", "RACE", "ETHNIC", "COUNTRY")
NOT_TREATED = "ASSIGNED, NOT TREATED"
DISPOSITION = "DISPOSITION EVENT"


class Participation(NamedTuple):
    """What the forms say of a subject's way through the study: tables of one record per subject, with `date`
    and place (_file, _row). A subject without such a date has no record.

    first_exposure  start of the first administration
    last_exposure   end of the last administration, its start where the end is missing
    last_contact    last complete date on which the site met the subject or heard of it
    disposition     last disposition event, where RFENDTC is its date by policy; else nobody's
    death           date of death, missing where only the death is known
    """

    first_exposure: pd.DataFrame
    last_exposure: pd.DataFrame
    last_contact: pd.DataFrame
    disposition: pd.DataFrame
    death: pd.DataFrame


def dm(forms: dict, dates: Participation, study: Study, attempts: pd.DataFrame | None = None) -> pd.DataFrame:
    """One record per subject screened.

    - RFXSTDTC: the start of the first exposure (EX.EXSTDTC); a dose of 0 is none, unless it is a placebo's.
    - RFXENDTC: the end of the last exposure (EX.EXENDTC), its start where the end is missing; a dose of 0 is none,
      unless it is a placebo's.
    - RFSTDTC: the date of {reference_start}. Missing for a subject who did not get there.
    - RFENDTC: the date of {reference_end}. Missing for a subject without RFSTDTC or without an arm (SDTMIG 3.4,
      RFENDTC).
    - RFPENDTC: the last complete date on which the site met the subject or heard of it: informed consent, visits,
      exposure, start and end of adverse events, disposition, and the dates on which these were recorded;
      precision: {participation_end}.
    - DTHDTC: the date of the disposition DEATH, else the end of a fatal adverse event.
    - DTHFL: Y where the disposition is DEATH, or an adverse event was fatal or resulted in death.
    - BRTHDTC: the date of birth, kept to this part: {birth_date}.
    - AGE: completed years from the date of birth to RFICDTC; as collected where there is no complete date of birth.
    - AGEU: YEARS, where there is an AGE.
    - ARMCD: the code of the planned arm (TA) to which the subject was assigned. Without an arm: {without_arm}.
    - ARM: the name of ARMCD.
    - ACTARMCD: the arm collected as actual; where none is collected, ARMCD of a subject who was treated (RFXSTDTC).
    - ACTARM: the name of ACTARMCD.
    - ARMNRS: why there is no arm; ASSIGNED, NOT TREATED for a subject with an arm and no exposure.
    - A person with several subject numbers has one record, that of the enrolled participation; the others
      (`attempts`) are supplemental.
    """
    form = forms["dm"]
    subject = form["USUBJID"]
    records = collected(form, study, "DM", COLLECTED)
    records["RFICDTC"] = form["RFICDAT"]
    records["RFXSTDTC"] = of_subject(subject, dates.first_exposure, "date")
    records["RFXENDTC"] = of_subject(subject, dates.last_exposure, "date")
    records["RFPENDTC"] = of_subject(subject, dates.last_contact, "date")
    records["DTHDTC"] = of_subject(subject, dates.death, "date")
    records["DTHFL"] = where(subject.isin(dates.death["USUBJID"].astype("str")), "Y")

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
    none = study.policies.without_arm
    codes = {code: code for code in arms} | {reason: words.ARMCD for reason, words in none.items()}
    names = arms | {reason: words.ARM for reason, words in none.items()}
    actual = form["ACTARMCD"] if "ACTARMCD" in form else form["ARMCD"].where(treated | ~assigned)
    records["ARMCD"], records["ARM"] = looked_up(form["ARMCD"], codes), looked_up(form["ARMCD"], names)
    records["ACTARMCD"], records["ACTARM"] = looked_up(actual, codes), looked_up(actual, names)
    reason = mapped(form["ARMCD"], lambda values: values.where(~values.isin(arms)))
    records["ARMNRS"] = replaced(reason, assigned & ~treated, NOT_TREATED)
    records["ACTARMUD"] = constant(None, len(form))
    ends = {
        "last_exposure": records["RFXENDTC"],
        "end_of_participation": records["RFPENDTC"],
        "disposition_event": of_subject(subject, dates.disposition, "date"),
    }
    end = ends[study.policies.reference_end]
    records["RFENDTC"] = end.where(records["RFSTDTC"].notna() & records["ARMNRS"].isna())

    if "DMDAT" in form:
        records["DMDTC"] = form["DMDAT"]
        records["DMDY"] = days(form["DMDAT"], subject, records)
    if attempts is not None:
        records = records.assign(**earlier_participations(subject, attempts, study))
    return ordered(records, None, [])


def dm_parents(dates: Participation) -> pd.DataFrame:
    """One record per row of another form that a DM record draws on: USUBJID, _file, _row."""
    rows = stacked(dates)
    return rows[["USUBJID", "_file", "_row"]].drop_duplicates(ignore_index=True)


def participation(forms: dict, visits: pd.DataFrame, study: Study) -> Participation:
    """The dates of participation. Contact is a visit, an exposure, the start or end of an adverse event, a
    disposition or the consent, and the day on which the site recorded one of these; medications and medical
    history say nothing of the kind."""
    starts, ends = _nobody(), _nobody()
    if "ex" in forms:
        given = forms["ex"][exposed(forms["ex"])]
        start, end = dtc(given, "EXST"), end_of_exposure(given)
        end = replaced(end, end.isna(), start)
        starts, ends = _dated(given, start), _dated(given, end)
    contacts = [starts, ends, _dated(visits, visits["SVENDTC"])]
    for name, prefixes in (("dm", ("RFIC", "DM")), ("ae", ("AEST", "AEEN", "AE")), ("ds", ("DSST", "DS"))):
        for prefix in prefixes:
            if name in forms and f"{prefix}DAT" in forms[name]:
                contacts.append(_dated(forms[name], dtc(forms[name], prefix)))
    contact = stacked(contacts)
    day = date_part(contact["date"])
    timed = study.policies.participation_end == "as_collected"
    contact["date"] = contact["date"].where(day.notna()) if timed else day
    left = _nobody()
    if "ds" in forms and study.policies.reference_end == "disposition_event":
        ended = forms["ds"][is_value(forms["ds"]["DSCAT"], DISPOSITION)]
        left = _dated(ended, dtc(ended, "DSST"))
    return Participation(
        _extreme(starts, last=False),
        _extreme(ends, last=True),
        _extreme(contact, last=True),
        _extreme(left, last=True),
        deaths(forms),
    )


def deaths(forms: dict) -> pd.DataFrame:
    """One record per subject who died, from the disposition, the events and the listing of serious events."""
    parts = [_nobody()]
    for name, prefix in (("ds", "DSST"), ("ae", "AEEN"), ("sae", "AEEN")):
        if name not in forms:
            continue
        form = forms[name]
        died = is_value(form.get("DSDECOD"), "DEATH") | is_value(form.get("AEOUT"), "FATAL")
        died = np.broadcast_to(died | is_value(form.get("AESDTH"), "Y"), len(form))
        if died.any():
            rows = form[died]
            date = dtc(rows, prefix) if f"{prefix}DAT" in rows else constant(None, len(rows))
            parts.append(_dated(rows, date))
    rows = stacked(parts)
    # a complete date goes before a partial or missing one, then disposition before event before listing
    order = np.lexsort((np.arange(len(rows)), rows["date"].isna(), date_part(rows["date"]).isna()))
    return rows.take(order).drop_duplicates("USUBJID").reset_index(drop=True)


def _dated(rows: pd.DataFrame, date: pd.Series | pd.Categorical) -> pd.DataFrame:
    return rows[["USUBJID", "_file", "_row"]].assign(date=date).reset_index(drop=True)


def _extreme(rows: pd.DataFrame, last: bool) -> pd.DataFrame:
    """One record per subject: the first or last date; a partial one only where there is no complete one."""
    rows = rows[rows["date"].notna()]
    day, subject = ranks(rows["date"]), ranks(rows["USUBJID"])
    partial = date_part(rows["date"]).isna().to_numpy()
    order = np.lexsort((-day if last else day, partial, subject))
    subject = subject[order]
    first = np.append(True, subject[1:] != subject[:-1])[: len(subject)]
    return rows.take(order[first]).reset_index(drop=True)


def _nobody() -> pd.DataFrame:
    empty = constant(None, 0)
    return pd.DataFrame({"USUBJID": empty, "_file": empty, "_row": np.empty(0, "int64"), "date": empty})
