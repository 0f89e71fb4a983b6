"""One record per comment per subject.

Comments, SDTMIG 3.4 section 5.1.
"""

from schemas.columns import char, dataset, num

CO = dataset(
    "CO",
    "Comments",
    "One record per comment per subject",
    keys=("STUDYID", "USUBJID", "RDOMAIN", "IDVAR", "IDVARVAL", "CODTC", "COVAL"),
    unique=("STUDYID", "USUBJID", "COSEQ"),
    klass="SPECIAL PURPOSE",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="CO", length=2, origin="Assigned"),
        "RDOMAIN": char(
            "Related Domain Abbreviation", "Record Qualifier", "Perm", "C66734", length=2, origin="Assigned"
        ),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "COSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "IDVAR": char("Identifying Variable", "Record Qualifier", "Perm", length=8, origin="Assigned"),
        "IDVARVAL": char("Identifying Variable Value", "Record Qualifier", "Perm", origin="Assigned"),
        "COREF": char("Comment Reference", "Record Qualifier", "Perm"),
        "COVAL": char("Comment", "Topic", "Req"),
        # the rest of a comment of more than 200 bytes (SDTMIG 3.4 section 5.1, CO)
        "COVAL1": char("Comment", "Topic", "Perm"),
        "COVAL2": char("Comment", "Topic", "Perm"),
        "COVAL3": char("Comment", "Topic", "Perm"),
        "COVAL4": char("Comment", "Topic", "Perm"),
        "COVAL5": char("Comment", "Topic", "Perm"),
        "COVAL6": char("Comment", "Topic", "Perm"),
        "COVAL7": char("Comment", "Topic", "Perm"),
        "COVAL8": char("Comment", "Topic", "Perm"),
        "COVAL9": char("Comment", "Topic", "Perm"),
        "COEVAL": char("Evaluator", "Record Qualifier", "Perm", "C78735"),
        "CODTC": char("Date/Time of Comment", "Timing", "Perm", iso8601="datetime"),
        "CODY": num("Study Day of Comment", "Timing", "Perm", "day", origin="Derived"),
    },
)
