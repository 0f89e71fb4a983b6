"""PR: procedures (SDTMIG 3.4 section 6.1)."""

import pandas as pd

from schemas.study import Study
from transforms.sdtm.ae import LAST_VISIT
from transforms.sdtm.records import collected, days, dtc, epochs, is_value, ordered, where
from transforms.sdtm.sv import visit_variables

COLLECTED = (
    "PRSPID", "PRTRT", "PRDECOD", "PRCAT", "PRSCAT", "PRPRESP", "PROCCUR", "PRINDC", "PRDOSE", "PRDOSU", "PRLOC",
    "PRLAT",
)  # fmt: skip


def pr(form: pd.DataFrame, dm: pd.DataFrame, se: pd.DataFrame, visits: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per procedure done, or asked about by name.

    - PRENRTPT: ONGOING for a procedure without an end date that goes on.
    - PRENTPT: FINAL SUBJECT VISIT, where PRENRTPT is ONGOING.
    """
    records = collected(form, study, "PR", COLLECTED)
    if "VISIT" in form:
        records = records.join(visit_variables(form, "PRSTDAT", visits, study))
    for dates in ("PRST", "PREN"):
        if f"{dates}DAT" in form:
            records[f"{dates}DTC"] = dtc(form, dates)
            records[f"{dates}DY"] = days(form[f"{dates}DAT"], form["USUBJID"], dm)
    records["EPOCH"] = epochs(form["PRSTDAT"], form["USUBJID"], se)
    if "PRONGO" in form:
        ongoing = is_value(form["PRONGO"], "Y") & (form["PRENDAT"].isna() if "PRENDAT" in form else True)
        records["PRENRTPT"], records["PRENTPT"] = where(ongoing, "ONGOING"), where(ongoing, LAST_VISIT)
    return ordered(records, "PRSEQ", [form["PRSTDAT"], form["PRTRT"], form.get("PRSPID")])
