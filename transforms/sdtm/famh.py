"""FA as FAMH: findings about a condition of the medical history (SDTMIG 3.4 section 6.4)."""

import pandas as pd

from schemas.study import Study
from transforms.sdtm.records import collected, ordered
from transforms.sdtm.sv import visit_variables
from transforms.sdtm.vs import last_before_exposure, results, timing

COLLECTED = ("FATESTCD", "FATEST", "FAOBJ", "FALOC", "FAMETHOD", "FAEVAL")


def famh(
    form: pd.DataFrame, dm: pd.DataFrame, se: pd.DataFrame, visits: pd.DataFrame, study: Study
) -> pd.DataFrame:
    """One record per finding about a condition, per object and visit."""
    records = collected(form, study, "FA", COLLECTED)
    records = records.join(results(form, "FA")).join(visit_variables(form, "FADAT", visits, study))
    records = records.join(timing(form, "FA", dm, se))
    group = [name for name in ("FATESTCD", "FAOBJ", "FALOC") if name in records]
    records = ordered(records, "FASEQ", [records[name] for name in (*group, "VISITNUM", "FADTC")])
    return last_before_exposure(records, "FA", ["USUBJID", *group], dm, study)
