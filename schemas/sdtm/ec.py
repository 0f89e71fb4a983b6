"""One record per protocol-specified study treatment, collected-dosing interval, per subject, per mood.

Exposure as Collected, SDTMIG 3.4 section 6.1.
"""

from schemas.columns import char, dataset, num

EC = dataset(
    "EC",
    "Exposure as Collected",
    "One record per protocol-specified study treatment, collected-dosing interval, per subject, per mood",
    keys=("STUDYID", "USUBJID", "ECTRT", "ECMOOD", "ECSTDTC"),
    unique=("STUDYID", "USUBJID", "ECSEQ"),
    klass="INTERVENTIONS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="EC", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "ECSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "ECSPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "ECTRT": char("Name of Treatment", "Topic", "Req"),
        "ECMOOD": char("Mood", "Record Qualifier", "Perm", "C125923", origin="Assigned"),
        "ECCAT": char("Category of Treatment", "Grouping Qualifier", "Perm", origin="Assigned"),
        "ECPRESP": char("Pre-Specified", "Variable Qualifier", "Perm", "C66742", origin="Assigned"),
        "ECOCCUR": char("Occurrence", "Record Qualifier", "Perm", "C66742"),
        "ECREASOC": char("Reason for Occur Value", "Record Qualifier", "Perm"),
        "ECDOSE": num("Dose", "Record Qualifier", "Exp"),
        "ECDOSTXT": char("Dose Description", "Record Qualifier", "Perm"),
        "ECDOSU": char("Dose Units", "Variable Qualifier", "Exp", "C71620"),
        "ECDOSFRM": char("Dose Form", "Variable Qualifier", "Exp", "C66726"),
        "ECDOSFRQ": char("Dosing Frequency per Interval", "Record Qualifier", "Perm", "C71113"),
        "ECROUTE": char("Route of Administration", "Variable Qualifier", "Perm", "C66729"),
        "ECLOT": char("Lot Number", "Record Qualifier", "Perm"),
        "ECLOC": char("Location of Dose Administration", "Record Qualifier", "Perm", "C74456"),
        "ECFAST": char("Fasting Status", "Record Qualifier", "Perm", "C66742"),
        "ECPSTRG": num("Pharmaceutical Strength", "Record Qualifier", "Perm"),
        "ECPSTRGU": char("Pharmaceutical Strength Units", "Variable Qualifier", "Perm", "C71620"),
        "ECADJ": char("Reason for Dose Adjustment", "Record Qualifier", "Perm"),
        "VISITNUM": num("Visit Number", "Timing", "Perm"),
        "VISIT": char("Visit Name", "Timing", "Perm"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "ECSTDTC": char("Start Date/Time of Treatment", "Timing", "Exp", iso8601="datetime"),
        "ECENDTC": char("End Date/Time of Treatment", "Timing", "Exp", iso8601="datetime"),
        "ECSTDY": num("Study Day of Start of Treatment", "Timing", "Perm", "day", origin="Derived"),
        "ECENDY": num("Study Day of End of Treatment", "Timing", "Perm", "day", origin="Derived"),
    },
)
