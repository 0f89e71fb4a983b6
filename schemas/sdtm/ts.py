"""One record per trial summary parameter value.

Trial Summary, SDTMIG 3.4 section 7.
"""

from schemas.columns import char, dataset, num

# ISO 21090
NULL_FLAVORS = (
    "NI",
    "INV",
    "DER",
    "OTH",
    "NINF",
    "PINF",
    "UNC",
    "MSK",
    "NA",
    "UNK",
    "ASKU",
    "NAV",
    "NASK",
    "QS",
    "TRC",
)

TS = dataset(
    "TS",
    "Trial Summary",
    "One record per trial summary parameter value",
    keys=("STUDYID", "TSPARMCD", "TSSEQ"),
    klass="TRIAL DESIGN",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="TS", length=2, origin="Assigned"),
        "TSSEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Assigned"),
        "TSGRPID": char("Group ID", "Identifier", "Perm", origin="Protocol"),
        "TSPARMCD": char(
            "Trial Summary Parameter Short Name", "Topic", "Req", "C66738", length=8, origin="Protocol"
        ),
        "TSPARM": char(
            "Trial Summary Parameter", "Synonym Qualifier", "Req", "C67152", length=40, origin="Protocol"
        ),
        "TSVAL": char("Parameter Value", "Result Qualifier", "Exp", origin="Protocol"),
        "TSVALNF": char(
            "Parameter Value Null Flavor", "Result Qualifier", "Perm", terms=NULL_FLAVORS, origin="Protocol"
        ),
        "TSVALCD": char("Parameter Value Code", "Result Qualifier", "Exp", origin="Protocol"),
        "TSVCDREF": char(
            "Name of the Reference Terminology", "Result Qualifier", "Exp", "C66788", origin="Protocol"
        ),
        "TSVCDVER": char(
            "Version of the Reference Terminology", "Result Qualifier", "Exp", origin="Protocol"
        ),
    },
)
