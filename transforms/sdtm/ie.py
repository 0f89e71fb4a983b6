"""IE: the eligibility criteria that a subject did not meet (SDTMIG 3.4 section 6.3)."""

import pandas as pd

from schemas.study import Study
from transforms.sdtm.records import collected, days, epochs, looked_up, ordered
from transforms.sdtm.sv import visit_variables

NOT_MET = {"INCLUSION": "N", "EXCLUSION": "Y"}


def ie(
    form: pd.DataFrame, dm: pd.DataFrame, se: pd.DataFrame, visits: pd.DataFrame, study: Study
) -> pd.DataFrame:
    """One record per criterion not met: an inclusion criterion answered N, an exclusion criterion Y.

    - IETEST, IECAT: as TI has them for the criterion.
    - IESTRESC: IEORRES.
    """
    category = {criterion.IETESTCD: criterion.IECAT for criterion in study.criteria}
    broken = looked_up(looked_up(form["IETESTCD"], category), NOT_MET)
    form = form[broken.astype("str").eq(form["IEORRES"].astype("str")).fillna(False)].reset_index(drop=True)
    text = {criterion.IETESTCD: criterion.IETEST for criterion in study.criteria}
    records = collected(form, study, "IE", ("IETESTCD", "IEORRES"))
    records["IETEST"] = looked_up(form["IETESTCD"], text)
    records["IECAT"] = looked_up(form["IETESTCD"], category)
    records["IESTRESC"] = form["IEORRES"]
    if "VISIT" in form:
        records = records.join(visit_variables(form, "IEDAT", visits, study))
    records["IEDTC"] = form["IEDAT"]
    records["IEDY"] = days(form["IEDAT"], form["USUBJID"], dm)
    records["EPOCH"] = epochs(form["IEDAT"], form["USUBJID"], se)
    return ordered(records, "IESEQ", [form["IETESTCD"], form["IEDAT"]])
