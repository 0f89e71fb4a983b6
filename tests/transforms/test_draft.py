"""What a draft proposes, and what it leaves to a person."""

import pandas as pd
import pytest

from transforms.draft import (
    Export,
    Profile,
    alike,
    cut_subject,
    date_order,
    drafted,
    plain,
    profile,
    proposed_term,
    row_key,
    visit_term,
)


def export(file: str = "ae.csv", **columns: list[str]) -> Export:
    return Export(file, {"format": ("csv", "")}, [("2020-03-01", pd.DataFrame(columns, dtype="str"))])


def dates(*values: str) -> list[Profile]:
    return [Profile("START", "date", False, list(values), [], False)]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["16 DEC 2019", "UN-MAR-2020", "UN/UNK/2005"], "date"),
        (["2019年3月5日", "2019年12月31日"], "date"),
        (["08:50", "15:10"], "time"),
        (["36.5", "37,1", "-2"], "number"),
        (["2019", "2020"], "number"),
        (["Headache", "Nausea"], "text"),
        (["", ""], "blank"),
        (["-99", "ND"], "blank"),
    ],
)
def test_a_column_is_what_its_values_are(values, kind):
    assert profile("COLUMN", pd.Series(values, dtype="str")).kind == kind


def test_missing_codes_are_told_from_values():
    assert profile("WEIGHT", pd.Series(["71.7", "ND", "70.2", "-99"], dtype="str")).missing == ["ND", "-99"]
    # in free text NA may be an answer, in a count 999 may be a number
    words = [f"event {n}" for n in range(60)]
    assert profile("EVENT", pd.Series([*words, "NA"], dtype="str")).missing == []
    assert profile("STEPS", pd.Series(["999", "1200"], dtype="str")).missing == []


def test_the_order_of_dates_is_told_by_a_part_above_twelve():
    assert date_order(dates("03/04/2020", "16/04/2020")) == ("dmy", "START has 16/04/2020")
    assert date_order(dates("04/16/2020"))[0] == "mdy"
    assert date_order(dates("2020-03-01"))[0] == "ymd"
    assert date_order(dates("16 DEC 2019")) == ("dmy", "months are words: START has 16 DEC 2019")


def test_an_order_that_cannot_be_told_is_left_to_a_person():
    order, why = date_order(dates("03/04/2020"))
    assert order == "none" and why.startswith("DECIDE: no date tells dmy from mdy")
    order, why = date_order(dates("16/04/2020", "04/17/2020"))
    assert order == "none" and "16/04/2020" in why and "04/17/2020" in why


def test_names_are_compared_as_words():
    assert plain("IT.AESTDAT") == "aestdat" and plain("LAST_UPDATED") == "last updated"
    assert plain("Dose given (10^6/kg)") == "dose given"
    assert alike("start date", ["onset", "start date"]) == 1
    assert alike("lot", ["outcome"]) == 0


@pytest.mark.parametrize(
    ("code", "codelist", "term"),
    [
        ("Male", "C66731", "M"),
        ("男", "C66731", ""),
        ("Twice daily", "C71113", "BID"),
        ("Grade 2", ("1", "2", "3"), "2"),
        ("Milestone", "C74558", "PROTOCOL MILESTONE"),
        ("Not recovered", "C66768", "NOT RECOVERED/NOT RESOLVED"),
        ("Recoverd", "C66768", ""),
    ],
)
def test_a_term_is_proposed_only_where_one_fits(code, codelist, term):
    assert proposed_term(code, codelist) == term


def test_unscheduled_visits_are_recognised():
    assert visit_term("UNS") == visit_term("Unscheduled 1.1") == "UNSCHEDULED"
    assert visit_term("Week 4") == "WEEK 4"


def test_an_event_export_is_read_by_names_and_content():
    source = drafted(
        export(
            SITE=["01", "01"],
            PATIENT=["001", "002"],
            INITIALS=["AE", "BE"],
            EVENT=["Headache", "Fever"],
            ONSET=["16 DEC 2019", "17 DEC 2019"],
            SERIOUS=["No", "No"],
            CAUSALITY=["Related", "Not related"],
            LAST_UPDATED=["2019-12-16T10:07:00", "2019-12-17T10:07:00"],
            STATUS=["ACTIVE", "INACTIVE"],
        )
    )
    assert source.form == "ae"
    assert source.columns == {
        "SITEID": "SITE", "SUBJID": "PATIENT", "AETERM": "EVENT", "AESTDAT": "ONSET", "AESER": "SERIOUS",
        "AEREL": "CAUSALITY",
    }  # fmt: skip
    assert source.roles["identifying"] == ["INITIALS"]
    assert source.roles["updated"] == ["LAST_UPDATED"] and source.roles["inactive"] == ["STATUS"]


