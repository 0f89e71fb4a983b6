"""Rules of what SDTM datasets say: dates, visits, arms, deaths, results, doses, trial summary.

Each on small tables that are right and on some that are wrong; the subject is 01 where no other is told."""

import pytest

ARM = {"ARMCD": "A", "ARM": "Active", "ACTARMCD": "A", "ACTARM": "Active"}
NO_ARM = {"ARMCD": None, "ARM": None, "ACTARMCD": None, "ACTARM": None}
TA = [
    {"ARMCD": "A", "ARM": "Active", "TAETORD": 1, "ETCD": "SCR", "ELEMENT": "Screen", "EPOCH": "SCREENING"},
    {"ARMCD": "A", "ARM": "Active", "TAETORD": 2, "ETCD": "TRT", "ELEMENT": "Treat", "EPOCH": "TREATMENT"},
]
TE = [{"ETCD": "SCR", "ELEMENT": "Screen"}, {"ETCD": "TRT", "ELEMENT": "Treat"}]
TV = [{"VISITNUM": 1, "VISIT": "SCREENING", "VISITDY": -7}, {"VISITNUM": 2, "VISIT": "DAY 1", "VISITDY": 1}]
SV = [
    {"VISITNUM": 1, "VISIT": "SCREENING", "SVSTDTC": "2020-01-03", "SVENDTC": "2020-01-03"},
    {"VISITNUM": 2, "VISIT": "DAY 1", "SVSTDTC": "2020-01-10", "SVENDTC": "2020-01-11"},
]
SE = [
    {"ETCD": "SCR", "TAETORD": 1, "EPOCH": "SCREENING", "SESTDTC": "2020-01-03", "SEENDTC": "2020-01-10"},
    {"ETCD": "TRT", "TAETORD": 2, "EPOCH": "TREATMENT", "SESTDTC": "2020-01-10", "SEENDTC": "2020-03-10"},
]
REFERENCE = {"RFSTDTC": "2020-01-10T09:00", "RFENDTC": "2020-03-10", "RFXSTDTC": "2020-01-10T09:00"}
DOSE = {"EXTRT": "DRUG", "EXDOSE": 1, "EXDOSU": "mg", "EXSTDTC": "2020-01-10", "EXENDTC": "2020-01-10"}
PULSE = {"VSTESTCD": "PULSE", "VSTEST": "Pulse Rate"}


def ts(code, value, **more):
    return {"TSPARMCD": code, "TSVAL": value, "TSSEQ": 1} | more


