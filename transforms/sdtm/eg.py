"""EG: electrocardiograms (SDTMIG 3.4 section 6.3)."""

import pandas as pd

from schemas.study import Study
from schemas.terminology import codelist, name_of
from transforms.sdtm.records import collected, looked_up, ordered
from transforms.sdtm.sv import visit_variables
from transforms.sdtm.vs import in_capitals, last_before_exposure, results, timing

COLLECTED = (
    "EGSPID", "EGREFID", "EGNAM", "EGTESTCD", "EGCAT", "EGTPT", "EGTPTNUM", "EGREPNUM", "EGPOS", "EGMETHOD", "EGLEAD",
    "EGEVAL", "EGCLSIG",
)  # fmt: skip
STANDARD_UNITS = {"s": "ms"}  # intervals; anything else is standard in the unit collected
WORDS = codelist("C71150").terms | codelist("C101834").terms


def eg(form: pd.DataFrame, dm: pd.DataFrame, se: pd.DataFrame, visits: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per ECG measurement or interpretation, replicate, time point and visit.

    Intervals in ms; an interpretation is its own standard result, a term of the codelist in capitals. EGLOBXFL by
    test, lead and evaluator: the last result before first exposure, of replicates the last."""
    records = collected(form, study, "EG", COLLECTED)
    records["EGTEST"] = looked_up(form["EGTESTCD"], name_of("C71153", "C71152"))
    standard = looked_up(form["EGORRESU"], STANDARD_UNITS) if "EGORRESU" in form else None
    found = results(form, "EG", standard)
    found["EGSTRESC"] = in_capitals(found["EGSTRESC"], WORDS)
    records = records.join(found)
    records = records.join(visit_variables(form, "EGDAT", visits, study)).join(timing(form, "EG", dm, se))
    group = [name for name in ("EGTESTCD", "EGLEAD", "EGEVAL") if name in records]
    by = (*group, "VISITNUM", "EGTPTNUM", "EGDTC", "EGREPNUM")
    records = ordered(records, "EGSEQ", [records[name] for name in by if name in records])
    return last_before_exposure(records, "EG", ["USUBJID", *group], dm, study)
