"""One record per planned Visit per Arm.

Trial Visits, SDTMIG 3.4 section 7.
"""

from schemas.columns import char, dataset, num

TV = dataset(
    "TV",
    "Trial Visits",
    "One record per planned Visit per Arm",
    keys=("STUDYID", "VISITNUM", "ARMCD"),
    klass="TRIAL DESIGN",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="TV", length=2, origin="Assigned"),
        "VISITNUM": num("Visit Number", "Topic", "Req", origin="Protocol"),
        "VISIT": char("Visit Name", "Synonym Qualifier", "Req", origin="Protocol"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "ARMCD": char("Planned Arm Code", "Record Qualifier", "Exp", length=20, origin="Protocol"),
        "ARM": char("Description of Planned Arm", "Synonym Qualifier", "Perm", origin="Protocol"),
        "TVSTRL": char("Visit Start Rule", "Rule", "Req", origin="Protocol"),
        "TVENRL": char("Visit End Rule", "Rule", "Perm", origin="Protocol"),
    },
)
