"""Reads a study folder into `schemas.study.Study`: study.toml and the tables beside it.

Every mistake is reported, all at once, with file, key or line, and what was expected, before data is read."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from flows.problems import Problem, StudyFileError, did_you_mean
from flows.readers import dictionaries
from schemas.edit_checks import edit_checks
from schemas.forms import FORMS
from schemas.study import (
    NUMBERED,
    TABLES,
    Alerts,
    Analysis,
    CheckSettings,
    Column,
    Dictionary,
    Dose,
    Drift,
    Inactive,
    InstrumentItem,
    Policies,
    Record,
    Retention,
    Source,
    Study,
    StudyFile,
    Submission,
    UnusedFile,
    Visit,
    VitalSigns,
    Window,
)
from schemas.terminology import codelist
from schemas.text import text_folder
from transforms.dates import read_date
from transforms.instruments import categories, instrument_of
from transforms.sdtm.cutoff import study_at
from transforms.units import conversions

NO_ARM = "C142179"  # ARMNRS: reasons for which a subject has no arm
UNSCHEDULED = "UNSCHEDULED"
SIGNS = "VITAL SIGNS"  # PARCAT1 of the parameters of ADVS
DECIDE = "DECIDE"  # what a draft says where a person has to
DICTIONARY = "C66788"  # TSVCDREF
# Trial summary parameters that FDA's study data guide asks of every study (TSVALNF: why there is none) ...
SUMMARY = (
    *(
        "TITLE",
        "SPONSOR",
        "REGID",
        "STYPE",
        "TTYPE",
        "TPHASE",
        "TINDTP",
        "INTMODEL",
        "INTTYPE",
        "TBLIND",
        "TCNTRL",
    ),
    *(
        "RANDOM",
        "ADDON",
        "ADAPT",
        "EXTTIND",
        "HLTSUBJI",
        "PDSTIND",
        "PDPSTIND",
        "PIPIND",
        "RDIND",
        "STOPRULE",
    ),
    *(
        "NARMS",
        "PLANSUB",
        "ACTSUB",
        "SEXPOP",
        "AGEMIN",
        "AGEMAX",
        "LENGTH",
        "INDIC",
        "TDIGRP",
        "TRT",
        "FCNTRY",
    ),
    *("OBJPRIM", "OBJSEC", "OUTMSPRI", "OUTMSSEC", "SSTDTC", "SENDTC", "DCUTDTC", "DCUTDESC"),
)
# ... and those that describe planned doses
DOSES = ("DOSE", "DOSU", "DOSFRM", "DOSFRQ", "ROUTE")
# every key that has a name of its own somewhere in study.toml
KEYS = {
    key
    for shape in (
        *(StudyFile, StudyFile.Header, Policies, Drift, Analysis, VitalSigns, Dictionary, Dose, Alerts, Retention),
        *(Source, Column, Inactive, UnusedFile, CheckSettings, Submission),
    )
    for key in shape.model_fields
}


def read_study(folder: Path, cutoff: str | None = None) -> Study:
    """The study of a folder, as of the date of a data cut where one is given. Raises StudyFileError with every problem
    found; with it goes the study without the sources that are wrong, where there is one, so that `check` can look at
    the raw files all the same."""
    path = folder / "study.toml"
    if not path.is_file():
        raise StudyFileError([Problem("study.toml", "", f"not found in {folder.name}")])
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StudyFileError([Problem("study.toml", "", f"is not TOML: {error}")]) from None
    problems = [Problem("study.toml", key, f"is still to be decided ({DECIDE})") for key in _undecided(given)]
    parts: dict = {}
    try:
        parts["file"] = StudyFile.model_validate(given)
    except ValidationError as error:
        problems += [Problem("study.toml", *key_and_message(e)) for e in error.errors()]
        parts["file"] = _without_wrong_sources(given, error)
    for name, (shape, needed) in TABLES.items():
        parts[name], found = _table(folder / f"{name}.csv", shape, needed)
        problems += found
    own = [_table(path, InstrumentItem, True) for path in sorted((folder / "instruments").glob("*.csv"))]
    names = [path.stem for path in sorted((folder / "instruments").glob("*.csv"))]
    parts["instruments"] = {name: rows for name, (rows, _) in zip(names, own, strict=True) if rows}
    problems += [problem for _, found in own for problem in found]
    if parts["file"] is None:
        raise StudyFileError(problems)
    parts["dictionaries"], found = _dictionaries(folder, parts["file"])
    problems += found
    study = Study(**parts)
    of_tables = [one for one in problems if one.file != "study.toml" and DECIDE not in one.message]
    if of_tables:  # what a table lacks would be missed everywhere
        raise StudyFileError(problems, study)
    checks = (_lists, _policies, _sources, _design, _windows, _summary)
    checks += (_wording, _corrections, _persons, _instruments, _redcap, _purposes, _checks)
    found = dict.fromkeys(problem for check in checks for problem in check(study))
    unread = tuple(f"no instrument {name};" for name in names if name not in study.instruments)  # its table says why
    found = {problem: None for problem in found if not problem.message.startswith(unread)}
    problems += [problem for problem in found if DECIDE not in problem.message]  # that is said already
    collected = any("columns.AEOUT" in source.specs() for source in study.file.sources.values())
    if cutoff and collected and study.policies.outcome_after_cutoff is None:
        words = "is missing: the data is cut, and the study collects the outcome of adverse events"
        problems.append(Problem("study.toml", "policies.outcome_after_cutoff", words))
    if problems:
        raise StudyFileError(problems, study)
    return study_at(study, cutoff) if cutoff else study


def _dictionaries(folder: Path, file: StudyFile) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Form -> the terms of its dictionary, and what is wrong with the dictionaries."""
    by_form: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for key, given in file.dictionaries.items():
        terms, found = dictionaries.terms(folder, key, given)
        problems += found
        for form in given.forms:
            if form in by_form:
                words = f"{form} has a dictionary already: one form, one dictionary"
                problems.append(Problem("study.toml", f"dictionaries.{key}.forms", words))
            by_form[form] = terms
    return by_form, problems


