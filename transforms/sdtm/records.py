"""What the records of every domain have in common: identifiers, columns collected, dates, order, findings."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from pandas.api.extensions import take

from schemas.study import Source, Study
from transforms.dates import date_time
from transforms.distinct import constant, distinct, mapped, ranks
from transforms.sdtm.persons import numbers_collected
from transforms.timing import epoch, flag, sequence, study_day

BYTES = 200  # of UTF-8 that a Char variable can hold
FINDING = ["rule", "severity", "dataset", "USUBJID", "_file", "_row", "column", "value", "message"]


def collected(form: pd.DataFrame, study: Study, domain: str, names: tuple[str, ...]) -> pd.DataFrame:
    """One record per form row: identifiers, the named columns that are mapped, what goes to SUPP-- and CO, place.

    - DOMAIN: the two letters of the domain.
    - --DECOD, --LLT, --LLTCD, --PTCD, --HLT, --HLTCD, --HLGT, --HLGTCD, --BODSYS, --BDSYCD, --SOC, --SOCCD, --CLAS,
      --CLASCD: the coding of the reported term, by the study's dictionary or its list of coded terms.

    `SUPP.<QNAM>` and `<variable>.original` ride along until `supp` takes them off, COMMENT until `co` does."""
    names = (*names, "COMMENT")
    kept = [name for name in form if name in names or supplemental(name) and not name.endswith("TESTCD.original")]
    records = form[["USUBJID", *kept, "_file", "_row"]].copy()
    for name, number in numbers_collected(form, study).items() if domain != "DM" else ():
        records[name] = number
    records["STUDYID"] = constant(study.id, len(form))
    records["DOMAIN"] = constant(domain, len(form))
    return records


def supplemental(name: str) -> bool:
    """True for a column that goes to SUPP-- and not into the domain."""
    return name.startswith("SUPP.") or name.endswith(".original")


def where(condition: pd.Series, value: str) -> pd.Series:
    """One record per row: the text where the condition holds, else missing."""
    return flag(len(condition), condition.fillna(False).to_numpy(dtype=bool), condition.index, value)


def is_value(column: pd.Series | None, *values: str) -> pd.Series | bool:
    """One record per row: True where the column has one of the values; False where there is no column."""
    return False if column is None else column.isin(values)


def dtc(form: pd.DataFrame, prefix: str) -> pd.Series:
    """One record per row: --DTC of `<prefix>DAT` and, where the study collects it, `<prefix>TIM`.

    SDTMIG 3.4 section 4.4.1: at the precision collected."""
    times = form.get(f"{prefix}TIM")
    return form[f"{prefix}DAT"] if times is None else date_time(form[f"{prefix}DAT"], times)


def looked_up(column: pd.Series, table: Mapping[str, str]) -> pd.Series:
    """One record per row: what the table says of the value, missing where it says nothing."""
    return mapped(column, lambda values: values.map(table).astype("str"))


def of_subject(usubjid: pd.Series, subjects: pd.DataFrame, name: str) -> pd.Series:
    """One record per row: the subject's value of a variable from a table of one record per subject."""
    names, positions = distinct(usubjid)
    at = pd.Index(subjects["USUBJID"].astype("str")).get_indexer(names)
    return pd.Series(take(subjects[name].array, np.append(at, -1)[positions], allow_fill=True), index=usubjid.index)


def days(dates: pd.Series, usubjid: pd.Series, dm: pd.DataFrame) -> pd.Series:
    """One record per row: the study day."""
    # times take no part in it, and without them there are few different values to work on
    subjects = pd.DataFrame({"USUBJID": dm["USUBJID"], "RFSTDTC": day_only(dm["RFSTDTC"])})
    return study_day(day_only(dates), of_subject(usubjid, subjects, "RFSTDTC"))


def epochs(dates: pd.Series, usubjid: pd.Series, se: pd.DataFrame) -> pd.Series:
    """One record per row: EPOCH in which the date lies; for an interval that of its start."""
    elements = se.assign(SESTDTC=day_only(se["SESTDTC"]), SEENDTC=day_only(se["SEENDTC"]))
    return epoch(day_only(dates), usubjid, elements)


def ordered(records: pd.DataFrame, seq: str | None, by: list[pd.Series | None]) -> pd.DataFrame:
    """The records in the order of subject, then `by`, then place in the source, numbered in --SEQ.

    Whatever comes twice keeps one order through every run; missing sorts last."""
    keys = [records["USUBJID"], *(key for key in by if key is not None), records["_file"]]
    places = [records["_row"].to_numpy(), *(_sort_key(key) for key in reversed(keys))]
    records = records.take(np.lexsort(places)).reset_index(drop=True)
    if seq:
        records[seq] = sequence(records["USUBJID"])
    return records


def _sort_key(column: pd.Series) -> np.ndarray:
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.to_numpy(dtype=float, na_value=np.nan)
    key = ranks(column)
    return np.where(key < 0, len(key), key)


def day_only(dates: pd.Series) -> pd.Series:
    """One record per row: the date without its time, as precise as it is."""
    return mapped(dates, lambda values: values.str.replace("T.*", "", regex=True))


def finding(
    study: Study,
    rule: str,
    severity: str,
    rows: pd.DataFrame,
    column: str,
    message: str | pd.Series,
    value: pd.Series | None = None,
) -> pd.DataFrame:
    """One record per form row: what a data manager should look at, under the site's name of the column."""
    source = rows["_source"].astype("str")
    names = {name: raw_column(given, column) for name, given in study.file.sources.items()}
    return pd.DataFrame(
        {
            "rule": rule,
            "severity": severity,
            "dataset": source,
            "USUBJID": rows["USUBJID"].astype("str"),
            "_file": rows["_file"].astype("str"),
            "_row": rows["_row"].astype("int64"),
            "column": source.map(names),
            "value": (rows[column] if value is None else value).astype("str"),
            "message": message,
        },
        columns=FINDING,
        index=rows.index,
    )


def raw_column(source: Source, name: str) -> str:
    """The raw column that a form column or item comes from; its own name where it is a fixed value."""
    specs = {key.rpartition(".")[2]: spec for key, spec in source.specs().items() if spec.column}
    return specs[name].column[0] if name in specs else name


def together(found: list[pd.DataFrame]) -> pd.DataFrame:
    """All the findings in one table."""
    return pd.concat([frame for frame in found if len(frame)] or [no_findings()], ignore_index=True)


def no_findings() -> pd.DataFrame:
    """The empty table of findings."""
    types = dict.fromkeys(FINDING, "str") | {"_row": "int64"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in types.items()})


def held_back(form: pd.DataFrame, name: str, study: Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The form rows that have a required variable, and one finding per row that has not.

    SDTM has no record without its Req variables: such a row waits for the site's answer."""
    good = form[name].notna()
    message = "is blank or unknown and required: the record waits for the answer"
    return form[good].reset_index(drop=True), finding(study, "REQUIRED", "error", form[~good], name, message)


def pieces(text: str) -> list[str]:
    """A text in pieces of at most 200 bytes of UTF-8, cut between words; a word that is longer is cut itself."""
    found, rest = [], text
    while len(rest.encode()) > BYTES:
        head = rest.encode()[: BYTES + 1].decode(errors="ignore")
        cut = head.rfind(" ")
        if cut <= 0:
            cut = len(rest.encode()[:BYTES].decode(errors="ignore"))
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*found, rest]
