"""One record per actual or planned visit per subject.

Subject Visits, SDTMIG 3.4 section 5.
"""

from schemas.columns import char, dataset, num

SV = dataset(
    "SV",
    "Subject Visits",
    "One record per actual or planned visit per subject",
    keys=("STUDYID", "USUBJID", "VISITNUM"),
    klass="SPECIAL PURPOSE",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="SV", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "VISITNUM": num("Visit Number", "Topic", "Req", origin="Assigned"),
        "VISIT": char("Visit Name", "Synonym Qualifier", "Perm", origin="Assigned"),
        "SVPRESP": char(
            "Pre-specified", "Variable Qualifier", "Exp", "C66742", terms=("Y",), origin="Derived"
        ),
        "SVOCCUR": char("Occurrence", "Record Qualifier", "Exp", "C66742", origin="Derived"),
        "SVREASOC": char("Reason for Occur Value", "Record Qualifier", "Perm"),
        "SVCNTMOD": char("Contact Mode", "Record Qualifier", "Perm", "C171445"),
        "SVEPCHGI": char("Epi/Pandemic Related Change Indicator", "Record Qualifier", "Perm", "C66742"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "SVSTDTC": char("Start Date/Time of Observation", "Timing", "Exp", iso8601="datetime", origin="Derived"),
        "SVENDTC": char("End Date/Time of Observation", "Timing", "Exp", iso8601="datetime", origin="Derived"),
        "SVSTDY": num("Study Day of Start of Observation", "Timing", "Perm", "day", origin="Derived"),
        "SVENDY": num("Study Day of End of Observation", "Timing", "Perm", "day", origin="Derived"),
        "SVUPDES": char("Description of Unplanned Visit", "Record Qualifier", "Perm", origin="Assigned"),
    },
)
