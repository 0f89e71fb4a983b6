# ruff: noqa: E501 (the rows of a case stand on one line)
"""Each edit check on one small table that is right and one that is wrong.

A case gives the rows of the table that the check is about, right and wrong, beside the tables that both need. Of a wrong
table the check finds one row: the last one. Its variable, its value and a part of its words are written by hand.
"""

import re
from typing import NamedTuple

import duckdb
import pandas as pd
import pytest

from flows import analysis, edit_checks
from schemas.edit_checks import edit_checks as all_checks
from schemas.study import Dose, Source, Study, StudyFile, Visit

SUBJECT = {
    "RFICDTC": "2020-01-10", "RFXSTDTC": "2020-01-20", "RFPENDTC": "2020-07-10", "ARMCD": "MSC", "ARM": "AD-MSC",
    "BRTHDTC": "1975",
}  # fmt: skip
DM = {"DM": [SUBJECT]}
SCREENED = {"RFICDTC": "2020-01-10", "ARMNRS": "SCREEN FAILURE"}
WITHDRAWN = {"DSCAT": "DISPOSITION EVENT", "EPOCH": "TREATMENT", "DSDECOD": "WITHDRAWAL BY SUBJECT"}
DONE = {"DSCAT": "DISPOSITION EVENT", "EPOCH": "TREATMENT", "DSDECOD": "COMPLETED", "DSSTDTC": "2020-04-15"}
WEIGHT = {"VSTESTCD": "WEIGHT", "VISIT": "WEEK 4"}
TEMP = {"VSTESTCD": "TEMP", "VISIT": "WEEK 4"}
FEVER = {"AETERM": "Transient fever", "AEDECOD": "Pyrexia"}
DOSE = {"VISIT": "WEEK 4", "EXTRT": "AD-MSC", "EXDOSE": 0.5, "EXDOSU": "10^6/kg", "EXSTDAT": "2020-02-17"}
SIXTEEN = {f"{item:02}": "1" for item in range(1, 17)}
TEN = {f"{item:02}": "NOT AT ALL" for item in range(1, 11)}
PASI = {"VISIT": "WEEK 4", "RSDAT": "2020-02-17"}
BSA = {"FATESTCD": "BSAAFCTP", "FASTRESU": "%", "VISIT": "WEEK 4", "FADTC": "2020-02-17"}
WEEK_4 = {"VISITNUM": 3, "VISIT": "WEEK 4", "VISITDY": 29, "SVSTDTC": "2020-02-17", "SVENDTC": "2020-02-17"}
WEEK_12 = {"VISITNUM": 4, "VISIT": "WEEK 12", "VISITDY": 85, "SVSTDTC": "2020-04-13", "SVENDTC": "2020-04-13"}
NO_CRITERION = dict.fromkeys(["AESCONG", "AESDISAB", "AESDTH", "AESHOSP", "AESLIFE", "AESMIE"], "N")


class Case(NamedTuple):
    about: str  # the table the check is about: a form (lower case) or an SDTM dataset
    right: list
    wrong: list
    variable: str
    value: str | None
    says: str
    given: dict = {}
    place: str = ""  # the table in which the result stands, where it is another one


def seen(day, visit="WEEK 4", variable="VSDAT"):
    return {"VISIT": visit, "DTC": day, "variable": variable}


