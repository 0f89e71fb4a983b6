"""Rows that say what is done with them, applied in their order: what stands in the end, and what each row says by then.

insert   a new row; update changes a row that is there; upsert is either; replace is the row sent whole
remove   takes a row out: it can only be inserted again
context  changes nothing

The rules are those of ODM 1.3.2 for transactional files. An error in the order is a finding, and never undoes what is
certain: an update without its row is refused; an insert of a row that is there, and a removal of none, are said.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

KINDS = ("context", "insert", "replace", "upsert", "update", "remove", "unknown")
CONTEXT, INSERT, REPLACE, UPSERT, UPDATE, REMOVE, UNKNOWN = range(len(KINDS))


class Events(NamedTuple):
    """One record per row, and per row that lies within an element that is removed: whose row it is about, what is done,
    when, which row says it, and whether that row is about this one alone."""

    identity: np.ndarray
    kind: np.ndarray
    order: np.ndarray
    row: np.ndarray
    own: np.ndarray


class Fate(NamedTuple):
    """What became of each row.

    outcome          newer, removed, remove, context, refused, unknown; missing: it stands
    active           rows that set or change something
    again, idle      inserts of a row that is there; removals of a row that is not
    last_of_removed  the version that was taken out
    """

    outcome: pd.Series
    active: np.ndarray
    again: np.ndarray
    idle: np.ndarray
    last_of_removed: np.ndarray
    events: Events
    start: np.ndarray  # of each event: where its row was last inserted or removed

    def version_with(self, mentioned: np.ndarray) -> np.ndarray:
        """For each row the position of the row, itself or a version before it, that last mentions a column; -1: none
        does."""
        events = self.events
        place = np.arange(len(events.row))
        says = events.own & self.active[events.row] & mentioned[events.row]
        last = np.maximum.accumulate(np.where(says, place, -1))
        # a removal says of which row it speaks: it sees the versions before it
        first = np.where(events.kind == REMOVE, np.append(0, self.start[:-1])[: len(place)], self.start)
        same = events.identity[np.maximum(first, 0)] == events.identity
        first = np.where(same, first, place)
        found = np.full(len(self.active), -1)
        own = events.own
        found[events.row[own]] = np.where(last >= first, events.row[np.maximum(last, 0)], -1)[own]
        return found


def of_all_within(
    identity: np.ndarray,
    kind: np.ndarray,
    order: np.ndarray,
    wide: np.ndarray,
    within: list[tuple[np.ndarray, np.ndarray]],
) -> Events:
    """The events in the order in which they are applied, those of one row together. `wide` rows remove all that lies
    within them: `within` has, for each depth, their positions and the codes in which they agree with those rows."""
    codes = pd.Categorical(kind, KINDS).codes.astype(np.int64)
    at = np.arange(len(identity))
    parts = [(identity[~wide], codes[~wide], order[~wide], at[~wide], np.ones((~wide).sum(), bool))]
    narrow = pd.DataFrame({"identity": identity[~wide], "at": at[~wide]}).drop_duplicates("identity")
    for rows, agree in within:
        inside = narrow.assign(code=agree[narrow["at"]])[["identity", "code"]]
        pairs = pd.DataFrame({"row": rows, "code": agree[rows]}).merge(inside, on="code")
        row = pairs["row"].to_numpy()
        parts.append((pairs["identity"].to_numpy(), codes[row], order[row], row, np.zeros(len(row), bool)))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    sort = np.lexsort((columns[2], columns[0]))
    return Events(*(column[sort] for column in columns))


def applied(events: Events, rows: int) -> Fate:
    """One record per row."""
    identity, kind, _, row, own = events
    place = np.arange(len(row))
    new = np.append(True, identity[1:] != identity[:-1])[: len(row)]
    begins = np.maximum.accumulate(np.where(new, place, 0))
    decides = np.isin(kind, (INSERT, REPLACE, UPSERT, REMOVE))
    latest = np.maximum.accumulate(np.where(decides, place, -1))
    before = np.append(-1, latest[:-1])[: len(row)]  # the last event before that decides whether there is a row
    alive = (before >= begins) & (kind[np.maximum(before, 0)] != REMOVE)
    acts = np.isin(kind, (INSERT, REPLACE, UPSERT)) | (kind == UPDATE) & alive
    opens = new | np.isin(kind, (INSERT, REPLACE, REMOVE))
    start = np.maximum.accumulate(np.where(opens, place, 0))

    # the next event of the same row that acts or removes decides what becomes of a version
    ends = acts | (kind == REMOVE)
    next_end = np.minimum.accumulate(np.where(ends, place, len(row))[::-1])[::-1]
    following = np.append(next_end[1:], len(row))[: len(row)]
    there = following < len(row)
    following = np.minimum(following, len(row) - 1)
    there &= identity[following] == identity
    removed = there & (kind[following] == REMOVE)
    outcome = np.full(rows, "remove", object)  # a removal of all that lies within an element has no event of its own
    names = np.select(
        [kind == CONTEXT, kind == UNKNOWN, kind == REMOVE, ~acts, removed, there],
        ["context", "unknown", "remove", "refused", "removed", "newer"],
        "",
    )
    outcome[row[own]] = np.where(names == "", None, names)[own]

    def of_rows(chosen: np.ndarray) -> np.ndarray:
        found = np.zeros(rows, bool)
        found[row[own & chosen]] = True
        return found

    return Fate(
        pd.Series(outcome, dtype="str"),
        of_rows(acts),
        of_rows((kind == INSERT) & alive),
        of_rows((kind == REMOVE) & ~alive),
        of_rows(acts & removed),
        events,
        start,
    )
