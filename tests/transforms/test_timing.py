from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.timing import age, before_exposure, epoch, last_before_exposure_flag, sequence, study_day

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def text(*values):
    return pd.Series(values, dtype="str").astype("category")


def shown(column):
    return column.astype("str").fillna("").tolist()


def test_there_is_no_study_day_zero():
    days = study_day(text("2020-03-09", "2020-03-10", "2020-03-11T08:00"), text(*["2020-03-10"] * 3))
    assert days.tolist() == [-1, 1, 2]


def test_partial_dates_have_no_study_day():
    days = study_day(text("2020-03", "2020-03-10", None), text("2020-03-10", "2020", "2020-03-10"))
    assert days.isna().all()


@given(DAYS, DAYS)
def test_study_days_count_as_the_calendar_does(day, reference):
    apart = (day - reference).days
    result = study_day(text(day.isoformat()), text(reference.isoformat()))[0]
    assert result == (apart + 1 if apart >= 0 else apart) != 0


ELEMENTS = pd.DataFrame(
    [
        ("S1", "SCRN", "SCREENING", 1, "2020-01-01", "2020-01-15", False),
        ("S1", "TRT", "TREATMENT", 2, "2020-01-15T10:00", "2020-04-08", True),
        ("S1", "FU", "FOLLOW-UP", 3, "2020-04-08", "2021-01-10", False),
        ("S2", "SCRN", "SCREENING", 1, "2020-02-01", None, False),
    ],
    columns=["USUBJID", "ETCD", "EPOCH", "TAETORD", "SESTDTC", "SEENDTC", "_starts_with_exposure"],
).astype({"USUBJID": "category"})


@pytest.mark.parametrize(
    ("subject", "dtc", "expected"),
    [
        ("S1", "2019-12-31", ""),
        ("S1", "2020-01-01", "SCREENING"),
        ("S1", "2020-01-15", "TREATMENT"),  # the day of first exposure
        ("S1", "2020-01-15T08:00", "TREATMENT"),
        ("S1", "2020-04-08", "TREATMENT"),  # a day of two elements: the earlier one
        ("S1", "2020-04-09", "FOLLOW-UP"),
        ("S1", "2021-01-11", ""),
        ("S1", "2020-02", "TREATMENT"),
        ("S1", "2020-01", ""),  # screening or treatment
        ("S1", None, ""),
        ("S2", "2025-01-01", "SCREENING"),  # still going on
        ("S3", "2020-02-01", ""),
    ],
)
def test_epoch_is_that_of_the_element_in_which_the_date_lies(subject, dtc, expected):
    assert shown(epoch(text(dtc), text(subject), ELEMENTS)) == [expected]


def test_an_element_of_one_shared_day_holds_nothing():
    elements = ELEMENTS.iloc[[0, 0, 1]].assign(
        EPOCH=["SCREENING", "RUN-IN", "TREATMENT"],
        TAETORD=[1, 2, 3],
        SESTDTC=["2020-01-01", "2020-01-15", "2020-01-15"],
        SEENDTC=["2020-01-15", "2020-01-15", None],
    )
    epochs = epoch(text("2020-01-14", "2020-01-15"), text("S1", "S1"), elements)
    assert shown(epochs) == ["SCREENING", "TREATMENT"]


def test_no_elements_no_epoch():
    assert shown(epoch(text("2020-01-14"), text("S1"), ELEMENTS.iloc[:0])) == [""]


@pytest.mark.parametrize(
    ("dtc", "exposure", "before_dose", "after_dose"),
    [
        ("2020-01-14", "2020-01-15T10:00", True, True),
        ("2020-01-15T09:59", "2020-01-15T10:00", True, True),
        ("2020-01-15T10:30", "2020-01-15T10:00", False, False),
        ("2020-01-15", "2020-01-15T10:00", True, False),
        ("2020-01-15T09:00", "2020-01-15", True, False),
        ("2020-01-15T10:00", "2020-01-15T10:00", True, False),  # the same minute does not say which was first
        ("2020-01-15T10:00:00", "2020-01-15T10:00:00", False, False),
        ("2020-01-16", "2020-01-15", False, False),
        ("2019", "2020-01-15", True, True),
        ("2020-01", "2020-01-15", False, False),
        ("2020-01-14", None, False, False),
    ],
)
def test_before_exposure(dtc, exposure, before_dose, after_dose):
    assert before_exposure(text(dtc), text(exposure), "before_dose").tolist() == [before_dose]
    assert before_exposure(text(dtc), text(exposure), "after_dose").tolist() == [after_dose]


def test_the_last_measured_record_before_exposure_is_flagged_per_subject_and_test():
    vs = pd.DataFrame(
        [
            ("S1", "TEMP", "2020-01-10", 36.5, ""),
            ("S1", "TEMP", "2020-01-15T09:00", 36.7, "Y"),
            ("S1", "TEMP", "2020-01-15T12:00", 37.9, ""),
            ("S1", "WEIGHT", "2020-01-10", 70.0, "Y"),
            ("S1", "WEIGHT", "2020-01-14", np.nan, ""),
            ("S2", "TEMP", "2020-01-01", 36.6, ""),
            ("S2", "TEMP", "2020-01-01", 36.8, "Y"),
            ("S3", "TEMP", "2020-01-01", 36.6, ""),
        ],
        columns=["USUBJID", "VSTESTCD", "VSDTC", "VSSTRESN", "expected"],
    )
    vs["RFXSTDTC"] = vs["USUBJID"].map({"S1": "2020-01-15T10:00", "S2": "2020-02-01"})
    flags = last_before_exposure_flag(
        vs, ["USUBJID", "VSTESTCD"], "VSDTC", "RFXSTDTC", vs["VSSTRESN"].notna(), "before_dose"
    )
    assert shown(flags) == vs["expected"].tolist()


def test_sequence_starts_at_one_for_each_subject():
    assert sequence(text("S1", "S1", "S2", "S3", "S3")).tolist() == [1, 2, 1, 1, 2]
    assert sequence(text()).tolist() == []


@pytest.mark.parametrize(
    ("birth", "reference", "years"),
    [
        ("1970-05-20", "2020-05-19", 49),
        ("1970-05-20", "2020-05-20", 50),
        ("1984-02-29", "2020-02-28", 35),
        ("1984-02-29", "2020-02-29", 36),
        ("1984-02-29", "2021-02-28", 36),
        ("1984-02-29", "2021-03-01", 37),
        ("1984-03-01", "2020-02-29", 35),
    ],
)
def test_age_counts_completed_anniversaries(birth, reference, years):
    assert age(text(birth), text(reference)).tolist() == [years]


def test_a_partial_birth_date_gives_no_age():
    assert age(text("1984", "1984-02", None), text(*["2020-01-01"] * 3)).isna().all()


@given(DAYS, DAYS)
def test_a_year_older_exactly_on_each_birthday(birth, reference):
    birth, reference = sorted((birth, reference))
    years = int(age(text(birth.isoformat()), text(reference.isoformat()))[0])
    completed = sum(
        (year, birth.month, birth.day) <= (reference.year, reference.month, reference.day)
        for year in range(birth.year + 1, reference.year + 1)
    )
    assert years == completed
