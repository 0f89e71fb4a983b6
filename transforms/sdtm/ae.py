"""AE: adverse events, with the seriousness criteria of the site's listing of serious events (SDTMIG 3.4 section 6.2)."""

import numpy as np
import pandas as pd

from schemas.study import Study
from transforms.dates import earliest, latest
from transforms.distinct import mapped
from transforms.sdtm.records import (
    collected,
    days,
    dtc,
    epochs,
    finding,
    is_value,
    no_findings,
    of_subject,
    ordered,
    where,
)

CRITERIA = ("AESCONG", "AESDISAB", "AESDTH", "AESHOSP", "AESLIFE", "AESMIE")
COLLECTED = (
    "AESPID", "AETERM", "AEDECOD", "AEBODSYS", "AELLT", "AEHLT", "AEHLGT", "AESEV", "AETOXGR", "AESER", "AEREL",
    "AEACN", "AEACNOTH", "AEOUT", "AECONTRT", *CRITERIA,
)  # fmt: skip
TOLERANCE = 1  # days by which listing and EDC may differ on the start of one event
LAST_VISIT = "FINAL SUBJECT VISIT"


def ae(
    form: pd.DataFrame, listing: pd.DataFrame | None, dm: pd.DataFrame, se: pd.DataFrame, study: Study
) -> pd.DataFrame:
    """One record per adverse event that the EDC holds.

    - AEDECOD is the coded term; a term that is not coded yet stands there as reported, in upper case (Req).
    - AESOC is AEBODSYS: the primary system organ class is the one that the coding table gives.
    - Seriousness criteria are the EDC's; where it has none, those of the matched row of the site's listing
      (`matches`), which is a further parent and never a record of its own.
    - An event without an end date that goes on is ONGOING at the FINAL SUBJECT VISIT.
    """
    records = collected(form, study, "AE", COLLECTED)
    verbatim = mapped(form["AETERM"], lambda values: values.str.upper())
    if "AEDECOD" in form:
        uncoded = form["AEDECOD"].isna()
        records["AEDECOD"] = (
            verbatim.where(uncoded, form["AEDECOD"].astype("str")) if uncoded.any() else form["AEDECOD"]
        )
        records["AESOC"] = form["AEBODSYS"]
    else:
        records["AEDECOD"] = verbatim
    if listing is not None:
        listed = listing.reindex(matches(form, listing).reindex(form.index))
        records["_also_file"], records["_also_row"] = listed["_file"].array, listed["_row"].array
        for name in CRITERIA:
            if name in listed:
                own = (
                    form[name].astype("str")
                    if name in form
                    else pd.Series(np.nan, index=form.index, dtype="str")
                )
                theirs = listed[name].astype("str").set_axis(form.index)
                records[name] = own.fillna(theirs).astype("category")
    records["AESTDTC"], records["AEENDTC"] = dtc(form, "AEST"), None
    if "AEENDAT" in form:
        records["AEENDTC"] = dtc(form, "AEEN")
        records["AEENDY"] = days(form["AEENDAT"], form["USUBJID"], dm)
    records["AESTDY"] = days(form["AESTDAT"], form["USUBJID"], dm)
    records["EPOCH"] = epochs(form["AESTDAT"], form["USUBJID"], se)
    if "AEONGO" in form:
        ongoing = is_value(form["AEONGO"], "Y") & records["AEENDTC"].isna()
        records["AEENRTPT"], records["AEENTPT"] = where(ongoing, "ONGOING"), where(ongoing, LAST_VISIT)
    return ordered(
        records, "AESEQ", [form["AESTDAT"], form.get("AESTTIM"), form["AETERM"], form.get("AESPID")]
    )


def matches(form: pd.DataFrame, listing: pd.DataFrame) -> pd.Series:
    """One record per matched event: row of the form -> row of the listing.

    Same subject, and starts not more than TOLERANCE days apart. Where several fit, serious events go before others,
    then the same term, then the nearer start; each event and each listed row is used once.
    """
    ours = _events(form[form["USUBJID"].isin(listing["USUBJID"].astype("str").unique())])
    pairs = ours.merge(_events(listing), on="USUBJID", suffixes=("", "_listed"))
    apart = np.maximum(pairs["first_listed"] - pairs["last"], pairs["first"] - pairs["last_listed"]).clip(
        lower=0
    )
    pairs = pairs.assign(apart=apart, other_term=pairs["term"] != pairs["term_listed"])
    pairs = pairs[apart <= TOLERANCE]
    pairs = pairs.sort_values(["not_serious", "other_term", "apart", "at", "at_listed"])
    found = [pairs.iloc[:0]]
    while len(pairs):
        best = pairs.drop_duplicates("at").drop_duplicates("at_listed")
        found.append(best)
        pairs = pairs[~pairs["at"].isin(best["at"]) & ~pairs["at_listed"].isin(best["at_listed"])]
    found = pd.concat(found)
    return pd.Series(found["at_listed"].to_numpy(), index=found["at"], dtype="Int64")


def reconciliation(form: pd.DataFrame, listing: pd.DataFrame, dm: pd.DataFrame) -> pd.DataFrame:
    """One finding per difference between the EDC and the site's listing of serious events, at the row that differs."""
    match = matches(form, listing)
    rule, found = "SAE-RECONCILE", [no_findings()]
    serious = is_value(form["AESER"], "Y") & ~form.index.isin(match.index)
    found.append(
        finding(
            rule,
            "error",
            "ae",
            form[serious],
            "AESER",
            form["AESER"][serious],
            "the listing of serious events has no such event",
        )
    )
    alone = ~listing.index.isin(match)
    found.append(
        finding(
            rule,
            "error",
            "sae",
            listing[alone],
            "AETERM",
            listing["AETERM"][alone],
            "the EDC has no event of this subject with this start",
        )
    )
    listed = listing.loc[match.to_numpy(int)]
    ours = form.loc[match.index].set_axis(listed.index)
    for name in ("AESER", "AETERM", "AESTDAT", "AEENDAT", "AEREL", "AEOUT", *CRITERIA):
        if name not in form or name not in listing and name != "AESER":
            continue
        edc = ours[name].astype("str")
        theirs = (
            pd.Series("Y", index=listed.index, dtype="str") if name == "AESER" else listed[name].astype("str")
        )
        differ = edc.notna() & theirs.notna() & (edc.str.upper() != theirs.str.upper())
        found.append(
            finding(
                rule, "warning", "sae", listed[differ], name, theirs[differ], "the EDC has " + edc[differ]
            )
        )
    if "SEX" in listing:
        sex = of_subject(listing["USUBJID"], dm, "SEX").astype("str")
        differ = sex.notna() & listing["SEX"].notna() & (sex != listing["SEX"].astype("str"))
        found.append(
            finding(
                rule,
                "warning",
                "sae",
                listing[differ],
                "SEX",
                listing["SEX"][differ],
                "the EDC has " + sex[differ],
            )
        )
    return pd.concat([frame for frame in found if len(frame)] or found[:1], ignore_index=True)


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
