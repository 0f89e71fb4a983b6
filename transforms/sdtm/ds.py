"""DS: disposition (SDTMIG 3.4 section 6.2)."""

import pandas as pd

from schemas.study import Study
from transforms.distinct import replaced
from transforms.sdtm.records import collected, days, dtc, epochs, ordered
from transforms.sdtm.se import DISPOSITION
from transforms.sdtm.sv import visit_variables

COLLECTED = ("DSSPID", "DSTERM", "DSDECOD", "DSCAT")


def ds(
    form: pd.DataFrame, dm: pd.DataFrame, se: pd.DataFrame, study: Study, visits: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One record per protocol milestone or disposition event.

    - EPOCH: of a disposition event the period that it ended, as collected; of a milestone that of the subject's element
      (SE) in which DSSTDTC lies.
    """
    records = collected(form, study, "DS", COLLECTED)
    records["DSSTDTC"] = form["DSSTDAT"]
    records["DSSTDY"] = days(form["DSSTDAT"], form["USUBJID"], dm)
    if "DSDAT" in form:
        records["DSDTC"] = dtc(form, "DS")
        records["DSDY"] = days(form["DSDAT"], form["USUBJID"], dm)
    if "ds" in study.policies.visits_in and "VISIT" in form:
        records = records.assign(**visit_variables(form, "DSSTDAT", visits, study))
    ended = form["EPOCH"] if "EPOCH" in form else pd.Series(pd.NA, index=form.index, dtype="str")
    by_date = epochs(form["DSSTDAT"], form["USUBJID"], se)
    records["EPOCH"] = replaced(by_date, form["DSCAT"].eq(DISPOSITION).fillna(False), ended)
    return ordered(records, "DSSEQ", [form["DSSTDAT"], form["DSCAT"], form["DSDECOD"], form["DSTERM"]])
