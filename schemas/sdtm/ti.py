"""One record per I/E criterion.

Trial Inclusion/Exclusion Criteria, SDTMIG 3.4 section 7.
"""

from schemas.columns import char, dataset

TI = dataset(
    "TI",
    "Trial Inclusion/Exclusion Criteria",
    "One record per I/E criterion",
    keys=("STUDYID", "IETESTCD", "TIVERS"),
    klass="TRIAL DESIGN",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="TI", length=2, origin="Assigned"),
        "IETESTCD": char(
            "Incl/Excl Criterion Short Name", "Topic", "Req", short_name=True, origin="Protocol"
        ),
        "IETEST": char("Inclusion/Exclusion Criterion", "Synonym Qualifier", "Req", origin="Protocol"),
        "IECAT": char(
            "Inclusion/Exclusion Category", "Grouping Qualifier", "Req", "C66797", origin="Protocol"
        ),
        "IESCAT": char("Inclusion/Exclusion Subcategory", "Grouping Qualifier", "Perm", origin="Protocol"),
        "TIRL": char("Inclusion/Exclusion Criterion Rule", "Rule", "Perm", origin="Protocol"),
        "TIVERS": char("Protocol Criteria Versions", "Record Qualifier", "Perm", origin="Protocol"),
    },
)
