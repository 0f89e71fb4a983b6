"""CDISC controlled terminology: one codelist by its code, from the SDTM and ADaM packages in standards/."""

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from schemas.text import text_folder

FILES = ("sdtmct-2025-03-28.csv.gz", "adamct-2025-03-28.csv")


class Codelist(NamedTuple):
    code: str
    name: str
    extensible: bool
    terms: frozenset[str]


@cache
def _published() -> pd.DataFrame:
    """One record per term of a codelist."""
    # keep_default_na: NA is a term of the No Yes Response list
    columns = ["codelist_code", "codelist_name", "extensible", "submission_value"]
    files = [
        pd.read_csv(text_folder("standards") / file, usecols=columns, dtype=str, keep_default_na=False)
        for file in FILES
    ]
    return pd.concat(files).set_index("codelist_code").sort_index()


@cache
def codelist(code: str) -> Codelist:
    """One codelist by its NCI code; a code that is not in the package is a KeyError."""
    rows = _published().loc[[code]]
    first = rows.iloc[0]
    return Codelist(code, first.codelist_name, first.extensible == "Yes", frozenset(rows.submission_value))


def is_term(values: Collection[str], code: str) -> np.ndarray:
    """True where a value is a term of the codelist; a missing value is none."""
    return pd.Series(values).isin(codelist(code).terms).to_numpy()
