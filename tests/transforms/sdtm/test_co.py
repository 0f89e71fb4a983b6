import pandas as pd
import pytest

from schemas.study import Person
from transforms.sdtm.records import pieces

BIOPSY = {"USUBJID": "S1", "PRTRT": "SKIN BIOPSY", "PRSTDAT": "2020-04-07"}


def test_a_comment_on_a_record_is_attached_to_it_and_one_on_its_own_page_to_nothing(trial, treated):
    treated["pr"] = [BIOPSY, BIOPSY | {"PRSTDAT": "2020-04-09", "COMMENT": "Repeated: first sample was lost"}]
    treated["co"] = [{"USUBJID": "S1", "COVAL": "Subject moved house", "CODAT": "2020-03-12"}]
    out = trial.sdtm(**treated).datasets
    co = out["CO"].set_index("_row")
    assert co[["COSEQ", "RDOMAIN", "IDVAR", "IDVARVAL", "COVAL"]].loc[3].tolist() == [
        1, "PR", "PRSEQ", "2", "Repeated: first sample was lost"
    ]  # fmt: skip
    assert co.loc[2, ["RDOMAIN", "IDVAR", "IDVARVAL"]].isna().all() and co.loc[2, "CODY"] == 3
    assert "COMMENT" not in out["PR"]


def test_a_long_comment_goes_on_in_the_next_variable_and_a_longer_one_is_told(trial, treated):
    word = "1234567890 "
    treated["co"] = [{"USUBJID": "S1", "COVAL": word * 18 + "end"}, {"USUBJID": "S1", "COVAL": word * 40}]
    out = trial.sdtm(**treated)
    co = out.datasets["CO"].set_index("_row").astype("str")
    assert co.loc[2, "COVAL"] == (word * 18).strip() and co.loc[2, "COVAL1"] == "end"
    assert co.loc[3, "COVAL1"] == (word * 18).strip()
    assert out.findings[["rule", "_row"]].to_numpy().tolist() == [["COMMENT", 3]]


@pytest.mark.parametrize("text", ["a " * 150, "x" * 450, "皮疹 " * 60, "é" * 150])
def test_no_piece_is_longer_than_200_bytes_and_nothing_is_lost(text):
    found = pieces(text.strip())
    assert max(len(piece.encode()) for piece in found) <= 200
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_a_study_without_comments_has_no_empty_variables(trial):
    assert {"COVAL", "COVAL1"} <= set(trial.sdtm(**trial.empty()).datasets["CO"])
    assert "COVAL2" not in pd.Index(trial.sdtm(**trial.empty()).datasets["CO"].columns)


def test_a_comment_has_no_supplement_whatever_else_is_known_of_it(trial_with, treated):
    number = {"SITEID": "01", "SUBJID": "001"}
    treated["co"] = [{"USUBJID": "S1", "COVAL": "Fever", "COVAL.original": "发热", "COREF": "page " * 60} | number]
    person = Person(SITEID="01", SUBJID="001", OF_SITEID="01", OF_SUBJID="007", WHY="rescreened")
    out = trial_with(tables={"persons": [person]}).sdtm(**treated)
    assert "SUPPCO" not in out.datasets
    co = out.datasets["CO"].loc[0]
    assert co["COVAL"] == "Fever" and len(co["COREF"]) <= 200
    assert out.findings.loc[out.findings["rule"] == "COMMENT", "column"].tolist() == ["COREF"]
