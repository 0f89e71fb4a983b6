"""RS: disease response and clinical classifications (SDTMIG 3.4 section 6.3)."""

import pandas as pd

from schemas.study import Study
from transforms.sdtm.qs import instrument_records


def rs(
    sources: dict, dm: pd.DataFrame, se: pd.DataFrame, visits: pd.DataFrame, study: Study
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One record per item per classification done per subject; and the findings on them."""
    return instrument_records(sources, "RS", dm, se, visits, study)