CASES = {
    # adverse events
    "serious_without_criterion": {
        "right": {"AE": [{"AESER": "Y", "AESHOSP": "Y"}, {"AESER": "N", "AESHOSP": None}]},
        "wrong": {"AE": [{"AESER": "Y", "AESHOSP": "Y"}, {"AESER": "Y", "AESHOSP": "N"}]},
        "finds": [("AE", "AESER", None, [2])],
    },
    "criterion_of_not_serious": {
        "right": {"AE": [{"AESER": "Y", "AESLIFE": "Y"}, {"AESER": "N", "AESLIFE": "N"}]},
        "wrong": {"AE": [{"AESER": "N", "AESLIFE": "Y"}, {"AESER": "N", "AESLIFE": "N"}]},
        "finds": [("AE", "AESLIFE", None, [1])],
    },
    "fatal_against_death_criterion": {
        "right": {"AE": [{"AEOUT": "FATAL", "AESDTH": "Y"}, {"AEOUT": "RECOVERED/RESOLVED", "AESDTH": None}]},
        "wrong": {"AE": [{"AEOUT": "FATAL", "AESDTH": "N"}, {"AEOUT": "RECOVERED/RESOLVED", "AESDTH": "Y"}]},
        "finds": [("AE", "AESDTH", None, [1]), ("AE", "AEOUT", None, [2])],
    },
    "grade_5_not_fatal": {
        "right": {"AE": [{"AETOXGR": "5", "AEOUT": "FATAL"}, {"AETOXGR": "4", "AEOUT": "RECOVERED/RESOLVED"}]},
        "wrong": {"AE": [{"AETOXGR": "5", "AEOUT": "RECOVERED/RESOLVED"}, {"AETOXGR": "3", "AEOUT": "FATAL"}]},
        "finds": [("AE", "AEOUT", None, [1]), ("AE", "AETOXGR", None, [2])],
    },
    "end_of_unresolved_event": {
        "right": {"AE": [{"AEOUT": "NOT RECOVERED/NOT RESOLVED", "AEENDTC": None}]},
        "wrong": {"AE": [{"AEOUT": "NOT RECOVERED/NOT RESOLVED", "AEENDTC": "2020-01"}]},
        "finds": [("AE", "AEENDTC", None, [1])],
    },
    "resolved_event_without_end": {
        "right": {"AE": [{"AEOUT": "RECOVERED/RESOLVED", "AEENDTC": "2020"}, {"AEOUT": "UNKNOWN", "AEENDTC": None}]},
        "wrong": {"AE": [{"AEOUT": "RECOVERED/RESOLVED", "AEENDTC": None}]},
        "finds": [("AE", "AEENDTC", "RECOVERED/RESOLVED", [1])],
    },
    "ongoing_event_resolved": {
        "right": {"AE": [{"AEOUT": "NOT RECOVERED/NOT RESOLVED", "AEENRTPT": "ONGOING"}]},
        "wrong": {"AE": [{"AEOUT": "RECOVERED/RESOLVED", "AEENRTPT": "ONGOING"}]},
        "finds": [("AE", "AEOUT", "RECOVERED/RESOLVED", [1])],
    },
    "dose_action_without_dose": {
        "both": {"EX": [DOSE]},
        "right": {"AE": [{"AEACN": "DRUG WITHDRAWN"}, {"AEACN": "NOT APPLICABLE", "USUBJID": "02"}]},
        "wrong": {"AE": [{"AEACN": "DRUG WITHDRAWN", "USUBJID": "02"}]},
        "finds": [("AE", "AEACN", "DRUG WITHDRAWN", [1])],
    },
    # deaths
    "death_not_flagged": {
        "right": {
            "DM": [{"DTHFL": "Y", "DTHDTC": "2020-05-01"}],
            "AE": [{"AEOUT": "FATAL", "AESDTH": "Y"}],
            "DS": [{"DSDECOD": "DEATH"}],
        },
        "wrong": {
            "DM": [{"DTHFL": None, "DTHDTC": "2020-05-01"}],
            "AE": [{"AEOUT": "FATAL", "AESDTH": "Y"}],
            "DS": [{"DSDECOD": "DEATH"}],
        },
        "finds": [("DM", "DTHDTC", None, [1]), ("AE", "AEOUT", None, [1]), ("DS", "DSDECOD", None, [1])],
    },
    "death_without_date": {
        "right": {"DM": [{"DTHFL": "Y", "DTHDTC": "2020"}, {"DTHFL": None, "DTHDTC": None}]},
        "wrong": {"DM": [{"DTHFL": "Y", "DTHDTC": None}]},
        "finds": [("DM", "DTHDTC", None, [1])],
    },
    "death_without_disposition": {
        "right": {"DM": [{"DTHFL": "Y"}], "DS": [{"DSDECOD": "DEATH"}]},
        "wrong": {"DM": [{"DTHFL": "Y"}], "DS": [{"DSDECOD": "LOST TO FOLLOW-UP"}]},
        "finds": [("DM", "DTHFL", None, [1])],
    },
    "death_dates_differ": {
        "both": {"DM": [{"DTHFL": "Y", "DTHDTC": "2020-05-01"}]},
        "right": {
            "DS": [{"DSDECOD": "DEATH", "DSSTDTC": "2020-05-01T10:00"}],
            "AE": [{"AEOUT": "FATAL", "AEENDTC": "2020-05"}],
        },
        "wrong": {
            "DS": [{"DSDECOD": "DEATH", "DSSTDTC": "2020-05-02"}],
            "AE": [{"AEOUT": "FATAL", "AEENDTC": "2020-04-30"}],
        },
        "finds": [("AE", "AEENDTC", None, [1]), ("DS", "DSSTDTC", None, [1])],
    },
    "death_without_event": {
        "both": {"DM": [{"DTHFL": "Y"}]},
        "right": {"AE": [{"AEOUT": "FATAL", "AESDTH": "Y"}]},
        "wrong": {"AE": [{"AEOUT": "RECOVERED/RESOLVED", "AESDTH": "N"}]},
        "finds": [("DM", "DTHFL", None, [1])],
    },
    # subjects
    "first_exposure_not_as_dosed": {
        "both": {"EX": [DOSE, DOSE | {"EXSTDTC": "2020-02-10", "EXENDTC": "2020-02-11"}]},
        "right": {
            "DM": [
                {"RFXSTDTC": "2020-01-10T09:00", "RFXENDTC": "2020-02-11"},
                {"USUBJID": "02", "RFXSTDTC": None, "RFXENDTC": None},
            ]
        },
        "wrong": {"DM": [{"RFXSTDTC": "2020-01-11", "RFXENDTC": "2020-02-10"}]},
        "finds": [("DM", "RFXSTDTC", None, [1]), ("DM", "RFXENDTC", None, [1])],
    },
    "first_exposure_not_as_dosed: a last dose that goes on": {
        "both": {"EX": [DOSE | {"EXENDTC": None}]},
        "right": {"DM": [{"RFXSTDTC": "2020-01-10", "RFXENDTC": None}]},
        "wrong": {"DM": [{"RFXSTDTC": None, "RFXENDTC": None}]},
        "finds": [("DM", "RFXSTDTC", None, [1])],
    },
    "reference_dates_out_of_order": {
        "right": {"DM": [{"RFICDTC": "2020-01-03", "RFSTDTC": "2020-01", "RFENDTC": "2020-01-10", "BRTHDTC": "1980"}]},
        "wrong": {"DM": [{"RFICDTC": "2020-01-11", "RFSTDTC": "2020-01-10", "RFENDTC": "2020-01-09"}]},
        "finds": [("DM", "RFENDTC", "RFSTDTC", [1]), ("DM", "RFSTDTC", "RFICDTC", [1])],
    },
    "treated_without_reference_start": {
        "both": {"EX": [DOSE]},
        "right": {"DM": [{"RFSTDTC": "2020-01-10"}, {"USUBJID": "02", "RFSTDTC": None}]},
        "wrong": {"DM": [{"RFSTDTC": None}]},
        "finds": [("DM", "RFSTDTC", None, [1])],
    },
    "treated_without_consent": {
        "both": {"EX": [DOSE]},
        "right": {"DM": [{"RFICDTC": "2020-01"}, {"USUBJID": "02", "RFICDTC": None}]},
        "wrong": {"DM": [{"RFICDTC": None}]},
        "finds": [("DM", "RFICDTC", None, [1])],
    },
    "consent_dates_differ": {
        "both": {
            "DS": [
                {"DSDECOD": "INFORMED CONSENT OBTAINED", "DSSTDTC": "2020-02-03"},
                {"DSDECOD": "INFORMED CONSENT OBTAINED", "DSSTDTC": "2020-01-03"},
            ]
        },
        "right": {"DM": [{"RFICDTC": "2020-01-03"}]},
        "wrong": {"DM": [{"RFICDTC": "2020-02-03"}]},
        "finds": [("DM", "RFICDTC", None, [1])],
    },
    "dose_before_consent": {
        "right": {"DM": [{"RFICDTC": "2020-01-10"}], "EX": [DOSE]},
        "wrong": {"DM": [{"RFICDTC": "2020-01-11"}], "EX": [DOSE]},
        "finds": [("EX", "EXSTDTC", None, [1])],
    },
    "arm_missing_without_reason": {
        "right": {"DM": [NO_ARM | {"ARMNRS": "SCREEN FAILURE"}, ARM | {"ARMNRS": None}]},
        "wrong": {"DM": [NO_ARM | {"ARMNRS": None}, ARM | {"ARMNRS": None, "ACTARMCD": None}]},
        "finds": [("DM", "ARMCD", None, [1]), ("DM", "ACTARMCD", None, [2])],
    },
    "reason_beside_arm": {
        "right": {"DM": [ARM | {"ARMNRS": None}, ARM | {"ARMNRS": "ASSIGNED, NOT TREATED", "ACTARMCD": None}]},
        "wrong": {"DM": [ARM | {"ARMNRS": "SCREEN FAILURE"}]},
        "finds": [("DM", "ARMNRS", "SCREEN FAILURE", [1])],
    },
    "arm_half_given": {
        "right": {"DM": [ARM, NO_ARM]},
        "wrong": {"DM": [ARM | {"ARM": None}, ARM | {"ACTARMCD": None}]},
        "finds": [("DM", "ARM", None, [1]), ("DM", "ACTARMCD", None, [2])],
    },
    "arm_not_planned": {
        "both": {"TA": TA},
        "right": {"DM": [ARM, NO_ARM]},
        "wrong": {"DM": [ARM | {"ARMCD": "B"}]},
        "finds": [("DM", "ARMCD", "B", [1])],
    },
    "arm_pair": {
        "both": {"TA": TA},
        "right": {"DM": [ARM]},
        "wrong": {"DM": [ARM, ARM | {"ARM": "ACTIVE"}]},
        "finds": [("DM", "ARM", "A", [2])],
    },
    "arm_not_as_treated": {
        "right": {"DM": [ARM]},
        "wrong": {"DM": [ARM, ARM | {"ACTARMCD": "B", "ACTARM": "Other"}]},
        "finds": [("DM", "ACTARMCD", None, [2])],
    },
    "not_treated_with_dose": {
        "both": {"EX": [DOSE]},
        "right": {"DM": [{"ARMNRS": None}, {"USUBJID": "02", "ARMNRS": "SCREEN FAILURE"}]},
        "wrong": {"DM": [{"ARMNRS": "SCREEN FAILURE"}]},
        "finds": [("DM", "ARMNRS", "SCREEN FAILURE", [1])],
    },
    "treated_arm_without_dose": {
        "both": {"EX": [DOSE], "TA": TA},
        "right": {"DM": [ARM, NO_ARM | {"USUBJID": "02"}]},
        "wrong": {"DM": [ARM, ARM | {"USUBJID": "02"}]},
        "finds": [("DM", "ACTARMCD", "A", [2])],
    },
    "age_without_unit": {
        "right": {"DM": [{"AGE": 40, "AGEU": "YEARS"}, {"AGE": None, "AGEU": None}]},
        "wrong": {"DM": [{"AGE": 40, "AGEU": None}, {"AGE": None, "AGEU": "YEARS"}]},
        "finds": [("DM", "AGEU", None, [1]), ("DM", "AGE", None, [2])],
    },
    "age_not_as_born": {
        "right": {
            "DM": [
                {"AGE": 39, "AGEU": "YEARS", "BRTHDTC": "1980-06", "RFICDTC": "2020-01-03"},
                {"AGE": 40, "AGEU": "YEARS", "BRTHDTC": "1980", "RFICDTC": "2020-01-03"},
            ]
        },
        "wrong": {
            "DM": [
                {"AGE": 42, "AGEU": "YEARS", "BRTHDTC": "1980-01-01", "RFICDTC": "2020-01-03"},
                {"AGE": 30, "AGEU": "YEARS", "BRTHDTC": "1980", "RFICDTC": "2020-01-03"},
            ]
        },
        "finds": [("DM", "AGE", None, [1, 2])],
    },
    "age_missing": {
        "right": {"DM": [ARM | {"AGE": 40}, NO_ARM | {"AGE": None}]},
        "wrong": {"DM": [ARM | {"AGE": None}]},
        "finds": [("DM", "AGE", None, [1])],
    },
    "subject_number_twice": {
        "right": {"DM": [{"USUBJID": "S-1-1", "SUBJID": "1"}, {"USUBJID": "S-1-2", "SUBJID": "2"}]},
        "wrong": {"DM": [{"USUBJID": "S-1-1", "SUBJID": "1"}, {"USUBJID": "S-2-1", "SUBJID": "1"}]},
        "finds": [("DM", "SUBJID", "1", [2])],
    },
    "site_in_two_countries": {
        "right": {"DM": [{"SITEID": "1", "COUNTRY": "CHN"}, {"SITEID": "2", "COUNTRY": "DEU"}]},
        "wrong": {
            "DM": [
                {"SITEID": "1", "COUNTRY": "CHN"},
                {"SITEID": "1", "COUNTRY": "CHN"},
                {"SITEID": "1", "COUNTRY": "DEU"},
            ]
        },
        "finds": [("DM", "COUNTRY", "1", [3])],
    },
    "investigator_pair": {
        "right": {"DM": [{"INVID": "1", "INVNAM": "LI"}, {"INVID": "2", "INVNAM": "WU"}]},
        "wrong": {
            "DM": [{"INVID": "1", "INVNAM": "LI"}, {"INVID": "1", "INVNAM": "LI"}, {"INVID": "1", "INVNAM": "LEE"}]
        },
        "finds": [("DM", "INVNAM", "1", [3])],
    },
    "country_not_a_code": {
        "right": {"DM": [{"COUNTRY": "CHN"}]},
        "wrong": {"DM": [{"COUNTRY": "CHN"}, {"COUNTRY": "CN"}]},
        "finds": [("DM", "COUNTRY", "CN", [2])],
    },
    # disposition
    "disposition_twice": {
        "right": {
            "DS": [
                {"DSCAT": "DISPOSITION EVENT", "EPOCH": "SCREENING"},
                {"DSCAT": "DISPOSITION EVENT", "EPOCH": "TREATMENT"},
            ]
        },
        "wrong": {
            "DS": [
                {"DSCAT": "DISPOSITION EVENT", "EPOCH": "TREATMENT"},
                {"DSCAT": "DISPOSITION EVENT", "EPOCH": "TREATMENT"},
            ]
        },
        "finds": [("DS", "EPOCH", "TREATMENT", [2])],
    },
    "disposition_twice: study and treatment": {
        "right": {
            "DS": [
                {"DSCAT": "DISPOSITION EVENT", "DSSCAT": "STUDY TREATMENT", "EPOCH": "TREATMENT"},
                {"DSCAT": "DISPOSITION EVENT", "DSSCAT": "STUDY PARTICIPATION", "EPOCH": "TREATMENT"},
            ]
        },
        "wrong": {
            "DS": [
                {"DSCAT": "DISPOSITION EVENT", "DSSCAT": "STUDY TREATMENT", "EPOCH": "TREATMENT"},
                {"DSCAT": "DISPOSITION EVENT", "DSSCAT": "STUDY TREATMENT", "EPOCH": "TREATMENT"},
            ]
        },
        "finds": [("DS", "EPOCH", "TREATMENT", [2])],
    },
    "completed_otherwise": {
        "right": {
            "DS": [
                {"DSTERM": "Completed", "DSDECOD": "COMPLETED"},
                {"DSTERM": "Moved away", "DSDECOD": "LOST TO FOLLOW-UP"},
            ]
        },
        "wrong": {"DS": [{"DSTERM": "Completed", "DSDECOD": "SCREEN FAILURE"}]},
        "finds": [("DS", "DSDECOD", "SCREEN FAILURE", [1])],
    },
    "disposition_without_category": {
        "right": {
            "DS": [{"DSDECOD": "COMPLETED", "DSCAT": "DISPOSITION EVENT"}, {"DSDECOD": "Own word", "DSCAT": None}]
        },
        "wrong": {"DS": [{"DSDECOD": "COMPLETED", "DSCAT": None}]},
        "finds": [("DS", "DSCAT", "COMPLETED", [1])],
    },
    "assigned_without_disposition": {
        "both": {"DS": [{"DSDECOD": "INFORMED CONSENT OBTAINED"}]},
        "right": {"DM": [ARM, NO_ARM | {"USUBJID": "02"}]},
        "wrong": {"DM": [ARM, ARM | {"USUBJID": "02"}]},
        "finds": [("DM", "ARMCD", None, [2])],
    },
    "randomized_against_arm": {
        "both": {
            "TA": [TA[0], TA[0] | {"ARMCD": "O", "ARM": "Open"}],
            "DS": [{"DSDECOD": "RANDOMIZED"}, {"DSDECOD": "RANDOMIZED", "USUBJID": "02"}],
        },
        "right": {"DM": [ARM, ARM | {"USUBJID": "02"}, NO_ARM | {"USUBJID": "03"}, {"USUBJID": "04", "ARMCD": "O"}]},
        "wrong": {"DM": [ARM, NO_ARM | {"USUBJID": "02"}, ARM | {"USUBJID": "03"}]},
        "finds": [("DM", "ARMCD", None, [2, 3])],
    },
    "dose_after_disposition": {
        "both": {"DS": [{"DSCAT": "DISPOSITION EVENT", "EPOCH": "TREATMENT", "DSSTDTC": "2020-01-10"}]},
        "right": {"EX": [DOSE | {"EPOCH": "TREATMENT"}, DOSE | {"EPOCH": "EXTENSION", "EXSTDTC": "2020-02-10"}]},
        "wrong": {"EX": [DOSE | {"EPOCH": "TREATMENT"}, DOSE | {"EPOCH": "TREATMENT", "EXSTDTC": "2020-02-10"}]},
        "finds": [("EX", "EXSTDTC", None, [2])],
    },
    "consent_without_record": {
        "both": {"DS": [{"DSDECOD": "INFORMED CONSENT OBTAINED", "DSSTDTC": "2020-01-03"}]},
        "right": {"DM": [{"RFICDTC": "2020-01-03"}, {"USUBJID": "02", "RFICDTC": None}]},
        "wrong": {"DM": [{"RFICDTC": "2020-01-03"}, {"USUBJID": "02", "RFICDTC": "2020-01-04"}]},
        "finds": [("DM", "RFICDTC", None, [2])],
    },
    # elements, arms, epochs
    "element_gap": {
        "right": {"SE": SE},
        "wrong": {"SE": [SE[0] | {"SEENDTC": "2020-01-09"}, SE[1]]},
        "finds": [("SE", "SEENDTC", None, [1])],
    },
    "element_without_end": {
        "right": {"SE": [SE[0], SE[1] | {"SEENDTC": None}]},
        "wrong": {"SE": [SE[0] | {"SEENDTC": None}, SE[1]]},
        "finds": [("SE", "SEENDTC", None, [1])],
    },
    "element_without_start": {
        "right": {"SE": SE},
        "wrong": {"SE": [SE[0], SE[1] | {"SESTDTC": None}]},
        "finds": [("SE", "SESTDTC", None, [2])],
    },
    "element_not_planned": {
        "both": {"TE": TE},
        "right": {"SE": [*SE, SE[1] | {"ETCD": "UNPLAN"}]},
        "wrong": {"SE": [SE[0], SE[1] | {"ETCD": "TREAT"}]},
        "finds": [("SE", "ETCD", "TREAT", [2])],
    },
    "element_pair": {
        "both": {"TE": TE},
        "right": {"SE": [SE[0] | {"ELEMENT": "Screen"}]},
        "wrong": {"SE": [SE[0] | {"ELEMENT": "Screening"}]},
        "finds": [("SE", "ELEMENT", "SCR", [1])],
    },
    "element_of_other_epoch": {
        "both": {"TA": TA},
        "right": {"SE": SE},
        "wrong": {"SE": [SE[0] | {"EPOCH": "TREATMENT"}, SE[1]]},
        "finds": [("SE", "EPOCH", "SCR", [1])],
    },
    "element_of_other_arm": {
        "both": {"TA": [*TA, TA[1] | {"ARMCD": "B", "ARM": "Other", "ETCD": "OTH"}], "DM": [ARM]},
        "right": {"SE": SE},
        "wrong": {"SE": [SE[0], SE[1] | {"ETCD": "OTH"}]},
        "finds": [("SE", "ETCD", "OTH", [2])],
    },
    "element_out_of_order": {
        "right": {"SE": SE},
        "wrong": {"SE": [SE[0] | {"SESTDTC": "2020-01-11"}, SE[1]]},
        "finds": [("SE", "SESTDTC", None, [2])],
    },
    "unplanned_element_described": {
        "right": {"SE": [SE[0], {"ETCD": "UNPLAN", "SEUPDES": "Wrong drug"}]},
        "wrong": {"SE": [SE[0] | {"SEUPDES": "Late"}, {"ETCD": "UNPLAN", "SEUPDES": "Wrong drug", "TAETORD": 2}]},
        "finds": [("SE", "SEUPDES", None, [1]), ("SE", "TAETORD", None, [2])],
    },
    "treated_without_elements": {
        "both": {"EX": [DOSE, DOSE | {"USUBJID": "02"}], "SE": SE},
        "right": {"DM": [ARM, NO_ARM | {"USUBJID": "03"}]},
        "wrong": {"DM": [ARM, ARM | {"USUBJID": "02"}]},
        "finds": [("DM", "USUBJID", None, [2])],
    },
    "element_rule_missing": {
        "right": {
            "TE": [
                {"ETCD": "SCR", "TEENRL": "First dose", "TEDUR": None},
                {"ETCD": "TRT", "TEENRL": None, "TEDUR": "P8W"},
            ]
        },
        "wrong": {"TE": [{"ETCD": "SCR", "TEENRL": None, "TEDUR": None}]},
        "finds": [("TE", "TEENRL", None, [1])],
    },
    "element_order_twice": {
        "right": {"TA": [*TA, TA[0] | {"ARMCD": "B"}]},
        "wrong": {"TA": [TA[0], TA[1] | {"TAETORD": 1}]},
        "finds": [("TA", "TAETORD", "A", [2])],
    },
    "epoch_not_planned": {
        "both": {"TA": TA},
        "right": {"AE": [{"EPOCH": "TREATMENT"}]},
        "wrong": {"AE": [{"EPOCH": "TREATMENT"}, {"EPOCH": "FOLLOW-UP"}]},
        "finds": [("AE", "EPOCH", "FOLLOW-UP", [2])],
    },
    "epoch_of_other_element": {
        "both": {"SE": SE},
        "right": {
            "AE": [
                {"EPOCH": "SCREENING", "AESTDTC": "2020-01-10"},
                {"EPOCH": "TREATMENT", "AESTDTC": "2020-01-10T12:00"},
                {"EPOCH": "SCREENING", "AESTDTC": "2020-02"},
            ]
        },
        "wrong": {
            "AE": [{"EPOCH": "SCREENING", "AESTDTC": "2020-01-10"}, {"EPOCH": "SCREENING", "AESTDTC": "2020-01-11"}]
        },
        "finds": [("AE", "EPOCH", None, [2])],
    },
    "epoch_missing": {
        "both": {"SE": SE},
        "right": {"AE": [{"EPOCH": "TREATMENT", "AESTDTC": "2020-01-11"}, {"EPOCH": None, "AESTDTC": "2019-05-05"}]},
        "wrong": {"AE": [{"EPOCH": "TREATMENT", "AESTDTC": "2020-01-11"}, {"EPOCH": None, "AESTDTC": "2020-01-11"}]},
        "finds": [("AE", "EPOCH", None, [2])],
    },
    # visits
    "visit_numbers_out_of_order": {
        "right": {"TV": TV},
        "wrong": {"TV": [TV[0], TV[1] | {"VISITDY": -8}]},
        "finds": [("TV", "VISITNUM", None, [2])],
    },
    "visit_twice": {
        "right": {"SV": [*SV, SV[0] | {"USUBJID": "02"}]},
        "wrong": {"SV": [*SV, SV[1]]},
        "finds": [("SV", "VISITNUM", "2", [3])],
    },
    "planned_visit_not_planned": {
        "both": {"TV": TV},
        "right": {"SV": [{"VISITNUM": 1, "SVPRESP": "Y"}, {"VISITNUM": 1.1, "SVPRESP": None}]},
        "wrong": {"SV": [{"VISITNUM": 1, "SVPRESP": None}, {"VISITNUM": 1.1, "SVPRESP": "Y"}]},
        "finds": [("SV", "SVPRESP", "1", [1]), ("SV", "SVPRESP", "1.1", [2])],
    },
    "description_of_planned_visit": {
        "right": {"SV": [{"SVPRESP": "Y", "SVUPDES": None}, {"SVPRESP": None, "SVUPDES": "Rash"}]},
        "wrong": {"SV": [{"SVPRESP": "Y", "SVUPDES": "Rash"}]},
        "finds": [("SV", "SVUPDES", None, [1])],
    },
    "missed_visit_with_date": {
        "right": {"SV": [{"SVOCCUR": "N", "SVSTDTC": None}, {"SVOCCUR": "Y", "SVSTDTC": "2020-01-03"}]},
        "wrong": {"SV": [{"SVOCCUR": "N", "SVSTDTC": "2020-01-03"}, {"SVOCCUR": "Y", "SVSTDTC": None}]},
        "finds": [("SV", "SVSTDTC", None, [1, 2])],
    },
    "visit_pair": {
        "right": {
            "VS": [
                {"VISITNUM": 1, "VISIT": "SCREENING"},
                {"VISITNUM": 1.1, "VISIT": "UNSCHEDULED"},
                {"VISITNUM": 1.2, "VISIT": "UNSCHEDULED"},
            ]
        },
        "wrong": {
            "VS": [
                {"VISITNUM": 1, "VISIT": "SCREENING"},
                {"VISITNUM": 1, "VISIT": "SCREENING"},
                {"VISITNUM": 1, "VISIT": "DAY 1"},
            ]
        },
        "finds": [("VS", "VISIT", "1", [3])],
    },
    "visit_pair: name with several numbers": {
        "right": {"VS": [{"VISITNUM": 1, "VISIT": "SCREENING"}, {"VISITNUM": 2, "VISIT": "DAY 1"}]},
        "wrong": {
            "VS": [
                {"VISITNUM": 1, "VISIT": "DAY 1"},
                {"VISITNUM": 2, "VISIT": "DAY 1"},
                {"VISITNUM": 2, "VISIT": "DAY 1"},
            ]
        },
        "finds": [("VS", "VISITNUM", "DAY 1", [1])],
    },
    "visit_not_as_planned": {
        "both": {"TV": TV},
        "right": {
            "VS": [
                {"VISITNUM": 1, "VISIT": "SCREENING", "VISITDY": -7},
                {"VISITNUM": 1.1, "VISIT": "UNSCHEDULED", "VISITDY": None},
            ]
        },
        "wrong": {
            "VS": [{"VISITNUM": 1, "VISIT": "SCREEN", "VISITDY": -7}, {"VISITNUM": 2, "VISIT": "DAY 1", "VISITDY": 2}]
        },
        "finds": [("VS", "VISIT", "1", [1]), ("VS", "VISITDY", "2", [2])],
    },
    "visit_not_as_planned: a planned day of an unplanned visit": {
        "both": {"TV": TV},
        "right": {"VS": [{"VISITNUM": 1.1, "VISIT": "UNSCHEDULED", "VISITDY": None}]},
        "wrong": {"VS": [{"VISITNUM": 1.1, "VISIT": "UNSCHEDULED", "VISITDY": 3}]},
        "finds": [("VS", "VISITDY", "1.1", [1])],
    },
    "visit_not_in_sv": {
        "both": {"SV": SV},
        "right": {"VS": [{"VISITNUM": 1}, {"VISITNUM": 2}]},
        "wrong": {"VS": [{"VISITNUM": 1}, {"VISITNUM": 3}]},
        "finds": [("VS", "VISITNUM", "3", [2])],
    },
    "date_outside_visit": {
        "both": {"SV": SV},
        "right": {"VS": [{"VISITNUM": 2, "VSDTC": "2020-01-11T08:00"}, {"VISITNUM": 2, "VSDTC": "2020-01"}]},
        "wrong": {"VS": [{"VISITNUM": 2, "VSDTC": "2020-01-11"}, {"VISITNUM": 2, "VSDTC": "2020-01-12"}]},
        "finds": [("VS", "VSDTC", None, [2])],
    },
    # dates and days
    "end_before_start": {
        "right": {
            "AE": [{"AESTDTC": "2020-01-02", "AEENDTC": "2020-01-02"}, {"AESTDTC": "2020-01-02", "AEENDTC": "2020"}]
        },
        "wrong": {
            "AE": [
                {"AESTDTC": "2020-01-02", "AEENDTC": "2020-01-02"},
                {"AESTDTC": "2020-01-02", "AEENDTC": "2020-01-01"},
            ]
        },
        "finds": [("AE", "AEENDTC", None, [2])],
    },
    "day_not_as_computed": {
        "both": {"DM": [REFERENCE, {"USUBJID": "02", "RFSTDTC": "2020-01"}]},
        "right": {
            "AE": [
                {"AESTDTC": "2020-01-09", "AESTDY": -1},
                {"AESTDTC": "2020-01-10", "AESTDY": 1},
                {"AESTDTC": "2020-01", "AESTDY": None},
            ]
        },
        "wrong": {
            "AE": [
                {"AESTDTC": "2020-01-10", "AESTDY": 0},
                {"AESTDTC": "2020-01-12", "AESTDY": 3},
                {"AESTDTC": "2020-01", "AESTDY": 1},
                {"USUBJID": "02", "AESTDTC": "2020-01-12", "AESTDY": 3},
            ]
        },
        "finds": [("AE", "AESTDY", None, [1, 3, 4])],
    },
    "day_missing": {
        "both": {"DM": [REFERENCE]},
        "right": {"VS": [{"VSDTC": "2020-01-09", "VSDY": -1}, {"VSDTC": "2020-01", "VSDY": None}]},
        "wrong": {"VS": [{"VSDTC": "2020-01-09", "VSDY": -1}, {"VSDTC": "2020-01-10", "VSDY": None}]},
        "finds": [("VS", "VSDY", None, [2])],
    },
    "before_birth": {
        "both": {"DM": [{"BRTHDTC": "1980-05"}]},
        "right": {"MH": [{"MHSTDTC": "1980"}, {"MHSTDTC": "1980-05-02"}]},
        "wrong": {"MH": [{"MHSTDTC": "1980"}, {"MHSTDTC": "1979"}]},
        "finds": [("MH", "MHSTDTC", None, [2])],
    },
    "after_death": {
        "both": {"DM": [{"DTHDTC": "2020-05-01", "DTHFL": "Y"}]},
        "right": {"VS": [{"VSDTC": "2020-05-01"}], "AE": [{"AESTDTC": "2020-05", "AEDTC": "2020-05-09"}]},
        "wrong": {"VS": [{"VSDTC": "2020-05-02"}], "AE": [{"AESTDTC": "2020-05-03", "AEDTC": "2020-05-09"}]},
        "finds": [("AE", "AESTDTC", None, [1]), ("VS", "VSDTC", None, [1])],
    },
    "after_participation": {
        "both": {"DM": [{"RFPENDTC": "2020-05-01", "DTHDTC": None}]},
        "right": {"VS": [{"VSDTC": "2020-05-01"}], "DS": [{"DSSTDTC": "2020-06-01"}]},
        "wrong": {"VS": [{"VSDTC": "2020-05-01"}, {"VSDTC": "2020-05-02"}]},
        "finds": [("VS", "VSDTC", None, [2])],
    },
    "after_data_cut": {
        "both": {"TS": [ts("DCUTDTC", "2020-05-01"), ts("SENDTC", "2020-04-01")]},
        "right": {"VS": [{"VSDTC": "2020-05-01"}, {"VSDTC": "2020"}]},
        "wrong": {"VS": [{"VSDTC": "2020-05-01"}, {"VSDTC": "2020-05-02"}]},
        "finds": [("VS", "VSDTC", "DCUTDTC", [2])],
    },
    "history_after_start": {
        "both": {"DM": [REFERENCE]},
        "right": {"MH": [{"MHSTDTC": "2020-01-10"}, {"MHSTDTC": "2020"}]},
        "wrong": {"MH": [{"MHSTDTC": "2020-01-11"}]},
        "finds": [("MH", "MHSTDTC", None, [1])],
    },
    "collection_after_its_end": {
        "right": {"VS": [{"VSDTC": "2020-01-01", "VSENDTC": "2020-01-02"}]},
        "wrong": {"VS": [{"VSDTC": "2020-01-03", "VSENDTC": "2020-01-02"}]},
        "finds": [("VS", "VSENDTC", None, [1])],
    },
    # time points and relations
    "time_point_pair": {
        "right": {
            "VS": [
                {"VSTPT": "BEFORE", "VSTPTNUM": 1, "VISITNUM": 1},
                {"VSTPT": "AFTER", "VSTPTNUM": 2, "VISITNUM": 1},
                {"VSTPT": "NOON", "VSTPTNUM": 1, "VISITNUM": 2},
            ]
        },
        "wrong": {
            "VS": [
                {"VSTPT": "BEFORE", "VSTPTNUM": 1},
                {"VSTPT": "BEFORE", "VSTPTNUM": 1},
                {"VSTPT": "AFTER", "VSTPTNUM": 1},
            ]
        },
        "finds": [("VS", "VSTPT", "1", [3])],
    },
    "time_point_half_given": {
        "right": {"VS": [{"VSTPT": "BEFORE", "VSTPTNUM": 1}, {"VSTPT": None, "VSTPTNUM": None}]},
        "wrong": {"VS": [{"VSTPT": "BEFORE", "VSTPTNUM": None}, {"VSTPT": None, "VSTPTNUM": 1}]},
        "finds": [("VS", "VSTPTNUM", None, [1]), ("VS", "VSTPT", None, [2])],
    },
    "time_point_without_reference": {
        "right": {"VS": [{"VSELTM": "PT1H", "VSTPTREF": "DOSE"}, {"VSELTM": None, "VSTPTREF": None}]},
        "wrong": {"VS": [{"VSELTM": "PT1H", "VSTPTREF": None}]},
        "finds": [("VS", "VSELTM", None, [1])],
    },
    "elapsed_time_varies": {
        "right": {
            "VS": [
                {"VSELTM": "PT1H", "VSTPTREF": "DOSE", "VSTPTNUM": 1},
                {"VSELTM": "PT2H", "VSTPTREF": "DOSE", "VSTPTNUM": 2},
            ]
        },
        "wrong": {
            "VS": [
                {"VSELTM": "PT1H", "VSTPTREF": "DOSE", "VSTPTNUM": 1},
                {"VSELTM": "PT1H", "VSTPTREF": "DOSE", "VSTPTNUM": 1},
                {"VSELTM": "PT2H", "VSTPTREF": "DOSE", "VSTPTNUM": 1},
            ]
        },
        "finds": [("VS", "VSELTM", "1", [3])],
    },
    "relative_time_half_given": {
        "right": {"MH": [{"MHENRTPT": "ONGOING", "MHENTPT": "2020-01-03"}, {"MHENRTPT": None, "MHENTPT": None}]},
        "wrong": {"MH": [{"MHENRTPT": "ONGOING", "MHENTPT": None}, {"MHENRTPT": None, "MHENTPT": "2020-01-03"}]},
        "finds": [("MH", "MHENTPT", None, [1]), ("MH", "MHENRTPT", None, [2])],
    },
    "relative_time_against_date": {
        "right": {
            "MH": [
                {"MHENRTPT": "ONGOING", "MHENTPT": "2020-01-03", "MHENDTC": None},
                {"MHENRTPT": "BEFORE", "MHENTPT": "2020-01-03", "MHENDTC": "2019"},
                {"MHENRTPT": "ONGOING", "MHENTPT": "VISIT 1", "MHENDTC": "2019"},
            ]
        },
        "wrong": {"MH": [{"MHENRTPT": "ONGOING", "MHENTPT": "2020-01-03", "MHENDTC": "2019"}]},
        "finds": [("MH", "MHENDTC", "ONGOING", [1])],
    },
    "reference_period_against_date": {
        "both": {"DM": [REFERENCE]},
        "right": {"CM": [{"CMSTRF": "BEFORE", "CMSTDTC": "2019"}, {"CMSTRF": "DURING", "CMSTDTC": "2020-01-10"}]},
        "wrong": {"CM": [{"CMSTRF": "BEFORE", "CMSTDTC": "2020-02-01"}, {"CMSTRF": "DURING", "CMSTDTC": "2019"}]},
        "finds": [("CM", "CMSTDTC", "BEFORE", [1]), ("CM", "CMSTDTC", "DURING", [2])],
    },
    "reference_period_missing": {
        "both": {"DM": [REFERENCE, {"USUBJID": "02", "RFSTDTC": None}]},
        "right": {"CM": [{"CMSTRF": "BEFORE"}, {"USUBJID": "02", "CMSTRF": None}]},
        "wrong": {"CM": [{"CMSTRF": "BEFORE"}, {"USUBJID": "02", "CMSTRF": "BEFORE"}]},
        "finds": [("CM", "CMSTRF", None, [2])],
    },
    # baseline
    "baseline_flag_twice": {
        "right": {
            "VS": [
                PULSE | {"VSLOBXFL": "Y", "VSPOS": "SITTING"},
                PULSE | {"VSLOBXFL": "Y", "VSPOS": "SUPINE"},
                PULSE | {"VSLOBXFL": None, "VSPOS": "SUPINE"},
            ]
        },
        "wrong": {"VS": [PULSE | {"VSLOBXFL": "Y", "VSPOS": "SITTING"}, PULSE | {"VSLOBXFL": "Y", "VSPOS": "SITTING"}]},
        "finds": [("VS", "VSLOBXFL", None, [2])],
    },
    "baseline_after_first_dose": {
        "both": {"DM": [REFERENCE]},
        "right": {"VS": [{"VSLOBXFL": "Y", "VSDTC": "2020-01-10T08:59"}, {"VSLOBXFL": "Y", "VSDTC": "2020-01-10"}]},
        "wrong": {"VS": [{"VSLOBXFL": "Y", "VSDTC": "2020-01-10T09:01"}, {"VSLOBXFL": "Y", "VSDTC": "2020-01-11"}]},
        "finds": [("VS", "VSLOBXFL", None, [1, 2])],
    },
    "baseline_not_the_last": {
        "both": {"DM": [REFERENCE]},
        "right": {
            "VS": [
                PULSE | {"VSSTRESC": "70", "VSDTC": "2020-01-03", "VSLOBXFL": None},
                PULSE | {"VSSTRESC": "71", "VSDTC": "2020-01-09", "VSLOBXFL": "Y"},
            ]
        },
        "wrong": {
            "VS": [
                PULSE | {"VSSTRESC": "70", "VSDTC": "2020-01-03", "VSLOBXFL": "Y"},
                PULSE | {"VSSTRESC": "71", "VSDTC": "2020-01-09", "VSLOBXFL": None},
            ]
        },
        "finds": [("VS", "VSLOBXFL", None, [2])],
    },
    "baseline_without_result": {
        "right": {"VS": [{"VSLOBXFL": "Y", "VSSTRESC": "70"}, {"VSLOBXFL": None, "VSSTRESC": None}]},
        "wrong": {"VS": [{"VSLOBXFL": "Y", "VSSTRESC": None}]},
        "finds": [("VS", "VSLOBXFL", None, [1])],
    },
    # codes and names
    "testcd_not_a_name": {
        "right": {"VS": [PULSE, {"VSTESTCD": "A_1"}]},
        "wrong": {"VS": [PULSE, {"VSTESTCD": "1PULSE"}, {"VSTESTCD": "PULSERATE"}]},
        "finds": [("VS", "VSTESTCD", "1PULSE", [2]), ("VS", "VSTESTCD", "PULSERATE", [3])],
    },
    "text_longer_than_allowed": {
        "right": {"VS": [{"VSTEST": "A" * 40}], "IE": [{"IETEST": "A" * 60}], "TA": TA},
        "wrong": {"VS": [{"VSTEST": "A" * 41}], "TA": [TA[0], TA[1] | {"ETCD": "TREATMENT"}]},
        "finds": [("TA", "ETCD", "TREATMENT", [2]), ("VS", "VSTEST", "A" * 41, [1])],
    },
    "criterion_pair": {
        "right": {
            "TI": [
                {"IETESTCD": "I1", "IETEST": "Adult", "TIVERS": "1"},
                {"IETESTCD": "I1", "IETEST": "Adults", "TIVERS": "2"},
            ]
        },
        "wrong": {
            "TI": [
                {"IETESTCD": "I1", "IETEST": "Adult", "TIVERS": "1"},
                {"IETESTCD": "I1", "IETEST": "Adults", "TIVERS": "1"},
            ]
        },
        "finds": [("TI", "IETEST", "I1", [2])],
    },
    "dictionary_code_pair": {
        "right": {"AE": [{"AEDECOD": "Fever", "AEPTCD": 1}, {"AEDECOD": "Nausea", "AEPTCD": 2}]},
        "wrong": {
            "AE": [
                {"AEDECOD": "Fever", "AEPTCD": 1},
                {"AEDECOD": "Fever", "AEPTCD": 1},
                {"AEDECOD": "Fever", "AEPTCD": 2},
            ]
        },
        "finds": [("AE", "AEPTCD", "Fever", [3])],
    },
    "dictionary_code_half_given": {
        "right": {"AE": [{"AEDECOD": "Fever", "AEPTCD": 1, "AESOC": "General", "AESOCCD": None}]},
        "wrong": {"AE": [{"AEDECOD": "Fever", "AEPTCD": 1}, {"AEDECOD": "Nausea", "AEPTCD": None}]},
        "finds": [("AE", "AEPTCD", None, [2])],
    },
    "term_in_two_places": {
        "right": {"AE": [{"AEDECOD": "Fever", "AESOC": "General"}, {"AEDECOD": "Nausea", "AESOC": "Gut"}]},
        "wrong": {
            "AE": [
                {"AEDECOD": "Fever", "AESOC": "General"},
                {"AEDECOD": "Fever", "AESOC": "General"},
                {"AEDECOD": "Fever", "AESOC": "Gut"},
            ]
        },
        "finds": [("AE", "AESOC", "Fever", [3])],
    },
    "verbatim_coded_twice": {
        "right": {"AE": [{"AETERM": "Cold", "AEDECOD": "Rhinitis"}, {"AETERM": "Fever", "AEDECOD": "Pyrexia"}]},
        "wrong": {
            "AE": [
                {"AETERM": "Cold", "AEDECOD": "Rhinitis"},
                {"AETERM": "COLD", "AEDECOD": "Rhinitis"},
                {"AETERM": "cold", "AEDECOD": "Chills"},
            ]
        },
        "finds": [("AE", "AEDECOD", "cold", [3])],
    },
    "toxicity_without_grade": {
        "right": {"AE": [{"AETOX": "Fever", "AETOXGR": "1"}]},
        "wrong": {"AE": [{"AETOX": "Fever", "AETOXGR": None}]},
        "finds": [("AE", "AETOXGR", None, [1])],
    },
    # results
    "standard_result_missing": {
        "right": {"VS": [{"VSORRES": "70", "VSSTRESC": "70"}, {"VSORRES": None, "VSSTRESC": None}]},
        "wrong": {"VS": [{"VSORRES": "70", "VSSTRESC": None}]},
        "finds": [("VS", "VSSTRESC", None, [1])],
    },
    "number_not_as_text": {
        "right": {
            "VS": [
                {"VSSTRESC": "70", "VSSTRESN": 70},
                {"VSSTRESC": "36.67", "VSSTRESN": 36.6667},
                {"VSSTRESC": "<5", "VSSTRESN": None},
            ]
        },
        "wrong": {"VS": [{"VSSTRESC": "70", "VSSTRESN": 7}, {"VSSTRESC": "<5", "VSSTRESN": 5}]},
        "finds": [("VS", "VSSTRESN", None, [1, 2])],
    },
    "number_missing": {
        "right": {"VS": [{"VSSTRESC": "70", "VSSTRESN": 70}, {"VSSTRESC": "<5", "VSSTRESN": None}]},
        "wrong": {"VS": [{"VSSTRESC": "70", "VSSTRESN": None}]},
        "finds": [("VS", "VSSTRESN", None, [1])],
    },
    "same_unit_other_number": {
        "right": {
            "VS": [
                {"VSORRES": "36.64", "VSORRESU": "C", "VSSTRESC": "36.6", "VSSTRESN": 36.6, "VSSTRESU": "C"},
                {"VSORRES": "98", "VSORRESU": "F", "VSSTRESC": "36.7", "VSSTRESN": 36.7, "VSSTRESU": "C"},
            ]
        },
        "wrong": {"VS": [{"VSORRES": "98", "VSORRESU": "C", "VSSTRESC": "36.7", "VSSTRESN": 36.7, "VSSTRESU": "C"}]},
        "finds": [("VS", "VSSTRESN", None, [1])],
    },
    "unit_missing": {
        "right": {
            "VS": [
                PULSE | {"VSSTRESN": 70, "VSSTRESU": "beats/min"},
                {"VSTESTCD": "SCORE", "VSSTRESN": 3, "VSSTRESU": None},
            ]
        },
        "wrong": {
            "VS": [PULSE | {"VSSTRESN": 70, "VSSTRESU": "beats/min"}, PULSE | {"VSSTRESN": 71, "VSSTRESU": None}]
        },
        "finds": [("VS", "VSSTRESU", "PULSE", [2])],
    },
    "several_standard_units": {
        "right": {
            "VS": [
                {"VSTESTCD": "TEMP", "VSSTRESU": "C"},
                {"VSTESTCD": "TEMP", "VSSTRESU": "C"},
                PULSE | {"VSSTRESU": "beats/min"},
            ]
        },
        "wrong": {
            "VS": [
                {"VSTESTCD": "TEMP", "VSSTRESU": "C"},
                {"VSTESTCD": "TEMP", "VSSTRESU": "C"},
                {"VSTESTCD": "TEMP", "VSSTRESU": "F"},
            ]
        },
        "finds": [("VS", "VSSTRESU", "TEMP", [3])],
    },
    "unit_without_result": {
        "right": {"VS": [{"VSORRES": "70", "VSORRESU": "kg", "VSSTRESC": "70", "VSSTRESU": "kg"}]},
        "wrong": {"VS": [{"VSORRES": None, "VSORRESU": "kg", "VSSTRESC": None, "VSSTRESU": None}]},
        "finds": [("VS", "VSORRESU", None, [1])],
    },
    "not_done_with_result": {
        "right": {"VS": [{"VSSTAT": "NOT DONE", "VSORRES": None}, {"VSSTAT": None, "VSORRES": "70"}]},
        "wrong": {"VS": [{"VSSTAT": "NOT DONE", "VSORRES": "70"}]},
        "finds": [("VS", "VSORRES", None, [1])],
    },
    "reason_without_not_done": {
        "right": {"VS": [{"VSSTAT": "NOT DONE", "VSREASND": "Refused"}]},
        "wrong": {"VS": [{"VSSTAT": None, "VSREASND": "Refused"}]},
        "finds": [("VS", "VSSTAT", None, [1])],
    },
    "not_done_without_reason": {
        "right": {"VS": [{"VSSTAT": "NOT DONE", "VSREASND": "Refused"}, {"VSSTAT": None, "VSREASND": None}]},
        "wrong": {"VS": [{"VSSTAT": "NOT DONE", "VSREASND": None}]},
        "finds": [("VS", "VSREASND", None, [1])],
    },
    "result_missing": {
        "right": {
            "QS": [
                {"QSORRES": "1", "QSSTAT": None},
                {"QSORRES": None, "QSSTAT": "NOT DONE"},
                {"QSORRES": None, "QSDRVFL": "Y"},
            ]
        },
        "wrong": {"QS": [{"QSORRES": "1", "QSSTAT": None}, {"QSORRES": None, "QSSTAT": None}]},
        "finds": [("QS", "QSORRES", None, [2])],
    },
    "derived_with_original_result": {
        "right": {"QS": [{"QSORRES": None, "QSSTRESC": "1", "QSDRVFL": "Y"}, {"QSORRES": "1", "QSDRVFL": None}]},
        "wrong": {"QS": [{"QSORRES": "1", "QSSTRESC": "1", "QSDRVFL": "Y"}]},
        "finds": [("QS", "QSDRVFL", None, [1])],
    },
    "range_upside_down": {
        "right": {"LB": [{"LBORNRLO": "9", "LBORNRHI": "10", "LBSTNRLO": 9, "LBSTNRHI": 10}]},
        "wrong": {"LB": [{"LBORNRLO": "10", "LBORNRHI": "9"}]},
        "finds": [("LB", "LBORNRLO", None, [1])],
    },
    "indicator_against_range": {
        "right": {
            "LB": [
                {"LBSTRESN": 12, "LBSTNRLO": 9, "LBSTNRHI": 10, "LBNRIND": "HIGH"},
                {"LBSTRESN": 10, "LBSTNRLO": 9, "LBSTNRHI": 10, "LBNRIND": "NORMAL"},
            ]
        },
        "wrong": {
            "LB": [
                {"LBSTRESN": 12, "LBSTNRLO": 9, "LBSTNRHI": 10, "LBNRIND": "NORMAL"},
                {"LBSTRESN": 9.5, "LBSTNRLO": 9, "LBSTNRHI": 10, "LBNRIND": "LOW"},
            ]
        },
        "finds": [("LB", "LBNRIND", "NORMAL", [1]), ("LB", "LBNRIND", "LOW", [2])],
    },
    # doses and occurrences
    "dose_and_text": {
        "right": {"CM": [{"CMDOSE": 1, "CMDOSTXT": None}, {"CMDOSE": None, "CMDOSTXT": "1-2"}]},
        "wrong": {"CM": [{"CMDOSE": 1, "CMDOSTXT": "1-2"}]},
        "finds": [("CM", "CMDOSTXT", None, [1])],
    },
    "number_as_dose_text": {
        "right": {"CM": [{"CMDOSTXT": "1-2"}]},
        "wrong": {"CM": [{"CMDOSTXT": "200"}]},
        "finds": [("CM", "CMDOSTXT", None, [1])],
    },
    "dose_without_unit": {
        "right": {"CM": [{"CMDOSE": 1, "CMDOSU": "mg"}, {"CMDOSE": None, "CMDOSU": None}]},
        "wrong": {"CM": [{"CMDOSE": 1, "CMDOSU": None}]},
        "finds": [("CM", "CMDOSU", None, [1])],
    },
    "negative_amount": {
        "right": {"EX": [DOSE | {"EXDOSE": 0}]},
        "wrong": {"EX": [DOSE | {"EXDOSE": -1}]},
        "finds": [("EX", "EXDOSE", None, [1])],
    },
    "same_words_other_standard": {
        "right": {
            "QS": [{"QSTESTCD": "A", "QSORRES": "Mild", "QSSTRESC": "1"}] * 4
            + [{"QSTESTCD": "A", "QSORRES": "5", "QSSTRESC": "2"}]
        },
        "wrong": {
            "QS": [{"QSTESTCD": "A", "QSORRES": "Mild", "QSSTRESC": "1"}] * 4
            + [{"QSTESTCD": "A", "QSORRES": "Mild", "QSSTRESC": "2"}]
        },
        "finds": [("QS", "QSSTRESC", "2", [5])],
    },
    "no_dose_of_active": {
        "right": {"EX": [{"EXTRT": "PLACEBO", "EXDOSE": 0}, DOSE]},
        "wrong": {"EX": [{"EXTRT": "DRUG", "EXDOSE": 0}, DOSE]},
        "finds": [("EX", "EXDOSE", None, [1])],
    },
    "disposition_before_consent": {
        "right": {
            "DM": [{"RFICDTC": "2020-01-10"}],
            "DS": [{"DSCAT": "DISPOSITION EVENT", "DSSTDTC": "2020-01"}, {"DSCAT": "OTHER", "DSSTDTC": "2019"}],
        },
        "wrong": {"DM": [{"RFICDTC": "2020-01-10"}], "DS": [{"DSCAT": "DISPOSITION EVENT", "DSSTDTC": "2020-01-09"}]},
        "finds": [("DS", "DSSTDTC", None, [1])],
    },
    "term_not_coded": {
        "right": {
            "CM": [{"CMTRT": "a", "CMDECOD": None}, {"CMTRT": "b", "CMDECOD": None}, {"CMTRT": "c", "CMDECOD": "C"}]
        },
        "wrong": {
            "CM": [{"CMTRT": "a", "CMDECOD": "A"}, {"CMTRT": "b", "CMDECOD": None}, {"CMTRT": "c", "CMDECOD": "C"}]
        },
        "finds": [("CM", "CMDECOD", None, [2])],
    },
    "same_unit_other_number: scores": {
        "right": {"QS": [{"QSORRES": "3", "QSSTRESC": "3", "QSSTRESN": 3}]},
        "wrong": {"QS": [{"QSORRES": "2", "QSSTRESC": "3", "QSSTRESN": 3}]},
        "finds": [("QS", "QSSTRESN", None, [1])],
    },
    "placebo_with_dose": {
        "right": {"EX": [{"EXTRT": "PLACEBO", "EXDOSE": 0}, DOSE]},
        "wrong": {"EX": [{"EXTRT": "PLACEBO", "EXDOSE": 5}]},
        "finds": [("EX", "EXDOSE", None, [1])],
    },
    "exposure_without_dose": {
        "right": {"EX": [DOSE, {"EXTRT": "DRUG", "EXDOSTXT": "1-2"}]},
        "wrong": {"EX": [DOSE, {"EXTRT": "DRUG"}]},
        "finds": [("EX", "EXDOSE", None, [2])],
    },
    "exposure_missing": {
        "both": {"TS": [ts("STYPE", "INTERVENTIONAL")]},
        "right": {"EX": [DOSE]},
        "wrong": {"AE": [{"AETERM": "Fever"}]},
        "finds": [("TS", "TSVAL", None, [1])],
    },
    "occurrence_not_asked": {
        "right": {"MH": [{"MHPRESP": "Y", "MHOCCUR": "N"}, {"MHPRESP": None, "MHOCCUR": None}]},
        "wrong": {"MH": [{"MHPRESP": None, "MHOCCUR": "Y"}]},
        "finds": [("MH", "MHPRESP", None, [1])],
    },
    "occurrence_not_answered": {
        "right": {"MH": [{"MHPRESP": "Y", "MHOCCUR": "N"}, {"MHPRESP": "Y", "MHOCCUR": None, "MHSTAT": "NOT DONE"}]},
        "wrong": {"MH": [{"MHPRESP": "Y", "MHOCCUR": None}]},
        "finds": [("MH", "MHOCCUR", None, [1])],
    },
    "details_of_nothing": {
        "right": {"MH": [{"MHOCCUR": "N", "MHSTDTC": None}, {"MHOCCUR": "Y", "MHSTDTC": "2019"}]},
        "wrong": {"MH": [{"MHOCCUR": "N", "MHSTDTC": "2019"}]},
        "finds": [("MH", "MHSTDTC", None, [1])],
    },
    # criteria
    "criterion_not_in_plan": {
        "both": {"TI": [{"IETESTCD": "I1", "IETEST": "Adult", "IECAT": "INCLUSION"}]},
        "right": {"IE": [{"IETESTCD": "I1", "IETEST": "Adult", "IECAT": "INCLUSION"}]},
        "wrong": {
            "IE": [
                {"IETESTCD": "I2", "IETEST": "Adult", "IECAT": "INCLUSION"},
                {"IETESTCD": "I1", "IETEST": "Child", "IECAT": "INCLUSION"},
                {"IETESTCD": "I1", "IETEST": "Adult", "IECAT": "EXCLUSION"},
            ]
        },
        "finds": [("IE", "IETESTCD", "I2", [1]), ("IE", "IETEST", "I1", [2]), ("IE", "IECAT", "I1", [3])],
    },
    "criterion_met": {
        "right": {
            "IE": [
                {"IECAT": "INCLUSION", "IEORRES": "N", "IESTRESC": "N"},
                {"IECAT": "EXCLUSION", "IEORRES": "Y", "IESTRESC": "Y"},
            ]
        },
        "wrong": {
            "IE": [
                {"IECAT": "INCLUSION", "IEORRES": "Y", "IESTRESC": "Y"},
                {"IECAT": "EXCLUSION", "IEORRES": "Y", "IESTRESC": "N"},
            ]
        },
        "finds": [("IE", "IEORRES", None, [1]), ("IE", "IESTRESC", None, [2])],
    },
    "treated_despite_criterion": {
        "both": {"EX": [DOSE], "DM": [ARM, NO_ARM | {"USUBJID": "02"}]},
        "right": {"IE": [{"USUBJID": "02", "IETESTCD": "I1"}]},
        "wrong": {"IE": [{"USUBJID": "01", "IETESTCD": "I1"}]},
        "finds": [("DM", "USUBJID", None, [1])],
    },
    "object_not_in_parent": {
        "both": {"MH": [{"MHTERM": "Psoriasis"}]},
        "right": {"FAMH": [{"FAOBJ": "PSORIASIS"}]},
        "wrong": {"FAMH": [{"FAOBJ": "PSORIASIS"}, {"FAOBJ": "ECZEMA"}]},
        "finds": [("FAMH", "FAOBJ", "ECZEMA", [2])],
    },
    # trial summary
    "trial_parameter_pair": {
        "right": {"TS": [ts("OBJSEC", "One", TSPARM="Objective"), ts("OBJSEC", "Two", TSPARM="Objective")]},
        "wrong": {"TS": [ts("OBJSEC", "One", TSPARM="Objective"), ts("OBJSEC", "Two", TSPARM="Second objective")]},
        "finds": [("TS", "TSPARM", "OBJSEC", [2])],
    },
    "trial_parameter_of_other_name": {
        "right": {"TS": [ts("RANDOM", "N", TSPARM="Trial is Randomized"), ts("MINE", "N", TSPARM="Mine")]},
        "wrong": {"TS": [ts("RANDOM", "N", TSPARM="Trial Title"), ts("TITLE", "A", TSPARM="Trial Title")]},
        "finds": [("TS", "TSPARM", "RANDOM", [1])],
    },
    "trial_value_missing": {
        "right": {"TS": [ts("TITLE", "A trial", TSVALNF=None), ts("REGID", None, TSVALNF="NA")]},
        "wrong": {"TS": [ts("TITLE", "A trial", TSVALNF="NA"), ts("REGID", None, TSVALNF=None)]},
        "finds": [("TS", "TSVALNF", "TITLE", [1]), ("TS", "TSVAL", "REGID", [2])],
    },
    "null_flavor_as_value": {
        "right": {"TS": [ts("TITLE", "A trial", TSVALNF=None), ts("AGEMAX", None, TSVALNF="PINF")]},
        "wrong": {"TS": [ts("REGID", "NA", TSVALNF=None), ts("AGEMAX", None, TSVALNF="NONE")]},
        "finds": [("TS", "TSVAL", "REGID", [1]), ("TS", "TSVALNF", "AGEMAX", [2])],
    },
    "trial_parameter_twice": {
        "right": {"TS": [ts("TITLE", "A trial"), ts("TTYPE", "SAFETY"), ts("TTYPE", "EFFICACY")]},
        "wrong": {"TS": [ts("TITLE", "A trial"), ts("TITLE", "Another")]},
        "finds": [("TS", "TSPARMCD", "TITLE", [2])],
    },
    "trial_sequence_twice": {
        "right": {"TS": [ts("TTYPE", "SAFETY"), ts("TTYPE", "EFFICACY", TSSEQ=2)]},
        "wrong": {"TS": [ts("TTYPE", "SAFETY"), ts("TTYPE", "EFFICACY")]},
        "finds": [("TS", "TSSEQ", "TTYPE", [2])],
    },
    "study_dates_out_of_order": {
        "right": {"TS": [ts("SSTDTC", "2020-01-03"), ts("SENDTC", "2020")]},
        "wrong": {"TS": [ts("SSTDTC", "2020-01-03"), ts("SENDTC", "2019-12-31")]},
        "finds": [("TS", "TSVAL", None, [2])],
    },
    "consent_before_study_start": {
        "both": {"TS": [ts("SSTDTC", "2020-01-03")]},
        "right": {"DM": [ARM | {"RFICDTC": "2020-01-03"}, NO_ARM | {"RFICDTC": "2020-01-01"}]},
        "wrong": {"DM": [ARM | {"RFICDTC": "2020-01-02"}]},
        "finds": [("DM", "RFICDTC", None, [1])],
    },
    "actual_subjects_not_as_counted": {
        "both": {"DM": [ARM, ARM | {"USUBJID": "02"}, NO_ARM | {"USUBJID": "03"}]},
        "right": {"TS": [ts("ACTSUB", "2")]},
        "wrong": {"TS": [ts("ACTSUB", "5")]},
        "finds": [("TS", "TSVAL", None, [1])],
    },
    "arms_not_as_counted": {
        "both": {"TA": TA},
        "right": {"TS": [ts("NARMS", "1")]},
        "wrong": {"TS": [ts("NARMS", "2")]},
        "finds": [("TS", "TSVAL", None, [1])],
    },
    "design_against_arms": {
        "both": {"TA": TA},
        "right": {"TS": [ts("RANDOM", "N"), ts("INTMODEL", "SINGLE GROUP")]},
        "wrong": {"TS": [ts("RANDOM", "Y"), ts("INTMODEL", "PARALLEL")]},
        "finds": [("TS", "TSVAL", "RANDOM", [1]), ("TS", "TSVAL", "INTMODEL", [2])],
    },
    "subject_outside_plan": {
        "both": {
            "TS": [ts("AGEMIN", "P18Y"), ts("AGEMAX", None, TSVALNF="PINF"), ts("SEXPOP", "F"), ts("FCNTRY", "CHN")]
        },
        "right": {"DM": [ARM | {"AGE": 18, "AGEU": "YEARS", "SEX": "F", "COUNTRY": "CHN"}]},
        "wrong": {"DM": [ARM | {"AGE": 17, "AGEU": "YEARS", "SEX": "M", "COUNTRY": "DEU"}]},
        "finds": [("DM", "AGE", "AGEMIN", [1]), ("DM", "SEX", "SEXPOP", [1]), ("DM", "COUNTRY", "FCNTRY", [1])],
    },
    "trial_code_of_other_value": {
        "right": {
            "TS": [
                ts("RANDOM", "N", TSVALCD="C49487", TSVCDREF="CDISC CT"),
                ts("INDIC", "N", TSVALCD="1", TSVCDREF="SNOMED"),
            ]
        },
        "wrong": {"TS": [ts("RANDOM", "N", TSVALCD="C49488", TSVCDREF="CDISC CT")]},
        "finds": [("TS", "TSVALCD", "N", [1])],
    },
    "trial_code_without_reference": {
        "right": {
            "TS": [
                ts("RANDOM", "N", TSVALCD="C49487", TSVCDREF="CDISC CT"),
                ts("TITLE", "A", TSVALCD=None, TSVCDREF=None),
            ]
        },
        "wrong": {"TS": [ts("RANDOM", "N", TSVALCD="C49487", TSVCDREF=None)]},
        "finds": [("TS", "TSVALCD", "RANDOM", [1])],
    },
}