def _undecided(given: object, key: str = "") -> Iterator[str]:
    """The keys that a draft (`trialmill new`) has left to a person."""
    if given == DECIDE:
        yield key
    elif isinstance(given, dict | list):
        parts = given.items() if isinstance(given, dict) else ((f"[{n}]", one) for n, one in enumerate(given, 1))
        for name, part in parts:
            yield from _undecided(part, f"{key}{'.' if key and name[0] != '[' else ''}{name}")


def _without_wrong_sources(given: dict, error: ValidationError) -> StudyFile | None:
    """What is left of a study file whose only mistakes are in some sources; their files count as unused."""
    wrong = {e["loc"][1] for e in error.errors() if e["loc"][:1] == ("sources",) and len(e["loc"]) > 1}
    sources = given.get("sources")
    if not wrong or not isinstance(sources, dict):
        return None
    files = [source.get("file") for name, source in sources.items() if name in wrong and isinstance(source, dict)]
    left = {
        "sources": {name: source for name, source in sources.items() if name not in wrong},
        "unused": [
            *given.get("unused", ()),
            *({"file": file, "reason": "its source is wrong"} for file in files if isinstance(file, str)),
        ],
    }
    try:
        return StudyFile.model_validate(given | left)
    except (ValidationError, TypeError):
        return None


def study_schema() -> str:
    """The JSON Schema of study.toml, for completion in editors: docs/study.schema.json is
    `python -m flows.study_file`."""
    schema = StudyFile.model_json_schema()
    shapes = schema["$defs"]
    names = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    whole = shapes["Column"] | {"properties": shapes["Column"]["properties"] | {"column": names}}
    shapes["Column"] = {"anyOf": [*names["anyOf"], whole]}  # the short ways to write a column
    shapes["Source"]["allOf"] = [
        {
            "if": {"properties": {"form": {"const": name}}, "required": ["form"]},
            "then": {"properties": {"columns": {"propertyNames": {"enum": list(form.columns)}, "properties": {
                column: {"$ref": "#/$defs/Column", "description": shape.title}
                for column, shape in form.columns.items()
            }}}},
        }
        for name, form in FORMS.items()
    ]  # fmt: skip
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "study.toml of trialmill"}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def key_and_message(error: dict) -> tuple[str, str]:
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in error["loc"])[1:]
    if error["type"] == "missing":
        return key, "is missing"
    if error["type"] == "extra_forbidden":
        return key, "is not a key of the study file" + did_you_mean(str(error["loc"][-1]), KEYS)
    given = f"; it is {error['input']!r}" if isinstance(error["input"], str | int | float) else ""
    return key, error["msg"].removeprefix("Value error, ") + given


def read_table(folder: Path, name: str) -> tuple[Record, ...]:
    """The rows of one table alone, whatever the rest of the study file says; raises StudyFileError."""
    rows, problems = _table(folder / f"{name}.csv", *TABLES[name])
    if problems:
        raise StudyFileError(problems)
    return rows


