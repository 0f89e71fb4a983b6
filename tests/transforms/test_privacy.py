"""Dates of birth by policy, on small tables."""

import pandas as pd
import pyarrow as pa
import pytest

from schemas.study import Column
from tests.transforms.sdtm.conftest import trial_with  # noqa: F401
from transforms.privacy import (
    birth_columns,
    birth_years,
    without_birth_dates,
    without_birth_dates_said,
    without_birth_values,
)

TEXT = pa.dictionary(pa.int32(), pa.string())


def with_birth(study, spec: Column, **more):
    dm = study.file.sources["dm"]
    dm = dm.model_copy(update={"columns": dm.columns | {"BRTHDAT": spec}, "date_order": "dmy", **more})
    return study.model_copy(update={"file": study.file.model_copy(update={"sources": study.file.sources | {"dm": dm}})})


def rows(**columns) -> pa.Table:
    return pa.table({name: pa.array(values, pa.string()).cast(TEXT) for name, values in columns.items()})


@pytest.mark.parametrize(
    ("policy", "kept"),
    [
        ("year", ["1980", "1980", None, None, None, "1980"]),
        ("omit", [None] * 6),
        ("full", ["10-02-1980", "feb 1980", "31-02-1980", "10-02-80", None, "1980"]),
    ],
)
def test_the_raw_layer_has_the_year_that_can_be_read(trial_with, policy, kept):  # noqa: F811
    study = with_birth(trial_with(birth_date=policy).study, Column(column=("DOB",)))
    raw = rows(DOB=["10-02-1980", "feb 1980", "31-02-1980", "10-02-80", None, "1980"], SEX=["F"] * 6)
    found = without_birth_dates(raw, study.file.sources["dm"], study)
    assert found.column("DOB").to_pylist() == kept and found.schema == raw.schema
    assert found.column("SEX").to_pylist() == ["F"] * 6


def test_of_a_date_in_three_columns_the_year_is_left(trial_with):  # noqa: F811
    study = with_birth(trial_with(birth_date="year").study, Column(year="Y", month="M", day="D"))
    raw = rows(Y=["1980"], M=["2"], D=["10"])
    assert without_birth_dates(raw, study.file.sources["dm"], study).to_pylist() == [
        {"Y": "1980", "M": None, "D": None}
    ]


def test_the_columns_of_a_rave_view_are_three(trial_with):  # noqa: F811
    from schemas.study import Rave

    study = with_birth(trial_with().study, Column(column=("DOB_RAW",)), rave=Rave(raw="_RAW", interpolated="_INT"))
    assert birth_columns(study.file.sources["dm"]) == {"DOB", "DOB_RAW", "DOB_INT"}


@pytest.mark.parametrize(("policy", "kept"), [("year", "1980"), ("omit", None), ("full", "1980-02-10")])
def test_the_form_has_what_brthdtc_will_have(trial_with, policy, kept):  # noqa: F811
    form = pd.DataFrame({"BRTHDAT": pd.Series(["1980-02-10", None], dtype="str").astype("category")})
    found = birth_years(form, trial_with(birth_date=policy).study)["BRTHDAT"].astype("object")
    assert found.where(found.notna(), None).tolist() == [kept, None]


def test_a_finding_says_where_and_not_what(trial_with):  # noqa: F811
    study = with_birth(trial_with(birth_date="year").study, Column(column=("DOB",)))
    findings = pd.DataFrame(
        [
            ("dm", "DOB", "31-02-1980", "is no date that can be read (no such date: 1980-02-31)"),
            ("dm", "SEX", "x", "is no code (x)"),
            ("ae", "DOB", "5", "is another column (5)"),
            ("dm", "SEX", None, "changes no row any more (SUBJECT=1;DOB=10-02-1980): the site may have corrected it"),
        ],
        columns=["dataset", "column", "value", "message"],
    ).astype("str")
    found = without_birth_values(findings, study)
    assert found["message"].tolist() == [
        "is no date that can be read",
        "is no code (x)",
        "is another column (5)",
        "changes no row any more: the site may have corrected it",
    ]
    assert found["value"].isna().tolist() == [True, False, False, True]


@pytest.mark.parametrize(
    ("policy", "words"), [("year", "born 1980?"), ("omit", "born (not shown)?"), ("full", "born 1980-02-10?")]
)
def test_an_edit_check_quotes_no_more_than_the_policy(trial_with, policy, words):  # noqa: F811
    births = pd.DataFrame({"USUBJID": ["S1", "S2"], "BRTHDAT": ["1980-02-10", None]})
    findings = pd.DataFrame(
        {"USUBJID": ["S1", "S2", None], "message": ["born 1980-02-10?", "born?", "all"], "value": None}
    )
    found = without_birth_dates_said(findings.astype("str"), births, trial_with(birth_date=policy).study)
    assert found["message"].tolist() == [words, "born?", "all"]
