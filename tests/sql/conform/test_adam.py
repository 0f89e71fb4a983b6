"""Rules of ADaM: each on a small table that is right and one that is wrong."""

from datetime import date, datetime

import pytest

DAY1, DAY2, DAY3, DAY9 = date(2020, 1, 1), date(2020, 1, 2), date(2020, 1, 3), date(2020, 1, 9)
BEFORE = date(2019, 12, 31)
TREATED = {"TRTSDT": DAY1, "TRTEDT": DAY9}
VALUE = {"PARAMCD": "WEIGHT", "PARAM": "Weight (kg)"}
ARMS = {"ARM": "Drug", "TRT01P": "Drug", "ACTARM": "Drug", "TRT01A": "Drug"}


def subjects(number, **values):
    return [{"USUBJID": f"0{nth}"} | values for nth in range(1, number + 1)]


CASES = {
    # ADSL
    "adsl_subject_twice": {
        "right": {"ADSL": subjects(2)},
        "wrong": {"ADSL": [*subjects(2), {"USUBJID": "01"}]},
        "finds": [("ADSL", "USUBJID", None, [3])],
    },
    "adsl_subject_not_in_dm": {
        "both": {"DM": subjects(2)},
        "right": {"ADSL": subjects(2)},
        "wrong": {"ADSL": subjects(3)},
        "finds": [("ADSL", "USUBJID", None, [3])],
    },
    "dm_subject_not_in_adsl": {
        "both": {"DM": subjects(3), "EX": [{"USUBJID": "01", "EXDOSE": 5}, {"USUBJID": "02", "EXDOSE": 5}]},
        "right": {"ADSL": subjects(2)},
        "wrong": {"ADSL": subjects(1)},
        "finds": [("ADSL", "USUBJID", None, 1)],
    },
    "adsl_arm_without_record": {
        "both": {
            "DM": [{"USUBJID": "01", "ARMCD": "A"}, {"USUBJID": "02", "ARMCD": None}, {"USUBJID": "03", "ARMCD": "B"}]
        },
        "right": {"ADSL": [{"USUBJID": "01"}, {"USUBJID": "03"}]},
        "wrong": {"ADSL": [{"USUBJID": "01"}]},
        "finds": [("ADSL", "USUBJID", None, 1)],
    },
    "adsl_not_as_dm": {
        "both": {"DM": [{"USUBJID": "01", "AGE": 40, "SEX": "F"}, {"USUBJID": "02", "AGE": 50, "SEX": "M"}]},
        "right": {"ADSL": [{"USUBJID": "01", "AGE": 40, "SEX": "F"}, {"USUBJID": "02", "AGE": 50, "SEX": "M"}]},
        "wrong": {"ADSL": [{"USUBJID": "01", "AGE": 41, "SEX": "F"}, {"USUBJID": "02", "AGE": 50, "SEX": None}]},
        "finds": [("ADSL", "AGE", None, [1]), ("ADSL", "SEX", None, [2])],
    },
    "population_flag_missing": {
        "right": {"ADSL": [{"USUBJID": "01", "SAFFL": "Y"}, {"USUBJID": "02", "SAFFL": "N"}]},
        "wrong": {"ADSL": [{"USUBJID": "01", "SAFFL": "Y"}, {"USUBJID": "02", "SAFFL": None}]},
        "finds": [("ADSL", "SAFFL", None, [2])],
    },
    "safety_without_treatment": {
        "both": {"EX": [{"USUBJID": "01", "EXDOSE": 5}]},
        "right": {"ADSL": [{"USUBJID": "01", "SAFFL": "Y"}, {"USUBJID": "02", "SAFFL": "N"}]},
        "wrong": {"ADSL": [{"USUBJID": "01", "SAFFL": "Y"}, {"USUBJID": "02", "SAFFL": "Y"}]},
        "finds": [("ADSL", "SAFFL", None, [2])],
    },
    "treated_not_in_safety": {
        "both": {
            "EX": [{"USUBJID": "01", "EXTRT": "DRUG", "EXDOSE": 5}, {"USUBJID": "02", "EXTRT": "Placebo", "EXDOSE": 0}]
        },
        "right": {"ADSL": [{"USUBJID": "01", "SAFFL": "Y"}, {"USUBJID": "02", "SAFFL": "Y"}]},
        "wrong": {"ADSL": [{"USUBJID": "01", "SAFFL": "Y"}, {"USUBJID": "02", "SAFFL": "N"}]},
        "finds": [("ADSL", "SAFFL", None, [2])],
    },
    "treatment_start_not_first_dose": {
        "both": {
            "EX": [
                {"USUBJID": "01", "EXTRT": "DRUG", "EXDOSE": 5, "EXSTDTC": "2020-01-02T08:00"},
                {"USUBJID": "01", "EXTRT": "DRUG", "EXDOSE": 5, "EXSTDTC": "2020-01-01"},
                {"USUBJID": "02", "EXTRT": "DRUG", "EXDOSE": 5, "EXSTDTC": "2020-01"},
            ]
        },
        "right": {"ADSL": [{"USUBJID": "01", "TRTSDT": DAY1}, {"USUBJID": "02", "TRTSDT": DAY3}]},
        "wrong": {"ADSL": [{"USUBJID": "01", "TRTSDT": DAY2}, {"USUBJID": "02", "TRTSDT": DAY3}]},
        "finds": [("ADSL", "TRTSDT", None, [1])],
    },
    "treatment_end_not_last_dose": {
        "both": {
            "EX": [
                {"USUBJID": "01", "EXTRT": "DRUG", "EXDOSE": 5, "EXENDTC": "2020-01-01"},
                {"USUBJID": "01", "EXTRT": "DRUG", "EXDOSE": 5, "EXENDTC": "2020-01-09"},
                {"USUBJID": "02", "EXTRT": "DRUG", "EXDOSE": 5, "EXENDTC": None},
            ]
        },
        "right": {"ADSL": [{"USUBJID": "01", "TRTEDT": DAY9}, {"USUBJID": "02", "TRTEDT": DAY3}]},
        "wrong": {"ADSL": [{"USUBJID": "01", "TRTEDT": DAY1}, {"USUBJID": "02", "TRTEDT": DAY3}]},
        "finds": [("ADSL", "TRTEDT", None, [1])],
    },
    "treatment_dates_without_dose": {
        "both": {"EX": [{"USUBJID": "01"}]},
        "right": {"ADSL": [{"USUBJID": "01", "TRTSDT": DAY1}, {"USUBJID": "02", "TRTSDT": None}]},
        "wrong": {"ADSL": [{"USUBJID": "01", "TRTSDT": DAY1}, {"USUBJID": "02", "TRTSDT": DAY2}]},
        "finds": [("ADSL", "TRTSDT", None, [2])],
    },
    "treatment_duration_not_as_computed": {
        "right": {"ADSL": [{"TRTDURD": 9} | TREATED]},
        "wrong": {"ADSL": [{"TRTDURD": 8} | TREATED]},
        "finds": [("ADSL", "TRTDURD", None, [1])],
    },
    "treatment_differs_within_arm": {
        "right": {"ADSL": subjects(3, **ARMS)},
        "wrong": {"ADSL": [*subjects(2, **ARMS), {"USUBJID": "03"} | ARMS | {"TRT01P": "Placebo"}]},
        "finds": [("ADSL", "TRT01P", "Placebo", [3])],
    },
    "planned_treatment_missing": {
        "right": {
            "ADSL": [{"ARM": "Drug", "TRT01P": "Drug"}, {"ARM": "Screen Failure", "TRT01P": None}, {"ARM": None}]
        },
        "wrong": {"ADSL": [{"ARM": "Drug", "TRT01P": "Drug"}, {"ARM": "Drug", "TRT01P": None}]},
        "finds": [("ADSL", "TRT01P", None, [2])],
    },
    "actual_treatment_missing": {
        "right": {"ADSL": [{"TRTSDT": DAY1, "TRT01A": "Drug"}, {"TRTSDT": None, "TRT01A": None}]},
        "wrong": {"ADSL": [{"TRTSDT": DAY1, "TRT01A": "Drug"}, {"TRTSDT": DAY1, "TRT01A": None}]},
        "finds": [("ADSL", "TRT01A", None, [2])],
    },
    "death_not_as_dm": {
        "both": {"DM": [{"USUBJID": "01", "DTHDTC": "2020-01-09", "DTHFL": "Y"}, {"USUBJID": "02", "DTHDTC": None}]},
        "right": {"ADSL": [{"USUBJID": "01", "DTHDT": DAY9}, {"USUBJID": "02", "DTHDT": None}]},
        "wrong": {"ADSL": [{"USUBJID": "01", "DTHDT": DAY3}, {"USUBJID": "02", "DTHDT": DAY9}]},
        "finds": [("ADSL", "DTHDT", None, [1, 2])],
    },
    "last_alive_after_death": {
        "right": {"ADSL": [{"LSTALVDT": DAY3, "DTHDT": DAY3}]},
        "wrong": {"ADSL": [{"LSTALVDT": DAY9, "DTHDT": DAY3}]},
        "finds": [("ADSL", "LSTALVDT", None, [1])],
    },
    "last_alive_before_last_dose": {
        "right": {"ADSL": [{"LSTALVDT": DAY9, "TRTEDT": DAY9}]},
        "wrong": {"ADSL": [{"LSTALVDT": DAY3, "TRTEDT": DAY9}]},
        "finds": [("ADSL", "LSTALVDT", None, [1])],
    },
    "consent_not_as_dm": {
        "both": {"DM": [{"RFICDTC": "2019-12-31T09:00"}]},
        "right": {"ADSL": [{"RFICDT": BEFORE}]},
        "wrong": {"ADSL": [{"RFICDT": DAY1}]},
        "finds": [("ADSL", "RFICDT", None, [1])],
    },
    "end_of_study_reason": {
        "right": {"ADSL": [{"EOSSTT": "DISCONTINUED", "DCSREAS": "DEATH"}, {"EOSSTT": "COMPLETED"}, {"EOSSTT": None}]},
        "wrong": {"ADSL": [{"EOSSTT": "DISCONTINUED", "DCSREAS": None}, {"EOSSTT": "COMPLETED", "DCSREAS": "DEATH"}]},
        "finds": [
            ("ADSL", "DCSREAS", "DISCONTINUED without a reason", [1]),
            ("ADSL", "DCSREAS", "a reason without DISCONTINUED", [2]),
        ],
    },
    "end_of_treatment_reason": {
        "right": {"ADSL": [{"EOTSTT": "DISCONTINUED", "DCTREAS": "DEATH"}, {"EOTSTT": "ONGOING"}]},
        "wrong": {"ADSL": [{"EOTSTT": "DISCONTINUED", "DCTREAS": "DEATH"}, {"EOTSTT": "ONGOING", "DCTREAS": "DEATH"}]},
        "finds": [("ADSL", "DCTREAS", "a reason without DISCONTINUED", [2])],
    },
    "end_of_study_date": {
        "right": {"ADSL": [{"EOSSTT": "COMPLETED", "EOSDT": DAY9}, {"EOSSTT": "ONGOING", "EOSDT": None}]},
        "wrong": {"ADSL": [{"EOSSTT": "COMPLETED", "EOSDT": None}, {"EOSSTT": "ONGOING", "EOSDT": DAY9}]},
        "finds": [("ADSL", "EOSDT", "a date, but not ended", [2]), ("ADSL", "EOSDT", "ended without a date", [1])],
    },
    "completer_discontinued": {
        "right": {"ADSL": [{"COMPLFL": "Y", "EOSSTT": "COMPLETED"}, {"COMPLFL": "N", "EOSSTT": "DISCONTINUED"}]},
        "wrong": {"ADSL": [{"COMPLFL": "Y", "EOSSTT": "DISCONTINUED"}]},
        "finds": [("ADSL", "COMPLFL", None, [1])],
    },
    "randomized_without_date": {
        "right": {"ADSL": [{"RANDFL": "Y", "RANDDT": DAY1}, {"RANDFL": "N", "RANDDT": None}]},
        "wrong": {"ADSL": [{"RANDFL": "Y", "RANDDT": None}, {"RANDFL": "N", "RANDDT": DAY1}]},
        "finds": [("ADSL", "RANDDT", None, [1, 2])],
    },
    "enrolled_without_arm": {
        "right": {"ADSL": [{"ARM": "Drug", "ITTFL": "Y"}, {"ARM": "Screen Failure", "ITTFL": "N"}]},
        "wrong": {"ADSL": [{"ARM": "Drug", "ITTFL": "Y"}, {"ARM": "Screen Failure", "ITTFL": "Y"}]},
        "finds": [("ADSL", "ITTFL", None, [2])],
    },
    "arm_without_enrollment": {
        "right": {"ADSL": [{"ARM": "Drug", "ENRLFL": "Y"}, {"ARM": None, "ENRLFL": "N"}]},
        "wrong": {"ADSL": [{"ARM": "Drug", "ENRLFL": "N"}, {"ARM": None, "ENRLFL": "N"}]},
        "finds": [("ADSL", "ENRLFL", None, [1])],
    },
    "baseline_not_as_measured": {
        "both": {
            "VS": [
                {"VSTESTCD": "WEIGHT", "VSSTRESN": 70.24, "VSLOBXFL": "Y"},
                {"VSTESTCD": "WEIGHT", "VSSTRESN": 75, "VSLOBXFL": None},
            ]
        },
        "right": {"ADSL": [{"TRTSDT": DAY1, "WEIGHTBL": 70.2}]},
        "wrong": {"ADSL": [{"TRTSDT": DAY1, "WEIGHTBL": 75}]},
        "finds": [("ADSL", "WEIGHTBL", None, [1])],
    },
    "baseline_not_as_base": {
        "both": {"ADVS": [{"USUBJID": f"{n}", "PARAMCD": "WEIGHT", "BASE": 60 + n} for n in range(5)]},
        "right": {"ADSL": [{"USUBJID": f"{n}", "TRTSDT": DAY1, "WEIGHTBL": 60 + n} for n in range(5)]},
        "wrong": {"ADSL": [{"USUBJID": f"{n}", "TRTSDT": DAY1, "WEIGHTBL": 60 + n if n else 16} for n in range(5)]},
        "finds": [("ADSL", "WEIGHTBL", "ADVS.WEIGHT", [1])],
    },
    "adsl_dates_out_of_order": {
        "right": {
            "ADSL": [TREATED | {"RFICDT": BEFORE, "EOTDT": DAY9, "EOSDT": DAY9}, {"TRTSDT": None, "EOSDT": BEFORE}]
        },
        "wrong": {"ADSL": [TREATED | {"RFICDT": DAY2, "EOTDT": BEFORE, "EOSDT": DAY3}]},
        "finds": [
            ("ADSL", "EOSDT", "before the last dose", [1]),
            ("ADSL", "EOTDT", "before the first dose", [1]),
            ("ADSL", "RFICDT", "after the first dose", [1]),
        ],
    },
    "actual_treatment_without_dose": {
        "both": {"EX": [{"USUBJID": "01"}]},
        "right": {
            "ADSL": [{"USUBJID": "01", "TRT01A": "Drug", "TRTSDT": DAY1}, {"USUBJID": "02", "TRT01A": "Not Treated"}]
        },
        "wrong": {"ADSL": [{"USUBJID": "01", "TRT01A": "Drug", "TRTSDT": DAY1}, {"USUBJID": "02", "TRT01A": "Drug"}]},
        "finds": [("ADSL", "TRT01A", None, [2])],
    },
    "group_not_of_value": {
        "both": {},
        "right": {
            "ADSL": [
                {"AGE": age, "AGEGR1": group, "RACE": "ASIAN", "SITEID": "01"}
                for age, group in ((20, "<65"), (30, "<65"), (64, "<65"), (65, ">=65"), (80, ">=65"))
            ]
        },
        "wrong": {
            "ADSL": [
                {"AGE": age, "AGEGR1": group, "RACE": "ASIAN", "SITEID": "01"}
                for age, group in ((20, "<65"), (30, "18-40"), (64, "<65"), (65, ">=65"), (80, ">=65"))
            ]
        },
        "finds": [("ADSL", "AGEGR1", "18-40", [2])],
    },
    # all datasets
    "subject_not_in_adsl": {
        "both": {"ADSL": subjects(1)},
        "right": {"ADVS": subjects(1)},
        "wrong": {"ADVS": subjects(2)},
        "finds": [("ADVS", "USUBJID", None, [2])],
    },
    "not_as_adsl": {
        "both": {"ADSL": [{"USUBJID": "01", "SEX": "F", "AGE": 40}]},
        "right": {"ADVS": [{"USUBJID": "01", "SEX": "F", "AGE": 40}, {"USUBJID": "01", "SEX": "F", "AGE": 40}]},
        "wrong": {"ADVS": [{"USUBJID": "01", "SEX": "F", "AGE": 40}, {"USUBJID": "01", "SEX": "M", "AGE": None}]},
        "finds": [("ADVS", "AGE", None, [2]), ("ADVS", "SEX", None, [2])],
    },
    "pair_not_one_to_one": {
        "right": {
            "ADVS": [
                {"PARAMCD": "A", "AVISIT": "Week 1", "AVISITN": 1},
                {"PARAMCD": "A", "AVISIT": "Week 2", "AVISITN": 2},
                {"PARAMCD": "B", "AVISIT": "Week 1", "AVISITN": 10},
                {"PARAMCD": "B", "AVISIT": "Week 2", "AVISITN": None},
            ]
        },
        "wrong": {
            "ADVS": [
                {"PARAMCD": "A", "PARAM": "First", "AVISIT": "Week 1", "AVISITN": 1},
                {"PARAMCD": "A", "PARAM": "First", "AVISIT": "Week 2", "AVISITN": 2},
                {"PARAMCD": "A", "PARAM": "First", "AVISIT": "Week 2", "AVISITN": 2},
                {"PARAMCD": "A", "PARAM": "Second", "AVISIT": "Week 2", "AVISITN": 1},
            ]
        },
        "finds": [("ADVS", "AVISIT", "AVISITN", [4]), ("ADVS", "PARAMCD", "PARAM", [4])],
    },
    "number_without_text": {
        "right": {"ADVS": [{"AVISIT": "Week 1", "AVISITN": 1}, {"AVISIT": "Week 2", "AVISITN": None}]},
        "wrong": {"ADVS": [{"AVISIT": "Week 1", "AVISITN": 1}, {"AVISIT": None, "AVISITN": 2}]},
        "finds": [("ADVS", "AVISIT", "AVISITN", [2])],
    },
    "flag_value": {
        "right": {
            "ADVS": [{"ABLFL": "Y", "CRIT1FL": "N", "SAFFL": "N"}, {"ABLFL": None, "CRIT1FL": "Y", "SAFFL": "Y"}]
        },
        "wrong": {
            "ADVS": [{"ABLFL": "N", "CRIT1FL": "No", "SAFFL": "N"}, {"ABLFL": "Y", "CRIT1FL": "Y", "SAFFL": "y"}]
        },
        "finds": [("ADVS", "ABLFL", "N", [1]), ("ADVS", "CRIT1FL", "No", [1]), ("ADVS", "SAFFL", "y", [2])],
    },
    "imputation_flag_without_date": {
        "right": {"ADAE": [{"ASTDT": DAY1, "ASTDTF": "D"}, {"ASTDT": None, "ASTDTF": None}]},
        "wrong": {"ADAE": [{"ASTDT": DAY1, "ASTDTF": "D"}, {"ASTDT": None, "ASTDTF": "D"}]},
        "finds": [("ADAE", "ASTDTF", None, [2])],
    },
    "datetime_not_on_its_date": {
        "right": {"ADSL": [{"TRTSDT": DAY1, "TRTSDTM": datetime(2020, 1, 1, 23, 59)}]},
        "wrong": {"ADSL": [{"TRTSDT": DAY1, "TRTSDTM": datetime(2020, 1, 2, 0, 1)}]},
        "finds": [("ADSL", "TRTSDTM", None, [1])],
    },
    "analysis_end_before_start": {
        "right": {"ADAE": [{"ASTDT": DAY1, "AENDT": DAY1}, {"ASTDT": DAY1, "AENDT": None}]},
        "wrong": {"ADAE": [{"ASTDT": DAY1, "AENDT": DAY1}, {"ASTDT": DAY2, "AENDT": DAY1}]},
        "finds": [("ADAE", "AENDT", None, [2])],
    },
    "limits_reversed": {
        "right": {"ADLB": [{"ANRLO": 1, "ANRHI": 2}, {"ANRLO": 3, "ANRHI": None}]},
        "wrong": {"ADLB": [{"ANRLO": 1, "ANRHI": 2}, {"ANRLO": 3, "ANRHI": 2}]},
        "finds": [("ADLB", "ANRLO", None, [2])],
    },
    "aseq_twice": {
        "right": {"ADVS": [{"USUBJID": "01", "ASEQ": 1}, {"USUBJID": "01", "ASEQ": 2}, {"USUBJID": "02", "ASEQ": 1}]},
        "wrong": {"ADVS": [{"USUBJID": "01", "ASEQ": 1}, {"USUBJID": "01", "ASEQ": 1}, {"USUBJID": "02", "ASEQ": 1}]},
        "finds": [("ADVS", "ASEQ", None, [2])],
    },
    "treatment_not_of_subject": {
        "both": {"ADSL": [{"TRT01P": "Drug", "TRT01A": "Drug", "TRT02P": "Placebo", "TRT02A": None}]},
        "right": {"ADVS": [{"TRTP": "Drug", "TRTA": "Drug"}, {"TRTP": "Placebo", "TRTA": None}]},
        "wrong": {"ADVS": [{"TRTP": "Drug", "TRTA": "Drug"}, {"TRTP": "Placebo", "TRTA": "Placebo"}]},
        "finds": [("ADVS", "TRTA", None, [2])],
    },
    # BDS
    "base_not_baseline_value": {
        "right": {"ADVS": [VALUE | {"AVAL": 70, "BASE": 70, "ABLFL": "Y"}, VALUE | {"AVAL": 72, "BASE": 70}]},
        "wrong": {"ADVS": [VALUE | {"AVAL": 70, "BASE": 70, "ABLFL": "Y"}, VALUE | {"AVAL": 72, "BASE": 71}]},
        "finds": [("ADVS", "BASE", None, [2])],
    },
    "base_missing": {
        "right": {"ADVS": [VALUE | {"AVAL": 70, "BASE": 70, "ABLFL": "Y"}, VALUE | {"AVAL": 72, "BASE": 70}]},
        "wrong": {"ADVS": [VALUE | {"AVAL": 70, "BASE": 70, "ABLFL": "Y"}, VALUE | {"AVAL": 72, "BASE": None}]},
        "finds": [("ADVS", "BASE", None, [2])],
    },
    "base_without_baseline_record": {
        "right": {"ADVS": [VALUE | {"BASE": 70, "ABLFL": "Y"}, VALUE | {"BASE": 70, "ABLFL": None}]},
        "wrong": {"ADVS": [VALUE | {"BASE": 70, "ABLFL": "Y"}, VALUE | {"USUBJID": "02", "BASE": 80, "ABLFL": None}]},
        "finds": [("ADVS", "BASE", None, [2])],
    },
    "base_varies": {
        "right": {"ADVS": [VALUE | {"BASE": 70, "BASETYPE": "A"}, VALUE | {"BASE": 71, "BASETYPE": "B"}]},
        "wrong": {"ADVS": [VALUE | {"BASE": 70}, VALUE | {"BASE": 70}, VALUE | {"BASE": 71}]},
        "finds": [("ADVS", "BASE", None, [3])],
    },
    "baseline_twice": {
        "right": {"ADVS": [VALUE | {"ABLFL": "Y"}, VALUE | {"ABLFL": None}, {"PARAMCD": "PULSE", "ABLFL": "Y"}]},
        "wrong": {"ADVS": [VALUE | {"ABLFL": "Y"}, VALUE | {"ABLFL": "Y"}]},
        "finds": [("ADVS", "ABLFL", None, [2])],
    },
    "baseline_after_treatment": {
        "right": {"ADVS": [{"ABLFL": "Y", "ADT": DAY1, "TRTSDT": DAY1}, {"ABLFL": None, "ADT": DAY2, "TRTSDT": DAY1}]},
        "wrong": {"ADVS": [{"ABLFL": "Y", "ADT": DAY2, "TRTSDT": DAY1}]},
        "finds": [("ADVS", "ABLFL", None, [1])],
    },
    "baseline_without_value": {
        "right": {"ADVS": [{"ABLFL": "Y", "AVAL": 0}, {"ABLFL": None, "AVAL": None}]},
        "wrong": {"ADVS": [{"ABLFL": "Y", "AVAL": 1}, {"ABLFL": "Y", "AVAL": None}]},
        "finds": [("ADVS", "ABLFL", None, [2])],
    },
    "baseline_copy_differs": {
        "right": {
            "ADLB": [
                VALUE | {"ABLFL": "Y", "ANRIND": "LOW", "BNRIND": "LOW"},
                VALUE | {"ANRIND": "HIGH", "BNRIND": "LOW"},
            ]
        },
        "wrong": {
            "ADLB": [
                VALUE | {"ABLFL": "Y", "ANRIND": "LOW", "BNRIND": "LOW"},
                VALUE | {"ANRIND": "HIGH", "BNRIND": "HIGH"},
            ]
        },
        "finds": [("ADLB", "BNRIND", None, [2])],
    },
    "change_not_as_computed": {
        "right": {"ADVS": [{"AVAL": 72, "BASE": 70, "CHG": 2}, {"AVAL": 72, "BASE": 70, "CHG": None}]},
        "wrong": {"ADVS": [{"AVAL": 72, "BASE": 70, "CHG": 2}, {"AVAL": 72, "BASE": 70, "CHG": -2}]},
        "finds": [("ADVS", "CHG", None, [2])],
    },
    "percent_change_not_as_computed": {
        "right": {"ADVS": [{"AVAL": 80, "BASE": 60, "PCHG": 33.333333}]},
        "wrong": {"ADVS": [{"AVAL": 80, "BASE": 60, "PCHG": 25}]},
        "finds": [("ADVS", "PCHG", None, [1])],
    },
    "percent_change_of_zero": {
        "right": {"ADVS": [{"AVAL": 80, "BASE": 0, "PCHG": None}, {"AVAL": 6, "BASE": 5, "PCHG": 20}]},
        "wrong": {"ADVS": [{"AVAL": 80, "BASE": 0, "PCHG": 100}]},
        "finds": [("ADVS", "PCHG", None, [1])],
    },
    "change_missing": {
        "right": {
            "ADVS": [
                VALUE | {"ADT": DAY1, "AVAL": 70, "BASE": 70, "ABLFL": "Y", "CHG": None},
                VALUE | {"ADT": DAY2, "AVAL": 71, "BASE": 70, "ABLFL": None, "CHG": 1},
            ]
        },
        "wrong": {
            "ADVS": [
                VALUE | {"ADT": DAY1, "AVAL": 70, "BASE": 70, "ABLFL": "Y", "CHG": None},
                VALUE | {"ADT": DAY2, "AVAL": 71, "BASE": 70, "ABLFL": None, "CHG": 1},
                VALUE | {"ADT": DAY3, "AVAL": 71, "BASE": 70, "ABLFL": None, "CHG": None},
            ]
        },
        "finds": [("ADVS", "CHG", None, [3])],
    },
    "ratio_not_as_computed": {
        "right": {"ADLB": [{"AVAL": 80, "BASE": 40, "R2BASE": 2}]},
        "wrong": {"ADLB": [{"AVAL": 80, "BASE": 40, "R2BASE": 0.5}]},
        "finds": [("ADLB", "R2BASE", None, [1])],
    },
    "basetype_missing": {
        "right": {"ADVS": [{"PARAMCD": "A", "BASETYPE": "LAST"}, {"PARAMCD": "B", "BASETYPE": None}]},
        "wrong": {"ADVS": [{"PARAMCD": "A", "BASETYPE": "LAST"}, {"PARAMCD": "A", "BASETYPE": None}]},
        "finds": [("ADVS", "BASETYPE", None, [2])],
    },
    "paramcd_not_a_name": {
        "right": {"ADVS": [{"PARAMCD": "WEIGHT12"}]},
        "wrong": {"ADVS": [{"PARAMCD": "WEIGHT123"}, {"PARAMCD": "6MWT"}]},
        "finds": [("ADVS", "PARAMCD", "6MWT", [2]), ("ADVS", "PARAMCD", "WEIGHT123", [1])],
    },
    "analysis_day_not_as_computed": {
        "both": {"ADSL": [{"TRTSDT": DAY1}]},
        "right": {"ADVS": [{"ADT": DAY1, "ADY": 1}, {"ADT": BEFORE, "ADY": -1}, {"ADT": DAY2, "ADY": None}]},
        "wrong": {"ADVS": [{"ADT": DAY1, "ADY": 1}, {"ADT": BEFORE, "ADY": 0}, {"ADT": DAY2, "ADY": 2}]},
        "finds": [("ADVS", "ADY", None, [2])],
    },
    "analysis_day_missing": {
        "both": {"ADSL": [{"TRTSDT": DAY1}]},
        "right": {"ADVS": [{"ADT": DAY1, "ADY": 1}, {"ADT": None, "ADY": None}]},
        "wrong": {"ADVS": [{"ADT": DAY1, "ADY": 1}, {"ADT": DAY2, "ADY": None}]},
        "finds": [("ADVS", "ADY", None, [2])],
    },
    "analysed_without_visit": {
        "right": {"ADVS": [{"ANL01FL": "Y", "AVISIT": "Week 1"}, {"ANL01FL": None, "AVISIT": None}]},
        "wrong": {"ADVS": [{"ANL01FL": "Y", "AVISIT": "Week 1"}, {"ANL01FL": "Y", "AVISIT": None}]},
        "finds": [("ADVS", "ANL01FL", None, [2])],
    },
    "analysed_twice": {
        "right": {"ADVS": [VALUE | {"ANL01FL": "Y", "AVISIT": f"Week {week}"} for week in range(4)]},
        "wrong": {"ADVS": [VALUE | {"ANL01FL": "Y", "AVISIT": f"Week {week}"} for week in (0, 1, 2, 2)]},
        "finds": [("ADVS", "ANL01FL", None, [4])],
    },
    "carried_value_not_there": {
        "right": {"ADVS": [VALUE | {"AVAL": 70, "DTYPE": None}, VALUE | {"AVAL": 70, "DTYPE": "LOCF"}]},
        "wrong": {"ADVS": [VALUE | {"AVAL": 70, "DTYPE": None}, VALUE | {"AVAL": 71, "DTYPE": "LOCF"}]},
        "finds": [("ADVS", "AVAL", "LOCF", [2])],
    },
    "derived_without_value": {
        "right": {"ADVS": [{"DTYPE": "LOCF", "AVAL": 0}, {"DTYPE": None, "AVAL": None}]},
        "wrong": {"ADVS": [{"DTYPE": "LOCF", "AVAL": 1}, {"DTYPE": "LOCF", "AVAL": None}]},
        "finds": [("ADVS", "DTYPE", None, [2])],
    },
    "criterion_missing": {
        "right": {"ADVS": [{"CRIT1": "Fall of 10", "CRIT1FL": "Y"}, {"CRIT1": None, "CRIT1FL": None}]},
        "wrong": {"ADVS": [{"CRIT1": "Fall of 10", "CRIT1FL": "Y"}, {"CRIT1": None, "CRIT1FL": "N"}]},
        "finds": [("ADVS", "CRIT1", "CRIT1FL", [2])],
    },
    "criterion_without_flag": {
        "right": {"ADVS": [{"CRIT1": "Fall of 10", "CRIT1FL": "Y"}]},
        "wrong": {"ADVS": [{"CRIT1": "Fall of 10", "CRIT1FL": "Y", "CRIT2": "Fall of 20"}]},
        "finds": [("ADVS", "CRIT2", "CRIT2FL", 1)],
    },
    "criterion_varies": {
        "right": {
            "ADVS": [VALUE | {"CRIT1": "Fall", "CRIT1FL": "Y"}, {"PARAMCD": "PULSE", "CRIT1": "Rise", "CRIT1FL": "Y"}]
        },
        "wrong": {
            "ADVS": [*[VALUE | {"CRIT1": "Fall", "CRIT1FL": "Y"}] * 2, VALUE | {"CRIT1": "Rise", "CRIT1FL": "Y"}]
        },
        "finds": [("ADVS", "CRIT1", "Rise", [3])],
    },
    "flag_not_by_value": {
        "right": {"ADVS": [VALUE | {"AVAL": n, "CHG": -n, "CRIT1FL": "Y" if n > 60 else "N"} for n in range(100)]},
        "wrong": {
            "ADVS": [
                *[VALUE | {"AVAL": n, "CHG": -n, "CRIT1FL": "Y" if n > 60 else "N"} for n in range(100)],
                VALUE | {"AVAL": 90, "CHG": -90, "CRIT1FL": "N"},
            ]
        },
        "finds": [("ADVS", "CRIT1FL", "AVAL", [101])],
    },
    "range_indicator_not_as_value": {
        "right": {
            "ADLB": [{"AVAL": 1, "ANRLO": 1, "ANRHI": 5, "ANRIND": "NORMAL"}, {"AVAL": 6, "ANRHI": 5, "ANRIND": "HIGH"}]
        },
        "wrong": {
            "ADLB": [{"AVAL": 0, "ANRLO": 1, "ANRHI": 5, "ANRIND": "NORMAL"}, {"AVAL": 4, "ANRHI": 5, "ANRIND": "HIGH"}]
        },
        "finds": [("ADLB", "ANRIND", None, [1, 2])],
    },
    "day_outside_window": {
        "right": {"ADVS": [{"AVISIT": "Week 1", "ADY": 8, "AWLO": 2, "AWHI": 8}]},
        "wrong": {"ADVS": [{"AVISIT": "Week 1", "ADY": 9, "AWLO": 2, "AWHI": 8}]},
        "finds": [("ADVS", "ADY", None, [1])],
    },
    "target_difference_not_as_computed": {
        "right": {"ADVS": [{"ADY": 9, "AWTARGET": 8, "AWTDIFF": 1}, {"ADY": -1, "AWTARGET": 1, "AWTDIFF": -1}]},
        "wrong": {"ADVS": [{"ADY": 9, "AWTARGET": 8, "AWTDIFF": 2}]},
        "finds": [("ADVS", "AWTDIFF", None, [1])],
    },
    "on_treatment_before_first_dose": {
        "right": {
            "ADVS": [{"ADT": DAY1, "ONTRTFL": "Y", "TRTSDT": DAY1}, {"ADT": BEFORE, "ONTRTFL": None, "TRTSDT": DAY1}]
        },
        "wrong": {"ADVS": [{"ADT": BEFORE, "ONTRTFL": "Y", "TRTSDT": DAY1}]},
        "finds": [("ADVS", "ONTRTFL", None, [1])],
    },
    # time to event
    "censor_value": {
        "right": {"ADTTE": [{"CNSR": 0}, {"CNSR": 2}]},
        "wrong": {"ADTTE": [{"CNSR": -1}, {"CNSR": 0.5}]},
        "finds": [("ADTTE", "CNSR", None, [1, 2])],
    },
    "censor_missing": {
        "right": {"ADTTE": [{"CNSR": 0, "AVAL": 5, "STARTDT": DAY1}, {"CNSR": None, "AVAL": None, "STARTDT": DAY1}]},
        "wrong": {"ADTTE": [{"CNSR": 0, "AVAL": 5, "STARTDT": DAY1}, {"CNSR": None, "AVAL": 5, "STARTDT": DAY1}]},
        "finds": [("ADTTE", "CNSR", None, [2])],
    },
    "time_not_as_computed": {
        "both": {},
        "right": {
            "ADTTE": [
                {"PARAMCD": "T", "PARAM": "Time (days)", "CNSR": 0, "STARTDT": DAY1, "ADT": day, "AVAL": days}
                for day, days in ((DAY1, 1), (DAY2, 2), (DAY9, 9))
            ]
        },
        "wrong": {
            "ADTTE": [
                {"PARAMCD": "T", "PARAM": "Time (days)", "CNSR": 0, "STARTDT": DAY1, "ADT": day, "AVAL": days}
                for day, days in ((DAY1, 1), (DAY2, 2), (DAY9, 8))
            ]
        },
        "finds": [("ADTTE", "AVAL", None, [3])],
    },
    "date_before_origin": {
        "right": {"ADTTE": [{"CNSR": 0, "STARTDT": DAY1, "ADT": DAY1}]},
        "wrong": {"ADTTE": [{"CNSR": 0, "STARTDT": DAY1, "ADT": BEFORE}]},
        "finds": [("ADTTE", "ADT", None, [1])],
    },
    "event_description": {
        "right": {
            "ADTTE": [
                {"PARAMCD": "T", "CNSR": 0, "EVNTDESC": "Death", "CNSDTDSC": None},
                {"PARAMCD": "T", "CNSR": 0, "EVNTDESC": "Death", "CNSDTDSC": None},
                {"PARAMCD": "T", "CNSR": 1, "EVNTDESC": "Alive", "CNSDTDSC": "Last visit"},
            ]
        },
        "wrong": {
            "ADTTE": [
                {"PARAMCD": "T", "CNSR": 0, "EVNTDESC": "Death", "CNSDTDSC": None},
                {"PARAMCD": "T", "CNSR": 0, "EVNTDESC": "Death", "CNSDTDSC": "Last visit"},
                {"PARAMCD": "T", "CNSR": 1, "EVNTDESC": "Death", "CNSDTDSC": "Last visit"},
                {"PARAMCD": "T", "CNSR": 1, "EVNTDESC": None, "CNSDTDSC": "Last visit"},
            ]
        },
        "finds": [
            ("ADTTE", "CNSDTDSC", "an event with the description of a censor date", [2]),
            ("ADTTE", "EVNTDESC", "described as both event and censoring", [3]),
            ("ADTTE", "EVNTDESC", "nothing is described", [4]),
        ],
    },
    "censor_date_not_described": {
        "right": {"ADTTE": [{"CNSR": 1, "CNSDTDSC": "Last visit"}, {"CNSR": 0, "CNSDTDSC": None}]},
        "wrong": {"ADTTE": [{"CNSR": 1, "CNSDTDSC": "Last visit"}, {"CNSR": 1, "CNSDTDSC": None}]},
        "finds": [("ADTTE", "CNSDTDSC", None, [2])],
    },
    # occurrences
    "medication_not_as_sdtm": {
        "both": {"CM": [{"CMTRT": "Aspirin", "CMDOSE": 100}]},
        "right": {"ADCM": [{"CMSEQ": 1, "CMTRT": "Aspirin", "CMDOSE": 100}]},
        "wrong": {"ADCM": [{"CMSEQ": 1, "CMTRT": "Aspirin", "CMDOSE": 10}]},
        "finds": [("ADCM", "CMDOSE", None, [1])],
    },
    "event_not_as_sdtm": {
        "both": {"AE": [{"AETERM": "Fever", "AESEV": "MILD"}, {"AETERM": "Cough", "AESEV": None}]},
        "right": {
            "ADAE": [{"AESEQ": 1, "AETERM": "Fever", "AESEV": "MILD"}, {"AESEQ": 2, "AETERM": "Cough", "AESEV": None}]
        },
        "wrong": {
            "ADAE": [{"AESEQ": 1, "AETERM": "Fever", "AESEV": "SEVERE"}, {"AESEQ": 2, "AETERM": "Cold", "AESEV": None}]
        },
        "finds": [("ADAE", "AESEV", None, [1]), ("ADAE", "AETERM", None, [2])],
    },
    "event_not_in_analysis": {
        "both": {"ADSL": subjects(1), "AE": [{"AETERM": "Fever"}, {"AETERM": "Cough"}]},
        "right": {"ADAE": [{"AESEQ": 1}, {"AESEQ": 2}]},
        "wrong": {"ADAE": [{"AESEQ": 1}]},
        "finds": [("AE", "AESEQ", None, [2])],
    },
    "emergent_before_treatment": {
        "right": {"ADAE": [{"ASTDT": DAY1, "TRTSDT": DAY1, "TRTEMFL": "Y"}, {"ASTDT": BEFORE, "TRTSDT": DAY1}]},
        "wrong": {"ADAE": [{"ASTDT": BEFORE, "TRTSDT": DAY1, "TRTEMFL": "Y"}]},
        "finds": [("ADAE", "TRTEMFL", None, [1])],
    },
    "emergent_without_treatment": {
        "both": {"ADSL": [{"USUBJID": "01", "TRTSDT": DAY1}, {"USUBJID": "02", "TRTSDT": None}]},
        "right": {"ADAE": [{"USUBJID": "01", "TRTEMFL": "Y", "ASTDT": DAY1}, {"USUBJID": "02", "ASTDT": DAY1}]},
        "wrong": {
            "ADAE": [{"USUBJID": "01", "TRTEMFL": "Y", "ASTDT": DAY1}, {"USUBJID": "02", "TRTEMFL": "Y", "ASTDT": DAY1}]
        },
        "finds": [("ADAE", "TRTEMFL", None, [2])],
    },
    "not_emergent_under_treatment": {
        "both": {"AE": [{"AESTDTC": "2020-01-02"}, {"AESTDTC": "2020-01-01"}, {"AESTDTC": "2020-01-01T10:00"}]},
        "right": {
            "ADSL": [TREATED | {"TRTSDTM": datetime(2020, 1, 1, 12)}],
            "ADAE": [
                {"AESEQ": 1, "ASTDT": DAY2, "TRTEMFL": "Y"},
                {"AESEQ": 2, "ASTDT": DAY1, "TRTEMFL": None},
                {"AESEQ": 3, "ASTDT": DAY1, "TRTEMFL": None},
            ],
        },
        "wrong": {
            "ADSL": [TREATED | {"TRTSDTM": datetime(2020, 1, 1, 9)}],
            "ADAE": [
                {"AESEQ": 1, "ASTDT": DAY2, "TRTEMFL": None},
                {"AESEQ": 2, "ASTDT": DAY1, "TRTEMFL": "Y"},
                {"AESEQ": 3, "ASTDT": DAY1, "TRTEMFL": None},
            ],
        },
        "finds": [("ADAE", "TRTEMFL", None, [1, 3])],
    },
    "emergence_window_varies": {
        "right": {
            "ADAE": [
                {"ASTDT": day, "TRTEDT": DAY1, "TRTEMFL": flag}
                for day, flag in ((DAY2, "Y"), (DAY3, "Y"), (DAY9, None))
            ]
        },
        "wrong": {
            "ADAE": [
                {"ASTDT": day, "TRTEDT": DAY1, "TRTEMFL": flag}
                for day, flag in ((DAY2, None), (DAY3, "Y"), (DAY3, "Y"), (DAY9, None))
            ]
        },
        "finds": [("ADAE", "TRTEMFL", None, [1])],
    },
    "occurrence_flag_twice": {
        "both": {},
        "right": {
            "ADAE": [
                {"ASTDT": day, "TRTEMFL": "Y", "AEBODSYS": "Nerves", "AEDECOD": term, "AOCCFL": first, "AOCCPFL": "Y"}
                for day, term, first in ((DAY1, "Headache", "Y"), (DAY2, "Stroke", None))
            ]
        },
        "wrong": {
            "ADAE": [
                {"ASTDT": day, "TRTEMFL": "Y", "AEBODSYS": "Nerves", "AEDECOD": term, "AOCCFL": "Y", "AOCCPFL": "Y"}
                for day, term in ((DAY1, "Headache"), (DAY2, "Stroke"))
            ]
        },
        "finds": [("ADAE", "AOCCFL", None, [2])],
    },
    "occurrence_flag_missing": {
        "both": {},
        "right": {
            "ADAE": [
                {"USUBJID": subject, "ASTDT": DAY1, "TRTEMFL": flag, "AEBODSYS": "A", "AEDECOD": "B", "AOCCFL": flag}
                for subject, flag in (("01", "Y"), ("02", "Y"), ("03", None))
            ]
        },
        "wrong": {
            "ADAE": [
                {"USUBJID": subject, "ASTDT": DAY1, "TRTEMFL": "Y", "AEBODSYS": "A", "AEDECOD": "B", "AOCCFL": flag}
                for subject, flag in (("01", "Y"), ("02", "Y"), ("03", None))
            ]
        },
        "finds": [("ADAE", "AOCCFL", None, [3])],
    },
    "occurrence_flag_not_first": {
        "both": {},
        "right": {
            "ADAE": [
                {"ASTDT": day, "TRTEMFL": emerged, "AEBODSYS": "A", "AEDECOD": "B", "AOCCFL": flag}
                for day, emerged, flag in ((BEFORE, None, None), (DAY1, "Y", "Y"), (DAY2, "Y", None))
            ]
        },
        "wrong": {
            "ADAE": [
                {"ASTDT": day, "TRTEMFL": emerged, "AEBODSYS": "A", "AEDECOD": "B", "AOCCFL": flag}
                for day, emerged, flag in ((BEFORE, None, None), (DAY1, "Y", None), (DAY2, "Y", "Y"))
            ]
        },
        "finds": [("ADAE", "AOCCFL", None, [3])],
    },
    "occurrence_flag_not_emergent": {
        "both": {},
        "right": {
            "ADAE": [
                {"USUBJID": f"{n}", "ASTDT": DAY1, "TRTEMFL": "Y", "AEBODSYS": "A", "AEDECOD": "B", "AOCCFL": "Y"}
                for n in range(9)
            ]
        },
        "wrong": {
            "ADAE": [
                {
                    "USUBJID": f"{n}",
                    "ASTDT": DAY1,
                    "TRTEMFL": "Y" if n else None,
                    "AEBODSYS": "A",
                    "AEDECOD": "B",
                    "AOCCFL": "Y",
                }
                for n in range(9)
            ]
        },
        "finds": [("ADAE", "AOCCFL", None, [1])],
    },
    "date_not_as_collected": {
        "both": {"AE": [{"AESTDTC": "2020-01-02T10:00"}, {"AESTDTC": "2020-01"}, {"AESTDTC": None}]},
        "right": {
            "ADAE": [
                {"TRTEMFL": "Y", "AESEQ": 1, "ASTDT": DAY2},
                {"TRTEMFL": "Y", "AESEQ": 2, "ASTDT": DAY9},
                {"TRTEMFL": "Y", "AESEQ": 3, "ASTDT": DAY1},
            ]
        },
        "wrong": {
            "ADAE": [
                {"TRTEMFL": "Y", "AESEQ": 1, "ASTDT": DAY3},
                {"TRTEMFL": "Y", "AESEQ": 2, "ASTDT": BEFORE},
                {"TRTEMFL": "Y", "AESEQ": 3, "ASTDT": DAY1},
            ]
        },
        "finds": [("ADAE", "ASTDT", None, [1, 2])],
    },
    "date_not_taken": {
        "both": {"AE": [{"AESTDTC": "2020-01-02"}, {"AESTDTC": "2020-01"}]},
        "right": {"ADAE": [{"TRTEMFL": "Y", "AESEQ": 1, "ASTDT": DAY2}, {"TRTEMFL": "Y", "AESEQ": 2, "ASTDT": None}]},
        "wrong": {"ADAE": [{"TRTEMFL": "Y", "AESEQ": 1, "ASTDT": None}, {"TRTEMFL": "Y", "AESEQ": 2, "ASTDT": DAY1}]},
        "finds": [("ADAE", "ASTDT", None, [1])],
    },
    "imputation_not_flagged": {
        "both": {"AE": [{"AESTDTC": "2020-01-02"}, {"AESTDTC": "2020-01"}, {"AESTDTC": "2020"}]},
        "right": {
            "ADAE": [
                {"TRTEMFL": "Y", "AESEQ": 1, "ASTDT": DAY2, "ASTDTF": None},
                {"TRTEMFL": "Y", "AESEQ": 2, "ASTDT": DAY1, "ASTDTF": "D"},
                {"TRTEMFL": "Y", "AESEQ": 3, "ASTDT": DAY1, "ASTDTF": "M"},
            ]
        },
        "wrong": {
            "ADAE": [
                {"TRTEMFL": "Y", "AESEQ": 1, "ASTDT": DAY2, "ASTDTF": "D"},
                {"TRTEMFL": "Y", "AESEQ": 2, "ASTDT": DAY1, "ASTDTF": None},
                {"TRTEMFL": "Y", "AESEQ": 3, "ASTDT": DAY1, "ASTDTF": "D"},
            ]
        },
        "finds": [("ADAE", "ASTDTF", "D", [2]), ("ADAE", "ASTDTF", "M", [3]), ("ADAE", "ASTDTF", "missing", [1])],
    },
    "timing_flag_contradicts": {
        "right": {
            "ADAE": [
                TREATED | {"ASTDT": BEFORE, "TRTEMFL": None, "PREFL": "Y"},
                TREATED | {"ASTDT": DAY2, "TRTEMFL": "Y", "PREFL": None},
            ]
        },
        "wrong": {
            "ADAE": [
                TREATED | {"ASTDT": DAY2, "TRTEMFL": None, "PREFL": "Y"},
                TREATED | {"ASTDT": DAY2, "TRTEMFL": "Y", "PREFL": "Y"},
            ]
        },
        "finds": [("ADAE", "PREFL", "ASTDT", [1]), ("ADAE", "PREFL", "TRTEMFL", [2])],
    },
    "duration_not_as_computed": {
        "right": {"ADAE": [{"ASTDT": DAY1, "AENDT": DAY9, "ADURN": 9, "ADURU": "DAYS"}]},
        "wrong": {
            "ADAE": [
                {"ASTDT": DAY1, "AENDT": DAY9, "ADURN": 9, "ADURU": "DAYS"},
                {"ASTDT": DAY1, "AENDT": DAY3, "ADURN": 2, "ADURU": "DAYS"},
            ]
        },
        "finds": [("ADAE", "ADURN", None, [2])],
    },
    # the plan
    "plan_record_twice": {
        "right": {"TI": [{"IETESTCD": "INCL01", "TIVERS": "1"}, {"IETESTCD": "INCL01", "TIVERS": "2"}]},
        "wrong": {"TI": [{"IETESTCD": "INCL01", "TIVERS": "1"}, {"IETESTCD": "INCL01", "TIVERS": "1"}]},
        "finds": [("TI", "IETESTCD", "INCL01", [2])],
    },
    "first_element_missing": {
        "both": {"TA": [{"ARMCD": "A", "ETCD": "SCRN", "TAETORD": 1}, {"ARMCD": "A", "ETCD": "DRUG", "TAETORD": 2}]},
        "right": {"SE": [{"ETCD": "SCRN"}, {"ETCD": "DRUG"}, {"USUBJID": "02", "ETCD": "SCRN"}]},
        "wrong": {"SE": [{"ETCD": "SCRN"}, {"ETCD": "DRUG"}, {"USUBJID": "02", "ETCD": "DRUG"}]},
        "finds": [("SE", "ETCD", "SCRN", [3])],
    },
    "original_unit_missing": {
        "right": {
            "VS": [
                {"VSTESTCD": "TEMP", "VSORRES": "36.5", "VSSTRESC": "36.5", "VSORRESU": "C"},
                {"VSTESTCD": "X", "VSORRES": "1"},
            ]
        },
        "wrong": {
            "VS": [
                {"VSTESTCD": "TEMP", "VSORRES": "36.5", "VSSTRESC": "36.5", "VSORRESU": "C"},
                {"VSTESTCD": "TEMP", "VSORRES": "36.6", "VSSTRESC": "36.6", "VSORRESU": "C"},
                {"VSTESTCD": "TEMP", "VSORRES": "36.7", "VSSTRESC": "36.7", "VSORRESU": None},
            ]
        },
        "finds": [("VS", "VSORRESU", None, [3])],
    },
    # where values come from
    "source_record_missing": {
        "both": {"VS": [{"VSTESTCD": "WEIGHT"}, {"VSTESTCD": "HEIGHT"}]},
        "right": {
            "ADVS": [{"SRCDOM": "VS", "SRCSEQ": 1}, {"SRCDOM": "VS", "SRCSEQ": 2}, {"SRCDOM": None, "SRCSEQ": None}]
        },
        "wrong": {"ADVS": [{"SRCDOM": "VS", "SRCSEQ": 1}, {"SRCDOM": "VS", "SRCSEQ": 3}]},
        "finds": [("ADVS", "SRCSEQ", "VS", [2])],
    },
    "source_not_there": {
        "both": {"DM": subjects(1), "VS": [{"VSTESTCD": "WEIGHT", "VSSTRESN": 70}]},
        "right": {"ADVS": [{"SRCDOM": "VS", "SRCVAR": "VSSTRESN"}]},
        "wrong": {"ADVS": [{"SRCDOM": "VS", "SRCVAR": "VSSTRESX"}, {"SRCDOM": "XX", "SRCVAR": "VSSTRESN"}]},
        "finds": [("ADVS", "SRCDOM", "XX", [2]), ("ADVS", "SRCVAR", "VS.VSSTRESX", [1])],
    },
    "source_incomplete": {
        "right": {
            "ADVS": [
                {"SRCDOM": "VS", "SRCVAR": "VSSTRESN", "SRCSEQ": 1},
                {"SRCDOM": None, "SRCVAR": None, "SRCSEQ": None},
            ]
        },
        "wrong": {
            "ADVS": [{"SRCDOM": "VS", "SRCVAR": None, "SRCSEQ": 1}, {"SRCDOM": None, "SRCVAR": "VSSTRESN", "SRCSEQ": 1}]
        },
        "finds": [("ADVS", "SRCDOM", None, [2]), ("ADVS", "SRCVAR", None, [1])],
    },
    "value_not_as_source": {
        "both": {"VS": [{"VSTESTCD": "WEIGHT", "VSSTRESN": value} for value in (70, 71, 72)]},
        "right": {"ADVS": [VALUE | {"AVAL": value, "VSSEQ": seq} for seq, value in ((1, 70), (2, 71), (3, 72))]},
        "wrong": {"ADVS": [VALUE | {"AVAL": value, "VSSEQ": seq} for seq, value in ((1, 70), (2, 71), (3, 73))]},
        "finds": [("ADVS", "AVAL", None, [3])],
    },
    "date_not_as_source": {
        "both": {"VS": [{"VSTESTCD": "WEIGHT", "VSDTC": day} for day in ("2020-01-01", "2020-01-02T08:00", "2020-01")]},
        "right": {"ADVS": [VALUE | {"ADT": day, "VSSEQ": seq} for seq, day in ((1, DAY1), (2, DAY2), (3, DAY9))]},
        "wrong": {"ADVS": [VALUE | {"ADT": day, "VSSEQ": seq} for seq, day in ((1, DAY1), (2, DAY3), (3, DAY9))]},
        "finds": [("ADVS", "ADT", None, [2])],
    },
    "copy_not_as_source": {
        "both": {"VS": [{"VSTESTCD": "WEIGHT", "VISIT": "WEEK 1", "VISITNUM": 1}]},
        "right": {"ADVS": [VALUE | {"SRCDOM": "VS", "SRCSEQ": 1, "VISIT": "WEEK 1", "VISITNUM": 1}]},
        "wrong": {"ADVS": [VALUE | {"SRCDOM": "VS", "SRCSEQ": 1, "VISIT": "WEEK 2", "VISITNUM": 1}]},
        "finds": [("ADVS", "VISIT", None, [1])],
    },
    "sum_not_as_parts": {
        "both": {},
        "right": {
            "ADEX": [
                {"USUBJID": f"{n}", "PARAMCD": code, "AVAL": value, "ASTDT": DAY1}
                for n in range(4)
                for code, value in (("DOSE", 5), ("DOSE", 5 + n), ("TOTAL", 10 + n))
            ]
        },
        "wrong": {
            "ADEX": [
                {"USUBJID": f"{n}", "PARAMCD": code, "AVAL": value, "ASTDT": DAY1}
                for n in range(4)
                for code, value in (("DOSE", 5), ("DOSE", 5 + n), ("TOTAL", 10 + n if n else 99))
            ]
        },
        "finds": [("ADEX", "AVAL", "sum of DOSE", [3])],
    },
}


@pytest.mark.parametrize("name", CASES)
def test_the_rule_finds_what_is_wrong_and_nothing_else(name, case_holds):
    case_holds(name, CASES[name])
