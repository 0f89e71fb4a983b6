"""What rows that say what is done with them leave behind, and what each version says by then."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.transactions import applied, of_all_within


def fates(*events: str, removed: str = "") -> list:
    """Events of rows a, b, ...: "a insert". `removed`: the rows within an element that the event "all remove" names."""
    identity = np.array([ord(event[0]) for event in events], int)
    kind = np.array([event.split()[1] for event in events], object)
    wide = np.array([event.startswith("all") for event in events], bool)
    within = [
        (np.flatnonzero(wide), np.where(wide, 0, [0 if e[0] in removed else 1 + n for n, e in enumerate(events)]))
    ]
    fate = applied(
        of_all_within(identity, kind, np.arange(len(events)), wide, within if wide.any() else []), len(events)
    )
    return fate, fate.outcome.fillna("stands").tolist()


@pytest.mark.parametrize(
    ("events", "outcomes"),
    [
        (["a insert", "a update"], ["newer", "stands"]),
        (["a insert", "a remove"], ["removed", "remove"]),
        (["a insert", "a remove", "a insert"], ["removed", "remove", "stands"]),
        (["a update"], ["refused"]),
        (["a insert", "a remove", "a update"], ["removed", "remove", "refused"]),
        (["a upsert", "a upsert"], ["newer", "stands"]),
        (["a insert", "a context"], ["stands", "context"]),
        (["a context", "a update"], ["context", "refused"]),
        (["a insert", "a unknown"], ["stands", "unknown"]),
        (["a remove"], ["remove"]),
        (["a insert", "b insert", "a remove", "b update"], ["removed", "newer", "remove", "stands"]),
    ],
)
def test_transactions_are_applied_in_their_order(events, outcomes):
    assert fates(*events)[1] == outcomes


def test_an_element_that_is_removed_takes_out_all_that_lies_within_it():
    fate, outcomes = fates("a insert", "b insert", "c insert", "all remove", "b upsert", removed="ab")
    assert outcomes == ["removed", "removed", "stands", "remove", "stands"]
    assert fate.last_of_removed.tolist() == [True, True, False, False, False]
    assert not fate.idle.any()


def test_what_breaks_the_order_is_known():
    fate, outcomes = fates("a insert", "a insert", "b remove", "a remove", "a remove")
    assert outcomes == ["newer", "removed", "remove", "remove", "remove"]
    assert fate.again.tolist() == [False, True, False, False, False]
    assert fate.idle.tolist() == [False, False, True, False, True]


def test_a_version_says_what_it_leaves_out_as_the_version_before_said_it():
    fate, _ = fates("a insert", "a update", "a update", "a remove", "a update", "a upsert", "a update")
    mentioned = np.array([True, False, True, False, True, False, False])
    # the refused update says nothing to those after it, and the removal speaks of the last version
    assert fate.version_with(mentioned).tolist() == [0, 0, 2, 2, -1, -1, -1]


def test_no_rows_are_no_transactions():
    fate, outcomes = fates()
    assert outcomes == [] and fate.version_with(np.zeros(0, bool)).tolist() == []


KINDS = ("insert", "update", "upsert", "replace", "remove", "context", "unknown")


def one_by_one(events: list[tuple[str, str, bool]]) -> tuple[list[str], list[int]]:
    """The outcome of each event, and the version that last mentions the column by then, by the words of the rules."""
    versions: dict[str, list[int]] = {}  # row -> its versions since it was last sent whole; empty: it is not there
    outcomes, said = [], []
    for at, (row, kind, _) in enumerate(events):
        there = versions.setdefault(row, [])
        outcome = "stands"
        if kind in ("context", "unknown"):
            outcome = kind
        elif kind == "remove":
            outcome = "remove"
            if there:
                outcomes[there[-1]] = "removed"
        elif kind == "update" and not there:
            outcome = "refused"
        else:
            if there:
                outcomes[there[-1]] = "newer"
            versions[row] = [*(there if kind in ("update", "upsert") else []), at]
        outcomes.append(outcome)
        mentions = [version for version in versions[row] if events[version][2]]
        acts = outcome == "stands" or kind == "remove" and there
        said.append(mentions[-1] if acts and mentions else -1)
        if kind == "remove":
            versions[row] = []
    return outcomes, said


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(KINDS), st.booleans()), max_size=12))
def test_all_at_once_is_one_by_one(events):
    fate, outcomes = fates(*(f"{row} {kind}" for row, kind, _ in events))
    expected, said = one_by_one(events)
    assert outcomes == expected
    acts = np.array([outcome not in ("context", "unknown", "refused") for outcome in expected], bool) & ~fate.idle
    found = fate.version_with(np.array([mentions for *_, mentions in events], bool))
    assert found[acts].tolist() == np.array(said, int)[acts].tolist()
