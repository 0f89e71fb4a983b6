"""Delimited text: CSV in any dialect and encoding that the study file declares."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv

from flows.problems import Problem, RawFileError
from flows.readers import TEXT, Rows
from schemas.study import Source

BLOCK = 16 << 20  # bytes read at a time


def header(path: Path, place: str, source: Source) -> list[str]:
    try:
        return _open(path, place, source, [], [], block=1 << 20).schema.names
    except UnicodeDecodeError as error:  # names that are no text are found only when they are asked for
        raise RawFileError([_unreadable(path, place, source, error, 1)]) from None


def rows(path: Path, place: str, source: Source, keep: list[str]) -> Iterator[Rows]:
    """The rows of the columns `keep`, block by block; at the end those that do not fit the header."""
    ragged: list[pa.csv.InvalidRow] = []
    reader = _open(path, place, source, keep, ragged)
    done, end = 0, []
    try:
        for batch in reader:
            # the reader leaves out rows that do not fit the header; the numbers of those after them move up
            # by one each
            skipped = np.array([row.number - i for i, row in enumerate(ragged)])
            index = np.arange(done, done + batch.num_rows) + 2
            done += batch.num_rows
            end = [column[-1].as_py() for column in batch.columns] if batch.num_rows else end
            numbers = index + np.searchsorted(skipped, index, side="right")
            filled = ~_is_blank(batch)
            if not filled.all():
                batch, numbers = batch.filter(pa.array(filled)), numbers[filled]
            yield Rows(pa.table(batch.columns, keep), numbers)
    except (pa.ArrowInvalid, UnicodeError) as error:
        row = done + len(ragged) + 2
        raise RawFileError([_unreadable(path, place, source, error, row)]) from None
    if problems := _unclosed(path, place, source, end + [row.text for row in ragged[-1:]]):
        raise RawFileError(problems)
    if ragged or not done:
        blank = pa.array([""] * len(ragged), pa.string()).dictionary_encode()
        why = [f"has {row.actual_columns} columns, the header {row.expected_columns}" for row in ragged]
        numbers = np.array([row.number for row in ragged], np.int64)
        yield Rows(pa.table([blank] * len(keep), keep), numbers, why)


def _open(
    path: Path, place: str, source: Source, columns: list[str], ragged: list, block: int | None = None
) -> pa.csv.CSVStreamingReader:
    if path.stat().st_size == 0:
        raise RawFileError([Problem(place, "", "is empty")])

    def set_aside(row: pa.csv.InvalidRow) -> str:
        ragged.append(row)
        return "skip"

    try:
        return pa.csv.open_csv(
            path,
            read_options=pa.csv.ReadOptions(
                use_threads=False, block_size=block or BLOCK, encoding=source.encoding
            ),
            parse_options=pa.csv.ParseOptions(
                delimiter=source.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,  # they count as rows do
                invalid_row_handler=set_aside,
            ),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(columns, TEXT),
                include_columns=columns,
                strings_can_be_null=False,
                null_values=[],
            ),
        )
    except (pa.ArrowInvalid, UnicodeError) as error:
        raise RawFileError([_unreadable(path, place, source, error, 1)]) from None


def _unreadable(path: Path, place: str, source: Source, error: Exception, row: int) -> Problem:
    """Where a file stops being text in its declared encoding; else what the reader says of the block with that
    row, without the row itself. A block at a time, as a file may be one endless line."""
    decoder = codecs.getincrementaldecoder(source.encoding)()
    read, line, cut = 0, 1, False
    with path.open("rb") as file:
        while True:
            block = file.read(BLOCK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as wrong:
                before = wrong.object[: wrong.start].decode(source.encoding, "ignore")
                at = read + len(block) - len(wrong.object) + wrong.start + 1
                words = f"byte 0x{wrong.object[wrong.start]:02x} is not {source.encoding}"
                place_in = f"line {line + _line_ends(before, cut)}, byte {at} of the file"
                return Problem(place, place_in, words)
            except UnicodeError as wrong:  # UTF-16 that does not say which of its two byte orders it has
                return Problem(place, "", str(wrong))
            if not block:
                break
            read += len(block)
            line += _line_ends(text, cut)
            cut = text.endswith("\r")
    if line == 1:
        return Problem(place, "", "has no complete line")
    if "straddl" in str(error):
        words = f"is longer than {BLOCK:,} bytes, or has a quotation mark that is never closed"
        return Problem(place, f"row {row} or below", words)
    return Problem(place, "", f"is not CSV as declared: {str(error).split(':')[0]}")


def _line_ends(text: str, after_cr: bool) -> int:
    """Line ends, of which CR LF is one, in a text; a LF that completes a CR before the text is none."""
    return text.count("\n") + text.count("\r") - text.count("\r\n") - (after_cr and text.startswith("\n"))


def _unclosed(path: Path, place: str, source: Source, end: list[str]) -> list[Problem]:
    """A quotation mark that is never closed, by a typing error or because the file has lost its end: the
    reader has taken all that follows for one value. `end` is the last row; a slow exact look is taken only
    where that may be."""
    with path.open("rb") as file:
        marks = sum(chunk.count(b'"') for chunk in iter(lambda: file.read(BLOCK), b""))
    if marks % 2 == 0 and not any("\n" in text or "\r" in text for text in end):
        return []
    number = 0
    with path.open(encoding=source.encoding, newline="") as file:
        try:
            for _ in csv.reader(file, delimiter=source.delimiter, strict=True):
                number += 1
        except csv.Error:
            return [Problem(place, f"row {number + 1}", "has quotation marks that do not pair")]
    return []


def _is_blank(batch: pa.RecordBatch) -> np.ndarray:
    """Rows without anything in them, as spreadsheets leave at the end of an export: they are no rows."""
    blank = np.ones(batch.num_rows, bool)
    for column in batch.columns:
        if not blank.any():
            break
        blank &= column.indices.to_numpy() == pa.compute.index(column.dictionary, "").as_py()
    return blank
