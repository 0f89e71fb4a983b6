"""Dispositions: what people have decided about findings of conformance, told beside each finding.

A disposition is bound to a finding's id, which is made of rule, dataset, variable and cause: so it stays from run to
run, whatever happens to records and their numbers. It hides nothing: what is waived is shown as waived.
"""

from __future__ import annotations

import pandas as pd

DISPOSITION = ["ID", "DISPOSITION", "REASON", "OWNER", "DATE"]
FIX, EXPLAIN, WAIVE = "fix", "explain", "waive"
OPEN = "open"  # nobody has said anything yet
TO_FIX = "to be fixed"  # promised, and there has been no run since
NOT_FIXED = "promised to be fixed, still there"
EXPLAINED, WAIVED = "explained", "waived"
SETTLED = (EXPLAINED, WAIVED)
STANDING = (OPEN, NOT_FIXED, TO_FIX, *SETTLED)
DISPOSED = ["disposition", "reason", "owner", "date", "standing"]
FIXED = "fixed: its finding is gone"
GONE = "its finding is gone: take the line out, or look why the rule no longer finds it"
ELSEWHERE = "a finding of the CORE engine, which has not been run beside"


def disposed(findings: pd.DataFrame, dispositions: pd.DataFrame, made: str | None = None) -> pd.DataFrame:
    """The findings, each with disposition, reason, owner, date, and how it stands (STANDING).

    `made` is the day (YYYY-MM-DD) on which the data that were looked at were made: a promise of an earlier day has not
    been kept. Without it there is no telling, and every promise counts as one of those.
    """
    said = dispositions[DISPOSITION].astype("str").set_index("ID").reindex(findings["id"].to_numpy())
    given = said["DISPOSITION"]
    standing = given.map({EXPLAIN: EXPLAINED, WAIVE: WAIVED, FIX: NOT_FIXED}).fillna(OPEN)
    if made is not None:
        standing = standing.mask(given.eq(FIX) & said["DATE"].fillna("").ge(made), TO_FIX)
    columns = [*(said[name] for name in DISPOSITION[1:]), standing.astype("str")]
    return findings.assign(**{name: column.array for name, column in zip(DISPOSED, columns, strict=True)})


def stale(findings: pd.DataFrame, dispositions: pd.DataFrame) -> pd.DataFrame:
    """The dispositions whose finding is gone, with what that means (`words`): a fix that was done, or a line of which
    nobody knows any more what it is about. A reason that begins with a rule of the CORE engine (CORE-000741) is about a
    finding of CORE's, and says nothing where CORE has not been run."""
    gone = dispositions.loc[~dispositions["ID"].isin(findings["id"]), DISPOSITION].reset_index(drop=True)
    words = gone["DISPOSITION"].eq(FIX).map({True: FIXED, False: GONE})
    if not findings["rule"].astype("str").str.startswith("CORE-").any():
        words = words.mask(gone["REASON"].astype("str").str.startswith("CORE-"), ELSEWHERE)
    return gone.assign(words=words.astype("object"))


def standings(findings: pd.DataFrame) -> dict[str, int]:
    """How many findings stand in each way, of those that `disposed` returns; ways in which none stands are left out."""
    counts = findings["standing"].value_counts()
    return {name: int(counts[name]) for name in STANDING if name in counts}
