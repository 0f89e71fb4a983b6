"""What an instrument consists of: its items with their SDTM names and ranges, and what each answer scores.

The facts lie in standards/instruments/*.csv, the test codes and names of CDISC instruments in controlled
terminology; scoring is one function per instrument in the module of its name. No wording of a questionnaire
is shipped: only the short test names of CDISC.
"""

from functools import cache
from typing import NamedTuple

import pandas as pd

from schemas.text import text_folder

CATEGORIES = ("PASI FELDMAN", "PASI FREDRIKSSON", "PASI EMA", "PASI BOZEK", "DLQI", "PRURITUS VAS")


class Instrument(NamedTuple):
    """One instrument.

    category    --CAT; prefix: of --TESTCD
    items       by item number: testcd, test, kind, unit, min, max, origin (scored by a person, or derived)
    responses   kind, response, score (missing where the answer alone has none: NO to DLQI 7)
    """

    category: str
    prefix: str
    items: pd.DataFrame
    responses: pd.DataFrame


@cache
def instrument(category: str) -> Instrument:
    """One instrument by its category (QSCAT, RSCAT)."""
    if category not in CATEGORIES:
        raise KeyError(f"no instrument {category}; there are {', '.join(CATEGORIES)}")
    if category.startswith("PASI"):
        return _pasi(category)
    if category == "DLQI":
        prefix = "DLQI1"
        items = _named(_table("dlqi"), prefix, "C119070", "C119069")
        responses = _table("dlqi_responses").reset_index()
        return Instrument(category, prefix, items, responses.assign(score=pd.to_numeric(responses["score"])))
    return Instrument(category, "PVAS", _typed(_table("pruritus_vas")), _no_responses())


def _pasi(category: str) -> Instrument:
    """The versions differ in their prefix and their names for the severities 0 to 4, not in their scoring."""
    version = _table("pasi_versions").loc[category]
    items = _named(_table("pasi"), version["prefix"], version["testcd_codelist"], version["test_codelist"])
    responses = [
        (kind, version[str(score)], float(score))
        for kind in ("erythema", "induration", "desquamation")
        for score in range(5)
        if version[str(score)]
    ]
    named = pd.DataFrame(responses, columns=["kind", "response", "score"]) if responses else _no_responses()
    return Instrument(category, version["prefix"], items, named)


def _named(items: pd.DataFrame, prefix: str, testcds: str, tests: str) -> pd.DataFrame:
    """The items with --TESTCD and --TEST: the two codelists share the NCI codes of their terms."""
    terms = _terms()
    pairs = terms.loc[testcds].merge(terms.loc[tests], on="term_code", suffixes=("", "_test"))
    test_of = pairs.set_index("submission_value")["submission_value_test"]
    testcd = prefix + items.index.to_series()
    return _typed(items.assign(testcd=testcd, test=test_of.reindex(testcd).to_numpy(), unit=""))


def _typed(items: pd.DataFrame) -> pd.DataFrame:
    items = items.assign(min=items["min"].astype(float), max=items["max"].astype(float))
    return items.assign(unit=items["unit"].where(items["unit"] != ""))


def _no_responses() -> pd.DataFrame:
    return pd.DataFrame(columns=["kind", "response", "score"], dtype="str").astype({"score": float})


@cache
def _table(name: str) -> pd.DataFrame:
    """One table of standards/instruments, by its first column."""
    path = text_folder("standards") / "instruments" / f"{name}.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False, index_col=0)


@cache
def _terms() -> pd.DataFrame:
    """One record per term of controlled terminology, by codelist."""
    columns = ["codelist_code", "term_code", "submission_value"]
    path = text_folder("standards") / "sdtmct-2025-03-28.csv.gz"
    return pd.read_csv(path, usecols=columns, dtype=str, keep_default_na=False).set_index("codelist_code")
