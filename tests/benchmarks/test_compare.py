"""The comparison with a published dataset leaves nothing out."""

import pandas as pd

from benchmarks.compare import comparison

PUBLISHED = pd.DataFrame(
    {
        "USUBJID": ["1", "1", "2", "3"],
        "AETERM": ["FEVER", "FEVER", "COUGH", "RASH"],
        "AESEV": ["MILD", "SEVERE", None, "MILD"],
        "AESEQ": [1.0, 2.0, 1.0, 1.0],
        "AESPID": ["E1", "E2", "E3", "E4"],
    }
)
KEY = ("USUBJID", "AETERM")


def test_a_published_dataset_agrees_with_itself_whatever_its_number_types():
    found = comparison(PUBLISHED.astype({"AESEQ": "Int64"}), PUBLISHED, KEY)
    assert (found.matched, found.missing, found.extra, found.percent) == (4, 0, 0, 100)


def test_an_absent_variable_a_missing_row_and_a_missing_value_are_all_unequal():
    ours = PUBLISHED.drop(columns="AESPID").iloc[:3].assign(AESEV=["MILD", None, None])
    ours.loc[3] = ["4", "RASH", "MILD", 1]
    found = comparison(ours, PUBLISHED, KEY)
    assert (found.matched, found.missing, found.extra) == (3, 1, 1)
    assert found.equal.to_dict() == {"USUBJID": 75, "AETERM": 75, "AESEV": 50, "AESEQ": 75, "AESPID": 0}
    assert found.percent == 55
    assert found.differences[["USUBJID", "AETERM", "variable", "published"]].to_numpy().tolist() == [
        ["1", "FEVER", "AESEV", "SEVERE"]
    ]


def test_a_value_where_nothing_was_published_is_unequal():
    found = comparison(PUBLISHED.fillna({"AESEV": "MILD"}), PUBLISHED, KEY)
    assert found.equal["AESEV"] == 75
