"""SE: the elements that a subject went through (SDTMIG 3.4 section 5.3)."""

import numpy as np
import pandas as pd

from schemas.study import Study
from transforms.distinct import ranks, texts_of
from transforms.sdtm.dm import DISPOSITION, Participation
from transforms.sdtm.records import collected, days, ordered


def se(forms: dict, dates: Participation, dm: pd.DataFrame, visits: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per element that a subject started.

    - ETCD: the planned elements of the subject's arm (TA) that the subject started, by the rules of TE: with informed
      consent, with first exposure, or where the element before ends.
    - ELEMENT, TAETORD, EPOCH: as TA has them for the element.
    - SESTDTC: the date of the milestone with which the element starts: informed consent, first exposure
      (DM.RFXSTDTC), or the disposition event that ends the element before.
    - SEENDTC: SESTDTC of the next element; of the last one the date of its disposition event, missing while there is
      none.

    - The planned elements of the subject's arm start as elements.csv says: with informed consent, with first
      exposure, or where the element before ends. Without an arm there is only what starts with consent.
    - An element ends on the day of the disposition event of its EPOCH. One that starts with that end is there
      only if something tells of its epoch: a visit planned for it, or a disposition event.
    - SEENDTC is the next element's SESTDTC. The last element ends with its disposition event, and goes on
      (SEENDTC missing) until there is one. A subject who got no further than consent leaves with the last
      event of any epoch.
    """
    steps = pd.merge(_subjects(dm, study), _plan(study), on="arm")
    steps = steps.sort_values(["USUBJID", "TAETORD"], kind="stable", ignore_index=True)
    events = _events(forms)
    known = _milestones(events, dates, dm)
    subject = steps["USUBJID"]
    start = _at(known, subject, steps["starts"])
    follows = steps["STARTS_WITH"] == "end_of_previous"
    told = pd.concat([visits[["USUBJID", "EPOCH"]], events[["USUBJID", "EPOCH"]]]).dropna().astype("str")
    told = pd.MultiIndex.from_frame(told).unique()
    there = start["date"].notna() & (~follows | pd.MultiIndex.from_arrays([subject, steps["EPOCH"]]).isin(told))
    for _ in range(int(steps["TAETORD"].max()) if len(steps) else 0):
        there &= ~follows | there.groupby(subject).shift(fill_value=False)
    steps, start, subject = (frame[there].reset_index(drop=True) for frame in (steps, start, subject))

    own_end = _at(known, subject, "end of " + steps["EPOCH"])
    any_end = _at(known, subject, pd.Series("end", index=steps.index))
    no_further = (
        subject.ne(subject.shift(-1)) & subject.ne(subject.shift(1)) & steps["STARTS_WITH"].eq("informed_consent")
    )
    own_end = any_end.where(no_further, own_end)
    following = start.shift(-1)
    end = following.where(subject.eq(subject.shift(-1)), own_end)

    form = steps[["USUBJID", "ETCD", "ELEMENT", "TAETORD", "EPOCH"]].assign(
        SESTDTC=start["date"], SEENDTC=end["date"], _file=start["_file"], _row=start["_row"]
    )
    names = ("ETCD", "ELEMENT", "TAETORD", "EPOCH", "SESTDTC", "SEENDTC")
    for name in ("USUBJID", "ETCD", "ELEMENT", "EPOCH", "SESTDTC", "SEENDTC", "_file"):
        form[name] = texts_of(form[name])
    form["_row"] = form["_row"].astype("int64")
    records = collected(form, study, "SE", names)
    records["SESTDY"] = days(records["SESTDTC"], records["USUBJID"], dm)
    records["SEENDY"] = days(records["SEENDTC"], records["USUBJID"], dm)
    records["_starts_with_exposure"] = steps["STARTS_WITH"] == "first_exposure"
    records["_also_file"], records["_also_row"] = texts_of(end["_file"]), end["_row"]
    return ordered(records, "SESEQ", [records["TAETORD"]])


def _plan(study: Study) -> pd.DataFrame:
    """One record per planned element per arm; without an arm ("") per element that starts with consent."""
    arms = pd.DataFrame([arm.model_dump() for arm in study.arms])
    starts = {element.ETCD: element.STARTS_WITH for element in study.elements}
    arms = arms.assign(STARTS_WITH=arms["ETCD"].map(starts), arm=arms["ARMCD"]).sort_values(["ARMCD", "TAETORD"])
    before = "end of " + arms.groupby("ARMCD")["EPOCH"].shift()
    arms["starts"] = arms["STARTS_WITH"].where(arms["STARTS_WITH"] != "end_of_previous", before)
    first = arms[(arms["ARMCD"] == study.arms[0].ARMCD) & (arms["STARTS_WITH"] == "informed_consent")]
    return pd.concat([arms, first.assign(arm="")], ignore_index=True)


def _subjects(dm: pd.DataFrame, study: Study) -> pd.DataFrame:
    # ARMCD of a subject without an arm may be words of the sponsor's
    arm = dm["ARMCD"].astype("str").where(dm["ARMCD"].isin([arm.ARMCD for arm in study.arms]), "")
    return pd.DataFrame({"USUBJID": dm["USUBJID"].astype("str"), "arm": arm})


def _events(forms: dict) -> pd.DataFrame:
    """One record per disposition event: subject, epoch (missing where not collected), date and place."""
    form = forms.get("ds")
    if form is None:
        names = ["USUBJID", "EPOCH", "date", "_file", "_row"]
        return pd.DataFrame({name: pd.Series(dtype="str") for name in names})
    form = form[form["DSCAT"] == DISPOSITION]
    return pd.DataFrame(
        {
            "USUBJID": form["USUBJID"].astype("str"),
            "EPOCH": form["EPOCH"].astype("str")
            if "EPOCH" in form
            else pd.Series(pd.NA, index=form.index, dtype="str"),
            "date": form["DSSTDAT"].astype("str"),
            "_file": form["_file"].astype("str"),
            "_row": form["_row"],
        }
    )


def _milestones(events: pd.DataFrame, dates: Participation, dm: pd.DataFrame) -> pd.DataFrame:
    """One record per subject and milestone: consent, first exposure, end of each epoch, end of all."""
    consent = dm[["USUBJID", "_file", "_row"]].assign(date=dm["RFICDTC"], milestone="informed_consent")
    exposure = dates.first_exposure.assign(milestone="first_exposure")
    rows = pd.concat(
        [
            consent.astype({"USUBJID": "str", "_file": "str", "date": "str"}),
            exposure.astype({"USUBJID": "str", "_file": "str", "date": "str"}),
            events.assign(milestone="end of " + events["EPOCH"]),
            events.assign(milestone="end"),
        ],
        ignore_index=True,
    )
    rows = rows.dropna(subset=["milestone", "date"])
    # of several events of one epoch the last one ends it
    rows = rows.take(np.argsort(ranks(rows["date"]), kind="stable"))
    return rows.drop_duplicates(["USUBJID", "milestone"], keep="last").set_index(["USUBJID", "milestone"])[
        ["date", "_file", "_row"]
    ]


def _at(milestones: pd.DataFrame, subject: pd.Series, milestone: pd.Series) -> pd.DataFrame:
    """One record per row: date and place of the subject's milestone."""
    return milestones.reindex(pd.MultiIndex.from_arrays([subject, milestone])).reset_index(drop=True)
