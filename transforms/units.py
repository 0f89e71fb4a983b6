"""A result in its standard unit, and numbers as text."""

from functools import cache

import numpy as np
import pandas as pd

from schemas.text import text_folder
from transforms.distinct import distinct, mapped


@cache
def conversions() -> pd.DataFrame:
    """One record per pair of units: standard = (value - subtract) * numerator / denominator."""
    table = pd.read_csv(text_folder("standards") / "units.csv").set_index(["unit", "standard"])
    return table[["subtract", "numerator", "denominator"]]


@cache
def lab_units() -> pd.DataFrame:
    """One record per lab test: its SI and its conventional unit; si = conventional * numerator / denominator."""
    return pd.read_csv(text_folder("standards") / "lab_units.csv").set_index("LBTESTCD")


def lab_standard(testcd: pd.Series, unit: pd.Series, units: str) -> tuple[pd.Series, pd.Series]:
    """One record per row: the factor that leads from the unit collected to the test's standard unit, and that unit.

    `units` is "si", "conventional" or "collected". A test that has no standard unit here keeps the one collected,
    factor 1. The factor is missing where no unit was collected or none of the steps leads on: to another unit of the
    same kind (units.csv), and between a test's conventional and SI unit (lab_units.csv)."""
    tests, at_test = distinct(testcd)
    names, at_unit = distinct(unit)
    pairs, at_pair = np.unique(at_test * (len(names) + 1) + at_unit + 1, return_inverse=True)
    factors, standards = [], []
    for pair in pairs:
        test, name = divmod(int(pair), len(names) + 1)
        test, name = tests[test] if test >= 0 else None, names[name - 1] if name else None
        known = units != "collected" and test in lab_units().index
        standard = lab_units().at[test, units] if known else name
        factors.append(_factor(name, standard, test) if known else 1.0)
        standards.append(standard)
    index = testcd.index
    return pd.Series(np.array(factors)[at_pair], index), pd.Series(
        np.array(standards, dtype=object)[at_pair], index, dtype="str"
    )


def _factor(unit: str | None, standard: str, test: str) -> float:
    own = lab_units().loc[test]
    to_si = own["numerator"] / own["denominator"]
    other, from_other = (own["conventional"], to_si) if standard == own["si"] else (own["si"], 1 / to_si)
    for middle, last in ((standard, 1.0), (other, from_other)):
        if unit == middle:
            return last
        if (unit, middle) in conversions().index:
            subtract, numerator, denominator = conversions().loc[(unit, middle)]
            if subtract == 0:
                return numerator / denominator * last
    return np.nan


def rounded(values: pd.Series) -> pd.Series:
    """One record per row: to 4 decimals, and to 5 digits where the number is smaller than 1."""
    with np.errstate(divide="ignore"):
        size = np.floor(np.log10(np.abs(values.to_numpy(dtype=float))))
    places = np.clip(np.where(np.isfinite(size), 4 - size, 4), 4, 15)
    scale = 10.0**places
    return pd.Series(np.round(values.to_numpy(dtype=float) * scale) / scale, index=values.index)


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
