"""What is read from the header of an edit check."""

import pytest
from pydantic import ValidationError

from schemas.edit_checks import edit_check, edit_checks

SQL = """-- One record per weight that differs
--   much from the one before.
-- Query: {VISIT}: {value} kg.
--   Please check.
-- Source: plausibility
-- Severity: warning
-- Needs: vs.VSORRES, ex or ec
-- Threshold: percent = 15; change in percent
SELECT 1
"""


def test_a_header_says_all_of_a_check():
    check = edit_check("vs_weight_change", SQL)
    assert check.grain == "One record per weight that differs much from the one before."
    assert check.query == "{VISIT}: {value} kg. Please check."
    assert (check.rule, check.severity, check.scope) == ("VS-WEIGHT-CHANGE", "warning", "subject")
    assert [(one.name, one.default, one.words) for one in check.thresholds] == [("percent", 15, "change in percent")]


def test_what_is_not_collected_is_named():
    check = edit_check("x", SQL)
    assert check.missing({"vs.VSORRES", "ec"}) == []
    assert check.missing({"vs", "ex"}) == ["vs.VSORRES"]
    assert check.missing({"vs.VSORRES"}) == ["ex or ec"]


@pytest.mark.parametrize("line", ["-- Query", "-- Source", "-- Severity: warning", "-- Needs"])
def test_a_header_without_one_of_its_lines_is_refused(line):
    left = [row for row in SQL.splitlines(True) if not row.startswith(line)]
    with pytest.raises(ValidationError):
        edit_check("x", "".join(row for row in left if not (line == "-- Query" and row == "--   Please check.\n")))


def test_no_rule_of_an_edit_check_is_one_of_the_doors():
    others = [
        "RANGE",
        "REQUIRED",
        "DATE",
        "CODE",
        "CONSENT",
        "DATE-ORDER",
        "VISIT-ORDER",
        "PASI-TOTAL",
        "SAE-RECONCILE",
    ]
    rules = [check.rule for check in edit_checks().values()]
    assert len(rules) >= 60 and not set(rules) & set(others)


def test_the_words_to_a_site_are_whole_sentences():
    for check in edit_checks().values():
        assert check.query[0].isupper() or check.query[0] == "{", check.name
        assert check.query.endswith((".", "?")), check.name
        assert check.grain.startswith("One record per "), check.name
