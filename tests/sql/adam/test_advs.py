"""ADVS: parameters, baselines by time point, windows, averages, last values.

First dose on 2 March 2020; visits at week 4 (study days 2 to 42), week 12 (43 to 126), one year (351 to 540).
"""

import pandas as pd
import pytest

from schemas.study import VitalSigns, Window

PLAN = VitalSigns(
    derived=(),
    baseline="last_before_exposure",
    average="none",
    analysed="every_visit",
    on_treatment_days=0,
    missing="as_observed",
)
ENDED = [
    {"USUBJID": "01", "DSCAT": "DISPOSITION EVENT", "DSDECOD": "COMPLETED", "EPOCH": epoch, "DSSTDTC": day}
    for epoch, day in (("TREATMENT", "2020-05-25"), ("FOLLOW-UP", "2021-05-24"))
]
UNITS = {"WEIGHT": "kg", "HEIGHT": "cm", "TEMP": "C", "SYSBP": "mmHg", "DIABP": "mmHg", "CALF": "cm"}


def sign(test, day, value, **more):
    fixed = {"USUBJID": "01", "VSTESTCD": test, "VSTEST": test.title(), "VSSTRESU": UNITS[test]}
    return fixed | {"VSDTC": day, "VSSTRESN": value} | more


@pytest.fixture
def advs(run, subject, study):
    """advs(sign(...), ..., average="each_day", windows=[...]) -> ADVS of subject 01."""

    def frame(*signs, ds=ENDED, doses=("2020-03-02", "2020-03-30"), windows=(), **plan):
        analysis = study.file.analysis.model_copy(update={"vital_signs": PLAN.model_copy(update=plan)})
        file = study.file.model_copy(update={"analysis": analysis})
        told = study.model_copy(update={"file": file, "windows": tuple(windows)})
        return run(told, **subject("01", *doses), vs=list(signs), ds=ds)["advs"]

    return frame


def table(frame, *names, code=None):
    rows = frame if code is None else frame[frame["PARAMCD"] == code]
    rows = rows[list(names)].astype(object)
    return [tuple(row) for row in rows.where(rows.notna(), None).itertuples(index=False)]


def test_baseline_is_the_flagged_record_of_sdtm_and_change_comes_after_it(advs):
    frame = advs(
        sign("WEIGHT", "2020-02-20", 81),
        sign("WEIGHT", "2020-03-02", 80, VSLOBXFL="Y"),
        sign("WEIGHT", "2020-03-30", 76),
        sign("WEIGHT", "2020-05-25", None, VSSTAT="NOT DONE"),  # no result, no record
    )
    assert table(frame, "PARAM", "ADY", "AVISIT", "ABLFL", "AVAL", "BASE", "BASETYPE", "CHG", "PCHG") == [
        ("Weight (kg)", -11, None, None, 81, 80, "LAST", None, None),
        ("Weight (kg)", 1, "Baseline", "Y", 80, 80, "LAST", None, None),
        ("Weight (kg)", 29, "Week 4", None, 76, 80, "LAST", -4, -5),
    ]


def test_each_time_point_has_its_own_baseline_where_the_plan_says_so(advs):
    supine, standing = {"VSTPT": "SUPINE", "VSTPTNUM": 1}, {"VSTPT": "STANDING", "VSTPTNUM": 2}
    frame = advs(
        sign("SYSBP", "2020-02-20", 120, **supine),
        sign("SYSBP", "2020-02-20", 110, **standing),
        sign("SYSBP", "2020-03-02", 126, **supine),  # the day of the dose, untimed: before it, says the policy
        sign("SYSBP", "2020-03-30", 130, **supine),
        sign("SYSBP", "2020-03-30", 121, **standing),
        baseline="each_time_point",
    )
    assert table(frame, "ATPT", "ADY", "BASETYPE", "BASE", "ABLFL", "CHG", "ANL01FL") == [
        ("STANDING", -11, "LAST: STANDING", 110, "Y", None, "Y"),
        ("SUPINE", -11, "LAST: SUPINE", 126, None, None, None),
        ("SUPINE", 1, "LAST: SUPINE", 126, "Y", None, "Y"),
        ("SUPINE", 29, "LAST: SUPINE", 126, None, 4, "Y"),
        ("STANDING", 29, "LAST: STANDING", 110, None, 11, "Y"),
    ]


def test_a_timed_value_after_the_first_dose_is_no_baseline_of_its_time_point(advs):
    frame = advs(
        sign("TEMP", "2020-03-02T11:00", 38.2, VSTPT="1 H", VSTPTNUM=1),
        baseline="each_time_point",
        doses=("2020-03-02T10:00",),
    )
    assert table(frame, "ABLFL", "BASE", "CHG") == [(None, None, None)]


