import pandas as pd
import pytest

from schemas.terminology import codelist
from transforms.units import conversions, number_text, standardised


@pytest.mark.parametrize(
    ("value", "unit", "standard", "expected"),
    [
        (5.3, "cm", "mm", 53.0),
        (53, "mm", "mm", 53.0),
        (98.6, "F", "C", 37.0),
        (150, "LB", "kg", 68.0389),
        (70, "in", "cm", 177.8),
    ],
)
def test_results_in_the_standard_unit(value, unit, standard, expected):
    assert standardised(pd.Series([value]), pd.Series([unit]), standard).tolist() == [expected]


def test_no_unit_or_a_foreign_one_gives_no_standard_result():
    units = pd.Series([None, "kg"], dtype="category")
    assert standardised(pd.Series([7.0, 7.0]), units, "mm").isna().all()


def test_units_are_terms_of_the_unit_codelist():
    assert {unit for pair in conversions().index for unit in pair} <= codelist("C71620").terms


def test_whole_numbers_have_no_point():
    texts = number_text(pd.Series([53.0, 7.2, None, 0.0]))
    assert texts.astype("str").fillna("").tolist() == ["53", "7.2", "", "0"]
