"""One record per subject, parameter and assessment, or derived record of an analysis visit.

Questionnaires and Scores Analysis Dataset, ADaMIG 1.3 section 3.3; the derivations stand in sql/adam/adqs.sql.
"""

from schemas.columns import char, dataset, num

ADQS = dataset(
    "ADQS",
    "Questionnaires Analysis Dataset",
    "One record per subject, parameter and assessment, or derived record of an analysis visit",
    keys=("STUDYID", "USUBJID", "PARAMCD", "AVISITN", "ADT", "VISITNUM", "DTYPE"),
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
        "PARAM": char("Parameter", "Analysis Parameter", "Req", origin="Assigned"),
        "PARAMCD": char("Parameter Code", "Analysis Parameter", "Req", origin="Assigned"),
        "PARAMN": num("Parameter (N)", "Analysis Parameter", "Perm", "integer", origin="Assigned"),
        "PARCAT1": char("Parameter Category 1", "Analysis Parameter", "Perm", origin="Assigned"),
        "PARCAT2": char("Parameter Category 2", "Analysis Parameter", "Perm", origin="Assigned"),
        "VISITNUM": num("Visit Number", "Timing", "Perm", origin="Predecessor"),
        "VISIT": char("Visit Name", "Timing", "Perm", origin="Predecessor"),
        "AVISIT": char("Analysis Visit", "Timing", "Cond", origin="Derived"),
        "AVISITN": num("Analysis Visit (N)", "Timing", "Perm", origin="Derived"),
        "ADT": num("Analysis Date", "Timing", "Cond", "date", origin="Derived"),
        "ADY": num("Analysis Relative Day", "Timing", "Cond", "day", origin="Derived"),
        "AWTARGET": num(
            "Analysis Window Target", "Analysis Visit Windowing", "Perm", "day", origin="Assigned"
        ),
        "AWTDIFF": num(
            "Analysis Window Diff from Target",
            "Analysis Visit Windowing",
            "Perm",
            "integer",
            origin="Derived",
        ),
        "AWLO": num(
            "Analysis Window Beginning Timepoint",
            "Analysis Visit Windowing",
            "Perm",
            "day",
            origin="Assigned",
        ),
        "AWHI": num(
            "Analysis Window Ending Timepoint", "Analysis Visit Windowing", "Perm", "day", origin="Assigned"
        ),
        "AVAL": num("Analysis Value", "Analysis Parameter", "Cond", origin="Derived"),
        "AVALC": char("Analysis Value (C)", "Analysis Parameter", "Cond", origin="Derived"),
        "BASE": num("Baseline Value", "Analysis Parameter", "Cond", origin="Derived"),
        "CHG": num("Change from Baseline", "Analysis Parameter", "Perm", origin="Derived"),
        "PCHG": num("Percent Change from Baseline", "Analysis Parameter", "Perm", origin="Derived"),
        "CRIT1": char("Analysis Criterion 1", "Analysis Parameter Criteria", "Perm", origin="Assigned"),
        "CRIT1FL": char(
            "Criterion 1 Evaluation Result Flag",
            "Analysis Parameter Criteria",
            "Cond",
            terms=("Y", "N"),
            origin="Derived",
        ),
        "CRIT2": char("Analysis Criterion 2", "Analysis Parameter Criteria", "Perm", origin="Assigned"),
        "CRIT2FL": char(
            "Criterion 2 Evaluation Result Flag",
            "Analysis Parameter Criteria",
            "Cond",
            terms=("Y", "N"),
            origin="Derived",
        ),
        "CRIT3": char("Analysis Criterion 3", "Analysis Parameter Criteria", "Perm", origin="Assigned"),
        "CRIT3FL": char(
            "Criterion 3 Evaluation Result Flag",
            "Analysis Parameter Criteria",
            "Cond",
            terms=("Y", "N"),
            origin="Derived",
        ),
        "CRIT4": char("Analysis Criterion 4", "Analysis Parameter Criteria", "Perm", origin="Assigned"),
        "CRIT4FL": char(
            "Criterion 4 Evaluation Result Flag",
            "Analysis Parameter Criteria",
            "Cond",
            terms=("Y", "N"),
            origin="Derived",
        ),
        "ABLFL": char("Baseline Record Flag", "Flag", "Cond", terms=("Y",), origin="Derived"),
        "ANL01FL": char("Analysis Flag 01", "Flag", "Cond", terms=("Y",), origin="Derived"),
        "ONTRTFL": char("On Treatment Record Flag", "Flag", "Perm", terms=("Y",), origin="Derived"),
        "DTYPE": char(
            "Derivation Type", "Analysis Descriptor", "Cond", "C81224", terms=("LOCF", "NRI"), origin="Derived"
        ),
        "SRCDOM": char("Source Data", "Datapoint Traceability", "Perm", origin="Assigned"),
        "SRCVAR": char("Source Variable", "Datapoint Traceability", "Perm", origin="Assigned"),
        "SRCSEQ": num(
            "Source Sequence Number", "Datapoint Traceability", "Perm", "integer", origin="Predecessor"
        ),
    },
)
