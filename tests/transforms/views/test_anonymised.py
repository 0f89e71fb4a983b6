"""The anonymised view on small tables, worked out by hand."""

import pandas as pd
import pytest

from transforms.views.anonymised import (
    FURTHEST,
    dates_moved,
    days_moved,
    pseudonym,
    seen,
    study_seen,
    words,
)

KEY = b"a key that only tests know"


def text(*values):
    return pd.Series(values, dtype="str").astype("category")


@pytest.mark.parametrize(
    ("date", "later"),
    [
        ("2020-03-10", "2020-02-29"),
        ("2020-03-10T09:30", "2020-02-29T09:30"),
        ("1951-01-05", "1950-12-26"),
        ("1951", "1951"),
        ("2020-03-10T09:30:15+08:00", "2020-02-29T09:30:15+08:00"),
        ("2020-03", "2020-03"),  # the 15th becomes the 5th
        ("2020", "2020"),  # 1 July becomes 21 June
        ("2020---05", "2020"),  # the 5th of nobody knows which month is a year
        ("2020-03-10/2020-03-12", "2020-02-29/2020-03-02"),
        (None, None),
    ],
)
def test_a_date_is_moved_at_the_precision_that_it_has(date, later):
    (found,) = dates_moved(text(date), pd.Series([-10.0])).astype("object")
    assert found == later or (later is None and pd.isna(found))


def test_a_partial_date_is_moved_by_its_middle():
    found = dates_moved(text("2020-03", "2020", "2020-01"), pd.Series([-20.0, -200.0, -15.0]))
    assert found.tolist() == ["2020-02", "2019", "2019-12"]


@pytest.mark.parametrize(
    ("date", "start", "days", "later"),
    [
        ("2020-03", "2020-03-20", -16, "2020-03"),  # it may be the day of first dose, which becomes 4 March
        ("2020-03", "2020-03-20", -25, "2020-02"),  # 24 February
        ("2020-02", "2020-03-05", -10, "2020-01"),  # before it, which becomes 24 February: not 2020-02
        ("2020-04", "2020-03-28", -10, "2020-04"),  # after it, 18 March; the middle of April is still April
        ("2020-04", "2020-03-31", -20, "2020-04"),  # after it, 11 March: not 26 March
        ("2019", "2020-01-15", -30, "2018"),  # before it, 16 December 2019: not 2019
        ("2020", "2020-01-15", -30, "2019"),  # it may be the day of first dose
    ],
)
def test_a_partial_date_that_may_be_the_day_of_first_dose_may_still_be_it_and_no_other(date, start, days, later):
    day = pd.Series([float((pd.Timestamp(start) - pd.Timestamp(0)).days)])
    assert dates_moved(text(date), pd.Series([float(days)]), day).tolist() == [later]


def test_each_subject_is_moved_by_a_number_of_days_of_its_own():
    moves = {days_moved(KEY, f"S{n}") for n in range(200)}
    assert len(moves) > 100 and min(moves) >= -FURTHEST and max(moves) <= -1
    assert days_moved(KEY, "S1") == days_moved(KEY, "S1") != days_moved(b"another key of sixteen", "S1")


def dm(**values):
    given = {"STUDYID": "STUDY", "DOMAIN": "DM", "USUBJID": "STUDY-01-1", "SUBJID": "1", "SITEID": "01", "SEX": "F"}
    given |= {"INVNAM": "Dr Wang", "BRTHDTC": "1928", "COUNTRY": "CHN", "RACE": "ASIAN", "RFSTDTC": "2020-03-10T09:30"}
    frame = {name: text(value) for name, value in (given | values).items()}
    return pd.DataFrame(frame | {"AGE": pd.Series([91.0])})


def test_a_subject_has_another_name_and_no_birth_and_no_investigator(trial):
    found = seen("DM", dm(), trial.study, KEY).iloc[0]
    name = pseudonym(KEY, "subject", "STUDY-01-1")
    assert (found["USUBJID"], found["SUBJID"]) == (f"STUDY-{name}", name)
    assert found["SITEID"] == "S" + pseudonym(KEY, "site", "01") and "BRTHDTC" not in found
    assert pd.isna(found["INVNAM"]) and (found["SEX"], found["RACE"], found["AGE"]) == ("F", "ASIAN", 90)


@pytest.mark.parametrize(("age", "shown"), [(89.0, 89.0), (90.0, 90.0), (103.0, 90.0), (None, None)])
def test_ages_over_89_are_one_group(trial, age, shown):
    found = seen("DM", dm().assign(AGE=pd.Series([age], dtype="float64")), trial.study, KEY)["AGE"].iloc[0]
    assert found == shown or (shown is None and pd.isna(found))


def ae(**columns):
    n = len(next(iter(columns.values())))
    given = {"STUDYID": ["STUDY"] * n, "DOMAIN": ["AE"] * n, "USUBJID": ["STUDY-01-1"] * n, **columns}
    return pd.DataFrame({name: text(*values) for name, values in given.items()} | {"AESEQ": range(1, n + 1)})


