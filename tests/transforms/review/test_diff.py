"""Pairing the rows that differ."""

from pathlib import Path

import pandas as pd

from flows.study_file import read_study
from transforms.review.diff import paired, record_keys

STUDY = Path(__file__).parents[3] / "studies" / "admsc_psoriasis"


def frame(**columns) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(values) for name, values in columns.items()})


def whats(changes) -> list[tuple]:
    return list(changes.records[["what", "K"]].itertuples(index=False, name=None))


def values(changes) -> list[tuple]:
    return [
        (changes.records.at[v.record, "K"], v.column, *(None if x != x else x for x in (v.old, v.new)))
        for v in changes.values.itertuples()
    ]


def test_added_removed_and_changed_by_key():
    old = frame(K=["a", "b"], V=["1", "2"])
    new = frame(K=["b", "c"], V=["3", "4"])
    found = paired(old, new, ["K"], ["K", "V"])
    assert sorted(whats(found)) == [("added", "c"), ("changed", "b"), ("removed", "a")]
    assert values(found) == [("b", "V", "2", "3")]


def test_what_is_not_compared_does_not_change_a_record():
    found = paired(frame(K=["a"], SEQ=[1.0]), frame(K=["a"], SEQ=[2.0]), ["K"], ["K"])
    assert found.records.empty and found.values.empty


def test_of_two_records_with_one_key_the_first_is_paired_with_the_first():
    old = frame(K=["a", "a"], V=["1", "2"])
    new = frame(K=["a", "a", "a"], V=["1", "5", "6"])
    found = paired(old, new, ["K"], ["V"])
    assert sorted(whats(found)) == [("added", "a"), ("changed", "a")]
    assert values(found) == [("a", "V", "2", "5")]


def test_a_missing_key_is_a_key_and_a_missing_value_is_no_change():
    old = frame(K=pd.Series(["a", None], dtype="str"), V=pd.Series([None, "x"], dtype="str"))
    new = frame(K=pd.Series(["a", None], dtype="str"), V=pd.Series([None, None], dtype="str"))
    found = paired(old, new, ["K"], ["V"])
    assert len(found.records) == 1 and pd.isna(found.records.at[0, "K"])
    assert [(v.old, v.new != v.new) for v in found.values.itertuples()] == [("x", True)]


def test_numbers_and_dates_are_told_as_they_are_printed():
    old = frame(K=["a"], N=[30.2], D=pd.to_datetime(["2020-01-02"]))
    new = frame(K=["a"], N=[20.0], D=pd.to_datetime(["2020-01-02 09:30"]))
    assert values(paired(old, new, ["K"], ["N", "D"])) == [
        ("a", "N", "30.2", "20"),
        ("a", "D", "2020-01-02", "2020-01-02T09:30:00"),
    ]


def test_a_raw_key_is_the_same_however_it_is_written():
    source = read_study(STUDY).file.sources["bsa"]
    raw = frame(
        SITE=["01", "01"], SUBJECT=["001", "００１"], VISIT=["W4", " W4"], ASSESSED_ON=["13 JAN 2020", "13-01-2020"]
    )
    keys = record_keys(raw, source, read_study(STUDY))
    assert keys.loc[0].to_dict() == {"SITEID": "01", "SUBJID": "001", "VISIT": "WEEK 4", "FADAT": "2020-01-13"}
    assert keys.loc[0].equals(keys.loc[1])
