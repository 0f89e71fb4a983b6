"""The psoriasis study end to end: the published figures, and every planted defect with its expected outcome.

Figures: Yao D et al., Ann Transl Med 2021;9(22):1653, doi 10.21037/atm-21-5028, abstract; published.csv repeats them.
All that is known of single patients is synthetic.
"""

import csv
from pathlib import Path

import pytest

HERE = Path(__file__).parent
DEFECTS = Path(__file__).parents[2] / "studies" / "admsc_psoriasis" / "defects.csv"

# published figure -> the question to the analyst's database that gives it
QUESTIONS = {
    "enrolled": "SELECT count(*) FROM adam.ADSL WHERE ENRLFL = 'Y'",
    "men": "SELECT count(*) FROM adam.ADSL WHERE ENRLFL = 'Y' AND SEX = 'M'",
    "women": "SELECT count(*) FROM adam.ADSL WHERE ENRLFL = 'Y' AND SEX = 'F'",
    "mean age": "SELECT round(avg(AGE), 2) FROM adam.ADSL WHERE ENRLFL = 'Y'",
    "youngest": "SELECT min(AGE) FROM adam.ADSL WHERE ENRLFL = 'Y'",
    "oldest": "SELECT max(AGE) FROM adam.ADSL WHERE ENRLFL = 'Y'",
    "completed the trial": """SELECT subjects FROM tables.disposition
        WHERE treatment = 'Total' AND period = 'TREATMENT' AND status = 'COMPLETED'""",
    "completed one year of follow-up": """SELECT subjects FROM tables.disposition
        WHERE treatment = 'Total' AND period = 'FOLLOW-UP' AND status = 'COMPLETED'""",
    "treatment-emergent events": """SELECT events FROM tables.ae_summary
        WHERE treatment = 'Total' AND kind = 'Treatment-emergent'""",
    "treatment-emergent events of grade 1": "SELECT count(*) FROM adam.ADAE WHERE TRTEMFL = 'Y' AND ATOXGR = '1'",
    "treatment-emergent events of grade 2": "SELECT count(*) FROM adam.ADAE WHERE TRTEMFL = 'Y' AND ATOXGR = '2'",
    "fever likely related": """SELECT count(*) FROM adam.ADAE
        WHERE TRTEMFL = 'Y' AND AEDECOD = 'Fever' AND AREL = 'LIKELY RELATED'""",
    "pharyngitis unlikely related": """SELECT count(*) FROM adam.ADAE
        WHERE TRTEMFL = 'Y' AND AEDECOD = 'Pharyngitis' AND AREL = 'UNLIKELY RELATED'""",
    "headache unlikely related": """SELECT count(*) FROM adam.ADAE
        WHERE TRTEMFL = 'Y' AND AEDECOD = 'Headache' AND AREL = 'UNLIKELY RELATED'""",
    "serious events in follow-up": """SELECT count(*) FROM adam.ADAE
        WHERE AESER = 'Y' AND TRTEMFL IS NULL AND EPOCH = 'FOLLOW-UP'""",
    "serious events related": "SELECT count(*) FROM adam.ADAE WHERE AESER = 'Y' AND AREL <> 'NOT RELATED'",
    "PASI-50 at one year": """SELECT observed_responders FROM tables.pasi_response
        WHERE treatment = 'Total' AND visit = 'One-Year Follow-up' AND threshold = 'PASI-50'""",
}


