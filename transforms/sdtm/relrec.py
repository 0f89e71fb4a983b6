"""RELREC: which findings belong to which condition (SDTMIG 3.4 section 8.2)."""

import pandas as pd

from schemas.study import Study
from transforms.sdtm.records import constant


def relrec(famh: pd.DataFrame, mh: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per related record: a condition and the findings about it share a RELID within the subject.

    FAOBJ is the parent's MHDECOD, or its MHTERM (SDTMIG 3.4 section 6.4.1); of several such parents the first.
    Records are related one by one, so RELTYPE is missing (SDTMIG 3.4 section 8.2.1)."""
    named = [
        mh.assign(term=mh[name].astype("str").str.upper()) for name in ("MHDECOD", "MHTERM") if name in mh
    ]
    parent = pd.concat(named, ignore_index=True)[["USUBJID", "term", "MHSEQ", "_file", "_row"]]
    parent = parent.astype({"USUBJID": "str"}).sort_values("MHSEQ", kind="stable")
    parent = parent.dropna(subset="term").drop_duplicates(["USUBJID", "term"])
    child = famh[["USUBJID", "FAOBJ", "FASEQ", "_file", "_row"]].astype({"USUBJID": "str", "FAOBJ": "str"})
    child = child.assign(term=child["FAOBJ"].str.upper())
    child = child.merge(parent[["USUBJID", "term", "MHSEQ"]], on=["USUBJID", "term"])
    parent = parent.drop_duplicates(["USUBJID", "MHSEQ"])
    parent = parent.merge(child[["USUBJID", "MHSEQ"]].drop_duplicates(), on=["USUBJID", "MHSEQ"])
    rows = pd.concat([_related(parent, "MH", "MHSEQ"), _related(child, "FA", "FASEQ")], ignore_index=True)
    rows = rows.sort_values(["USUBJID", "RELID", "place"], kind="stable", ignore_index=True).drop(
        columns="place"
    )
    return rows.assign(STUDYID=constant(study.id, len(rows)), RELTYPE=constant(None, len(rows)))


def _related(rows: pd.DataFrame, domain: str, seq: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "RDOMAIN": domain,
            "USUBJID": rows["USUBJID"],
            "IDVAR": seq,
            "IDVARVAL": rows[seq].astype("str"),
            "RELID": "MH" + rows["MHSEQ"].astype("str"),
            "_file": rows["_file"].astype("str"),
            "_row": rows["_row"],
            "place": rows[seq] if domain == "FA" else 0,
        }
    ).astype({"RDOMAIN": "str", "IDVAR": "str"})
