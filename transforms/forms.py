"""Raw text -> forms: the site's words renamed, recoded and read, through the two layers of the form door.

The first layer looks at the text (is it a known code, a date, a number), the second at the values read from it (range,
presence): one cell that cannot be read would otherwise hide what else is wrong in its column. A row without a usable
subject or topic is set aside whole; any other bad cell is left blank (a result stays verbatim), with a finding.

Nothing is lost: each raw row ends in the form, set aside or superseded, and says why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.forms import FORMS
from schemas.study import Column, Source, Study
from transforms.dates import iso_dates, iso_times
from transforms.distinct import distinct, mapped, ranks, spread, stacked
from transforms.instruments import instrument
from transforms.units import standardised

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
NOT_DONE = "NOT DONE"
FINDING = ["rule", "severity", "dataset", "USUBJID", "_file", "_row", "column", "value", "message"]
# coding.csv -> variables of the form
CODING = {
    "ae": ("AETERM", {"decod": "AEDECOD", "bodsys": "AEBODSYS", "hlgt": "AEHLGT", "hlt": "AEHLT", "llt": "AELLT"}),
    "mh": ("MHTERM", {"decod": "MHDECOD", "bodsys": "MHBODSYS"}),
    "cm": ("CMTRT", {"decod": "CMDECOD", "bodsys": "CMCLAS"}),
}


class Forms(NamedTuple):
    """What the raw rows of a set of subjects became.

    forms        form -> rows; qs and rs: source -> rows
    outcomes     one record per raw row: _source, _file, _row, outcome (in form, rejected, superseded), reason
    findings     one record per thing to look at
    corrections  one record per raw row that a line of corrections.csv changed: line, _file, _row
    """

    forms: dict
    outcomes: pd.DataFrame
    findings: pd.DataFrame
    corrections: pd.DataFrame


def subject_forms(raw: Mapping[str, pd.DataFrame], study: Study) -> Forms:
    """The forms of a set of subjects. Demographics come first: a subject without them is held out of all other forms."""
    demographics = list(study.sources_of("dm"))
    others = [name for name in study.file.sources if name not in demographics]
    known, held = pd.Index([]), pd.Index([])
    done: dict[str, SourceRows] = {}
    for name in demographics:
        done[name] = source_rows(raw[name], name, study)
        known = known.union(done[name].form["USUBJID"].dropna().unique())
        held = held.union(done[name].subjects_set_aside)
    held = held.difference(known)
    for name in others:
        done[name] = source_rows(raw[name], name, study, known, held)
    forms: dict = {}
    for name, source in study.file.sources.items():
        if source.form in ("qs", "rs"):
            forms.setdefault(source.form, {})[name] = done[name].form
        else:
            forms.setdefault(source.form, []).append(done[name].form)
    forms = {name: stacked(rows) if isinstance(rows, list) else rows for name, rows in forms.items()}
    findings = pd.concat([rows.findings for rows in done.values()], ignore_index=True)
    # one query for each subject that the demographics do not know, however many rows it has
    again = (findings["rule"] == "SUBJECT") & findings.duplicated(["rule", "USUBJID"])
    return Forms(
        forms,
        pd.concat([rows.outcomes for rows in done.values()], ignore_index=True),
        findings[~again].reset_index(drop=True),
        pd.concat([rows.corrections for rows in done.values()], ignore_index=True),
    )


class SourceRows(NamedTuple):
    form: pd.DataFrame
    outcomes: pd.DataFrame
    findings: pd.DataFrame
    corrections: pd.DataFrame
    subjects_set_aside: pd.Index


def source_rows(
    raw: pd.DataFrame, name: str, study: Study, known: pd.Index | None = None, held: pd.Index | None = None
) -> SourceRows:
    """The rows of one source, over all its deliveries. `known` and `held` subjects are given for all but demographics."""
    source = study.file.sources[name]
    raw = raw.reset_index(drop=True)
    ragged = raw["_ragged"].notna()
    text = pd.DataFrame({column: mapped(raw[column], _clean) for column in source.raw_columns}, index=raw.index)
    text, changes = _corrected(text, name, study)
    usubjid = _usubjid(text, source, study)
    stands, reason, found = _newest(text, raw, source, study)
    found.append(_finding("COLUMNS", "error", np.flatnonzero(ragged), None, None, raw.loc[ragged, "_ragged"].astype("str")))
    reason = reason.mask(ragged, "COLUMNS: the row does not fit the header")

    as_text = _text_rows(text[stands & ~ragged], source, study)
    unreadable = _failures(_text_layer(source, study), as_text)
    form = _typed(as_text, unreadable, source)
    impossible = _failures(_typed_layer(source), form)
    found += _cell_findings(pd.concat([unreadable, impossible]), as_text, source)
    form = _without(form, impossible, source)

    aside = pd.Series(None, index=form.index, dtype="str")
    for column in _whole_row(source):
        aside = aside.mask(aside.isna() & form[column].isna(), f"REQUIRED: {column} is blank or unknown")
    form["USUBJID"] = usubjid.take(form["_at"]).array
    set_aside = form.loc[aside.notna(), "USUBJID"].dropna().unique()
    if known is not None:
        stranger = aside.isna() & ~form["USUBJID"].isin(known)
        waiting = stranger & form["USUBJID"].isin(held)
        at = form.loc[stranger & ~waiting, "_at"]
        found.append(_finding("SUBJECT", "error", at, _raw_name(source, "SUBJID"), None, "is no subject of the demographics: the row is set aside"))
        aside = aside.mask(stranger, "SUBJECT: unknown to the demographics").mask(waiting, "SUBJECT: held out, its demographics are set aside")
    outcomes = _outcomes(raw, name, stands, ragged, reason, form["_at"], aside)

    form = form[aside.isna()].reset_index(drop=True)
    form, worded = _worded(form, source, study)
    found += [*worded, *_without_unit(form, source)]
    for column in ("_file", "_row"):
        form[column] = raw[column].take(form["_at"]).array
    form["_source"] = pd.Categorical.from_codes(np.zeros(len(form), int), [name])
    findings = pd.concat(found, ignore_index=True)
    at = findings.pop("_at").to_numpy(int)
    findings = findings.assign(dataset=name, USUBJID=usubjid.take(at).array, _file=raw["_file"].take(at).array, _row=raw["_row"].take(at).array)
    changes = changes[(stands & ~ragged).to_numpy()[changes["_at"]]]
    corrections = raw.loc[changes["_at"], ["_file", "_row"]].assign(line=changes["line"].to_numpy())
    return SourceRows(form.drop(columns="_at"), outcomes, findings[FINDING], corrections, pd.Index(set_aside))


def _clean(values: pd.Series) -> pd.Series:
    """Full-width forms folded, white space collapsed, blank is missing. The text as sent stays in the raw layer."""
    folded = [" ".join(unicodedata.normalize("NFKC", value).split()) for value in values]
    return pd.Series(folded, dtype="str").replace("", np.nan)


def _corrected(text: pd.DataFrame, name: str, study: Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The text after corrections.csv, and one record per changed row (line, _at). Matched on the cleaned text, so that a
    correction is written as a person reads the cell."""
    changes = [pd.DataFrame({"line": np.empty(0, int), "_at": np.empty(0, int)})]
    for line, correction in enumerate(study.corrections, 2):
        if correction.source == name:
            wanted = dict(part.split("=", 1) for part in correction.match.split(";")) | {correction.column: correction.value}
            here = np.logical_and.reduce([text[c].isna() if value == "" else text[c].eq(value) for c, value in wanted.items()])
            text[correction.column] = text[correction.column].astype("str").mask(here, correction.new_value or np.nan).astype("category")
            changes.append(pd.DataFrame({"line": line, "_at": np.flatnonzero(here)}))
    return text, pd.concat(changes, ignore_index=True)


