"""The reference of the study file says all that a study file can say."""

from pathlib import Path
from typing import get_args

import pytest

from schemas.study import TABLES, Analysis, Dose, Policies, Source, StudyFile, UnusedFile

PAGE = (Path(__file__).parents[2] / "docs" / "study-file.md").read_text(encoding="utf-8")
KEYS = [StudyFile.Header, StudyFile, Policies, Analysis, Dose, Source, UnusedFile]


@pytest.mark.parametrize("shape", KEYS, ids=lambda shape: shape.__name__)
def test_every_key_is_explained(shape):
    explained = ["`{}`", "[{}]", "[{}.", ".{}]"]
    missing = [key for key in shape.model_fields if not any(form.format(key) in PAGE for form in explained)]
    assert missing == []


def test_every_policy_that_can_be_chosen_is_explained():
    kinds = [field.annotation for field in Policies.model_fields.values()]
    kinds += [kind for optional in kinds for kind in get_args(optional)]
    choices = [choice for kind in kinds for choice in get_args(kind) if isinstance(choice, str)]
    assert [choice for choice in choices if f"`{choice}`" not in PAGE] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_a_table_is_explained(table):
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{table}.csv`")]
    shape, _ = TABLES[table]
    assert [column for column in shape.model_fields if f"`{column}`" not in line] == []
