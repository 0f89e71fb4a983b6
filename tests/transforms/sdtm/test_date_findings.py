import pytest


def found(trial, treated, rule):
    findings = trial.sdtm(**treated).findings
    findings = findings[findings["rule"] == rule]
    return list(
        zip(findings["dataset"], findings["_row"], findings["column"], findings["value"], strict=True)
    )


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2020-03-10", "2020-03-09", True),
        ("2020-03-10", "2020-03-10", False),
        ("2020-03", "2020-02", True),
        ("2020-03-10", "2020-03", False),  # may be the 31st
        ("2020-03", "2020-03-01", False),  # may be the same day
        ("2020", "2019-12-31", True),
        (None, "2019-12-31", False),
    ],
)
def test_only_an_end_that_is_certainly_before_the_start_is_asked_about(trial, treated, start, end, wrong):
    treated["cm"] = [{"USUBJID": "S1", "CMTRT": "Aspirin", "CMSTDAT": start, "CMENDAT": end}]
    assert found(trial, treated, "DATE-ORDER") == ([("cm", 2, "raw CMENDAT", end)] if wrong else [])


def test_times_of_one_day_are_compared(trial, treated):
    treated["ex"][1] |= {"EXENDAT": "2020-03-10", "EXENTIM": "09:00"}
    assert found(trial, treated, "DATE-ORDER") == [("ex", 3, "raw EXENDAT", "2020-03-10T09:00")]


@pytest.mark.parametrize(
    ("week_0", "week_4", "wrong"),
    [("2020-03-02", "2020-03-30", None), ("2020-03-30", "2020-03-02", "2020-03-02"), ("2020-03-30", "2020-03", None)],
)
def test_a_visit_before_the_one_that_is_planned_before_it_is_asked_about(trial, treated, week_0, week_4, wrong):
    sign = {"USUBJID": "S1", "VSTESTCD": "TEMP", "VSORRES": "36.5"}
    treated["vs"] = [sign | {"VISIT": "WEEK 0", "VSDAT": week_0}, sign | {"VISIT": "WEEK 4", "VSDAT": week_4}]
    treated["ex"] = []
    assert found(trial, treated, "VISIT-ORDER") == ([("SV", 3, "SVSTDTC", wrong)] if wrong else [])


def test_an_assessment_or_a_dose_before_consent_is_asked_about(trial, treated):
    sign = {"USUBJID": "S1", "VSTESTCD": "TEMP", "VSORRES": "36.5", "VISIT": "SCREENING"}
    treated["vs"] = [
        sign | {"VSDAT": "2020-02-29"},
        sign | {"VSDAT": "2020-03-01"},
        sign | {"VSDAT": "2020-03"},
    ]
    treated["ex"][0]["EXSTDAT"] = "2020-02-01"
    assert found(trial, treated, "CONSENT") == [
        ("vs", 2, "raw VSDAT", "2020-02-29"),
        ("ex", 2, "raw EXSTDAT", "2020-02-01"),
    ]
