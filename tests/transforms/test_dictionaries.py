"""Verbatim texts and their place in a dictionary. The terms are invented, and no part of any dictionary."""

import pandas as pd

from transforms.dictionaries import LEVELS, coding_terms

DICTIONARY = pd.DataFrame(
    {
        "decod": ["Feverishness", "Feverishness", "Green spots"],
        "ptcd": [2001, 2001, 2002],
        "llt": ["Hot feeling", "Feverishness", "Green spots"],
        "lltcd": [1001, 2001, 2002],
        "bodsys": ["Whole body", "Whole body", "Surface"],
    },
    index=["hot feeling", "feverishness", "green spots"],
).reindex(columns=LEVELS)


def lines(**terms) -> pd.DataFrame:
    """coding.csv: verbatim -> its levels."""
    rows = [dict.fromkeys(LEVELS) | levels for levels in terms.values()]
    return pd.DataFrame(rows, index=[name.replace("_", " ") for name in terms], columns=LEVELS)


def cells(terms: pd.DataFrame, verbatim: str) -> list:
    found = terms.loc[verbatim, ["decod", "ptcd", "llt", "bodsys"]]
    return [None if pd.isna(cell) else cell for cell in found]


def test_a_text_that_is_a_term_has_its_place():
    terms = coding_terms(lines(), DICTIONARY)
    assert cells(terms, "hot feeling") == ["Feverishness", 2001, "Hot feeling", "Whole body"]
    assert "glowing" not in terms.index


def test_the_study_s_own_line_comes_before_the_dictionary():
    terms = coding_terms(lines(hot_feeling={"decod": "Heat", "bodsys": "Climate"}), DICTIONARY)
    assert cells(terms, "hot feeling") == ["Heat", None, None, "Climate"]
    assert terms.index.is_unique


def test_a_line_that_names_a_term_of_the_dictionary_has_the_other_levels_from_there():
    terms = coding_terms(lines(warm={"decod": "feverishness", "bodsys": "Own words"}), DICTIONARY)
    assert cells(terms, "warm") == ["feverishness", 2001, "Feverishness", "Own words"]
    terms = coding_terms(lines(warm={"decod": "Feverishness", "llt": "Hot feeling"}), DICTIONARY)
    assert cells(terms, "warm") == ["Feverishness", 2001, "Hot feeling", "Whole body"]


def test_without_a_dictionary_the_study_s_lines_are_all_there_is():
    terms = coding_terms(lines(warm={"decod": "Feverishness"}), None)
    assert cells(terms, "warm") == ["Feverishness", None, None, None]
