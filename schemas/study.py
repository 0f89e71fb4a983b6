"""One study file: what a study calls things. Names, codes, formats, visits and named policies; never a
condition or a formula.

`flows.study_file.read_study` reads `studies/<study>/study.toml` and the tables beside it into `Study`; what
each key means stands here. Unknown keys are refused, and every key that changes a result has to be written
down: nothing is assumed.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator, model_validator

FormName = Literal[
    "dm", "sc", "ie", "mh", "cm", "pr", "ae", "sae", "ce", "vs", "eg", "lb", "ec", "ex", "ds", "qs", "rs", "fa", "co"
]  # fmt: skip
# What an ODM file says of every group of items: whose and where it is, and what is done with it. The first six tell
# one group of a kind from another.
ODM_KEYS = (
    "SubjectKey", "StudyEventOID", "StudyEventRepeatKey", "FormOID", "FormRepeatKey", "ItemGroupRepeatKey"
)  # fmt: skip
ODM_COLUMNS = (*ODM_KEYS, "LocationOID", "ItemGroupOID", "TransactionType")
# What a REDCap export says of every row, beside the record's id.
REDCAP_COLUMNS = (
    "redcap_event_name",
    "redcap_repeat_instrument",
    "redcap_repeat_instance",
    "redcap_data_access_group",
    "redcap_survey_identifier",
)
NUMBERED = r"^UNSCHEDULED (\d{1,3}(?:\.\d{1,2})?)$"  # an unscheduled visit that the site has numbered itself


class Record(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, ignored_types=(cached_property,)
    )
    once: ClassVar[str | None] = None  # column of a table in which no two lines may say the same


class Column(Record):
    """Where a form column comes from: a raw column (with the names it had in other deliveries), one fixed value, or
    the columns that hold the `year`, `month` and `day` of a date.

    `codes` names the list of codes.csv that turns the site's codes into terms; `unit` the raw column that
    holds the unit; `otherwise` the raw column that is read where this one is blank; `split`, `part` and `of`
    cut one part out of a combined text (701-1015); `label` is given for supplemental qualifiers only (QLABEL)."""

    column: tuple[str, ...] = ()
    value: str | None = None
    codes: str | None = None
    unit: Annotated[
        Column | None, BeforeValidator(lambda given: column_of(given) if given is not None else None)
    ] = None
    otherwise: Annotated[
        Column | None, BeforeValidator(lambda given: column_of(given) if given is not None else None)
    ] = None
    split: str | None = Field(default=None, min_length=1)  # what stands between the parts
    part: int | None = Field(default=None, ge=1)
    of: int | None = Field(default=None, ge=2)  # how many parts there are: with another number it is no such text
    year: str | None = Field(default=None, min_length=1)
    month: str | None = Field(default=None, min_length=1)
    day: str | None = Field(default=None, min_length=1)
    label: str | None = Field(default=None, max_length=40)

    @property
    def date_parts(self) -> tuple[str, ...]:
        """The raw columns of year, month and day, as many as there are."""
        return tuple(name for name in (self.year, self.month, self.day) if name)

    @model_validator(mode="before")
    @classmethod
    def one_name_or_several(cls, given: Any) -> Any:
        if isinstance(given, dict) and isinstance(given.get("column"), str):
            return {**given, "column": (given["column"],)}
        return given

    @model_validator(mode="after")
    def column_or_value(self) -> Column:
        if bool(self.column) + (self.value is not None) + bool(self.date_parts) != 1:
            words = "give either column (a raw column's name), value (a fixed text), or year, month and day"
            raise ValueError(words)
        if self.date_parts and (self.year is None or self.day and not self.month or self.codes or self.unit):
            raise ValueError("a date in parts has year, year and month, or year, month and day, and nothing else")
        cut = (self.split, self.part, self.of)
        if any(cut) and (None in cut or self.part > self.of):
            raise ValueError("split, part and of belong together: part 1 or 2 of 2, say")
        if (any(cut) or self.otherwise is not None) and not self.column:
            raise ValueError("split and otherwise are for a raw column, not for a fixed text")
        if self.otherwise is not None and self.otherwise.model_fields_set != {"column"}:
            raise ValueError("otherwise is the name of a raw column and no more")
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


class Transactions(Record):
    """The raw column that says what is done with a row, and the values that say so; "" is a blank cell."""

    column: str
    insert: tuple[str, ...] = ()
    update: tuple[str, ...] = ()
    upsert: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    replace: tuple[str, ...] = ()  # the row is sent whole, whether there was one or not

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Value -> what it does."""
        names = ("insert", "update", "upsert", "remove", "context", "replace")
        return {value: name for name in names for value in getattr(self, name)}