def _table(path: Path, shape: type[Record], needed: bool) -> tuple[tuple, list[Problem]]:
    """The rows of a table, and what is wrong with them."""
    file = f"instruments/{path.name}" if shape is InstrumentItem else path.name
    if not path.is_file():
        return (), [Problem(file, "", "is missing")] if needed else []
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return (), [Problem(file, f"byte {error.start + 1}", "is not UTF-8")]
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = list(reader.fieldnames or [])
    unknown = [column for column in columns if column not in shape.model_fields]
    absent = [key for key, field in shape.model_fields.items() if field.is_required() and key not in columns]
    if unknown or absent:
        return (), [
            Problem(
                file,
                "line 1",
                f"the header must name {', '.join(shape.model_fields)}; it has {', '.join(columns)}",
            )
        ]
    rows, problems, lines = [], [], {}
    for row in reader:
        place = f"line {reader.line_num}"
        if None in row or None in row.values():
            problems.append(
                Problem(file, place, f"has another number of columns than the header ({len(columns)})")
            )
            continue
        if shape.once and (value := row[shape.once].strip()):
            first = lines.setdefault(value, place)
            if first != place:
                words = f"{value} stands in {first} already; expected once"
                problems.append(Problem(file, f"{place}, {shape.once}", words))
        open_cells = [column for column, cell in row.items() if cell.strip() == DECIDE]
        problems += [Problem(file, f"{place}, {column}", f"is still to be decided ({DECIDE})") for column in open_cells]
        try:
            # a blank cell is no value, except where a column must be given and may be blank (a code without a
            # term is reported below)
            rows.append(
                shape(
                    **{
                        k: v.strip()
                        for k, v in row.items()
                        if v.strip() or shape.model_fields[k].is_required()
                    }
                )
            )
        except ValidationError as error:
            for e in error.errors():
                key, message = key_and_message(e)
                if key not in open_cells:  # that is said already
                    problems.append(Problem(file, f"{place}, {key}", message))
    return tuple(rows), problems


def _lists(study: Study) -> Iterator[Problem]:
    """codes.csv gives each declared code a term, and no other; each list is used; extensions extend."""
    declared, mapped = study.file.codelists, study.code_terms
    used = {
        spec.codes for source in study.file.sources.values() for spec in source.specs().values() if spec.codes
    }
    for name, codes in declared.items():
        terms = mapped.get(name, {})
        without = [code for code in codes if not terms.get(code)]
        beyond = [code for code in terms if code not in codes]
        if without:
            yield Problem("codes.csv", name, f"has no term for the declared code(s) {', '.join(without)}")
        if beyond:
            yield Problem(
                "study.toml",
                f"codelists.{name}",
                f"does not declare {', '.join(beyond)}, which codes.csv maps",
            )
        if name not in used:
            yield Problem("study.toml", f"codelists.{name}", "is used by no column")
    for name in sorted(mapped.keys() - declared.keys()):
        yield Problem(
            "study.toml",
            f"codelists.{name}",
            "is missing: codes.csv has this list, and its codes must be declared",
        )
    for (name, code), count in Counter((row.codelist, row.code) for row in study.codes).items():
        if count > 1:
            yield Problem("codes.csv", name, f"gives {count} terms to the code {code}")
    for c_code, terms in study.file.extensions.items():
        try:
            known = codelist(c_code)
        except KeyError:
            yield Problem(
                "study.toml", f"extensions.{c_code}", "is no codelist of the controlled terminology"
            )
            continue
        if not known.extensible:
            yield Problem("study.toml", f"extensions.{c_code}", f"{known.name} is not extensible")
        for term in sorted(set(terms) & known.terms):
            yield Problem("study.toml", f"extensions.{c_code}", f"{term} is in the codelist already")


def _policies(study: Study) -> Iterator[Problem]:
    """The choices that only some forms ask for."""
    forms = {source.form for source in study.file.sources.values()}
    comments = "co" in forms or any("COMMENT" in source.columns for source in study.file.sources.values())
    asked = {
        "lab_units": ("lb" in forms, "form lb"),
        "ex_from_ec": ("ec" in forms and "ex" not in forms, "form ec without form ex"),
        "comment_variables": (comments, "comments"),
        "usubjid_prefix": (study.policies.usubjid == "prefix-site-subject", 'usubjid = "prefix-site-subject"'),
    }
    for name, (needed, what) in asked.items():
        if needed and getattr(study.policies, name) is None:
            yield Problem("study.toml", f"policies.{name}", f"is missing: the study has {what}")
    if "vs" in forms and study.file.analysis.vital_signs is None:
        yield Problem("study.toml", "analysis.vital_signs", "is missing: the study has form vs")
    reasons = codelist(NO_ARM).terms | set(study.file.extensions.get(NO_ARM, ()))
    arms = {arm.ARMCD for arm in study.arms}
    for reason, words in study.policies.without_arm.items():
        place = f"policies.without_arm.{reason}"
        if reason not in reasons:
            yield Problem("study.toml", place, "is no reason of codelist ARMNULRS" + did_you_mean(reason, reasons))
        if words.ARMCD in arms:
            yield Problem("study.toml", place, f"{words.ARMCD} is an arm of arms.csv")
    for name in study.policies.visits_in:
        sources = study.sources_of("ec" if name == "ex" and "ex" not in forms else name).values()
        if not any("VISIT" in source.columns for source in sources):
            yield Problem("study.toml", "policies.visits_in", f"no source maps VISIT of form {name}")
    for name in study.file.derived:
        if "ae" not in forms:
            yield Problem("study.toml", f"derived.{name}", "is derived from form ae, which no source fills")
        if any(name in source.supplemental for source in study.sources_of("ae").values()):
            yield Problem("study.toml", f"derived.{name}", "is collected: a source lists it under supplemental")


