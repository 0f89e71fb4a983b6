"""Reads a study folder into `schemas.study.Study`: study.toml and the tables beside it.

Every mistake is reported, all at once, with file, key or line, and what was expected, before data is read."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from flows.problems import Problem, StudyFileError
from schemas.forms import FORMS
from schemas.study import TABLES, Source, Study, StudyFile
from schemas.terminology import codelist
from transforms.dates import read_date
from transforms.instruments import instrument
from transforms.units import conversions

NO_ARM = "C142179"  # ARMNRS: reasons for which a subject has no arm
UNSCHEDULED = "UNSCHEDULED"
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


def read_study(folder: Path) -> Study:
    """The study of a folder. Raises StudyFileError with every problem found."""
    path = folder / "study.toml"
    if not path.is_file():
        raise StudyFileError([Problem("study.toml", "", f"not found in {folder.name}")])
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StudyFileError([Problem("study.toml", "", f"is not TOML: {error}")]) from None
    problems: list[Problem] = []
    parts: dict = {}
    try:
        parts["file"] = StudyFile.model_validate(given)
    except ValidationError as error:
        problems += [Problem("study.toml", *_key_and_message(e)) for e in error.errors()]
    for name in TABLES:
        rows, found = _table(folder, name)
        parts[name] = rows
        problems += found
    if problems:
        raise StudyFileError(problems)
    study = Study(**parts)
    checks = (_lists, _sources, _design, _summary, _wording, _corrections)
    problems = list(dict.fromkeys(problem for check in checks for problem in check(study)))
    if problems:
        raise StudyFileError(problems)
    return study


def _key_and_message(error: dict) -> tuple[str, str]:
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in error["loc"])[1:]
    if error["type"] == "missing":
        return key, "is missing"
    if error["type"] == "extra_forbidden":
        return key, "is not a key of the study file"
    given = f"; it is {error['input']!r}" if isinstance(error["input"], str | int | float) else ""
    return key, error["msg"].removeprefix("Value error, ") + given


def _table(folder: Path, name: str) -> tuple[tuple, list[Problem]]:
    """The rows of <name>.csv, and what is wrong with them."""
    shape, needed = TABLES[name]
    path = folder / f"{name}.csv"
    file = path.name
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
    rows, problems = [], []
    for row in reader:
        place = f"line {reader.line_num}"
        if None in row or None in row.values():
            problems.append(
                Problem(file, place, f"has another number of columns than the header ({len(columns)})")
            )
            continue
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
                key, message = _key_and_message(e)
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
        for column in sorted(mapped - form.keys()):
            yield Problem(
                "study.toml",
                f"{place}.columns.{column}",
                f"is no column of form {source.form}: {', '.join(form)}",
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
            if spec.codes and spec.codes not in study.file.codelists:
                yield Problem(
                    "study.toml", f"{where}.{name}", f'codes = "{spec.codes}" is not among the codelists'
                )
            elif kind in ("number", "date") and spec.value is not None and not _reads(kind, spec.value):
                yield Problem("study.toml", f"{where}.{name}", f'value = "{spec.value}" is no {kind}')
            elif kind == "code" and not spec.codes and spec.value is None:
                yield Problem("study.toml", f"{where}.{name}", "needs codes (a list of codelists) or value")
            elif kind == "code":
                terms = study.code_terms.get(spec.codes, {}).values() if spec.codes else [spec.value]
                listed = form[name].metadata["codelist"]
                allowed = _allowed(study, listed)
                wrong = sorted(
                    {term for term in terms if term and allowed is not None and term not in allowed}
                )
                if wrong:
                    file, key = ("codes.csv", spec.codes) if spec.codes else ("study.toml", f"{where}.{name}")
                    yield Problem(
                        file,
                        key,
                        f"{', '.join(wrong)} is no term for {name} ({_named(listed)})",
                    )
        if ("VSTPT" in block) != ("VSTPTNUM" in block):
            yield Problem(
                "study.toml",
                where,
                "VSTPT and VSTPTNUM, the name and number of a time point, belong together",
            )
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
        return "the visits of visits.csv, or UNSCHEDULED"
    if listed == "criterion":
        return "the criteria of criteria.csv"
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


def _items(study: Study, source: Source, place: str) -> Iterator[Problem]:
    try:
        known = instrument(source.instrument)
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
    for table, key in (
        ("visits", "VISIT"),
        ("visits", "VISITNUM"),
        ("elements", "ETCD"),
        ("criteria", "IETESTCD"),
    ):
        for value, count in Counter(getattr(row, key) for row in getattr(study, table)).items():
            if count > 1:
                yield Problem(f"{table}.csv", key, f"{value} stands {count} times")
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
            yield Problem("study.toml", "doses", f"{dose.visit} is no visit of visits.csv")
    arms = {arm.ARMCD for arm in study.arms}
    for visit in study.visits:
        if visit.ARMCD and visit.ARMCD not in arms:
            yield Problem("visits.csv", "ARMCD", f"{visit.ARMCD} is no arm of arms.csv")
    windows = sorted(
        (v.AWLO, v.AWHI, v.AVISIT) for v in study.visits if v.AWLO is not None and v.AWHI is not None
    )
    for (_, high, one), (low, _, other) in zip(windows, windows[1:], strict=False):
        if low <= high:
            yield Problem("visits.csv", "AWLO", f"the analysis windows of {one} and {other} overlap")


def _summary(study: Study) -> Iterator[Problem]:
    """The trial summary has what every study needs, in standard words, and agrees with the other tables."""
    parameters = codelist("C66738").terms | set(study.file.extensions.get("C66738", ()))
    dictionaries = codelist(DICTIONARY).terms | set(study.file.extensions.get(DICTIONARY, ()))
    given = {row.TSPARMCD: row.TSVAL for row in study.summary}
    for row in study.summary:
        if row.TSPARMCD not in parameters:
            yield Problem(
                "summary.csv", "TSPARMCD", f"{row.TSPARMCD} is no term of codelist TSPARMCD (C66738)"
            )
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
    for text, count in Counter(row.text for row in study.translations).items():
        if count > 1:
            yield Problem("translations.csv", text, f"stands {count} times")


def _corrections(study: Study) -> Iterator[Problem]:
    for number, row in enumerate(study.corrections, 2):
        source = study.file.sources.get(row.source)
        if source is None:
            yield Problem("corrections.csv", f"line {number}", f"{row.source} is no source of study.toml")
            continue
        names = [row.column, *(part.split("=", 1)[0] for part in row.match.split(";"))]
        for name in names:
            if name not in source.raw_columns:
                yield Problem(
                    "corrections.csv",
                    f"line {number}",
                    f"{name} is no mapped raw column of source {row.source}",
                )
