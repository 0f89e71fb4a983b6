"""SDTM without what could lead to a person, after the PHUSE De-Identification Standard for SDTM 3.2.

What stays of text are words that somebody other than the site has written: controlled terms, the study file, coding
dictionaries, questionnaires. Everything else is free text and goes, whatever its column is called.
"""

import hashlib
import hmac
import re
from functools import cache

import numpy as np
import pandas as pd
from pandera.pandas import DataFrameSchema

from schemas.sdtm import DATASETS
from schemas.study import NUMBERED, Study, Summary
from schemas.terminology import every_term
from transforms.dates import earliest, latest
from transforms.dictionaries import CODES, LEVELS
from transforms.distinct import constant, distinct, mapped, replaced, spread
from transforms.instruments import instrument_of
from transforms.sdtm.records import of_subject

FURTHEST = 365  # days by which a subject's dates may be moved
OLDEST = 89  # years; who is older is of the group 90
GROUP = 90
AGES = 200_000  # days: more than from any date in a study to 1970
REDACTED = "REDACTED"
LEFT_OUT = ("CO",)  # comments are free text throughout
IDENTIFIERS = ("STUDYID", "DOMAIN", "RDOMAIN", "IDVAR", "IDVARVAL")  # that say nothing of a person
OF_QUALIFIERS = ("QNAM", "QLABEL", "QORIG", "QEVAL")  # words of the study file and the transforms
WORDS = ("FINAL SUBJECT VISIT", "SCREENING", "UNSCHEDULED", "NOT DONE", REDACTED)  # of the transforms themselves
NUMBERS = ("EXPDOSE", "EXWEIGHT")  # supplemental, and amounts
# a result: an amount, a tally, a range; longer numbers could be those of a telephone
AMOUNT = re.compile(
    r"(?:[<>]=?|[≤≥])? ?[+-]?(?:\d{1,8}(?:\.\d{1,8})?|\.\d{1,8})(?:[eE][+-]?\d{1,3})?"
    r"|\d\+|\+\d|\d{1,2}:\d{1,4}|\d{1,4}(?:\.\d{1,3})? ?- ?\d{1,4}(?:\.\d{1,3})?"
)
DATE = re.compile(r"\d{4}-(?:\d{2}|-)(?:-\d{2})?(?:T[\d:.Z+-]*)?")
CODED = tuple(level.upper() for level in LEVELS if level not in CODES)  # AEDECOD, AEBODSYS ...: a dictionary's


def pseudonym(key: bytes, kind: str, name: str) -> str:
    """A name's other name: the same in every dataset and snapshot under one key, and no way back without it."""
    return hmac.new(key, f"{kind}\0{name}".encode(), hashlib.sha256).hexdigest()[:12].upper()


def days_moved(key: bytes, usubjid: str) -> int:
    """By how many days the dates of a subject are moved: 1 to FURTHEST days into the past."""
    digest = hmac.new(key, f"days\0{usubjid}".encode(), hashlib.sha256).digest()
    return -1 - int.from_bytes(digest[:8], "big") % FURTHEST


def study_seen(study: Study) -> Study:
    """The study file as the view has it: of the dates of the trial summary, which are those of single subjects, the
    years."""
    summary = [
        Summary(**row.model_dump() | {"TSVAL": row.TSVAL[:4]}) if row.TSVAL and DATE.fullmatch(row.TSVAL) else row
        for row in study.summary
    ]
    return study.model_copy(update={"summary": tuple(summary)})


