"""AE: adverse events, reconciled with the site's listing of serious events (SDTMIG 3.4 section 6.2)."""

import numpy as np
import pandas as pd
from pandas.api.extensions import take

from schemas.study import Study
from transforms.dates import earliest, latest
from transforms.distinct import mapped, replaced
from transforms.sdtm.records import (
    collected,
    days,
    dtc,
    epochs,
    finding,
    is_value,
    of_subject,
    ordered,
    together,
    where,
)
from transforms.timing import before_exposure

CRITERIA = ("AESCONG", "AESDISAB", "AESDTH", "AESHOSP", "AESLIFE", "AESMIE")
COLLECTED = (
    "AESPID", "AETERM", "AELLT", "AELLTCD", "AEDECOD", "AEPTCD", "AEHLT", "AEHLTCD",
    "AEHLGT", "AEHLGTCD", "AEBODSYS", "AEBDSYCD", "AESOC", "AESOCCD", "AESEV", "AETOXGR", "AESER",
    "AEREL", "AEACN", "AEACNOTH", "AEOUT", "AESCAN", "AESOD", "AECONTRT", *CRITERIA,
)  # fmt: skip
TOLERANCE = 1  # days by which listing and EDC may differ on the start of one event
LAST_VISIT = "FINAL SUBJECT VISIT"


def ae(
    form: pd.DataFrame, listing: pd.DataFrame | None, dm: pd.DataFrame, se: pd.DataFrame, study: Study
) -> pd.DataFrame:
    """One record per adverse event that the EDC holds.

    - AEDECOD: the coded term; a term that is not coded yet stands there as reported, in upper case.
    - AESOC, AESOCCD: the coding of the reported term; AEBODSYS (AEBDSYCD), as for analyses by primary system organ
      class, where the coding gives no other.
    - AEENTPT: FINAL SUBJECT VISIT, for an event without an end date that goes on.
    - Seriousness criteria are the EDC's; where it has none, those of the matched row of the site's listing
      (`matches`), which is a further parent and never a record of its own.
    - An event without an end date that goes on is ONGOING at the FINAL SUBJECT VISIT.
    """
    records = collected(form, study, "AE", COLLECTED)
    verbatim = mapped(form["AETERM"], lambda values: values.str.upper())
    if "AEDECOD" in form:
        records["AEDECOD"] = replaced(form["AEDECOD"], form["AEDECOD"].isna(), verbatim)
    else:
        records["AEDECOD"] = verbatim
    for soc, body_system in (("AESOC", "AEBODSYS"), ("AESOCCD", "AEBDSYCD")):
        if body_system in form and soc not in form:
            records[soc] = form[body_system]
    if listing is not None:
        at = matches(form, listing).reindex(form.index, fill_value=-1).to_numpy()
        listed = {name: take(listing[name].array, at, allow_fill=True) for name in listing}
        records["_also_file"] = listed["_file"]
        records["_also_row"] = pd.Series(listed["_row"], index=form.index).where(at >= 0)
        for name in CRITERIA:
            if name in listed and name in form:
                records[name] = replaced(form[name], form[name].isna(), pd.Series(listed[name]))
            elif name in listed:
                records[name] = listed[name]
    if "AEDAT" in form:
        records["AEDTC"] = form["AEDAT"]
        records["AEDY"] = days(form["AEDAT"], form["USUBJID"], dm)
    records["AESTDTC"] = dtc(form, "AEST")
    if "AEENDAT" in form:
        records["AEENDTC"] = dtc(form, "AEEN")
        records["AEENDY"] = days(form["AEENDAT"], form["USUBJID"], dm)
    records["AESTDY"] = days(form["AESTDAT"], form["USUBJID"], dm)
    records["EPOCH"] = epochs(form["AESTDAT"], form["USUBJID"], se)
    if "AEONGO" in form:
        ongoing = is_value(form["AEONGO"], "Y") & (form["AEENDAT"].isna() if "AEENDAT" in form else True)
        records["AEENRTPT"], records["AEENTPT"] = where(ongoing, "ONGOING"), where(ongoing, LAST_VISIT)
    if "AETRTEM" in study.file.derived:
        records["SUPP.AETRTEM"] = treatment_emergent(records, dm)
    return ordered(records, "AESEQ", [form["AESTDAT"], form.get("AESTTIM"), form["AETERM"], form.get("AESPID")])


