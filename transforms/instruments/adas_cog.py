"""Alzheimer's Disease Assessment Scale, cognitive part: the total over eleven items (0 to 70).

Rosen, Mohs and Davis, Am J Psychiatry 1984;141:1356-1364. Items 03, 09 and 10 (delayed recall, attention, maze)
are asked beside them and count in no total. Where up to three of the eleven are missing (fewer than 30 %), the
total is scaled up from those answered, by the points that they could have given; with more missing there is none.
That rule is the one by which the totals of the CDISC pilot study were made.
"""

import pandas as pd

from transforms.instruments import instrument

MISSING_ALLOWED = 3


def adas_cog_scores(items: pd.DataFrame) -> pd.DataFrame:
    """One record per assessment: the total "TOT" out of the items (numbers)."""
    known = instrument("ADAS-COG").items
    points = known.loc[known["kind"] == "subscore_11", "max"]
    scores = items[points.index]
    possible = scores.notna().mul(points, axis=1).sum(axis=1)
    total = scores.sum(axis=1) * points.sum() / possible
    return pd.DataFrame({"TOT": total.round(6).where(scores.isna().sum(axis=1) <= MISSING_ALLOWED)})
