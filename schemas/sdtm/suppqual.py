"""One record per supplemental qualifier per related parent domain record(s).

Supplemental Qualifiers, SDTMIG 3.4 section 8.4: what a domain has no variable for.
"""

from pandera.pandas import DataFrameSchema

from schemas.columns import char, dataset


def supp(parent: str) -> DataFrameSchema:
    """SUPPAE for AE; for FAMH, a split of FA, SUPPFAMH with RDOMAIN FA."""
    domain = parent[:2]
    return dataset(
        f"SUPP{parent}",
        f"Supplemental Qualifiers for {parent}",
        "One record per supplemental qualifier per related parent domain record(s)",
        keys=("STUDYID", "RDOMAIN", "USUBJID", "IDVAR", "IDVARVAL", "QNAM"),
        domain=domain,
        klass="RELATIONSHIP",
        columns={
            "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Protocol"),
            "RDOMAIN": char(
                "Related Domain Abbreviation",
                "Identifier",
                "Req",
                "C66734",
                value=domain,
                length=2,
                origin="Assigned",
            ),
            "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Derived"),
            "IDVAR": char("Identifying Variable", "Identifier", "Exp", length=8, origin="Assigned"),
            "IDVARVAL": char("Identifying Variable Value", "Identifier", "Exp", origin="Assigned"),
            "QNAM": char("Qualifier Variable Name", "Topic", "Req", short_name=True, origin="Assigned"),
            "QLABEL": char(
                "Qualifier Variable Label", "Synonym Qualifier", "Req", length=40, origin="Assigned"
            ),
            "QVAL": char("Data Value", "Result Qualifier", "Req"),
            "QORIG": char("Origin", "Record Qualifier", "Req", origin="Assigned"),
            "QEVAL": char("Evaluator", "Record Qualifier", "Exp", "C78735", origin="Assigned"),
        },
    )