def _usubjid(text: pd.DataFrame, source: Source, study: Study) -> pd.Series:
    """USUBJID of each raw row; missing where site or subject is blank (SDTMIG 3.4 section 5.2: unique across the study)."""
    subjects, at_subject = distinct(_coded(text, source.columns["SUBJID"], study))
    sites, at_site = distinct(_coded(text, source.columns["SITEID"], study))
    pairs = np.where((at_site < 0) | (at_subject < 0), -1, at_site * len(subjects) + at_subject)
    pairs, at_pair = np.unique(pairs, return_inverse=True)
    with_site = study.policies.usubjid == "study-site-subject"
    names = [
        None if pair < 0 else "-".join((study.id, *([sites[pair // len(subjects)]] if with_site else []), subjects[pair % len(subjects)]))
        for pair in pairs
    ]
    return spread(pd.Series(names, dtype="str"), at_pair, pd.Series(index=text.index, name="USUBJID"))


def _coded(text: pd.DataFrame, spec: Column, study: Study) -> pd.Series:
    """A column's text with its codes turned into terms; a code that has no term stays as it is."""
    if spec.value is not None:
        return _constant(spec.value, text.index)
    column = text[spec.column[0]]
    if not spec.codes:
        return column
    terms = study.code_terms[spec.codes]
    return mapped(column, lambda values: values.map(terms).fillna(values))


def _constant(value: str, index: pd.Index) -> pd.Series:
    return pd.Series(pd.Categorical.from_codes(np.zeros(len(index), int), pd.Index([value], dtype="str")), index=index)


def _newest(text: pd.DataFrame, raw: pd.DataFrame, source: Source, study: Study) -> tuple[pd.Series, pd.Series, list[pd.DataFrame]]:
    """Which rows stand now, why the others are superseded, and findings. The export mode says what absence means."""
    reason = pd.Series(None, index=text.index, dtype="str")
    keys = [_coded(text, source.columns[column], study) for column in source.key]
    blank = np.logical_or.reduce([column.isna() for column in keys])
    # a row without a whole key is nobody's version
    key = np.where(blank, -1 - np.arange(len(text)), _row_codes(keys))
    day, file, row = ranks(raw["_delivery"]), ranks(raw["_file"]), raw["_row"].to_numpy()
    changed = ranks(text[source.updated]) if source.updated else np.zeros(len(text), int)
    order = np.lexsort((row, file, changed, day))
    latest = pd.Series(order, index=key[order]).groupby(level=0).last()
    winner = latest.reindex(key).to_numpy()  # position of the newest version of each row's key
    stands = pd.Series(winner == np.arange(len(text)), index=text.index)
    same = ~stands & (_row_codes([text[column] for column in text]) == _row_codes([text[column] for column in text])[winner])
    reason = reason.mask(~stands, "NEWER: a newer version of the row stands").mask(same, "DUPLICATE: the same row, sent again")
    found = []
    # two rows with one key in one delivery: the site should know, whichever stands
    twice = ~stands & (day == day[winner])
    words = "is the same as another row of its delivery: one of them stands"
    found.append(_finding("DUPLICATE", "note", np.flatnonzero(twice & same), None, None, words))
    words = f"has the key ({', '.join(source.key)}) of another row of its delivery and other values: the newest stands"
    found.append(_finding("DUPLICATE-KEY", "warning", np.flatnonzero(twice & ~same), None, None, words))
    if source.mode == "cumulative" and len(day):
        gone = stands & (day < day.max())
        reason = reason.mask(gone, "DELETED: absent from a later cumulative delivery")
        words = "is absent from a later cumulative delivery: its record is gone"
        found.append(_finding("DELETED", "note", np.flatnonzero(gone), None, None, words))
        stands &= ~gone
    if source.inactive:
        off = stands & text[source.inactive.column].isin(source.inactive.values)
        reason = reason.mask(off, "INACTIVE: taken out in the EDC")
        words = "is marked as taken out: its record is gone"
        found.append(_finding("INACTIVE", "note", np.flatnonzero(off), source.inactive.column, None, words))
        stands &= ~off
    again = _entered_again(text, stands, source)
    reason = reason.mask(again, "DUPLICATE: entered again under another record id")
    words = "says the same as an earlier row under another record id: the earlier one stands"
    found.append(_finding("DUPLICATE", "warning", np.flatnonzero(again), None, None, words))
    return stands & ~again, reason, found


def _entered_again(text: pd.DataFrame, stands: pd.Series, source: Source) -> pd.Series:
    """Rows that repeat an earlier one in all but the site's record id and the time of the change."""
    form = FORMS[source.form].columns
    ids = [source.columns[key].column[0] for key in source.key if form[key].metadata["kind"] == "record_id" and source.columns[key].column]
    again = pd.Series(False, index=text.index)
    if ids:
        content = _row_codes([text.loc[stands, column] for column in text if column not in (*ids, source.updated)])
        again[stands] = pd.Series(content).duplicated().to_numpy()
    return again


def _row_codes(columns: list[pd.Series]) -> np.ndarray:
    """One number a row, equal for rows that agree in all the columns (missing agrees with missing)."""
    codes = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        values, positions = distinct(column)
        codes = np.unique(codes * (len(values) + 1) + positions + 1, return_inverse=True)[1]
    return codes


def _text_rows(text: pd.DataFrame, source: Source, study: Study) -> pd.DataFrame:
    """The form rows as text; `_at` is the position of the raw row. Beside each column <C> stand <C>.term (the text with its
    code turned into a term), <C>.reason (what a missing code says) and <C>.unit, <C>.unit.term where the source has them."""
    kinds = _kinds(source)
    blocks = []
    for specs in _specs(source):
        block = {"_at": pd.Series(text.index.to_numpy(), index=text.index)}
        for name, spec in specs.items():
            block |= _text_columns(name, kinds[name], spec, text, source, study)
        rows = pd.DataFrame(block)
        if source.records:  # a measurement that a wide row leaves out is no record
            results = [name for name in specs if kinds[name] == "result"]
            there = [rows[name].notna() | rows.get(f"{name}.reason", rows[name]).notna() for name in results]
            rows = rows[np.logical_or.reduce(there)]
        blocks.append(rows)
    rows = stacked(blocks)
    return rows.take(np.argsort(rows["_at"].to_numpy(), kind="stable")).reset_index(drop=True)


def _specs(source: Source) -> list[dict[str, Column]]:
    """For each record that a raw row gives: form column -> where it comes from."""
    beside = source.items | {f"SUPP.{name}": spec for name, spec in source.supplemental.items()}
    return [{**source.columns, **record, **beside} for record in source.records or ({},)]


def _kinds(source: Source) -> dict[str, str]:
    kinds = {name: column.metadata["kind"] for name, column in FORMS[source.form].columns.items()}
    return kinds | dict.fromkeys(source.items, "item") | {f"SUPP.{name}": "text" for name in source.supplemental}


def _text_columns(
    name: str, kind: str, spec: Column, text: pd.DataFrame, source: Source, study: Study
) -> dict[str, pd.Series]:
    if spec.value is not None:
        constant = _constant(spec.value, text.index)
        return {name: constant, f"{name}.term": constant}
    column, found = text[spec.column[0]], {}
    # a missing code is no answer in a coded or measured cell; in an id, a term or free text it may be what was meant
    if source.missing and kind not in ("identifier", "record_id", "topic", "text"):
        if kind in ("result", "item"):
            reasons = {code: reason or NOT_DONE for code, reason in source.missing.items()}
            found[f"{name}.reason"] = mapped(column, lambda values: values.map(reasons))
        column = mapped(column, lambda values: values.mask(values.isin(list(source.missing))))
    terms = study.code_terms[spec.codes] if spec.codes else None
    found[name] = column
    found[f"{name}.term"] = mapped(column, lambda values: values.map(terms)) if terms else column
    if spec.unit is not None:
        found |= _text_columns(f"{name}.unit", "code", spec.unit, text, source, study)
    return found


def _text_layer(source: Source, study: Study) -> pa.DataFrameSchema:
    """First layer of the door: can each text be read as what its column holds?"""
    kinds = _kinds(source)
    coded: dict[str, set[str] | None] = {}  # column -> the texts that have a term; None where any text will do
    for specs in _specs(source):
        for name, spec in [*specs.items(), *((f"{name}.unit", spec.unit) for name, spec in specs.items() if spec.unit)]:
            codes = set(study.code_terms[spec.codes]) if spec.codes else {spec.value} if spec.value is not None else None
            coded[name] = None if codes is None or coded.get(name, set()) is None else coded.get(name, set()) | codes
    columns = {}
    for name, codes in coded.items():
        checks = []
        if codes is not None:
            rule, word = ("UNIT", "unit") if name.endswith(".unit") else ("CODE", "code")
            checks = [_check(rule, f"is no {word} that the study file knows", codes.__contains__)]
        elif kinds.get(name) == "date":
            checks = [_reading("is no date that can be read", lambda column: _dates(column, source))]
        elif kinds.get(name) == "time":
            checks = [_reading("is no time of day that can be read", lambda column: iso_times(_clock(column, source)))]
        elif kinds.get(name) in ("number", "result"):
            checks = [_check("NUMBER", "is no number", lambda text: bool(NUMBER.fullmatch(_point(text, source))))]
        elif kinds.get(name) == "item":
            answers = {answer.casefold() for answer in instrument(source.instrument).responses["response"]}
            good = lambda text, answers=answers: text.casefold() in answers or bool(NUMBER.fullmatch(_point(text, source)))  # noqa: E731
            checks = [_check("NUMBER", f"is neither a number nor an answer of {source.instrument}", good)]
        columns[name] = pa.Column(checks=checks, nullable=True)
    return pa.DataFrameSchema(columns, name=source.form)


def _check(rule: str, message: str, good: Callable[[str], bool]) -> pa.Check:
    """A check of each distinct text; the error says the rule and, for a person, what is wrong."""
    return pa.Check(
        lambda column: mapped(column, lambda values: values.map(good)).astype(bool), name=rule, error=f"{rule}: {message}"
    )


def _reading(message: str, read: Callable[[pd.Series], pd.DataFrame]) -> pa.Check:
    return pa.Check(lambda column: read(column)["reason"].isna(), name="DATE", error=f"DATE: {message}")


def _typed_layer(source: Source) -> pa.DataFrameSchema:
    """Second layer of the door: is each value possible? Items of an instrument are looked at in their standard unit."""
    columns = {}
    for name, column in FORMS[source.form].columns.items():
        if column.metadata["kind"] == "number":
            low, high, unit = (column.metadata[key] for key in ("low", "high", "unit"))
            check = pa.Check.in_range(low, high, error=f"RANGE: is not between {low:g} and {high:g} {unit}".rstrip())
            columns[name] = pa.Column(checks=[check], nullable=True, required=False)
    if source.items:
        items = instrument(source.instrument).items
        for name in source.items:
            low, high, unit = items.loc[name, ["min", "max", "unit"]]
            words = f"RANGE: is not between {low:g} and {high:g}" + (f" {unit}" if pd.notna(unit) else "")
            columns[f"{name}.standard"] = pa.Column(checks=[pa.Check.in_range(low, high, error=words)], nullable=True)
    return pa.DataFrameSchema(columns, name=source.form)


def _failures(schema: pa.DataFrameSchema, form: pd.DataFrame) -> pd.DataFrame:
    """One record per cell that fails: row (position in the form), column, check."""
    try:
        schema.validate(form, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        broken = cases[cases["index"].isna()]
        if len(broken):  # a check that could not run is our mistake, not the site's
            raise AssertionError(broken[["column", "check", "failure_case"]].to_string()) from errors
        return pd.DataFrame({"row": cases["index"].astype(int), "column": cases["column"], "check": cases["check"]})
    return pd.DataFrame({"row": np.empty(0, int), "column": pd.Series(dtype="str"), "check": pd.Series(dtype="str")})


def _dates(column: pd.Series, source: Source) -> pd.DataFrame:
    if source.date_system:
        column = mapped(column, lambda values: values.map(lambda text: _from_serial(text, source.date_system)))
    return iso_dates(column, source.date_order, source.two_digit_years_from)


def _from_serial(text: str, date_system: int) -> str:
    """A workbook's day number as a date. The 1900 system counts a day that never was (29 February 1900), so all dates that
    matter count from 30 December 1899. Smaller numbers than 10,000 are years, or no dates at all."""
    if not re.fullmatch(r"\d{5}(\.\d+)?", text):
        return text
    start = pd.Timestamp("1899-12-30") if date_system == 1900 else pd.Timestamp("1904-01-01")
    moment = (start + pd.Timedelta(days=float(text))).round("min")
    return moment.strftime("%Y-%m-%d" if moment == moment.normalize() else "%Y-%m-%dT%H:%M")


def _clock(column: pd.Series, source: Source) -> pd.Series:
    """Times of day; a workbook has them as fractions of a day."""
    if not source.date_system:
        return column

    def clock(text: str) -> str:
        if not re.fullmatch(r"0?\.\d+", text):
            return text
        return (pd.Timestamp(0) + pd.Timedelta(days=float(text))).round("min").strftime("%H:%M")

    return mapped(column, lambda values: values.map(clock))


def _point(text: str, source: Source) -> str:
    """The number with a decimal point; a comma is one only where the source says so, else "1,234" may mean two numbers."""
    return text.replace(",", ".") if source.decimal == "," and "." not in text else text


def _typed(form: pd.DataFrame, unreadable: pd.DataFrame, source: Source) -> pd.DataFrame:
    """The form with each column read as what it holds. A cell that cannot be read is blank; a result stays verbatim, with
    <C>.number beside it; an item that cannot be read stays as <C>.verbatim."""
    typed = {"_at": form["_at"]}
    for name, kind in _kinds(source).items():
        if name not in form:
            continue
        bad = _mask(unreadable, name, form.index)
        term = form[f"{name}.term"].where(~bad) if bad.any() else form[f"{name}.term"]
        for part in (f"{name}.reason", f"{name}.unit.term"):
            if part in form:
                typed[part.removesuffix(".term")] = form[part]
        if kind == "date":
            typed[name] = _dates(term, source)["iso"]
        elif kind == "time":
            typed[name] = iso_times(_clock(term, source))["iso"]
        elif kind == "number":
            typed[name] = _numbers(term, source)
        elif kind == "result":
            typed[name] = mapped(form[f"{name}.term"], lambda values: values.map(lambda text: _pointed(text, source)))
            typed[f"{name}.number"] = _numbers(term, source)
        elif kind == "item":
            typed |= _item(name, form, term, bad, source)
        else:
            typed[name] = term
    return pd.DataFrame(typed)


def _mask(failures: pd.DataFrame, column: str, index: pd.Index) -> pd.Series:
    return pd.Series(np.isin(index, failures.loc[failures["column"] == column, "row"]), index=index)


def _numbers(column: pd.Series, source: Source) -> pd.Series:
    return mapped(column, lambda values: pd.to_numeric(values.map(lambda text: _pointed(text, source))).astype(float))


def _pointed(text: str, source: Source) -> str:
    pointed = _point(text, source)
    return pointed if NUMBER.fullmatch(pointed) else text


def _item(name: str, form: pd.DataFrame, term: pd.Series, bad: pd.Series, source: Source) -> dict[str, pd.Series]:
    """An item as score, or as answer where the study's codes lead to answers; <item>.standard is what its range is checked on."""
    known = instrument(source.instrument)
    unit = known.items.loc[name, "unit"]
    answers = known.responses["response"]
    answers = dict(zip(answers.str.casefold(), answers, strict=True))
    spelt = mapped(term, lambda values: values.map(lambda text: answers.get(text.casefold(), _pointed(text, source))))
    values, positions = distinct(spelt)
    numbers = spread(pd.to_numeric(values.where(~values.isin(answers.values()))).astype(float), positions, spelt)
    found = {name: spelt if source.items[name].codes or len(answers) else numbers, f"{name}.standard": numbers}
    if f"{name}.unit" in form:
        found[f"{name}.standard"] = standardised(numbers, form[f"{name}.unit.term"], unit)
    found[f"{name}.verbatim"] = form[name].where(bad)
    return found


def _without(form: pd.DataFrame, impossible: pd.DataFrame, source: Source) -> pd.DataFrame:
    """The form without the values that cannot be."""
    for column in impossible["column"].unique():
        bad = _mask(impossible, column, form.index)
        name = column.removesuffix(".standard")
        if column != name:
            form[f"{name}.verbatim"] = form[f"{name}.verbatim"].astype("str").mask(bad, form[name].astype("str")).astype("category")
        form[name] = form[name].where(~bad)
    return form.drop(columns=[f"{name}.standard" for name in source.items])


def _whole_row(source: Source) -> list[str]:
    """The columns without which a row cannot be used."""
    return [name for name, column in FORMS[source.form].columns.items() if not column.nullable and column.required]


def _outcomes(
    raw: pd.DataFrame, name: str, stands: pd.Series, ragged: pd.Series, reason: pd.Series, at: pd.Series, aside: pd.Series
) -> pd.DataFrame:
    """One record per raw row. A raw row that gives several form rows is set aside only when none of them can be used."""
    used, given = np.zeros(len(raw), bool), np.zeros(len(raw), bool)
    used[at[aside.isna()]] = True
    given[at] = True
    lost = (aside.notna() & ~used[at]).to_numpy()
    reason = reason.to_numpy(object)
    reason[at[lost]] = aside[lost]
    rejected = ragged | stands & given & ~used
    outcome = np.select([rejected, ~stands], ["rejected", "superseded"], "in form")
    outcomes = raw[["_file", "_row"]].assign(_source=pd.Categorical.from_codes(np.zeros(len(raw), int), [name]))
    return outcomes.assign(outcome=pd.Categorical(outcome), reason=pd.Series(reason, dtype="str").astype("category"))


def _finding(rule: str, severity: str, at, column: str | None, value, message) -> pd.DataFrame:
    """Findings at positions of raw rows."""
    frame = {"_at": np.asarray(at, int), "rule": rule, "severity": severity, "column": column, "value": value, "message": message}
    frame = pd.DataFrame({key: cell.to_numpy() if isinstance(cell, pd.Series) else cell for key, cell in frame.items()}, index=range(len(at)))
    return frame.astype({key: "str" for key in ("rule", "severity", "column", "value", "message")})


def _cell_findings(failures: pd.DataFrame, text: pd.DataFrame, source: Source) -> list[pd.DataFrame]:
    """One finding per cell that failed, with the site's column and text."""
    found = []
    for (column, check), cells in failures.groupby(["column", "check"]):
        name = column.removesuffix(".standard")
        rule, message = check.split(": ", 1)
        rows = text.loc[cells["row"]]
        value = rows[name].astype("str")
        if rule == "DATE":  # the reading that was refused says more than "no date"
            why = iso_times(_clock(rows[name], source)) if _kinds(source)[name] == "time" else _dates(rows[name], source)
            message = message + " (" + why["reason"].astype("str") + ")"
        found.append(_finding(rule, "error", rows["_at"], _raw_name(source, name), value, message))
    return found


def _raw_name(source: Source, name: str) -> str:
    """The raw column that a form column comes from."""
    base = name.removesuffix(".unit")
    for specs in _specs(source):
        spec = specs.get(base)
        spec = spec.unit if spec is not None and base != name else spec
        if spec is not None and spec.column:
            return spec.column[0]
    return base


def _worded(form: pd.DataFrame, source: Source, study: Study) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The form with free text in English, and coded by the study's coding table; findings for what has neither."""
    found = []
    english = {row.text: row.english for row in study.translations}
    for name, kind in _kinds(source).items():
        if kind not in ("topic", "text") or name not in form or _raw_name(source, name) == name and name in source.columns:
            continue
        if not english and name.startswith("SUPP."):
            continue
        text = form[name]
        if english:
            form[f"{name}.original"] = mapped(text, lambda values: values.where(values.isin(list(english))))
            form[name] = mapped(text, lambda values: values.map(english).fillna(values))
        foreign = mapped(form[name], lambda values: ~values.map(str.isascii)).eq(1)
        words = "is not in English and has no line in translations.csv"
        found.append(_finding("TRANSLATION", "warning", form.loc[foreign, "_at"], _raw_name(source, name), form.loc[foreign, name].astype("str"), words))
    topic, variables = CODING.get(source.form, (None, {}))
    coding = pd.DataFrame([row.model_dump() for row in study.coding if row.form == source.form])
    if topic and len(coding):
        coding = coding.assign(verbatim=coding["verbatim"].str.casefold()).drop_duplicates("verbatim").set_index("verbatim")
        for column, variable in variables.items():
            if coding[column].notna().any():
                terms = coding[column].dropna().to_dict()
                form[variable] = mapped(form[topic], lambda values, terms=terms: values.str.casefold().map(terms))
        uncoded = form[variables["decod"]].isna()
        found.append(_finding("CODING", "warning", form.loc[uncoded, "_at"], _raw_name(source, topic), form.loc[uncoded, topic].astype("str"), "has no line in coding.csv"))
    return form, found


def _without_unit(form: pd.DataFrame, source: Source) -> list[pd.DataFrame]:
    """Findings for results whose unit should have been collected and was not: no unit is guessed."""
    found = []
    pairs = [(name, f"{name}.unit") for name in source.items] + [("VSORRES", "VSORRESU"), ("FAORRES", "FAORRESU"), ("EXDOSE", "EXDOSU"), ("CMDOSE", "CMDOSU")]
    for result, unit in pairs:
        if result in form and unit in form:
            bare = form[result].notna() & form[unit].isna()
            found.append(_finding("UNIT", "error", form.loc[bare, "_at"], _raw_name(source, unit), None, "is blank, so the result has no unit and cannot be standardised"))
    return found
