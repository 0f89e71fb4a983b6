"""One record per planned Element per Arm.

Trial Arms, SDTMIG 3.4 section 7.
"""

from schemas.columns import char, dataset, num

TA = dataset(
    "TA",
    "Trial Arms",
    "One record per planned Element per Arm",
    keys=("STUDYID", "ARMCD", "TAETORD"),
    klass="TRIAL DESIGN",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="TA", length=2, origin="Assigned"),
        "ARMCD": char("Planned Arm Code", "Topic", "Req", length=20, origin="Protocol"),
        "ARM": char("Description of Planned Arm", "Synonym Qualifier", "Req", origin="Protocol"),
        "TAETORD": num("Planned Order of Element within Arm", "Timing", "Req", "integer", origin="Protocol"),
        "ETCD": char("Element Code", "Record Qualifier", "Req", length=8, origin="Protocol"),
        "ELEMENT": char("Description of Element", "Synonym Qualifier", "Perm", origin="Protocol"),
        "TABRANCH": char("Branch", "Rule", "Exp", origin="Protocol"),
        "TATRANS": char("Transition Rule", "Rule", "Exp", origin="Protocol"),
        "EPOCH": char("Epoch", "Timing", "Req", "C99079", origin="Protocol"),
    },
)