def seen(
    name: str, records: pd.DataFrame, study: Study, key: bytes, dm: pd.DataFrame | None = None
) -> pd.DataFrame | None:
    """A dataset of subjects in the view; None where it has no place there. `dm`: their true demographics.

    - USUBJID, SUBJID, SITEID: pseudonyms. Other identifiers of the site (--SPID, --REFID) are missing.
    - Dates are moved by one number of days for each subject, at the precision that they have; study days stay. A
      partial date may be that of first exposure where it could be before. The date of birth goes.
    - AGE over 89 is 90.
    - A reported term is its decoded term; text that is neither a term nor a word of the study is missing, or REDACTED
      where SDTM needs something.
    - Supplemental are only qualifiers with codes, the derived ones, and amounts of treatment."""
    if name in LEFT_OUT:
        return None
    schema, known = DATASETS[name], words(study)
    if name.startswith("SUPP"):
        records = records[records["QNAM"].isin(_qualifiers(name, study))].reset_index(drop=True)
    moved = mapped(records["USUBJID"], lambda ids: ids.map(lambda one: float(days_moved(key, one))))
    start = None if dm is None else earliest(of_subject(records["USUBJID"], dm, "RFXSTDTC"))
    found = records.copy()
    for column in records:
        facts = schema.columns[column].metadata
        if facts["type"] == "Num":
            continue
        if column == "USUBJID":
            found[column] = mapped(
                records[column], lambda ids: f"{study.id}-" + ids.map(lambda i: pseudonym(key, "subject", i))
            )
        elif column == "SUBJID":  # a number belongs to a subject of a site
            found[column] = mapped(records["USUBJID"], lambda ids: ids.map(lambda one: pseudonym(key, "subject", one)))
        elif column == "SITEID":
            found[column] = mapped(records[column], lambda ids: "S" + ids.map(lambda one: pseudonym(key, "site", one)))
        elif column == "BRTHDTC":
            found = found.drop(columns=column)
        elif facts["iso8601"] in ("date", "datetime"):
            found[column] = dates_moved(records[column], moved, start)
        elif facts["role"] == "Identifier" and column not in IDENTIFIERS:
            found[column] = constant(None, len(records))
        elif not _controlled(facts) and column not in (*IDENTIFIERS, *OF_QUALIFIERS) and name != "RELREC":
            found[column] = _said(column, records, schema, known, study, moved, start)
    if "AGE" in found:
        found["AGE"] = found["AGE"].mask(found["AGE"] > OLDEST, GROUP)
    found = _decoded(found, schema)
    if name.startswith("SUPP"):
        found = found[found["QVAL"] != REDACTED]
    # the order of the true numbers is no business of the view
    return found.sort_values("USUBJID", kind="stable", ignore_index=True, key=lambda ids: ids.astype("str"))


def dates_moved(dates: pd.Series, days: pd.Series, start: pd.Series | None = None) -> pd.Series:
    """One record per row: the date (or interval of two) so many days later, as precise as it was. `start` is the day
    of first exposure: a partial date that may be that day may still be it, and one that may not, may not."""
    start = pd.Series(np.nan, index=days.index) if start is None else start
    pairs = mapped(dates, lambda values: values.str.contains("/")).eq(1)
    if pairs.any():
        both = [mapped(dates, lambda values, n=n: values.str.partition("/")[n]) for n in (0, 2)]
        first, last = (_one_moved(part.where(pairs), days, start).astype("str") for part in both)
        singles = _one_moved(dates.where(~pairs), days, start).astype("str")
        return singles.mask(pairs, first + "/" + last).astype("category")
    return _one_moved(dates, days, start)


