"""The door of a dataset: a frame goes through as its schema says, or every failure is told at once."""

from collections.abc import Collection, Mapping
from copy import copy

import numpy as np
import pandas as pd
from pandera.errors import SchemaErrors
from pandera.pandas import DataFrameSchema

from schemas.columns import in_codelist
from schemas.terminology import codelist


def conform(
    frame: pd.DataFrame, schema: DataFrameSchema, extensions: Mapping[str, Collection[str]] | None = None
) -> pd.DataFrame:
    """The frame with the schema's columns in the schema's order; raises SchemaErrors with all that is wrong.

    An Exp variable that nothing was collected for is added empty; a Perm one is left out.
    `extensions` are the terms that the study adds to an extensible codelist, by its C-code.
    """
    for name, column in schema.columns.items():
        if name not in frame and column.metadata["core"] == "Exp":
            frame = frame.assign(**{name: _missing(len(frame), column.metadata["type"])})
    known = [name for name in schema.columns if name in frame]
    unknown = [name for name in frame if name not in schema.columns]
    return extended(schema, extensions or {}).validate(frame[known + unknown], lazy=True)


def extended(schema: DataFrameSchema, extensions: Mapping[str, Collection[str]]) -> DataFrameSchema:
    """The same schema, with the study's own terms in the codelists that may be extended."""
    closed = [code for code in extensions if not codelist(code).extensible]
    if closed:
        raise ValueError(f"codelist {', '.join(closed)} is not extensible")
    schema = copy(schema)
    schema.columns = schema.columns.copy()
    for name, column in schema.columns.items():
        codes = column.metadata["codelist"]
        if extensions.keys() & set(codes):
            own = in_codelist(codes, extensions)
            column = schema.columns[name] = copy(column)
            column.checks = [own if check.name == own.name else check for check in column.checks]
    return schema


def failures(errors: SchemaErrors) -> pd.DataFrame:
    """One record per failed check and value; row is an index label, missing where the whole column fails."""
    cases = errors.failure_cases.assign(dataset=errors.schema.name)
    cases = cases.rename(columns={"index": "row", "failure_case": "value"})
    return cases[["dataset", "row", "column", "value", "check"]]


def _missing(rows: int, kind: str) -> np.ndarray | pd.Categorical:
    if kind == "Num":
        return np.full(rows, np.nan)
    return pd.Categorical.from_codes(np.full(rows, -1, dtype="int8"), categories=pd.Index([], dtype="str"))
