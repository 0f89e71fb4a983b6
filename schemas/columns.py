"""One column of a dataset, and one dataset: labels, roles, terms and checks, each said once.

A check looks at the different values of a column, not at its rows, and is reported by its short name.
"""

from collections.abc import Callable, Collection, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas.api.types import is_bool_dtype, is_datetime64_dtype, is_numeric_dtype, is_string_dtype
from pandera.pandas import Check, Column, DataFrameSchema

from schemas.terminology import codelist as published

# ISO 8601 as SDTMIG 3.4 section 4.4 has it: cut off on the right where nothing is known, a hyphen for a gap.
# [0-9], because \d would let full-width digits through.
YEAR, MONTH, DAY = "(?:[0-9]{4}|-)", "-(?:0[1-9]|1[0-2]|-)", "-(?:0[1-9]|[12][0-9]|3[01]|-)"
ZONE = "(?:Z|[+-][0-9]{2}:[0-9]{2})"
TIME = rf"T(?:[01][0-9]|2[0-3]|-)(?::(?:[0-5][0-9]|-)(?::[0-5][0-9](?:\.[0-9]+)?)?)?{ZONE}?"
DATE = f"{YEAR}(?:{MONTH}(?:{DAY})?)?"
DATETIME = f"{YEAR}(?:{MONTH}(?:{DAY}(?:{TIME})?)?)?"
N = r"[0-9]+(?:\.[0-9]+)?"
DURATION = f"[+-]?P(?:{N}W|(?:{N}Y)?(?:{N}M)?(?:{N}D)?(?:T(?:{N}H)?(?:{N}M)?(?:{N}S)?)?)"
ISO8601 = {"date": DATE, "datetime": f"{DATETIME}(?:/{DATETIME})?", "duration": DURATION}

Terms = Collection[str]
Good = Callable[[pd.Index], np.ndarray]


def char(
    label: str,
    role: str,
    core: str,
    codelist: str | tuple[str, ...] | None = None,
    *,
    terms: tuple[str, ...] | None = None,
    value: str | None = None,
    iso8601: str | None = None,
    short_name: bool = False,
    length: int = 200,
    origin: str = "Collected",
    nullable: bool | None = None,
) -> Column:
    """A Char variable.

    `codelist` is a C-code, or several where the standard names several; `terms` are the only ones allowed
    here; `value` is the one value it has; `iso8601` is date, datetime (or an interval of two) or duration;
    `short_name` is a name that would do as a SAS variable; `length` counts UTF-8 bytes.
    A Req variable is never missing unless `nullable` says so, as ADaM allows.
    """
    codes = (codelist,) if isinstance(codelist, str) else codelist or ()
    length = 8 if short_name else length
    checks = [
        Check(is_text, name="Char", error="Char", ignore_na=False),
        each("Blank", lambda values: values != ""),
        each(f"Length {length}", lambda values: byte_length(values) <= length),
    ]
    if terms or value:
        allowed = terms or (value,)
        checks.append(each("Terms " + ", ".join(allowed), lambda values: values.isin(allowed)))
    elif codes:
        checks.append(in_codelist(codes))
    if iso8601:
        checks.append(each(f"ISO 8601 {iso8601}", lambda values: is_iso8601(values, iso8601)))
    if short_name:
        checks.append(each("Short name", lambda values: values.str.fullmatch("[A-Z_][A-Z0-9_]*")))
    facts = {"type": "Char", "length": length, "codelist": codes, "terms": terms, "value": value}
    return _column(label, role, core, checks, nullable, facts | {"iso8601": iso8601, "origin": origin})


def num(
    label: str,
    role: str,
    core: str,
    kind: str = "float",
    *,
    origin: str = "Collected",
    nullable: bool | None = None,
) -> Column:
    """A Num variable of kind float, integer, day (a study day: there is no day zero), date or datetime."""
    fits = is_datetime64_dtype if kind in ("date", "datetime") else is_number
    checks = [Check(lambda column: fits(column.dtype), name="Num", error="Num", ignore_na=False)]
    if kind in ("integer", "day"):
        checks.append(Check(is_whole, name="Integer", error="Integer", ignore_na=False))
    if kind == "day":
        checks.append(Check(is_not_zero, name="Day zero", error="Day zero", ignore_na=False))
    facts = {"type": "Num", "kind": kind, "codelist": (), "origin": origin}
    return _column(label, role, core, checks, nullable, facts)


