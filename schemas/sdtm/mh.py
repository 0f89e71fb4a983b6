"""One record per medical history event per subject.

Medical History, SDTMIG 3.4 section 6.2.
"""

from schemas.columns import char, dataset, num

MH = dataset(
    "MH",
    "Medical History",
    "One record per medical history event per subject",
    keys=("STUDYID", "USUBJID", "MHCAT", "MHTERM", "MHSTDTC", "MHSPID"),
    unique=("STUDYID", "USUBJID", "MHSEQ"),
    klass="EVENTS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="MH", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "MHSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "MHSPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "MHTERM": char("Reported Term for the Medical History", "Topic", "Req"),
        "MHMODIFY": char("Modified Reported Term", "Synonym Qualifier", "Perm", origin="Assigned"),
        "MHDECOD": char("Dictionary-Derived Term", "Synonym Qualifier", "Perm", origin="Assigned"),
        "MHEVDTYP": char(
            "Medical History Event Date Type", "Variable Qualifier", "Perm", "C124301", origin="Assigned"
        ),
        "MHCAT": char("Category for Medical History", "Grouping Qualifier", "Perm", origin="Assigned"),
        "MHSCAT": char("Subcategory for Medical History", "Grouping Qualifier", "Perm", origin="Assigned"),
        "MHPRESP": char(
            "Medical History Event Pre-Specified",
            "Variable Qualifier",
            "Perm",
            "C66742",
            terms=("Y",),
            origin="Assigned",
        ),
        "MHOCCUR": char("Medical History Occurrence", "Record Qualifier", "Perm", "C66742"),
        "MHSTAT": char("Completion Status", "Record Qualifier", "Perm", "C66789"),
        "MHREASND": char("Reason Medical History Not Collected", "Record Qualifier", "Perm"),
        "MHBODSYS": char("Body System or Organ Class", "Record Qualifier", "Perm", origin="Assigned"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "MHDTC": char("Date/Time of History Collection", "Timing", "Perm", iso8601="datetime"),
        "MHSTDTC": char("Start Date/Time of Medical History Event", "Timing", "Perm", iso8601="datetime"),
        "MHENDTC": char("End Date/Time of Medical History Event", "Timing", "Perm", iso8601="datetime"),
        "MHDY": num("Study Day of History Collection", "Timing", "Perm", "day", origin="Derived"),
        # --STDY and --ENDY come from the SDTM model; the IG's table of MH does not list them
        "MHSTDY": num("Study Day of Start of Observation", "Timing", "Perm", "day", origin="Derived"),
        "MHENDY": num("Study Day of End of Observation", "Timing", "Perm", "day", origin="Derived"),
        "MHENRTPT": char("End Relative to Reference Time Point", "Timing", "Perm", "C66728"),
        "MHENTPT": char("End Reference Time Point", "Timing", "Perm", origin="Assigned"),
    },
)
