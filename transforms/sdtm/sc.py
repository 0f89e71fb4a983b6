"""SC: subject characteristics (SDTMIG 3.4 section 6.3)."""

import pandas as pd

from schemas.study import Study
from schemas.terminology import name_of
from transforms.sdtm.records import collected, looked_up, ordered
from transforms.sdtm.vs import results, timing


def sc(form: pd.DataFrame, dm: pd.DataFrame, se: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per characteristic of a subject; results are standard as collected."""
    records = collected(form, study, "SC", ("SCSPID", "SCTESTCD", "SCCAT"))
    records["SCTEST"] = looked_up(form["SCTESTCD"], name_of("C74559", "C103330"))
    records = records.join(results(form, "SC"))
    if "SCDAT" in form:
        records = records.join(timing(form, "SC", dm, se))
    return ordered(records, "SCSEQ", [form["SCTESTCD"], form.get("SCDAT"), form.get("SCSPID")])
