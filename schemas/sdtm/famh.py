"""One record per finding, per object, per time point, per visit per subject.

Findings About Medical History, SDTMIG 3.4 section 6.4: the part of FA whose objects are in MH.
"""

from schemas.columns import char, dataset, num

FAMH = dataset(
    "FAMH",
    "Findings About Medical History",
    "One record per finding, per object, per time point, per visit per subject",
    keys=("STUDYID", "USUBJID", "FATESTCD", "FAOBJ", "FALOC", "VISITNUM", "FADTC"),
    unique=("STUDYID", "USUBJID", "FASEQ"),
    domain="FA",
    klass="FINDINGS ABOUT",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="FA", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "FASEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "FASPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "FATESTCD": char(
            "Findings About Test Short Name", "Topic", "Req", "C101832", short_name=True, origin="Assigned"
        ),
        "FATEST": char(
            "Findings About Test Name", "Synonym Qualifier", "Req", "C101833", length=40, origin="Assigned"
        ),
        "FAOBJ": char("Object of the Observation", "Record Qualifier", "Req", origin="Assigned"),
        "FACAT": char("Category for Findings About", "Grouping Qualifier", "Perm", origin="Assigned"),
        "FASCAT": char("Subcategory for Findings About", "Grouping Qualifier", "Perm", origin="Assigned"),
        "FAORRES": char("Result or Finding in Original Units", "Result Qualifier", "Exp"),
        "FAORRESU": char("Original Units", "Variable Qualifier", "Perm", "C71620"),
        "FASTRESC": char(
            "Character Result/Finding in Std Format", "Result Qualifier", "Exp", origin="Assigned"
        ),
        "FASTRESN": num(
            "Numeric Result/Finding in Standard Units", "Result Qualifier", "Perm", origin="Derived"
        ),
        "FASTRESU": char("Standard Units", "Variable Qualifier", "Perm", "C71620", origin="Assigned"),
        "FASTAT": char("Completion Status", "Record Qualifier", "Perm", "C66789"),
        "FAREASND": char("Reason Not Performed", "Record Qualifier", "Perm"),
        "FALOC": char("Location of the Finding About", "Record Qualifier", "Perm", "C74456"),
        "FALAT": char("Laterality", "Variable Qualifier", "Perm", "C99073"),
        # Not in the IG table: from SDTM v2.0, between --LAT and --LOBXFL.
        "FAMETHOD": char(
            "Method of Test or Examination", "Record Qualifier", "Perm", "C85492", origin="Assigned"
        ),
        "FALOBXFL": char(
            "Last Observation Before Exposure Flag",
            "Record Qualifier",
            "Perm",
            "C66742",
            terms=("Y",),
            origin="Derived",
        ),
        "FABLFL": char("Baseline Flag", "Record Qualifier", "Perm", "C66742", terms=("Y",), origin="Derived"),
        "FAEVAL": char("Evaluator", "Record Qualifier", "Perm", "C78735", origin="Assigned"),
        "VISITNUM": num("Visit Number", "Timing", "Exp", origin="Assigned"),
        "VISIT": char("Visit Name", "Timing", "Perm", origin="Assigned"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "FADTC": char("Date/Time of Collection", "Timing", "Exp", iso8601="datetime"),
        "FADY": num("Study Day of Collection", "Timing", "Perm", "day", origin="Derived"),
    },
)
