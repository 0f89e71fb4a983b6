"""SAS transport files of version 5 as Arrow tables, however they were written.

pandas.read_sas loses the last record where it ends in blanks and is shorter than a card; pyreadstat takes ten times as
long and refuses text that is not UTF-8. What is wrong with a file is what conformance asks, so it is read as it is.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from flows.problems import Problem, RawFileError

CARD = 80
ROWS = 100_000
NAMESTR = struct.Struct(">h2xhh8s40s8shh")


class Variable(NamedTuple):
    """What the file says of a variable."""

    name: str
    label: str
    numeric: bool
    length: int
    format: str


class Transport(NamedTuple):
    """The first dataset of a file; `start` is where its observations begin."""

    path: Path
    name: str
    label: str
    variables: list[Variable]
    start: int
    records: int


def transport(path: Path) -> Transport:
    """The header of a transport file; RawFileError where it is none."""

    def refused(words: str) -> RawFileError:
        return RawFileError([Problem(str(path), "", f"is not a SAS transport file of version 5: {words}")])

    with open(path, "rb") as file:
        head = file.read(CARD * 8)
        if not head.startswith(b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!"):
            version = "of version 8" if b"LIBV8" in head[:CARD] else "it has no LIBRARY header"
            raise refused(version)
        if len(head) < CARD * 8 or head[CARD * 3 :].find(b"HEADER RECORD*******MEMBER ") != 0:
            raise refused("it has no MEMBER header")
        size = int(head[CARD * 3 + 74 : CARD * 3 + 78])
        count = re.search(rb"NAMESTR HEADER RECORD!!!!!!!000000(\d{4})", head)
        if not count:
            raise refused("it has no NAMESTR header")
        many = int(count[1])
        names = file.read(-(-many * size // CARD) * CARD)
        obs = file.read(CARD)
        start = file.tell()
        if not obs.startswith(b"HEADER RECORD*******OBS "):
            raise refused("it has no OBS header")
        variables = [variable(names[at * size :][:size]) for at in range(many)]
        width = sum(one.length for one in variables)
        records = records_in(file, start, width) if width else 0
    member = head[CARD * 5 : CARD * 7]
    return Transport(path, text(member[8:16]), text(member[CARD + 32 : CARD + 72]), variables, start, records)


def variable(namestr: bytes) -> Variable:
    kind, length, _, name, label, form, width, digits = NAMESTR.unpack_from(namestr)
    shown = text(form) + (str(width) if width else "") + (f".{digits}" if digits else "")
    return Variable(text(name), text(label), kind == 1, length, shown)


def text(data: bytes) -> str:
    return data.decode("latin-1").rstrip(" \0")


def records_in(file, start: int, width: int) -> int:
    """The file does not say how many there are: its last card is filled up with blanks, and no more."""
    end = file.seek(0, 2)
    records = (end - start) // width
    spare = min(records, (CARD - 1) // width)
    file.seek(start + (records - spare) * width)
    tail = file.read(spare * width)
    while spare and not tail[(spare - 1) * width : spare * width].strip(b" "):
        spare, records = spare - 1, records - 1
    return records


def batches(found: Transport) -> Iterator[pa.RecordBatch]:
    """The observations, in their order: text without trailing blanks, missing numbers as null."""
    shape = np.dtype([(f"{at}", f"V{one.length}") for at, one in enumerate(found.variables)])
    with open(found.path, "rb") as file:
        file.seek(found.start)
        for begin in range(0, found.records, ROWS):
            rows = np.fromfile(file, shape, min(ROWS, found.records - begin))
            columns = [
                numbers(rows[f"{at}"], one.length) if one.numeric else texts(rows[f"{at}"], one.length)
                for at, one in enumerate(found.variables)
            ]
            yield pa.RecordBatch.from_arrays(columns, names=[one.name for one in found.variables])


def texts(cells: np.ndarray, width: int) -> pa.Array:
    """Text of a file that says nothing of its encoding: UTF-8 where that reads, else Latin-1."""
    data = pa.py_buffer(np.ascontiguousarray(cells).tobytes())
    different = pa.FixedSizeBinaryArray.from_buffers(pa.binary(width), len(cells), [None, data]).dictionary_encode()
    raw = [term.rstrip(b" \0") for term in different.dictionary.to_pylist()]
    try:
        terms = [term.decode() for term in raw]
    except UnicodeDecodeError:
        terms = [term.decode("latin-1") for term in raw]
    return pa.array(terms, pa.string()).take(different.indices)


def numbers(cells: np.ndarray, width: int) -> pa.Array:
    """IBM's floating point, cut to `width` bytes, as doubles: sign, seven bits for the power of 16, the fraction."""
    whole = np.zeros((len(cells), 8), "u1")
    whole[:, :width] = np.ascontiguousarray(cells).view("u1").reshape(-1, width)
    bits = whole.view(">u8").ravel().astype("u8")
    fraction = bits & np.uint64((1 << 56) - 1)
    power = ((bits >> np.uint64(56)) & np.uint64(0x7F)).astype("i4")
    values = np.ldexp(fraction.astype("f8"), 4 * (power - 64) - 56)
    values = np.where(bits >> np.uint64(63) == 1, -values, values)
    missing = (fraction == 0) & (whole[:, 0] != 0)  # ., ._ and .A to .Z
    return pa.array(values, mask=missing)