@pytest.mark.parametrize("name", ["FULL_NAME", "Initials", "Telephone", "受试者姓名", "nickname", "Prepared by"])
def test_columns_about_persons_are_identifying(name):
    found = drafted(export(SITE=["01"], SUBJECT=["001"], EVENT=["Fever"], **{name: ["x"]}))
    assert found.roles["identifying"] == [name]


def test_identity_numbers_are_found_by_their_content():
    found = drafted(export(SITE=["01"], SUBJECT=["001"], EVENT=["Fever"], CODE9=["11010519491231002X"]))
    assert found.roles["identifying"] == ["CODE9"]


def test_a_wide_form_of_vital_signs_gives_one_record_a_sign():
    source = drafted(
        export("vs.csv", SITE=["01"], SUBJECT=["001"], VISIT=["W0"], MEASURED_ON=["16 DEC 2019"], WEIGHT=["71.7"],
               TEMP=["36.4"], TEMP_TIME=["11:20"])
    )  # fmt: skip
    assert source.records == [
        {"VSTESTCD": "WEIGHT", "VSORRES": "WEIGHT"},
        {"VSTESTCD": "TEMP", "VSORRES": "TEMP", "VSTIM": "TEMP_TIME"},
    ]


def test_the_key_is_the_smallest_set_that_tells_rows_apart():
    source = drafted(
        export(SITE=["01"] * 3, SUBJECT=["001", "001", "002"], LINE=["1", "2", "1"], EVENT=["Fever", "Fever", "Rash"])
    )
    assert row_key(source) == (["SITEID", "SUBJID", "AESPID"], "")


def test_site_and_subject_in_one_column_are_seen():
    source = drafted(export(PATNUM=["701-1015", "702-1023", "701-1028"], EVENT=["Fever", "Rash", "Pain"]))
    site, subject, example = cut_subject(source)
    assert site == {"column": "PATNUM", "split": "-", "part": 1, "of": 2}
    assert subject["part"] == 2 and example == "701-1015"


def test_scores_in_several_columns_are_a_questionnaire_of_the_studys_own():
    answers = {f"Q{n}_{word}": ["0", "3", "0", "3"] for n, word in enumerate(("sleep", "mood", "energy"), 1)}
    days = ["23.05.2023", "24.05.2023", "14.06.2023", "15.06.2023"]
    source = drafted(
        export("wellbeing.csv", SITE=["01"] * 4, SUBJECT=["001", "002"] * 2, VISIT=["W0", "W0", "W4", "W4"], DATE=days,
               **answers, Total=["0", "9", "0", "9"])
    )  # fmt: skip
    assert (source.form, source.instrument) == ("qs", "WELLBEING")
    assert source.items == {"01": "Q1_sleep", "02": "Q2_mood", "03": "Q3_energy", "TOT": "Total"}
    assert source.own[["testcd", "test", "min", "origin"]].iloc[[0, 3]].to_numpy().tolist() == [
        ["WELLB01", "Q1 sleep", "DECIDE", "scored"],
        ["WELLBTOT", "Total", "DECIDE", "derived"],
    ]


def test_a_position_belongs_to_the_key_of_vital_signs():
    source = drafted(
        export("vitals.csv", SITE=["01"] * 3, SUBJECT=["001"] * 3, VISIT=["W0"] * 3, DATE=["23.05.2023"] * 3,
               PARAMETER=["BP", "BP", "PULSE"], POSITION=["supine", "standing", ""], VALUE=["120", "n.d.", "60"],
               UNIT=["mmHg", "mmHg", "bpm"])
    )  # fmt: skip
    key, doubt = row_key(source)
    assert "VSPOS" in key and doubt == ""
    assert source.profiles["VALUE"].missing == ["n.d."]


def test_the_studys_number_is_no_topic_and_its_status_a_disposition():
    source = drafted(
        export("status.csv", StudyNo=["HYP-7"] * 4, Centre=["01"] * 4, Patient=["1", "2", "3", "4"],
               Status=["Completed", "Completed", "Dropped out", "Dropped out"],
               **{"Status date": ["23.05.2023", "24.05.2023", "25.05.2023", "26.05.2023"]})
    )  # fmt: skip
    assert source.form == "ds" and source.roles["study"] == ["StudyNo"]
    assert source.columns["DSDECOD"] == source.columns["DSTERM"] == "Status"
    assert source.columns["DSSTDAT"] == "Status date"
