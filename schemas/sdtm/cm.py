"""One record per recorded intervention occurrence or constant-dosing interval per subject.

Concomitant/Prior Medications, SDTMIG 3.4 section 6.1.
"""

from schemas.columns import char, dataset, num

CM = dataset(
    "CM",
    "Concomitant/Prior Medications",
    "One record per recorded intervention occurrence or constant-dosing interval per subject",
    keys=("STUDYID", "USUBJID", "CMTRT", "CMSTDTC", "CMSPID"),
    unique=("STUDYID", "USUBJID", "CMSEQ"),
    klass="INTERVENTIONS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="CM", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "CMSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "CMGRPID": char("Group ID", "Identifier", "Perm"),
        "CMSPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "CMTRT": char("Reported Name of Drug, Med, or Therapy", "Topic", "Req"),
        "CMMODIFY": char("Modified Reported Name", "Synonym Qualifier", "Perm", origin="Assigned"),
        "CMDECOD": char("Standardized Medication Name", "Synonym Qualifier", "Perm", origin="Assigned"),
        "CMCAT": char("Category for Medication", "Grouping Qualifier", "Perm", origin="Assigned"),
        "CMSCAT": char("Subcategory for Medication", "Grouping Qualifier", "Perm", origin="Assigned"),
        "CMPRESP": char(
            "CM Pre-specified", "Variable Qualifier", "Perm", "C66742", terms=("Y",), origin="Assigned"
        ),
        "CMOCCUR": char("CM Occurrence", "Record Qualifier", "Perm", "C66742"),
        "CMSTAT": char("Completion Status", "Record Qualifier", "Perm", "C66789"),
        "CMREASND": char("Reason Medication Not Collected", "Record Qualifier", "Perm"),
        "CMINDC": char("Indication", "Record Qualifier", "Perm"),
        "CMCLAS": char("Medication Class", "Variable Qualifier", "Perm", origin="Assigned"),
        "CMCLASCD": char("Medication Class Code", "Variable Qualifier", "Perm", origin="Assigned"),
        "CMDOSE": num("Dose per Administration", "Record Qualifier", "Perm"),
        "CMDOSTXT": char("Dose Description", "Record Qualifier", "Perm"),
        "CMDOSU": char("Dose Units", "Variable Qualifier", "Perm", "C71620"),
        "CMDOSFRM": char("Dose Form", "Variable Qualifier", "Perm", "C66726"),
        "CMDOSFRQ": char("Dosing Frequency per Interval", "Record Qualifier", "Perm", "C71113"),
        "CMROUTE": char("Route of Administration", "Variable Qualifier", "Perm", "C66729"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "CMSTDTC": char("Start Date/Time of Medication", "Timing", "Perm", iso8601="datetime"),
        "CMENDTC": char("End Date/Time of Medication", "Timing", "Perm", iso8601="datetime"),
        "CMSTDY": num("Study Day of Start of Medication", "Timing", "Perm", "day", origin="Derived"),
        "CMENDY": num("Study Day of End of Medication", "Timing", "Perm", "day", origin="Derived"),
        "CMDUR": char("Duration", "Timing", "Perm", iso8601="duration"),
        "CMSTRTPT": char("Start Relative to Reference Time Point", "Timing", "Perm", "C66728"),
        "CMSTTPT": char("Start Reference Time Point", "Timing", "Perm", origin="Assigned"),
        "CMENRTPT": char("End Relative to Reference Time Point", "Timing", "Perm", "C66728"),
        "CMENTPT": char("End Reference Time Point", "Timing", "Perm", origin="Assigned"),
    },
)