def _persons(study: Study) -> Iterator[Problem]:
    """A further number leads to an enrolled one, in one step."""
    for number, person in enumerate(study.persons, 2):
        enrolled = (person.OF_SITEID, person.OF_SUBJID)
        if enrolled in study.further_numbers or enrolled == (person.SITEID, person.SUBJID):
            words = f"{'/'.join(enrolled)} is a further number itself: give the number of the enrolled participation"
            yield Problem("persons.csv", f"line {number}", words)
    for numbers, count in Counter((person.SITEID, person.SUBJID) for person in study.persons).items():
        if count > 1:
            yield Problem("persons.csv", "SUBJID", f"{'/'.join(numbers)} stands {count} times")
    for enrolled, count in Counter((person.OF_SITEID, person.OF_SUBJID) for person in study.persons).items():
        if count > 9:
            words = f"{'/'.join(enrolled)} has {count} further numbers, and SUPPDM can tell of 9"
            yield Problem("persons.csv", "OF_SUBJID", words)


def _instruments(study: Study) -> Iterator[Problem]:
    """The study's own questionnaires: one line an item, one test code each, one category."""
    for name, items in study.instruments.items():
        file = f"instruments/{name}.csv"
        for key in ("item", "testcd", "test"):
            for value, count in Counter(getattr(item, key) for item in items).items():
                if count > 1:
                    yield Problem(file, key, f"{value} stands {count} times")
        if len({item.category for item in items}) > 1:
            yield Problem(file, "category", "must be the same in every line")
        for item in items:
            if item.min > item.max:
                yield Problem(file, item.item, f"min {item.min:g} is above max {item.max:g}")


def _sources(study: Study) -> Iterator[Problem]:
    if len(study.sources_of("dm")) != 1:
        yield Problem(
            "study.toml", "sources", f'one source must have form = "dm", {len(study.sources_of("dm"))} have'
        )
    for name, source in study.file.sources.items():
        place = f"sources.{name}"
        form = FORMS[source.form].columns
        mapped = set(source.columns)
        for record in source.records:
            mapped |= set(record)
        if source.supplemental and source.form in ("qs", "rs", "sae", "co"):
            words = f"form {source.form} has no record that a qualifier could belong to"
            yield Problem("study.toml", f"{place}.supplemental", words)
        for column in sorted(mapped - form.keys()):
            yield Problem(
                "study.toml",
                f"{place}.columns.{column}",
                f"is no column of form {source.form}: {', '.join(form)}{did_you_mean(column, form)}",
            )
        for column, schema in form.items():
            in_all = column in source.columns or (
                source.records and all(column in record for record in source.records)
            )
            if schema.required and not in_all:
                yield Problem(
                    "study.toml",
                    f"{place}.columns.{column}",
                    f"is missing: form {source.form} needs it ({schema.title})",
                )
        for column in source.columns if source.records else ():
            if all(column in record for record in source.records):
                words = "is never used: every one of the records says something else"
                yield Problem("study.toml", f"{place}.columns.{column}", words)
        for column in ("SITEID", "SUBJID"):
            if column in source.columns and source.columns[column].otherwise is not None:
                words = "a subject is named by one column: otherwise is not for it"
                yield Problem("study.toml", f"{place}.columns.{column}", words)
        for column in sorted({"SITEID", "SUBJID"} - set(source.key)):
            yield Problem(
                "study.toml", f"{place}.key", f"must name {column}: a row belongs to one subject of one site"
            )
        for column in source.key:
            if column not in source.columns:
                yield Problem("study.toml", f"{place}.key", f"{column} is not mapped in columns")
        yield from _terms(study, source, place)
        yield from _raw_names(source, place)
        if source.instrument:
            yield from _items(study, source, place)


