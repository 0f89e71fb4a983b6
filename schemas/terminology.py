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
    codes: dict[str, str]  # term -> NCI code
    publisher: str  # SDTM or ADaM: the package


@cache
def _published() -> pd.DataFrame:
    """One record per term of a codelist."""
    # keep_default_na: NA is a term of the No Yes Response list
    columns = ["codelist_code", "codelist_name", "extensible", "term_code", "submission_value"]
    files = [
        pd.read_csv(text_folder("standards") / file, usecols=columns, dtype=str, keep_default_na=False).assign(
            publisher=publisher
        )
        for publisher, file in zip(("SDTM", "ADaM"), FILES, strict=True)
    ]
    return pd.concat(files).set_index("codelist_code").sort_index()


@cache
def codelist(code: str) -> Codelist:
    """One codelist by its NCI code; a code that is not in the package is a KeyError."""
    rows = _published().loc[[code]]
    first = rows.iloc[0]
    codes = dict(zip(rows.submission_value, rows.term_code, strict=True))
    return Codelist(code, first.codelist_name, first.extensible == "Yes", frozenset(codes), codes, first.publisher)


@cache
def meaning(code: str) -> dict[str, str]:
    """Term -> what it means in words: the preferred term of the SDTM package."""
    if codelist(code).publisher != "SDTM":
        return {}
    columns = ("codelist_code", "submission_value", "preferred_term", "synonyms")
    rows = _with_names(columns).loc[[code]]
    return dict(zip(rows["submission_value"], rows["preferred_term"], strict=True))


@cache
def name_of(codes: str, names: str) -> dict[str, str]:
    """Short code -> name (VSTESTCD -> VSTEST): two codelists hold the same concepts under the same NCI codes."""
    pairs = _published().loc[codes].merge(_published().loc[names], on="term_code", suffixes=("", "_name"))
    return dict(zip(pairs["submission_value"], pairs["submission_value_name"], strict=True))


@cache
def synonyms(code: str) -> dict[str, set[str]]:
    """Case-folded name -> the terms of a codelist that have it: submission values, preferred terms and synonyms of
    the SDTM package."""
    columns = ["codelist_code", "submission_value", "preferred_term", "synonyms"]
    found: dict[str, set[str]] = {}
    for row in _with_names(tuple(columns)).loc[[code]].itertuples():
        for name in (row.submission_value, row.preferred_term, *row.synonyms.split(";")):
            found.setdefault(name.strip().casefold(), set()).add(row.submission_value)
    # a term's own name is stronger than another's synonym
    return found | {term.casefold(): {term} for term in codelist(code).terms}


@cache
def _with_names(columns: tuple[str, ...]) -> pd.DataFrame:
    path = text_folder("standards") / FILES[0]
    return pd.read_csv(path, usecols=columns, dtype=str, keep_default_na=False).set_index("codelist_code").sort_index()


def is_term(values: Collection[str], code: str) -> np.ndarray:
    """True where a value is a term of the codelist; a missing value is none."""
    return pd.Series(values).isin(codelist(code).terms).to_numpy()


@cache
def every_term() -> frozenset[str]:
    """Every submission value of every codelist."""
    return frozenset(_published()["submission_value"])
