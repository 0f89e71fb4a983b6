"""One record per vital sign measurement per time point per visit per subject.

Vital Signs, SDTMIG 3.4 section 6.3.
"""

from schemas.columns import char, dataset, num

VS = dataset(
    "VS",
    "Vital Signs",
    "One record per vital sign measurement per time point per visit per subject",
    keys=("STUDYID", "USUBJID", "VSTESTCD", "VISITNUM", "VSTPTNUM", "VSDTC"),
    unique=("STUDYID", "USUBJID", "VSSEQ"),
    klass="FINDINGS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="VS", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "VSSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "VSSPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "VSTESTCD": char(
            "Vital Signs Test Short Name", "Topic", "Req", "C66741", short_name=True, origin="Assigned"
        ),
        "VSTEST": char(
            "Vital Signs Test Name", "Synonym Qualifier", "Req", "C67153", length=40, origin="Assigned"
        ),
        "VSCAT": char("Category for Vital Signs", "Grouping Qualifier", "Perm", origin="Assigned"),
        "VSSCAT": char("Subcategory for Vital Signs", "Grouping Qualifier", "Perm", origin="Assigned"),
        "VSPOS": char("Vital Signs Position of Subject", "Record Qualifier", "Perm", "C71148"),
        "VSORRES": char("Result or Finding in Original Units", "Result Qualifier", "Exp"),
        "VSORRESU": char("Original Units", "Variable Qualifier", "Exp", "C66770"),
        "VSSTRESC": char(
            "Character Result/Finding in Std Format", "Result Qualifier", "Exp", origin="Assigned"
        ),
        "VSSTRESN": num(
            "Numeric Result/Finding in Standard Units", "Result Qualifier", "Exp", origin="Derived"
        ),
        "VSSTRESU": char("Standard Units", "Variable Qualifier", "Exp", "C66770", origin="Assigned"),
        "VSSTAT": char("Completion Status", "Record Qualifier", "Perm", "C66789"),
        "VSREASND": char("Reason Not Performed", "Record Qualifier", "Perm"),
        "VSLOC": char("Location of Vital Signs Measurement", "Record Qualifier", "Perm", "C74456"),
        "VSLAT": char("Laterality", "Result Qualifier", "Perm", "C99073"),
        "VSLOBXFL": char(
            "Last Observation Before Exposure Flag",
            "Record Qualifier",
            "Exp",
            "C66742",
            terms=("Y",),
            origin="Derived",
        ),
        "VSBLFL": char("Baseline Flag", "Record Qualifier", "Perm", "C66742", terms=("Y",), origin="Derived"),
        "VSDRVFL": char("Derived Flag", "Record Qualifier", "Perm", "C66742", terms=("Y",), origin="Derived"),
        "VSCLSIG": char("Clinically Significant, Collected", "Record Qualifier", "Perm", "C66742"),
        "VISITNUM": num("Visit Number", "Timing", "Exp", origin="Assigned"),
        "VISIT": char("Visit Name", "Timing", "Perm", origin="Assigned"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "VSDTC": char("Date/Time of Measurements", "Timing", "Exp", iso8601="datetime"),
        "VSDY": num("Study Day of Vital Signs", "Timing", "Perm", "day", origin="Derived"),
        "VSTPT": char("Planned Time Point Name", "Timing", "Perm"),
        "VSTPTNUM": num("Planned Time Point Number", "Timing", "Perm", origin="Assigned"),
        "VSELTM": char(
            "Planned Elapsed Time from Time Point Ref",
            "Timing",
            "Perm",
            iso8601="duration",
            origin="Assigned",
        ),
        "VSTPTREF": char("Time Point Reference", "Timing", "Perm", origin="Assigned"),
        "VSRFTDTC": char("Date/Time of Reference Time Point", "Timing", "Perm", iso8601="datetime"),
    },
)
