"""One study file: what a study calls things. Names, codes, formats, visits and named policies; never a
condition or a formula.

`flows.study_file.read_study` reads `studies/<study>/study.toml` and the tables beside it into `Study`; what
each key means stands here. Unknown keys are refused, and every key that changes a result has to be written
down: nothing is assumed.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

FormName = Literal[
    "dm", "sc", "ie", "mh", "cm", "pr", "ae", "sae", "ce", "vs", "eg", "lb", "ec", "ex", "ds", "qs", "rs", "fa", "co"
]  # fmt: skip
Policy = Annotated[str, Field(min_length=1)]


class Record(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, ignored_types=(cached_property,)
    )


class Column(Record):
    """Where a form column comes from: a raw column (with the names it had in other deliveries), or one fixed
    value.

    `codes` names the list of codes.csv that turns the site's codes into terms; `unit` the raw column that
    holds the unit; `label` is given for supplemental qualifiers only (QLABEL)."""

    column: tuple[str, ...] = ()
    value: str | None = None
    codes: str | None = None
    unit: Annotated[
        Column | None, BeforeValidator(lambda given: column_of(given) if given is not None else None)
    ] = None
    label: str | None = Field(default=None, max_length=40)

    @model_validator(mode="before")
    @classmethod
    def one_name_or_several(cls, given: Any) -> Any:
        if isinstance(given, dict) and isinstance(given.get("column"), str):
            return {**given, "column": (given["column"],)}
        return given

    @model_validator(mode="after")
    def column_or_value(self) -> Column:
        if bool(self.column) == (self.value is not None):
            raise ValueError("give either column (a raw column's name) or value (a fixed text)")
        return self


def column_of(given: Any) -> Any:
    """The short ways to write a Column: `"RAW"`, `["RAW", "OLD_NAME"]`; everything else is a table."""
    if isinstance(given, str):
        return {"column": (given,)}
    if isinstance(given, list):
        return {"column": tuple(given)}
    return given


ColumnSpec = Annotated[Column, BeforeValidator(column_of)]


class Inactive(Record):
    """Rows that the EDC marks as taken out: the raw column and the values that say so."""

    column: str
    values: tuple[str, ...] = Field(min_length=1)


class Source(Record):
    """One export file (the same in every delivery) and the form that its rows fill."""

    form: FormName
    file: str  # name or glob inside a delivery's folder
    format: Literal["csv", "xlsx"]
    mode: Literal["cumulative", "incremental"]  # what absence means: deleted, or unchanged
    key: tuple[str, ...] = Field(min_length=1)  # form columns that identify a row across deliveries
    date_order: Literal["dmy", "mdy", "ymd", "none"]
    missing: dict[
        str, str
    ]  # code for "no value" -> the reason (--REASND), "" where the code says no more than that
    columns: dict[str, ColumnSpec]
    records: tuple[
        dict[str, ColumnSpec], ...
    ] = ()  # several form rows out of one raw row: what differs between them
    instrument: str | None = None
    items: dict[str, ColumnSpec] = {}  # item number of the instrument -> raw column
    dataset: str | None = None  # split dataset, e.g. FAMH
    supplemental: dict[str, ColumnSpec] = {}  # QNAM -> raw column and QLABEL
    updated: str | None = None  # raw column with the time of the last change
    inactive: Inactive | None = None
    identifying: tuple[str, ...] = ()  # dropped when the file is read: only the archive holds them
    unused: tuple[str, ...] = ()  # raw columns that are not submitted
    two_digit_years_from: int | None = Field(
        default=None, ge=1900, le=2099
    )  # first year of the century meant by "20"

    # csv
    encoding: str | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    decimal: Literal[".", ","] | None = None
    # xlsx
    sheet: str | None = None
    header_row: int | None = Field(default=None, ge=1)
    date_system: Literal[1900, 1904] | None = None

    @model_validator(mode="after")
    def keys_of_the_format(self) -> Source:
        wanted = {"csv": ("encoding", "delimiter", "decimal"), "xlsx": ("sheet", "header_row", "date_system")}
        if self.encoding is not None:
            try:
                "".encode(self.encoding)
            except LookupError:
                raise ValueError(f"encoding: {self.encoding} is no encoding that is known") from None
        for format, keys in wanted.items():
            for key in keys:
                given = getattr(self, key) is not None
                if given != (format == self.format):
                    raise ValueError(
                        f'{key} {"does not belong to" if given else "is needed for"} format = "{self.format}"'
                    )
        of_instrument = self.form in ("qs", "rs")
        for key, given, needed in (
            ("instrument", self.instrument, of_instrument),
            ("items", self.items, of_instrument and not self.item_per_row),
        ):
            if bool(given) != needed:
                words = "does not belong to" if given else "is needed for"
                row = " with an item per row" if self.item_per_row else ""
                raise ValueError(f"{key} {words} form {self.form}{row}")
        if (self.dataset is not None) != (self.form == "fa"):
            raise ValueError("dataset (e.g. FAMH) is needed for form fa, and only there")
        for name, column in self.supplemental.items():
            if not column.label:
                raise ValueError(f"supplemental.{name} needs a label (QLABEL, at most 40 characters)")
            if not re.fullmatch("[A-Z][A-Z0-9]{0,7}", name):
                raise ValueError(f"supplemental.{name} is no QNAM: up to 8 capital letters and digits")
        return self

    @property
    def item_per_row(self) -> bool:
        """True for a questionnaire that comes with one item per row: --TESTCD beside --ORRES."""
        return f"{self.form.upper()}TESTCD" in self.columns and self.form in ("qs", "rs")

    def specs(self) -> dict[str, Column]:
        """Every Column of the source under a name that a person finds in the study file."""
        found = {f"columns.{name}": spec for name, spec in self.columns.items()}
        for number, record in enumerate(self.records, 1):
            found |= {f"records[{number}].{name}": spec for name, spec in record.items()}
        found |= {f"items.{name}": spec for name, spec in self.items.items()}
        found |= {f"supplemental.{name}": spec for name, spec in self.supplemental.items()}
        found |= {f"{name}.unit": spec.unit for name, spec in list(found.items()) if spec.unit is not None}
        return found

    @cached_property
    def raw_columns(self) -> dict[str, tuple[str, ...]]:
        """First name of each raw column in use -> all the names it may have."""
        used: dict[str, tuple[str, ...]] = {}
        for spec in self.specs().values():
            if spec.column:
                used[spec.column[0]] = tuple(dict.fromkeys((*used.get(spec.column[0], ()), *spec.column)))
        for name in (self.updated, self.inactive and self.inactive.column):
            if name:
                used.setdefault(name, (name,))
        return used


class Policies(Record):
    """The choices that the standard leaves to the sponsor, each from a short documented list
    (docs/study-file.md)."""

    usubjid: Literal["study-site-subject", "study-subject"]
    reference_start: Literal["first_exposure", "informed_consent"]
    reference_end: Literal["last_exposure", "end_of_participation"]
    untimed_on_first_dose_day: Literal["before_dose", "after_dose"]
    birth_date: Literal["full", "year", "omit"]
    dlqi_missing_item: Literal["one_item_scores_zero", "all_items_required"]
    # these are needed where there is something to decide
    lab_units: Literal["si", "conventional", "collected"] | None = None  # form lb
    ex_from_ec: Literal["each_record", "constant_dosing"] | None = None  # form ec without form ex
    comment_variables: int | None = Field(default=None, ge=1, le=10)  # comments: COVAL, COVAL1 ... so many


class Analysis(Record):
    """Numbers of the statistical analysis plan that SQL binds as parameters."""

    treatment_emergent_days: int = Field(ge=0)


class Dose(Record):
    """One planned administration: visit, treatment, amount and unit (per kg where the unit says so)."""

    visit: str
    treatment: str
    dose: float = Field(gt=0)
    unit: str


class UnusedFile(Record):
    file: str
    reason: str = Field(min_length=1)


class StudyFile(Record):
    """study.toml."""

    class Header(Record):
        id: str = Field(pattern=r"^[A-Z0-9][A-Z0-9-]{0,19}$")
        title: str = Field(min_length=1)
        synthetic: bool
        sdtmig: Literal["3.4"]
        sdtm_ct: Literal["2025-03-28"]
        adamig: Literal["1.3"]
        adam_ct: Literal["2025-03-28"]

    study: Header
    policies: Policies
    analysis: Analysis
    doses: tuple[Dose, ...] = Field(min_length=1)
    extensions: dict[
        str, tuple[str, ...]
    ]  # codelist C-code -> terms the sponsor adds to an extensible codelist
    codelists: dict[
        str, tuple[str, ...]
    ]  # the codes that the CRF or the export's dictionary declares, per list
    sources: dict[str, Source] = Field(min_length=1)
    unused: tuple[UnusedFile, ...] = ()

    @model_validator(mode="after")
    def policies_of_the_forms(self) -> StudyFile:
        forms = {source.form for source in self.sources.values()}
        comments = "co" in forms or any("COMMENT" in source.columns for source in self.sources.values())
        wanted = {
            "lab_units": ("lb" in forms, "form lb"),
            "ex_from_ec": ("ec" in forms and "ex" not in forms, "form ec without form ex"),
            "comment_variables": (comments, "comments"),
        }
        for name, (needed, why) in wanted.items():
            if (getattr(self.policies, name) is not None) != needed:
                raise ValueError(f"policies.{name} {'is needed' if needed else 'is only'} for {why}")
        return self


class Visit(Record):
    """visits.csv: one planned visit (TV), with its analysis window in study days."""

    VISITNUM: float
    VISIT: str
    VISITDY: int | None = None
    EPOCH: str
    ARMCD: str | None = None
    TVSTRL: str
    TVENRL: str | None = None
    AVISIT: str | None = None
    AVISITN: float | None = None
    AWLO: int | None = None
    AWHI: int | None = None
    TIVERS: str | None = None  # version of the protocol that plans it so


class Arm(Record):
    """arms.csv: one planned element of an arm (TA)."""

    ARMCD: str
    ARM: str
    TAETORD: int
    ETCD: str
    ELEMENT: str
    TABRANCH: str | None = None
    TATRANS: str | None = None
    EPOCH: str


class Element(Record):
    """elements.csv: one planned element (TE) and the milestone with which it starts for a subject (SE)."""

    ETCD: str
    ELEMENT: str
    TESTRL: str
    TEENRL: str | None = None
    TEDUR: str | None = None
    STARTS_WITH: Literal["informed_consent", "first_exposure", "end_of_previous"]


class Criterion(Record):
    """criteria.csv: one eligibility criterion (TI)."""

    IETESTCD: str = Field(pattern=r"^[A-Z][A-Z0-9_]{0,7}$")
    IETEST: str = Field(max_length=200)
    IECAT: Literal["INCLUSION", "EXCLUSION"]
    TIVERS: str | None = None


class Summary(Record):
    """summary.csv: one trial summary parameter value (TS)."""

    TSPARMCD: str
    TSVAL: str | None = None
    TSVALNF: str | None = None
    TSVALCD: str | None = None
    TSVCDREF: str | None = None
    TSVCDVER: str | None = None


class Code(Record):
    """codes.csv: a code of the site and the term it means."""

    codelist: str
    code: str
    term: str


class Coding(Record):
    """coding.csv: a verbatim term and its dictionary coding, by form (ae, mh, cm). Each column but the first
    two is a variable of that domain without its prefix: decod is AEDECOD, MHDECOD, CMDECOD."""

    form: Literal["ae", "mh", "cm", "ce"]
    verbatim: str
    decod: str
    ptcd: int | None = None
    llt: str | None = None
    lltcd: int | None = None
    hlt: str | None = None
    hltcd: int | None = None
    hlgt: str | None = None
    hlgtcd: int | None = None
    bodsys: str | None = None
    bdsycd: int | None = None
    soc: str | None = None
    soccd: int | None = None
    clas: str | None = None


class Person(Record):
    """persons.csv: a further subject number of a person. SITEID and SUBJID are the further number, OF_SITEID and
    OF_SUBJID that of the enrolled participation, which gives USUBJID and stands in DM."""

    SITEID: str
    SUBJID: str
    OF_SITEID: str
    OF_SUBJID: str
    WHY: Literal["rescreened", "transferred"]


class InstrumentItem(Record):
    """instruments/<name>.csv: one item of a questionnaire of the sponsor's own."""

    item: str
    testcd: str = Field(pattern=r"^[A-Z_][A-Z0-9_]{0,7}$")
    test: str = Field(max_length=40)
    category: str | None = None  # QSCAT, RSCAT; the name of the instrument where there is none
    subcategory: str | None = None
    kind: str = "score"
    unit: str | None = None
    min: float
    max: float
    origin: Literal["scored", "derived"] = "scored"


