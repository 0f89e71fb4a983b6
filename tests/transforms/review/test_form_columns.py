"""What is said of the columns that each SDTM variable is worked out from, held against the transforms themselves."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from flows.check import text_frame
from flows.study_file import read_study
from schemas.forms import FORMS
from schemas.sdtm import DATASETS as SDTM
from transforms.forms import subject_forms
from transforms.review.form_columns import all_form_columns, form_columns, raw_columns
from transforms.review.rules import functions, rule_of
from transforms.sdtm.subjects import subjects_sdtm

STUDY = Path(__file__).parents[3] / "studies" / "admsc_psoriasis"
# identifiers tell which record is meant, numbers count
SKIPPED = {"USUBJID", "SITEID", "SUBJID", "_file", "_row", "_source"}


@pytest.fixture(scope="module")
def study():
    return read_study(STUDY)


def test_a_variable_is_worked_out_from_its_own_columns():
    assert form_columns("AE", "AESTDTC") == ("AESTDAT", "AESTTIM")
    assert form_columns("AE", "AEREL") == ("AEREL",)
    assert form_columns("FAMH", "FASTRESN") == ("FAORRES", "FAORRESU", "FATESTCD")
    assert form_columns("VS", "VSDY") == ("VSDAT", "DM.RFSTDTC")


def test_a_study_day_goes_back_to_the_first_dose():
    assert {("vs", "VSDAT"), ("ex", "EXSTDAT"), ("ec", "ECSTDAT")} <= all_form_columns("VS", "VSDY")


def test_raw_columns_are_those_of_the_study_file(study):
    pasi, vs, ae = (study.file.sources[name] for name in ("pasi", "vs", "ae"))
    assert raw_columns(pasi, study, "RSORRES", "PASI0208") == ["UPPER_AREA"]
    assert raw_columns(pasi, study, "RSORRES", "PASI0229") == ["PASI_TOTAL"]
    assert raw_columns(pasi, study, "RSDAT") == ["ASSESSED_ON"]
    assert raw_columns(vs, study, "VSORRES", "WEIGHT") == ["WEIGHT"]
    assert raw_columns(ae, study, "AEDECOD") == ["EVENT"]  # coded from the term
    assert raw_columns(ae, study, "AEXX") == []


def test_every_dataset_has_a_function_with_a_rule():
    for name, schema in SDTM.items():
        assert functions(name, schema.metadata["domain"])
        assert rule_of(name, schema.metadata["domain"])["words"].startswith("One record per")


def changed_column(column: pd.Series) -> pd.Series:
    """The same column with another value of its kind in every row that has one."""
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column + 1
    values = list(column.dropna().astype("str").unique())
    dates = [v for v in values if len(v) >= 10 and v[4] == "-" == v[7]]
    if dates and len(dates) >= len(values) / 2:
        moved = {v: f"{int(v[:4]) + 1}{v[4:8]}{min(int(v[8:10]), 28):02}{v[10:]}" for v in dates}
        return column.astype("str").map(lambda v: moved.get(v, v), na_action="ignore").astype("str").astype("category")
    other = dict(zip(values, [*values[1:], values[0]], strict=True)) if len(values) > 1 else {}
    return column.astype("str").map(other).astype("str").astype("category")


def differing(old: pd.DataFrame, new: pd.DataFrame) -> set[str]:
    """Variables that differ between records of the same raw row, where each side has one."""
    place = ["_file", "_row", *(name for name in old if name.endswith("TESTCD") or name in ("VISITNUM", "ETCD"))]
    sides = []
    for frame in (old, new):
        frame = frame.copy()
        for name in place:
            frame[name] = frame[name].astype("str")
        sides.append(frame[~frame.duplicated(place, keep=False)].set_index(place))
    both = sides[0].index.intersection(sides[1].index)
    left, right = (side.loc[both] for side in sides)
    found = set()
    for name in left.columns.intersection(right.columns):
        a, b = (side[name].astype(object).to_numpy() for side in (left, right))
        if len(both) and (~((a == b) | (pd.isna(a) & pd.isna(b)))).any():
            found.add(name)
    return found


@pytest.mark.long
def test_no_form_column_changes_a_variable_that_is_not_said_to_use_it(study, published):
    raw = {
        name: text_frame(pq.read_table(published / "current" / "raw" / f"{name}.parquet"))
        for name in study.file.sources
    }
    forms = subject_forms(raw, study).forms
    before = subjects_sdtm(dict(forms), study).datasets
    wrong, tried, seen = [], 0, set()
    parts = [(name, None) for name in forms if not isinstance(forms[name], dict)]
    parts += [(name, source) for name in forms if isinstance(forms[name], dict) for source in forms[name]]
    for form, source in parts:
        frame = forms[form][source] if source else forms[form]
        for column in frame.columns:
            base = column.split(".")[0]
            if base.endswith("TESTCD"):
                continue  # it tells which record of a row is meant
            if base in SKIPPED or column.startswith("SUPP.") or column.endswith((".reason", ".verbatim", ".original")):
                continue
            if source is None and base not in FORMS[form].columns or column.endswith(".number"):
                continue
            changed = frame.assign(**{column: changed_column(frame[column])})
            if f"{column}.number" in frame:
                changed[f"{column}.number"] = frame[f"{column}.number"] + 1
            again = dict(forms)
            again[form] = {**forms[form], source: changed} if source else changed
            try:
                after = subjects_sdtm(again, study).datasets
            except (KeyError, ValueError, TypeError):
                continue  # the transforms cannot take such a value
            tried += 1
            for name, records in before.items():
                if name.startswith("SUPP") or name in ("RELREC", "CO") or name not in after:
                    continue
                for variable in differing(records, after[name]):
                    if variable.endswith("SEQ") or variable in SKIPPED or variable not in SDTM[name].columns:
                        continue
                    said = all_form_columns(name, variable)
                    item = source and not column.startswith(form.upper())  # an item is its domain's result
                    used = {column, f"{form.upper()}ORRES"} if item else {column}
                    seen.add((name, variable))
                    if not any((form, one) in said for one in used):
                        wrong.append((form, column, name, variable))
    assert tried > 60 and len(seen) > 60
    assert wrong == []


def test_missing_stays_missing_when_a_column_is_changed():
    column = pd.Series(["2020-01-02", np.nan], dtype="str").astype("category")
    assert changed_column(column).tolist()[0] == "2021-01-02" and pd.isna(changed_column(column).tolist()[1])
