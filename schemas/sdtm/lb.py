"""One record per lab test per time point per visit per subject.

Laboratory Test Results, SDTMIG 3.4 section 6.3.
"""

from schemas.columns import char, dataset, num

LB = dataset(
    "LB",
    "Laboratory Test Results",
    "One record per lab test per time point per visit per subject",
    keys=("STUDYID", "USUBJID", "LBTESTCD", "LBSPEC", "LBMETHOD", "VISITNUM", "LBTPTNUM", "LBDTC"),
    unique=("STUDYID", "USUBJID", "LBSEQ"),
    klass="FINDINGS",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="LB", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "LBSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "LBREFID": char("Specimen ID", "Identifier", "Perm"),
        "LBSPID": char("Sponsor-Defined Identifier", "Identifier", "Perm"),
        "LBTESTCD": char(
            "Lab Test or Examination Short Name", "Topic", "Req", "C65047", short_name=True, origin="Assigned"
        ),
        "LBTEST": char(
            "Lab Test or Examination Name", "Synonym Qualifier", "Req", "C67154", length=40, origin="Assigned"
        ),
        "LBCAT": char("Category for Lab Test", "Grouping Qualifier", "Exp", origin="Assigned"),
        "LBSCAT": char("Subcategory for Lab Test", "Grouping Qualifier", "Perm", origin="Assigned"),
        "LBORRES": char("Result or Finding in Original Units", "Result Qualifier", "Exp"),
        "LBORRESU": char("Original Units", "Variable Qualifier", "Exp", "C71620"),
        "LBORNRLO": char("Reference Range Lower Limit in Orig Unit", "Variable Qualifier", "Exp"),
        "LBORNRHI": char("Reference Range Upper Limit in Orig Unit", "Variable Qualifier", "Exp"),
        "LBSTRESC": char(
            "Character Result/Finding in Std Format", "Result Qualifier", "Exp", origin="Assigned"
        ),
        "LBSTRESN": num(
            "Numeric Result/Finding in Standard Units", "Result Qualifier", "Exp", origin="Derived"
        ),
        "LBSTRESU": char("Standard Units", "Variable Qualifier", "Exp", "C71620", origin="Assigned"),
        "LBSTNRLO": num(
            "Reference Range Lower Limit-Std Units", "Variable Qualifier", "Exp", origin="Derived"
        ),
        "LBSTNRHI": num(
            "Reference Range Upper Limit-Std Units", "Variable Qualifier", "Exp", origin="Derived"
        ),
        "LBSTNRC": char("Reference Range for Char Rslt-Std Units", "Variable Qualifier", "Perm"),
        "LBNRIND": char(
            "Reference Range Indicator", "Variable Qualifier", "Exp", "C78736", origin="Assigned"
        ),
        "LBSTAT": char("Completion Status", "Record Qualifier", "Perm", "C66789"),
        "LBREASND": char("Reason Test Not Done", "Record Qualifier", "Perm"),
        "LBNAM": char("Vendor Name", "Record Qualifier", "Perm"),
        "LBLOINC": char("LOINC Code", "Synonym Qualifier", "Perm", origin="Assigned"),
        "LBSPEC": char("Specimen Type", "Record Qualifier", "Perm", "C78734"),
        "LBSPCCND": char("Specimen Condition", "Record Qualifier", "Perm", "C78733"),
        "LBMETHOD": char("Method of Test or Examination", "Record Qualifier", "Perm", "C85492"),
        "LBLOBXFL": char(
            "Last Observation Before Exposure Flag",
            "Record Qualifier",
            "Exp",
            "C66742",
            terms=("Y",),
            origin="Derived",
        ),
        "LBBLFL": char("Baseline Flag", "Record Qualifier", "Perm", "C66742", terms=("Y",), origin="Derived"),
        "LBFAST": char("Fasting Status", "Record Qualifier", "Perm", "C66742"),
        "LBDRVFL": char("Derived Flag", "Record Qualifier", "Perm", "C66742", terms=("Y",), origin="Derived"),
        "LBCLSIG": char("Clinically Significant, Collected", "Record Qualifier", "Perm", "C66742"),
        "VISITNUM": num("Visit Number", "Timing", "Exp", origin="Assigned"),
        "VISIT": char("Visit Name", "Timing", "Perm", origin="Assigned"),
        "VISITDY": num("Planned Study Day of Visit", "Timing", "Perm", "day", origin="Protocol"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "LBDTC": char("Date/Time of Specimen Collection", "Timing", "Exp", iso8601="datetime"),
        "LBDY": num("Study Day of Specimen Collection", "Timing", "Perm", "day", origin="Derived"),
        "LBTPT": char("Planned Time Point Name", "Timing", "Perm"),
        "LBTPTNUM": num("Planned Time Point Number", "Timing", "Perm", origin="Assigned"),
    },
)