def treatment_emergent(events: pd.DataFrame, dm: pd.DataFrame) -> pd.Series:
    """One record per event: Y, or N where it started or ended before first exposure, or there was no exposure.

    - AETRTEM: N where the event started or ended before first exposure (DM.RFXSTDTC), or there was no exposure; Y
      otherwise. A start that may be on or after the first dose counts against the treatment.

    A start that may be on or after the first dose counts against the treatment, as one that is not known does
    (SDTMIG 3.4 appendix C1, AETRTEM). How long after the last dose an event still counts is for the analysis."""
    first = of_subject(events["USUBJID"], dm, "RFXSTDTC")
    before = before_exposure(events["AESTDTC"], first, "after_dose")
    if "AEENDTC" in events:
        before |= before_exposure(events["AEENDTC"], first, "after_dose")
    emergent = ~before & first.notna().to_numpy()
    return pd.Series(np.where(emergent, "Y", "N"), index=events.index, dtype="str").astype("category")


def matches(form: pd.DataFrame, listing: pd.DataFrame) -> pd.Series:
    """One record per matched event: row of the form -> row of the listing.

    Same subject, and starts not more than TOLERANCE days apart. Where several fit, serious events go before
    others, then the same term, then the nearer start; each event and each listed row is used once.
    """
    ours = _events(form[form["USUBJID"].isin(listing["USUBJID"].astype("str").unique())])
    pairs = ours.merge(_events(listing), on="USUBJID", suffixes=("", "_listed"))
    apart = np.maximum(pairs["first_listed"] - pairs["last"], pairs["first"] - pairs["last_listed"]).clip(lower=0)
    pairs = pairs.assign(apart=apart, other_term=pairs["term"] != pairs["term_listed"])
    pairs = pairs[apart <= TOLERANCE]
    pairs = pairs.sort_values(["not_serious", "other_term", "apart", "at", "at_listed"])
    found = [pairs.iloc[:0]]
    while len(pairs):
        best = pairs.drop_duplicates("at").drop_duplicates("at_listed")
        found.append(best)
        pairs = pairs[~pairs["at"].isin(best["at"]) & ~pairs["at_listed"].isin(best["at_listed"])]
    found = pd.concat(found)
    return pd.Series(found["at_listed"].to_numpy(), index=found["at"], dtype="int64")


def reconciliation(form: pd.DataFrame, listing: pd.DataFrame, dm: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One finding per difference between the EDC and the site's listing, at the row where it stands."""
    match = matches(form, listing)
    missing = form[is_value(form["AESER"], "Y") & ~form.index.isin(match.index)]
    unknown = listing[~listing.index.isin(match)]
    listed = listing.loc[match]
    ours = form.loc[match.index].set_axis(listed.index)
    not_serious = ours[~is_value(ours["AESER"], "Y")]
    found = [
        _doubt(study, missing, "AESER", "the listing of serious events has no such event"),
        _doubt(study, unknown, "AETERM", "the EDC has no event of this subject with this start"),
        _doubt(study, not_serious, "AESER", "the listing of serious events has this event"),
    ]
    for name in ("AETERM", "AESTDAT", "AEENDAT", "AEREL", "AEOUT", *CRITERIA):
        if name in form and name in listing:
            found.append(_differences(study, listed, name, ours[name]))
    if "SEX" in listing:
        found.append(_differences(study, listing, "SEX", of_subject(listing["USUBJID"], dm, "SEX")))
    return together(found)


def _differences(study: Study, listed: pd.DataFrame, name: str, edc: pd.Series) -> pd.DataFrame:
    edc, theirs = edc.astype("str"), listed[name].astype("str")
    differ = edc.notna() & theirs.notna() & (edc.str.upper() != theirs.str.upper())
    return _doubt(study, listed[differ], name, "the EDC has " + edc[differ])


def _doubt(study: Study, rows: pd.DataFrame, column: str, message: str | pd.Series) -> pd.DataFrame:
    return finding(study, "SAE-RECONCILE", "warning", rows, column, message)


def _events(form: pd.DataFrame) -> pd.DataFrame:
    """One record per row: subject, first and last possible day of the start, term, position in the form."""
    serious = is_value(form.get("AESER"), "Y")
    return pd.DataFrame(
        {
            "USUBJID": form["USUBJID"].astype("str"),
            "first": earliest(form["AESTDAT"]),
            "last": latest(form["AESTDAT"]),
            "term": form["AETERM"].astype("str").str.upper(),
            "not_serious": ~np.broadcast_to(serious, len(form)),
            "at": form.index,
        }
    )