class Translation(Record):
    """translations.csv: free text as the site wrote it and its English."""

    text: str
    english: str


class Correction(Record):
    """corrections.csv: one changed value, with reason, person and date. `match` is RAWCOLUMN=value, several
    joined by ;"""

    source: str
    match: str = Field(pattern=r"^[^=;]+=[^;]*(;[^=;]+=[^;]*)*$")
    column: str
    value: str
    new_value: str
    reason: str = Field(min_length=1)
    who: str = Field(min_length=1)
    when: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


# Tables beside study.toml: file name -> (shape of a row, whether the file must be there)
TABLES: dict[str, tuple[type[Record], bool]] = {
    "visits": (Visit, True),
    "arms": (Arm, True),
    "elements": (Element, True),
    "criteria": (Criterion, True),
    "summary": (Summary, True),
    "codes": (Code, True),
    "coding": (Coding, False),
    "translations": (Translation, False),
    "corrections": (Correction, False),
    "persons": (Person, False),
}


class Study(Record):
    """study.toml with its tables: all that a transform may know about a study."""

    file: StudyFile
    visits: tuple[Visit, ...]
    arms: tuple[Arm, ...]
    elements: tuple[Element, ...]
    criteria: tuple[Criterion, ...]
    summary: tuple[Summary, ...]
    codes: tuple[Code, ...]
    coding: tuple[Coding, ...] = ()
    translations: tuple[Translation, ...] = ()
    corrections: tuple[Correction, ...] = ()
    persons: tuple[Person, ...] = ()
    instruments: dict[str, tuple[InstrumentItem, ...]] = {}  # of the study's own, by name

    @property
    def id(self) -> str:
        return self.file.study.id

    @property
    def policies(self) -> Policies:
        return self.file.policies

    @cached_property
    def code_terms(self) -> dict[str, dict[str, str]]:
        """Codelist of the study -> code -> term."""
        lists: dict[str, dict[str, str]] = {}
        for row in self.codes:
            lists.setdefault(row.codelist, {})[row.code] = row.term
        return lists

    @cached_property
    def plan(self) -> tuple[Visit, ...]:
        """The planned visits as the newest version of the protocol that has them plans them (versions are in
        order of visits.csv)."""
        versions = list(dict.fromkeys(visit.TIVERS for visit in self.visits))
        newest = sorted(self.visits, key=lambda visit: versions.index(visit.TIVERS))
        plan = {(visit.VISITNUM, visit.ARMCD): visit for visit in newest}
        return tuple(visit for visit in self.visits if plan[visit.VISITNUM, visit.ARMCD] is visit)

    @cached_property
    def further_numbers(self) -> dict[tuple[str, str], Person]:
        """Site and subject -> line of persons.csv."""
        return {(person.SITEID, person.SUBJID): person for person in self.persons}

    def sources_of(self, form: str) -> dict[str, Source]:
        return {name: source for name, source in self.file.sources.items() if source.form == form}
