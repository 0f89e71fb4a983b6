"""One record per related record, group of records or dataset.

Related Records, SDTMIG 3.4 section 8.
"""

from schemas.columns import char, dataset

RELREC = dataset(
    "RELREC",
    "Related Records",
    "One record per related record, group of records or dataset",
    keys=("STUDYID", "RDOMAIN", "USUBJID", "IDVAR", "IDVARVAL", "RELID"),
    klass="RELATIONSHIP",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "RDOMAIN": char(
            "Related Domain Abbreviation", "Identifier", "Req", "C66734", length=2, origin="Assigned"
        ),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Exp", origin="Assigned"),
        "IDVAR": char("Identifying Variable", "Identifier", "Req", length=8, origin="Assigned"),
        "IDVARVAL": char("Identifying Variable Value", "Identifier", "Exp", origin="Assigned"),
        "RELTYPE": char("Relationship Type", "Record Qualifier", "Exp", "C78737", origin="Assigned"),
        "RELID": char("Relationship Identifier", "Record Qualifier", "Req", origin="Assigned"),
    },
)
