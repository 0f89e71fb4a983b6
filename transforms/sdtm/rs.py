"""RS: disease response and clinical classifications (SDTMIG 3.4 section 6.3)."""

import numpy as np
import pandas as pd

from schemas.study import Study
from transforms.distinct import mapped
from transforms.instruments import Instrument, instrument_of
from transforms.instruments.pasi import SCORED, pasi_inconsistent
from transforms.sdtm.qs import instrument_records
from transforms.sdtm.records import finding, no_findings, together
from transforms.units import number_text


def rs(
    sources: dict, dm: pd.DataFrame, se: pd.DataFrame, visits: pd.DataFrame, study: Study
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One record per item per classification done per subject; and the findings on them."""
    records, found = instrument_records(sources, "RS", dm, se, visits, study)
    return records, together([found, *(_areas(form, name, study) for name, form in sources.items())])


def _areas(form: pd.DataFrame, name: str, study: Study) -> pd.DataFrame:
    """One finding per PASI region with a symptom on no area, or no symptom on an area."""
    known = instrument_of(study.file.sources[name], study)
    if known.scored != "PASI":
        return no_findings()
    scores = pd.DataFrame({item: _scores(form, item, known) for item in SCORED})
    inconsistent = pasi_inconsistent(scores)
    found = []
    for region, items in known.items[known.items["origin"] == "scored"].groupby("region", sort=False):
        area = scores[items.index[-1]]
        for bare, message in (
            (area == 0, "is 0, but there is a symptom"),
            (area > 0, "is above 0, but there is no symptom"),
        ):
            doubtful = inconsistent[region] & bare
            shown = number_text(area[doubtful])
            found.append(
                finding(study, "PASI-AREA", "warning", form[doubtful], items.index[-1], message, shown)
            )
    return together(found)


def _scores(form: pd.DataFrame, item: str, known: Instrument) -> pd.Series:
    """One record per row: the number that the answer scores; missing for what is no answer."""
    if item not in form:
        return pd.Series(np.nan, index=form.index)
    of_kind = known.responses[known.responses["kind"] == known.items.at[item, "kind"]]
    of_answer = of_kind.set_index("response")["score"]
    return mapped(
        form[item],
        lambda values: values.map(of_answer).fillna(pd.to_numeric(values, errors="coerce")).astype(float),
    )
