"""Two deliveries of one column side by side: what has changed, and which line would say that it is right."""

import pandas as pd
import pytest

from schemas.study import Code, Source, Study, StudyFile
from transforms.drift import changes, code_line, content, contents, needed, renamed, renamed_line, with_code_lines

AE = {
    "form": "ae",
    "file": "ae.csv",
    "format": "csv",
    "encoding": "utf-8",
    "delimiter": ",",
    "decimal": ".",
    "mode": "cumulative",
    "key": ["SITEID", "SUBJID", "AESPID"],
    "date_order": "dmy",
    "missing": {"ND": ""},
    "columns": {
        "SITEID": "SITE",
        "SUBJID": "SUBJ",
        "AESPID": "ID",
        "AETERM": "EVENT",
        "AESTDAT": "START",
        "AETOXGR": {"column": "GRADE", "codes": "grade"},
    },
}


def source(**more) -> Source:
    return Source.model_validate(AE | more)


def events(before: dict, now: dict, **more) -> list[tuple[str, str]]:
    then, today = (contents(pd.DataFrame(given, dtype="str"), source(**more)) for given in (before, now))
    return [(event.kind, event.column) for event in changes([then], today, source(**more))]


DAYS = ["01 JAN 2020", "15 FEB 2020", "31 MAR 2020", "UN/UNK/2020"]


@pytest.mark.parametrize(
    ("before", "now", "event"),
    [
        (DAYS, ["02 APR 2020", "ND", "", "9 MAY 2020", "UN MAY 2020", "8 MAY 2020"], None),
        (DAYS, ["02 APR 2020 10:30", "03 APR 2020 11:00", "04 APR 2020 12:00"], None),  # a time of day is no format
        (DAYS, ["02 APR 2020", "2020-04-03", "03 APR 2020", "04 APR 2020"], None),  # one cell is no format either
        (DAYS, ["2020-04-02", "2020-04-03", "2020-04-04"], "date_format"),
        (DAYS, ["43815", "43816", "43817"], "date_format"),
        (["01/02/2020", "15/02/2020", "20/02/2020"], ["02/01/2020", "02/15/2020", "02/20/2020"], "date_format"),
        (["01/02/2020", "15/02/2020", "20/02/2020"], ["03/04/2020", "16/04/2020", "21/04/2020"], None),
        (DAYS, ["yes", "no", "no"], "retyped_column"),
        (DAYS, ["2020-04-02", "yes"], None),  # too few to tell
    ],
)
def test_dates_of_two_deliveries(before, now, event):
    assert events({"START": before}, {"START": now}) == ([(event, "START")] if event else [])


@pytest.mark.parametrize(
    ("before", "now", "changed"),
    [
        (["1", "2", "3"], ["2", "2", "1"], False),
        (["1", "2", "3"], ["mild", "severe", "3"], True),
        (["1", "2", "3"], ["1", "2", "severe"], False),
        (["1", "2", "3"], ["ND", "ND", "ND", "ND"], False),  # codes for no value are no values
        (["mild", "severe", "mild"], ["1", "2", "3"], False),  # words may be anything
    ],
)
def test_numbers_of_two_deliveries(before, now, changed):
    assert events({"GRADE": before}, {"GRADE": now}) == ([("retyped_column", "GRADE")] if changed else [])


def test_a_column_with_another_name_is_known_by_its_name_or_by_its_values():
    past = {"EVENT": [content(pd.Series(["fever", "rash", "cough"], dtype="str"), source())]}
    given = {
        "EVENT_TERM": ["nausea", "cold", "rash"],
        "XYZ": ["fever", "rash", "cough"],
        "EVENTS": ["1", "2", "3"],  # numbers: another thing, whatever its name
        "OTHER": ["a", "b", "c"],
    }

    def found(*names):
        new = {name: content(pd.Series(given[name], dtype="str"), source()) for name in names}
        return renamed(past, new, {"EVENT": ("EVENT",)})

    assert found("EVENT_TERM", "OTHER") == {"EVENT": "EVENT_TERM"}
    assert found("XYZ", "OTHER") == {"EVENT": "XYZ"}
    assert found("EVENTS", "OTHER") == {}


def test_the_line_that_is_proposed_is_the_one_to_write():
    assert renamed_line("ae", source(), "EVENT", "EVENT_TERM") == (
        'write AETERM = ["EVENT", "EVENT_TERM"] under [sources.ae.columns]'
    )
    assert 'AETOXGR = { column = ["GRADE", "CTC"], codes = "grade" }' in renamed_line("ae", source(), "GRADE", "CTC")


def test_what_a_row_cannot_do_without():
    assert [column for column in ("SUBJ", "ID", "EVENT", "START", "GRADE") if needed(column, source())] == [
        "SUBJ", "ID", "EVENT",
    ]  # fmt: skip


def test_an_unknown_code_proposes_its_line_of_the_code_list():
    study = Study.model_construct(
        file=StudyFile.model_construct(sources={"ae": source()}),
        codes=[Code(codelist="grade", code="Grade 1", term="1"), Code(codelist="grade", code="Grade 2", term="2")],
    )
    assert code_line("grade", "grade 2 ", study) == "grade,grade 2 ,2"
    assert code_line("grade", "Mild, or so", study) == 'grade,"Mild, or so",TERM'
    findings = pd.DataFrame(
        {"rule": ["CODE", "DATE"], "dataset": "ae", "column": ["GRADE", "START"], "value": "Gr 2", "message": "is none"}
    )
    assert list(with_code_lines(findings, study)["message"]) == [
        "is none; if it is one, add it to codelists.grade and the line grade,Gr 2,2 to codes.csv",
        "is none",
    ]
