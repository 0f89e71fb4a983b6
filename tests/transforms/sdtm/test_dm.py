import pandas as pd

CONSENT = {"SITEID": "01", "SEX": "F", "RACE": "ASIAN", "COUNTRY": "CHN"}


def subject(**values):
    return CONSENT | {"USUBJID": "S1", "SUBJID": "1", "RFICDAT": "2020-03-01", "ARMCD": "CELLS"} | values


def the(records):
    assert len(records) == 1
    return records.iloc[0]


def test_reference_dates_are_those_of_exposure_with_the_time_where_it_was_collected(trial, treated):
    dm = the(trial.sdtm(**treated).datasets["DM"])
    assert (dm["RFXSTDTC"], dm["RFXENDTC"]) == ("2020-03-10T09:30", "2020-04-07")
    assert (dm["RFSTDTC"], dm["RFENDTC"], dm["RFICDTC"]) == ("2020-03-10T09:30", "2020-04-07", "2020-03-01")


def test_a_last_dose_without_an_end_ends_where_it_starts(trial, treated):
    treated["ex"][0]["EXENDAT"] = None
    assert the(trial.sdtm(**treated).datasets["DM"])["RFXENDTC"] == "2020-04-07"


def test_reference_dates_by_policy(trial_with, treated):
    trial = trial_with(reference_start="informed_consent", reference_end="end_of_participation")
    treated["ds"] = [
        {
            "USUBJID": "S1",
            "DSTERM": "COMPLETED",
            "DSDECOD": "COMPLETED",
            "DSCAT": "DISPOSITION EVENT",
            "EPOCH": "TREATMENT",
            "DSSTDAT": "2020-06-01",
        }
    ]
    dm = the(trial.sdtm(**treated).datasets["DM"])
    assert (dm["RFSTDTC"], dm["RFENDTC"]) == ("2020-03-01", "2020-06-01")


def test_a_screen_failure_has_no_arm_and_no_reference_dates(trial):
    dm = the(trial.sdtm(dm=[subject(ARMCD="SCREEN FAILURE")]).datasets["DM"])
    assert dm["ARMNRS"] == "SCREEN FAILURE"
    assert dm[["ARMCD", "ARM", "ACTARMCD", "ACTARM", "RFSTDTC", "RFENDTC", "RFXSTDTC"]].isna().all()
    assert dm["RFPENDTC"] == "2020-03-01"


def test_a_subject_assigned_and_not_treated_has_no_actual_arm(trial):
    dm = the(trial.sdtm(dm=[subject()]).datasets["DM"])
    assert (dm["ARMCD"], dm["ARM"], dm["ARMNRS"]) == ("CELLS", "Stem cells", "ASSIGNED, NOT TREATED")
    assert dm[["ACTARMCD", "ACTARM", "RFSTDTC", "RFENDTC"]].isna().all()


def test_a_dose_of_zero_is_no_exposure_but_a_placebo_is_one(trial, treated):
    treated["ex"] = [{"USUBJID": "S1", "EXTRT": "CELLS", "EXDOSE": 0, "EXSTDAT": "2020-03-10"}]
    assert pd.isna(the(trial.sdtm(**treated).datasets["DM"])["RFXSTDTC"])
    treated["ex"][0]["EXTRT"] = "Placebo"
    assert the(trial.sdtm(**treated).datasets["DM"])["RFXSTDTC"] == "2020-03-10"


def test_age_is_completed_years_at_consent_and_the_birth_date_is_cut_afterwards(trial):
    dm = trial.sdtm(
        dm=[
            subject(USUBJID="S1", BRTHDAT="1980-03-01"),
            subject(USUBJID="S2", BRTHDAT="1980-03-02"),
            subject(USUBJID="S3", BRTHDAT="1984-02-29", RFICDAT="2021-02-28"),
            subject(USUBJID="S4", BRTHDAT="1984-02-29", RFICDAT="2021-03-01"),
            subject(USUBJID="S5", BRTHDAT="1984", AGE=36),
            subject(USUBJID="S6"),
        ]
    ).datasets["DM"]
    assert dm["AGE"].tolist()[:5] == [40, 39, 36, 37, 36] and pd.isna(dm["AGE"][5])
    assert dm["AGEU"].tolist()[:5] == ["YEARS"] * 5 and pd.isna(dm["AGEU"][5])
    assert dm["BRTHDTC"].tolist()[:5] == ["1980", "1980", "1984", "1984", "1984"]


def test_the_birth_date_may_be_left_out(trial_with):
    dm = trial_with(birth_date="omit").sdtm(dm=[subject(BRTHDAT="1980-03-01")]).datasets["DM"]
    assert "BRTHDTC" not in dm and dm["AGE"].tolist() == [40]


