# ruff: noqa: E501 (a case stands on one line)
"""The life of queries on small tables: previous queries, findings, answers and a delivery date in, queries out."""

import pandas as pd
import pytest

from transforms.review.queries import asked, no_queries, queries, question

FINDING = {
    "id": "aaaaaaaaaaaa", "rule": "RANGE", "severity": "error", "dataset": "vs", "USUBJID": "S-01-001",
    "file": "2020-01-01/vs.csv", "row": 7, "column": "WEIGHT", "value": "714", "message": "is not between 1 and 400 kg",
    "SITEID": "01", "SUBJID": "001", "record": "VISIT=W4",
}  # fmt: skip


def found(*changes):
    rows = [FINDING | change for change in changes]
    return pd.DataFrame(rows, columns=list(FINDING)).astype(dict.fromkeys(FINDING.keys() - {"row"}, "str"))


def answered(*rows):
    return pd.DataFrame(rows, columns=["id", "answer", "who", "when", "why"], dtype="str")


def night(previous, findings, delivery, run, *answers):
    return queries(previous, findings, answered(*answers), delivery, run)


@pytest.fixture
def opened():
    return night(no_queries(), found({}), "2020-01-01", 1)


def only(table):
    (row,) = table.to_dict("records")
    return row


CONFIRMED = ("aaaaaaaaaaaa", "confirmed as correct", "A. Nurse", "2020-01-05", "the source says so")


def test_a_finding_opens_a_query(opened):
    row = only(opened)
    assert (row["id"], row["state"], row["opened"], row["age"], row["times"]) == (
        "aaaaaaaaaaaa",
        "open",
        "2020-01-01",
        0,
        1,
    )
    assert (row["recipient"], row["SITEID"], row["SUBJID"], row["record"]) == ("site", "01", "001", "VISIT=W4")
    assert row["question"] == 'WEIGHT "714" is not between 1 and 400 kg. Please check.'
    assert row["history"] == "2020-01-01 opened (run 1)"


def test_a_query_whose_finding_stays_grows_older_and_follows_its_row(opened):
    row = only(night(opened, found({"file": "2020-01-08/vs.csv", "row": 9}), "2020-01-08", 2))
    assert (row["state"], row["age"], row["file"], row["row"]) == ("open", 7, "2020-01-08/vs.csv", 9)
    assert row["history"] == "2020-01-01 opened (run 1)"


def test_a_query_closes_by_itself_when_its_finding_is_gone(opened):
    row = only(night(opened, found(), "2020-01-08", 2))
    assert (row["state"], row["closed"], row["age"]) == ("closed", "2020-01-08", 7)
    assert row["history"] == "2020-01-01 opened (run 1); 2020-01-08 closed (run 2)"
    later = only(night(night(opened, found(), "2020-01-08", 2), found(), "2020-03-01", 3))
    assert later == row


def test_a_query_is_reopened_when_its_finding_returns(opened):
    closed = night(opened, found(), "2020-01-08", 2)
    row = only(night(closed, found({}), "2020-01-15", 3))
    assert (row["state"], row["opened"], row["age"], row["times"]) == ("reopened", "2020-01-15", 0, 2)
    assert pd.isna(row["closed"])
    assert row["history"].endswith("2020-01-08 closed (run 2); 2020-01-15 reopened (run 3)")


def test_an_answer_says_who_when_and_why_and_does_not_close(opened):
    row = only(night(opened, found({}), "2020-01-08", 2, CONFIRMED))
    assert (row["state"], row["answer"], row["who"]) == ("answered", "confirmed as correct", "A. Nurse")
    assert (row["answered"], row["why"], row["age"]) == ("2020-01-05", "the source says so", 7)
    assert row["history"] == "2020-01-01 opened (run 1); 2020-01-05 answered by A. Nurse (run 2)"


def test_an_answer_is_told_once(opened):
    second = night(opened, found({}), "2020-01-08", 2, CONFIRMED)
    third = night(second, found({}), "2020-01-15", 3, CONFIRMED)
    assert only(third)["history"] == only(second)["history"] and only(third)["state"] == "answered"


