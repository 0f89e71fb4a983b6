"""REDCap's flat export: one table for all instruments, its rows split by instrument with the data dictionary.

A row is a record, in longitudinal projects of one event, in repeating instruments of one instance; it holds something
for few of the instruments. To a source belong the rows that say something on its instrument, and the columns of that
instrument; the other rows are counted.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute

from flows.problems import Problem, RawFileError, did_you_mean
from flows.readers import Rows, delimited
from schemas.study import Source

# what is needed of a data dictionary: its column as downloaded by hand, and as the API names it
DICTIONARY = {
    "name": ("Variable / Field Name", "field_name"),
    "form": ("Form Name", "form_name"),
    "kind": ("Field Type", "field_type"),
    "label": ("Field Label", "field_label"),
    "choices": ("Choices, Calculations, OR Slider Labels", "select_choices_or_calculations"),
}
ALWAYS = {"yesno": {"1": "Yes", "0": "No"}, "truefalse": {"1": "True", "0": "False"}}
STATUS = {"0": "Incomplete", "1": "Unverified", "2": "Complete"}
NOTHING = ("", "0", "Unchecked", "Incomplete")  # what a box or a status says where nobody has been


class Field(NamedTuple):
    """One column of an instrument; a checkbox has one for each choice."""

    name: str
    form: str
    kind: str
    label: str
    choices: dict[str, str]  # code -> label


def dictionary(path: Path, place: str) -> tuple[Field, ...]:
    """The columns of an export, in the dictionary's order. The first is the record's id, which every row has."""
    try:
        reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
        given = reader.fieldnames or []
        found = {key: next((one for one in names if one in given), None) for key, names in DICTIONARY.items()}
        if lacking := [DICTIONARY[key][0] for key, name in found.items() if name is None]:
            words = f"is no REDCap data dictionary: it has no column {', '.join(lacking)}"
            raise RawFileError([Problem(place, "line 1", words)])
        lines = [{key: (row[name] or "").strip() for key, name in found.items()} for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise RawFileError([Problem(place, "", f"is no CSV in UTF-8: {error}")]) from None
    fields: list[Field] = []
    for line in lines:
        choices = ALWAYS.get(line["kind"], {})
        if line["kind"] in ("radio", "dropdown", "checkbox"):
            pairs = [choice.partition(",") for choice in line["choices"].split("|")]
            choices = {code.strip(): re.sub("<[^>]*>", "", label).strip() for code, _, label in pairs}
        own = Field(line["name"], line["form"], line["kind"], line["label"], choices)
        if line["kind"] == "checkbox":
            fields += [
                own._replace(
                    name=f"{own.name}___{re.sub('[^a-z0-9_]', '_', code.lower())}",
                    choices={"0": "Unchecked", "1": "Checked"},
                )
                for code in choices
            ]
        elif line["kind"] != "descriptive":
            fields.append(own)
    for form in dict.fromkeys(field.form for field in fields):
        fields.append(Field(f"{form}_complete", form, "status", "", STATUS))
        fields.append(Field(f"{form}_timestamp", form, "status", "", {}))
    return tuple(fields)


def header(path: Path, place: str, source: Source, fields: Sequence[Field]) -> list[str]:
    """The columns that say whose row it is, those of the source's instrument, and those that no instrument has."""
    forms = dict.fromkeys(field.form for field in fields)
    if source.redcap_form not in forms:
        words = f"{source.redcap_form} is no instrument of the dictionary: {', '.join(forms)}"
        words += did_you_mean(source.redcap_form, forms)
        raise RawFileError([Problem(place, source.dictionary, words)])
    names = delimited.header(path, place, source)
    form = {field.name: field.form for field in fields}
    if not form.keys() & set(names) and {field.label for field in fields} & set(names):
        words = "has the labels of the fields: export the data with variable names in the header"
        raise RawFileError([Problem(place, "header", words)])
    first = fields[0].name
    return [name for name in names if name == first or form.get(name, source.redcap_form) == source.redcap_form]


