"""EX: exposure to study treatment (SDTMIG 3.4 section 6.1)."""

import numpy as np
import pandas as pd

from schemas.study import Study
from transforms.dates import date_time
from transforms.sdtm.records import collected, days, dtc, epochs, ordered
from transforms.sdtm.sv import visit_variables

COLLECTED = ("EXSPID", "EXTRT", "EXDOSE", "EXDOSU", "EXDOSFRM", "EXDOSFRQ", "EXROUTE", "EXLOT", "EXADJ")
# collected beside the administration, with no place in EX
QUALIFIERS = ("EXPDOSE", "EXWEIGHT")


def ex(
    form: pd.DataFrame, dm: pd.DataFrame, se: pd.DataFrame, study: Study, visits: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One record per administration of study treatment.

    - EXDOSE: the dose given, as a number in EXDOSU.
    - EXENDTC: as collected. Where the study asks for no end, the administration is one at a point in time and EXENDTC
      repeats EXSTDTC (SDTMIG 3.4, EXENDTC); an end that is asked for and missing stays missing.

    The dose planned and the weight it was worked out with are supplemental."""
    records = collected(form, study, "EX", COLLECTED)
    for name in QUALIFIERS:
        if name in form:
            records[f"SUPP.{name}"] = form[name]
    if "ex" in study.policies.visits_in and "VISIT" in form:
        records = records.assign(**visit_variables(form, "EXSTDAT", visits, study))
    records["EXSTDTC"] = dtc(form, "EXST")
    records["EXENDTC"] = end_of_exposure(form)
    records["EXSTDY"] = days(form["EXSTDAT"], form["USUBJID"], dm)
    records["EXENDY"] = days(form.get("EXENDAT", form["EXSTDAT"]), form["USUBJID"], dm)
    records["EPOCH"] = epochs(form["EXSTDAT"], form["USUBJID"], se)
    return ordered(records, "EXSEQ", [form["EXSTDAT"], form.get("EXSTTIM"), form["EXTRT"], form.get("EXSPID")])


def end_of_exposure(form: pd.DataFrame) -> pd.Series:
    """One record per row: EXENDTC. A start date with an end time of its own is an end on the same day."""
    if "EXENDAT" in form:
        return dtc(form, "EXEN")
    return date_time(form["EXSTDAT"], form["EXENTIM"]) if "EXENTIM" in form else dtc(form, "EXST")


def exposed(doses: pd.DataFrame, domain: str = "EX") -> np.ndarray:
    """One record per row: True where treatment was given; a dose of 0 is none, unless it is a placebo's."""
    placebo = doses[f"{domain}TRT"].astype("str").str.contains("PLACEBO", case=False)
    amount = doses.get(f"{domain}DOSE", pd.Series(np.nan, index=doses.index))
    return ((amount != 0) | placebo).to_numpy(dtype=bool)
