"""SAS data sets (SAS7BDAT). Observation n is row n + 1, as if the names of the variables were row 1."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from flows.problems import Problem, RawFileError
from flows.readers import Rows
from flows.readers.typed import column_of_texts, sas_kind, sas_text
from schemas.study import Source

CHUNK = 100_000  # rows read at a time


def header(path: Path, place: str, source: Source) -> list[str]:
    return _read(path, place, source, metadataonly=True)[1].column_names


def rows(path: Path, place: str, source: Source, keep: list[str]) -> Iterator[Rows]:
    done = 0
    while done % CHUNK == 0:
        columns, meta = _read(path, place, source, usecols=keep, row_offset=done, row_limit=CHUNK)
        got = len(columns[keep[0]])
        table = pa.table([_texts(columns[name], meta, name) for name in keep], keep)
        yield Rows(table, np.arange(done, done + got) + 2)
        done += got
        if not got:  # the part before ended where the file does
            break


def _texts(values: list, meta: object, name: str) -> pa.DictionaryArray:
    if meta.readstat_variable_types[name] == "string":
        return column_of_texts([value or "" for value in values])
    kind = sas_kind(meta.original_variable_types[name])
    texts = {value: sas_text(value, kind) for value in set(values)}
    return column_of_texts([texts[value] for value in values])


def _read(path: Path, place: str, source: Source, **options: object) -> tuple[dict, object]:
    import pyreadstat  # only studies with SAS files wait for it

    try:
        return pyreadstat.read_sas7bdat(
            path, encoding=source.encoding, user_missing=True, disable_datetime_conversion=True,
            output_format="dict", **options,
        )  # fmt: skip
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError, OSError) as error:
        words = f"cannot be read as a SAS data set: {error}"
        raise RawFileError([Problem(place, "", words)]) from None