def test_the_record_nearest_to_the_planned_day_is_analysed_at_each_time_point(advs):
    before, after = {"VSTPT": "BEFORE", "VSTPTNUM": 1}, {"VSTPT": "AFTER", "VSTPTNUM": 2}
    frame = advs(
        sign("TEMP", "2020-03-24", 36.1, **before),  # day 23
        sign("TEMP", "2020-03-29", 36.2, **before),  # day 28: one day from day 29
        sign("TEMP", "2020-03-31", 36.3, **before),  # day 30: one day too, and later
        sign("TEMP", "2020-03-24", 37.0, **after),
    )
    assert table(frame, "ATPT", "AVAL", "AWTDIFF", "ANL01FL") == [
        ("BEFORE", 36.1, 6, None),
        ("AFTER", 37.0, 6, "Y"),
        ("BEFORE", 36.2, 1, None),
        ("BEFORE", 36.3, 1, "Y"),
    ]


def test_windows_of_vital_signs_go_before_those_of_all_and_may_be_open(advs):
    windows = [
        Window(PARCAT1="VITAL SIGNS", AVISIT="First Month", AVISITN=1, EPOCH="TREATMENT", AWTARGET=15, AWHI=30),
        Window(PARCAT1="VITAL SIGNS", AVISIT="Later", AVISITN=2, EPOCH="TREATMENT", AWTARGET=60, AWLO=31),
        Window(PARCAT1="DLQI", AVISIT="Other", AVISITN=3, EPOCH="TREATMENT", AWTARGET=60, AWLO=1),
    ]
    days = ("2020-03-02", "2020-03-30", "2020-05-25", "2022-05-25")
    frame = advs(*(sign("WEIGHT", day, 80) for day in days), windows=windows)
    assert table(frame, "ADY", "AVISIT", "AWLO", "AWHI", "ANL01FL") == [
        (1, "First Month", None, 30, None),
        (29, "First Month", None, 30, "Y"),
        (85, "Later", 31, None, "Y"),
        (815, "Later", 31, None, None),
    ]


def test_an_analysis_visit_may_be_the_planned_visit_and_another_hold_the_last_value(advs):
    def line(name, number, **more):
        return Window(PARCAT1="VITAL SIGNS", AVISIT=name, AVISITN=number, EPOCH="TREATMENT", **more)

    windows = [
        line("Baseline", 0, VISIT="WEEK 0"),
        line("Week 4", 4, VISIT="WEEK 4"),
        line("Week 12", 12, VISIT="WEEK 12"),
        line("End of Treatment", 99, LAST_OF="Week 4"),
        line("End of Treatment", 99, LAST_OF="Week 12"),
    ]
    frame = advs(
        sign("WEIGHT", "2020-03-02", 80, VISIT="WEEK 0", VSLOBXFL="Y"),
        sign("WEIGHT", "2020-03-24", 79, VISIT="UNSCHEDULED"),
        sign("WEIGHT", "2020-06-30", 78, VISIT="WEEK 4"),  # late, and all the same week 4
        windows=windows,
        analysed="on_treatment",
        on_treatment_days=365,
    )
    assert table(frame, "AVISIT", "AVISITN", "AVAL", "CHG", "ONTRTFL", "ANL01FL", "DTYPE", "SRCSEQ") == [
        ("Baseline", 0, 80, None, None, None, None, 1),
        (None, None, 79, -1, "Y", None, None, 2),
        ("Week 4", 4, 78, -2, "Y", "Y", None, 3),
        ("End of Treatment", 99, 78, -2, "Y", "Y", "LOV", 3),
    ]


def test_the_average_of_a_day_has_no_source_record(advs):
    frame = advs(
        sign("SYSBP", "2020-03-30", 120, VSTPT="SUPINE", VSTPTNUM=1),
        sign("SYSBP", "2020-03-30", 125, VSTPT="STANDING", VSTPTNUM=2),
        average="each_day",
    )
    assert table(frame, "ATPT", "AVISIT", "AVAL", "DTYPE", "ANL01FL", "SRCDOM", "SRCSEQ") == [
        ("SUPINE", "Week 4", 120, None, "Y", "VS", 1),
        ("STANDING", "Week 4", 125, None, "Y", "VS", 2),
        (None, "Week 4", 122.5, "AVERAGE", "Y", None, None),
    ]