def _redcap(study: Study) -> Iterator[Problem]:
    """What is fetched is one file in one way, so its sources say the same of it."""
    sources = [source for source in study.file.sources.values() if source.format == "redcap"]
    if study.file.redcap is None:
        return
    if not sources:
        yield Problem("study.toml", "redcap", 'is read by no source: none has format = "redcap"')
    for key in ("file", "dictionary", "values", "decimal"):
        said = sorted({getattr(source, key) for source in sources})
        if len(said) > 1:
            words = f"must be one for what is fetched; there are {', '.join(said)}"
            yield Problem("study.toml", f"sources.*.{key}", words)
    for source in sources[:1]:
        if source.delimiter != "," or source.encoding not in ("utf-8", "utf-8-sig"):
            yield Problem("study.toml", "redcap", 'what is fetched has delimiter = "," and encoding = "utf-8"')
        for key in ("file", "dictionary"):
            if re.search(r"[*?\[/\\]|^\.", getattr(source, key)):
                words = "must be a plain file name: the fetched file is called so"
                yield Problem("study.toml", f"sources.*.{key}", words)


def _purposes(study: Study) -> Iterator[Problem]:
    """Only analysis tables that there are."""
    known = {path.stem for path in (text_folder("sql") / "tables").glob("*.sql")}
    for name in study.file.analysis.purposes.keys() - known:
        words = "is no analysis table of sql/tables" + did_you_mean(name, known)
        yield Problem("study.toml", f"analysis.purposes.{name}", words)


def _checks(study: Study) -> Iterator[Problem]:
    """Only edit checks that there are, and thresholds that they have."""
    known = edit_checks()
    for name, said in study.file.checks.items():
        if name not in known:
            words = "is no edit check of sql/checks" + did_you_mean(name, known)
            yield Problem("study.toml", f"checks.{name}", words)
            continue
        thresholds = [one.name for one in known[name].thresholds]
        for one in said.thresholds:
            if one not in thresholds:
                words = f"is no threshold of this check: {', '.join(thresholds) or 'it has none'}"
                yield Problem("study.toml", f"checks.{name}.thresholds.{one}", words)


def _terms(study: Study, source: Source, place: str) -> Iterator[Problem]:
    """Each code list and fixed value of a coded column leads to terms that the standard knows."""
    form = FORMS[source.form].columns
    blocks = [(f"{place}.columns", source.columns)]
    blocks += [(f"{place}.records[{i}]", record) for i, record in enumerate(source.records, 1)]
    for where, block in blocks:
        for name, spec in block.items():
            if name not in form:
                continue
            kind = form[name].metadata["kind"]
            if spec.date_parts and kind != "date":
                yield Problem("study.toml", f"{where}.{name}", "is no date, so it has no year, month and day")
            elif spec.codes and spec.codes not in study.file.codelists:
                words = f'codes = "{spec.codes}" is not among the codelists'
                words += did_you_mean(spec.codes, study.file.codelists)
                yield Problem("study.toml", f"{where}.{name}", words)
            elif kind in ("number", "date") and spec.value is not None and not _reads(kind, spec.value):
                yield Problem("study.toml", f"{where}.{name}", f'value = "{spec.value}" is no {kind}')
            elif kind == "code" and not spec.codes and spec.value is None:
                yield Problem("study.toml", f"{where}.{name}", "needs codes (a list of codelists) or value")
            elif kind == "code":
                terms = study.code_terms.get(spec.codes, {}).values() if spec.codes else [spec.value]
                listed = form[name].metadata["codelist"]
                allowed = _testcds(source, study) if listed == "item" else _allowed(study, listed)
                wrong = sorted(
                    {term for term in terms if term and allowed is not None and term not in allowed}
                )
                if listed == "visit":
                    wrong = [term for term in wrong if not re.fullmatch(NUMBERED, term)]
                for term in wrong:
                    file, key = ("codes.csv", spec.codes) if spec.codes else ("study.toml", f"{where}.{name}")
                    words = f"{term} is no term for {name} ({_named(listed)})" + did_you_mean(term, allowed)
                    yield Problem(file, key, words)
        for domain in ("VS", "LB", "EG"):
            if (f"{domain}TPT" in block) != (f"{domain}TPTNUM" in block):
                words = f"{domain}TPT and {domain}TPTNUM, the name and number of a time point, belong together"
                yield Problem("study.toml", where, words)
    for name, spec in source.specs().items():
        if (
            spec.codes
            and spec.codes not in study.file.codelists
            and not name.startswith(("columns.", "records["))
        ):
            yield Problem(
                "study.toml", f"{place}.{name}", f'codes = "{spec.codes}" is not among the codelists'
            )
        for code in sorted(study.code_terms.get(spec.codes or "", {}).keys() & source.missing.keys()):
            yield Problem(
                "study.toml", f"{place}.missing", f"{code} is a code of {name} too (codelists.{spec.codes})"
            )


