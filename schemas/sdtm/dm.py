"""One record per subject.

Demographics, SDTMIG 3.4 section 5.
"""

from schemas.columns import char, dataset, num

DM = dataset(
    "DM",
    "Demographics",
    "One record per subject",
    keys=("STUDYID", "USUBJID"),
    klass="SPECIAL PURPOSE",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="DM", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "SUBJID": char("Subject Identifier for the Study", "Topic", "Req"),
        "RFSTDTC": char(
            "Subject Reference Start Date/Time",
            "Record Qualifier",
            "Exp",
            iso8601="datetime",
            origin="Derived",
        ),
        "RFENDTC": char(
            "Subject Reference End Date/Time", "Record Qualifier", "Exp", iso8601="datetime", origin="Derived"
        ),
        "RFXSTDTC": char(
            "Date/Time of First Study Treatment",
            "Record Qualifier",
            "Exp",
            iso8601="datetime",
            origin="Derived",
        ),
        "RFXENDTC": char(
            "Date/Time of Last Study Treatment",
            "Record Qualifier",
            "Exp",
            iso8601="datetime",
            origin="Derived",
        ),
        "RFICDTC": char("Date/Time of Informed Consent", "Record Qualifier", "Exp", iso8601="datetime"),
        "RFPENDTC": char(
            "Date/Time of End of Participation",
            "Record Qualifier",
            "Exp",
            iso8601="datetime",
            origin="Derived",
        ),
        "DTHDTC": char("Date/Time of Death", "Record Qualifier", "Exp", iso8601="datetime", origin="Derived"),
        "DTHFL": char(
            "Subject Death Flag", "Record Qualifier", "Exp", "C66742", terms=("Y",), origin="Derived"
        ),
        "SITEID": char("Study Site Identifier", "Record Qualifier", "Req"),
        "INVID": char("Investigator Identifier", "Record Qualifier", "Perm"),
        "INVNAM": char("Investigator Name", "Synonym Qualifier", "Perm"),
        "BRTHDTC": char("Date/Time of Birth", "Record Qualifier", "Perm", iso8601="datetime"),
        "AGE": num("Age", "Record Qualifier", "Exp", origin="Derived"),
        "AGEU": char("Age Units", "Variable Qualifier", "Exp", "C66781", origin="Assigned"),
        "SEX": char("Sex", "Record Qualifier", "Req", "C66731"),
        "RACE": char("Race", "Record Qualifier", "Exp", "C74457"),
        "ETHNIC": char("Ethnicity", "Record Qualifier", "Perm", "C66790"),
        "ARMCD": char("Planned Arm Code", "Record Qualifier", "Exp", length=20, origin="Assigned"),
        "ARM": char("Description of Planned Arm", "Synonym Qualifier", "Exp", origin="Assigned"),
        "ACTARMCD": char("Actual Arm Code", "Record Qualifier", "Exp", length=20, origin="Derived"),
        "ACTARM": char("Description of Actual Arm", "Synonym Qualifier", "Exp", origin="Derived"),
        "ARMNRS": char(
            "Reason Arm and/or Actual Arm is Null", "Record Qualifier", "Exp", "C142179", origin="Assigned"
        ),
        "ACTARMUD": char("Description of Unplanned Actual Arm", "Record Qualifier", "Exp", origin="Assigned"),
        "COUNTRY": char("Country", "Record Qualifier", "Req", length=3, origin="Assigned"),
        "DMDTC": char("Date/Time of Collection", "Timing", "Perm", iso8601="datetime"),
        "DMDY": num("Study Day of Collection", "Timing", "Perm", "day", origin="Derived"),
    },
)