CASES = {
    "dm_consent_missing": Case(
        "dm", [{"RFICDAT": "2020"}], [{"RFICDAT": None}], "RFICDAT", None, "informed consent is blank"
    ),
    "dm_consent_in_future": Case(
        "dm", [{"RFICDAT": "2020-06-01"}], [{"RFICDAT": "2020-06-02"}],
        "RFICDAT", "2020-06-02", "dated 2020-06-02, after the day of this export",
    ),
    "dm_age_range": Case(
        "DM", [{"AGE": 18}, {"AGE": 100, "USUBJID": "02"}], [{"AGE": 17}], "BRTHDAT", "17", "is 17 years; the protocol asks for 18 to 100"
    ),
    "dm_birth_after_consent": Case(
        "dm", [{"BRTHDAT": "2020", "RFICDAT": "2020-01-10"}], [{"BRTHDAT": "2021", "RFICDAT": "2020-01-10"}],
        "BRTHDAT", "2021", "2021 is after informed consent on 2020-01-10",
    ),
    "dm_arm_without_dose": Case(
        "DM",
        [{"RFICDTC": "2020-11-10", "ARM": "AD-MSC", "ARMNRS": "ASSIGNED, NOT TREATED"}],
        [{"RFICDTC": "2020-01-10", "ARM": "AD-MSC", "ARMNRS": "ASSIGNED, NOT TREATED"}],
        "ARMCD", "AD-MSC", "consented on 2020-01-10 and was assigned to AD-MSC, but no dose",
    ),
    "dm_dose_without_arm": Case(
        "DM", [SUBJECT, SCREENED | {"USUBJID": "02"}], [SCREENED | {"RFXSTDTC": "2020-01-20"}],
        "ARMCD", "SCREEN FAILURE", "first dose is recorded on 2020-01-20",
    ),
    "dm_same_person": Case(
        "dm",
        [
            {"BRTHDAT": "1975-02-03", "SEX": "M", "RFICDAT": "2020-01-10", "SITEID": "1", "SUBJID": "01"},
            {"BRTHDAT": "1975-02-04", "SEX": "M", "RFICDAT": "2020-01-10", "SITEID": "1", "SUBJID": "02", "USUBJID": "02"},
        ],
        [
            {"BRTHDAT": "1975-02-03", "SEX": "M", "RFICDAT": "2020-01-10", "SITEID": "1", "SUBJID": "01"},
            {"BRTHDAT": "1975-02-03", "SEX": "M", "RFICDAT": "2020-01-10", "SITEID": "1", "SUBJID": "02", "USUBJID": "02"},
        ],
        "SUBJID", "02", "also those of subject 01",
    ),
    "ie_not_met_but_treated": Case(
        "IE", [{"USUBJID": "02", "IETESTCD": "INCL02"}], [{"IETESTCD": "INCL02", "IETEST": "Plaque psoriasis", "IEORRES": "N"}],
        "IEORRES", "N", "INCL02 (Plaque psoriasis) was answered N, but the subject was treated on 2020-01-20",
        {"DM": [SUBJECT, SCREENED | {"USUBJID": "02"}]},
    ),
    "ie_criterion_missing": Case(
        "ie", [{"IETESTCD": "INCL01"}, {"IETESTCD": "INCL02"}], [{"IETESTCD": "INCL01"}],
        "IETESTCD", "INCL02", "INCL02 (Plaque psoriasis) has no answer",
        DM | {"TI": [{"IETESTCD": "INCL01", "IETEST": "Adult"}, {"IETESTCD": "INCL02", "IETEST": "Plaque psoriasis"}]},
        "DM",
    ),
    "ie_screen_failure_without_criterion": Case(
        "DM", [SUBJECT, SCREENED | {"USUBJID": "02"}], [SCREENED], "ARMCD", "SCREEN FAILURE", "no eligibility criterion",
        {"IE": [{"USUBJID": "02", "IETESTCD": "INCL02"}]},
    ),
    "ie_after_first_dose": Case(
        "ie", [{"IETESTCD": "INCL01", "IEDAT": "2020-01-20"}], [{"IETESTCD": "INCL01", "IEDAT": "2020-01-21"}],
        "IEDAT", "2020-01-21", "assessed on 2020-01-21, after the first dose on 2020-01-20", DM,
    ),
    "mh_start_after_consent": Case(
        "mh", [{"MHTERM": "Gout", "MHSTDAT": "2020-01"}], [{"MHTERM": "Gout", "MHSTDAT": "2020-02"}],
        "MHSTDAT", "2020-02", "Gout is entered as medical history but started on 2020-02, after informed consent on 2020-01-10", DM,
    ),
    "mh_ongoing_with_end": Case(
        "mh", [{"MHTERM": "Gout", "MHONGO": "Y"}, {"MHONGO": "N", "MHENDAT": "2019"}],
        [{"MHTERM": "Gout", "MHONGO": "Y", "MHENDAT": "2019"}], "MHENDAT", "2019", "Gout is marked as ongoing but has the end date 2019",
    ),
    "mh_end_missing": Case(
        "mh", [{"MHONGO": "Y"}, {"MHENDAT": "2019"}, {"MHOCCUR": "N"}], [{"MHTERM": "Gout", "MHONGO": "N"}],
        "MHENDAT", None, "Gout has no end date",
    ),
    "mh_not_occurred_with_dates": Case(
        "mh", [{"MHOCCUR": "N"}, {"MHOCCUR": "Y", "MHSTDAT": "2010"}], [{"MHTERM": "Gout", "MHOCCUR": "N", "MHSTDAT": "2010"}],
        "MHOCCUR", "N", "Gout is answered as not occurred but has the start date 2010 and the end date (blank)",
    ),
    "mh_before_birth": Case(
        "mh", [{"MHTERM": "Asthma", "MHSTDAT": "1975-03"}], [{"MHTERM": "Asthma", "MHSTDAT": "1974"}],
        "MHSTDAT", "1974", "Asthma started on 1974, before the birth date", DM,
    ),
    "cm_ongoing_with_end": Case(
        "cm", [{"CMONGO": "Y"}, {"CMENDAT": "2020-02"}], [{"CMTRT": "Ibuprofen", "CMONGO": "Y", "CMENDAT": "2020-02"}],
        "CMENDAT", "2020-02", "Ibuprofen is marked as ongoing but has the end date 2020-02",
    ),
    "cm_end_missing": Case(
        "cm", [{"CMONGO": "Y"}, {"CMENDAT": "2020-02"}], [{"CMTRT": "Ibuprofen", "CMONGO": "N"}],
        "CMENDAT", None, "Ibuprofen has no end date",
    ),
    "cm_start_missing": Case(
        "cm", [{"CMSTDAT": "2019"}], [{"CMTRT": "Ibuprofen"}], "CMSTDAT", None, "Ibuprofen has no start date"
    ),
    "cm_dose_without_unit": Case(
        "cm", [{"CMDOSE": 200, "CMDOSU": "mg"}, {}], [{"CMTRT": "Ibuprofen", "CMDOSE": 200}],
        "CMDOSU", "200", "Ibuprofen has the dose 200 without a unit",
    ),
    "cm_unit_without_dose": Case(
        "cm", [{"CMDOSE": 200, "CMDOSU": "mg"}, {}], [{"CMTRT": "Ibuprofen", "CMDOSU": "mg"}],
        "CMDOSE", "mg", "Ibuprofen has the unit mg without a dose",
    ),
    "cm_start_in_future": Case(
        "cm", [{"CMSTDAT": "2020-06-01"}], [{"CMTRT": "Ibuprofen", "CMSTDAT": "2020-07"}],
        "CMSTDAT", "2020-07", "Ibuprofen starts on 2020-07, after the day",
    ),
    "cm_ended_long_before_consent": Case(
        "cm", [{"CMENDAT": "2019-01-10"}, {"CMENDAT": "2010"}], [{"CMTRT": "Ibuprofen", "CMENDAT": "2019-01-09"}],
        "CMENDAT", "2019-01-09", "Ibuprofen ended on 2019-01-09, more than 365 days before informed consent on 2020-01-10", DM,
    ),
    "cm_overlap": Case(
        "CM",
        [
            {"CMTRT": "Ibuprofen", "CMSTDTC": "2020-02-01", "CMENDTC": "2020-02-05", "CMDOSE": 200},
            {"CMTRT": "Ibuprofen", "CMSTDTC": "2020-02-05", "CMENDTC": "2020-02-09", "CMDOSE": 200},
            {"CMTRT": "Ibuprofen", "CMSTDTC": "2020-02-03", "CMENDTC": "2020-02-09", "CMDOSE": 400},
        ],
        [
            {"CMTRT": "Ibuprofen", "CMSTDTC": "2020-02-01", "CMENRTPT": "ONGOING"},
            {"CMTRT": "IBUPROFEN", "CMSTDTC": "2020-02-04", "CMENDTC": "2020-02-09"},
        ],
        "CMSTDAT", "2020-02-04", "IBUPROFEN from 2020-02-04 overlaps the same medication entered with the start 2020-02-01",
    ),
    "vs_weight_range": Case(
        "VS", [WEIGHT | {"VSSTRESN": 35}, WEIGHT | {"VSSTRESN": 180}], [WEIGHT | {"VSSTRESN": 714}],
        "VSORRES", "714", "body weight at WEEK 4 is 714 kg",
    ),
    "vs_weight_change": Case(
        "VS",
        [WEIGHT | {"VSSTRESN": 80, "VSDTC": "2020-01-20"}, WEIGHT | {"VSSTRESN": 92, "VSDTC": "2020-02-17"}],
        [WEIGHT | {"VSSTRESN": 80, "VSDTC": "2020-01-20"}, WEIGHT | {"VSSTRESN": 93, "VSDTC": "2020-02-17"}],
        "VSORRES", "93", "is 93 kg, after 80 kg on 2020-01-20",
    ),
    "vs_height_change": Case(
        "VS",
        [{"VSTESTCD": "HEIGHT", "VSSTRESN": cm, "VSDTC": day} for cm, day in ((170, "2020-01-20"), (173, "2020-02-17"))],
        [
            {"VSTESTCD": "HEIGHT", "VSSTRESN": 170, "VSDTC": "2020-01-20", "VISIT": "WEEK 0"},
            {"VSTESTCD": "HEIGHT", "VSSTRESN": 117, "VSDTC": "2020-02-17", "VISIT": "WEEK 4"},
        ],
        "VSORRES", "117", "at WEEK 4 is 117 cm, but 170 cm on 2020-01-20",
    ),
    "vs_temperature_range": Case(
        "VS", [TEMP | {"VSSTRESN": 34}, TEMP | {"VSSTRESN": 42}], [TEMP | {"VSSTRESN": 365}],
        "VSORRES", "365", "at WEEK 4 is 365 C",
    ),
    "vs_infusion_temperature": Case(
        "VS",
        [
            TEMP | {"VSSTRESN": 36.2, "VSDTC": "2020-02-17T09:00", "VSTPTNUM": 1},
            TEMP | {"VSSTRESN": 37.7, "VSDTC": "2020-02-17T12:00", "VSTPTNUM": 2},
        ],
        [
            TEMP | {"VSSTRESN": 36.2, "VSDTC": "2020-02-17T09:00", "VSTPTNUM": 1, "VSTPT": "BEFORE INFUSION"},
            TEMP | {"VSSTRESN": 37.8, "VSDTC": "2020-02-17T12:00", "VSTPTNUM": 2, "VSTPT": "AFTER INFUSION"},
        ],
        "VSORRES", "37.8", "rose from 36.2 C (BEFORE INFUSION) to 37.8 C (AFTER INFUSION) on 2020-02-17",
        {"AE": [FEVER | {"AESTDTC": "2020-01-20"}]},
    ),
    "vs_fever_without_event": Case(
        "VS", [TEMP | {"VSSTRESN": 38.0, "VSDTC": "2020-02-18T09:00"}, TEMP | {"VSSTRESN": 37.9, "VSDTC": "2020-02-29"}],
        [TEMP | {"VSSTRESN": 38.0, "VSDTC": "2020-02-21T09:00"}],
        "VSORRES", "38", "was 38 C on 2020-02-21T09:00, but no adverse event of fever",
        DM | {"AE": [FEVER | {"AESTDTC": "2020-02-17", "AEENDTC": "2020-02-19"}]},
    ),
    "vs_blood_pressure_range": Case(
        "VS", [{"VSTESTCD": "SYSBP", "VSSTRESN": 220}, {"VSTESTCD": "DIABP", "VSSTRESN": 130}],
        [{"VSTESTCD": "DIABP", "VSTEST": "Diastolic Blood Pressure", "VSSTRESN": 131, "VISIT": "WEEK 4"}],
        "VSORRES", "131", "Diastolic Blood Pressure at WEEK 4 is 131 mmHg",
    ),
    "vs_diastolic_above_systolic": Case(
        "VS",
        [{"VSTESTCD": "SYSBP", "VSSTRESN": 120, "VSDTC": "2020-02-17"}, {"VSTESTCD": "DIABP", "VSSTRESN": 80, "VSDTC": "2020-02-17"}],
        [
            {"VSTESTCD": "SYSBP", "VSSTRESN": 80, "VSDTC": "2020-02-17"},
            {"VSTESTCD": "DIABP", "VSSTRESN": 120, "VSDTC": "2020-02-17", "VISIT": "WEEK 4"},
        ],
        "VSORRES", "120", "diastolic blood pressure 120 is not below the systolic one 80 at WEEK 4",
    ),
    "vs_pulse_range": Case(
        "VS", [{"VSTESTCD": "PULSE", "VSSTRESN": 35}], [{"VSTESTCD": "PULSE", "VSSTRESN": 34, "VISIT": "WEEK 4"}],
        "VSORRES", "34", "pulse rate at WEEK 4 is 34",
    ),
    "vs_twice": Case(
        "VS",
        [TEMP | {"VSSTRESN": 36.5, "VSDTC": "2020-02-17T09:00"}, TEMP | {"VSSTRESN": 36.6, "VSDTC": "2020-02-17T12:00"}],
        [
            TEMP | {"VSSTRESN": 36.5, "VSDTC": "2020-02-17T09:00"},
            TEMP | {"VSSTRESN": 36.6, "VSDTC": "2020-02-17T09:00", "VSTEST": "Temperature"},
        ],
        "VSORRES", "36.6", "Temperature at 2020-02-17T09:00 is entered as 36.6 and also as 36.5",
    ),
    "ex_dose_against_plan": Case(
        "ex", [DOSE | {"EXPDOSE": 0.5}, DOSE | {"EXDOSE": 0.2, "EXPDOSE": 0.5, "EXADJ": "Bag spilt"}],
        [DOSE | {"EXDOSE": 0.4, "EXPDOSE": 0.5}], "EXDOSE", "0.4", "given at WEEK 4 is 0.4, the planned one 0.5 10^6/kg",
    ),
    "ex_plan_against_protocol": Case(
        "ex", [DOSE | {"EXPDOSE": 0.5}], [DOSE | {"EXPDOSE": 1}], "EXPDOSE", "1", "entered as 1 10^6/kg; the protocol plans 0.5 10^6/kg"
    ),
    "ex_weight_against_vs": Case(
        "ex", [DOSE | {"EXWEIGHT": 88}], [DOSE | {"EXWEIGHT": 28}],
        "EXWEIGHT", "28", "at WEEK 4 is 28 kg; the last one measured before is 80 kg, on 2020-02-17",
        {"VS": [WEIGHT | {"VSSTRESN": kg, "VSDTC": day} for kg, day in ((28, "2020-01-20"), (80, "2020-02-17"), (28, "2020-03-16"))]},
    ),
    "ex_weight_missing": Case(
        "ex", [DOSE | {"EXWEIGHT": 80}, DOSE | {"EXDOSU": "mg"}, DOSE | {"EXDOSE": 0}], [DOSE],
        "EXWEIGHT", None, "dose at WEEK 4 is 0.5 10^6/kg, but the body weight",
    ),
    "ex_no_dose_without_reason": Case(
        "ex", [DOSE, DOSE | {"EXDOSE": 0, "EXADJ": "Fever"}, DOSE | {"EXDOSE": 0, "EXTRT": "Placebo"}], [DOSE | {"EXDOSE": 0}],
        "EXADJ", None, "dose at WEEK 4 is 0 and no reason",
    ),
    "ex_lot_missing": Case(
        "ex", [DOSE | {"EXLOT": "A1"}, DOSE | {"EXDOSE": 0}], [DOSE], "EXLOT", None, "AD-MSC was given on 2020-02-17 without a lot"
    ),
    "ex_duration": Case(
        "ex", [DOSE | {"EXENDAT": "2020-02-17", "EXSTTIM": "09:00", "EXENTIM": "13:00"}],
        [DOSE | {"EXENDAT": "2020-02-17", "EXSTTIM": "09:00", "EXENTIM": "13:01"}],
        "EXENTIM", "13:01", "from 09:00 to 13:01, 241 minutes",
    ),
    "ex_twice_at_visit": Case(
        "ex", [DOSE, DOSE | {"VISIT": "WEEK 0"}], [DOSE, DOSE | {"EXSTDAT": "2020-02-18"}],
        "EXSTDAT", "2020-02-18", "second administration of AD-MSC is entered for WEEK 4: 2020-02-18, beside 2020-02-17",
    ),
    "ex_out_of_window": Case(
        "ex", [DOSE | {"EXSTDAT": "2020-02-24"}], [DOSE | {"EXSTDAT": "2020-02-25"}],
        "EXSTDAT", "2020-02-25", "planned for day 29 (WEEK 4) was given on 2020-02-25, day 37: 8 days off", DM,
    ),
    "ex_in_future": Case(
        "ex", [DOSE], [DOSE | {"EXSTDAT": "2020-06-02"}], "EXSTDAT", "2020-06-02", "AD-MSC is dated 2020-06-02, after the day",
    ),
    "ex_after_withdrawal": Case(
        "ex", [DOSE | {"EXSTDAT": "2020-02-20"}], [DOSE | {"EXSTDAT": "2020-02-21"}],
        "EXSTDAT", "2020-02-21", "ended on 2020-02-20 (WITHDRAWAL BY SUBJECT)", {"DS": [WITHDRAWN | {"DSSTDTC": "2020-02-20"}]},
    ),
    "ex_after_death": Case(
        "ex", [DOSE], [DOSE | {"EXSTDAT": "2020-02-18"}], "EXSTDAT", "2020-02-18", "after the subject's death on 2020-02-17",
        {"DM": [SUBJECT | {"DTHDTC": "2020-02-17"}]},
    ),
    "ex_after_drug_withdrawn": Case(
        "ex", [DOSE | {"EXSTDAT": "2020-02-01"}], [DOSE],
        "EXSTDAT", "2020-02-17", "although the drug was withdrawn for Rash, which began on 2020-02-01",
        {"ae": [{"AETERM": "Rash", "AEACN": "DRUG WITHDRAWN", "AESTDAT": "2020-02-01"}]},
    ),
    "ex_number_twice": Case(
        "ex", [DOSE | {"EXSPID": "L1", "SITEID": "1"}, DOSE | {"EXSPID": "L1", "SITEID": "2", "USUBJID": "02"}],
        [DOSE | {"EXSPID": "L1", "SITEID": "1", "SUBJID": "01"}, DOSE | {"EXSPID": "L1", "SITEID": "1", "USUBJID": "02", "SUBJID": "02"}],
        "EXSPID", "L1", "Log number L1 is also used for subject 01",
    ),
    "ae_before_consent": Case(
        "ae", [{"AESTDAT": "2020-01-10"}, {"AESTDAT": "2020"}, {"AESTDAT": None}], [{"AETERM": "Rash", "AESTDAT": "2020-01-09"}],
        "AESTDAT", "2020-01-09", "Rash started on 2020-01-09, before informed consent on 2020-01-10", DM,
    ),
    "ae_in_future": Case(
        "ae", [{"AESTDAT": "2020-06-01"}], [{"AETERM": "Rash", "AESTDAT": "2021"}], "AESTDAT", "2021", "Rash starts on 2021, after the day"
    ),
    "ae_start_missing": Case("ae", [{"AESTDAT": "2020"}], [{"AETERM": "Rash"}], "AESTDAT", None, "Rash has no start date"),
    "ae_ongoing_with_end": Case(
        "ae", [{"AEONGO": "Y"}, {"AEENDAT": "2020-02"}], [{"AETERM": "Rash", "AEONGO": "Y", "AEENDAT": "2020-02"}],
        "AEENDAT", "2020-02", "Rash is marked as ongoing but has the end date 2020-02",
    ),
    "ae_end_missing": Case(
        "ae", [{"AEONGO": "Y"}, {"AEENDAT": "2020-02"}], [{"AETERM": "Rash"}], "AEENDAT", None, "Rash has no end date"
    ),
    "ae_recovered_without_end": Case(
        "ae", [{"AEOUT": "RECOVERED/RESOLVED", "AEENDAT": "2020"}, {"AEOUT": "RECOVERING/RESOLVING"}],
        [{"AETERM": "Rash", "AEOUT": "RECOVERED/RESOLVED"}], "AEOUT", "RECOVERED/RESOLVED", "outcome of Rash is RECOVERED/RESOLVED, but it has no end",
    ),
    "ae_end_without_recovery": Case(
        "ae", [{"AEOUT": "RECOVERED/RESOLVED", "AEENDAT": "2020"}, {"AEOUT": "NOT RECOVERED/NOT RESOLVED"}],
        [{"AETERM": "Rash", "AEOUT": "NOT RECOVERED/NOT RESOLVED", "AEENDAT": "2020-02"}],
        "AEOUT", "NOT RECOVERED/NOT RESOLVED", "Rash ended on 2020-02, but its outcome is NOT RECOVERED/NOT RESOLVED",
    ),
    "ae_outcome_missing": Case("ae", [{"AEOUT": "UNKNOWN"}], [{"AETERM": "Rash"}], "AEOUT", None, "Rash has no outcome"),
    "ae_seriousness_missing": Case("ae", [{"AESER": "N"}], [{"AETERM": "Rash"}], "AESER", None, "Whether Rash was serious is blank"),
    "ae_causality_missing": Case("ae", [{"AEREL": "RELATED"}], [{"AETERM": "Rash"}], "AEREL", None, "relationship of Rash"),
    "ae_severity_missing": Case(
        "ae", [{"AETOXGR": "1"}, {"AESEV": "MILD"}], [{"AETERM": "Rash"}], "AETOXGR", None, "Rash has no grade"
    ),
    "ae_grade_5_not_fatal": Case(
        "ae", [{"AETOXGR": "5", "AEOUT": "FATAL"}, {"AETOXGR": "4", "AEOUT": "UNKNOWN"}],
        [{"AETERM": "Sepsis", "AETOXGR": "5", "AEOUT": "UNKNOWN"}], "AEOUT", "UNKNOWN", "Sepsis has grade 5, which means death, but its outcome is UNKNOWN",
    ),
    "ae_fatal_not_grade_5": Case(
        "ae", [{"AETOXGR": "5", "AEOUT": "FATAL"}], [{"AETERM": "Sepsis", "AETOXGR": "4", "AEOUT": "FATAL"}],
        "AETOXGR", "4", "outcome of Sepsis is fatal, but its grade is 4",
    ),
    "ae_fatal_without_disposition": Case(
        "ae", [{"AEOUT": "FATAL", "USUBJID": "02"}], [{"AETERM": "Sepsis", "AEOUT": "FATAL"}], "AEOUT", "FATAL", "outcome of Sepsis is fatal, but no disposition",
        {"DS": [{"USUBJID": "02", "DSDECOD": "DEATH"}, WITHDRAWN]},
    ),
    "ae_fatal_not_serious": Case(
        "ae", [{"AEOUT": "FATAL", "AESER": "Y"}], [{"AETERM": "Sepsis", "AEOUT": "FATAL", "AESER": "N"}],
        "AESER", "N", "outcome of Sepsis is fatal, but the event is not marked as serious",
    ),
    "ae_serious_without_criterion": Case(
        "AE", [{"AESER": "Y", "AESHOSP": "Y"}, {"AESER": "N"}], [NO_CRITERION | {"AETERM": "Sepsis", "AESER": "Y"}],
        "AESER", "Y", "Sepsis is serious, but none of the criteria",
    ),
    "ae_criterion_not_serious": Case(
        "ae", [{"AESER": "N", "AESHOSP": "N"}, {"AESER": "Y", "AESHOSP": "Y"}], [{"AETERM": "Sepsis", "AESER": "N", "AESHOSP": "Y"}],
        "AESER", "N", "Sepsis is marked as not serious, but a criterion",
    ),
    "ae_after_death": Case(
        "ae", [{"AESTDAT": "2020-02-17"}], [{"AETERM": "Rash", "AESTDAT": "2020-02-18"}],
        "AESTDAT", "2020-02-18", "Rash started on 2020-02-18, after the subject's death on 2020-02-17",
        {"DM": [SUBJECT | {"DTHDTC": "2020-02-17"}]},
    ),
    "ae_after_end_of_study": Case(
        "ae", [{"AESTDAT": "2020-05-15"}], [{"AETERM": "Rash", "AESTDAT": "2020-05-16"}],
        "AESTDAT", "2020-05-16", "Rash started on 2020-05-16, more than 30 days after the subject left the study on 2020-04-15", {"DS": [DONE]},
    ),
    "ae_withdrawn_without_disposition": Case(
        "ae", [{"AEACN": "DOSE NOT CHANGED"}, {"AEACN": "DRUG WITHDRAWN", "USUBJID": "02"}], [{"AETERM": "Rash", "AEACN": "DRUG WITHDRAWN"}],
        "AEACN", "DRUG WITHDRAWN", "withdrawn for Rash, but the disposition says WITHDRAWAL BY SUBJECT",
        {"DS": [WITHDRAWN, WITHDRAWN | {"USUBJID": "02", "DSDECOD": "ADVERSE EVENT"}]},
    ),
    "ae_overlap": Case(
        "AE",
        [
            FEVER | {"AESTDTC": "2020-02-01", "AEENDTC": "2020-02-03"},
            FEVER | {"AESTDTC": "2020-02-04", "AEENDTC": "2020-02-05"},
            {"AEDECOD": "Rash", "AESTDTC": "2020-02-02", "AEENDTC": "2020-02-03"},
        ],
        [FEVER | {"AESTDTC": "2020-02-01", "AEENDTC": "2020-02-03"}, FEVER | {"AESTDTC": "2020-02-03", "AEENDTC": "2020-02-05"}],
        "AESTDAT", "2020-02-03", "Transient fever from 2020-02-03 overlaps the same event entered with the start 2020-02-01",
    ),
    "ae_related_before_dose": Case(
        "ae",
        [{"AEREL": "RELATED", "AEENDAT": "2020-01-20"}, {"AEREL": "NOT RELATED", "AEENDAT": "2020-01-19"}, {"AEREL": "UNLIKELY RELATED", "AEENDAT": "2020-01-19"}],
        [{"AETERM": "Rash", "AEREL": "POSSIBLY RELATED", "AEENDAT": "2020-01-19"}],
        "AEREL", "POSSIBLY RELATED", "Rash is called POSSIBLY RELATED to the study treatment, but it ended on 2020-01-19, before the first dose on 2020-01-20", DM,
    ),
    "ae_action_before_dose": Case(
        "ae", [{"AEACN": "NOT APPLICABLE", "AEENDAT": "2020-01-19"}, {"AEACN": "DRUG WITHDRAWN", "AEENDAT": "2020-02"}],
        [{"AETERM": "Rash", "AEACN": "DRUG INTERRUPTED", "AEENDAT": "2020-01-19"}],
        "AEACN", "DRUG INTERRUPTED", "action taken for Rash is DRUG INTERRUPTED, but the event ended on 2020-01-19", DM,
    ),
    "ae_treated_without_medication": Case(
        "ae", [{"AECONTRT": "Y", "AESTDAT": "2020-02-05", "AEENDAT": "2020-02-06"}, {"AECONTRT": "N", "AESTDAT": "2020-04-01"}],
        [{"AETERM": "Rash", "AECONTRT": "Y", "AESTDAT": "2020-03-05", "AEENDAT": "2020-03-06"}],
        "AECONTRT", "Y", "recorded for Rash from 2020-03-05 to 2020-03-06, but no concomitant medication",
        {"cm": [{"CMSTDAT": "2020-02", "CMENDAT": "2020-02-10"}]},
    ),
    "sae_reported_late": Case(
        "sae", [{"AESTDAT": "2020-02-01", "SAEDAT": "2020-02-15"}], [{"AETERM": "Sepsis", "AESTDAT": "2020-02-01", "SAEDAT": "2020-02-16"}],
        "SAEDAT", "2020-02-16", "Sepsis started on 2020-02-01 and was reported on 2020-02-16, 15 days later",
    ),
    "sae_reported_before_start": Case(
        "sae", [{"AESTDAT": "2020-02-01", "SAEDAT": "2020-02-01"}], [{"AETERM": "Sepsis", "AESTDAT": "2020-02-02", "SAEDAT": "2020-02-01"}],
        "SAEDAT", "2020-02-01", "Sepsis was reported on 2020-02-01, before its start on 2020-02-02",
    ),
    "sae_without_criterion": Case(
        "sae", [{"AESLIFE": "Y"}], [{"AETERM": "Sepsis", "AESLIFE": "N"}], "AETERM", "Sepsis", "Sepsis is in the listing of serious events, but none"
    ),
    "sae_death_not_fatal": Case(
        "sae", [{"AESDTH": "Y", "AEOUT": "FATAL"}, {"AESDTH": "N", "AEOUT": "UNKNOWN"}], [{"AETERM": "Sepsis", "AESDTH": "Y", "AEOUT": "UNKNOWN"}],
        "AEOUT", "UNKNOWN", "Sepsis is listed as resulting in death, but its outcome is UNKNOWN",
    ),
    "ds_missing": Case(
        "DM", [SUBJECT | {"RFXSTDTC": "2020-06-20"}, SUBJECT | {"USUBJID": "02"}], [SUBJECT],
        "DSDECOD", "2020-07-06", "due on 2020-07-06, but no disposition", {"DS": [DONE | {"USUBJID": "02"}]},
    ),
    "ds_twice": Case(
        "DS", [DONE, DONE | {"EPOCH": "FOLLOW-UP"}], [DONE, WITHDRAWN | {"DSSTDTC": "2020-05-01"}],
        "DSDECOD", "WITHDRAWAL BY SUBJECT", "TREATMENT has two dispositions: WITHDRAWAL BY SUBJECT on 2020-05-01, and COMPLETED",
    ),
    "ds_completed_without_last_visit": Case(
        "DS", [DONE | {"USUBJID": "02"}, WITHDRAWN], [DONE], "DSDECOD", "COMPLETED", "TREATMENT is recorded as completed on 2020-04-15, but its last visit, WEEK 12,",
        {"DM": [SUBJECT, SUBJECT | {"USUBJID": "02"}], "SV": [WEEK_4, WEEK_12 | {"USUBJID": "02"}]},
    ),
    "ds_in_future": Case(
        "ds", [{"DSSTDAT": "2020-06-01"}], [{"DSDECOD": "COMPLETED", "DSSTDAT": "2020-06-02"}], "DSSTDAT", "2020-06-02", "COMPLETED is dated 2020-06-02, after"
    ),
    "ds_date_missing": Case("ds", [{"DSSTDAT": "2020"}], [{"DSDECOD": "COMPLETED"}], "DSSTDAT", None, "COMPLETED has no date"),
    "ds_consent_differs": Case(
        "ds", [{"DSDECOD": "INFORMED CONSENT OBTAINED", "DSSTDAT": "2020-01-10"}, {"DSDECOD": "COMPLETED", "DSSTDAT": "2020-04-15"}],
        [{"DSDECOD": "INFORMED CONSENT OBTAINED", "DSSTDAT": "2020-01-11"}],
        "DSSTDAT", "2020-01-11", "dated 2020-01-11 here and 2020-01-10 in the demographics", DM,
    ),
    "ds_before_consent": Case(
        "ds", [{"DSCAT": "DISPOSITION EVENT", "DSSTDAT": "2020-01-10"}],
        [{"DSCAT": "DISPOSITION EVENT", "DSDECOD": "SCREEN FAILURE", "DSSTDAT": "2020-01-09"}],
        "DSSTDAT", "2020-01-09", "SCREEN FAILURE is dated 2020-01-09, before informed consent on 2020-01-10", DM,
    ),
    "ds_screen_failure_treated": Case(
        "ds", [{"DSDECOD": "SCREEN FAILURE", "USUBJID": "02"}], [{"DSDECOD": "SCREEN FAILURE", "DSSTDAT": "2020-01-15"}],
        "DSDECOD", "SCREEN FAILURE", "screen failure on 2020-01-15, but a first dose is recorded on 2020-01-20", {"DM": [SUBJECT, SCREENED | {"USUBJID": "02"}]},
    ),
    "ds_adverse_event_without_event": Case(
        "ds", [{"DSCAT": "DISPOSITION EVENT", "DSDECOD": "ADVERSE EVENT", "USUBJID": "02"}],
        [{"DSCAT": "DISPOSITION EVENT", "DSDECOD": "ADVERSE EVENT", "DSSTDAT": "2020-03-01"}],
        "DSDECOD", "ADVERSE EVENT", "adverse event on 2020-03-01, but no adverse event has the action",
        {"ae": [{"AEACN": "DOSE NOT CHANGED"}, {"AEACN": "DRUG WITHDRAWN", "USUBJID": "02"}]},
    ),
    "ds_death_without_event": Case(
        "ds", [{"DSDECOD": "DEATH", "USUBJID": "02"}], [{"DSDECOD": "DEATH", "DSSTDAT": "2020-03-01"}],
        "DSDECOD", "DEATH", "died on 2020-03-01, but no adverse event is fatal", {"ae": [{"AEOUT": "UNKNOWN"}, {"AEOUT": "FATAL", "USUBJID": "02"}]},
    ),
    "sv_missing": Case(
        "SV", [{"VISITNUM": 1, "VISITDY": -14}, {"VISITNUM": 2, "VISITDY": 1}, WEEK_4, WEEK_12],
        [{"VISITNUM": 1, "VISITDY": -14}, {"VISITNUM": 2, "VISITDY": 1}, WEEK_12],
        "VISIT", "WEEK 4", "WEEK 4 is not there, but the later visit WEEK 12 took place on 2020-04-13", DM, "DM",
    ),
    "sv_out_of_window": Case(
        "SV", [WEEK_4 | {"SVSTDY": 43}], [WEEK_4 | {"SVSTDY": 44}],
        "VSDAT", "2020-02-17", "WEEK 4 took place on 2020-02-17, day 44; it is planned for day 29", {"visit": [seen("2020-02-17T09:00")]}, "visit",
    ),
    "sv_two_on_one_day": Case(
        "SV", [WEEK_4, WEEK_12], [WEEK_4, WEEK_12 | {"SVSTDTC": "2020-02-17"}],
        "VSDAT", "2020-02-17", "WEEK 12 and WEEK 4 are both dated 2020-02-17", {"visit": [seen("2020-02-17", "WEEK 12")]}, "visit",
    ),
    "sv_spread": Case(
        "SV", [WEEK_4 | {"SVENDTC": "2020-02-24"}], [WEEK_4 | {"SVENDTC": "2020-02-25"}],
        "VSDAT", "2020-02-25", "WEEK 4 are dated from 2020-02-17 to 2020-02-25", {"visit": [seen("2020-02-17"), seen("2020-02-24"), seen("2020-02-25")]}, "visit",
    ),
    "sv_in_future": Case(
        "visit", [seen("2020-06-01"), seen("2020-06-02", variable="EXSTDAT")], [seen("2020-06-02")],
        "VSDAT", "2020-06-02", "WEEK 4 is dated 2020-06-02, after the day",
    ),
    "sv_after_death": Case(
        "visit", [seen("2020-02-17")], [seen("2020-02-18")], "VSDAT", "2020-02-18", "WEEK 4 is dated 2020-02-18, after the subject's death on 2020-02-17",
        {"DM": [SUBJECT | {"DTHDTC": "2020-02-17"}]},
    ),
    "sv_after_disposition": Case(
        "visit", [seen("2020-03-31"), seen("2021-02-01") | {"USUBJID": "02"}], [seen("2020-04-01")],
        "VSDAT", "2020-04-01", "WEEK 4 is dated 2020-04-01, but the subject left the study on 2020-03-01 (WITHDRAWAL BY SUBJECT)",
        {"DS": [WITHDRAWN | {"DSSTDTC": "2020-03-01"}, DONE | {"USUBJID": "02"}]},
    ),
    "pasi_change": Case(
        "pasi", [PASI | {"RSDAT": "2020-01-20", "29": "20"}, PASI | {"29": "35.0"}, PASI | {"RSDAT": "2020-03-16", "29": "1"}],
        [PASI | {"RSDAT": "2020-01-20", "29": "20"}, PASI | {"29": "35.1"}], "29", "35.1", "rose from 20 on 2020-01-20 to 35.1 at WEEK 4",
    ),
    "pasi_items_missing": Case(
        "pasi", [SIXTEEN | {"29": "7.2"}, SIXTEEN | {"01": None, "01_verbatim": "5", "29": "7.2"}, {"29": None}],
        [PASI | SIXTEEN | {"01": None, "02": None, "29": "7.2"}], "29", "7.2", "total at WEEK 4 is 7.2, but 2 of the 16 scores are blank",
    ),
    "pasi_against_bsa": Case(
        "FAMH", [BSA | {"FASTRESN": 12}, BSA | {"FASTRESN": 0, "USUBJID": "02"}], [BSA | {"FASTRESN": 0}],
        "FAORRES", "0", "body surface is 0 %, but the PASI total on the same day is 7.2",
        {"pasi": [PASI | {"29": "7.2"}, PASI | {"29": "0", "USUBJID": "02"}]},
    ),
    "bsa_range": Case(
        "FAMH", [BSA | {"FASTRESN": 0}, BSA | {"FASTRESN": 100}], [BSA | {"FASTRESN": 203}], "FAORRES", "203", "at WEEK 4 is 203 %"
    ),
    "bsa_change": Case(
        "FAMH", [BSA | {"FASTRESN": 20, "FADTC": "2020-01-20"}, BSA | {"FASTRESN": 50}],
        [BSA | {"FASTRESN": 20, "FADTC": "2020-01-20"}, BSA | {"FASTRESN": 51}], "FAORRES", "51", "rose from 20 % on 2020-01-20 to 51 % at WEEK 4",
    ),
    "dlqi_q7_second_part": Case(
        "dlqi", [{"07": "NO", "07A": "A LITTLE"}, {"07": "NO", "07A_reason": "NOT ASKED"}, {"07": "YES"}], [{"07": "NO", "VISIT": "WEEK 4"}],
        "07A", None, "answered with no at WEEK 4, so its second part must be answered",
    ),
    "dlqi_q7_both_parts": Case(
        "dlqi", [{"07": "NO", "07A": "A LITTLE"}, {"07": "YES"}], [{"07": "YES", "07A": "A LOT", "VISIT": "WEEK 4"}],
        "07A", "A LOT", "answered with yes at WEEK 4, so its second part is not asked; it holds A LOT",
    ),
    "dlqi_items_missing": Case(
        "dlqi", [TEN, TEN | {"01": None}, TEN | {"01": None, "02": None, "02_reason": "NOT ASKED"}],
        [TEN | {"01": None, "02": None, "VISIT": "WEEK 4"}], "01", "2", "2 of the 10 questions have no answer at WEEK 4",
    ),
    "qs_same_answers": Case(
        "dlqi",
        [TEN | {"QSDAT": "2020-02-17"}, TEN | {"QSDAT": "2020-02-18"}, TEN | {"01": "A LOT", "QSDAT": "2020-02-19"}, TEN | {"01": "A LOT", "QSDAT": "2020-02-27"}],
        [TEN | {"01": "A LOT", "QSDAT": "2020-02-17"}, TEN | {"01": "A LOT", "QSDAT": "2020-02-24", "VISIT": "WEEK 4"}],
        "QSDAT", "2020-02-24", "answers at WEEK 4 are those of 2020-02-17",
    ),
    "qs_pruritus_change": Case(
        "QS",
        [{"QSTESTCD": "PVAS01", "QSSTRESN": 10, "QSDTC": "2020-01-20"}, {"QSTESTCD": "PVAS01", "QSSTRESN": 70, "QSDTC": "2020-02-17"}],
        [{"QSTESTCD": "PVAS01", "QSSTRESN": 71, "QSDTC": "2020-01-20"}, {"QSTESTCD": "PVAS01", "QSSTRESN": 7.1, "QSDTC": "2020-02-17", "VISIT": "WEEK 4"}],
        "QSORRES", "7.1", "changed from 71 mm on 2020-01-20 to 7.1 mm at WEEK 4",
    ),
    "lb_significant_without_event": Case(
        "lb", [{"LBCLSIG": "Y", "LBDAT": "2020-02-24"}, {"LBCLSIG": "N", "LBDAT": "2020-03-20"}],
        [{"LBTESTCD": "ALT", "LBCLSIG": "Y", "LBDAT": "2020-02-25"}], "LBCLSIG", "Y", "ALT of 2020-02-25 is clinically significant, but no adverse event begins within 7 days",
        {"ae": [{"AESTDAT": "2020-02-17"}]},
    ),
    "lb_change": Case(
        "LB",
        [{"LBTESTCD": "ALT", "LBSTRESN": 20, "LBDTC": "2020-01-20"}, {"LBTESTCD": "ALT", "LBSTRESN": 400, "LBDTC": "2020-02-17"}],
        [
            {"LBTESTCD": "ALT", "LBSTRESN": 20, "LBDTC": "2020-01-20"},
            {"LBTESTCD": "ALT", "LBTEST": "Alanine Aminotransferase", "LBSTRESN": 0.4, "LBDTC": "2020-02-17", "VISIT": "WEEK 4"},
        ],
        "LBORRES", "0.4", "Alanine Aminotransferase changed from 20 on 2020-01-20 to 0.4",
    ),
    "eg_qtc_range": Case(
        "EG", [{"EGTESTCD": "QTCFAG", "EGSTRESN": 500}], [{"EGTESTCD": "QTCFAG", "EGTEST": "QTcF Interval, Aggregate", "EGSTRESN": 501, "VISIT": "WEEK 4"}],
        "EGORRES", "501", "QTcF Interval, Aggregate at WEEK 4 is 501 ms",
    ),
    "pr_before_consent": Case(
        "pr", [{"VISIT": "SCREENING", "PRSTDAT": "2020-01-10"}, {"PRSTDAT": "2019-05-01"}], [{"PRTRT": "Biopsy", "VISIT": "SCREENING", "PRSTDAT": "2020-01-09"}],
        "PRSTDAT", "2020-01-09", "Biopsy at SCREENING was done on 2020-01-09, before informed consent on 2020-01-10", DM,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def con():
    """Every form and every SDTM dataset as an empty table, in the shape in which the checks meet it."""
    visits = [
        (1, "SCREENING", -14, "SCREENING"), (2, "WEEK 0", 1, "TREATMENT"), (3, "WEEK 4", 29, "TREATMENT"),
        (4, "WEEK 12", 85, "TREATMENT"), (5, "FOLLOW-UP", 169, "FOLLOW-UP"),
    ]  # fmt: skip
    names = ("VISITNUM", "VISIT", "VISITDY", "EPOCH")
    scores = [("pasi", "rs", "PASI FELDMAN"), ("dlqi", "qs", "DLQI")]
    sources = {
        name: Source.model_construct(form=form, instrument=known, items={"01": "q1"}, columns={}, records=())
        for name, form, known in scores
    }
    study = Study.model_construct(
        file=StudyFile.model_construct(
            doses=[Dose(visit=v, treatment="AD-MSC", dose=0.5, unit="10^6/kg") for v in ("WEEK 0", "WEEK 4")],
            sources=sources,
        ),
        visits=[Visit(TVSTRL="-", **dict(zip(names, row, strict=True))) for row in visits],
        arms=[],
        elements=[],
        windows=(),
        instruments={},
    )
    with duckdb.connect() as con:
        analysis.study_tables(con, study)
        analysis.sdtm_views(con, {})
        edit_checks.views(con, study, {})
        con.execute("CREATE SCHEMA store")
        for schema in ("form", "sdtm"):
            views = "SELECT view_name FROM duckdb_views() WHERE schema_name = ?"
            for (name,) in con.execute(views, [schema]).fetchall():
                con.execute(f"CREATE TABLE store.kept AS FROM {schema}.{name}; DROP VIEW {schema}.{name}")
                con.execute(f"CREATE TABLE {schema}.{name} AS FROM store.kept; DROP TABLE store.kept")
        yield con


@pytest.fixture
def run(con):
    """run(check, tables) -> its results, with the words; each row of a table has USUBJID 01 and its place."""

    def results(name, tables):
        for table, rows in tables.items():
            schema = "form" if table.islower() else "sdtm"
            frame = pd.DataFrame([{"USUBJID": "01"} | row for row in rows])
            places = pd.Series(range(1, len(rows) + 1))
            if schema == "form":
                frame = frame.assign(_source=table, _file="2020-06-01/x.csv", _row=places)
            elif f"{table[:2]}SEQ" in con.table(f"sdtm.{table}").columns:
                frame = frame.assign(**{f"{table[:2]}SEQ": places})
            if table == "TI":
                frame = frame.drop(columns="USUBJID")
            con.execute(f"INSERT INTO {schema}.{table} BY NAME SELECT * FROM frame")
        try:
            check = all_checks()[name]
            bound = {one.name: one.default for one in check.thresholds} | {"delivery": "2021-01-01"}
            found = edit_checks.results(con, check, bound)
            return found.assign(message=edit_checks.worded(check.query, found))
        finally:
            for table in tables:
                con.execute(f"DELETE FROM {'form' if table.islower() else 'sdtm'}.{table}")

    return results


def test_each_edit_check_has_a_case():
    assert sorted(CASES) == sorted(all_checks())
    assert len(CASES) >= 60


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_asked_where_nothing_is_wrong(name, run):
    case = CASES[name]
    found = run(name, {**case.given, case.about: case.right})
    assert found["message"].tolist() == []


@pytest.mark.parametrize("name", CASES)
def test_the_site_is_asked_about_what_is_wrong(name, run):
    case = CASES[name]
    tables = {**case.given, case.about: case.wrong}
    found = run(name, tables)
    assert len(found) == 1
    (result,) = found.to_dict("records")
    assert result["variable"] == case.variable
    assert (None if pd.isna(result["value"]) else str(result["value"])) == case.value
    assert case.says in result["message"]
    assert "{" not in result["message"] and result["message"].endswith((".", "?"))
    place = case.place or case.about
    if place.islower():
        assert (result["_source"], result["_file"], result["_row"]) == (place, "2020-06-01/x.csv", len(tables[place]))
    else:
        assert result["dataset"] == place and result["USUBJID"] in ("01", "02")
        assert "SEQ" not in result or result["SEQ"] == len(tables[place])


@pytest.mark.parametrize("check", all_checks().values(), ids=lambda check: check.name)
def test_a_check_binds_its_thresholds_and_names_what_it_reads(check, con):
    (statement,) = con.extract_statements(check.sql)
    assert set(statement.named_parameters) - {"delivery"} == {one.name for one in check.thresholds}
    read = set(re.findall(r"(?:form|sdtm)\.(\w+)", check.sql.lower()))
    read = {"fa" if name == "famh" else name for name in read}
    needed = {part.split(".")[0] for need in check.needs for part in need.split(" or ")}
    # a subject's own record and visits, the criteria, and whether there was a disposition, are never in the way
    assert read - needed <= {"dm", "sv", "ti", "visit", "ds"}
