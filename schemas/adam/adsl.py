"""One record per subject.

Subject-Level Analysis Dataset, ADaMIG 1.3 section 3.2; the derivations stand in sql/adam/adsl.sql.
"""

from schemas.columns import char, dataset, num

ADSL = dataset(
    "ADSL",
    "Subject-Level Analysis Dataset",
    "One record per subject",
    keys=("STUDYID", "USUBJID"),
    klass="SUBJECT LEVEL ANALYSIS DATASET",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Predecessor"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Predecessor"),
        "SUBJID": char("Subject Identifier for the Study", "Identifier", "Req", origin="Predecessor"),
        "SITEID": char("Study Site Identifier", "Identifier", "Req", origin="Predecessor"),
        "AGE": num("Age", "Subject Demographics", "Req", origin="Predecessor", nullable=True),
        "AGEU": char(
            "Age Units", "Subject Demographics", "Req", "C66781", origin="Predecessor", nullable=True
        ),
        "SEX": char("Sex", "Subject Demographics", "Req", "C66731", origin="Predecessor"),
        "RACE": char("Race", "Subject Demographics", "Req", "C74457", origin="Predecessor", nullable=True),
        "ETHNIC": char("Ethnicity", "Subject Demographics", "Perm", "C66790", origin="Predecessor"),
        "COUNTRY": char("Country", "Subject Demographics", "Perm", origin="Predecessor"),
        "ENRLFL": char(
            "Enrolled Population Flag", "Population Indicator", "Cond", terms=("Y", "N"), origin="Derived"
        ),
        "SAFFL": char(
            "Safety Population Flag", "Population Indicator", "Cond", terms=("Y", "N"), origin="Derived"
        ),
        "ARM": char("Description of Planned Arm", "Treatment", "Req", origin="Predecessor", nullable=True),
        "ARMCD": char("Planned Arm Code", "Treatment", "Perm", origin="Predecessor"),
        "ACTARM": char("Description of Actual Arm", "Treatment", "Perm", origin="Predecessor"),
        "ACTARMCD": char("Actual Arm Code", "Treatment", "Perm", origin="Predecessor"),
        "ARMNRS": char(
            "Reason Arm and/or Actual Arm is Null", "Treatment", "Perm", "C142179", origin="Predecessor"
        ),
        "TRT01P": char(
            "Planned Treatment for Period 01", "Treatment", "Req", origin="Predecessor", nullable=True
        ),
        "TRT01A": char("Actual Treatment for Period 01", "Treatment", "Cond", origin="Derived"),
        "TRTSDT": num(
            "Date of First Exposure to Treatment", "Treatment Timing", "Cond", "date", origin="Derived"
        ),
        "TRTSDTM": num(
            "Datetime of First Exposure to Treatment",
            "Treatment Timing",
            "Cond",
            "datetime",
            origin="Derived",
        ),
        "TRTEDT": num(
            "Date of Last Exposure to Treatment", "Treatment Timing", "Cond", "date", origin="Derived"
        ),
        "TRTEDTM": num(
            "Datetime of Last Exposure to Treatment", "Treatment Timing", "Cond", "datetime", origin="Derived"
        ),
        "TRTDURD": num(
            "Total Treatment Duration (Days)", "Trial Experience", "Perm", "integer", origin="Derived"
        ),
        "DCUTDT": num("Date of Data Cut-Off", "Trial Experience", "Perm", "date", origin="Derived"),
        "RFICDT": num("Date of Informed Consent", "Trial Experience", "Perm", "date", origin="Derived"),
        "EOTSTT": char("End of Treatment Status", "Trial Experience", "Perm", "C124296", origin="Derived"),
        "EOTDT": num("End of Treatment Date", "Trial Experience", "Perm", "date", origin="Derived"),
        "DCTREAS": char(
            "Reason for Discontinuation of Treatment", "Trial Experience", "Perm", origin="Derived"
        ),
        "EOSSTT": char("End of Study Status", "Trial Experience", "Perm", "C124296", origin="Derived"),
        "EOSDT": num("End of Study Date", "Trial Experience", "Perm", "date", origin="Derived"),
        "DCSREAS": char(
            "Reason for Discontinuation from Study", "Trial Experience", "Perm", origin="Derived"
        ),
        "DTHFL": char("Subject Death Flag", "Trial Experience", "Perm", terms=("Y",), origin="Predecessor"),
        "DTHDT": num("Date of Death", "Trial Experience", "Perm", "date", origin="Derived"),
        "LSTALVDT": num("Date Last Known Alive", "Trial Experience", "Perm", "date", origin="Derived"),
        "WEIGHTBL": num("Baseline Weight (kg)", "Baseline", "Perm", origin="Derived"),
        "PASIBL": num("Baseline PASI Total Score", "Baseline", "Perm", origin="Derived"),
        "DLQIBL": num("Baseline DLQI Total Score", "Baseline", "Perm", origin="Derived"),
        "BSABL": num("Baseline Affected Body Surface Area (%)", "Baseline", "Perm", origin="Derived"),
        "PRUVASBL": num("Baseline Pruritus VAS (mm)", "Baseline", "Perm", origin="Derived"),
    },
)
