"""A result in its standard unit, and numbers as text."""

from functools import cache

import numpy as np
import pandas as pd

from schemas.text import text_folder
from transforms.distinct import distinct, mapped


@cache
def conversions() -> pd.DataFrame:
    """One record per pair of units: standard = (value - subtract) * numerator / denominator."""
    return pd.read_csv(text_folder("standards") / "units.csv").set_index(["unit", "standard"])


def standardised(values: pd.Series, units: pd.Series, standard: str) -> pd.Series:
    """One record per row: the value in the standard unit; missing where no unit, or one that has no
    conversion to it, was collected. A unit is never guessed."""
    names, positions = distinct(units)
    pairs = pd.MultiIndex.from_product([names, [standard]])
    table = conversions().reindex(pairs).to_numpy(dtype=float)
    table[names == standard] = 0, 1, 1
    subtract, numerator, denominator = np.vstack([table, np.full((1, 3), np.nan)])[positions].T
    # 4 decimals are beyond any instrument here, and take off what binary fractions leave behind
    return ((values - subtract) * numerator / denominator).round(4)


def number_text(values: pd.Series) -> pd.Series:
    """One record per row: the number as text, whole numbers without a point."""

    def texts(numbers: pd.Series) -> pd.Series:
        return pd.Series([f"{n:.0f}" if n == int(n) else repr(float(n)) for n in numbers], dtype="str")

    return mapped(values, texts)
