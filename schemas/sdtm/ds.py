"""One record per disposition status or protocol milestone per subject.

Disposition, SDTMIG 3.4 section 6.2.
"""

from schemas.columns import char, dataset, num

DS = dataset(
    "DS",
    "Disposition",
    "One record per disposition status or protocol milestone per subject",
    keys=("STUDYID", "USUBJID", "DSCAT", "DSSCAT", "DSDECOD", "DSSTDTC"),
    unique=("STUDYID", "USUBJID", "DSSEQ"),
    klass="EVENTS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="DS", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "DSSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "DSSPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "DSTERM": char("Reported Term for the Disposition Event", "Topic", "Req"),
        "DSDECOD": char(
            "Standardized Disposition Term",
            "Synonym Qualifier",
            "Req",
            ("C66727", "C114118", "C150811"),
            origin="Assigned",
        ),
        "DSCAT": char(
            "Category for Disposition Event", "Grouping Qualifier", "Exp", "C74558", origin="Assigned"
        ),
        "DSSCAT": char(
            "Subcategory for Disposition Event", "Grouping Qualifier", "Perm", "C170443", origin="Assigned"
        ),
        "VISITNUM": num("Visit Number", "Timing", "Perm"),
        "VISIT": char("Visit Name", "Timing", "Perm"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "DSDTC": char("Date/Time of Collection", "Timing", "Perm", iso8601="datetime"),
        "DSSTDTC": char("Start Date/Time of Disposition Event", "Timing", "Exp", iso8601="datetime"),
        "DSDY": num("Study Day of Collection", "Timing", "Perm", "day", origin="Derived"),
        "DSSTDY": num("Study Day of Start of Disposition Event", "Timing", "Exp", "day", origin="Derived"),
    },
)
