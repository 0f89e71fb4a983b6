"""One record per ECG observation per replicate per time point, or per beat per visit per subject.

ECG Test Results, SDTMIG 3.4 section 6.3.
"""

from schemas.columns import char, dataset, num

EG = dataset(
    "EG",
    "ECG Test Results",
    "One record per ECG observation per replicate per time point or "
    "one record per ECG observation per beat per visit per subject",
    keys=("STUDYID", "USUBJID", "EGTESTCD", "EGEVAL", "VISITNUM", "EGTPTNUM", "EGREPNUM", "EGDTC"),
    unique=("STUDYID", "USUBJID", "EGSEQ"),
    klass="FINDINGS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="EG", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "EGSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "EGREFID": char("ECG Reference ID", "Identifier", "Perm"),
        "EGSPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "EGTESTCD": char(
            "ECG Test or Examination Short Name",
            "Topic",
            "Req",
            ("C71153", "C120523"),
            short_name=True,
            origin="Assigned",
        ),
        "EGTEST": char(
            "ECG Test or Examination Name",
            "Synonym Qualifier",
            "Req",
            ("C71152", "C120524"),
            length=40,
            origin="Assigned",
        ),
        "EGCAT": char("Category for ECG", "Grouping Qualifier", "Perm", origin="Assigned"),
        "EGSCAT": char("Subcategory for ECG", "Grouping Qualifier", "Perm", origin="Assigned"),
        "EGPOS": char("ECG Position of Subject", "Record Qualifier", "Perm", "C71148"),
        "EGORRES": char("Result or Finding in Original Units", "Result Qualifier", "Exp"),
        "EGORRESU": char("Original Units", "Variable Qualifier", "Perm", "C71620"),
        "EGSTRESC": char(
            "Character Result/Finding in Std Format", "Result Qualifier", "Exp", origin="Assigned"
        ),
        "EGSTRESN": num(
            "Numeric Result/Finding in Standard Units", "Result Qualifier", "Perm", origin="Derived"
        ),
        "EGSTRESU": char("Standard Units", "Variable Qualifier", "Perm", "C71620", origin="Assigned"),
        "EGSTAT": char("Completion Status", "Record Qualifier", "Perm", "C66789"),
        "EGREASND": char("Reason ECG Not Done", "Record Qualifier", "Perm"),
        "EGNAM": char("Vendor Name", "Record Qualifier", "Perm"),
        "EGMETHOD": char("Method of Test or Examination", "Record Qualifier", "Perm", "C71151"),
        "EGLEAD": char("Lead Location Used for Measurement", "Record Qualifier", "Perm", "C90013"),
        "EGLOBXFL": char(
            "Last Observation Before Exposure Flag",
            "Record Qualifier",
            "Exp",
            "C66742",
            terms=("Y",),
            origin="Derived",
        ),
        "EGBLFL": char("Baseline Flag", "Record Qualifier", "Perm", "C66742", terms=("Y",), origin="Derived"),
        "EGDRVFL": char("Derived Flag", "Record Qualifier", "Perm", "C66742", terms=("Y",), origin="Derived"),
        "EGEVAL": char("Evaluator", "Record Qualifier", "Perm", "C78735"),
        "EGCLSIG": char("Clinically Significant, Collected", "Record Qualifier", "Perm", "C66742"),
        "EGREPNUM": num("Repetition Number", "Record Qualifier", "Perm"),
        "VISITNUM": num("Visit Number", "Timing", "Exp", origin="Assigned"),
        "VISIT": char("Visit Name", "Timing", "Perm", origin="Assigned"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "EGDTC": char("Date/Time of ECG", "Timing", "Exp", iso8601="datetime"),
        "EGDY": num("Study Day of ECG", "Timing", "Perm", "day", origin="Derived"),
        "EGTPT": char("Planned Time Point Name", "Timing", "Perm"),
        "EGTPTNUM": num("Planned Time Point Number", "Timing", "Perm", origin="Assigned"),
    },
)
