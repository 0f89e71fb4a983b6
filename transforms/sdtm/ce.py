"""CE: clinical events that are no adverse events (SDTMIG 3.4 section 6.2)."""

import pandas as pd

from schemas.study import Study
from transforms.distinct import replaced
from transforms.sdtm.ae import LAST_VISIT
from transforms.sdtm.records import collected, days, dtc, epochs, is_value, ordered, where

COLLECTED = (
    "CESPID", "CETERM", "CEDECOD", "CECAT", "CESCAT", "CEPRESP", "CEOCCUR", "CEBODSYS", "CESEV", "CETOXGR",
)  # fmt: skip


def ce(form: pd.DataFrame, dm: pd.DataFrame, se: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per clinical event, or per event asked about by name.

    - CEENRTPT: ONGOING for an event without an end date that goes on.
    - CEENTPT: FINAL SUBJECT VISIT, where CEENRTPT is ONGOING.
    - EPOCH: that of the subject's element (SE) in which CESTDTC lies, or CEDTC where there is no start.

    An event asked about by name without an answer is NOT DONE."""
    records = collected(form, study, "CE", COLLECTED)
    if "CEDAT" in form:
        records["CEDTC"] = form["CEDAT"]
        records["CEDY"] = days(form["CEDAT"], form["USUBJID"], dm)
    for dates in ("CEST", "CEEN"):
        if f"{dates}DAT" in form:
            records[f"{dates}DTC"] = dtc(form, dates)
            records[f"{dates}DY"] = days(form[f"{dates}DAT"], form["USUBJID"], dm)
    when = [form[name] for name in ("CESTDAT", "CEDAT") if name in form]
    if when:
        records["EPOCH"] = epochs(replaced(when[0], when[0].isna(), when[-1]), form["USUBJID"], se)
    if "CEPRESP" in form and "CEOCCUR" in form:
        unanswered = is_value(form["CEPRESP"], "Y") & form["CEOCCUR"].isna()
        records["CESTAT"] = where(unanswered, "NOT DONE")
        if "CEREASND" in form:
            records["CEREASND"] = form["CEREASND"].where(unanswered)
    if "CEONGO" in form:
        ongoing = is_value(form["CEONGO"], "Y") & (form["CEENDAT"].isna() if "CEENDAT" in form else True)
        records["CEENRTPT"], records["CEENTPT"] = where(ongoing, "ONGOING"), where(ongoing, LAST_VISIT)
    return ordered(records, "CESEQ", [form.get("CESTDAT"), form["CETERM"], form.get("CESPID")])