def test_parameters_are_computed_of_one_moment_and_only_where_they_were_not_collected(advs):
    frame = advs(
        sign("HEIGHT", "2020-02-20", 200, VSLOBXFL="Y"),
        sign("WEIGHT", "2020-02-20", 80, VSLOBXFL="Y"),
        sign("WEIGHT", "2020-03-30", 72),
        sign("SYSBP", "2020-03-30", 120, VSTPT="SUPINE", VSTPTNUM=1),
        sign("DIABP", "2020-03-30", 90, VSTPT="SUPINE", VSTPTNUM=1),
        sign("DIABP", "2020-03-30", 60, VSTPT="STANDING", VSTPTNUM=2),  # its systolic is missing
        derived=("MAP", "BMI", "BSA"),
    )
    assert table(frame, "AVAL", "BASE", "ABLFL", "SRCSEQ", code="BMI") == [(20, 20, "Y", None), (18, 20, None, None)]
    assert table(frame, "AVAL", code="BSA") == [(2.108185,), (2,)]  # root of 200 x 80 / 3600; of 200 x 72 / 3600
    assert table(frame, "ATPT", "AVAL", code="MAP") == [("SUPINE", 100)]
    collected = sign("WEIGHT", "2020-02-20", 21, VSTESTCD="BMI", VSSTRESU="kg/m2")
    frame = advs(sign("HEIGHT", "2020-02-20", 200), sign("WEIGHT", "2020-02-20", 80), collected, derived=("BMI", "BSA"))
    assert table(frame, "AVAL", "SRCSEQ", code="BMI") == [(21, 3)]
    assert "MAP" not in set(frame["PARAMCD"])


def test_a_missing_visit_is_carried_only_where_the_plan_says_so(advs):
    signs = sign("WEIGHT", "2020-03-02", 80, VSLOBXFL="Y"), sign("WEIGHT", "2020-03-30", 76)
    assert advs(*signs)["DTYPE"].isna().all()
    frame = advs(*signs, missing="locf")
    assert table(frame, "AVISIT", "AVAL", "CHG", "DTYPE", "ADY") == [
        ("Baseline", 80, None, None, 1),
        ("Week 4", 76, -4, None, 29),
        ("Week 12", 76, -4, "LOCF", 29),
    ]  # one year is follow-up: nothing is carried there


def test_a_sign_without_a_parameter_of_its_own_keeps_its_name_and_unit(advs):
    frame = advs(sign("CALF", "2020-03-30", 38))
    assert table(frame, "PARAMCD", "PARAM", "PARAMN", "VSSTRESU") == [("CALF", "Calf", None, "cm")]


def test_who_was_never_treated_has_values_without_baseline_and_visit(run, subject, study):
    plan = study.file.analysis.model_copy(update={"vital_signs": PLAN})
    told = study.model_copy(update={"file": study.file.model_copy(update={"analysis": plan})})
    failed = subject("01", ARMCD=None, ARM=None, ACTARMCD=None, ACTARM=None, ARMNRS="SCREEN FAILURE")
    frame = run(told, dm=failed["dm"], vs=[sign("WEIGHT", "2020-02-20", 80)])["advs"]
    assert table(frame, "SAFFL", "AVAL", "ADY", "AVISIT", "BASE") == [("N", 80, None, None, None)]
    assert pd.isna(frame["ANL01FL"]).all()


def test_a_position_without_time_points_has_its_own_baseline_too(advs):
    frame = advs(
        sign("SYSBP", "2020-02-20", 120, VSPOS="SUPINE"),
        sign("SYSBP", "2020-02-20", 110, VSPOS="STANDING"),
        sign("SYSBP", "2020-03-30", 125, VSPOS="SUPINE"),
        sign("SYSBP", "2020-03-30", 112, VSPOS="STANDING"),
        baseline="each_time_point",
    )
    assert table(frame[frame["ADY"] == 29], "VSPOS", "BASETYPE", "CHG", "ANL01FL") == [
        ("STANDING", "LAST: STANDING", 2, "Y"),
        ("SUPINE", "LAST: SUPINE", 5, "Y"),
    ]


def test_what_is_computed_from_values_before_the_baseline_of_their_day_is_no_change(advs):
    frame = advs(
        sign("SYSBP", "2020-03-02", 120, VSPOS="SUPINE"),
        sign("SYSBP", "2020-03-02", 110, VSPOS="STANDING", VSLOBXFL="Y"),
        sign("DIABP", "2020-03-02", 75, VSPOS="SUPINE", VSLOBXFL="Y"),  # standing was not done
        derived=("MAP",),
    )
    assert table(frame, "VSPOS", "AVAL", "ABLFL", "CHG", code="MAP") == [("SUPINE", 90, "Y", None)]