def _one_moved(dates: pd.Series, days: pd.Series, start: pd.Series) -> pd.Series:
    texts, at = distinct(dates)
    if texts.empty:
        return pd.Series(constant(None, len(dates)), index=dates.index)
    texts = texts.astype("str").reset_index(drop=True)
    whole, month = (texts.str.match(shape).to_numpy(bool) for shape in (r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d(?!-\d)"))
    tails = texts.str[10:].where(pd.Series(whole), "")
    tail, clocks = pd.factorize(tails)
    size = np.where(whole, 10, np.where(month, 7, 4))
    # per row from here on, in numbers; -1 is a row without a date
    first, last, whole, month, size, tail = (
        values[at] for values in (earliest(texts).to_numpy(), latest(texts).to_numpy(), whole, month, size, tail)
    )
    days, start = days.to_numpy(float), start.to_numpy(float)
    day = np.where(whole, first, np.where(month, first + 14, first + 181))  # the 15th; 1 July
    may_be_start = (first <= start) & (start <= last)
    day = np.where(~whole & may_be_start, start, day)
    # days beyond the end of the period that lies farther from the start
    for aside in (0, 5) if not whole.all() else ():
        near = ~whole & ~may_be_start & (_period(day + days, size) == _period(start + days, size))
        day = np.where(near, np.where(last < start, first - aside, last + aside), day)
    known = (at >= 0) & ~np.isnan(first) & ~np.isnan(days)
    day = np.where(known, day + days, 0).astype("int64")
    # the few different days, precisions and times become text
    key = np.where(known, ((day + AGES) * 11 + size) * len(clocks) + tail, -1)
    keys, at = np.unique(key, return_inverse=True)
    rest, tail = np.divmod(np.maximum(keys, 0), len(clocks))
    days_of_keys = np.datetime_as_string((rest // 11 - AGES).astype("datetime64[D]")).tolist()
    parts = zip(days_of_keys, (rest % 11).tolist(), tail.tolist(), strict=True)
    moved = pd.Series([date[:size] + clocks[clock] for date, size, clock in parts], dtype="str").mask(keys < 0)
    return spread(moved, at, dates)


def _period(day: np.ndarray, size: np.ndarray) -> np.ndarray:
    """The number of the month, or of the year, in which a day lies; of no day none, and nothing is equal to that."""
    known = ~np.isnan(day)
    dates = np.where(known, day, 0).astype("int64").astype("datetime64[D]")
    months, years = (dates.astype(f"datetime64[{unit}]").astype("float64") for unit in "MY")
    return np.where(known, np.where(size == 7, months, years), np.nan)


@cache
def _program_words() -> frozenset[str]:
    return frozenset(term.casefold() for term in (*every_term(), *WORDS))


def words(study: Study) -> frozenset[str]:
    """Every text, in small letters, that is no site's: what controlled terminology, the study's tables, its
    dictionaries and its questionnaires say."""
    found: set[str] = set()
    for source in study.file.sources.values():
        found |= {spec.value for spec in source.specs().values() if spec.value}
        found |= {*source.missing.values(), source.dataset or ""}
        if source.instrument:
            known = instrument_of(source, study)
            found |= {known.category, *known.responses["response"]}
            for column in ("testcd", "test", "subcategory"):
                found |= set(known.items[column].dropna()) if column in known.items else set()
    found |= {term for terms in study.code_terms.values() for term in terms.values()}
    for table in (study.visits, study.arms, study.elements, study.criteria, study.windows):
        found |= {value for row in table for value in row.model_dump().values() if isinstance(value, str)}
    found |= {
        str(getattr(line, level)) for line in study.coding for level in LEVELS if getattr(line, level) is not None
    }
    for terms in {id(frame): frame for frame in study.dictionaries.values()}.values():
        for level in set(LEVELS) - set(CODES):
            found |= set(terms[level].dropna().astype("str"))
    found |= {dose.treatment for dose in study.file.doses}
    found |= {word for words in study.policies.without_arm.values() for word in (words.ARMCD, words.ARM)}
    found |= {term for terms in study.file.extensions.values() for term in terms}
    return _program_words() | {text.casefold() for text in found}


def _said(
    column: str,
    records: pd.DataFrame,
    schema: DataFrameSchema,
    known: frozenset[str],
    study: Study,
    moved: pd.Series,
    start: pd.Series | None,
) -> pd.Series:
    """A text column without what only the site has said."""
    role = schema.columns[column].metadata["role"]
    numbers = role in ("Result Qualifier", "Variable Qualifier")
    texts = records[column]
    if role in ("Timing", "Result Qualifier"):  # AEENTPT, QVAL: a date is not said to be one
        dated = mapped(texts, lambda values: values.map(lambda text: bool(DATE.fullmatch(text)))).eq(1)
        if dated.any():
            later = dates_moved(texts.where(dated), moved, start).astype("str")
            texts = texts.astype("str").where(~dated, later)
    else:
        dated = pd.Series(False, index=texts.index)

    def good(text: str) -> bool:
        amount = numbers and AMOUNT.fullmatch(text)
        return bool(amount or text.casefold() in known or re.fullmatch(NUMBERED, text))

    stays = mapped(records[column], lambda values: values.map(good)).eq(1) | dated
    if column[2:] in CODED and _is_collected(column, study):
        stays |= records[column].notna() & ~_uncoded(column, records)
    instead = None if schema.columns[column].nullable else REDACTED
    return replaced(texts, ~stays & texts.notna(), instead)


def _decoded(records: pd.DataFrame, schema: DataFrameSchema) -> pd.DataFrame:
    """Records whose reported terms are their decoded ones, where there is one."""
    domain = schema.metadata["domain"]
    for reported in (f"{domain}TERM", f"{domain}TRT"):
        if reported in records and f"{domain}DECOD" in records:
            decoded = records[f"{domain}DECOD"]
            records[reported] = replaced(records[reported], decoded.notna(), decoded)
    return records


def _uncoded(column: str, records: pd.DataFrame) -> pd.Series:
    """True where a coded term is only the reported one again, and no other level stands beside it."""
    domain = column[:2]
    reported = next((records[name] for name in (f"{domain}TERM", f"{domain}TRT") if name in records), None)
    if reported is None:
        return pd.Series(True, index=records.index)
    same = records[column].astype("str").str.casefold() == reported.astype("str").str.casefold()
    beside = [name for name in (f"{domain}BODSYS", f"{domain}SOC", f"{domain}PTCD", f"{domain}CLAS") if name in records]
    coded = records[beside].notna().any(axis=1) if beside else False
    return same & ~coded


def _is_collected(column: str, study: Study) -> bool:
    """True for a level of coding that the export itself has."""
    sources = study.sources_of(column[:2].lower()).values()
    return any(column in source.columns and source.columns[column].column for source in sources)


def _qualifiers(name: str, study: Study) -> set[str]:
    """The QNAMs that can say nothing but codes and amounts."""
    form = name.removeprefix("SUPP")[:2].lower()
    listed = [item for source in study.sources_of(form).values() for item in source.supplemental.items()]
    return {*study.file.derived, *NUMBERS, *(qnam for qnam, spec in listed if spec.codes or spec.value)}


def _controlled(facts: dict) -> bool:
    return bool(facts["codelist"] or facts["terms"] or facts["value"] or facts["iso8601"])
