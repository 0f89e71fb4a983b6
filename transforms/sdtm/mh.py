"""MH: medical history (SDTMIG 3.4 section 6.2)."""

import pandas as pd

from schemas.study import Study
from transforms.distinct import replaced
from transforms.sdtm.records import collected, days, dtc, epochs, is_value, ordered, where

COLLECTED = ("MHSPID", "MHTERM", "MHDECOD", "MHCAT", "MHPRESP", "MHOCCUR", "MHBODSYS")


def mh(form: pd.DataFrame, dm: pd.DataFrame, se: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per condition in a subject's history.

    - MHENTPT: the date of collection, or SCREENING where there is none, for a condition without an end date that goes
      on (MHENRTPT ONGOING).
    - EPOCH: that of the subject's element (SE) in which MHDTC lies: the conditions themselves are older than the study.
    """
    records = collected(form, study, "MH", COLLECTED)
    if "MHDAT" in form:
        records["MHDTC"] = form["MHDAT"]
        records["MHDY"] = days(form["MHDAT"], form["USUBJID"], dm)
        records["EPOCH"] = epochs(form["MHDAT"], form["USUBJID"], se)
    for dates in ("MHST", "MHEN"):
        if f"{dates}DAT" in form:
            records[f"{dates}DTC"] = dtc(form, dates)
            records[f"{dates}DY"] = days(records[f"{dates}DTC"], form["USUBJID"], dm)
    if "MHONGO" in form:
        ongoing = is_value(form["MHONGO"], "Y") & (form["MHENDAT"].isna() if "MHENDAT" in form else True)
        at = where(ongoing, "SCREENING")
        if "MHDAT" in form:
            at = replaced(at, ongoing & form["MHDAT"].notna(), form["MHDAT"])
        records["MHENRTPT"], records["MHENTPT"] = where(ongoing, "ONGOING"), at
    return ordered(records, "MHSEQ", [form.get("MHCAT"), form["MHTERM"], form.get("MHSTDAT"), form.get("MHSPID")])
