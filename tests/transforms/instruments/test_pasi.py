import numpy as np
import pandas as pd
import pytest

from transforms.instruments.pasi import SCORED, area_score, pasi_inconsistent, pasi_scores

#        E  I  D  A
HEAD = [1, 1, 1, 1]
ARMS = [2, 2, 1, 3]
TRUNK = [3, 2, 2, 4]
LEGS = [4, 3, 3, 5]


def examined(*regions):
    return pd.DataFrame([[item for region in regions for item in region]], columns=SCORED, dtype=float)


def test_a_total_worked_by_hand():
    # 0.1 x 3 x 1 + 0.2 x 5 x 3 + 0.3 x 7 x 4 + 0.4 x 10 x 5 = 0.3 + 3.0 + 8.4 + 20.0
    scores = pasi_scores(examined(HEAD, ARMS, TRUNK, LEGS)).loc[0]
    assert scores.loc["17":"28"].tolist() == [3, 3, 0.3, 5, 15, 3.0, 7, 28, 8.4, 10, 50, 20.0]
    assert scores["29"] == 31.7


def test_the_scale_runs_from_0_to_72():
    assert pasi_scores(examined(*[[0, 0, 0, 0]] * 4)).loc[0, "29"] == 0
    assert pasi_scores(examined(*[[4, 4, 4, 6]] * 4)).loc[0, "29"] == 72


def test_tenths_add_up_without_a_binary_fraction():
    # 0.1 x 1 + 0.2 x 1 is 0.30000000000000004 in binary
    assert pasi_scores(examined([1, 0, 0, 1], [1, 0, 0, 1], [0] * 4, [0] * 4)).loc[0, "29"] == 0.3


def test_a_region_that_lacks_an_item_has_no_score_and_there_is_no_total():
    scores = pasi_scores(examined(HEAD, [2, np.nan, 1, 3], TRUNK, LEGS)).loc[0]
    assert scores.loc["20":"22"].isna().all()
    assert scores["19"] == 0.3 and scores["25"] == 8.4
    assert np.isnan(scores["29"])


@pytest.mark.parametrize(
    ("percent", "score"),
    [(0, 0), (0.5, 1), (9.5, 1), (10, 2), (29.9, 2), (30, 3), (50, 4), (70, 5), (89.9, 5), (90, 6), (100, 6)],
)
def test_area_bands_are_half_open(percent, score):
    assert area_score(pd.Series([percent])).tolist() == [score]


def test_beyond_0_to_100_percent_there_is_no_area_score():
    assert area_score(pd.Series([-1, 101, np.nan])).isna().all()


def test_affected_skin_without_a_symptom_and_the_reverse_are_asked_back():
    found = pasi_inconsistent(examined([0, 0, 0, 2], [1, 0, 0, 0], [0, 0, 0, 0], [0, 0, np.nan, 2]))
    assert found.loc[0].tolist() == [True, True, False, False]
