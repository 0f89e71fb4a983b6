"""Small exports, as sites send them, and what each row and cell becomes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.study import (
    Arm,
    Code,
    Coding,
    Correction,
    Dictionary,
    Drift,
    InstrumentItem,
    Person,
    Policies,
    Source,
    Study,
    StudyFile,
    Translation,
)
from transforms.forms import FINDING, LEVELS, NUMBER, subject_forms

CODES = {
    "checked": {"0": "N", "1": "Y"},
    "yesno": {"Yes": "Y", "No": "N"},
    "outcome": {"Recovered": "RECOVERED/RESOLVED", "Fatal": "FATAL"},
    "sex": {"Male": "M", "Female": "F"},
    "race": {"Asian": "ASIAN"},
    "visit": {"W0": "WEEK 0", "W4": "WEEK 4", "UNS": "UNSCHEDULED"},
    "degree": {"0": "NOT AT ALL", "1": "A LITTLE", "2": "A LOT", "3": "VERY MUCH"},
    "unit": {"mm": "mm", "cm": "cm"},
    "dlqi_item": {"Q1": "DLQI101", "Q2": "DLQI102"},
}
IDS = {"SITEID": "SITE", "SUBJID": "SUBJ"}
COMMON = {"mode": "cumulative", "date_order": "dmy", "missing": {"ND": ""}}
CSV = {"format": "csv", "encoding": "utf-8", "delimiter": ",", "decimal": "."}
XLSX = {"format": "xlsx", "sheet": "Data", "header_row": 1, "date_system": 1900}
DM = {
    "form": "dm",
    "key": ["SITEID", "SUBJID"],
    "columns": IDS
    | {
        "RFICDAT": "CONSENT",
        "ARMCD": {"value": "A"},
        "SEX": {"column": "SEX", "codes": "sex"},
        "RACE": {"column": "RACE", "codes": "race"},
        "COUNTRY": {"value": "CHN"},
    },
}
AE = {
    "form": "ae",
    "key": ["SITEID", "SUBJID", "AESPID"],
    "columns": IDS
    | {
        "AESPID": "ID",
        "AETERM": "EVENT",
        "AESTDAT": "START",
        "AESER": {"column": "SERIOUS", "codes": "yesno"},
        "AEREL": {"value": "RELATED"},
        "AEOUT": {"column": "OUTCOME", "codes": "outcome"},
    },
}
VS = {
    "form": "vs",
    "key": ["SITEID", "SUBJID", "VISIT"],
    "columns": IDS | {"VISIT": {"column": "VISIT", "codes": "visit"}, "VSDAT": "DAY"},
    "records": [
        {"VSTESTCD": {"value": "WEIGHT"}, "VSORRES": "KG", "VSORRESU": {"value": "kg"}, "VSTIM": "KG_TIME"},
        {"VSTESTCD": {"value": "TEMP"}, "VSORRES": "TEMP", "VSORRESU": {"value": "C"}, "VSTIM": "TEMP_TIME"},
    ],
}
DLQI = {
    "form": "qs",
    "instrument": "DLQI",
    "key": ["SITEID", "SUBJID", "VISIT"],
    "columns": IDS | {"VISIT": {"column": "VISIT", "codes": "visit"}, "QSDAT": "DAY"},
    "items": {"01": {"column": "q1", "codes": "degree"}, "11": "total"},
}
VAS = DLQI | {
    "instrument": "PRURITUS VAS",
    "items": {"01": {"column": "itch", "unit": {"column": "itch_unit", "codes": "unit"}}},
}
SUBJECT = {"SITE": "01", "SUBJ": "001"}
ENROLLED = SUBJECT | {"CONSENT": "01 JAN 2020", "SEX": "Male", "RACE": "Asian"}
FEVER = SUBJECT | {
    "ID": "1",
    "EVENT": "Fever",
    "START": "05/01/2020",
    "SERIOUS": "No",
    "OUTCOME": "Recovered",
}
JANUARY, MARCH, JUNE = "2020-01-31", "2020-03-31", "2020-06-30"


def study_of(tables: dict, sources: dict) -> Study:
    return Study.model_construct(
        file=StudyFile.model_construct(
            study=StudyFile.Header.model_construct(id="PSO"),
            dictionaries=tables.pop("given", {}),
            drift=Drift.model_construct(new_code=tables.pop("new_code", "accept")),
            policies=Policies.model_construct(
                usubjid=tables.pop("usubjid", "study-site-subject"),
                usubjid_prefix=tables.pop("usubjid_prefix", None),
                reported_terms=tables.pop("reported_terms", "as_collected"),
            ),
            sources={
                name: Source.model_validate({"file": f"{name}.csv"} | source)
                for name, source in sources.items()
            },
        ),
        arms=(Arm.model_construct(ARMCD="A"),),
        codes=[Code(codelist=n, code=c, term=t) for n, terms in CODES.items() for c, t in terms.items()],
        **tables,
    )


def sent(name: str, source: Source, deliveries: dict) -> pd.DataFrame:
    """Raw rows by delivery; a row is a dict, or a text that says why it could not be cut."""
    rows = []
    for delivery, given_rows in deliveries.items():
        for number, row in enumerate(given_rows, 2):
            cells, ragged = (row, None) if isinstance(row, dict) else ({}, row)
            place = {
                "_delivery": delivery,
                "_file": f"{delivery}/{name}.csv",
                "_row": number,
                "_ragged": ragged,
            }
            rows.append({column: cells.get(column, "") for column in source.raw_columns} | place)
    columns = [*source.raw_columns, "_delivery", "_file", "_row", "_ragged"]
    frame = pd.DataFrame(rows, columns=columns)
    text = [column for column in columns if column != "_row"]
    return frame.astype(dict.fromkeys(text, "str")).astype(
        dict.fromkeys(text, "category") | {"_row": "int64"}
    )


def taken(source: dict, deliveries: dict | list, dm: list | None = None, newest=None, options=None, **tables):
    """The forms of one source beside demographics; a list of rows is one delivery."""
    dialect = XLSX if source.get("format") == "xlsx" else CSV
    sources = {"dm": COMMON | CSV | DM, "x": COMMON | dialect | source | (options or {})}
    study = study_of(tables, sources)
    deliveries = deliveries if isinstance(deliveries, dict) else {JUNE: deliveries}
    given_rows = {"dm": {max([JUNE, *deliveries]): [ENROLLED] if dm is None else dm}, "x": deliveries}
    raw = {name: sent(name, study.file.sources[name], rows) for name, rows in given_rows.items()}
    return subject_forms(raw, study, newest)


def form(found, name: str) -> pd.DataFrame:
    frame = found.forms[name]
    return frame["x"] if isinstance(frame, dict) else frame


def fates(found, source: str = "x") -> list[tuple]:
    """Delivery, row, outcome and rule of each raw row."""
    own = found.outcomes[found.outcomes["_source"] == source]
    rules = [None if pd.isna(reason) else reason.split(":")[0] for reason in own["reason"]]
    return list(zip(own["_file"].astype("str").str[:10], own["_row"], own["outcome"], rules, strict=True))


def said(found) -> list[tuple]:
    """Rule, row, column and value of each finding."""
    cells = found.findings[["rule", "_row", "column", "value"]].astype(object)
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in cells.to_numpy()]


def cells(frame: pd.DataFrame, *columns: str) -> list[tuple]:
    values = frame[list(columns)].astype(object).to_numpy()
    return [tuple(None if pd.isna(value) else value for value in row) for row in values]


# --- versions of a row


def test_of_two_versions_the_newer_delivery_stands():
    found = taken(AE, {JANUARY: [FEVER], MARCH: [FEVER | {"OUTCOME": "Fatal"}]})
    assert fates(found) == [(JANUARY, 2, "superseded", "NEWER"), (MARCH, 2, "in form", None)]
    assert cells(form(found, "ae"), "AEOUT", "_row") == [("FATAL", 2)]
    assert said(found) == []


def test_the_same_row_sent_again_is_a_duplicate_and_no_finding():
    found = taken(AE, {JANUARY: [FEVER], MARCH: [FEVER]})
    assert fates(found) == [(JANUARY, 2, "superseded", "DUPLICATE"), (MARCH, 2, "in form", None)]
    assert said(found) == []


def test_absence_from_a_cumulative_export_means_deleted():
    nausea = FEVER | {"ID": "2", "EVENT": "Nausea"}
    found = taken(AE, {JANUARY: [FEVER, nausea], MARCH: [nausea]})
    assert fates(found)[0] == (JANUARY, 2, "superseded", "DELETED")
    assert cells(form(found, "ae"), "AETERM") == [("Nausea",)]
    assert said(found) == [("DELETED", 2, None, None)]


def test_absence_from_an_incremental_export_means_unchanged():
    nausea = FEVER | {"ID": "2", "EVENT": "Nausea"}
    found = taken(AE, {JANUARY: [FEVER], MARCH: [nausea]}, options={"mode": "incremental"})
    assert cells(form(found, "ae"), "AETERM") == [("Fever",), ("Nausea",)]
    assert said(found) == []


def test_a_newest_delivery_without_rows_of_these_subjects_deletes_all_of_them():
    found = taken(AE, {JANUARY: [FEVER]}, newest={"x": MARCH})
    assert fates(found) == [(JANUARY, 2, "superseded", "DELETED")]
    assert len(form(found, "ae")) == 0


def test_a_deleted_row_that_comes_back_stands():
    found = taken(AE, {JANUARY: [FEVER], MARCH: [FEVER | {"ID": "2", "EVENT": "Nausea"}], JUNE: [FEVER]})
    assert fates(found) == [
        (JANUARY, 2, "superseded", "DUPLICATE"),
        (MARCH, 2, "superseded", "DELETED"),
        (JUNE, 2, "in form", None),
    ]


INACTIVE = {"inactive": {"column": "STATUS", "values": ["INACTIVE"]}}


def test_a_row_whose_newest_version_is_inactive_has_no_record():
    on, off = FEVER | {"STATUS": "ACTIVE"}, FEVER | {"STATUS": "INACTIVE"}
    found = taken(AE, {JANUARY: [on], MARCH: [off]}, options=INACTIVE)
    assert fates(found) == [(JANUARY, 2, "superseded", "NEWER"), (MARCH, 2, "superseded", "INACTIVE")]
    assert said(found) == [("INACTIVE", 2, "STATUS", None)]


@pytest.mark.parametrize(
    ("times", "stands"),
    [
        (("02 FEB 2020 10:00", "10 JAN 2020 10:00"), 2),  # sorted as text, 10 JAN would be newer
        (("02 FEB 2020 10:00", "02 FEB 2020 10:01"), 3),
        (("02 FEB 2020 10:00", "yesterday"), 2),
    ],
)
def test_of_two_values_for_one_key_the_one_changed_last_stands(times, stands):
    rows = [FEVER | {"CHANGED": time, "EVENT": time} for time in times]
    found = taken(AE, rows, options={"updated": "CHANGED"})
    assert cells(form(found, "ae"), "_row") == [(stands,)]
    assert ("DUPLICATE-KEY", 5 - stands, None, None) in said(found)
    assert (("DATE", 3, "CHANGED", "yesterday") in said(found)) == ("yesterday" in times)


def test_without_a_time_of_change_the_lower_row_stands():
    found = taken(AE, [FEVER, FEVER | {"OUTCOME": "Fatal"}])
    assert fates(found) == [(JUNE, 2, "superseded", "NEWER"), (JUNE, 3, "in form", None)]
    assert said(found) == [("DUPLICATE-KEY", 2, None, None)]


def test_the_same_event_under_another_record_id_is_one_event():
    found = taken(AE, [FEVER, FEVER | {"ID": "7"}])
    assert fates(found) == [(JUNE, 2, "in form", None), (JUNE, 3, "superseded", "DUPLICATE")]
    assert said(found) == [("DUPLICATE", 3, None, None)]


def test_a_key_written_in_another_way_is_the_same_key():
    day = {"VISIT": "UNS", "DAY": "05 JAN 2020", "KG": "70"}
    rows = {JANUARY: [SUBJECT | day], MARCH: [SUBJECT | day | {"DAY": "05/01/2020"}]}
    found = taken(VS, rows, options={"key": ["SITEID", "SUBJID", "VISIT", "VSDAT"]})
    assert [fate[2:] for fate in fates(found)] == [("superseded", "NEWER"), ("in form", None)]


def test_a_row_without_its_key_is_a_version_of_the_same_row_alone():
    lost = FEVER | {"SUBJ": ""}
    found = taken(AE, {JANUARY: [FEVER, lost], MARCH: [FEVER, lost, lost | {"EVENT": "Nausea"}]})
    assert [fate[2:] for fate in fates(found)] == [
        ("superseded", "DUPLICATE"),
        ("superseded", "DUPLICATE"),
        ("in form", None),
        ("rejected", "REQUIRED"),
        ("rejected", "REQUIRED"),
    ]
    assert said(found) == [("REQUIRED", 3, "SUBJ", None), ("REQUIRED", 4, "SUBJ", None)]


def test_a_row_that_could_not_be_cut_is_set_aside_and_nobodys_version():
    found = taken(AE, {JANUARY: ["has 9 columns"], MARCH: [FEVER, "has 3 columns", "has 3 columns"]})
    assert [fate[2:] for fate in fates(found)] == [
        ("rejected", "COLUMNS"),
        ("in form", None),
        ("rejected", "COLUMNS"),
        ("rejected", "COLUMNS"),
    ]
    assert said(found) == [("COLUMNS", 3, None, None), ("COLUMNS", 4, None, None)]
    assert found.findings["message"][0] == "has 3 columns: the row is set aside"


# --- subjects


def test_a_subject_without_usable_demographics_is_held_out_with_one_query():
    dm = [ENROLLED, ENROLLED | {"SUBJ": "002", "SEX": "Mle"}]
    bad = FEVER | {"SUBJ": "002", "START": "31 FEB 2020", "OUTCOME": "Recoverd"}
    found = taken(AE, [FEVER, bad], dm)
    assert fates(found) == [(JUNE, 2, "in form", None), (JUNE, 3, "rejected", "SUBJECT")]
    assert fates(found, "dm")[1][2:] == ("rejected", "CODE")
    assert said(found) == [("CODE", 3, "SEX", "Mle")]


def test_a_subject_that_demographics_do_not_know_is_one_query():
    nobody = FEVER | {"SUBJ": "099"}
    found = taken(AE, [FEVER, nobody, nobody | {"ID": "2", "OUTCOME": "?"}])
    assert [fate[2:] for fate in fates(found)] == [("in form", None)] + 2 * [("rejected", "SUBJECT")]
    assert said(found) == [("SUBJECT", 3, "SUBJ", None)]
    assert list(found.findings["USUBJID"]) == ["PSO-01-099"]


def test_a_subject_deleted_from_demographics_is_unknown():
    study = study_of({}, {"dm": COMMON | CSV | DM, "x": COMMON | CSV | AE})
    raw = {
        "dm": sent(
            "dm", study.file.sources["dm"], {JANUARY: [ENROLLED], MARCH: [ENROLLED | {"SUBJ": "002"}]}
        ),
        "x": sent("x", study.file.sources["x"], {MARCH: [FEVER]}),
    }
    assert [rule for rule, *_ in said(subject_forms(raw, study))] == ["DELETED", "SUBJECT"]


def test_a_number_used_at_two_sites_is_two_subjects_only_if_the_policy_says_so():
    dm = [ENROLLED, ENROLLED | {"SITE": "02"}]
    assert list(taken(AE, [], dm).forms["dm"]["USUBJID"]) == ["PSO-01-001", "PSO-02-001"]
    found = taken(AE, [], dm, usubjid="study-subject")
    assert list(found.forms["dm"]["USUBJID"]) == ["PSO-001"]
    assert said(found) == [("SUBJECT", 3, "SUBJ", None)]


def test_a_row_without_a_term_is_set_aside_with_a_query():
    found = taken(AE, [FEVER | {"EVENT": " "}])
    assert fates(found) == [(JUNE, 2, "rejected", "REQUIRED")]
    assert said(found) == [("REQUIRED", 2, "EVENT", None)]


# --- cells


def test_an_unknown_code_blanks_its_cell_and_the_event_stays():
    found = taken(AE, [FEVER | {"OUTCOME": "Recoverd"}])
    assert cells(form(found, "ae"), "AETERM", "AEOUT") == [("Fever", None)]
    assert said(found) == [("CODE", 2, "OUTCOME", "Recoverd")]


def test_a_row_with_an_unknown_code_is_set_aside_where_the_study_says_so_and_the_others_stay():
    rows = [FEVER | {"OUTCOME": "Recoverd"}, FEVER | {"ID": "2", "EVENT": "Nausea"}]
    found = taken(AE, rows, new_code="set_aside")
    assert fates(found) == [(JUNE, 2, "rejected", "CODE"), (JUNE, 3, "in form", None)]
    assert said(found) == [("CODE", 2, "OUTCOME", "Recoverd")]
    assert found.findings["message"][0] == "is no code that the study file knows: the row is set aside"


@pytest.mark.parametrize(
    ("text", "iso", "why"),
    [
        ("UN/UNK/2020", "2020", None),
        ("2020年3月5日", "2020-03-05", None),
        ("31 FEB 2020", None, "no such date: 2020-02-31"),
        ("ND", None, None),
    ],
)
def test_dates_keep_what_is_known(text, iso, why):
    found = taken(AE, [FEVER | {"START": text}])
    assert cells(form(found, "ae"), "AESTDAT") == [(iso,)]
    assert [why in message for message in found.findings["message"]] == ([True] if why else [])


def test_a_date_without_declared_order_is_refused_with_both_readings():
    found = taken(AE, [FEVER | {"START": "03/04/2019"}], options={"date_order": "none"})
    assert cells(form(found, "ae"), "AESTDAT") == [(None,)]
    assert "2019-04-03 or 2019-03-04" in found.findings["message"][0]


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("71.5", ".", 71.5),
        ("71,5", ",", 71.5),
        ("６８．５", ".", 68.5),
        ("\u00a068.5\n", ".", 68.5),
        ("1,234", ".", None),
        ("1.234", ",", None),
        ("72 (query: please confirm)", ".", None),
    ],
)
def test_a_result_is_a_number_only_as_declared_and_stays_verbatim(text, decimal, value):
    row = SUBJECT | {"VISIT": "W0", "DAY": "05/01/2020", "KG": text}
    found = taken(VS, [row], options={"decimal": decimal})
    assert cells(form(found, "vs"), "VSORRES.number") == [(value,)]
    assert [finding[0] for finding in said(found)] == ([] if value else ["NUMBER"])
    assert cells(form(found, "vs"), "VSORRES")[0][0] == (f"{value:g}" if value else text)


def test_a_measurement_not_done_is_a_record_and_a_blank_one_is_none():
    row = SUBJECT | {"VISIT": "W0", "DAY": "05/01/2020"}
    found = taken(VS, [row | {"KG": "ND"}, row | {"VISIT": "W4"}])
    assert cells(form(found, "vs"), "VSTESTCD", "VSORRES", "VSORRES.reason") == [("WEIGHT", None, "NOT DONE")]
    assert fates(found) == [(JUNE, 2, "in form", None), (JUNE, 3, "in form", "EMPTY")]


def test_a_finding_names_the_column_of_its_own_record():
    row = SUBJECT | {"VISIT": "W0", "DAY": "05/01/2020", "KG": "70", "TEMP": "36.6", "TEMP_TIME": "25:10"}
    assert said(taken(VS, [row])) == [("DATE", 2, "TEMP_TIME", "25:10")]


def test_text_that_is_NA_is_an_answer_and_a_missing_code_in_a_term_is_a_term():
    found = taken(AE, [FEVER | {"EVENT": "NA"}, FEVER | {"ID": "2", "EVENT": "ND"}])
    assert cells(form(found, "ae"), "AETERM") == [("NA",), ("ND",)]


def test_full_width_letters_are_folded_and_a_superscript_is_not():
    found = taken(AE, [FEVER | {"EVENT": "Ｆｅｖｅｒ\n  after 10⁶ cells "}])
    assert cells(form(found, "ae"), "AETERM") == [("Fever after 10⁶ cells",)]


@pytest.mark.parametrize("text", ["“Qingkailing”", "\x93Qingkailing\x94", "Caf\ufffd", "a\0b"])
def test_typographic_or_damaged_characters_are_located_and_stay_until_the_study_says_what_to_put(text):
    found = taken(AE, [FEVER | {"EVENT": text}])
    assert (said(found), cells(form(found, "ae"), "AETERM")) == (
        [("TRANSLATION", 2, "EVENT", text)],
        [(text,)],
    )
    found = taken(AE, [FEVER | {"EVENT": text}], translations=[Translation(text=text, english="Plain")])
    assert (said(found), cells(form(found, "ae"), "AETERM")) == ([], [("Plain",)])


@pytest.mark.parametrize(
    ("raw", "code"), [("是（男）", "是（男）"), ("是(男)", "是（男）"), ("是 （男）", "是 (男)")]
)
def test_a_code_of_the_study_is_folded_as_the_cell_is(raw, code):
    study = study_of({}, {"dm": COMMON | CSV | DM, "x": COMMON | CSV | AE})
    study = study.model_copy(update={"codes": [*study.codes, Code(codelist="yesno", code=code, term="Y")]})
    rows = {"dm": [ENROLLED], "x": [FEVER | {"SERIOUS": raw}]}
    frames = {name: sent(name, study.file.sources[name], {JUNE: rows[name]}) for name in rows}
    assert cells(subject_forms(frames, study).forms["ae"], "AESER") == [("Y",)]


def test_one_unreadable_cell_does_not_hide_the_others_of_its_column():
    row = SUBJECT | {"DAY": "05/01/2020"}
    rows = [row | {"VISIT": "W0", "total": "many"}, row | {"VISIT": "W4", "total": "99"}]
    found = taken(DLQI, [rows[0], rows[1], row | {"VISIT": "UNS", "total": "7"}])
    assert said(found) == [("NUMBER", 2, "total", "many"), ("RANGE", 3, "total", "99")]
    assert cells(form(found, "qs"), "11", "11.verbatim") == [(None, "many"), (None, "99"), ("7", None)]


def test_rows_are_told_apart_by_position_whatever_index_the_frame_has():
    study = study_of({}, {"dm": COMMON | CSV | DM, "x": COMMON | CSV | AE})
    rows = [FEVER | {"OUTCOME": "?"}, FEVER | {"ID": "2", "EVENT": "Nausea"}]
    raw = {
        "dm": sent("dm", study.file.sources["dm"], {JUNE: [ENROLLED]}),
        "x": sent("x", study.file.sources["x"], {JUNE: rows}).set_axis([0, 0]),
    }
    found = subject_forms(raw, study)
    assert cells(found.forms["ae"], "AETERM", "AEOUT") == [("Fever", None), ("Nausea", "RECOVERED/RESOLVED")]


@pytest.mark.parametrize(
    ("cell", "answer", "reason", "verbatim", "rule"),
    [
        ("2", "A LOT", None, None, []),
        ("-97", None, "NOT ASKED", None, []),
        ("-99", None, "NOT DONE", None, []),
        ("5", None, None, "5", ["CODE"]),
    ],
)
def test_an_answer_of_a_questionnaire(cell, answer, reason, verbatim, rule):
    row = SUBJECT | {"VISIT": "W0", "DAY": "05/01/2020", "q1": cell}
    found = taken(DLQI, [row], options={"missing": {"-97": "NOT ASKED", "-99": ""}})
    assert cells(form(found, "qs"), "01", "01.reason", "01.verbatim") == [(answer, reason, verbatim)]
    assert [finding[0] for finding in said(found)] == rule


@pytest.mark.parametrize(
    ("itch", "unit", "value", "verbatim", "finding"),
    [
        ("54,0", "mm", 54, None, None),
        ("5,4", "cm", 5.4, None, None),
        ("104,0", "mm", None, "104.0", ("RANGE", 2, "itch", "104,0")),
        ("54,0", "cm", None, "54.0", ("RANGE", 2, "itch", "54,0")),
        ("54,0", "", 54, None, ("UNIT", 2, "itch_unit", None)),
        ("54,0", "inch", 54, None, ("UNIT", 2, "itch_unit", "inch")),
        ("a lot", "mm", None, "a lot", ("NUMBER", 2, "itch", "a lot")),
        ("", "", None, None, None),
    ],
)
def test_a_visual_analogue_scale_in_the_unit_collected(itch, unit, value, verbatim, finding):
    row = SUBJECT | {"VISIT": "W0", "DAY": "05/01/2020", "itch": itch, "itch_unit": unit}
    found = taken(VAS, [row], options={"decimal": ","})
    frame = form(found, "qs")
    assert cells(frame, "01")[0][0] == value
    assert (cells(frame, "01.verbatim")[0][0] or "").rstrip("0") == (verbatim or "").rstrip("0")
    assert said(found) == ([finding] if finding else [])


@pytest.mark.parametrize(
    ("system", "text", "iso"),
    [
        (1900, "43815", "2019-12-16"),
        (1904, "42353", "2019-12-16"),
        (1900, "43815.395833333", "2019-12-16T09:30"),
    ],
)
def test_a_serial_number_of_a_workbook_is_a_date(system, text, iso):
    found = taken(AE | XLSX, [FEVER | {"START": text}], options={"date_system": system})
    assert cells(form(found, "ae"), "AESTDAT") == [(iso,)]


def test_a_serial_number_in_a_csv_is_no_date():
    assert said(taken(AE, [FEVER | {"START": "43815"}])) == [("DATE", 2, "START", "43815")]


# --- the study's tables


def correction(match: str, column: str, value: str, new: str) -> Correction:
    return Correction(
        source="x",
        match=match,
        column=column,
        value=value,
        new_value=new,
        reason="-",
        who="-",
        when="2020-07-01",
    )


def test_a_correction_changes_the_row_that_still_has_the_old_value():
    lines = [
        correction("SUBJ=001;ID=1", "OUTCOME", "Fatl", "Fatal"),
        correction("SUBJ=001;ID=1", "START", "06/01/2020", "07/01/2020"),  # the site has changed it since
        correction("SUBJ=001;ID=1", "EVENT", "Fever", ""),
    ]
    found = taken(AE, [FEVER | {"OUTCOME": "Fatl"}], corrections=lines[:2])
    assert cells(form(found, "ae"), "AEOUT", "AESTDAT") == [("FATAL", "2020-01-05")]
    assert cells(found.corrections, "line", "_row") == [(2, 2)]
    assert fates(taken(AE, [FEVER], corrections=lines[2:])) == [(JUNE, 2, "rejected", "REQUIRED")]


def test_a_correction_of_a_superseded_row_does_not_count():
    rows = {JANUARY: [FEVER | {"OUTCOME": "Fatl"}], MARCH: [FEVER]}
    found = taken(AE, rows, corrections=[correction("ID=1", "OUTCOME", "Fatl", "Fatal")])
    assert len(found.corrections) == 0
    assert cells(form(found, "ae"), "AEOUT") == [("RECOVERED/RESOLVED",)]


def test_translated_text_is_coded_and_its_original_kept():
    found = taken(
        AE,
        [
            FEVER | {"EVENT": "发热"},
            FEVER | {"ID": "2", "EVENT": "头痛"},
            FEVER | {"ID": "3", "EVENT": "FEVER"},
        ],
        translations=[Translation(text="发热", english="Fever")],
        coding=[Coding(form="ae", verbatim="Fever", decod="Pyrexia", bodsys="General")],
    )
    assert cells(form(found, "ae"), "AETERM", "AETERM.original", "AEDECOD", "AEBODSYS") == [
        ("Fever", "发热", "Pyrexia", "General"),
        ("头痛", None, None, None),
        ("FEVER", None, "Pyrexia", "General"),
    ]
    assert said(found) == [("TRANSLATION", 3, "EVENT", "头痛"), ("CODING", 3, "EVENT", "头痛")]


def test_a_dictionary_codes_what_the_study_s_own_lines_do_not():
    terms = {"decod": "Feverishness", "ptcd": 2001, "llt": "Fever", "bodsys": "Whole body"}
    frame = pd.DataFrame([terms], index=["fever"]).reindex(columns=[*LEVELS, "clas", "clascd"])
    events = [FEVER, FEVER | {"ID": "2", "EVENT": "Hot"}, FEVER | {"ID": "3", "EVENT": "Glowing"}]
    given = {"name": "MedDRA", "version": "0.1", "format": "meddra", "path": "-", "encoding": "ascii", "forms": ["ae"]}
    found = taken(
        AE,
        events,
        coding=[Coding(form="ae", verbatim="HOT", decod="Warmth")],
        dictionaries={"ae": frame},
        given={"meddra": Dictionary.model_validate(given)},
    )
    assert cells(form(found, "ae"), "AEDECOD", "AEPTCD", "AELLT", "AEBODSYS") == [
        ("Feverishness", 2001, "Fever", "Whole body"),
        ("Warmth", None, None, None),
        (None, None, None, None),
    ]
    assert said(found) == [("CODING", 4, "EVENT", "Glowing")]
    assert found.findings["message"][0] == "is no term of MedDRA 0.1, and has no line in coding.csv"


def test_findings_hold_their_place_and_the_bad_cell_alone():
    found = taken(AE, [FEVER | {"OUTCOME": "?"}])
    assert list(found.findings) == FINDING
    assert dict(found.findings.iloc[0]) == {
        "rule": "CODE",
        "severity": "error",
        "dataset": "x",
        "USUBJID": "PSO-01-001",
        "_file": f"{JUNE}/x.csv",
        "_row": 2,
        "column": "OUTCOME",
        "value": "?",
        "message": "is no code that the study file knows",
    }


# --- accounts

cell = st.sampled_from(
    ["", "1", "2", "No", "Fever", "发热", "05/01/2020", "31 FEB 2020", "ND", "Recovered", " x "]
)
row = st.one_of(
    st.just("has 3 columns"),
    st.just(FEVER),
    st.fixed_dictionaries(
        {"SITE": st.sampled_from(["01", ""]), "SUBJ": st.sampled_from(["001", "002", "003", ""])}
        | dict.fromkeys(("ID", "EVENT", "START", "SERIOUS", "OUTCOME", "CHANGED", "STATUS"), cell)
    ),
)


@settings(max_examples=25)
@given(
    deliveries=st.lists(st.lists(row, max_size=6), min_size=1, max_size=3),
    mode=st.sampled_from(["cumulative", "incremental"]),
)
def test_each_row_received_has_exactly_one_outcome(deliveries, mode):
    deliveries = dict(zip((JANUARY, MARCH, JUNE), deliveries, strict=False))
    dm = [ENROLLED, ENROLLED | {"SUBJ": "002", "SEX": ""}]
    options = {"mode": mode, "updated": "CHANGED", "inactive": {"column": "STATUS", "values": ["x"]}}
    found = taken(AE, deliveries, dm, options=options)
    received = [(day, number) for day, rows in deliveries.items() for number, _ in enumerate(rows, 2)]
    assert [fate[:2] for fate in fates(found)] == received
    used = [(fate[0], fate[1]) for fate in fates(found) if fate[2] == "in form"]
    ae = form(found, "ae")
    assert sorted(zip(ae["_file"].astype("str").str[:10], ae["_row"], strict=True)) == sorted(used)
    assert all(fate[3] for fate in fates(found) if fate[2] != "in form")
    assert np.isin(found.findings["severity"], ["error", "warning", "note"]).all()


LAB = {
    "form": "lb",
    "key": ["SITEID", "SUBJID", "LBDAT", "LBTESTCD"],
    "columns": IDS
    | {
        "VISIT": {"value": "WEEK 0"},
        "LBDAT": "DAY",
        "LBTESTCD": {"value": "GLUC"},
        "LBORRES": "RESULT",
        "LBORNRLO": "LOW",
        "LBORNRHI": "HIGH",
    },
}
MEASURED = SUBJECT | {"DAY": "05/01/2020", "RESULT": "5"}


@pytest.mark.parametrize(
    ("result", "number"),
    [
        ("5.2", 5.2), ("1.2E3", 1200.0), ("<5", None), (">=100", None), ("≤ 0.5", None), ("NEGATIVE", None),
        ("2+", None), ("1:40", None), ("0-2", None), ("1st degree AV block", None),
    ],
)  # fmt: skip
def test_a_laboratory_answers_in_numbers_limits_and_words(result, number):
    found = taken(LAB, [MEASURED | {"RESULT": result}])
    assert cells(form(found, "lb"), "LBORRES.number") == [(number,)]
    assert cells(form(found, "lb"), "LBORRES", "LBORRES.reason") == [(result, None)]
    assert said(found) == []
    missing = form(taken(LAB, [MEASURED | {"RESULT": "ND"}]), "lb")
    assert cells(missing, "LBORRES", "LBORRES.reason") == [(None, "NOT DONE")]


@pytest.mark.parametrize(
    ("result", "rule"), [("72 (query)", "NUMBER"), ("1,234", "NUMBER"), ("5 mg", "NUMBER"), ("5.4E-79", "RANGE")]
)
def test_what_looks_like_a_number_and_is_none_stays_verbatim_and_is_asked_about(result, rule):
    found = taken(LAB, [MEASURED | {"RESULT": result}])
    assert cells(form(found, "lb"), "LBORRES", "LBORRES.number") == [(result, None)]
    assert said(found) == [(rule, 2, "RESULT", result)]


def test_a_limit_that_software_made_of_a_missing_value_is_no_limit():
    found = taken(LAB, [MEASURED | {"LOW": "5.4E-79", "HIGH": "6.1"}])
    assert cells(form(found, "lb"), "LBORNRLO", "LBORNRLO.number") == [("5.4E-79", None)]
    assert cells(form(found, "lb"), "LBORNRHI.number") == [(6.1,)]
    assert said(found) == [("RANGE", 2, "LOW", "5.4E-79")]


def test_a_decimal_comma_behind_a_sign_becomes_a_point():
    found = taken(LAB, [MEASURED | {"RESULT": "<0,5"}], options={"decimal": ","})
    assert cells(form(found, "lb"), "LBORRES") == [("<0.5",)] and said(found) == []


def test_a_person_has_one_usubjid_under_all_her_numbers():
    again = Person(SITEID="01", SUBJID="000", OF_SITEID="01", OF_SUBJID="001", WHY="rescreened")
    earlier = ENROLLED | {"SUBJ": "000", "CONSENT": "01 DEC 2019"}
    found = taken(AE, [FEVER | {"SUBJ": "000"}], dm=[earlier, ENROLLED], persons=[again])
    assert cells(form(found, "dm"), "USUBJID", "SUBJID") == [("PSO-01-001", "000"), ("PSO-01-001", "001")]
    assert cells(form(found, "ae"), "USUBJID", "SUBJID") == [("PSO-01-001", "000")]
    assert said(found) == []


def test_an_earlier_screening_alone_is_no_participation():
    again = Person(SITEID="01", SUBJID="000", OF_SITEID="01", OF_SUBJID="001", WHY="rescreened")
    found = taken(AE, [], dm=[ENROLLED | {"SUBJ": "000"}], persons=[again])
    assert fates(found, "dm") == [(JUNE, 2, "rejected", "SUBJECT")]
    assert said(found) == [("SUBJECT", 2, "SUBJ", None)]


def test_a_questionnaire_of_the_sponsors_own_is_read_by_its_own_items():
    own = (InstrumentItem(item="01", testcd="ITCH01", test="Itch at night", min=0, max=10),)
    source = {k: v for k, v in DLQI.items() if k != "items"} | {"instrument": "ITCH", "items": {"01": "itch"}}
    rows = [SUBJECT | {"VISIT": "W0", "DAY": "05/01/2020", "itch": itch} for itch in ("7", "11")]
    rows[1] |= {"DAY": "06/01/2020"}
    found = taken(source | {"key": [*source["key"], "QSDAT"]}, rows, instruments={"ITCH": own})
    assert cells(form(found, "qs"), "01", "01.verbatim") == [(7.0, None), (None, "11")]
    assert said(found) == [("RANGE", 3, "itch", "11")]


def test_items_may_come_with_a_row_each():
    columns = DLQI["columns"] | {"QSTESTCD": {"column": "ITEM", "codes": "dlqi_item"}, "QSORRES": "ANSWER"}
    source = {k: v for k, v in DLQI.items() if k != "items"} | {"columns": columns}
    row = SUBJECT | {"VISIT": "W0", "DAY": "05/01/2020"}
    rows = [row | {"ITEM": item, "ANSWER": said} for item, said in (("Q1", "a lot"), ("Q2", "3"), ("Q99", "1"))]
    found = taken(source | {"key": [*source["key"], "QSTESTCD"]}, rows)
    assert cells(form(found, "qs"), "QSTESTCD", "QSORRES") == [("DLQI101", "a lot"), ("DLQI102", "3")]
    assert fates(found) == [
        (JUNE, 2, "in form", None), (JUNE, 3, "in form", None), (JUNE, 4, "rejected", "CODE")
    ]  # fmt: skip


# --- combined and alternative columns, words by policy

PATIENT = {
    "SITEID": {"column": "PATNUM", "split": "-", "part": 1, "of": 2},
    "SUBJID": {"column": "PATNUM", "split": "-", "part": 2, "of": 2},
}


def test_site_and_subject_are_cut_out_of_one_number():
    source = AE | {"columns": AE["columns"] | PATIENT}
    found = taken(source, [FEVER | {"PATNUM": "01-001"}, FEVER | {"PATNUM": "01-001-2", "ID": "2"}])
    assert cells(form(found, "ae"), "USUBJID", "SITEID", "SUBJID") == [("PSO-01-001", "01", "001")]
    assert fates(found)[1] == (JUNE, 3, "rejected", "REQUIRED")
    assert ("REQUIRED", 3, "PATNUM", None) in said(found)


def test_another_column_is_read_where_the_first_one_is_blank():
    source = AE | {"columns": AE["columns"] | {"AETERM": {"column": "EVENT", "otherwise": "OTHER"}}}
    rows = [FEVER | {"OTHER": "Cough"}, FEVER | {"ID": "2", "EVENT": "", "OTHER": "Cough"}]
    assert cells(form(taken(source, rows), "ae"), "AETERM") == [("Fever",), ("Cough",)]


def test_reported_terms_are_upper_case_where_the_policy_says_so():
    assert cells(form(taken(AE, [FEVER], reported_terms="upper_case"), "ae"), "AETERM") == [("FEVER",)]


def test_usubjid_may_begin_with_a_prefix_of_the_sponsors():
    found = taken(AE, [FEVER], usubjid="prefix-site-subject", usubjid_prefix="77")
    assert cells(form(found, "ae"), "USUBJID") == [("77-01-001",)]


# --- transactions

VEEVA = {
    "mode": "transactional",
    "transactions": {"column": "DO", "insert": ["I", ""], "update": ["U"], "upsert": ["M"], "remove": ["D"]},
}


def test_rows_that_say_what_is_done_with_them_are_applied_across_deliveries():
    nausea = FEVER | {"ID": "2", "EVENT": "Nausea"}
    first = [FEVER | {"DO": "I"}, nausea | {"DO": ""}]
    second = [FEVER | {"DO": "U", "OUTCOME": "Fatal"}, nausea | {"DO": "D", "EVENT": ""}]
    found = taken(AE, {JANUARY: first, MARCH: second}, newest={"x": JUNE}, options=VEEVA)
    assert cells(form(found, "ae"), "AETERM", "AEOUT") == [("Fever", "FATAL")]
    assert fates(found) == [
        (JANUARY, 2, "superseded", "NEWER"),
        (JANUARY, 3, "superseded", "DELETED"),
        (MARCH, 2, "in form", None),
        (MARCH, 3, "superseded", "REMOVE"),
    ]
    assert said(found) == [("DELETED", 3, "DO", "")]


def test_a_removed_row_that_is_inserted_again_stands():
    deliveries = {JANUARY: [FEVER | {"DO": "I"}, FEVER | {"DO": "D"}], MARCH: [FEVER | {"DO": "I"}]}
    found = taken(AE, deliveries, options=VEEVA)
    assert cells(form(found, "ae"), "AETERM", "_row") == [("Fever", 2)]
    assert [fate[3] for fate in fates(found)] == ["DELETED", "REMOVE", None]


def test_an_update_of_a_row_that_is_not_there_is_set_aside_and_a_removal_of_none_is_said():
    rows = [FEVER | {"DO": "U"}, FEVER | {"DO": "D", "ID": "9"}, FEVER | {"DO": "?", "ID": "8"}]
    found = taken(AE, rows, options=VEEVA)
    assert fates(found) == [
        (JUNE, 2, "rejected", "TRANSACTION"),
        (JUNE, 3, "superseded", "REMOVE"),
        (JUNE, 4, "rejected", "TRANSACTION"),
    ]
    assert sorted(said(found)) == [("TRANSACTION", n, "DO", text) for n, text in ((2, "U"), (3, "D"), (4, "?"))]


def test_an_insert_of_a_row_that_is_there_stands_with_a_finding():
    found = taken(AE, [FEVER | {"DO": "I"}, FEVER | {"DO": "I", "OUTCOME": "Fatal"}], options=VEEVA)
    assert cells(form(found, "ae"), "AEOUT") == [("FATAL",)]
    assert said(found) == [("TRANSACTION", 3, "DO", "I")]


ODM = dict.fromkeys(("encoding", "delimiter", "decimal")) | {
    "format": "odm",
    "itemgroup": "IG.AE",
    "mode": "transactional",
}
IN_ODM = AE | {"columns": AE["columns"] | {"SUBJID": "SubjectKey", "SITEID": "LocationOID"}}


def of_odm(kind: str, repeat: str | None = "1", **items: str | None) -> dict:
    """One ItemGroupData; what it does not mention is None."""
    keys = dict.fromkeys(("LocationOID", "StudyEventRepeatKey", "FormRepeatKey"))
    keys |= {"SubjectKey": "001", "StudyEventOID": "E", "FormOID": "F", "ItemGroupRepeatKey": repeat}
    keys |= dict.fromkeys(("ID", "EVENT", "START", "SERIOUS", "OUTCOME"))
    return keys | {"ItemGroupOID": "IG.AE", "TransactionType": kind} | items


WHOLE = {"LocationOID": "01"} | {key: FEVER[key] for key in ("ID", "EVENT", "START", "SERIOUS", "OUTCOME")}


def test_an_odm_update_changes_what_it_mentions_and_nothing_else():
    update = of_odm("Update", OUTCOME="Fatal", SERIOUS="")
    found = taken(IN_ODM, {JANUARY: [of_odm("Insert", **WHOLE)], MARCH: [update]}, options=ODM)
    columns = ("USUBJID", "AETERM", "AESTDAT", "AEOUT", "AESER", "_row")
    assert cells(form(found, "ae"), *columns) == [("PSO-01-001", "Fever", "2020-01-05", "FATAL", None, 2)]
    assert fates(found) == [(JANUARY, 2, "superseded", "NEWER"), (MARCH, 2, "in form", None)]


def test_an_odm_form_that_is_removed_takes_its_groups_with_it():
    rows = [of_odm("Insert", n, **WHOLE | {"ID": n, "EVENT": f"Event {n}"}) for n in ("1", "2", "3")]
    rows[2]["FormOID"] = "OTHER"
    removal = of_odm("Remove", None) | {"ItemGroupOID": None}
    back = of_odm("Insert", **WHOLE | {"EVENT": "Rash"})
    found = taken(IN_ODM, {JANUARY: rows, MARCH: [removal, back]}, options=ODM)
    assert cells(form(found, "ae"), "AESPID", "AETERM") == [("3", "Event 3"), ("1", "Rash")]
    assert [finding[:2] for finding in said(found)] == [("DELETED", 2), ("DELETED", 3)]
    # whether the form held anything is not known: its removal needs no row
    assert said(taken(IN_ODM, [removal], options=ODM)) == []


# --- REDCap's checkboxes, dates in parts, values as entered


def test_each_checked_box_is_a_record_of_its_own():
    mh = {
        "form": "mh",
        "key": ["SITEID", "SUBJID"],
        "columns": IDS,
        "records": [
            {"MHTERM": {"value": term}, "MHOCCUR": {"column": box, "codes": "checked"}, "MHPRESP": {"value": "Y"}}
            for term, box in (("Asthma", "pmh___1"), ("Eczema", "pmh___2"))
        ],
    }
    found = taken(mh, [SUBJECT | {"pmh___1": "1", "pmh___2": "0"}])
    assert cells(form(found, "mh"), "MHTERM", "MHOCCUR") == [("Asthma", "Y"), ("Eczema", "N")]
    assert cells(form(taken(mh, [SUBJECT | {"pmh___2": "1"}]), "mh"), "MHTERM") == [("Eczema",)]


@pytest.mark.parametrize(
    ("year", "month", "day", "date"),
    [
        ("2020", "1", "5", "2020-01-05"),
        ("2020", "1", "", "2020-01"),
        ("2020", "", "", "2020"),
        ("2020", "", "5", "2020---05"),
        ("2020", "UNK", "UN", "2020"),
        ("", "", "", None),
    ],
)
def test_a_date_in_parts_is_as_precise_as_what_is_known(year, month, day, date):
    source = AE | {"columns": AE["columns"] | {"AESTDAT": {"year": "Y", "month": "M", "day": "D"}}}
    found = taken(source, [FEVER | {"Y": year, "M": month, "D": day}])
    assert cells(form(found, "ae"), "AESTDAT") == [(date,)]
    assert said(found) == []


@pytest.mark.parametrize(
    ("year", "month", "day"), [("20", "1", "5"), ("", "1", "5"), ("2020", "13", "5"), ("2020", "2", "30")]
)
def test_parts_that_make_no_date_are_a_finding_and_no_date(year, month, day):
    source = AE | {"columns": AE["columns"] | {"AESTDAT": {"year": "Y", "month": "M", "day": "D"}}}
    found = taken(source, [FEVER | {"Y": year, "M": month, "D": day}])
    assert cells(form(found, "ae"), "AESTDAT") == [(None,)]
    assert [finding[:3] for finding in said(found)] == [("DATE", 2, "Y")]


def test_a_value_that_the_edc_did_not_take_is_read_as_entered_with_a_finding():
    source = AE | {"columns": AE["columns"] | {"AESTDAT": "START_RAW"}, "rave": {"raw": "_RAW", "interpolated": "_INT"}}
    rows = [
        FEVER | {"START_RAW": "UN JAN 2020", "START": ""},
        FEVER | {"ID": "2", "START_RAW": "05 JAN 2020", "START": "2020-01-05"},
    ]
    found = taken(source, rows)
    assert cells(form(found, "ae"), "AESTDAT") == [("2020-01",), ("2020-01-05",)]
    assert said(found) == [("UNVALIDATED", 2, "START_RAW", "UN JAN 2020")]


def test_digits_of_another_script_are_no_number():
    assert not NUMBER.fullmatch("١٢") and NUMBER.fullmatch("12.5")


def test_a_subject_number_that_no_identifier_can_hold_sets_its_row_aside():
    row = SUBJECT | {"VISIT": "W0", "DAY": "05/01/2020", "KG": "71.5", "SUBJ": "9" * 61}
    found = taken(VS, [row])
    assert cells(found.findings, "rule", "column", "message") == [
        ("LENGTH", "SUBJ", "has more than 60 characters: the row is set aside")
    ]
    assert cells(found.outcomes, "outcome", "reason")[-1] == ("rejected", "LENGTH: SUBJID is too long")
