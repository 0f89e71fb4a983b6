"""RELREC: which findings belong to which condition (SDTMIG 3.4 section 8.2)."""

import numpy as np
import pandas as pd

from schemas.study import Study
from transforms.distinct import constant, mapped, ranks, stacked


def relrec(famh: pd.DataFrame, mh: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per related record: a condition and the findings about it share a RELID within the subject.

    - RELID: MH and the number (MHSEQ) of the condition.
    - IDVAR, IDVARVAL: MHSEQ of the condition or FASEQ of the finding, and its value.
    - RDOMAIN, USUBJID: those of the condition or finding.

    FAOBJ is the parent's MHDECOD, or its MHTERM (SDTMIG 3.4 section 6.4.1); of several such parents the first.
    Records are related one by one, so RELTYPE is missing (SDTMIG 3.4 section 8.2.1)."""
    named = [_named(mh, "MHSEQ", name) for name in ("MHDECOD", "MHTERM") if name in mh]
    parent = stacked(named).sort_values("MHSEQ", kind="stable")
    parent = parent.dropna(subset="term").drop_duplicates(["USUBJID", "term"])
    child = _named(famh, "FASEQ", "FAOBJ")
    both = stacked([parent, child])  # one numbering of subjects and terms, so that pairs of numbers can be compared
    pair = ranks(both["USUBJID"]) * (len(both) + 1) + ranks(both["term"])
    at = pd.Index(pair[: len(parent)]).get_indexer(pair[len(parent) :])
    at = np.where(child["term"].isna(), -1, at)
    child, at = child[at >= 0], at[at >= 0]
    child = child.assign(MHSEQ=parent["MHSEQ"].to_numpy()[at])
    parent = parent.take(np.unique(at)).drop_duplicates(["USUBJID", "MHSEQ"])
    rows = stacked([_related(parent, "MH", "MHSEQ"), _related(child, "FA", "FASEQ")])
    rows = rows.take(np.lexsort((rows["place"], ranks(rows["RELID"]), ranks(rows["USUBJID"])))).reset_index(drop=True)
    rows = rows.drop(columns="place")
    return rows.assign(STUDYID=constant(study.id, len(rows)), RELTYPE=constant(None, len(rows)))


def _named(records: pd.DataFrame, seq: str, name: str) -> pd.DataFrame:
    """One record per record: subject, number, the term by which it may be related, in upper case, and its place."""
    term = mapped(records[name], lambda values: values.astype("str").str.upper())
    return records[["USUBJID", seq, "_file", "_row"]].assign(term=term)


def _related(rows: pd.DataFrame, domain: str, seq: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "RDOMAIN": constant(domain, len(rows)),
            "USUBJID": rows["USUBJID"],
            "IDVAR": constant(seq, len(rows)),
            "IDVARVAL": mapped(rows[seq], lambda values: values.astype("int64").astype("str")),
            "RELID": mapped(rows["MHSEQ"], lambda values: "MH" + values.astype("int64").astype("str")),
            "_file": rows["_file"],
            "_row": rows["_row"],
            "place": rows[seq] if domain == "FA" else 0,
        }
    )
