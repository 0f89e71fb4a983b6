"""What an annotated CRF says: which field of which form each SDTM variable is collected in, by the study file.

The study file is all that is known of the CRF: fields are named as the site's export names them. What a field feeds is
looked up in transforms/review/form_columns.py; nothing is known here of a single domain but what is said below.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from schemas.forms import FORMS
from schemas.sdtm import DATASETS, OF_SUBJECTS
from schemas.study import Column, Source, Study
from transforms.forms import UNITS
from transforms.instruments import instrument_of
from transforms.review.form_columns import form_columns
from transforms.sdtm.co import coval
from transforms.sdtm.ec import PROTOCOL
from transforms.sdtm.supp import LABELS

Pairs = tuple[tuple[str, str], ...]
# the visit of these stands in their domain only where the study asks for it (policies.visits_in)
VISITS_BY_POLICY = ("DS", "EC", "EX")
NOT_DONE = ("STAT", "REASND")  # of a result or an occurrence that was asked for and not given
WHOSE = ("SITEID", "SUBJID")
# form column -> the qualifier with a person's other participation (persons.csv), which is numbered
OF_ATTEMPT = {"SITEID": "PSITEID", "SUBJID": "PSUBJID", "RFICDAT": "PRFICD", "ARMCD": "PARMNR"}


class Annotation(NamedTuple):
    """A variable that a field feeds, the values of others where it does (`where`), and the one value that it always has
    where it is not collected but given by the study file (`value`)."""

    dataset: str
    variable: str
    where: Pairs = ()
    value: str | None = None
    words: str = ""  # what else there is to say: "where EVENT is blank"


class Field(NamedTuple):
    """One field of a form: a raw column of its export."""

    name: str
    also: tuple[str, ...] = ()  # what it was called in other deliveries
    prompt: str = ""
    kind: str = ""  # as in schemas/forms/columns.py; "" of a field that no form column is read from
    answers: str = ""  # an amount's unit, or an item's range
    codelist: str | None = None  # the study's list of its codes
    codes: tuple[tuple[str, str], ...] = ()  # code, what it is mapped to
    annotations: tuple[Annotation, ...] = ()
    note: str = ""


class Form(NamedTuple):
    """One form: a source of the study file. `always` holds for every record of it; `not_done` says what a blank or a
    code for "no value" becomes."""

    name: str
    title: str
    about: str
    source: Source
    datasets: tuple[str, ...]
    fields: tuple[Field, ...]
    always: tuple[Annotation, ...]
    not_done: tuple[Annotation, ...]
    visits: tuple[str, ...] | None  # those that the study file names; None: it has no visit of its own


class _Mapped(NamedTuple):
    """One mapping of the study file: a form column from a raw column or a fixed value, and what holds beside it."""

    column: str
    spec: Column
    where: Pairs = ()
    label: str = ""  # of a supplemental qualifier, or an item
    answers: str = ""
    record: int = 0  # which of several records of one row; 0: all of them


def forms(study: Study, submitted: Mapping[str, Collection[str]] | None = None) -> list[Form]:
    """The forms of a study, in the order of its file.

    `submitted`: SDTM dataset -> its variables (of a SUPP-- its QNAMs), where they are known. What is not among them is
    not annotated, and texts that were cut or translated are annotated with the qualifiers that hold the rest."""
    titles = [_title(source) for source in study.file.sources.values()]
    found = []
    for title, (name, source) in zip(titles, study.file.sources.items(), strict=True):
        twice = f" ({name})" if titles.count(title) > 1 else ""
        found.append(_form(name, title + twice, source, study, submitted))
    return found


def own_dataset(source: Source) -> str:
    """The SDTM dataset that the rows of a source are records of."""
    return source.dataset or {"sae": "AE"}.get(source.form, source.form.upper())


def _title(source: Source) -> str:
    return source.instrument or DATASETS[own_dataset(source)].title


def _form(name: str, title: str, source: Source, study: Study, submitted: Mapping[str, Collection[str]] | None) -> Form:
    mapped = list(_mapped(source, study))
    feeds = _feeds(source, study)
    own = own_dataset(source)

    def kept(found: list[Annotation]) -> tuple[Annotation, ...]:
        return tuple(dict.fromkeys(one for one in found if submitted is None or _is_in(one, submitted)))

    always, by_field = [], {}
    if source.instrument:
        always.append(Annotation(own, f"{source.form.upper()}CAT", value=instrument_of(source, study).category))
    for one in mapped:
        told = [Annotation(*target, one.where) for target in feeds.get(one.column, ())]
        told += _qualifiers(own, one, feeds, submitted) if one.spec.value is None else []
        if one.spec.value is not None:
            told = [Annotation(*target, value=one.spec.value) for target in _given(feeds, one)]
            if one.record:  # a value of one record stands beside what is collected for it
                continue
            always += told
            continue
        for raw, also, words in _raw(one.spec):
            by_field.setdefault(raw, []).append((one, also, [note._replace(words=words) for note in told]))
    for uses in by_field.values():
        for n, (one, also, told) in enumerate(uses):
            if one.record and one.column.endswith(("ORRES", "TERM", "TRT")):
                beside = [
                    Annotation(*target, value=other.spec.value)
                    for other in mapped
                    if other.record == one.record and other.spec.value is not None
                    and (other.column, other.spec.value) not in one.where
                    for target in _given(feeds, other)
                ]  # fmt: skip
                uses[n] = (one, also, [*told, *beside])
    fields = [_field(raw, uses, source, study, kept) for raw, uses in by_field.items()]
    fields += _others(source, {field.name for field in fields})
    not_done = kept(_not_done(own, source, {one.column for one in mapped}))
    always = kept(always)
    notes = [note for field in fields for note in field.annotations] + [*always, *not_done]
    datasets = dict.fromkeys([own, *(note.dataset for note in notes)])
    about = FORMS[source.form].description.split("; its items")[0].rstrip(".") + "."
    return Form(
        name, title, about, source, tuple(_parents(datasets)), tuple(fields), always, not_done, _visits(source, study)
    )


def _given(feeds: Mapping[str, list[tuple[str, str]]], one: _Mapped) -> list[tuple[str, str]]:
    """The variables that have a fixed value as it is: those of the column's name, of EC in EX too."""
    names = {one.column, one.column.replace("EC", "EX", 1) if one.column.startswith("EC") else one.column}
    names |= {"EXDOSU"} if one.column == "ECPSTRGU" else set()
    return [target for target in feeds.get(one.column, ()) if target[1] in names]


