"""One record per subject, vital sign, time point and assessment, or derived record of a day or an analysis visit.

Vital Signs Analysis Dataset, ADaMIG 1.3 section 3.3; the derivations stand in sql/adam/advs.sql.
"""

from schemas.columns import char, dataset, num

WINDOW = "Analysis Visit Windowing"

ADVS = dataset(
    "ADVS",
    "Vital Signs Analysis Dataset",
    "One record per subject, vital sign, time point and assessment, or derived record of a day or visit",
    keys=("STUDYID", "USUBJID", "PARAMCD", "ADT", "AVISITN", "VISITNUM", "ATPTN", "DTYPE", "VSPOS"),
    unique=("STUDYID", "USUBJID", "ASEQ"),
    klass="BASIC DATA STRUCTURE",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Predecessor"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Predecessor"),
        "SUBJID": char("Subject Identifier for the Study", "Identifier", "Perm", origin="Predecessor"),
        "SITEID": char("Study Site Identifier", "Identifier", "Perm", origin="Predecessor"),
        "ASEQ": num("Analysis Sequence Number", "Identifier", "Perm", "integer", origin="Derived", nullable=False),
        "TRTP": char("Planned Treatment", "Record-Level Treatment", "Cond", origin="Predecessor"),
        "TRTA": char("Actual Treatment", "Record-Level Treatment", "Cond", origin="Predecessor"),
        "SAFFL": char("Safety Population Flag", "Population Indicator", "Cond", terms=("Y", "N"), origin="Predecessor"),
        "TRTSDT": num("Date of First Exposure to Treatment", "Treatment Timing", "Cond", "date", origin="Predecessor"),
        "TRTEDT": num("Date of Last Exposure to Treatment", "Treatment Timing", "Cond", "date", origin="Predecessor"),
        "PARAM": char("Parameter", "Analysis Parameter", "Req", origin="Assigned"),
        "PARAMCD": char("Parameter Code", "Analysis Parameter", "Req", origin="Assigned"),
        "PARAMN": num("Parameter (N)", "Analysis Parameter", "Perm", "integer", origin="Assigned"),
        "PARCAT1": char("Parameter Category 1", "Analysis Parameter", "Perm", origin="Assigned"),
        "VISITNUM": num("Visit Number", "Timing", "Perm", origin="Predecessor"),
        "VISIT": char("Visit Name", "Timing", "Perm", origin="Predecessor"),
        "AVISIT": char("Analysis Visit", "Timing", "Cond", origin="Derived"),
        "AVISITN": num("Analysis Visit (N)", "Timing", "Perm", origin="Derived"),
        "ATPT": char("Analysis Timepoint", "Timing", "Cond", origin="Predecessor"),
        "ATPTN": num("Analysis Timepoint (N)", "Timing", "Perm", origin="Predecessor"),
        "ADT": num("Analysis Date", "Timing", "Cond", "date", origin="Derived"),
        "ADTM": num("Analysis Datetime", "Timing", "Cond", "datetime", origin="Derived"),
        "ADY": num("Analysis Relative Day", "Timing", "Cond", "day", origin="Derived"),
        "AWTARGET": num("Analysis Window Target", WINDOW, "Perm", "day", origin="Assigned"),
        "AWTDIFF": num("Analysis Window Diff from Target", WINDOW, "Perm", "integer", origin="Derived"),
        "AWLO": num("Analysis Window Beginning Timepoint", WINDOW, "Perm", "day", origin="Assigned"),
        "AWHI": num("Analysis Window Ending Timepoint", WINDOW, "Perm", "day", origin="Assigned"),
        "AVAL": num("Analysis Value", "Analysis Parameter", "Cond", origin="Derived"),
        "BASE": num("Baseline Value", "Analysis Parameter", "Cond", origin="Derived"),
        "BASETYPE": char("Baseline Type", "Analysis Parameter", "Cond", origin="Assigned"),
        "CHG": num("Change from Baseline", "Analysis Parameter", "Perm", origin="Derived"),
        "PCHG": num("Percent Change from Baseline", "Analysis Parameter", "Perm", origin="Derived"),
        "ABLFL": char("Baseline Record Flag", "Flag", "Cond", terms=("Y",), origin="Derived"),
        "ANL01FL": char("Analysis Flag 01", "Flag", "Cond", terms=("Y",), origin="Derived"),
        "ONTRTFL": char("On Treatment Record Flag", "Flag", "Perm", terms=("Y",), origin="Derived"),
        "DTYPE": char(
            "Derivation Type",
            "Analysis Descriptor",
            "Cond",
            "C81224",
            terms=("AVERAGE", "LOCF", "LOV"),
            origin="Derived",
        ),
        "VSPOS": char("Vital Signs Position of Subject", "Analysis Parameter", "Perm", origin="Predecessor"),
        "VSSTRESU": char("Standard Units", "Analysis Parameter", "Perm", origin="Assigned"),
        "SRCDOM": char("Source Data", "Datapoint Traceability", "Perm", origin="Assigned"),
        "SRCVAR": char("Source Variable", "Datapoint Traceability", "Perm", origin="Assigned"),
        "SRCSEQ": num("Source Sequence Number", "Datapoint Traceability", "Perm", "integer", origin="Derived"),
    },
)