def test_participation_ends_with_the_last_complete_date_of_contact(trial, treated):
    treated["vs"] = [
        {"USUBJID": "S1", "VISIT": "WEEK 4", "VSDAT": "2020-04-08", "VSTESTCD": "TEMP", "VSORRES": "36"}
    ]
    treated["cm"] = [{"USUBJID": "S1", "CMTRT": "Aspirin", "CMSTDAT": "2020-03-20", "CMENDAT": "2021-01-01"}]
    # a partial date of disposition says less than the visit
    treated["ds"] = [
        {
            "USUBJID": "S1",
            "DSTERM": "Lost",
            "DSDECOD": "LOST TO FOLLOW-UP",
            "EPOCH": "TREATMENT",
            "DSCAT": "DISPOSITION EVENT",
            "DSSTDAT": "2020-05",
        }
    ]
    assert the(trial.sdtm(**treated).datasets["DM"])["RFPENDTC"] == "2020-04-08"


def test_death_comes_from_disposition_before_the_event(trial, treated):
    treated["ae"] = [
        {
            "USUBJID": "S1",
            "AETERM": "Stroke",
            "AESTDAT": "2020-05-01",
            "AEENDAT": "2020-05",
            "AEOUT": "FATAL",
            "AESER": "Y",
        }
    ]
    dm = the(trial.sdtm(**treated).datasets["DM"])
    assert (dm["DTHFL"], dm["DTHDTC"]) == ("Y", "2020-05")
    treated["ds"] = [
        {
            "USUBJID": "S1",
            "DSTERM": "Died",
            "DSDECOD": "DEATH",
            "EPOCH": "TREATMENT",
            "DSCAT": "DISPOSITION EVENT",
            "DSSTDAT": "2020-05-03",
        }
    ]
    dm = the(trial.sdtm(**treated).datasets["DM"])
    assert (dm["DTHFL"], dm["DTHDTC"]) == ("Y", "2020-05-03")


def test_a_living_subject_has_no_death_flag(trial, treated):
    assert the(trial.sdtm(**treated).datasets["DM"])[["DTHFL", "DTHDTC"]].isna().all()


def test_dm_leads_back_to_the_doses_it_draws_on(trial, treated):
    parents = trial.sdtm(**treated).parents
    assert set(zip(parents["dataset"], parents["_file"], parents["_row"], strict=True)) >= {
        ("DM", "ex.csv", 2),
        ("DM", "ex.csv", 3),
    }


def test_a_subject_without_an_arm_may_have_the_words_that_the_study_declares(trial_with):
    words = {"SCREEN FAILURE": {"ARMCD": "SCRNFAIL", "ARM": "Screen Failure"}}
    out = trial_with(without_arm=words).sdtm(dm=[subject(ARMCD="SCREEN FAILURE")]).datasets
    dm = the(out["DM"])
    assert (dm["ARMCD"], dm["ARM"], dm["ARMNRS"]) == ("SCRNFAIL", "Screen Failure", "SCREEN FAILURE")
    assert (dm["ACTARMCD"], dm["ACTARM"]) == ("SCRNFAIL", "Screen Failure")
    assert dm[["RFSTDTC", "RFENDTC"]].isna().all()
    assert list(out["SE"]["EPOCH"]) == ["SCREENING"]


def test_an_actual_arm_that_was_collected_stands(trial, treated):
    treated["dm"][0]["ACTARMCD"] = None
    dm = the(trial.sdtm(**treated).datasets["DM"])
    assert dm["ARMCD"] == "CELLS" and dm[["ACTARMCD", "ACTARM"]].isna().all()


def test_the_reference_end_may_be_the_disposition_and_the_end_of_participation_have_its_time(trial_with, treated):
    event = {"USUBJID": "S1", "DSTERM": "COMPLETED", "DSDECOD": "COMPLETED", "DSCAT": "DISPOSITION EVENT"}
    treated["ds"] = [event | {"DSSTDAT": "2020-06-01", "DSDAT": "2020-06-03", "DSTIM": "14:10"}]
    trial = trial_with(reference_end="disposition_event", participation_end="as_collected")
    dm = the(trial.sdtm(**treated).datasets["DM"])
    assert (dm["RFENDTC"], dm["RFPENDTC"]) == ("2020-06-01", "2020-06-03T14:10")
    day = the(trial_with(reference_end="disposition_event").sdtm(**treated).datasets["DM"])
    assert day["RFPENDTC"] == "2020-06-03"
