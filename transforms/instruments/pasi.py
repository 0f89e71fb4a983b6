"""Psoriasis Area and Severity Index: area bands, region scores, total, and what cannot be.

Scoring: Fredriksson and Pettersson, Dermatologica 1978;157:238-244; tabulated by Feldman and Krueger,
Ann Rheum Dis 2005;64(Suppl 2):ii65-ii68. Total = sum over head, upper limbs, trunk and lower limbs of
weight (0.1, 0.2, 0.3, 0.4) x (erythema + induration + desquamation, 0-4 each) x area (0-6): 0 to 72.
"""

import numpy as np
import pandas as pd

REGIONS = ("head", "upper_limbs", "trunk", "lower_limbs")
TENTHS = np.array([1, 2, 3, 4])  # the weights, in tenths
SCORED = [f"{item:02}" for item in range(1, 17)]
DERIVED = [f"{item:02}" for item in range(17, 30)]


def area_score(percent: pd.Series) -> pd.Series:
    """One record per region examined: 0 to 6 for the percentage of its skin that is affected.

    The bands are half-open (0; over 0 to under 10; 10 to under 30; ...; 90 to 100), so that 9.5 % has one.
    """
    bands = 1.0 + np.searchsorted([10, 30, 50, 70, 90], percent, side="right")
    return pd.Series(np.where(percent == 0, 0.0, bands), index=percent.index).where(percent.between(0, 100))


def pasi_scores(items: pd.DataFrame) -> pd.DataFrame:
    """One record per examination: items "17" to "29" out of "01" to "16" (numbers).

    A region that lacks an item has no score, and then there is no total. Weighted scores are added up in
    whole tenths and divided once: 36.2 is 36.2, and a 50 % response is not lost to a binary fraction.
    """
    regions = items[SCORED].to_numpy(dtype=float).reshape(len(items), 4, 4)
    symptoms = regions[:, :, :3].sum(axis=2)
    by_area = symptoms * regions[:, :, 3]
    tenths = by_area * TENTHS
    per_region = np.stack([symptoms, by_area, tenths / 10], axis=2).reshape(len(items), 12)
    scores = np.column_stack([per_region, tenths.sum(axis=1) / 10])
    return pd.DataFrame(scores, columns=DERIVED, index=items.index)


def pasi_inconsistent(items: pd.DataFrame) -> pd.DataFrame:
    """One record per examination: True per region where skin is affected without a symptom, or the reverse.

    For a query to the site; nothing is corrected. A region that lacks an item is not judged.
    """
    regions = items[SCORED].to_numpy(dtype=float).reshape(len(items), 4, 4)
    complete = ~np.isnan(regions).any(axis=2)
    differs = (regions[:, :, :3].sum(axis=2) > 0) != (regions[:, :, 3] > 0)
    return pd.DataFrame(complete & differs, columns=list(REGIONS), index=items.index)
