"""One record per response assessment or clinical classification assessment
per time point per visit per subject per assessor per medical evaluator.

Disease Response and Clin Classification, SDTMIG 3.4 section 6.3.
"""

from schemas.columns import char, dataset, num

RS = dataset(
    "RS",
    "Disease Response and Clin Classification",
    "One record per response assessment or clinical classification assessment "
    "per time point per visit per subject per assessor per medical evaluator",
    keys=("STUDYID", "USUBJID", "RSCAT", "RSTESTCD", "RSEVALID", "VISITNUM", "RSDTC"),
    unique=("STUDYID", "USUBJID", "RSSEQ"),
    klass="FINDINGS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="RS", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "RSSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "RSSPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        # The IG's codelists of test and result are the oncology ones; PASI and its like have their own.
        "RSTESTCD": char("Assessment Short Name", "Topic", "Req", short_name=True, origin="Assigned"),
        "RSTEST": char("Assessment Name", "Synonym Qualifier", "Req", length=40, origin="Assigned"),
        "RSCAT": char(
            "Category for Assessment", "Grouping Qualifier", "Exp", ("C124298", "C118971"), origin="Assigned"
        ),
        "RSSCAT": char("Subcategory", "Grouping Qualifier", "Perm", origin="Assigned"),
        "RSORRES": char("Result or Finding in Original Units", "Result Qualifier", "Exp"),
        "RSORRESU": char("Original Units", "Variable Qualifier", "Perm", "C71620"),
        "RSSTRESC": char(
            "Character Result/Finding in Std Format", "Result Qualifier", "Exp", origin="Assigned"
        ),
        "RSSTRESN": num(
            "Numeric Result/Finding in Standard Units", "Result Qualifier", "Perm", origin="Derived"
        ),
        "RSSTRESU": char("Standard Units", "Variable Qualifier", "Perm", "C71620", origin="Assigned"),
        "RSSTAT": char("Completion Status", "Record Qualifier", "Perm", "C66789"),
        "RSREASND": char("Reason Not Done", "Record Qualifier", "Perm"),
        "RSMETHOD": char(
            "Method of Test or Examination", "Record Qualifier", "Perm", "C158113", origin="Assigned"
        ),
        "RSLOBXFL": char(
            "Last Observation Before Exposure Flag",
            "Record Qualifier",
            "Perm",
            "C66742",
            terms=("Y",),
            origin="Derived",
        ),
        "RSBLFL": char("Baseline Flag", "Record Qualifier", "Perm", "C66742", terms=("Y",), origin="Derived"),
        "RSDRVFL": char("Derived Flag", "Record Qualifier", "Perm", "C66742", terms=("Y",), origin="Derived"),
        "RSEVAL": char("Evaluator", "Record Qualifier", "Perm", "C78735", origin="Assigned"),
        "RSEVALID": char("Evaluator Identifier", "Variable Qualifier", "Perm", "C96777", origin="Assigned"),
        "VISITNUM": num("Visit Number", "Timing", "Exp", origin="Assigned"),
        "VISIT": char("Visit Name", "Timing", "Perm", origin="Assigned"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "RSDTC": char("Date/Time of Assessment", "Timing", "Exp", iso8601="datetime"),
        "RSDY": num("Study Day of Assessment", "Timing", "Perm", "day", origin="Derived"),
        "RSEVLINT": char("Evaluation Interval", "Timing", "Perm", iso8601="duration", origin="Assigned"),
        "RSEVINTX": char("Evaluation Interval Text", "Timing", "Perm", origin="Assigned"),
    },
)