# the trial summary of a trial that says all that every trial says
WHOLE = [
    "TITLE", "SSTDTC", "SENDTC", "STYPE", "TPHASE", "TTYPE", "TBLIND", "TCNTRL", "RANDOM", "ADDON", "ADAPT", "AGEMIN",
    "AGEMAX", "SEXPOP", "PLANSUB", "ACTSUB", "NARMS", "LENGTH", "OBJPRIM", "OUTMSPRI", "SPONSOR", "REGID", "FCNTRY",
    "HLTSUBJI", "STOPRULE", "DCUTDTC", "DCUTDESC",
]  # fmt: skip
CASES["trial_parameter_missing"] = {
    "right": {"TS": [ts(code, "value") for code in WHOLE]},
    "wrong": {"TS": [ts(code, "INTERVENTIONAL" if code == "STYPE" else "N") for code in WHOLE if code != "TITLE"]},
    "finds": [
        ("TS", "TSPARMCD", code, 1)
        for code in ("TITLE", "INTMODEL", "INTTYPE", "TRT", "PCLAS", "TINDTP", "INDIC", "TDIGRP")
    ],
}


@pytest.mark.parametrize("name", CASES)
def test_the_rule_finds_what_is_wrong_and_nothing_else(name, case_holds):
    case_holds(name, CASES[name])
