"""One record per event per subject.

Clinical Events, SDTMIG 3.4 section 6.2.
"""

from schemas.columns import char, dataset, num

CE = dataset(
    "CE",
    "Clinical Events",
    "One record per event per subject",
    keys=("STUDYID", "USUBJID", "CETERM", "CESTDTC"),
    unique=("STUDYID", "USUBJID", "CESEQ"),
    klass="EVENTS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="CE", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "CESEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "CESPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "CETERM": char("Reported Term for the Clinical Event", "Topic", "Req"),
        "CEDECOD": char("Dictionary-Derived Term", "Synonym Qualifier", "Perm", origin="Assigned"),
        "CECAT": char("Category for the Clinical Event", "Grouping Qualifier", "Perm", origin="Assigned"),
        "CESCAT": char("Subcategory for the Clinical Event", "Grouping Qualifier", "Perm", origin="Assigned"),
        "CEPRESP": char(
            "Clinical Event Pre-specified", "Variable Qualifier", "Perm", "C66742", origin="Assigned"
        ),
        "CEOCCUR": char("Clinical Event Occurrence", "Record Qualifier", "Perm", "C66742"),
        "CESTAT": char("Completion Status", "Record Qualifier", "Perm", "C66789"),
        "CEREASND": char("Reason Clinical Event Not Collected", "Record Qualifier", "Perm"),
        "CEBODSYS": char("Body System or Organ Class", "Record Qualifier", "Perm", origin="Assigned"),
        "CESEV": char("Severity/Intensity", "Record Qualifier", "Perm", "C165643"),
        "CETOXGR": char("Standard Toxicity Grade", "Record Qualifier", "Perm"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "CEDTC": char("Date/Time of Event Collection", "Timing", "Perm", iso8601="datetime"),
        "CESTDTC": char("Start Date/Time of Clinical Event", "Timing", "Perm", iso8601="datetime"),
        "CEENDTC": char("End Date/Time of Clinical Event", "Timing", "Perm", iso8601="datetime"),
        "CEDY": num("Study Day of Event Collection", "Timing", "Perm", "day", origin="Derived"),
        "CESTDY": num("Study Day of Start of Event", "Timing", "Perm", "day", origin="Derived"),
        "CEENDY": num("Study Day of End of Event", "Timing", "Perm", "day", origin="Derived"),
        "CEENRTPT": char(
            "End Relative to Reference Time Point", "Timing", "Perm", "C66728", origin="Assigned"
        ),
        "CEENTPT": char("End Reference Time Point", "Timing", "Perm", origin="Assigned"),
    },
)