# What the standard calls it. A row of a snapshot shows what there is, whatever was known before.
ODM_TRANSACTIONS = Transactions(
    column="TransactionType",
    insert=("Insert",),
    update=("Update",),
    upsert=("Upsert",),
    remove=("Remove",),
    context=("Context",),
    replace=("Snapshot",),
)


class Rave(Record):
    """How the columns of a clinical view end that hold a value as entered, and a date that the EDC completed."""

    raw: str = Field(min_length=1)
    interpolated: str = Field(min_length=1)


class Source(Record):
    """One export file (the same in every delivery) and the form that its rows fill."""

    form: FormName
    file: str  # name or glob inside a delivery's folder
    format: Literal["csv", "xlsx", "xls", "sas7bdat", "xpt", "odm", "redcap"]
    # what absence means: deleted, or unchanged; with transactional each row says what is done with it
    mode: Literal["cumulative", "incremental", "transactional"]
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
    transactions: Transactions | None = None
    rave: Rave | None = None  # clinical views of Medidata Rave
    identifying: tuple[str, ...] = ()  # dropped when the file is read: only the archive holds them
    unused: tuple[str, ...] = ()  # raw columns that are not submitted
    two_digit_years_from: int | None = Field(
        default=None, ge=1900, le=2099
    )  # first year of the century meant by "20"

    # csv, xpt; sas7bdat where what it says of itself is wrong
    encoding: str | None = None
    # csv
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    decimal: Literal[".", ","] | None = None
    # xlsx, xls
    sheet: str | None = None
    further_sheets: str | None = None  # glob: sheets on which the rows of `sheet` go on, each with its header
    header_row: int | None = Field(default=None, ge=1)
    first_row: int | None = Field(default=None, ge=2)  # of the data, where it does not follow the header
    date_system: Literal[1900, 1904] | None = None
    # odm
    itemgroup: str | None = None  # OID of the group of items whose data are the rows
    odm_form: str | None = None  # OID of the form, where the group stands on several and only one is meant
    # redcap
    redcap_form: str | None = None  # the instrument's name in the data dictionary
    repeat: str | None = None  # the instrument's label, where redcap_repeat_instrument has that
    dictionary: str | None = None  # the data dictionary's file in the delivery
    values: Literal["raw", "label"] | None = None

    @model_validator(mode="after")
    def keys_of_the_format(self) -> Source:
        workbook = ("sheet", "header_row", "date_system")
        wanted = {
            "csv": ("encoding", "delimiter", "decimal"),
            "xlsx": workbook,
            "xls": workbook,
            "sas7bdat": (),
            "xpt": ("encoding",),
            "odm": ("itemgroup",),
            "redcap": ("encoding", "delimiter", "decimal", "redcap_form", "dictionary", "values"),
        }
        further = {"xlsx": ("further_sheets", "first_row"), "sas7bdat": ("encoding",)}
        further |= {"xls": further["xlsx"], "odm": ("odm_form",), "redcap": ("repeat",)}
        if self.encoding is not None:
            try:
                "".encode(self.encoding)
            except LookupError:
                raise ValueError(f"encoding: {self.encoding} is no encoding that is known") from None
        for key in dict.fromkeys(key for keys in (*wanted.values(), *further.values()) for key in keys):
            given = getattr(self, key) is not None
            needed = key in wanted[self.format]
            if given != needed and not (given and key in further.get(self.format, ())):
                raise ValueError(
                    f'{key} {"does not belong to" if given else "is needed for"} format = "{self.format}"'
                )
        if self.first_row is not None and self.first_row <= self.header_row:
            raise ValueError("first_row must be below header_row")
        declares = self.mode == "transactional" and self.format != "odm"
        if (self.transactions is not None) != declares:
            words = "is needed for" if declares else "belongs only to"
            raise ValueError(f'transactions {words} mode = "transactional" (an ODM file has its own)')
        if self.rave is not None and self.format in ("odm", "redcap"):
            raise ValueError(f'rave does not belong to format = "{self.format}"')
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
        found |= {f"{n}.otherwise": s.otherwise for n, s in list(found.items()) if s.otherwise is not None}
        return found

    @cached_property
    def raw_columns(self) -> dict[str, tuple[str, ...]]:
        """First name of each raw column in use -> all the names it may have."""
        used = self._said()
        own = (*ODM_KEYS, "ItemGroupOID") if self.format == "odm" else ()
        for name in (self.marks.column, *own) if self.marks else ():
            used.setdefault(name, (name,))
        return used

    @cached_property
    def bookkeeping(self) -> list[str]:
        """Raw columns that only say which row is meant and what is done with it."""
        return [name for name in self.raw_columns if name not in self._said()]

    def _said(self) -> dict[str, tuple[str, ...]]:
        used: dict[str, tuple[str, ...]] = {}
        for spec in self.specs().values():
            for names in (spec.column, *((name,) for name in spec.date_parts)):
                if names:
                    used[names[0]] = tuple(dict.fromkeys((*used.get(names[0], ()), *names)))
        for name in (self.updated, self.inactive and self.inactive.column):
            if name:
                used.setdefault(name, (name,))
        for raw, regular in self.validated.items():
            used.setdefault(regular, tuple(name.removesuffix(self.rave.raw) for name in used[raw]))
        return used

    @property
    def marks(self) -> Transactions | None:
        """What says what is done with a row, where the export does."""
        if self.mode != "transactional":
            return None
        return ODM_TRANSACTIONS if self.format == "odm" else self.transactions

    @property
    def part(self) -> str | None:
        """What of a file with several kinds of rows the source reads; a workbook's sheets are found in the file."""
        return self.itemgroup or self.redcap_form

    @property
    def validated(self) -> dict[str, str]:
        """Column of a Rave view with the value as entered -> the one with the value that the EDC accepted."""
        if self.rave is None:
            return {}
        names = [name for spec in self.specs().values() for name in (*spec.column[:1], *spec.date_parts)]
        return {name: name.removesuffix(self.rave.raw) for name in names if name.endswith(self.rave.raw)}

    def of_system(self, column: str) -> bool:
        """True for a column that the system adds to every export and that may be left alone."""
        own = {"odm": ODM_COLUMNS, "redcap": REDCAP_COLUMNS}.get(self.format, ())
        return column in own or self.rave is not None and column.endswith(self.rave.interpolated)