def _parents(datasets: Collection[str]) -> dict[str, None]:
    """The datasets, a SUPP-- under the name of its parent, whose colour it has."""
    return dict.fromkeys(name.removeprefix("SUPP") for name in datasets)


def _is_in(one: Annotation, submitted: Mapping[str, Collection[str]]) -> bool:
    names = submitted.get(one.dataset, ())
    if one.dataset.startswith("SUPP"):
        return dict(one.where)["QNAM"] in names
    return one.variable in names


def _mapped(source: Source, study: Study) -> Iterator[_Mapped]:
    """Every mapping of a source."""
    own, domain = own_dataset(source), source.form.upper()
    fixed = [(name, spec.value) for name, spec in source.columns.items() if spec.value is not None]
    topic = _condition(fixed)
    result = f"{domain}ORRES"
    for name, spec in source.columns.items():
        yield _Mapped(name, spec, topic if name == result else ())
        yield from _units(name, spec, topic if name == result else ())
    for number, record in enumerate(source.records, 1):
        where = _condition([(name, spec.value) for name, spec in record.items() if spec.value is not None])
        for name, spec in record.items():
            yield _Mapped(name, spec, where, record=number)
            yield from _units(name, spec, where)
    if source.items:
        instrument = instrument_of(source, study)
        for item, spec in source.items.items():
            about = instrument.items.loc[item]
            where = ((f"{domain}CAT", instrument.category), (f"{domain}TESTCD", about["testcd"]))
            unit = f" {about['unit']}" if isinstance(about["unit"], str) else ""
            answers = f"{about['min']:g} to {about['max']:g}{unit}"
            yield _Mapped(result, spec, where, about["test"], answers)
            yield from _units(result, spec, where)
    for name, spec in source.supplemental.items():
        yield _Mapped(f"SUPP{own}.{name}", spec, label=spec.label)


def _units(name: str, spec: Column, where: Pairs) -> Iterator[_Mapped]:
    if spec.unit is not None:
        yield _Mapped(UNITS.get(name, f"{name}U"), spec.unit, where)


def _condition(fixed: list[tuple[str, str]]) -> Pairs:
    """What tells the records of a row apart: the test, its object, its time point; not units or numbers."""
    if not any(name.endswith("TESTCD") for name, _ in fixed):
        return ()
    told = [pair for pair in fixed if pair[0].endswith(("TESTCD", "OBJ", "TPT", "LOC", "POS", "LAT", "SPEC", "CAT"))]
    return tuple(sorted(told, key=lambda pair: not pair[0].endswith("TESTCD")))