def _reads(kind: str, value: str) -> bool:
    return (
        bool(re.fullmatch(r"-?\d+(\.\d+)?", value))
        if kind == "number"
        else read_date(value, "ymd")[0] is not None
    )


def _testcds(source: Source, study: Study) -> set[str] | None:
    """The items of a questionnaire with one item per row; None where the instrument is not known."""
    try:
        return set(instrument_of(source, study).items["testcd"])
    except KeyError:
        return None


def _allowed(study: Study, listed: str | tuple[str, ...]) -> set[str] | None:
    """The terms a coded column may have; None where the sponsor's words are free."""
    if listed == "sponsor":
        return None
    if listed == "arm":
        return {arm.ARMCD for arm in study.arms} | set(codelist(NO_ARM).terms)
    if listed == "criterion":
        return {criterion.IETESTCD for criterion in study.criteria}
    if listed == "visit":
        return {visit.VISIT for visit in study.visits} | {UNSCHEDULED}
    names = (listed,) if isinstance(listed, str) else listed
    terms: set[str] = set()
    for name in names:
        if name.startswith("C") and name[1:].isdigit():
            terms |= codelist(name).terms | set(study.file.extensions.get(name, ()))
        else:
            terms.add(name)
    return terms


def _named(listed: str | tuple[str, ...]) -> str:
    if listed == "visit":
        return "the visits of visits.csv, UNSCHEDULED, or UNSCHEDULED with the site's own number"
    if listed == "criterion":
        return "the criteria of criteria.csv"
    if listed == "item":
        return "the items of the instrument"
    if listed == "arm":
        return "the arms of arms.csv, or a reason of codelist ARMNULRS"
    return listed if isinstance(listed, str) else ", ".join(listed)


def _raw_names(source: Source, place: str) -> Iterator[Problem]:
    """No raw column has two roles that exclude each other."""
    aliases = {name for names in source.raw_columns.values() for name in names}
    for column in sorted(aliases & set(source.unused)):
        yield Problem("study.toml", f"{place}.unused", f"{column} is in use")
    for column in sorted(aliases & set(source.identifying)):
        yield Problem(
            "study.toml", f"{place}.identifying", f"{column} is mapped: an identifying column is never read"
        )
    for column in sorted(aliases) if source.rave else ():
        if column.endswith(source.rave.interpolated):
            words = "is a date that the EDC completed, not what was collected"
            yield Problem("study.toml", place, f"{column} {words}: read the column in {source.rave.raw}, or its parts")
    if source.format == "odm" and source.marks and source.columns["SUBJID"].column[:1] != ("SubjectKey",):
        words = "must come from SubjectKey: a transaction may name its subject and nothing else"
        yield Problem("study.toml", f"{place}.columns.SUBJID", words)


def _items(study: Study, source: Source, place: str) -> Iterator[Problem]:
    try:
        known = instrument_of(source, study)
    except KeyError as error:
        yield Problem("study.toml", f"{place}.instrument", str(error.args[0]))
        return
    numbers = set(known.items.index)
    for item in sorted(source.items.keys() - numbers):
        yield Problem(
            "study.toml",
            f"{place}.items.{item}",
            f"{known.category} has no item {item}: {', '.join(sorted(numbers))}",
        )
    answers = set(known.responses["response"])
    for item in sorted(source.items.keys() & numbers):
        spec, standard = source.items[item], known.items.loc[item, "unit"]
        where = f"{place}.items.{item}"
        for term in study.code_terms.get(spec.codes or "", {}).values():
            if term and term not in answers and not _reads("number", term):
                words = f"{term} is no answer of {known.category}: {', '.join(sorted(answers))}, or a number"
                yield Problem("codes.csv", spec.codes, words)
        if (spec.unit is None) != (standard != standard):  # no unit of the item is NaN
            words = (
                f"needs unit: its scale is in {standard}"
                if spec.unit is None
                else "has a unit, but its scale has none"
            )
            yield Problem("study.toml", where, words)
        elif spec.unit is not None and spec.unit.value is None and not spec.unit.codes:
            yield Problem("study.toml", f"{where}.unit", "needs codes (a list of codelists) or value")
        elif spec.unit is not None:
            units = (
                study.code_terms.get(spec.unit.codes or "", {}).values()
                if spec.unit.codes
                else [spec.unit.value]
            )
            for unit in units:
                if unit and unit != standard and (unit, standard) not in conversions().index:
                    yield Problem("study.toml", f"{where}.unit", f"{unit} cannot be converted to {standard}")
    cats = "C118971" if source.form == "rs" else "C100129"
    if known.category not in _allowed(study, cats):
        yield Problem(
            "study.toml", f"extensions.{cats}", f"must name {known.category}, which is not in the codelist"
        )