def dataset(
    name: str,
    label: str,
    structure: str,
    keys: tuple[str, ...],
    columns: dict[str, Column],
    *,
    unique: tuple[str, ...] | None = None,
    domain: str | None = None,
    klass: str,
    subclass: str | None = None,
) -> DataFrameSchema:
    """A dataset: `keys` are what a record is, across nights; `unique` is what no two rows may share; `klass` and
    `subclass` are Define-XML's."""
    return DataFrameSchema(
        columns,
        name=name,
        title=label,
        description=structure,
        metadata={"domain": domain or name, "keys": keys, "class": klass, "subclass": subclass},
        unique=list(unique or keys),
        strict=True,
        ordered=True,
    )


def each(name: str, good: Good) -> Check:
    """A check that asks `good` once about each different value of a text column."""

    def holds(column: pd.Series) -> bool | pd.Series:
        if not is_text(column):
            return True  # the check named Char says so
        values = different(column)
        bad = values[~np.asarray(good(values), dtype=bool)]
        return bad.empty or ~column.isin(bad)

    return Check(holds, name=name, error=name, ignore_na=False)


def in_codelist(codes: tuple[str, ...], declared: Mapping[str, Terms] | None = None) -> Check:
    """A value is a term of one of the codelists, or one that the study has declared for it."""

    def good(values: pd.Index) -> np.ndarray:
        terms = [published(code).terms | frozenset((declared or {}).get(code, ())) for code in codes]
        return values.isin(frozenset().union(*terms))

    return each("Codelist " + ", ".join(codes), good)


def different(column: pd.Series) -> pd.Index:
    """The different values of a text column, without the missing one; a category may hold some more."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.categories
    return pd.Index(column.dropna().unique())


def byte_length(values: pd.Index) -> np.ndarray:
    """How many bytes each text takes in UTF-8: what XPT counts, three for a Chinese character."""
    return pc.binary_length(pa.array(values, pa.string())).to_numpy()


def is_text(column: pd.Series) -> bool:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return is_string_dtype(column.cat.categories)
    return isinstance(column.dtype, pd.StringDtype)


def is_number(dtype: object) -> bool:
    return is_numeric_dtype(dtype) and not is_bool_dtype(dtype)


def is_whole(column: pd.Series) -> bool | pd.Series:
    return not is_number(column.dtype) or column.isna() | (column % 1 == 0)


def is_not_zero(column: pd.Series) -> pd.Series:
    return column.isna() | (column != 0)


def is_iso8601(values: pd.Index, kind: str) -> np.ndarray:
    """True where a text follows ISO 8601 and each full date in it is in the calendar (2020-02-31 is not)."""
    follows = np.asarray(
        values.str.fullmatch(ISO8601[kind]) & ~values.str.contains("[-PT](?:/|$)"), dtype=bool
    )
    if kind == "duration":
        return follows
    for day in (r"^(\d{4}-\d{2}-\d{2})", r"/(\d{4}-\d{2}-\d{2})"):
        days = values.str.extract(day, expand=False)
        follows &= days.isna() | pd.to_datetime(days, format="%Y-%m-%d", errors="coerce").notna()
    return follows


def _column(
    label: str, role: str, core: str, checks: list[Check], nullable: bool | None, facts: dict[str, object]
) -> Column:
    """Req and Exp variables are always there; Perm (and ADaM's Cond) ones where the transform made them."""
    return Column(
        title=label,
        checks=checks,
        nullable=core != "Req" if nullable is None else nullable,
        required=core in ("Req", "Exp"),
        metadata={"role": role, "core": core} | facts,
    )
