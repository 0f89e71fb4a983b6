"""docs/rivals-bugs.md says of each known mistake which test keeps it out: those tests are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_each_case_has_a_test_that_is_there_or_says_what_it_waits_for():
    lines = re.findall(r"^\| (\d+) \|.*\| (.*?) \| ?(.*?) ?\|$", (ROOT / "docs" / "rivals-bugs.md").read_text(), re.M)
    assert [int(number) for number, *_ in lines] == list(range(1, 33))
    for number, outcome, test in lines:
        if not test:
            assert outcome.startswith("concerns "), number
            continue
        path, name = test.split("::")
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), (number, test)