class NoArm(Record):
    """What stands in ARMCD and ARM of a subject without an arm."""

    ARMCD: str = Field(min_length=1, max_length=20)
    ARM: str = Field(min_length=1)


class Policies(Record):
    """The choices that the standard leaves to the sponsor, each from a short documented list
    (docs/study-file.md)."""

    usubjid: Literal["study-site-subject", "study-subject", "prefix-site-subject"]
    reference_start: Literal["first_exposure", "informed_consent"]
    reference_end: Literal["last_exposure", "end_of_participation", "disposition_event"]
    participation_end: Literal["day", "as_collected"]
    without_arm: dict[str, NoArm]  # reason (ARMNRS) -> what ARMCD and ARM say; of a reason that is not here, nothing
    reported_terms: Literal["as_collected", "upper_case"]
    visits_in: tuple[Literal["ds", "ec", "ex"], ...]  # domains beside the findings that show the visit
    untimed_on_first_dose_day: Literal["before_dose", "after_dose"]
    birth_date: Literal["full", "year", "omit"]
    dlqi_missing_item: Literal["one_item_scores_zero", "all_items_required"]
    # these are needed where there is something to decide
    usubjid_prefix: str | None = Field(default=None, min_length=1, max_length=20)  # usubjid prefix-site-subject
    lab_units: Literal["si", "conventional", "collected"] | None = None  # form lb
    ex_from_ec: Literal["each_record", "constant_dosing"] | None = None  # form ec without form ex
    comment_variables: int | None = Field(default=None, ge=1, le=10)  # comments: COVAL, COVAL1 ... so many
    # a data cut, and AEOUT: what an event came to that was over only after it
    outcome_after_cutoff: Literal["not_recovered", "unknown", "missing"] | None = None


