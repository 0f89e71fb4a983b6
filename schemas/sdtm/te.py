"""One record per planned Element.

Trial Elements, SDTMIG 3.4 section 7.
"""

from schemas.columns import char, dataset

TE = dataset(
    "TE",
    "Trial Elements",
    "One record per planned Element",
    keys=("STUDYID", "ETCD"),
    klass="TRIAL DESIGN",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="TE", length=2, origin="Assigned"),
        "ETCD": char("Element Code", "Topic", "Req", length=8, origin="Protocol"),
        "ELEMENT": char("Description of Element", "Synonym Qualifier", "Req", origin="Protocol"),
        "TESTRL": char("Rule for Start of Element", "Rule", "Req", origin="Protocol"),
        "TEENRL": char("Rule for End of Element", "Rule", "Perm", origin="Protocol"),
        "TEDUR": char("Planned Duration of Element", "Timing", "Perm", iso8601="duration", origin="Protocol"),
    },
)
