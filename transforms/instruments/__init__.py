"""What an instrument consists of: its items with their SDTM names and ranges, and what each answer scores.

The facts lie in standards/instruments/*.csv, the test codes and names of CDISC instruments in controlled
terminology; scoring is one function per instrument in the module of its name. No wording of a questionnaire
is shipped: only the short test names of CDISC.
"""

from functools import cache
from typing import NamedTuple

import pandas as pd

from schemas.study import InstrumentItem, Source, Study
from schemas.terminology import name_of
from schemas.text import text_folder

PASI = ("PASI FELDMAN", "PASI FREDRIKSSON", "PASI EMA", "PASI BOZEK")
# name -> table of standards/instruments; each has item, kind, unit, min, max and origin. testcd and test stand there
# too, or come from controlled terminology (DLQI, PASI); category where it is not the name, subcategory where there is
# one
NAMES = dict.fromkeys(PASI, "pasi") | {
    "DLQI": "dlqi", "PRURITUS VAS": "pruritus_vas", "ADAS-COG": "adas_cog", "NPI-X": "npi_x", "MMSE": "mmse",
}  # fmt: skip

FILLED_IN_BY_THE_SUBJECT = ("DLQI", "PRURITUS VAS")  # an investigator scores the others, or asks and writes down

# prefix of --TESTCD, and the codelists of --TESTCD and --TEST
CDISC = {"DLQI": ("DLQI1", "C119070", "C119069"), "MMSE": ("MMS1", "C100142", "C100141")}


class Instrument(NamedTuple):
    """One instrument.

    category    --CAT
    items       by item number: testcd, test, kind, unit, min, max, origin (scored by a person, or derived)
    responses   kind, response, score (missing where the answer alone has none: NO to DLQI 7)
    scored      the instrument whose scoring function it has; missing for one of the study's own
    """

    category: str
    items: pd.DataFrame
    responses: pd.DataFrame
    scored: str | None = None


@cache
def categories() -> frozenset[str]:
    """PARCAT1 of every analysis parameter (standards/instruments/parameters.csv)."""
    table = pd.read_csv(text_folder("standards") / "instruments" / "parameters.csv", dtype=str)
    return frozenset(table["PARCAT1"])


def instrument_of(source: Source, study: Study) -> Instrument:
    """The instrument that a source holds: the study's own of that name, else the shipped one."""
    return instrument(source.instrument, study.instruments.get(source.instrument, ()))


@cache
def instrument(name: str, own: tuple[InstrumentItem, ...] = ()) -> Instrument:
    """One instrument by its name, which is its category (QSCAT, RSCAT) unless its table says otherwise."""
    if own:
        rows = pd.DataFrame([item.model_dump() for item in own]).set_index("item")
        rows = rows.astype({"unit": "str", "subcategory": "str", "category": "str"}).fillna("")
        return _own(name, rows.astype("str"), _no_responses())
    if name not in NAMES:
        raise KeyError(f"no instrument {name}; there are {', '.join(NAMES)}")
    if name in PASI:
        return _pasi(name)
    items, responses = _table(NAMES[name]), _responses(NAMES[name])
    if name in CDISC:
        return Instrument(name, _named(items, *CDISC[name]), responses, name)
    return _own(name, items, responses)._replace(scored=name)


def _own(name: str, items: pd.DataFrame, responses: pd.DataFrame) -> Instrument:
    category = items["category"].iloc[0] if "category" in items else ""
    return Instrument(category or name, _typed(items), responses)


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
    return Instrument(category, items, named, "PASI")


def _named(items: pd.DataFrame, prefix: str, testcds: str, tests: str) -> pd.DataFrame:
    """The items with --TESTCD and --TEST: the two codelists share the NCI codes of their terms."""
    testcd = prefix + items.index.to_series()
    return _typed(items.assign(testcd=testcd, test=testcd.map(name_of(testcds, tests)).to_numpy(), unit=""))


def _typed(items: pd.DataFrame) -> pd.DataFrame:
    items = items.assign(min=items["min"].astype(float), max=items["max"].astype(float))
    return items.assign(unit=items["unit"].where(items["unit"] != ""))


def _responses(name: str) -> pd.DataFrame:
    """What each answer scores, where the instrument has answers in words."""
    if not (text_folder("standards") / "instruments" / f"{name}_responses.csv").is_file():
        return _no_responses()
    rows = _table(f"{name}_responses").reset_index()
    return rows.assign(score=pd.to_numeric(rows["score"]))


def _no_responses() -> pd.DataFrame:
    return pd.DataFrame(columns=["kind", "response", "score"], dtype="str").astype({"score": float})


@cache
def _table(name: str) -> pd.DataFrame:
    """One table of standards/instruments, by its first column."""
    path = text_folder("standards") / "instruments" / f"{name}.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False, index_col=0)
