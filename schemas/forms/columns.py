"""The kinds of column a form can have. The kind says how a site's text is read (transforms/forms.py) and what
is checked at the two layers of the door: first the text itself, then the value read from it.

identifier, topic   text without which the row cannot be used: the row is set aside
record_id           the site's own number of the record (--SPID)
code                a code of the study's lists; the term must be in the codelist; unknown codes are blanked
                    with a finding, or the row is set aside where SDTM needs the term (`whole_row`)
date, time          kept at the precision collected; an impossible or ambiguous one is blanked with a finding
number              a number in the unit named; unreadable or out of range is blanked with a finding
result              a result as collected (--ORRES): it stays verbatim; a text that is no number: a finding
answer              a result that may as well be words (NEGATIVE, 2+, SINUS RHYTHM), <5 or >=100; what looks like
                    a number and is none that can be (72 (query), 5.4E-79): a finding
limit               a limit of a reference range (--ORNRLO, --ORNRHI): read like an answer
text                free text, translated where the study has a translation
"""

import pandera.pandas as pa


def identifier(label: str, needed: bool = True) -> pa.Column:
    return _column("identifier", label, needed)


def topic(label: str) -> pa.Column:
    return _column("topic", label, needed=True)


def record_id() -> pa.Column:
    return _column("record_id", "Line number or record id of the site", needed=False)


def text(label: str, needed: bool = False) -> pa.Column:
    return _column("text", label, needed)


def code(
    label: str, codelist: str | tuple[str, ...], needed: bool = False, whole_row: bool = False
) -> pa.Column:
    """`codelist`: C-code of the CDISC codelist that the terms come from, or the terms themselves; "sponsor"
    where the words are the sponsor's own, "visit", "arm" and "criterion" for those of the study's tables."""
    return _column("code", label, needed, whole_row, codelist=codelist)


def date(label: str, needed: bool = False) -> pa.Column:
    return _column("date", label, needed)


def time(label: str) -> pa.Column:
    return _column("time", label, needed=False)


def number(label: str, unit: str, low: float, high: float, needed: bool = False) -> pa.Column:
    return _column("number", label, needed, unit=unit, low=low, high=high)


def result(label: str, needed: bool = True) -> pa.Column:
    return _column("result", label, needed)


def answer(label: str, needed: bool = True) -> pa.Column:
    return _column("answer", label, needed)


def limit(label: str) -> pa.Column:
    return _column("limit", label, needed=False)


def form(name: str, grain: str, **columns: pa.Column) -> pa.DataFrameSchema:
    """A form's page: its name, the grain of its rows and its columns in the order a reader expects."""
    return pa.DataFrameSchema(columns, name=name, description=grain, strict=False)


def _column(kind: str, label: str, needed: bool, whole_row: bool = False, **metadata) -> pa.Column:
    # `needed` means that a study file has to map the column; whether a cell may be blank follows from kind
    checks = []
    if kind == "number":
        low, high = metadata["low"], metadata["high"]
        words = f"RANGE: is not between {low:g} and {high:g} {metadata['unit']}".rstrip()
        checks = [pa.Check.in_range(low, high, error=words)]
    blank = kind not in ("identifier", "topic") and not whole_row
    return pa.Column(
        title=label, required=needed, nullable=blank, checks=checks, metadata={"kind": kind, **metadata}
    )