class Derived(Record):
    """A supplemental qualifier that is not collected: what it is called. How it is derived stands with its domain."""

    label: str = Field(min_length=1, max_length=40)  # QLABEL
    origin: str = Field(min_length=1)  # QORIG
    evaluator: str | None = None  # QEVAL


class Drift(Record):
    """What happens when a delivery differs from those before it (docs/study-file.md). stop: nothing is published.
    set_aside: what drifted is not used, and what was there before keeps serving. accept: it is read as far as it
    can be. Whatever is chosen, the message proposes the line to add to the study file."""

    new_column: Literal["stop", "set_aside", "accept"]
    missing_column: Literal["stop", "set_aside", "accept"]
    renamed_column: Literal["stop", "set_aside", "accept"]
    retyped_column: Literal["stop", "set_aside", "accept"]
    new_code: Literal["stop", "set_aside", "accept"]
    date_format: Literal["stop", "set_aside", "accept"]


class Redcap(Record):
    """Where the REDCap project is that a run fetches before it starts; its file, dictionary, kind of values and decimal
    mark are those of the sources with format = "redcap"."""

    # a token is sent there: never in the open, except to this machine
    url: str = Field(pattern=r"^(https://|http://(localhost|127\.0\.0\.1)[:/])")
    token: str = Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")  # the NAME of the environment variable that holds it


class VitalSigns(Record):
    """What the statistical analysis plan says of vital signs (ADVS)."""

    derived: tuple[Literal["MAP", "BMI", "BSA"], ...]  # parameters that are computed where they were not collected
    baseline: Literal["last_before_exposure", "each_time_point"]  # one a parameter, or one a time point
    average: Literal["none", "each_day"]  # records of the mean of a day
    analysed: Literal["every_visit", "on_treatment"]  # where ANL01FL can stand
    on_treatment_days: int = Field(ge=0)
    missing: Literal["as_observed", "locf"]


