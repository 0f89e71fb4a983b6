import pandas as pd
import pytest

from schemas.terminology import codelist, is_term


def test_a_codelist_has_its_name_and_terms():
    sex = codelist("C66731")
    assert sex.name == "Sex"
    assert sex.terms == {"F", "INTERSEX", "M", "U"}
    assert not sex.extensible
    assert codelist("C71620").extensible


def test_na_is_an_answer_to_a_yes_no_question():
    assert codelist("C66742").terms == {"N", "NA", "U", "Y"}


def test_adam_terminology_is_there_too():
    assert codelist("C81223").terms == {"D", "M", "Y"}


def test_an_unknown_codelist_is_an_error():
    with pytest.raises(KeyError):
        codelist("C00000")


def test_a_missing_value_is_no_term():
    assert is_term(pd.Series(["M", "Male", None], dtype="category"), "C66731").tolist() == [
        True,
        False,
        False,
    ]
