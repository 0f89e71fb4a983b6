import pandas as pd
import pytest

from transforms.instruments.dlqi import dlqi_scores

ITEMS = ["01", "02", "03", "04", "05", "06", "07", "07A", "08", "09", "10"]
ANSWERS = dict.fromkeys(ITEMS, "A LITTLE") | {"07": "YES", "07A": None}  # 9 x 1 + 3


def scored(missing_item="one_item_scores_zero", **changed):
    answers = ANSWERS | {item.lstrip("q"): answer for item, answer in changed.items()}
    return dlqi_scores(pd.DataFrame([answers], dtype="str").astype("category"), missing_item).loc[0]


def test_total_and_subscores():
    assert scored().tolist() == [12, 2, 2, 2, 3, 2, 1]


@pytest.mark.parametrize(
    ("part_1", "part_2", "score"),
    [
        ("YES", None, 3),
        ("YES", "A LITTLE", 3),
        ("NO", "A LOT", 2),
        ("NO", "A LITTLE", 1),
        ("NO", "NOT AT ALL", 0),
        ("NOT RELEVANT", None, 0),
    ],
)
def test_question_7_has_two_parts(part_1, part_2, score):
    scores = scored(q07=part_1, q07A=part_2)
    assert scores["15"] == score
    assert scores["11"] == 9 + score


def test_not_relevant_scores_zero():
    assert scored(q09="NOT RELEVANT")["11"] == 11


def test_one_unanswered_question_scores_zero_and_its_subscale_is_not_scored():
    scores = scored(q05=None)
    assert scores["11"] == 11
    assert pd.isna(scores["14"]) and scores["13"] == 2


def test_two_unanswered_questions_leave_no_total():
    assert pd.isna(scored(q05=None, q10=None)["11"])


def test_no_to_question_7_with_a_blank_second_part_is_an_unanswered_question():
    assert scored(q07="NO")["11"] == 9
    assert pd.isna(scored(q07="NO")["15"])
    assert pd.isna(scored(q07="NO", q01=None)["11"])


def test_the_stricter_policy_wants_every_answer():
    assert pd.isna(scored("all_items_required", q05=None)["11"])
    assert scored("all_items_required")["11"] == 12


def test_scores_may_stand_instead_of_answers():
    answers = pd.DataFrame([dict.fromkeys(ITEMS, 1.0) | {"07": 3.0, "07A": None}]).astype(float)
    assert dlqi_scores(answers, "one_item_scores_zero").loc[0, "11"] == 12
