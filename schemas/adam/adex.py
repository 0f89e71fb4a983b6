"""One record per subject, treatment, parameter and dose; one per subject and treatment for sums.

Exposure Analysis Dataset, ADaMIG 1.3 section 3.3; the derivations stand in sql/adam/adex.sql.
"""

from schemas.columns import char, dataset, num

ADEX = dataset(
    "ADEX",
    "Exposure Analysis Dataset",
    "One record per subject, treatment, parameter and dose; one per subject and treatment for sums",
    keys=("STUDYID", "USUBJID", "EXTRT", "PARAMCD", "ASTDT"),
    unique=("STUDYID", "USUBJID", "ASEQ"),
    klass="BASIC DATA STRUCTURE",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Predecessor"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Predecessor"),
        "SUBJID": char("Subject Identifier for the Study", "Identifier", "Perm", origin="Predecessor"),
        "SITEID": char("Study Site Identifier", "Identifier", "Perm", origin="Predecessor"),
        "ASEQ": num(
            "Analysis Sequence Number", "Identifier", "Perm", "integer", origin="Derived", nullable=False
        ),
        "TRTP": char("Planned Treatment", "Record-Level Treatment", "Cond", origin="Predecessor"),
        "TRTA": char("Actual Treatment", "Record-Level Treatment", "Cond", origin="Predecessor"),
        "SAFFL": char(
            "Safety Population Flag", "Population Indicator", "Cond", terms=("Y", "N"), origin="Predecessor"
        ),
        "TRTSDT": num(
            "Date of First Exposure to Treatment", "Treatment Timing", "Cond", "date", origin="Predecessor"
        ),
        "TRTEDT": num(
            "Date of Last Exposure to Treatment", "Treatment Timing", "Cond", "date", origin="Predecessor"
        ),
        "EXTRT": char("Name of Treatment", "Treatment", "Perm", origin="Predecessor"),
        "PARAM": char("Parameter", "Analysis Parameter", "Req", origin="Assigned"),
        "PARAMCD": char("Parameter Code", "Analysis Parameter", "Req", origin="Assigned"),
        "PARAMN": num("Parameter (N)", "Analysis Parameter", "Perm", "integer", origin="Assigned"),
        "AVISIT": char("Analysis Visit", "Timing", "Cond", origin="Assigned"),
        "ASTDT": num("Analysis Start Date", "Timing", "Cond", "date", origin="Derived"),
        "ASTDY": num("Analysis Start Relative Day", "Timing", "Cond", "day", origin="Derived"),
        "AENDT": num("Analysis End Date", "Timing", "Cond", "date", origin="Derived"),
        "AENDY": num("Analysis End Relative Day", "Timing", "Cond", "day", origin="Derived"),
        "DOSEP": num("Planned Treatment Dose", "Record-Level Dose", "Perm", origin="Assigned"),
        "DOSEA": num("Actual Treatment Dose", "Record-Level Dose", "Perm", origin="Derived"),
        "DOSEU": char("Treatment Dose Units", "Record-Level Dose", "Perm", origin="Assigned"),
        "AVAL": num("Analysis Value", "Analysis Parameter", "Cond", origin="Derived"),
        "EXADJ": char("Reason for Dose Adjustment", "Record-Level Dose", "Perm", origin="Predecessor"),
        "SRCDOM": char("Source Data", "Datapoint Traceability", "Perm", origin="Assigned"),
        "SRCVAR": char("Source Variable", "Datapoint Traceability", "Perm", origin="Assigned"),
        "SRCSEQ": num(
            "Source Sequence Number", "Datapoint Traceability", "Perm", "integer", origin="Predecessor"
        ),
    },
)
