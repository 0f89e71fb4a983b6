"""One record per inclusion/exclusion criterion not met per subject.

Inclusion/Exclusion Criteria Not Met, SDTMIG 3.4 section 6.3.
"""

from schemas.columns import char, dataset, num

IE = dataset(
    "IE",
    "Inclusion/Exclusion Criteria Not Met",
    "One record per inclusion/exclusion criterion not met per subject",
    keys=("STUDYID", "USUBJID", "IETESTCD", "VISITNUM"),
    unique=("STUDYID", "USUBJID", "IESEQ"),
    klass="FINDINGS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="IE", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "IESEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "IESPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "IETESTCD": char(
            "Inclusion/Exclusion Criterion Short Name", "Topic", "Req", short_name=True, origin="Assigned"
        ),
        "IETEST": char("Inclusion/Exclusion Criterion", "Synonym Qualifier", "Req", origin="Assigned"),
        "IECAT": char(
            "Inclusion/Exclusion Category", "Grouping Qualifier", "Req", "C66797", origin="Assigned"
        ),
        "IESCAT": char("Inclusion/Exclusion Subcategory", "Grouping Qualifier", "Perm", origin="Assigned"),
        "IEORRES": char(
            "I/E Criterion Original Result", "Result Qualifier", "Req", "C66742", terms=("N", "Y")
        ),
        "IESTRESC": char(
            "I/E Criterion Result in Std Format",
            "Result Qualifier",
            "Req",
            "C66742",
            terms=("N", "Y"),
            origin="Assigned",
        ),
        "VISITNUM": num("Visit Number", "Timing", "Perm", origin="Assigned"),
        "VISIT": char("Visit Name", "Timing", "Perm", origin="Assigned"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "IEDTC": char("Date/Time of Collection", "Timing", "Perm", iso8601="datetime"),
        "IEDY": num("Study Day of Collection", "Timing", "Perm", "day", origin="Derived"),
    },
)
