"""One record per actual Element per subject.

Subject Elements, SDTMIG 3.4 section 5.
"""

from schemas.columns import char, dataset, num

SE = dataset(
    "SE",
    "Subject Elements",
    "One record per actual Element per subject",
    keys=("STUDYID", "USUBJID", "ETCD", "SESTDTC"),
    unique=("STUDYID", "USUBJID", "SESEQ"),
    klass="SPECIAL PURPOSE",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
        "DOMAIN": char("Domain Abbreviation", "Identifier", "Req", value="SE", length=2, origin="Assigned"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
        "SESEQ": num("Sequence Number", "Identifier", "Req", "integer", origin="Derived"),
        "ETCD": char("Element Code", "Topic", "Req", length=8, origin="Derived"),
        "ELEMENT": char("Description of Element", "Synonym Qualifier", "Perm", origin="Derived"),
        "TAETORD": num("Planned Order of Element within Arm", "Timing", "Perm", "integer", origin="Derived"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Derived"),
        "SESTDTC": char("Start Date/Time of Element", "Timing", "Req", iso8601="datetime", origin="Derived"),
        "SEENDTC": char("End Date/Time of Element", "Timing", "Exp", iso8601="datetime", origin="Derived"),
        "SESTDY": num("Study Day of Start of Element", "Timing", "Perm", "day", origin="Derived"),
        "SEENDY": num("Study Day of End of Element", "Timing", "Perm", "day", origin="Derived"),
        "SEUPDES": char("Description of Unplanned Element", "Synonym Qualifier", "Perm", origin="Assigned"),
    },
)
