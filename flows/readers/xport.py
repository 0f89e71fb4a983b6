"""SAS transport files (XPORT version 5, SAS technical note TS-140; version 8 with its long names as well).
Observation n is row n + 1, as if the names of the variables were row 1.

Read here and not by a library, because special missing values (.A to .Z) must not turn into nothing."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from flows.problems import Problem, RawFileError
from flows.readers import Rows
from flows.readers.typed import column_of_texts, sas_kind, sas_text
from schemas.study import Source

CHUNK = 100_000  # rows read at a time
RECORD = 80  # bytes; everything is padded to whole records
NAMESTR = struct.Struct(">4h8s40s8s3h2s8s2hl52s")
LIBRARY, MEMBER = b"HEADER RECORD*******LIB", b"HEADER RECORD*******MEM"
NAMES, DATA = b"HEADER RECORD*******NAM", b"HEADER RECORD*******OBS"


class Variable(NamedTuple):
    name: str
    start: int
    width: int
    number: bool
    format: str


def header(path: Path, place: str, source: Source) -> list[str]:
    with _mapped(path, place) as content:
        return [variable.name for variable in _layout(content, place)[0]]


def rows(path: Path, place: str, source: Source, keep: list[str]) -> Iterator[Rows]:
    with _mapped(path, place) as content:
        variables, start = _layout(content, place)
        width = sum(variable.width for variable in variables)
        count, rest = divmod(len(content) - start, width)
        if len(content) % RECORD or content[len(content) - rest :].strip():
            raise RawFileError([Problem(place, f"row {count + 2}", "is cut off: the file has lost its end")])
        while count and len(content) - start - (count - 1) * width < RECORD and not (
            content[start + (count - 1) * width : start + count * width].strip(b" ")
        ):
            count -= 1  # the blanks that fill the last record are no row
        by_name = {variable.name: variable for variable in variables}
        for first in range(0, max(count, 1), CHUNK):
            many = min(CHUNK, count - first)
            part = content[start + first * width : start + (first + many) * width]
            cells = np.frombuffer(part, np.uint8).reshape(many, width)
            numbers = np.arange(first, first + many) + 2
            columns = [_texts(cells, by_name[name], numbers, place, source.encoding) for name in keep]
            yield Rows(pa.table(columns, keep), numbers)


@contextmanager
def _mapped(path: Path, place: str) -> Iterator[mmap.mmap]:
    with path.open("rb") as file:
        if not file.seek(0, 2):
            raise RawFileError([Problem(place, "", "is empty")])
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            yield content


def _layout(content: mmap.mmap, place: str) -> tuple[list[Variable], int]:
    """The variables in the order of their bytes in a row, and where the first row starts."""
    names, data = content.find(NAMES), content.find(DATA)
    member = content.find(MEMBER)
    if content[: len(LIBRARY)] != LIBRARY or not 0 < member < names < data or data % RECORD:
        raise RawFileError([Problem(place, "", "is no SAS transport file (XPT), or has lost its end")])
    second = content.find(MEMBER, data)
    if second >= 0 and second % RECORD == 0:
        raise RawFileError([Problem(place, "", "holds several data sets: one a file is read")])
    long_names = content[len(LIBRARY) : len(LIBRARY) + 2] == b"V8"
    size, count = content[member + 74 : member + 78], content[names + 54 : names + 58]
    if size != b"0140" or not count.isdigit() or names + RECORD + 140 * int(count) > data or not int(count):
        raise RawFileError([Problem(place, "", "describes its variables in a way that is not read")])
    variables = []
    for i in range(int(count)):
        kind, _, width, _, name, _, format, *_, start, rest = NAMESTR.unpack_from(
            content, names + RECORD + 140 * i
        )
        name = (long_names and rest[:32].strip(b" \0")) or name
        text = [part.decode("ascii", "replace").strip(" \0") for part in (name, format)]
        variables.append(Variable(text[0], start, width, kind == 1, text[1]))
    variables.sort(key=lambda variable: variable.start)
    ends = np.cumsum([0, *(variable.width for variable in variables)])
    if any(
        variable.start != end or not 0 < variable.width <= (8 if variable.number else 32767)
        for variable, end in zip(variables, ends, strict=False)
    ):
        raise RawFileError([Problem(place, "", "describes variables that do not fit into its rows")])
    return variables, data + RECORD


def _texts(
    cells: np.ndarray, variable: Variable, numbers: np.ndarray, place: str, encoding: str
) -> pa.DictionaryArray:
    own = np.ascontiguousarray(cells[:, variable.start : variable.start + variable.width])
    values, first, codes = np.unique(
        own.view(f"V{variable.width}").ravel(), return_index=True, return_inverse=True
    )
    values = [value.tobytes() for value in values]
    if variable.number:
        kind = sas_kind(variable.format)
        return column_of_texts([sas_text(_number(value), kind) for value in values], codes)
    texts = []
    for value, row in zip(values, numbers[first], strict=True):
        try:
            texts.append(value.rstrip(b" \0").decode(encoding))
        except UnicodeDecodeError as error:
            words = f"byte 0x{error.object[error.start]:02x} is not {encoding}"
            raise RawFileError([Problem(place, f"row {row}, column {variable.name}", words)]) from None
    return column_of_texts(texts, codes)


def _number(value: bytes) -> float | str | None:
    """An IBM floating point number: sign, exponent of 16 and fraction; with no fraction, a letter in the first
    byte is a special missing value and a point a missing one."""
    sign_and_exponent, fraction = value[0], int.from_bytes(value[1:].ljust(7, b"\0"), "big")
    if not fraction and sign_and_exponent:
        return None if value[:1] == b"." else value[:1].decode("ascii", "replace")
    number = np.ldexp(float(fraction), 4 * ((sign_and_exponent & 0x7F) - 64) - 56)
    return float(-number if sign_and_exponent & 0x80 else number)
