import pandas as pd


def end(epoch, date, **values):
    return {"USUBJID": "S1", "DSTERM": "COMPLETED", "DSDECOD": "COMPLETED", "DSCAT": "DISPOSITION EVENT",
            "EPOCH": epoch, "DSSTDAT": date} | values  # fmt: skip


def elements(trial, forms):
    se = trial.sdtm(**forms).datasets["SE"]
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in se[["ETCD", "SESTDTC", "SEENDTC"]].to_numpy()
    ]


def test_each_element_ends_where_the_next_one_starts(trial, treated):
    treated["ds"] = [end("TREATMENT", "2020-06-02"), end("FOLLOW-UP", "2020-12-01")]
    assert elements(trial, treated) == [
        ("SCREEN", "2020-03-01", "2020-03-10T09:30"),
        ("TREAT", "2020-03-10T09:30", "2020-06-02"),
        ("FU", "2020-06-02", "2020-12-01"),
    ]


def test_without_anything_in_follow_up_the_subject_left_with_treatment(trial, treated):
    treated["ds"] = [end("TREATMENT", "2020-06-02", DSDECOD="LOST TO FOLLOW-UP")]
    assert elements(trial, treated)[1:] == [("TREAT", "2020-03-10T09:30", "2020-06-02")]


def test_a_visit_in_follow_up_tells_that_it_goes_on(trial, treated):
    treated["ds"] = [end("TREATMENT", "2020-06-02")]
    treated["vs"] = [
        {"USUBJID": "S1", "VISIT": "MONTH 6", "VSDAT": "2020-09-08", "VSTESTCD": "TEMP", "VSORRES": "36"}
    ]
    assert elements(trial, treated)[2:] == [("FU", "2020-06-02", None)]


def test_treatment_without_disposition_goes_on(trial, treated):
    assert elements(trial, treated)[1:] == [("TREAT", "2020-03-10T09:30", None)]


def test_a_screen_failure_has_the_screening_element_alone(trial, treated):
    treated["dm"][0]["ARMCD"] = "SCREEN FAILURE"
    forms = {"dm": treated["dm"], "ds": [end("SCREENING", "2020-03-04", DSDECOD="SCREEN FAILURE")]}
    assert elements(trial, forms) == [("SCREEN", "2020-03-01", "2020-03-04")]


def test_a_subject_assigned_and_never_treated_leaves_screening_with_the_disposition(trial, treated):
    forms = {"dm": treated["dm"], "ds": [end("TREATMENT", "2020-03-04", DSDECOD="WITHDRAWAL BY SUBJECT")]}
    assert elements(trial, forms) == [("SCREEN", "2020-03-01", "2020-03-04")]


def test_a_partial_disposition_date_stays_partial(trial, treated):
    treated["ds"] = [end("TREATMENT", "2020-06"), end("FOLLOW-UP", "2020-12-01")]
    assert elements(trial, treated)[1:] == [
        ("TREAT", "2020-03-10T09:30", "2020-06"),
        ("FU", "2020-06", "2020-12-01"),
    ]
