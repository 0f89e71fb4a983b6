"""What a delivery has changed against those before it: names of columns, what they hold, codes. Each change is a
named event, and its message proposes the line to add to the study file.

Looked at is the head of a file (`HEAD` rows): a changed export changes a column as a whole. Single cells have their
findings at the form door.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import NamedTuple

import pandas as pd

from schemas.forms import FORMS
from schemas.study import Column, Source, Study
from transforms.dates import UNKNOWN, read_date

HEAD = 2000  # rows of a file that are looked at
FEW = 3  # a column with fewer values shows no type and no format
MOST, FEWER = 0.9, 0.5  # a type is what most cells have; it is lost where fewer than half have it
ALIKE, SAME = 0.7, 0.8  # of names; of values
LONGEST_CODE = 40  # longer text is no code
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
SERIAL = re.compile(r"\d{5}(\.\d+)?")
TIME_OF_DAY = re.compile(r"[T ]+\d{1,2}:.*|\s+$")
IN_NUMBERS = re.compile(r"(\d{1,2})\D(\d{1,2})\D(\d{2}|\d{4})")
ORDERS = {"dmy": "mdy", "mdy": "dmy"}


class Content(NamedTuple):
    """What one column holds: cells with a value (missing codes are none), and how many of them are numbers, are dates
    as the source declares them, are for or against its order of day and month; shapes of the dates; the values."""

    cells: int
    numbers: int
    dates: int
    for_order: int
    against_order: int
    shapes: Counter
    values: frozenset[str]


class Event(NamedTuple):
    """One change: a key of [drift], the raw column, and what to say about it."""

    kind: str
    column: str
    message: str

    @property
    def rule(self) -> str:
        return self.kind.upper().replace("_", "-")


def contents(head: pd.DataFrame, source: Source) -> dict[str, Content]:
    """Column -> what it holds in the first rows of a file."""
    return {column: content(head[column], source) for column in head}


def content(column: pd.Series, source: Source) -> Content:
    counts = Counter(text.strip() for text in column.dropna().tolist())
    for blank in ("", *source.missing):
        counts.pop(blank, None)
    numbers = dates = for_order = against = 0
    shapes: Counter = Counter()
    for text, cells in counts.items():
        if NUMBER.fullmatch(text):
            numbers += cells
        if (date := date_shape(text, source)) is not None:
            shapes[date] += cells
        if date is not None and (bool(source.date_system and SERIAL.fullmatch(text)) or readable(text, source)):
            dates += cells
        if source.date_order in ORDERS and (found := IN_NUMBERS.fullmatch(TIME_OF_DAY.sub("", text))):
            day, month = (int(found[n]) for n in ((1, 2) if source.date_order == "dmy" else (2, 1)))
            for_order += cells * (month <= 12 < day)
            against += cells * (day <= 12 < month)
    return Content(counts.total(), numbers, dates, for_order, against, shapes, frozenset(counts))


def date_shape(text: str, source: Source) -> str | None:
    """How a date is written: "5 JAN 2020" and "12 FEB 2021" are both "d mon y". None for what looks like no date;
    "" for one with unknown parts, which may be written otherwise than the others."""
    if len(text) > 40 or not any(character.isdigit() for character in text):
        return None
    text = TIME_OF_DAY.sub("", text.upper())
    if source.date_system and SERIAL.fullmatch(text):  # a workbook has dates either way
        return "y-d-d"
    words = re.findall(r"[A-Z]+", text)
    if any(word in UNKNOWN for word in words):
        return ""
    shape = re.sub(r"[A-Z]+", "mon", text)
    shape = re.sub(r"\d{4}", "y", shape)
    shape = re.sub(r"\d{1,2}", "d", shape)
    return shape if len(re.findall(r"mon|y|d", shape)) in (2, 3) or SERIAL.fullmatch(text) or shape == "y" else None


def readable(text: str, source: Source) -> bool:
    iso, reason = read_date(text, source.date_order, source.two_digit_years_from)
    return reason is None


def date_columns(source: Source) -> set[str]:
    """Raw columns that hold dates."""
    form = FORMS[source.form].columns
    found = {source.updated} - {None}
    for block in (source.columns, *source.records):
        for name, spec in block.items():
            if name in form and form[name].metadata["kind"] == "date":
                found |= set(spec.column[:1])
    return found


def changes(before: Sequence[Mapping[str, Content]], now: Mapping[str, Content], source: Source) -> list[Event]:
    """Columns that held numbers or dates in the files before and do not now, and dates that are written in another
    way. Columns stand under their first names."""
    events, dates = [], date_columns(source)
    for column in source.raw_columns:
        past = [given[column] for given in before if column in given and given[column].cells >= FEW]
        if not past or column not in now or now[column].cells < FEW:
            continue
        other = column in dates and other_dates(past, now[column], source)
        if other:
            events.append(Event("date_format", column, other))
        elif (kind := lost_type(past, now[column], column in dates)) is not None:
            words = f"held {kind} in earlier deliveries and does not any more: {retyped_line(source, column, now)}"
            events.append(Event("retyped_column", column, words))
    return events


def lost_type(past: Sequence[Content], now: Content, dated: bool) -> str | None:
    """What the column held and does not any more: numbers or dates."""
    for kind in ("dates",) if dated else ("numbers",):
        had = all(getattr(then, kind) >= MOST * then.cells for then in past)
        if had and getattr(now, kind) < FEWER * now.cells:
            return kind
    return None


def other_dates(past: Sequence[Content], now: Content, source: Source) -> str | None:
    """What to say of dates in another format than before; None where they are not."""
    if now.against_order > now.for_order and all(then.against_order <= then.for_order for then in past):
        order = ORDERS[source.date_order]
        return (
            f"has dates that only the order {order} explains; before it was {source.date_order}. Dates that can be "
            "read both ways are read wrong until the site sends the old order again, or the source says "
            f'date_order = "{order}"'
        )
    known = Counter({shape: cells for shape, cells in now.shapes.items() if shape})
    earlier = {shape for then in past for shape in then.shapes if shape}
    if known.total() < FEW or not earlier:
        return None
    shape, cells = known.most_common(1)[0]
    if shape in earlier or cells <= FEWER * known.total():
        return None
    usual = Counter(shape for then in past for shape in then.shapes.elements() if shape).most_common(1)[0][0]
    words = f"has dates written as {words_of(shape)}; before they were written as {words_of(usual)}"
    if now.dates >= MOST * now.cells:
        return words + ': they can be read; drift.date_format = "accept" says that this is right'
    return words + f", and cannot be read: the source declares date_order = {json.dumps(source.date_order)}"


def words_of(shape: str) -> str:
    return "a serial number" if re.fullmatch(r"[dy]+(\..*)?", shape) and shape != "y" else f'"{shape}"'


def renamed(
    lost: Mapping[str, Sequence[Content]], new: Mapping[str, Content], names: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """First name of a column that is missing -> the new column that it seems to have become: one whose name is alike
    and whose content does not speak against it, or one with the same values."""
    pairs = []
    for first, past in lost.items():
        values = frozenset().union(*(then.values for then in past))
        for name, now in new.items():
            alike = max(likeness(name, other) for other in names[first])
            shared = len(values & now.values) / max(1, min(len(values), len(now.values)))
            same = shared >= SAME and min(len(values), len(now.values)) >= FEW
            if same or (alike >= ALIKE and not unlike(past, now)):
                pairs.append((alike + shared, first, name))
    found: dict[str, str] = {}
    for _, first, name in sorted(pairs, reverse=True):
        if first not in found and name not in found.values():
            found[first] = name
    return found


def likeness(one: str, other: str) -> float:
    plain = [re.sub(r"[\W_]", "", name.casefold()) for name in (one, other)]
    return SequenceMatcher(None, *plain).ratio()


def unlike(past: Sequence[Content], now: Content) -> bool:
    """Whether the values are of another type than those before."""
    known = [then for then in past if then.cells]
    if not known or not now.cells:
        return False
    return any(
        abs(getattr(now, kind) / now.cells - sum(getattr(then, kind) for then in known) / sum(t.cells for t in known))
        > FEWER
        for kind in ("numbers", "dates")
    )


def needed(first: str, source: Source) -> bool:
    """Whether no row can be used without the raw column: of the key, of what a row must have, or the mark of rows that
    are taken out."""
    form = FORMS[source.form].columns
    always = {name for name, column in form.items() if not column.nullable} | set(source.key)
    used = {source.inactive.column} if source.inactive else set()
    for block in (source.columns, *source.records):
        used |= {column for name, spec in block.items() if name in always for column in spec.column[:1]}
    return first in used


# --- the lines that the messages propose


def new_line(name: str, source: Source, column: str) -> str:
    unused = ", ".join(json.dumps(one, ensure_ascii=False) for one in (*source.unused, column))
    return f"map it, or write unused = [{unused}] under [sources.{name}]"


def renamed_line(name: str, source: Source, first: str, new: str) -> str:
    """The line that names the new column as another name of the one that is missing."""
    names = [*source.raw_columns[first], new]
    for place, spec in source.specs().items():
        if spec.column[:1] == (first,):
            table, key = place.split(".", 1)
            return f"write {key.rsplit('.')[-1]} = {toml(spec, names)} under [sources.{name}.{table}]"
    return "the site has to send the old name: updated and inactive have one name"


def toml(spec: Column, names: Sequence[str]) -> str:
    """A Column as it is written in the study file, with these names."""
    column = json.dumps(list(names) if len(names) > 1 else names[0], ensure_ascii=False)
    parts = [f"column = {column}"]
    if spec.codes:
        parts.append(f"codes = {json.dumps(spec.codes)}")
    if spec.unit is not None:
        value = f"{{ value = {json.dumps(spec.unit.value, ensure_ascii=False)} }}"
        parts.append(f"unit = {toml(spec.unit, spec.unit.column) if spec.unit.column else value}")
    if spec.label:
        parts.append(f"label = {json.dumps(spec.label, ensure_ascii=False)}")
    return f"{{ {', '.join(parts)} }}" if len(parts) > 1 else column


def missing_line(first: str, source: Source) -> str:
    if needed(first, source):
        return ""
    return '; if it is not collected any more, drift.missing_column = "accept" leaves its cells blank'


def retyped_line(source: Source, column: str, now: Mapping[str, Content]) -> str:
    """What to write for a column of another type. Codes are shown; other values are nobody's business."""
    codes = [spec.codes for spec in source.specs().values() if spec.column[:1] == (column,) and spec.codes]
    if codes:
        shown = sorted(value for value in now[column].values if len(value) <= LONGEST_CODE)[:10]
        added = ", ".join(json.dumps(value, ensure_ascii=False) for value in shown)
        return f"if they are right, add {added} to codelists.{codes[0]} and their terms to codes.csv"
    return 'drift.retyped_column = "accept" reads what can be read, cell by cell'


def with_code_lines(findings: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The findings; each of a code that is not known proposes the line of codes.csv that would make it known."""
    lists = {
        (name, column): spec.codes
        for name, source in study.file.sources.items()
        for spec in source.specs().values()
        if spec.codes
        for column in spec.column
    }
    message = findings["message"].astype("object")
    unknown = findings[findings["rule"].isin(["CODE", "UNIT"]) & findings["value"].notna()]
    for (name, column, value), rows in unknown.groupby(["dataset", "column", "value"]):
        codelist = lists.get((name, column))
        if codelist and len(value) <= LONGEST_CODE:
            line = code_line(codelist, value, study)
            words = f'; if it is one, add it to codelists.{codelist} and the line {line} to codes.csv'
            message[rows.index] += words
    return findings.assign(message=message.astype("str"))


def code_line(codelist: str, value: str, study: Study) -> str:
    """codelist,code,term; the term is that of the code that looks most alike."""
    terms = {code.casefold(): term for code, term in study.code_terms.get(codelist, {}).items()}
    near = get_close_matches(value.casefold(), terms, n=1, cutoff=ALIKE)
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([codelist, value, terms[near[0]] if near else "TERM"])
    return text.getvalue()
