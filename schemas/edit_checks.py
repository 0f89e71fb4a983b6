"""What an edit check is: one SELECT of sql/checks, and what its header says of it.

The header's first sentence is the grain. Then, each on lines of its own (a line that goes on is indented):

    -- Query: the words to the site; {NAME} stands for the value of that column of the result
    -- Source: where the rule comes from
    -- Severity: error (one of the values must be wrong) or warning (it may be right)
    -- Needs: form.COLUMN that the study has to collect, separated by commas; `a or b` where either will do
    -- Threshold: name = default; what it means
    -- Scope: study (it compares subjects; without this line a check needs one subject's records alone)
"""

from __future__ import annotations

from functools import cache

from pydantic import Field

from schemas.header import header
from schemas.study import Record
from schemas.text import text_folder

KEYS = ("Query", "Source", "Severity", "Needs", "Threshold", "Scope")


class Threshold(Record):
    name: str = Field(pattern=r"^[a-z][a-z_]*$")
    default: float
    words: str = Field(min_length=1)


class EditCheck(Record):
    name: str  # of its file
    grain: str = Field(min_length=1)
    query: str = Field(min_length=1)
    source: str = Field(min_length=1)
    severity: str = Field(pattern="^(error|warning)$")
    needs: tuple[str, ...] = Field(min_length=1)
    thresholds: tuple[Threshold, ...] = ()
    scope: str = Field(default="subject", pattern="^(subject|study)$")
    sql: str

    @property
    def rule(self) -> str:
        """Its name among the findings."""
        return self.name.upper().replace("_", "-")

    def missing(self, collected: set[str]) -> list[str]:
        """What it needs and the study does not collect."""
        return [need for need in self.needs if collected.isdisjoint(need.split(" or "))]


@cache
def edit_checks() -> dict[str, EditCheck]:
    """Name -> edit check."""
    files = sorted((text_folder("sql") / "checks").glob("*.sql"))
    return {path.stem: edit_check(path.stem, path.read_text(encoding="utf-8")) for path in files}


def edit_check(name: str, sql: str) -> EditCheck:
    """The edit check that a file holds."""
    grain, given = header(name, sql, KEYS)
    one = {key: words for key, words in given if key != "Threshold"}
    return EditCheck(
        name=name,
        grain=grain,
        query=one.get("Query", ""),
        source=one.get("Source", ""),
        severity=one.get("Severity", ""),
        needs=tuple(need.strip() for need in one.get("Needs", "").split(",") if need.strip()),
        thresholds=tuple(_threshold(words) for key, words in given if key == "Threshold"),
        scope=one.get("Scope", "subject"),
        sql=sql,
    )


def _threshold(words: str) -> Threshold:
    value, _, meaning = words.partition("; ")
    name, _, default = value.partition(" = ")
    return Threshold(name=name, default=float(default), words=meaning)
