"""ADSL: who was screened, enrolled, treated, and how the periods ended."""

import pandas as pd


def one(frame):
    (record,) = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return record


def test_a_screen_failure_has_no_arm_no_treatment_and_no_status(run, subject, ended):
    failed = subject("01", ARMCD=None, ARM=None, ACTARMCD=None, ACTARM=None, ARMNRS="SCREEN FAILURE")
    adsl = one(run(dm=failed["dm"], ds=[ended("01", "SCREEN FAILURE", "SCREENING", "2020-03-01")])["adsl"])
    assert adsl["ENRLFL"] == "N" and adsl["SAFFL"] == "N"
    assert adsl["ARMNRS"] == "SCREEN FAILURE"
    for empty in ("ARM", "TRT01P", "TRT01A", "TRTSDT", "EOTSTT", "EOSSTT", "DCSREAS"):
        assert adsl[empty] is None


def test_enrolled_but_never_treated_is_not_in_the_safety_population(run, subject):
    adsl = one(run(dm=subject("01")["dm"])["adsl"])
    assert (adsl["ENRLFL"], adsl["SAFFL"], adsl["TRT01P"], adsl["TRT01A"]) == ("Y", "N", "AD-MSC", None)


def test_treatment_goes_from_the_first_to_the_last_dose(run, subject):
    adsl = one(run(**subject("01", "2020-03-02T09:30", "2020-04-27"))["adsl"])
    assert adsl["TRTSDT"] == pd.Timestamp("2020-03-02")
    assert adsl["TRTSDTM"] == pd.Timestamp("2020-03-02 09:30")
    assert adsl["TRTEDT"] == pd.Timestamp("2020-04-27")
    assert adsl["TRTEDTM"] is None
    assert adsl["TRTDURD"] == 57


def test_a_last_dose_without_end_is_ongoing(run, subject):
    records = subject("01", "2020-03-02", "2020-03-30")
    records["ex"][1]["EXENDTC"] = None
    adsl = one(run(**records)["adsl"])
    assert adsl["TRTEDT"] is None and adsl["EOTSTT"] == "ONGOING"


def test_a_partial_disposition_date_breaks_nothing(run, subject, ended):
    records = subject("01", "2020-03-02", "2020-03-30")
    adsl = one(run(**records, ds=[ended("01", "COMPLETED", "TREATMENT", "2020-05")])["adsl"])
    assert adsl["EOTSTT"] == "COMPLETED"
    assert adsl["LSTALVDT"] == pd.Timestamp("2020-03-30")


def test_a_dose_of_zero_is_no_treatment(run, subject):
    records = subject("01", "2020-03-02")
    records["ex"][0]["EXDOSE"] = 0
    assert one(run(**records)["adsl"])["SAFFL"] == "N"


def test_completing_the_trial_and_completing_follow_up_are_two_things(run, subject, ended):
    three = [subject(usubjid, "2020-03-02") for usubjid in ("01", "02", "03")]
    adsl = run(
        dm=[record for one in three for record in one["dm"]],
        ex=[record for one in three for record in one["ex"]],
        ds=[
            ended("01", "COMPLETED", "TREATMENT", "2020-05-25"),
            ended("01", "COMPLETED", "FOLLOW-UP", "2021-05-24"),
            ended("02", "COMPLETED", "TREATMENT", "2020-05-25"),
            ended("02", "LOST TO FOLLOW-UP", "FOLLOW-UP", "2020-09"),
            ended("03", "ADVERSE EVENT", "TREATMENT", "2020-04-01"),
        ],
    )["adsl"].set_index("USUBJID")
    assert list(adsl["EOTSTT"]) == ["COMPLETED", "COMPLETED", "DISCONTINUED"]
    assert list(adsl["EOSSTT"]) == ["COMPLETED", "DISCONTINUED", "DISCONTINUED"]
    assert adsl.at["02", "DCSREAS"] == "LOST TO FOLLOW-UP" and pd.isna(adsl.at["02", "DCTREAS"])
    assert adsl.at["03", "DCTREAS"] == adsl.at["03", "DCSREAS"] == "ADVERSE EVENT"
    # a partial date is no day: it is neither imputed nor does it stop the rest
    assert pd.isna(adsl.at["02", "EOSDT"]) and adsl.at["02", "LSTALVDT"] == pd.Timestamp("2020-05-25")


def test_follow_up_goes_on_after_the_treatment_period(run, subject, ended):
    records = subject("01", "2020-03-02")
    adsl = one(run(**records, ds=[ended("01", "COMPLETED", "TREATMENT", "2020-05-25")])["adsl"])
    assert (adsl["EOTSTT"], adsl["EOSSTT"], adsl["EOSDT"]) == ("COMPLETED", "ONGOING", None)


def test_baselines_are_the_last_values_before_first_exposure(run, subject):
    total = {"USUBJID": "01", "RSCAT": "PASI FELDMAN", "RSTESTCD": "PASI0229"}
    adsl = one(
        run(
            **subject("01", "2020-03-02"),
            rs=[
                total | {"RSDTC": "2020-02-20", "RSSTRESN": 14.2},
                total | {"RSDTC": "2020-03-02", "RSSTRESN": 12.6, "RSLOBXFL": "Y"},
            ],
            vs=[{"USUBJID": "01", "VSTESTCD": "WEIGHT", "VSSTRESN": 70.5, "VSLOBXFL": "Y"}],
        )["adsl"]
    )
    assert (adsl["PASIBL"], adsl["WEIGHTBL"], adsl["DLQIBL"]) == (12.6, 70.5, None)


def test_the_data_cut_off_is_that_of_the_trial_summary(run, subject):
    summary = [{"TSPARMCD": "DCUTDTC", "TSVAL": "2020-05-31"}, {"TSPARMCD": "SENDTC", "TSVAL": "2021-05-31"}]
    assert one(run(**subject("01", "2020-03-02"), ts=summary)["adsl"])["DCUTDT"] == pd.Timestamp("2020-05-31")
    assert one(run(**subject("01", "2020-03-02"))["adsl"])["DCUTDT"] is None
