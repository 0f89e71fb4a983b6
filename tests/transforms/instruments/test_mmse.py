import numpy as np
import pandas as pd

from transforms.instruments import instrument
from transforms.instruments.mmse import mmse_scores

ITEMS = instrument("MMSE").items
RIGHT = dict.fromkeys(ITEMS.index[ITEMS["origin"] == "scored"], 1.0)
SEVENS, WORD = ([f"04{test}{letter}" for letter in "ABCDE"] for test in "AB")


def total(**answers) -> float:
    return mmse_scores(pd.DataFrame([RIGHT | answers])).loc[0, "12"]


def test_all_right_is_thirty_whichever_test_of_attention_was_done():
    assert total() == 30
    assert total(**dict.fromkeys(SEVENS)) == 30 == total(**dict.fromkeys(WORD))


def test_of_two_tests_of_attention_the_better_one_counts():
    assert total(**dict.fromkeys(SEVENS, 0.0)) == 30


def test_an_item_missing_leaves_no_total():
    assert np.isnan(total(**{"10": None})) and np.isnan(total(**dict.fromkeys([*SEVENS, *WORD])))
