"""One record per subject and time-to-event parameter.

Time to Event Analysis Dataset, ADaMIG 1.3 section 3.3; the derivations stand in sql/adam/adtte.sql.
"""

from schemas.columns import char, dataset, num

ADTTE = dataset(
    "ADTTE",
    "Time to Event Analysis Dataset",
    "One record per subject and time-to-event parameter",
    keys=("STUDYID", "USUBJID", "PARAMCD"),
    klass="BASIC DATA STRUCTURE",
    subclass="TIME-TO-EVENT",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Predecessor"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Predecessor"),
        "SUBJID": char("Subject Identifier for the Study", "Identifier", "Perm", origin="Predecessor"),
        "SITEID": char("Study Site Identifier", "Identifier", "Perm", origin="Predecessor"),
        "TRTP": char("Planned Treatment", "Record-Level Treatment", "Cond", origin="Predecessor"),
        "TRTA": char("Actual Treatment", "Record-Level Treatment", "Cond", origin="Predecessor"),
        "SAFFL": char(
            "Safety Population Flag", "Population Indicator", "Cond", terms=("Y", "N"), origin="Predecessor"
        ),
        "PARAM": char("Parameter", "Analysis Parameter", "Req", origin="Assigned"),
        "PARAMCD": char("Parameter Code", "Analysis Parameter", "Req", origin="Assigned"),
        "AVAL": num("Analysis Value", "Analysis Parameter", "Cond", origin="Derived"),
        "STARTDT": num(
            "Time-to-Event Origin Date for Subject", "Time-to-Event", "Perm", "date", origin="Predecessor"
        ),
        "ADT": num("Analysis Date", "Timing", "Cond", "date", origin="Derived"),
        "CNSR": num("Censor", "Time-to-Event", "Cond", "integer", origin="Derived"),
        "EVNTDESC": char("Event or Censoring Description", "Time-to-Event", "Perm", origin="Assigned"),
        "CNSDTDSC": char("Censor Date Description", "Time-to-Event", "Perm", origin="Assigned"),
        "SRCDOM": char("Source Data", "Datapoint Traceability", "Perm", origin="Assigned"),
        "SRCVAR": char("Source Variable", "Datapoint Traceability", "Perm", origin="Assigned"),
        "SRCSEQ": num(
            "Source Sequence Number", "Datapoint Traceability", "Perm", "integer", origin="Predecessor"
        ),
    },
)