class Alerts(Record):
    """Who is told when a run stops, and when one that is done crosses a threshold. Where to deliver it, with its
    passwords, stands in the environment: `webhook` and `smtp` are NAMES of variables."""

    webhook: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")  # a URL that takes a POST of JSON
    smtp: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")  # smtp://user:password@host:587
    sender: str | None = Field(default=None, pattern=r"^[^@\s]+@[^@\s]+$")
    to: tuple[Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")], ...] = ()
    rejected_rows: int | None = Field(default=None, ge=1)  # so many more rows set aside than in the snapshot before
    new_codes: int | None = Field(default=None, ge=1)  # so many codes more that the study file does not know
    silent_days: int | None = Field(default=None, ge=1)  # a site that sent nothing new for so many days

    @model_validator(mode="after")
    def someone_is_told(self) -> Alerts:
        if not (self.webhook or self.smtp):
            raise ValueError("webhook or smtp is needed: the name of an environment variable that says where to")
        if bool(self.smtp) != bool(self.sender) or bool(self.smtp) != bool(self.to):
            raise ValueError("smtp, sender and to belong together")
        return self


class Retention(Record):
    """What `trialmill prune` keeps, beside locked snapshots."""

    snapshots: int = Field(ge=1)


class Analysis(Record):
    """What the statistical analysis plan says and SQL binds as parameters."""

    treatment_emergent_days: int = Field(ge=0)
    unknown_ae_start: Literal["treatment_emergent", "not_flagged"]
    vital_signs: VitalSigns | None = None  # needed with form vs
    # analysis table -> its purpose in Define-XML (ARM 1.0); of one that is not here: exploratory
    purposes: dict[
        str, Literal["PRIMARY OUTCOME MEASURE", "SECONDARY OUTCOME MEASURE", "EXPLORATORY OUTCOME MEASURE"]
    ] = {}


class Dictionary(Record):
    """A coding dictionary of the user's: a folder of MedDRA ASCII files, or one CSV file. None comes with trialmill."""

    name: str = Field(min_length=1)  # e.g. MedDRA
    version: str = Field(min_length=1)
    format: Literal["meddra", "csv"]
    path: str  # from the study's folder, or absolute
    encoding: str
    forms: tuple[Literal["ae", "mh", "cm", "ce"], ...] = Field(min_length=1)
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)  # csv
    columns: dict[str, str] = {}  # csv: verbatim, and levels as in coding.csv -> column of the file

    @model_validator(mode="after")
    def keys_of_the_format(self) -> Dictionary:
        try:
            "".encode(self.encoding)
        except LookupError:
            raise ValueError(f"encoding: {self.encoding} is no encoding that is known") from None
        for key in ("delimiter", "columns"):
            if bool(getattr(self, key)) != (self.format == "csv"):
                words = "is needed for" if self.format == "csv" else "does not belong to"
                raise ValueError(f'{key} {words} format = "{self.format}"')
        if self.format == "csv":
            levels = set(Coding.model_fields) - {"form"}
            if unknown := sorted(self.columns.keys() - levels):
                raise ValueError(f"columns: {', '.join(unknown)} is no level: {', '.join(sorted(levels))}")
            if lacking := sorted({"verbatim", "decod"} - self.columns.keys()):
                raise ValueError(f"columns: {', '.join(lacking)} is missing")
        return self


class CheckSettings(Record):
    """What a study says of one edit check of sql/checks: that it does not run, and why; or thresholds of its own."""

    off: str | None = Field(default=None, min_length=1)  # the reason
    thresholds: dict[str, float] = {}  # name -> value; those that are not here are the check's own


class Submission(Record):
    """How text goes into the transport files of a submission, which are ASCII (docs/submission.md)."""

    # refuse: what is not ASCII stops. translate: whole texts, by submission_texts.csv and translations.csv.
    # transliterate: those, and letters and signs by rule. What has no ASCII even so stops.
    ascii: Literal["refuse", "translate", "transliterate"]
    # QNAMs that stay out of the package: the text before its translation, say
    left_out: tuple[Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,7}$")], ...]


class Dose(Record):
    """One planned administration: visit, treatment, amount and unit (per kg where the unit says so)."""

    visit: str
    treatment: str
    dose: float = Field(gt=0)
    unit: str


class Manifest(Record):
    """The list of files that comes with every delivery, inside it or inside its ZIP: a CSV, or JSON with one list
    of objects. `name` and `sha256` are what it calls those two columns."""

    file: str  # name or glob inside a delivery's folder
    format: Literal["csv", "json"]
    name: str
    sha256: str


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
    drift: Drift
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
    redcap: Redcap | None = None
    manifest: Manifest | None = None
    dictionaries: dict[str, Dictionary] = {}
    checks: dict[str, CheckSettings] = {}  # edit check -> what the study says of it; the others run as they are
    alerts: Alerts | None = None
    retention: Retention | None = None
    submission: Submission | None = None  # needed to submit
    derived: dict[Literal["AETRTEM"], Derived] = {}  # QNAM -> its words; supplemental, where it is named here


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


