"""Work on the distinct values of a column, and take it back to the rows.

A nightly export has millions of rows and a few hundred distinct dates, codes and answers. Everything slow
(a regular expression, a dictionary, a calendar) is asked once about each value that occurs; the rows only
carry positions. Values that a category knows but no row has are not asked.
"""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
from pandas.api.extensions import take
from pandas.api.types import is_bool_dtype, is_numeric_dtype, union_categoricals

FIRST = 5000  # rows that most columns need to show all their values


def distinct(column: pd.Series) -> tuple[pd.Series, np.ndarray]:
    """One record per distinct value, and for each row its position in there; -1 is missing."""
    values, positions = _positions(column)
    return values, positions.astype(np.intp, copy=False)


def _positions(column: pd.Series) -> tuple[pd.Series, np.ndarray]:
    """As `distinct`, with the positions in as few bytes as the column has them in: too few to count with."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        codes, values = pd.factorize(column)
        return pd.Series(values), codes
    codes, values = column.array.codes, column.array.categories
    if len(values) <= min(len(codes), FIRST) and _all_occur(codes[:FIRST], len(values)):
        return pd.Series(values), codes
    seen = np.bincount(codes.astype(np.intp) + 1, minlength=len(values) + 1)[1:] > 0
    if not seen.all():
        codes = np.append(np.cumsum(seen) - 1, -1).astype(codes.dtype)[codes]
    return pd.Series(values[seen]), codes


def _all_occur(codes: np.ndarray, values: int) -> bool:
    """True if these codes are all that there can be: the first rows say so of most columns, without the others."""
    found = pd.unique(codes)
    return len(found) - (-1 in found) == values


def spread(results: pd.Series, positions: np.ndarray, like: pd.Series) -> pd.Series:
    """One record per row of `like`: its value's result; text as category, numbers as float, -1 as missing."""
    if is_numeric_dtype(results.dtype) or is_bool_dtype(results.dtype):
        numbers = np.append(results.to_numpy("float64", na_value=np.nan), np.nan)  # position -1 takes the last
        return pd.Series(numbers.take(positions, mode="wrap"), index=like.index, name=like.name, copy=False)
    if isinstance(results.dtype, pd.CategoricalDtype):
        return pd.Series(take(results.array, positions, allow_fill=True), index=like.index, name=like.name)
    # as pd.Series(...).astype("category"), without sorting what nobody reads in order
    texts = results if results.dtype == "str" else results.astype("str")
    codes, texts = pd.factorize(texts.array)
    codes = np.append(codes, -1).astype(np.min_scalar_type(-max(len(texts), 1)))
    terms = pd.CategoricalDtype(pd.Index(texts, copy=False))
    texts = pd.Categorical.from_codes(codes.take(positions, mode="wrap"), dtype=terms, validate=False)
    return pd.Series(texts, index=like.index, name=like.name, copy=False)


def mapped(column: pd.Series, function: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """One record per row: the function's result for the row's value. Missing stays missing.

    The function gets the distinct values as a Series and returns as many results in the same order.
    """
    values, positions = _positions(column)
    results = function(values)
    if results is values and isinstance(column.dtype, pd.CategoricalDtype):
        return column
    return spread(results, positions, column)


def replaced(column: pd.Series, here: pd.Series | np.ndarray, other: pd.Series | str | None) -> pd.Series:
    """One record per row: its text, and where `here` holds that of `other`, one text (None: missing) or one per row;
    as category."""
    if not isinstance(other, pd.Series):
        other = pd.Series(constant(other, len(column)))
    both = union_categoricals([texts_of(column), texts_of(other)])
    own, others = both.codes[: len(column)], both.codes[len(column) :]
    codes = np.where(np.asarray(here, dtype=bool), others, own)
    return pd.Series(
        pd.Categorical.from_codes(codes, dtype=both.dtype, validate=False), index=column.index, name=column.name
    )


def constant(value: str | None, length: int) -> pd.Categorical:
    """One record per row: the same text, or missing throughout."""
    codes = np.full(length, -1 if value is None else 0, dtype=np.int8)
    return pd.Categorical.from_codes(codes, categories=pd.Index([] if value is None else [value], dtype="str"))


def texts_of(column: pd.Series) -> pd.Series:
    """One record per row: its text, as category."""
    return column if isinstance(column.dtype, pd.CategoricalDtype) else mapped(column, lambda values: values)


def ranks(column: pd.Series) -> np.ndarray:
    """One record per row: the place of its value in sorting order, -1 for missing.

    A category sorts by the order in which its values were first met; a sort key has to be made.
    """
    values, positions = distinct(column)
    places = np.empty(len(values) + 1, dtype=np.int64)
    places[np.argsort(values.to_numpy(), kind="stable")] = np.arange(len(values))
    places[-1] = -1
    return places.take(positions, mode="wrap")


def stacked(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """One record per record of each frame, in their order; categories stay categories."""
    frames = list(frames)
    names = dict.fromkeys(name for frame in frames for name in frame)
    columns = {}
    for name in names:
        parts = [frame[name] if name in frame else _missing(frame, name, frames) for frame in frames]
        if all(isinstance(part.dtype, pd.CategoricalDtype) for part in parts):
            columns[name] = union_categoricals(parts)
        else:
            columns[name] = pd.concat(parts, ignore_index=True).array
    return pd.DataFrame(columns, copy=False)


def _missing(frame: pd.DataFrame, name: str, frames: list[pd.DataFrame]) -> pd.Series:
    """As many missing values as the frame has rows, in the type that the column has elsewhere."""
    like = next(other[name] for other in frames if name in other)
    return pd.Series(take(like.array, np.full(len(frame), -1), allow_fill=True))
