"""Coding dictionaries: one record per term that a verbatim text may match, with its place in the dictionary. Levels are
named as in coding.csv: decod, ptcd, llt, lltcd, hlt ... (AEDECOD, AEPTCD, AELLT ...).

MedDRA: verbatim -> lowest level term, letters of either case -> preferred term -> the primary path through high level
term and group to the system organ class, which is both --SOC and --BODSYS. Lowest level terms that are not current
are left out: MedDRA keeps them for what was coded in the past.
"""

from __future__ import annotations

import pandas as pd

from schemas.study import Coding

LEVELS = [name for name in Coding.model_fields if name not in ("form", "verbatim")]
CODES = ["ptcd", "lltcd", "hltcd", "hlgtcd", "bdsycd", "soccd"]  # numbers
# file of the MedDRA ASCII distribution -> its columns that are used, by position
MEDDRA = {
    "llt.asc": {0: "lltcd", 1: "llt", 2: "ptcd", 9: "current"},
    "pt.asc": {0: "ptcd", 1: "decod"},
    "hlt.asc": {0: "hltcd", 1: "hlt"},
    "hlgt.asc": {0: "hlgtcd", 1: "hlgt"},
    "soc.asc": {0: "soccd", 1: "soc"},
    "mdhier.asc": {0: "ptcd", 1: "hltcd", 2: "hlgtcd", 3: "soccd", 11: "primary"},
}


def folded(terms: pd.Series) -> pd.Series:
    """Terms as they are compared: letters of either case, runs of white space as one blank."""
    plain = [" ".join(term.split()).casefold() if isinstance(term, str) else None for term in terms.tolist()]
    return pd.Series(plain, index=terms.index, dtype="str")


def meddra_terms(files: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """One record per current lowest level term, indexed by its folded text; files: as `MEDDRA` names them."""
    path = files["mdhier.asc"]
    path = path[path["primary"] == "Y"].drop(columns="primary").drop_duplicates("ptcd")
    terms = files["llt.asc"]
    terms = terms[terms["current"] != "N"].drop(columns="current").merge(files["pt.asc"], "left", "ptcd")
    terms = terms.merge(path, "left", "ptcd")
    for name, code in (("hlt.asc", "hltcd"), ("hlgt.asc", "hlgtcd"), ("soc.asc", "soccd")):
        terms = terms.merge(files[name], "left", code)
    terms = terms.assign(bodsys=terms["soc"], bdsycd=terms["soccd"])
    return _by_term(terms, terms["llt"])


def csv_terms(table: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """One record per verbatim term of a CSV dictionary, indexed by its folded text."""
    terms = pd.DataFrame({level: table[column].replace("", pd.NA) for level, column in columns.items()})
    terms = terms[terms["verbatim"].notna()]
    return _by_term(terms.drop(columns="verbatim"), terms["verbatim"])


def _by_term(terms: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    for code in terms.columns.intersection(CODES):
        terms[code] = pd.to_numeric(terms[code])
    terms = terms.set_axis(pd.Index(folded(names), name="verbatim"))
    return terms[~terms.index.duplicated()].reindex(columns=LEVELS)


def coding_terms(own: pd.DataFrame, dictionary: pd.DataFrame | None) -> pd.DataFrame:
    """One record per term: those of coding.csv (`own`), then those of the dictionary that it does not have. A line of
    coding.csv whose llt, or else decod, is a term of the dictionary has its blank levels from there."""
    own = own[~own.index.duplicated(keep="last")].reindex(columns=LEVELS)
    if dictionary is None:
        return own
    meant = folded(own["llt"].fillna(own["decod"]))
    there = dictionary.reindex(meant).set_axis(own.index)
    same = folded(there["decod"]) == folded(own["decod"])
    own = own.astype("object").where(own.notna() | ~same.to_numpy()[:, None], there.astype("object"))
    return pd.concat([own, dictionary[~dictionary.index.isin(own.index)].astype("object")])
