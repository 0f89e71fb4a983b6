"""TA, TE, TI, TS, TV: the plan of the trial, from the study's tables (SDTMIG 3.4 section 7)."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from schemas.study import Record, Study
from schemas.terminology import name_of
from transforms.distinct import constant


def trial_design(study: Study) -> dict[str, pd.DataFrame]:
    """The trial design datasets by name. They are the same for all subjects, and built once."""
    return {"TA": ta(study), "TE": te(study), "TI": ti(study), "TS": ts(study), "TV": tv(study)}


def ta(study: Study) -> pd.DataFrame:
    """One record per planned element of an arm."""
    records = _records(study, "TA", "arms", study.arms)
    return records.sort_values(["ARMCD", "TAETORD"], ignore_index=True)


def te(study: Study) -> pd.DataFrame:
    """One record per planned element."""
    records = _records(study, "TE", "elements", study.elements).drop(columns="STARTS_WITH")
    return records.sort_values("ETCD", ignore_index=True)


def ti(study: Study) -> pd.DataFrame:
    """One record per eligibility criterion, and per version of the protocol where criteria.csv names versions: the
    whole set again for each, a criterion whose text was changed under another IETESTCD (SDTMIG 3.4 section 7.4.1)."""
    return _records(study, "TI", "criteria", study.criteria).sort_values(["IETESTCD", "TIVERS"], ignore_index=True)


def ts(study: Study) -> pd.DataFrame:
    """One record per trial summary parameter value.

    - TSSEQ: the number of the value within the parameter.
    """
    records = _records(study, "TS", "summary", study.summary)
    records["TSPARM"] = records["TSPARMCD"].map(name_of("C66738", "C67152")).astype("str")
    records["TSSEQ"] = records.groupby("TSPARMCD").cumcount() + 1
    return records.sort_values(["TSPARMCD", "TSSEQ"], ignore_index=True)


def tv(study: Study) -> pd.DataFrame:
    """One record per planned visit, and per arm where visits.csv names arms; else ARMCD is missing.

    TV knows no versions of the protocol: a visit stands there as the newest one that has it plans it."""
    records = _records(study, "TV", "visits", study.visits)
    records = records[[visit in study.plan for visit in study.visits]]
    names = [
        "STUDYID",
        "DOMAIN",
        "VISITNUM",
        "VISIT",
        "VISITDY",
        "ARMCD",
        "TVSTRL",
        "TVENRL",
        "_file",
        "_row",
    ]
    return records[names].sort_values(["VISITNUM", "ARMCD"], ignore_index=True)


def _records(study: Study, domain: str, table: str, rows: Iterable[Record]) -> pd.DataFrame:
    """One record per line of a table of the study, with its place (the header is line 1)."""
    rows = list(rows)
    shape = {name: field.annotation for name, field in type(rows[0]).model_fields.items()}
    columns = {
        name: pd.Series([getattr(row, name) for row in rows], dtype=_kind(shape[name])) for name in shape
    }
    place = {"_file": constant(f"study/{table}.csv", len(rows)), "_row": np.arange(2, len(rows) + 2)}
    ids = {"STUDYID": constant(study.id, len(rows)), "DOMAIN": constant(domain, len(rows))}
    return pd.DataFrame(ids | columns | place)


def _kind(annotation: object) -> str:
    text = str(annotation)
    if "int" in text:
        return "float64" if "None" in text else "int64"
    return "float64" if "float" in text else "str"
