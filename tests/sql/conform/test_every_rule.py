"""Every rule of sql/conform has a case with right and with wrong tables (conftest.py), and says what it is."""

import importlib.util
import re
from pathlib import Path

import pytest

from schemas.conform_rules import rules


def cases() -> dict[str, dict]:
    found = {}
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        if path != Path(__file__):
            spec = importlib.util.spec_from_file_location(path.stem, path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            assert not set(module.CASES) & set(found), path.name
            found |= module.CASES
    return found


def test_every_rule_has_a_right_and_a_wrong_table():
    assert {name.partition(":")[0] for name in cases()} == set(rules())
    assert all(one["finds"] for one in cases().values())


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)
def test_a_rule_says_what_it_is(rule):
    assert rule.grain.startswith("One record per ") and rule.grain.endswith(".")
    assert set(re.findall(r"{(\w*)}", rule.words)) <= {"dataset", "variable", "cause", "value", "records"}
    assert not rule.words.endswith(".") and not rule.todo.endswith(".")
    assert "Pinnacle" not in rule.source