def _design(study: Study) -> Iterator[Problem]:
    """Visits, arms, elements, criteria, summary and doses fit each other."""
    for table in ("visits", "arms", "elements", "criteria"):
        if not getattr(study, table):
            yield Problem(f"{table}.csv", "", "has no line below its header")
    for table, key in (
        ("visits", "VISIT"),
        ("visits", "VISITNUM"),
        ("elements", "ETCD"),
        ("criteria", "IETESTCD"),
    ):
        # a version of the protocol repeats what it keeps
        rows = [(getattr(row, key), getattr(row, "TIVERS", None)) for row in getattr(study, table)]
        for (value, version), count in Counter(rows).items():
            if count > 1:
                of_version = f" in version {version}" if version else ""
                yield Problem(f"{table}.csv", key, f"{value} stands {count} times{of_version}")
    for table, key, value in (
        ("criteria", "IETESTCD", "IETEST"),
        ("visits", "VISIT", "VISITNUM"),
        ("visits", "VISITNUM", "VISIT"),
    ):
        pairs = {(getattr(row, key), getattr(row, value)) for row in getattr(study, table)}
        for name, count in Counter(name for name, _ in pairs).items():
            if count > 1:
                words = f"{name} has {count} different {value}: what an amendment changed has a new {key}"
                yield Problem(f"{table}.csv", key, words)
    epochs = codelist("C99079").terms | set(study.file.extensions.get("C99079", ()))
    for table in ("visits", "arms"):
        for row in getattr(study, table):
            if row.EPOCH not in epochs:
                yield Problem(f"{table}.csv", "EPOCH", f"{row.EPOCH} is no term of codelist EPOCH (C99079)")
    for etcd in sorted({arm.ETCD for arm in study.arms} ^ {element.ETCD for element in study.elements}):
        yield Problem("elements.csv", "ETCD", f"{etcd} must stand in arms.csv and in elements.csv")
    visits = {visit.VISIT for visit in study.visits}
    for dose in study.file.doses:
        if dose.visit not in visits:
            words = f"{dose.visit} is no visit of visits.csv" + did_you_mean(dose.visit, visits)
            yield Problem("study.toml", "doses", words)
    arms = {arm.ARMCD for arm in study.arms}
    for visit in study.visits:
        if visit.ARMCD and visit.ARMCD not in arms:
            yield Problem("visits.csv", "ARMCD", f"{visit.ARMCD} is no arm of arms.csv")
    for visit in study.plan:
        if (visit.AVISIT is None) != (visit.AVISITN is None):
            yield Problem("visits.csv", "AVISIT", f"{visit.VISIT}: AVISIT and AVISITN belong together")
        elif visit.AVISIT and visit.AWLO is None and visit.AWHI is None:
            yield Problem("visits.csv", "AWLO", f"{visit.AVISIT} has neither AWLO nor AWHI: one may be open, not both")
    yield from _overlaps("visits.csv", [visit for visit in study.plan if visit.AVISIT])


def _overlaps(table: str, lines: Sequence[Visit | Window]) -> Iterator[Problem]:
    """Windows of study days that share a day, in one arm; a bound that is blank is open."""
    spans = [
        (-math.inf if one.AWLO is None else one.AWLO, math.inf if one.AWHI is None else one.AWHI, one) for one in lines
    ]
    for (low, high, one), (other_low, other_high, other) in combinations(spans, 2):
        arms = {one.ARMCD, other.ARMCD}
        if low <= other_high and other_low <= high and (None in arms or len(arms) == 1):
            yield Problem(table, "AWLO", f"the analysis windows of {one.AVISIT} and {other.AVISIT} overlap")


