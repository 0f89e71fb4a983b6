"""One record per adverse event per subject.

Adverse Events, SDTMIG 3.4 section 6.2.
"""

from schemas.columns import char, dataset, num

AE = dataset(
    "AE",
    "Adverse Events",
    "One record per adverse event per subject",
    keys=("STUDYID", "USUBJID", "AETERM", "AESTDTC", "AESPID"),
    unique=("STUDYID", "USUBJID", "AESEQ"),
    klass="EVENTS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="AE", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "AESEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "AEGRPID": char("Group ID", "Identifier", "Perm"),
        "AESPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "AETERM": char("Reported Term for the Adverse Event", "Topic", "Req"),
        "AEMODIFY": char("Modified Reported Term", "Synonym Qualifier", "Perm", origin="Assigned"),
        "AELLT": char("Lowest Level Term", "Variable Qualifier", "Exp", origin="Assigned"),
        "AELLTCD": num("Lowest Level Term Code", "Variable Qualifier", "Exp", "integer", origin="Assigned"),
        "AEDECOD": char("Dictionary-Derived Term", "Synonym Qualifier", "Req", origin="Assigned"),
        "AEPTCD": num("Preferred Term Code", "Variable Qualifier", "Exp", "integer", origin="Assigned"),
        "AEHLT": char("High Level Term", "Variable Qualifier", "Exp", origin="Assigned"),
        "AEHLTCD": num("High Level Term Code", "Variable Qualifier", "Exp", "integer", origin="Assigned"),
        "AEHLGT": char("High Level Group Term", "Variable Qualifier", "Exp", origin="Assigned"),
        "AEHLGTCD": num(
            "High Level Group Term Code", "Variable Qualifier", "Exp", "integer", origin="Assigned"
        ),
        "AECAT": char("Category for Adverse Event", "Grouping Qualifier", "Perm", origin="Assigned"),
        "AESCAT": char("Subcategory for Adverse Event", "Grouping Qualifier", "Perm", origin="Assigned"),
        "AEPRESP": char(
            "Pre-Specified Adverse Event",
            "Variable Qualifier",
            "Perm",
            "C66742",
            terms=("Y",),
            origin="Assigned",
        ),
        "AEBODSYS": char("Body System or Organ Class", "Record Qualifier", "Exp", origin="Assigned"),
        "AEBDSYCD": num(
            "Body System or Organ Class Code", "Variable Qualifier", "Exp", "integer", origin="Assigned"
        ),
        "AESOC": char("Primary System Organ Class", "Variable Qualifier", "Exp", origin="Assigned"),
        "AESOCCD": num(
            "Primary System Organ Class Code", "Variable Qualifier", "Exp", "integer", origin="Assigned"
        ),
        "AELOC": char("Location of Event", "Record Qualifier", "Perm", "C74456"),
        "AESEV": char("Severity/Intensity", "Record Qualifier", "Perm", "C66769"),
        "AESER": char("Serious Event", "Record Qualifier", "Exp", "C66742", terms=("N", "Y")),
        "AEACN": char("Action Taken with Study Treatment", "Record Qualifier", "Exp", "C66767"),
        "AEACNOTH": char("Other Action Taken", "Record Qualifier", "Perm"),
        "AEREL": char("Causality", "Record Qualifier", "Exp"),
        "AERELNST": char("Relationship to Non-Study Treatment", "Record Qualifier", "Perm"),
        "AEPATT": char("Pattern of Adverse Event", "Record Qualifier", "Perm"),
        "AEOUT": char("Outcome of Adverse Event", "Record Qualifier", "Perm", "C66768"),
        "AESCAN": char("Involves Cancer", "Record Qualifier", "Perm", "C66742", terms=("N", "Y")),
        "AESCONG": char(
            "Congenital Anomaly or Birth Defect", "Record Qualifier", "Perm", "C66742", terms=("N", "Y")
        ),
        "AESDISAB": char(
            "Persist or Signif Disability/Incapacity", "Record Qualifier", "Perm", "C66742", terms=("N", "Y")
        ),
        "AESDTH": char("Results in Death", "Record Qualifier", "Perm", "C66742", terms=("N", "Y")),
        "AESHOSP": char(
            "Requires or Prolongs Hospitalization", "Record Qualifier", "Perm", "C66742", terms=("N", "Y")
        ),
        "AESLIFE": char("Is Life Threatening", "Record Qualifier", "Perm", "C66742", terms=("N", "Y")),
        "AESOD": char("Occurred with Overdose", "Record Qualifier", "Perm", "C66742", terms=("N", "Y")),
        "AESMIE": char(
            "Other Medically Important Serious Event", "Record Qualifier", "Perm", "C66742", terms=("N", "Y")
        ),
        "AECONTRT": char(
            "Concomitant or Additional Trtmnt Given", "Record Qualifier", "Perm", "C66742", terms=("N", "Y")
        ),
        "AETOXGR": char(
            "Standard Toxicity Grade", "Record Qualifier", "Perm", terms=("1", "2", "3", "4", "5")
        ),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "AEDTC": char("Date/Time of Collection", "Timing", "Perm", iso8601="datetime"),
        "AESTDTC": char("Start Date/Time of Adverse Event", "Timing", "Exp", iso8601="datetime"),
        "AEENDTC": char("End Date/Time of Adverse Event", "Timing", "Exp", iso8601="datetime"),
        "AEDY": num("Study Day of Collection", "Timing", "Perm", "day", origin="Derived"),
        "AESTDY": num("Study Day of Start of Adverse Event", "Timing", "Perm", "day", origin="Derived"),
        "AEENDY": num("Study Day of End of Adverse Event", "Timing", "Perm", "day", origin="Derived"),
        "AEDUR": char("Duration of Adverse Event", "Timing", "Perm", iso8601="duration"),
        "AEENRTPT": char("End Relative to Reference Time Point", "Timing", "Perm", "C66728"),
        "AEENTPT": char("End Reference Time Point", "Timing", "Perm", origin="Assigned"),
    },
)
