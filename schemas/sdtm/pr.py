"""One record per recorded procedure per occurrence per subject.

Procedures, SDTMIG 3.4 section 6.1.
"""

from schemas.columns import char, dataset, num

PR = dataset(
    "PR",
    "Procedures",
    "One record per recorded procedure per occurrence per subject",
    keys=("STUDYID", "USUBJID", "PRTRT", "PRSTDTC"),
    unique=("STUDYID", "USUBJID", "PRSEQ"),
    klass="INTERVENTIONS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="PR", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "PRSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "PRSPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "PRTRT": char("Reported Name of Procedure", "Topic", "Req"),
        "PRDECOD": char(
            "Standardized Procedure Name", "Synonym Qualifier", "Perm", "C101858", origin="Assigned"
        ),
        "PRCAT": char("Category", "Grouping Qualifier", "Perm", origin="Assigned"),
        "PRSCAT": char("Subcategory", "Grouping Qualifier", "Perm", origin="Assigned"),
        "PRPRESP": char("Pre-specified", "Variable Qualifier", "Perm", "C66742", origin="Assigned"),
        "PROCCUR": char("Occurrence", "Record Qualifier", "Perm", "C66742"),
        "PRINDC": char("Indication", "Record Qualifier", "Perm"),
        "PRDOSE": num("Dose", "Record Qualifier", "Perm"),
        "PRDOSTXT": char("Dose Description", "Record Qualifier", "Perm"),
        "PRDOSU": char("Dose Units", "Variable Qualifier", "Perm", "C71620"),
        "PRDOSFRM": char("Dose Form", "Variable Qualifier", "Perm", "C66726"),
        "PRDOSFRQ": char("Dosing Frequency per Interval", "Record Qualifier", "Perm", "C71113"),
        "PRROUTE": char("Route of Administration", "Variable Qualifier", "Perm", "C66729"),
        "PRLOC": char("Location of Procedure", "Record Qualifier", "Perm", "C74456"),
        "PRLAT": char("Laterality", "Variable Qualifier", "Perm", "C99073"),
        "VISITNUM": num("Visit Number", "Timing", "Perm", origin="Assigned"),
        "VISIT": char("Visit Name", "Timing", "Perm", origin="Assigned"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "PRSTDTC": char("Start Date/Time of Procedure", "Timing", "Exp", iso8601="datetime"),
        "PRENDTC": char("End Date/Time of Procedure", "Timing", "Perm", iso8601="datetime"),
        "PRSTDY": num("Study Day of Start of Procedure", "Timing", "Perm", "day", origin="Derived"),
        "PRENDY": num("Study Day of End of Procedure", "Timing", "Perm", "day", origin="Derived"),
        "PRENRTPT": char(
            "End Relative to Reference Time Point", "Timing", "Perm", "C66728", origin="Assigned"
        ),
        "PRENTPT": char("End Reference Time Point", "Timing", "Perm", origin="Assigned"),
    },
)
