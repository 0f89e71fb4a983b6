"""One record per characteristic per visit per subject.

Subject Characteristics, SDTMIG 3.4 section 6.3.
"""

from schemas.columns import char, dataset, num

SC = dataset(
    "SC",
    "Subject Characteristics",
    "One record per characteristic per visit per subject.",
    keys=("STUDYID", "USUBJID", "SCTESTCD"),
    unique=("STUDYID", "USUBJID", "SCSEQ"),
    klass="FINDINGS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="SC", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "SCSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "SCSPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "SCTESTCD": char(
            "Subject Characteristic Short Name", "Topic", "Req", "C74559", short_name=True, origin="Assigned"
        ),
        "SCTEST": char(
            "Subject Characteristic", "Synonym Qualifier", "Req", "C103330", length=40, origin="Assigned"
        ),
        "SCCAT": char("Category for Subject Characteristic", "Grouping Qualifier", "Perm", origin="Assigned"),
        "SCSCAT": char(
            "Subcategory for Subject Characteristic", "Grouping Qualifier", "Perm", origin="Assigned"
        ),
        "SCORRES": char("Result or Finding in Original Units", "Result Qualifier", "Exp"),
        "SCORRESU": char("Original Units", "Variable Qualifier", "Perm", "C71620"),
        "SCSTRESC": char(
            "Character Result/Finding in Std Format", "Result Qualifier", "Exp", origin="Assigned"
        ),
        "SCSTRESN": num(
            "Numeric Result/Finding in Standard Units", "Result Qualifier", "Perm", origin="Derived"
        ),
        "SCSTRESU": char("Standard Units", "Variable Qualifier", "Perm", "C71620", origin="Assigned"),
        "SCSTAT": char("Completion Status", "Record Qualifier", "Perm", "C66789"),
        "SCREASND": char("Reason Not Performed", "Record Qualifier", "Perm"),
        "VISITNUM": num("Visit Number", "Timing", "Perm", origin="Assigned"),
        "VISIT": char("Visit Name", "Timing", "Perm", origin="Assigned"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "SCDTC": char("Date/Time of Collection", "Timing", "Perm", iso8601="datetime"),
        "SCDY": num("Study Day of Examination", "Timing", "Perm", "day", origin="Derived"),
    },
)