class Window(Record):
    """windows.csv: one analysis visit of a category of parameters, which then has none of those of visits.csv. It is
    a span of study days, open where a bound is blank; for vital signs it may be a planned visit instead, or hold
    the last analysed value of some analysis visits (a line for each of them)."""

    PARCAT1: str
    ARMCD: str | None = None
    AVISIT: str
    AVISITN: float
    EPOCH: str
    AWTARGET: int | None = None
    AWLO: int | None = None
    AWHI: int | None = None
    VISIT: str | None = None  # the planned visit that it is
    LAST_OF: str | None = None  # AVISIT of a line of the same category


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
    clascd: str | None = None


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

    item: str = Field(pattern=r"^([0-9][0-9A-Z]*|TOT)$")
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
    """translations.csv: free text as the site wrote it and its English. submission_texts.csv: text as the datasets have
    it and what stands for it in a submission; it changes nothing else."""

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


class Answer(Record):
    """queries.csv: an answer to a query. `id` is the query's; `answer` says what was done, `why` explains it."""

    id: str = Field(pattern=r"^[0-9a-f]{12}$")
    answer: str = Field(min_length=1)
    who: str = Field(min_length=1)
    when: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    why: str = Field(min_length=1)


class Disposition(Record):
    """dispositions.csv: what is to become of a finding of conformance. `ID` is the finding's, `OWNER` who answers for
    it."""

    once: ClassVar[str | None] = "ID"

    ID: str = Field(pattern=r"^[0-9a-f]{10}$")
    DISPOSITION: Literal["fix", "explain", "waive"]
    REASON: str | None = Field(default=None, validate_default=True)
    OWNER: str = Field(min_length=1)
    DATE: str

    @field_validator("REASON")
    @classmethod
    def reason(cls, given: str | None, info: ValidationInfo) -> str | None:
        if not given and info.data.get("DISPOSITION") in ("explain", "waive"):
            raise ValueError(f"is blank; expected why: {info.data['DISPOSITION']} needs a reason")
        return given

    @field_validator("DATE")
    @classmethod
    def day(cls, given: str) -> str:
        try:
            if date.fromisoformat(given).isoformat() == given:
                return given
        except ValueError:
            pass
        raise ValueError("is no date; expected ISO 8601, YYYY-MM-DD")


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
    "submission_texts": (Translation, False),
    "corrections": (Correction, False),
    "persons": (Person, False),
    "queries": (Answer, False),
    "windows": (Window, False),
    "dispositions": (Disposition, False),
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
    submission_texts: tuple[Translation, ...] = ()
    corrections: tuple[Correction, ...] = ()
    persons: tuple[Person, ...] = ()
    queries: tuple[Answer, ...] = ()  # the answers to them
    windows: tuple[Window, ...] = ()
    dispositions: tuple[Disposition, ...] = ()  # of conformance findings; no data follows from them
    instruments: dict[str, tuple[InstrumentItem, ...]] = {}  # of the study's own, by name
    dictionaries: dict[str, Any] = {}  # form -> its dictionary's terms (transforms/dictionaries.py), a frame
    cutoff: str | None = None  # date of the data cut that a run asks for; no table beside study.toml says it

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

    @cached_property
    def kin(self) -> dict[str, str]:
        """Subject number -> one number that stands for all that belong to the same persons at any site."""
        kin: dict[str, str] = {}
        for person in self.persons:
            one, other = kin.get(person.SUBJID, person.SUBJID), kin.get(person.OF_SUBJID, person.OF_SUBJID)
            kin |= {number: other for number, of in kin.items() if of == one}
            kin |= {person.SUBJID: other, person.OF_SUBJID: other, one: other}
        return kin

    def dictionary_of(self, form: str) -> Dictionary | None:
        """What the study file says of the form's dictionary; None where it has none."""
        return next((given for given in self.file.dictionaries.values() if form in given.forms), None)

    def sources_of(self, form: str) -> dict[str, Source]:
        return {name: source for name, source in self.file.sources.items() if source.form == form}
