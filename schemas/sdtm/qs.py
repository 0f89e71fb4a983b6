"""One record per questionnaire per question per time point per visit per subject.

Questionnaires, SDTMIG 3.4 section 6.3.
"""

from schemas.columns import char, dataset, num

QS = dataset(
    "QS",
    "Questionnaires",
    "One record per questionnaire per question per time point per visit per subject",
    keys=("STUDYID", "USUBJID", "QSCAT", "QSTESTCD", "VISITNUM", "QSDTC"),
    unique=("STUDYID", "USUBJID", "QSSEQ"),
    klass="FINDINGS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="QS", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "QSSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "QSSPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "QSTESTCD": char("Question Short Name", "Topic", "Req", short_name=True, origin="Assigned"),
        "QSTEST": char("Question Name", "Synonym Qualifier", "Req", length=40, origin="Assigned"),
        "QSCAT": char("Category of Question", "Grouping Qualifier", "Req", "C100129", origin="Assigned"),
        "QSSCAT": char("Subcategory for Question", "Grouping Qualifier", "Perm", origin="Assigned"),
        "QSORRES": char("Finding in Original Units", "Result Qualifier", "Exp"),
        "QSORRESU": char("Original Units", "Variable Qualifier", "Perm", "C71620"),
        "QSSTRESC": char(
            "Character Result/Finding in Std Format", "Result Qualifier", "Exp", origin="Assigned"
        ),
        "QSSTRESN": num("Numeric Finding in Standard Units", "Result Qualifier", "Perm", origin="Derived"),
        "QSSTRESU": char("Standard Units", "Variable Qualifier", "Perm", "C71620", origin="Assigned"),
        "QSSTAT": char("Completion Status", "Record Qualifier", "Perm", "C66789"),
        "QSREASND": char("Reason Not Performed", "Record Qualifier", "Perm"),
        "QSMETHOD": char(
            "Method of Test or Examination", "Record Qualifier", "Perm", "C158113", origin="Assigned"
        ),
        "QSLOBXFL": char(
            "Last Observation Before Exposure Flag",
            "Record Qualifier",
            "Exp",
            "C66742",
            terms=("Y",),
            origin="Derived",
        ),
        "QSBLFL": char("Baseline Flag", "Record Qualifier", "Perm", "C66742", terms=("Y",), origin="Derived"),
        "QSDRVFL": char("Derived Flag", "Record Qualifier", "Perm", "C66742", terms=("Y",), origin="Derived"),
        # Not in the IG table: from SDTM v2.0, after --DRVFL.
        "QSEVAL": char("Evaluator", "Record Qualifier", "Perm", "C78735", origin="Assigned"),
        "VISITNUM": num("Visit Number", "Timing", "Exp", origin="Assigned"),
        "VISIT": char("Visit Name", "Timing", "Perm", origin="Assigned"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "QSDTC": char("Date/Time of Finding", "Timing", "Exp", iso8601="datetime"),
        "QSDY": num("Study Day of Finding", "Timing", "Perm", "day", origin="Derived"),
        "QSEVLINT": char("Evaluation Interval", "Timing", "Perm", iso8601="duration", origin="Assigned"),
        "QSEVINTX": char("Evaluation Interval Text", "Timing", "Perm", origin="Assigned"),
    },
)