def _raw(spec: Column) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The raw columns of a mapping, what else each was called, and what is taken from it."""
    if spec.column:
        part = f"part {spec.part} of {spec.of}" if spec.split else ""
        yield spec.column[0], spec.column[1:], part
    for name, part in zip(spec.date_parts, ("year", "month", "day"), strict=False):
        yield name, (), part
    if spec.otherwise is not None:
        yield spec.otherwise.column[0], spec.otherwise.column[1:], f"where {spec.column[0]} is blank"


def _feeds(source: Source, study: Study) -> dict[str, list[tuple[str, str]]]:
    """Form column -> the variables that are read from it as they are, or of whose parts it is one.

    A variable that bears the name of a form column is that column's. A date and time is the date's and the time's. Any
    other variable is annotated where the schema says that it was collected."""
    form = FORMS[source.form].columns
    mapped = {one.column for one in _mapped(source, study)}
    found: dict[str, list[tuple[str, str]]] = {}
    for schema in OF_SUBJECTS:
        if schema.name not in made(study) or schema.metadata["domain"] == "FA" and source.dataset != schema.name:
            continue
        for variable, column in schema.columns.items():
            for name in _read_from(schema.name, variable, column, source, study):
                if name in mapped and name in form:
                    found.setdefault(name, []).append((schema.name, variable))
    if "COMMENT" in mapped:
        found["COMMENT"] = [("CO", name) for name in coval(study)] if study.policies.comment_variables else []
    for name in mapped & LABELS.keys() - set(WHOSE):
        found[name] = [(f"SUPP{own_dataset(source)}", "QVAL")]
    own = own_dataset(source)
    for name, targets in found.items():  # the form's own dataset first
        mine = [target for target in targets if target[0] == own]
        others = [target for target in targets if target[0] != own]
        if mine and name == "VISIT":
            others = [target for target in others if target[0] != "SV"]
        found[name] = mine + others
    return found


def made(study: Study) -> set[str]:
    """The datasets of subjects that a study's forms give."""
    found = {own_dataset(source) for source in study.file.sources.values()} | {"SV"}
    if "EC" in found:
        found.add("EX")
    return found


def _read_from(dataset: str, variable: str, column, source: Source, study: Study) -> list[str]:
    """The form columns of a source that a variable is annotated on."""
    domain = DATASETS[dataset].metadata["domain"]
    policies = study.policies
    if variable.removeprefix(domain) in NOT_DONE:
        return [variable] if variable in source.columns else []
    if variable == "BRTHDTC" and policies.birth_date == "omit":
        return []
    if variable.startswith("VISIT") and dataset in VISITS_BY_POLICY and dataset.lower() not in policies.visits_in:
        return []
    names = []
    for dependency in form_columns(dataset, variable):
        of, _, name = dependency.rpartition(".")
        of = of or domain.lower()
        if of == source.form:
            names.append(name)
        elif of == "ex" and source.form == "ec" and not study.sources_of("ex"):
            if not name.startswith("EX"):
                names.append(name)
            elif name.removeprefix("EX") in PROTOCOL:
                names.append(name.replace("EX", "EC", 1))
    if variable == "VISITNUM":
        return [name for name in names if name == "VISIT"]
    same = variable.replace("EX", "EC", 1) if dataset == "EX" and source.form == "ec" else variable
    if same == "ECDOSU" and dataset == "EX" and "ECPSTRGU" in source.columns:
        return ["ECPSTRGU"]  # an amount in tablets becomes one of treatment
    if any(dependency.rpartition(".")[2] == variable for dependency in form_columns(dataset, variable)):
        return [same] if same in names else []
    if column.metadata["origin"] != "Collected":
        return []
    form = FORMS[source.form].columns
    moments = [name for name in names if name in form and form[name].metadata["kind"] in ("date", "time")]
    if not column.metadata.get("iso8601"):
        return [name for name in names if name not in moments]
    read = [name for name in moments if name in source.columns or any(name in record for record in source.records)]
    stem = read[0][:-3] if read else ""
    return [name for name in read if name[:-3] == stem]


