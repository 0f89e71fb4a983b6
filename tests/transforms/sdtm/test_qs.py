import pandas as pd
import pytest

from schemas.study import Column
from transforms.sdtm.subjects import subjects_sdtm


def test_instruments_stand_together_and_are_numbered_within_the_subject(trial, treated):
    treated["dm"].append(treated["dm"][0] | {"USUBJID": "S2", "SUBJID": "2"})
    given = {"QSDAT": "2020-03-02", "VISIT": "SCREENING", "01.unit": "mm"}
    treated["qs"] = [
        {"USUBJID": "S2", "01": 40.0} | given,
        {"USUBJID": "S1", "01": 30.0} | given | {"QSDAT": "2020-03-10", "VISIT": "WEEK 0"},
        {"USUBJID": "S1", "01": 50.0} | given,
    ]
    qs = trial.sdtm(**treated).datasets["QS"]
    assert qs[["USUBJID", "QSSEQ", "VISIT", "QSDTC", "QSSTRESN", "QSCAT"]].to_numpy().tolist() == [
        ["S1", 1, "SCREENING", "2020-03-02", 50.0, "PRURITUS VAS"],
        ["S1", 2, "WEEK 0", "2020-03-10", 30.0, "PRURITUS VAS"],
        ["S2", 1, "SCREENING", "2020-03-02", 40.0, "PRURITUS VAS"],
    ]
    assert qs["QSLOBXFL"].tolist()[1] == "Y" and "QSDAT" not in qs


@pytest.fixture
def long(trial):
    """The study whose DLQI comes with one row per item."""
    source = trial.study.file.sources["qs"]
    columns = source.columns | {name: Column(column=(f"raw {name}",)) for name in ("QSTESTCD", "QSORRES")}
    source = source.model_copy(update={"instrument": "DLQI", "items": {}, "columns": columns})
    file = trial.study.file.model_copy(update={"sources": trial.study.file.sources | {"qs": source}})
    trial.study = trial.study.model_copy(update={"file": file})
    return trial


def answered(long, treated, *answers):
    """The outcome of one DLQI in week 0, its answers in rows of their own."""
    row = {"USUBJID": "S1", "VISIT": "WEEK 0", "QSDAT": "2020-03-10"}
    rows = [row | {"QSTESTCD": code, "QSORRES": answer} for code, answer in answers]
    form = long.form("qs", *rows).drop(columns="01")
    form["QSORRES.number"] = pd.to_numeric(form["QSORRES"].astype("str"), errors="coerce").astype(float)
    return subjects_sdtm(long.forms(**treated) | {"qs": {"qs": form}}, long.study)


def test_items_with_rows_of_their_own_are_scored_and_lead_back_to_them(long, treated):
    rows = [(f"DLQI1{n:02}", "A LOT") for n in range(1, 11) if n != 7]
    qs = answered(long, treated, *rows, ("DLQI107", "YES")).datasets["QS"].astype({"QSTESTCD": "str"})
    total = qs.set_index("QSTESTCD").loc["DLQI111"]
    assert (total["QSSTRESN"], total["QSDRVFL"], total["VISIT"], total["QSDY"]) == (21, "Y", "WEEK 0", 1)
    assert qs.set_index("QSTESTCD").loc[["DLQI101", "DLQI110", "DLQI107"], "_row"].tolist() == [2, 10, 11]


def test_an_answer_beyond_the_scale_in_other_words_or_twice_is_asked_about(long, treated):
    found = answered(
        long, treated, ("DLQI101", "4"), ("DLQI102", "perhaps"), ("DLQI103", "1"), ("DLQI103", "2")
    ).findings
    assert found[["rule", "_row", "column", "value"]].to_numpy().tolist() == [
        ["NUMBER", 3, "raw QSORRES", "perhaps"], ["RANGE", 2, "raw QSORRES", "4"], ["DUPLICATE", 5, "raw QSORRES", "2"],
    ]  # fmt: skip
