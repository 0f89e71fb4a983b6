"""CM: concomitant and prior medications (SDTMIG 3.4 section 6.1)."""

import pandas as pd

from schemas.study import Study
from transforms.sdtm.ae import LAST_VISIT
from transforms.sdtm.records import collected, days, dtc, epochs, is_value, ordered, where

COLLECTED = (
    "CMSPID", "CMTRT", "CMDECOD", "CMCAT", "CMINDC", "CMCLAS", "CMCLASCD", "CMDOSE", "CMDOSU", "CMDOSFRM", "CMDOSFRQ",
    "CMROUTE",
)  # fmt: skip


def cm(form: pd.DataFrame, dm: pd.DataFrame, se: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per medication and period of constant dosing.

    - CMENTPT: FINAL SUBJECT VISIT, for a medication without an end date that goes on (CMENRTPT ONGOING).
    - EPOCH: that of the subject's element (SE) in which CMSTDTC lies; a medication taken since before consent has none.
    """
    records = collected(form, study, "CM", COLLECTED)
    for dates, day in (("CMST", "CMSTDY"), ("CMEN", "CMENDY")):
        if f"{dates}DAT" in form:
            records[f"{dates}DTC"] = dtc(form, dates)
            records[day] = days(form[f"{dates}DAT"], form["USUBJID"], dm)
    if "CMSTDAT" in form:
        records["EPOCH"] = epochs(form["CMSTDAT"], form["USUBJID"], se)
    if "CMONGO" in form:
        ongoing = is_value(form["CMONGO"], "Y") & (form["CMENDAT"].isna() if "CMENDAT" in form else True)
        records["CMENRTPT"], records["CMENTPT"] = where(ongoing, "ONGOING"), where(ongoing, LAST_VISIT)
    return ordered(records, "CMSEQ", [form.get("CMSTDAT"), form["CMTRT"], form.get("CMSPID")])