def test_a_reported_term_is_its_decoded_one_and_what_is_not_coded_goes(trial_with):
    from schemas.study import Coding

    trial = trial_with(tables={"coding": [Coding(form="ae", verbatim="bad head", decod="Headache")]})
    records = ae(
        AETERM=["Bad head", "Fell off Mr Li's ladder", "Headache"],
        AEDECOD=["Headache", "FELL OFF MR LI'S LADDER", "HEADACHE"],
        AESPID=["A-1", "A-2", "A-3"],
        AEACNOTH=["Called his son 13912345678", None, None],
        AEENTPT=["FINAL SUBJECT VISIT", "2020-03-10", None],
    )
    found = seen("AE", records, trial.study, KEY)
    assert found["AETERM"].tolist() == ["Headache", "REDACTED", "HEADACHE"]
    assert found["AEDECOD"].tolist() == ["Headache", "REDACTED", "HEADACHE"]
    assert found[["AESPID", "AEACNOTH"]].isna().all(axis=None)
    moved = dates_moved(text("2020-03-10"), pd.Series([float(days_moved(KEY, "STUDY-01-1"))])).iloc[0]
    assert found["AEENTPT"].tolist()[:2] == ["FINAL SUBJECT VISIT", moved]


def test_a_coded_term_that_the_export_has_stays_and_one_that_only_repeats_the_report_goes(trial):
    columns = {**trial.study.file.sources["ae"].columns, "AEDECOD": {"column": "PT"}, "AEBODSYS": {"column": "SOC"}}
    source = trial.study.file.sources["ae"].model_validate(
        trial.study.file.sources["ae"].model_dump(exclude_none=True) | {"columns": columns}
    )
    file = trial.study.file.model_copy(update={"sources": trial.study.file.sources | {"ae": source}})
    study = trial.study.model_copy(update={"file": file})
    records = ae(
        AETERM=["Pneumonitis x", "Mr Li was ill", "Vertigo positional"],
        AEDECOD=["PNEUMONITIS RARE", "MR LI WAS ILL", "VERTIGO POSITIONAL"],
        AEBODSYS=["CHEST", None, "EAR"],
    )
    found = seen("AE", records, study, KEY)
    assert found["AEDECOD"].tolist() == ["PNEUMONITIS RARE", "REDACTED", "VERTIGO POSITIONAL"]
    assert found["AETERM"].tolist() == found["AEDECOD"].tolist()


def test_a_result_is_an_amount_or_a_known_word(trial):
    results = ["12.5", "<5", "2+", "1:40", "POSITIVE", "sent to Dr Wang", "13912345678", "1.2E3", "0-2"]
    n = len(results)
    records = pd.DataFrame({
        name: text(*([value] * n)) for name, value in
        {"STUDYID": "STUDY", "DOMAIN": "LB", "USUBJID": "S", "LBTESTCD": "GLUC", "LBTEST": "Glucose"}.items()
    } | {"LBSEQ": range(1, n + 1), "LBORRES": text(*results)})  # fmt: skip
    found = seen("LB", records, trial.study, KEY)["LBORRES"]
    assert found.astype("object").where(found.notna(), None).tolist() == [
        "12.5", "<5", "2+", "1:40", "POSITIVE", None, None, "1.2E3", "0-2",
    ]  # fmt: skip


def test_only_coded_and_derived_qualifiers_and_amounts_are_left(trial):
    names = ["AEINTENT", "AETERMOR", "AETERM1", "SUBJID"]
    records = pd.DataFrame({
        name: text(*([value] * 4)) for name, value in
        {"STUDYID": "STUDY", "RDOMAIN": "AE", "USUBJID": "S", "IDVAR": "AESEQ", "QLABEL": "x", "QVAL": "5"}.items()
    } | {"IDVARVAL": text(*"1234"), "QNAM": text(*names)})  # fmt: skip
    assert seen("SUPPAE", records, trial.study, KEY).empty


def test_comments_have_no_place(trial):
    assert seen("CO", pd.DataFrame({"USUBJID": text("S"), "COVAL": text("x")}), trial.study, KEY) is None


def test_the_order_of_subjects_says_nothing_of_their_numbers(trial):
    records = pd.concat([dm(USUBJID=f"STUDY-01-{n}", SUBJID=str(n)) for n in range(20)], ignore_index=True)
    records = records.astype({"USUBJID": "category", "SUBJID": "category"})
    found = seen("DM", records, trial.study, KEY)["USUBJID"].astype("str").tolist()
    assert found == sorted(found)
    assert found != [f"STUDY-{pseudonym(KEY, 'subject', f'STUDY-01-{n}')}" for n in range(20)]


def test_the_trial_summary_keeps_the_years_of_its_dates(trial_with):
    from schemas.study import Summary

    trial = trial_with()
    study = trial.study.model_copy(update={"summary": (Summary(TSPARMCD="SSTDTC", TSVAL="2019-12-02"),)})
    assert [row.TSVAL for row in study_seen(study).summary] == ["2019"]


def test_words_are_those_of_the_study_file_and_of_terminology_and_no_site(trial_with):
    from schemas.study import Translation

    trial = trial_with()
    said = Translation(text="李先生摔倒", english="Mr Li fell")
    study = trial.study.model_copy(update={"translations": (said,)})
    assert {"stem cells", "week 4", "not done", "milligram per liter", "mg", "adult"} - words(study) == {
        "milligram per liter"
    }
    assert not {"mr li fell", "李先生摔倒"} & words(study)