def _windows(study: Study) -> Iterator[Problem]:
    """Each line of windows.csv is one of the three kinds, and names what there is."""
    table = "windows.csv"
    known = {
        "PARCAT1": categories() | {item.category or name for name, own in study.instruments.items() for item in own},
        "ARMCD": {arm.ARMCD for arm in study.arms},
        "EPOCH": codelist("C99079").terms | set(study.file.extensions.get("C99079", ())),
        "VISIT": {visit.VISIT for visit in study.visits},
    }
    for line in study.windows:
        for column, names in known.items():
            given = getattr(line, column)
            if given is not None and given not in names:
                words = f"{line.AVISIT}: {given} is not known here" + did_you_mean(given, names)
                yield Problem(table, column, words)
        days = line.AWLO is not None or line.AWHI is not None
        if days + (line.VISIT is not None) + (line.LAST_OF is not None) != 1:
            words = "needs study days (AWLO, AWHI or both), or a planned VISIT, or LAST_OF, and only one of them"
            yield Problem(table, "AVISIT", f"{line.AVISIT} {words}")
        if not days and line.PARCAT1 != SIGNS:
            yield Problem(table, "AVISIT", f"{line.AVISIT}: VISIT and LAST_OF are for {SIGNS} only")
    for category in dict.fromkeys(line.PARCAT1 for line in study.windows):
        lines = [line for line in study.windows if category == line.PARCAT1]
        spans = [line for line in lines if line.VISIT is None and line.LAST_OF is None]
        if spans and any(line.VISIT for line in lines):
            yield Problem(table, "VISIT", f"{category} has study days on some lines and planned visits on others")
        names = {line.AVISIT for line in lines if line.LAST_OF is None}
        for last in sorted({line.LAST_OF for line in lines if line.LAST_OF} - names):
            yield Problem(table, "LAST_OF", f"{last} is no AVISIT of {category}" + did_you_mean(last, names))
        for (visit, _), count in Counter((line.VISIT, line.ARMCD) for line in lines if line.VISIT).items():
            if count > 1:
                yield Problem(table, "VISIT", f"{visit} stands {count} times in {category}")
        yield from _overlaps(table, spans)


def _summary(study: Study) -> Iterator[Problem]:
    """The trial summary has what every study needs, in standard words, and agrees with the other tables."""
    parameters = codelist("C66738").terms | set(study.file.extensions.get("C66738", ()))
    dictionaries = codelist(DICTIONARY).terms | set(study.file.extensions.get(DICTIONARY, ()))
    given = {row.TSPARMCD: row.TSVAL for row in study.summary}
    for row in study.summary:
        if row.TSPARMCD not in parameters:
            words = f"{row.TSPARMCD} is no term of codelist TSPARMCD (C66738)"
            yield Problem("summary.csv", "TSPARMCD", words + did_you_mean(row.TSPARMCD, parameters))
        if (row.TSVAL is None) == (row.TSVALNF is None):
            yield Problem(
                "summary.csv", row.TSPARMCD, "needs either TSVAL or the reason why there is none (TSVALNF)"
            )
        if row.TSVCDREF and row.TSVCDREF not in dictionaries:
            yield Problem(
                "summary.csv",
                row.TSPARMCD,
                f"TSVCDREF {row.TSVCDREF} is in no codelist: {DICTIONARY}, extensions",
            )
    for name in [*SUMMARY, *DOSES, *(["CURTRT"] if given.get("ADDON") == "Y" else [])]:
        if name not in given:
            yield Problem("summary.csv", name, "is missing: give its TSVAL, or in TSVALNF why there is none")
    # without a start date an agency rejects the whole submission
    if "SSTDTC" in given and not re.fullmatch(
        r"\d{4}-\d{2}-\d{2}", read_date(given["SSTDTC"] or "", "ymd")[0] or ""
    ):
        yield Problem("summary.csv", "SSTDTC", f"must be a date, YYYY-MM-DD; it is {given['SSTDTC']}")
    arms = len({arm.ARMCD for arm in study.arms})
    if given.get("NARMS") not in (None, str(arms)):
        yield Problem("summary.csv", "NARMS", f"is {given['NARMS']}, and arms.csv has {arms}")


def _wording(study: Study) -> Iterator[Problem]:
    """Each verbatim text has one coding and one translation."""
    coded = Counter((row.form, row.verbatim.casefold()) for row in study.coding)
    for (form, verbatim), count in coded.items():
        if count > 1:
            yield Problem("coding.csv", form, f"{verbatim} stands {count} times")
    for table in ("translations", "submission_texts"):
        for text, count in Counter(row.text for row in getattr(study, table)).items():
            if count > 1:
                yield Problem(f"{table}.csv", text, f"stands {count} times")
    for row in study.submission_texts:
        if not re.fullmatch("[ -~]+", row.english):
            yield Problem("submission_texts.csv", row.text, "its english is not printable ASCII")


def _corrections(study: Study) -> Iterator[Problem]:
    for number, row in enumerate(study.corrections, 2):
        source = study.file.sources.get(row.source)
        if source is None:
            words = f"{row.source} is no source of study.toml" + did_you_mean(row.source, study.file.sources)
            yield Problem("corrections.csv", f"line {number}", words)
            continue
        names = [row.column, *(part.split("=", 1)[0] for part in row.match.split(";"))]
        for name in names:
            if name not in source.raw_columns:
                yield Problem(
                    "corrections.csv",
                    f"line {number}",
                    f"{name} is no mapped raw column of source {row.source}"
                    + did_you_mean(name, source.raw_columns),
                )


if __name__ == "__main__":
    print(study_schema(), end="")