def _qualifiers(
    own: str,
    one: _Mapped,
    feeds: Mapping[str, list[tuple[str, str]]],
    submitted: Mapping[str, Collection[str]] | None,
) -> list[Annotation]:
    """The supplemental qualifiers that a field feeds: as the study file says, and where a text goes on."""
    if one.column.startswith("SUPP"):
        dataset, _, qnam = one.column.partition(".")
        return [Annotation(dataset, "QVAL", (("QNAM", qnam),))]
    if submitted is None:
        return []
    found = []
    for dataset in (own, "EX") if own == "EC" else (own,):
        names = [f"{OF_ATTEMPT[one.column]}{n}" for n in range(1, 10)] if one.column in OF_ATTEMPT else []
        if own != "DM":
            names = [one.column] if one.column in WHOSE else []
        there = submitted.get(f"SUPP{dataset}", ())
        if (dataset, one.column) in feeds.get(one.column, ()) and one.column not in LABELS:
            names += [*(f"{one.column[:7]}{n}" for n in range(1, 10)), f"{one.column[:6]}OR"]
        found += [Annotation(f"SUPP{dataset}", "QVAL", (("QNAM", name),)) for name in names if name in there]
    return found


def _field(raw: str, uses: list[tuple[_Mapped, tuple, list[Annotation]]], source: Source, study: Study, kept) -> Field:
    form = FORMS[source.form].columns
    first = uses[0][0]
    about = form[first.column].metadata if first.column in form else {}
    prompts = []
    for one, _, _ in uses:
        prompt = one.label or (form[one.column].title if one.column in form else "")
        prompts += [prompt] if prompt and prompt not in prompts else []
    notes = kept([
        note._replace(where=(("QNAM", one.column),)) if note.dataset.startswith("SUPP") and not note.where else note
        for one, _, told in uses for note in told
    ])  # fmt: skip
    listed = [one for one, _, _ in uses if one.spec.codes]
    instead = [one.spec.column[0] for one in listed if one.spec.column[:1] != (raw,)]
    lists = [] if instead else list(dict.fromkeys(one.spec.codes for one in listed))
    codes = []
    if lists:
        terms = [study.code_terms[name] for name in lists]
        # lists that read one column may each have their own codes
        every = dict.fromkeys(code for name in lists for code in study.file.codelists[name])
        codes = [(code, " / ".join(dict.fromkeys(own[code] for own in terms if code in own))) for code in every]
    unit = about.get("unit") or ""
    whose = {one.column for one, _, _ in uses} & set(WHOSE)
    note = ""
    if whose and not any(one.dataset == "DM" for one in notes):
        note = "USUBJID"
    elif not notes:
        note = "read for checks and derivations"
    also = tuple(dict.fromkeys(name for _, names, _ in uses for name in names))
    kind = about.get("kind", "text")
    answers = f"as {instead[0]}" if instead else first.answers or unit
    codelist = lists[0] if len(lists) == 1 else None
    return Field(raw, also, "; ".join(prompts), kind, answers, codelist, tuple(codes), notes, note)


def _others(source: Source, known: set[str]) -> list[Field]:
    """The columns that are read but not submitted, and those that are not read."""
    found: dict[str, str] = {}
    if source.updated:
        found[source.updated] = "time of the last change"
    if source.inactive:
        found[source.inactive.column] = f"{' or '.join(source.inactive.values)}: the row was taken out"
    if source.transactions:
        found[source.transactions.column] = "what is done with the row"
    found |= dict.fromkeys(source.identifying, "identifies a person: dropped when the file is read")
    found |= dict.fromkeys(source.unused, "")
    return [Field(name, note=note) for name, note in found.items() if name not in known]


def _not_done(own: str, source: Source, mapped: set[str]) -> list[Annotation]:
    domain = DATASETS[own].metadata["domain"]
    if not mapped & {f"{domain}ORRES", f"{domain}OCCUR"}:
        return []
    names = [f"{domain}{name}" for name in NOT_DONE if f"{domain}{name}" in DATASETS[own].columns]
    found = [Annotation(own, name, value="NOT DONE" if name.endswith("STAT") else None) for name in names]
    return [one for one in found if one.variable not in source.columns]


def _visits(source: Source, study: Study) -> tuple[str, ...] | None:
    """The visits that a form's list of them names, in the order of the plan; others as the site calls them."""
    specs = [spec for name, spec in source.columns.items() if name == "VISIT"]
    if not specs:
        return None
    names = {term for spec in specs for term in (study.code_terms[spec.codes].values() if spec.codes else [spec.value])}
    plan = dict.fromkeys(visit.VISIT for visit in study.plan)
    return (*(name for name in plan if name in names), *sorted(names - plan.keys() - {None}))
