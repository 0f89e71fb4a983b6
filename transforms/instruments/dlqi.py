"""Dermatology Life Quality Index: total and subscores.

Finlay and Khan, Clin Exp Dermatol 1994;19:210-216; scoring as published by Cardiff University: very much 3,
a lot 2, a little 1, not at all and not relevant 0; total 0 to 30 over ten questions. Question 7 has two
parts: YES scores 3; after NO the second part (07A) scores 0 to 2; NOT RELEVANT scores 0.

Missing answers are a policy of the study:
one_item_scores_zero   one unanswered question scores 0; with two or more there is no total
all_items_required     no total unless all ten are answered
A subscore is given only if all its questions are answered, under either policy. Question 7 counts as
unanswered when its first part is blank, or is NO with the second part blank.
"""

import pandas as pd

from transforms.distinct import mapped
from transforms.instruments import instrument

QUESTIONS = [f"{item:02}" for item in range(1, 11)]
UNANSWERED_ALLOWED = {"one_item_scores_zero": 1, "all_items_required": 0}


def dlqi_scores(answers: pd.DataFrame, missing_item: str) -> pd.DataFrame:
    """One record per questionnaire: total "11" and subscores "12" to "17".

    Columns "01" to "10" and "07A" hold the answers as text, or scores; a score in "07" is that of the
    whole question.
    """
    dlqi = instrument("DLQI")
    scores = pd.DataFrame({item: _scores(answers[item], dlqi.items.at[item, "kind"]) for item in QUESTIONS})
    part_two = _scores(answers["07A"], "problem")
    scores["07"] = scores["07"].where(~problem_asked(answers), part_two)
    unanswered = scores.isna().sum(axis=1)
    total = scores.sum(axis=1).where(unanswered <= UNANSWERED_ALLOWED[missing_item])
    subscale = dlqi.items.loc[QUESTIONS, "subscale"]
    subscores = dlqi.items.loc[dlqi.items["kind"] == "subscore", "subscale"]
    return pd.DataFrame(
        {"11": total} | {n: scores.loc[:, subscale == name].sum(axis=1, skipna=False) for n, name in subscores.items()}
    )


def problem_asked(answers: pd.DataFrame) -> pd.Series:
    """One record per questionnaire: True where the second part of question 7 was to be answered."""
    return answers["07"].eq("NO")


def _scores(answers: pd.Series, kind: str) -> pd.Series:
    if answers.dtype.kind in "fi":
        return answers.astype(float)
    responses = instrument("DLQI").responses
    score_of = responses[responses["kind"] == kind].set_index("response")["score"]
    return mapped(answers, lambda texts: pd.Series(score_of.reindex(texts).to_numpy(), dtype=float))
