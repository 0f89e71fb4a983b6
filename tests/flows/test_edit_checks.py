# ruff: noqa: E501 (a case stands on one line)
"""Which edit checks run, with which thresholds, and the site's words for what they find."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from flows import analysis, edit_checks
from flows.problems import StudyFileError
from flows.study import without_answered_blanks
from flows.study_file import read_study
from schemas.edit_checks import edit_checks as known
from schemas.study import CheckSettings

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"


@pytest.fixture(scope="module")
def study():
    return read_study(STUDY)


def with_checks(study, **checks):
    said = {name: CheckSettings(**given) for name, given in checks.items()}
    return study.model_copy(update={"file": study.file.model_copy(update={"checks": said})})


def test_a_study_sets_thresholds_and_switches_checks_off(study):
    told = with_checks(study, dm_age_range={"thresholds": {"high": 65}}, vs_twice={"off": "measured three times"})
    rows = edit_checks.standing(told).set_index("rule")
    assert rows.loc["DM-AGE-RANGE", ["state", "thresholds"]].tolist() == ["runs", "low = 18, high = 65"]
    assert rows.loc["VS-TWICE", ["state", "reason"]].tolist() == ["off", "measured three times"]
    assert rows.loc["LB-CHANGE", ["state", "reason"]].tolist() == ["not applicable", "not collected: lb.LBORRES"]
    assert len(rows) == len(known())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('[checks]\nvs_weight_chnge = { off = "no" }\n', "checks.vs_weight_chnge: is no edit check of sql/checks; did you mean vs_weight_change"),
        ("[checks]\nvs_weight_change = { thresholds = { kg = 3 } }\n", "checks.vs_weight_change.thresholds.kg: is no threshold of this check: percent"),
        ("[checks]\nvs_twice = { threshold = { kg = 3 } }\n", "checks.vs_twice.threshold: is not a key of the study file; did you mean thresholds"),
    ],
)  # fmt: skip
def test_a_check_or_threshold_that_does_not_exist_is_named(lines, said, tmp_path):
    import shutil

    folder = shutil.copytree(STUDY, tmp_path / "study", ignore=shutil.ignore_patterns("raw"))
    text = (folder / "study.toml").read_text(encoding="utf-8").replace("[drift]\n", f"{lines}\n[drift]\n", 1)
    (folder / "study.toml").write_text(text, encoding="utf-8")
    with pytest.raises(StudyFileError) as error:
        read_study(folder)
    assert said in str(error.value)


@pytest.fixture
def con(study):
    with duckdb.connect() as con:
        analysis.study_tables(con, study)
        rows = [("S-01", "TEMP", 1, 36.0), ("S-01", "TEMP", 2, 37.9), ("S-01", "WEIGHT", None, 82.0)]
        vs = pd.DataFrame(rows, columns=["USUBJID", "VSTESTCD", "VSTPTNUM", "VSSTRESN"])
        con.register("given_vs", vs.assign(VSSEQ=[1, 2, 3], VSDTC="2020-01-20", VISIT="WEEK 4"))
        dose = {"USUBJID": "S-01", "SITEID": "01", "SUBJID": "001", "VISIT": "WEEK 4", "EXSTDAT": "2020-01-20", "EXDOSE": 0.5, "EXWEIGHT": 28.0}
        ex = pd.DataFrame([dose | {"_source": "infusions", "_file": "2020-02-28/log.xlsx", "_row": 10, "EXLOT": "A"}])
        con.register("given_ex", ex)
        lineage = pd.DataFrame({"USUBJID": "S-01", "SEQ": [1, 2, 3], "FILE": "2020-02-28/edc_vs.csv", "ROW": 21})
        con.register("given_lineage", lineage)
        analysis.sdtm_views(con, {"vs": "given_vs"})
        edit_checks.views(con, study, {"ex": "given_ex"})
        yield con


def test_results_stand_in_the_sites_file_row_and_column_with_their_words(con, study):
    sources = {"2020-02-28/edc_vs.csv": ["vs"]}
    found = edit_checks.findings(con, study, {"VS": "given_lineage"}, sources, "2020-02-28", "subject")
    told = found.set_index("rule")[["severity", "dataset", "USUBJID", "_file", "_row", "column", "value"]]
    assert told.loc["VS-INFUSION-TEMPERATURE"].tolist() == [
        "warning", "vs", "S-01", "2020-02-28/edc_vs.csv", 21, "TEMP_POST", "37.9"
    ]  # fmt: skip
    assert told.loc["EX-WEIGHT-AGAINST-VS"].tolist() == [
        "error", "infusions", "S-01", "2020-02-28/log.xlsx", 10, "Weight (kg)", "28"
    ]  # fmt: skip
    (words,) = found.loc[found["rule"] == "EX-WEIGHT-AGAINST-VS", "message"]
    assert words == (
        "The body weight used for the dose at WEEK 4 is 28 kg; the last one measured before is 82 kg, on 2020-01-20. "
        "Please check which one is right, and the dose."
    )


def test_a_visit_is_found_in_whichever_form_tells_of_it(con):
    assert con.execute("SELECT USUBJID, VISIT, DTC, variable, _source, _row FROM form.visit").fetchall() == [
        ("S-01", "WEEK 4", "2020-01-20", "EXSTDAT", "infusions", 10)
    ]


def test_only_a_date_that_both_texts_put_first_is_before_another(con):
    pairs = [
        ("2019", "2020"),
        ("2020", "2020-03"),
        ("2020-02", "2020-03-01"),
        ("2020-03-01T10:00", "2020-03-01"),
        (None, "2020"),
    ]
    said = [con.execute("SELECT is_before(?, ?)", pair).fetchone()[0] for pair in pairs]
    assert said == [True, False, True, False, None]
    assert con.execute("SELECT whole_day('2020-03'), whole_day('2020-03-01T10:00')::VARCHAR").fetchone() == (
        None,
        "2020-03-01",
    )


def test_a_cell_that_the_form_door_has_blanked_is_not_asked_for_again():
    cell = {"_file": "a.csv", "_row": 2, "column": "START", "value": None}
    rows = pd.DataFrame(
        [
            {"rule": "DATE", **cell, "value": "31 FEB 2020"},
            {"rule": "AE-START-MISSING", **cell},
            {"rule": "AE-START-MISSING", **cell, "_row": 3},
            {"rule": "AE-BEFORE-CONSENT", **cell, "value": "2019"},
        ]
    )
    assert without_answered_blanks(rows)[["rule", "_row"]].to_numpy().tolist() == [
        ["DATE", 2], ["AE-START-MISSING", 3], ["AE-BEFORE-CONSENT", 2]
    ]  # fmt: skip
