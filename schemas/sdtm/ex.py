"""One record per protocol-specified study treatment, constant-dosing interval, per subject.

Exposure, SDTMIG 3.4 section 6.1.
"""

from schemas.columns import char, dataset, num

EX = dataset(
    "EX",
    "Exposure",
    "One record per protocol-specified study treatment, constant-dosing interval, per subject",
    keys=("STUDYID", "USUBJID", "EXTRT", "EXSTDTC"),
    unique=("STUDYID", "USUBJID", "EXSEQ"),
    klass="INTERVENTIONS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="EX", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "EXSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "EXSPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "EXTRT": char("Name of Treatment", "Topic", "Req", origin="Assigned"),
        "EXCAT": char("Category of Treatment", "Grouping Qualifier", "Perm", origin="Assigned"),
        "EXSCAT": char("Subcategory of Treatment", "Grouping Qualifier", "Perm", origin="Assigned"),
        "EXDOSE": num("Dose", "Record Qualifier", "Exp"),
        "EXDOSTXT": char("Dose Description", "Record Qualifier", "Perm"),
        "EXDOSU": char("Dose Units", "Variable Qualifier", "Exp", "C71620"),
        "EXDOSFRM": char("Dose Form", "Variable Qualifier", "Exp", "C66726", origin="Assigned"),
        "EXDOSFRQ": char(
            "Dosing Frequency per Interval", "Record Qualifier", "Perm", "C71113", origin="Assigned"
        ),
        "EXROUTE": char("Route of Administration", "Variable Qualifier", "Perm", "C66729", origin="Assigned"),
        "EXLOT": char("Lot Number", "Record Qualifier", "Perm"),
        "EXLOC": char("Location of Dose Administration", "Record Qualifier", "Perm", "C74456"),
        "EXADJ": char("Reason for Dose Adjustment", "Record Qualifier", "Perm"),
        "VISITNUM": num("Visit Number", "Timing", "Perm"),
        "VISIT": char("Visit Name", "Timing", "Perm"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "EXSTDTC": char("Start Date/Time of Treatment", "Timing", "Exp", iso8601="datetime"),
        "EXENDTC": char("End Date/Time of Treatment", "Timing", "Exp", iso8601="datetime"),
        "EXSTDY": num("Study Day of Start of Treatment", "Timing", "Perm", "day", origin="Derived"),
        "EXENDY": num("Study Day of End of Treatment", "Timing", "Perm", "day", origin="Derived"),
    },
)
