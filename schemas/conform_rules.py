"""What a rule of conformance is: one SELECT of sql/conform, and what its header says of it.

The header's first sentence is the grain of what is wrong. Then:

    -- Words: what is wrong; {dataset}, {variable}, {cause}, {value} and {records} stand for those of the finding
    -- Todo: what to do
    -- Source: where the rule comes from: the IG's section, and the rule's number at CDISC (CG0046), CORE (CORE-000021)
    --   or an agency, separated by `;`
    -- Severity: error (against the standard), warning (probably wrong), note (to be known)
    -- Standard: SDTM, ADaM, Define, or both: SDTM and ADaM
    -- Each: dataset (run once for each dataset of the standard, of Define for each dataset; its records are then the
    --   view `record`, and what several rules make of it first the SELECTs of sql/record, by their names)
    -- Needs: what has to be there for it to run, separated by commas; `a or b` where either will do. AE.AESER is a
    --   variable of a domain, AE a domain, define a Define-XML, study the study file; of `Each: dataset` --STDTC is a
    --   variable of it
    -- Classes: of `Each: dataset`, only those classes, separated by commas (as Define-XML writes them: EVENTS)
"""

from __future__ import annotations

import re
from functools import cache, cached_property

from pydantic import Field

from schemas.header import header
from schemas.study import Record
from schemas.text import text_folder

KEYS = ("Words", "Todo", "Source", "Severity", "Standard", "Each", "Needs", "Classes")


class Select(Record):
    """SQL that reads the records of a dataset."""

    sql: str

    @cached_property
    def names(self) -> frozenset[str]:
        """Every word of its SQL: what it reads of a record is among them."""
        return frozenset(re.findall(r"\w+", self.sql))

    @cached_property
    def parameters(self) -> frozenset[str]:
        """What is bound when it runs: dataset of $dataset."""
        return frozenset(re.findall(r"\$(\w+)", self.sql))


class Rule(Select):
    name: str  # of its file
    grain: str = Field(min_length=1)
    words: str = Field(min_length=1)
    todo: str = Field(min_length=1)
    source: str = Field(min_length=1)
    severity: str = Field(pattern="^(error|warning|note)$")
    standard: str = Field(pattern="^(SDTM|ADaM|both|Define)$")
    each: str = Field(default="", pattern="^(dataset)?$")
    needs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its name among the findings."""
        return self.name.upper().replace("_", "-")


@cache
def rules() -> dict[str, Rule]:
    """Name -> rule."""
    files = sorted((text_folder("sql") / "conform").glob("*.sql"))
    return {path.stem: rule(path.stem, path.read_text(encoding="utf-8")) for path in files}


@cache
def shared() -> dict[str, Select]:
    """Name -> what several rules make of `record` first."""
    files = sorted((text_folder("sql") / "record").glob("*.sql"))
    return {path.stem: Select(sql=path.read_text(encoding="utf-8")) for path in files}


def rule(name: str, sql: str) -> Rule:
    """The rule that a file holds."""
    grain, given = header(name, sql, KEYS)
    said = dict(given)
    return Rule(
        name=name,
        grain=grain,
        words=said.get("Words", ""),
        todo=said.get("Todo", ""),
        source=said.get("Source", ""),
        severity=said.get("Severity", ""),
        standard=said.get("Standard", ""),
        each=said.get("Each", ""),
        needs=listed(said.get("Needs", "")),
        classes=listed(said.get("Classes", "")),
        sql=sql,
    )


def listed(words: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in words.split(",") if one.strip())