def table(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("figure", table(HERE / "published.csv"), ids=lambda row: row["figure"])
def test_the_published_figure_comes_out(figure, database):
    assert database.execute(QUESTIONS[figure["figure"]]).fetchall() == [
        (pytest.approx(float(figure["value"])),)
    ]


def test_there_are_no_other_treatment_emergent_events(database):
    assert database.execute("SELECT count(*) FROM adam.ADAE WHERE TRTEMFL = 'Y'").fetchone() == (15 + 1,)
    assert database.execute("SELECT count(*) FROM adam.ADAE WHERE AESER = 'Y'").fetchone() == (1,)


def test_non_responders_by_imputation_are_counted_among_all_seven(database):
    question = """SELECT nri_responders, nri_subjects FROM tables.pasi_response
        WHERE treatment = 'Total' AND visit = 'One-Year Follow-up' AND threshold = 'PASI-50'"""
    assert database.execute(question).fetchall() == [(2, 7)]


def test_both_screen_failures_have_their_records_and_no_arm(database):
    question = """SELECT SUBJID, ARM, ARMNRS, DSDECOD, IETESTCD
        FROM sdtm.DM JOIN sdtm.DS USING (USUBJID) JOIN sdtm.IE USING (USUBJID)
        WHERE DSCAT = 'DISPOSITION EVENT' ORDER BY SUBJID"""
    assert database.execute(question).fetchall() == [
        ("003", None, "SCREEN FAILURE", "SCREEN FAILURE", "INCL02"),
        ("008", None, "SCREEN FAILURE", "SCREEN FAILURE", "EXCL04"),
    ]


def test_the_data_say_that_they_are_synthetic(database):
    (title,) = database.execute("SELECT TSVAL FROM sdtm.TS WHERE TSPARMCD = 'TITLE'").fetchone()
    assert title.startswith("SYNTHETIC DATA")


def condition(key: str) -> tuple[str, list[str]]:
    pairs = [part.split("=", 1) for part in key.split(";")]
    return " AND ".join(f"""regexp_replace("{name}"::VARCHAR, '[.]0$', '') = ?""" for name, _ in pairs), [
        value for _, value in pairs
    ]


@pytest.mark.parametrize(
    "defect", table(DEFECTS), ids=lambda row: f"{row['file']}:{row['row']} {row['defect']}"
)
def test_planted_defect_has_its_expected_outcome(defect, database, published):
    said = False
    if defect["dataset"]:
        where, values = condition(defect["key"])
        records = database.execute(f"SELECT * FROM sdtm.{defect['dataset']} WHERE {where}", values).fetch_df()
        if defect["variable"] == "RECORDS":
            assert len(records) == int(defect["value"])
        else:
            assert len(records) == 1
            found = records[defect["variable"]].iloc[0]
            if defect["value"] == "":
                assert found is None or found != found
            else:
                assert found == (float(defect["value"]) if isinstance(found, float) else defect["value"])
        said = True
    file = defect["file"]
    rule, row = defect["rule"], defect["row"] and int(defect["row"])
    if defect["outcome"] in ("rejected", "superseded"):
        asked = """SELECT _outcome, _reason FROM read_parquet(?)
            WHERE split_part(_file, '#', 1) = ? AND _row = ?"""
        found = database.execute(asked, [f"{published}/current/rejected/*.parquet", file, row]).fetchall()
        assert [outcome for outcome, _ in found] == [defect["outcome"]]
        assert found[0][1].startswith(rule)
        said = True
    elif rule:
        asked = """SELECT count(*) FROM meta.findings
            WHERE rule = ? AND split_part(file, '#', 1) = ? AND (row = ? OR ? IS NULL)"""
        place = ("study/corrections.csv", None) if rule == "CORRECTION" else (file, row or None)
        (count,) = database.execute(asked, [rule, place[0], place[1], place[1]]).fetchone()
        assert count >= 1
        said = True
    elif row and defect["outcome"] == "kept":
        asked = "SELECT count(*) FROM read_parquet(?) WHERE split_part(_file, '#', 1) = ? AND _row = ?"
        aside = database.execute(asked, [f"{published}/current/rejected/*.parquet", file, row]).fetchone()
        assert aside == (0,)
    if not said:  # an export without rows: nothing may be wrong with it
        assert database.execute("SELECT count(*) FROM meta.findings WHERE file = ?", [file]).fetchone() == (
            0,
        )