def test_the_last_of_several_answers_counts(opened):
    later = ("aaaaaaaaaaaa", "cannot be obtained", "B. Doctor", "2020-01-06", "the patient moved")
    row = only(night(opened, found({}), "2020-01-08", 2, later, CONFIRMED))
    assert (row["answer"], row["who"]) == ("cannot be obtained", "B. Doctor")


def test_an_answer_from_before_the_query_was_reopened_does_not_count(opened):
    closed = night(opened, found(), "2020-01-08", 2, CONFIRMED)
    row = only(night(closed, found({}), "2020-01-15", 3, CONFIRMED))
    assert row["state"] == "reopened" and pd.isna(row["answer"])
    again = CONFIRMED[:3] + ("2020-01-16", "looked at again")
    assert only(night(closed, found({}), "2020-01-15", 3, CONFIRMED, again))["state"] == "answered"


def test_an_answer_that_is_taken_back_leaves_the_query_open(opened):
    second = night(opened, found({}), "2020-01-08", 2, CONFIRMED)
    row = only(night(second, found({}), "2020-01-15", 3))
    assert row["state"] == "open" and pd.isna(row["who"])


def test_what_a_data_manager_accepts_is_closed_and_stays_closed_although_the_data_stay(opened):
    accepted = ("aaaaaaaaaaaa", "accepted", "C. Manager", "2020-01-07", "an outlier, and true")
    second = night(opened, found({}), "2020-01-08", 2, CONFIRMED, accepted)
    assert (only(second)["state"], only(second)["closed"]) == ("closed", "2020-01-08")
    assert only(second)["history"].endswith("2020-01-07 accepted by C. Manager (run 2)")
    third = night(second, found({}), "2020-01-15", 3, CONFIRMED, accepted)
    assert only(third) == only(second)


def test_an_answer_to_a_query_that_is_not_there_changes_nothing(opened):
    stray = ("bbbbbbbbbbbb", "confirmed as correct", "A. Nurse", "2020-01-05", "-")
    assert only(night(opened, found({}), "2020-01-08", 2, stray))["state"] == "open"


def test_queries_stand_in_the_order_of_their_ids_whatever_came_first():
    second = found({"id": "bbbbbbbbbbbb"}, {})
    table = night(night(no_queries(), second, "2020-01-01", 1), found({"id": "000000000000"}), "2020-01-08", 2)
    assert table["id"].tolist() == ["000000000000", "aaaaaaaaaaaa", "bbbbbbbbbbbb"]
    assert table["state"].tolist() == ["open", "closed", "closed"]


def test_a_note_asks_nothing_and_what_a_site_cannot_put_right_is_for_the_study():
    table = asked(found({"severity": "note"}, {"rule": "CODING"}, {"rule": "NEW-FILE", "SITEID": None}, {}))
    assert table[["rule", "recipient"]].to_numpy().tolist() == [
        ["CODING", "study"],
        ["NEW-FILE", "study"],
        ["RANGE", "site"],
    ]


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        ({"message": "Rash has no end date. Please enter it."}, "Rash has no end date. Please enter it."),
        ({"rule": "CODE", "value": "Recoverd"}, 'WEIGHT "Recoverd" is none of the answers known for this field. Please check the entry.'),
        ({"rule": "REQUIRED", "value": None}, "WEIGHT is blank, and without it the record cannot be used. Please enter it."),
        ({"rule": "DUPLICATE-KEY", "value": None, "column": None}, "This record is there twice with different contents. Please check which one is right."),
        ({"rule": "PASI-TOTAL", "value": "15.3", "message": "the items give 14.3"}, 'WEIGHT "15.3" is not the total of the scores: the items give 14.3. Please check both.'),
    ],
)  # fmt: skip
def test_the_question_is_a_sentence_that_the_site_can_answer(finding, words):
    assert question(found(finding)).tolist() == [words]
