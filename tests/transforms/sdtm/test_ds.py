def test_a_disposition_event_keeps_its_period_and_a_milestone_has_that_of_its_date(trial, treated):
    event = {"USUBJID": "S1", "DSTERM": "COMPLETED", "DSDECOD": "COMPLETED", "DSCAT": "DISPOSITION EVENT"}
    consent = {"DSTERM": "Consent", "DSDECOD": "INFORMED CONSENT OBTAINED", "DSCAT": "PROTOCOL MILESTONE"}
    treated["ds"] = [
        event | {"EPOCH": "FOLLOW-UP", "DSSTDAT": "2020-12-01"},
        event | {"EPOCH": "TREATMENT", "DSSTDAT": "2020-06-02"},
        {"USUBJID": "S1", "DSSTDAT": "2020-03-01"} | consent,
    ]
    ds = trial.sdtm(**treated).datasets["DS"]
    assert ds[["DSSEQ", "DSDECOD", "EPOCH", "DSSTDY"]].to_numpy().tolist() == [
        [1, "INFORMED CONSENT OBTAINED", "SCREENING", -9],
        [2, "COMPLETED", "TREATMENT", 85],
        [3, "COMPLETED", "FOLLOW-UP", 267],
    ]


def test_a_partial_date_is_kept_and_has_no_day(trial, treated):
    treated["ds"] = [
        {
            "USUBJID": "S1",
            "DSTERM": "Lost",
            "DSDECOD": "LOST TO FOLLOW-UP",
            "EPOCH": "TREATMENT",
            "DSCAT": "DISPOSITION EVENT",
            "DSSTDAT": "2020-04",
        }
    ]
    ds = trial.sdtm(**treated).datasets["DS"]
    assert ds["DSSTDTC"].tolist() == ["2020-04"] and ds["DSSTDY"].isna().all()


def test_a_record_without_a_standard_term_waits_for_the_answer(trial, treated):
    treated["ds"] = [
        {"USUBJID": "S1", "DSTERM": "Moved away", "DSCAT": "DISPOSITION EVENT", "DSSTDAT": "2020-04-20"}
    ]
    out = trial.sdtm(**treated)
    assert len(out.datasets["DS"]) == 0
    found = out.findings.iloc[0]
    assert (found["rule"], found["dataset"], found["_row"], found["column"]) == (
        "REQUIRED",
        "ds",
        2,
        "raw DSDECOD",
    )


def test_the_visit_stands_in_ds_where_the_policy_says_so(trial, trial_with, treated):
    event = {"USUBJID": "S1", "DSTERM": "COMPLETED", "DSDECOD": "COMPLETED", "DSCAT": "DISPOSITION EVENT"}
    treated["ds"] = [event | {"DSSTDAT": "2020-06-01", "VISIT": "WEEK 4"}]
    shown = trial_with(visits_in=("ds",)).sdtm(**treated).datasets["DS"]
    assert shown[["VISITNUM", "VISIT", "VISITDY"]].to_numpy().tolist() == [[3, "WEEK 4", 29]]
    assert "VISIT" not in trial.sdtm(**treated).datasets["DS"]