def rows(path: Path, place: str, source: Source, keep: list[str], fields: Sequence[Field]) -> Iterator[Rows]:
    """The rows that say something on the source's instrument."""
    own = [field for field in fields[1:] if field.form == source.redcap_form and field.name in keep]
    own += [field for field in fields[:1] if field.form == source.redcap_form and len(own) == 0]
    for part in delimited.rows(path, place, source, keep):
        _check_values(part.table, place, source, own)
        if part.ragged is not None:
            yield part
            continue
        named, known = _named(source.redcap_form, source.repeat), {_plain(field.form) for field in fields}
        _check_name(part.table, place, source, own, named | known)
        mine = _of_form(part.table, own, named, named | known)
        yield Rows(part.table.filter(pa.array(mine)), part.numbers[mine], others=int((~mine).sum()))


def parts(path: Path, place: str, source: Source, fields: Sequence[Field]) -> dict[str, int]:
    """Instrument -> rows that say something on it."""
    names = delimited.header(path, place, source)
    forms: dict[str, list[Field]] = {}
    for field in fields[1:]:
        if field.name in names:
            forms.setdefault(field.form, []).append(field)
    found = dict.fromkeys(forms, 0)
    known = {_plain(form) for form in forms}
    for part in delimited.rows(path, place, source, names):
        if part.ragged is None:
            for form, own in forms.items():
                found[form] += int(_of_form(part.table, own, _named(form, None), known).sum())
    return {form: count for form, count in found.items() if count}


def codes(fields: Sequence[Field], source: Source) -> dict[str, dict[str, str]]:
    """Column -> the codes that it can hold, as the source exports them, and what they say."""
    own = {field.name: field.choices for field in fields if field.choices}
    if source.values == "raw":
        return own
    return {name: {label: label for label in choices.values()} for name, choices in own.items()}


def _named(form: str, label: str | None) -> set[str]:
    """What redcap_repeat_instrument may call an instrument, without regard to case and blanks."""
    return {_plain(form), _plain(label or form)}


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def _of_form(table: pa.Table, own: Sequence[Field], named: set[str], known: set[str]) -> np.ndarray:
    """True for each row that says something on an instrument: a row of a repeating one names it; in any other, and
    where the name is none that is known, there is a value, a box is checked, or its status is more than incomplete."""
    says = _says(table, own)
    if "redcap_repeat_instrument" not in table.column_names:
        return says
    repeats = _is_in(table, "redcap_repeat_instrument", lambda text: _plain(text) in known)
    mine = _is_in(table, "redcap_repeat_instrument", lambda text: _plain(text) in named)
    return np.where(repeats, mine, says)


def _says(table: pa.Table, own: Sequence[Field]) -> np.ndarray:
    says = np.zeros(table.num_rows, bool)
    for field in own:
        nothing = NOTHING if field.kind in ("checkbox", "status") else ("",)
        says |= _is_in(table, field.name, lambda text, nothing=nothing: text not in nothing)
    return says


def _check_name(table: pa.Table, place: str, source: Source, own: Sequence[Field], known: set[str]) -> None:
    """A row that says something on the instrument under a name that nobody knows would be nobody's row."""
    if "redcap_repeat_instrument" not in table.column_names:
        return
    strange = _is_in(table, "redcap_repeat_instrument", lambda text: text != "" and _plain(text) not in known)
    names = table.column("redcap_repeat_instrument").filter(pa.array(strange & _says(table, own)))
    if len(names):
        name = names[0].as_py()
        words = f"holds {name} on rows of {source.redcap_form}, and no instrument of the dictionary is called so: "
        words += f'if the project calls it that, say repeat = "{name}"'
        raise RawFileError([Problem(place, "column redcap_repeat_instrument", words)])


def _is_in(table: pa.Table, column: str, wanted) -> np.ndarray:
    found = np.zeros(0, bool)
    for chunk in table.column(column).chunks:
        good = np.array([wanted(text) for text in chunk.dictionary.to_pylist()] or [False])
        found = np.append(found, good[chunk.indices.to_numpy()])
    return found


def _check_values(table: pa.Table, place: str, source: Source, own: Sequence[Field]) -> None:
    """A column that holds labels where the source says codes, or the other way round, makes the file another one than
    declared. What is neither is a finding later."""
    problems = []
    for field in own:
        declared, other = set(field.choices), set(field.choices.values())
        if source.values == "label":
            declared, other = other, declared
        held = pa.compute.unique(table.column(field.name).cast(pa.string())).to_pylist()
        if wrong := [text for text in held if text in other - declared - source.missing.keys()]:
            words = f'holds {wrong[0]}, and the source says values = "{source.values}"'
            problems.append(Problem(place, f"column {field.name}", words))
    if problems:
        raise RawFileError(problems)
