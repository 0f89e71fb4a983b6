"""One record per subject per adverse event.

Adverse Events Analysis Dataset, ADaM OCCDS 1.1; the derivations stand in sql/adam/adae.sql.
"""

from schemas.columns import char, dataset, num

ADAE = dataset(
    "ADAE",
    "Adverse Events Analysis Dataset",
    "One record per subject per adverse event",
    keys=("STUDYID", "USUBJID", "AESEQ"),
    klass="OCCURRENCE DATA STRUCTURE",
    subclass="ADVERSE EVENT",
    columns={
        "STUDYID": char("Study Identifier", "Identifier", "Req", origin="Predecessor"),
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req", origin="Predecessor"),
        "SUBJID": char("Subject Identifier for the Study", "Identifier", "Perm", origin="Predecessor"),
        "SITEID": char("Study Site Identifier", "Identifier", "Perm", origin="Predecessor"),
        "TRTA": char("Actual Treatment", "Record-Level Treatment", "Cond", origin="Predecessor"),
        "AGE": num("Age", "Subject Demographics", "Req", origin="Predecessor", nullable=True),
        "SEX": char("Sex", "Subject Demographics", "Req", "C66731", origin="Predecessor"),
        "SAFFL": char(
            "Safety Population Flag", "Population Indicator", "Cond", terms=("Y", "N"), origin="Predecessor"
        ),
        "TRTSDT": num(
            "Date of First Exposure to Treatment", "Treatment Timing", "Cond", "date", origin="Predecessor"
        ),
        "TRTEDT": num(
            "Date of Last Exposure to Treatment", "Treatment Timing", "Cond", "date", origin="Predecessor"
        ),
        "AESEQ": num(
            "Sequence Number", "Identifier", "Perm", "integer", origin="Predecessor", nullable=False
        ),
        "AESPID": char("Sponsor-Defined Identifier", "Identifier", "Perm", origin="Predecessor"),
        "AETERM": char(
            "Reported Term for the Adverse Event",
            "Dictionary Coding",
            "Perm",
            origin="Predecessor",
            nullable=False,
        ),
        "AEDECOD": char("Dictionary-Derived Term", "Dictionary Coding", "Perm", origin="Predecessor"),
        "AEBODSYS": char("Body System or Organ Class", "Dictionary Coding", "Perm", origin="Predecessor"),
        "AESOC": char("Primary System Organ Class", "Dictionary Coding", "Perm", origin="Predecessor"),
        "EPOCH": char("Epoch", "Timing", "Perm", "C99079", origin="Predecessor"),
        "AESTDTC": char(
            "Start Date/Time of Adverse Event", "Timing", "Perm", iso8601="datetime", origin="Predecessor"
        ),
        "ASTDT": num("Analysis Start Date", "Timing", "Cond", "date", origin="Derived"),
        "ASTDTF": char("Analysis Start Date Imputation Flag", "Timing", "Cond", "C81223", origin="Derived"),
        "ASTDY": num("Analysis Start Relative Day", "Timing", "Cond", "day", origin="Derived"),
        "AEENDTC": char(
            "End Date/Time of Adverse Event", "Timing", "Perm", iso8601="datetime", origin="Predecessor"
        ),
        "AENDT": num("Analysis End Date", "Timing", "Cond", "date", origin="Derived"),
        "AENDTF": char("Analysis End Date Imputation Flag", "Timing", "Cond", "C81223", origin="Derived"),
        "AENDY": num("Analysis End Relative Day", "Timing", "Cond", "day", origin="Derived"),
        "TRTEMFL": char(
            "Treatment Emergent Analysis Flag", "Indicator", "Cond", terms=("Y",), origin="Derived"
        ),
        "PREFL": char("Pre-treatment Flag", "Indicator", "Perm", terms=("Y",), origin="Derived"),
        "FUPFL": char("Follow-up Flag", "Indicator", "Perm", terms=("Y",), origin="Derived"),
        "AESER": char("Serious Event", "Descriptor", "Perm", "C66742", origin="Predecessor"),
        "AESEV": char("Severity/Intensity", "Descriptor", "Perm", "C66769", origin="Predecessor"),
        "ATOXGR": char("Analysis Toxicity Grade", "Toxicity and Range", "Perm", origin="Predecessor"),
        "ATOXGRN": num(
            "Analysis Toxicity Grade (N)", "Toxicity and Range", "Perm", "integer", origin="Derived"
        ),
        "AEREL": char("Causality", "Descriptor", "Perm", origin="Predecessor"),
        "AREL": char("Analysis Causality", "Descriptor", "Perm", origin="Derived"),
        "RELGR1": char(
            "Pooled Causality Group 1",
            "Descriptor",
            "Perm",
            terms=("RELATED", "NOT RELATED"),
            origin="Derived",
        ),
        "AEACN": char(
            "Action Taken with Study Treatment", "Descriptor", "Perm", "C66767", origin="Predecessor"
        ),
        "AEOUT": char("Outcome of Adverse Event", "Descriptor", "Perm", "C66768", origin="Predecessor"),
        "AOCCFL": char(
            "1st Occurrence within Subject Flag", "Occurrence Flag", "Perm", terms=("Y",), origin="Derived"
        ),
        "AOCCSFL": char(
            "1st Occurrence of SOC Flag", "Occurrence Flag", "Perm", terms=("Y",), origin="Derived"
        ),
        "AOCCPFL": char(
            "1st Occurrence of Preferred Term Flag", "Occurrence Flag", "Perm", terms=("Y",), origin="Derived"
        ),
        "AOCCIFL": char(
            "1st Max Sev./Int. Occurrence Flag", "Occurrence Flag", "Perm", terms=("Y",), origin="Derived"
        ),
        "AOCCPIFL": char(
            "1st Max Sev./Int. Occur Within PT Flag",
            "Occurrence Flag",
            "Perm",
            terms=("Y",),
            origin="Derived",
        ),
        "SRCDOM": char("Source Data", "Datapoint Traceability", "Perm", origin="Assigned"),
        "SRCVAR": char("Source Variable", "Datapoint Traceability", "Perm", origin="Assigned"),
        "SRCSEQ": num(
            "Source Sequence Number", "Datapoint Traceability", "Perm", "integer", origin="Predecessor"
        ),
    },
)
