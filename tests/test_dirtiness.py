"""What sites really send, each kind of dirt once, from the file on disk to the form or to SDTM, and what becomes of it:
one section a row of the catalogue. Single rules are tested beside their code; here the pieces are put together.

The exports are those of the psoriasis study's last delivery, with one thing spoilt."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pandas as pd
import pytest

from flows.check import newest, rows_of
from flows.problems import RawFileError
from flows.sources import raw_files
from flows.study_file import read_study
from schemas.study import Source, Study
from transforms.forms import let_in
from transforms.sdtm.subjects import subjects_sdtm

PSORIASIS = Path(__file__).parents[1] / "studies" / "admsc_psoriasis"
DAY = "2021-05-28"
SENT = PSORIASIS / "raw" / DAY


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(PSORIASIS)


class Taken(NamedTuple):
    form: pd.DataFrame
    outcomes: pd.DataFrame
    findings: pd.DataFrame
    sdtm: Callable


@pytest.fixture
def taken(study, tmp_path):
    """taken("cm", edit, encoding=...) -> what demographics and this source become. An edit gets the rows of the export
    as lists, header first, and changes them, or is the whole file in bytes; with several there is one delivery for
    each. `declared`: what the study file says of the source in another way."""

    def become(name: str, *edits: Callable | bytes | None, **declared) -> Taken:
        was = study.file.sources
        own = {"dm": was["dm"], name: Source.model_validate(was[name].model_dump() | declared)}
        here = study.model_copy(update={"file": study.file.model_copy(update={"sources": own}), "corrections": ()})
        for number, edit in enumerate(edits or (None,), 1):
            folder = tmp_path / f"2021-06-{number:02}"
            folder.mkdir()
            for source in own:
                write(folder / own[source].file, was[source], own[source], edit if source == name else None)
        files = raw_files(here, tmp_path)
        last = newest(files)
        people = rows_of("dm", files, here, last)
        known, held = let_in(people)
        rows = people if name == "dm" else rows_of(name, files, here, last, known, held)
        if isinstance(rows, list):
            raise RawFileError(rows)
        kind = own[name].form
        forms = {"dm": people.form} | {kind: {name: rows.form} if kind in ("qs", "rs") else rows.form}
        return Taken(rows.form, rows.outcomes, rows.findings, lambda: subjects_sdtm(forms, here))

    return become


def write(path: Path, was: Source, declared: Source, edit: Callable | bytes | None) -> None:
    """The export of a source as it was sent, spoilt by `edit`, in the dialect that the study now declares."""
    if isinstance(edit, bytes):
        path.write_bytes(edit)
    elif was.format == "xlsx":
        book = openpyxl.load_workbook(SENT / was.file)
        if edit:
            edit(book[was.sheet])
        book.save(path)
    else:
        rows = list(csv.reader(io.StringIO((SENT / was.file).read_text(was.encoding)), delimiter=was.delimiter))
        rows[0][0] = rows[0][0].removeprefix("\ufeff")
        if edit:
            edit(rows)
        with path.open("w", encoding=declared.encoding, newline="") as file:
            csv.writer(file, delimiter=declared.delimiter).writerows(rows)


WITH_LATER_COLUMN = {"unused": ["STUDY", "SPECIAL_INTEREST"]}  # of the AE export, which only its last delivery has


def cell(column: str, *values: str, row: int = 2) -> Callable:
    """An edit: these values stand in the column, from this row (the header is row 1) down."""

    def edit(rows: list[list[str]]) -> None:
        at = rows[0].index(column)
        for number, value in enumerate(values, row - 1):
            rows[number][at] = value

    return edit


def first(form: pd.DataFrame, column: str, *rows: int):
    """The values of a form column in these rows of the file."""
    found = form[form["_row"].isin(rows or (2,))].sort_values("_row")
    values = [None if pd.isna(value) else value for value in found[column]]
    return values if rows else values[0]


def said(found: Taken, row: int = 2) -> list[tuple]:
    rows = found.findings[found.findings["_row"] == row]
    return sorted(zip(rows["rule"], rows["column"], strict=True))


# --- partial dates: the known precision, nothing filled in


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("UN-UNK-2019", "2019"),
        ("UK/UK/2019", "2019"),
        ("2019", "2019"),
        ("03/2019", "2019-03"),
        ("UN MAR 2019", "2019-03"),
        ("U DEC 2019 14:00", "2019-12--T14:00"),
        ("12 UNK 2019", "2019---12"),
        ("05-MAR-19", None),  # two digits, and no declared cut-off
    ],
)
def test_a_partial_date_keeps_its_precision_down_to_sdtm(taken, text, iso):
    found = taken("mh", cell("START_DATE", text))
    assert first(found.form, "MHSTDAT") == iso
    mh = found.sdtm().datasets["MH"]
    assert [None if pd.isna(value) else value for value in mh.loc[mh["_row"] == 2, "MHSTDTC"]] == [iso]
    assert mh.loc[mh["_row"] == 2, "MHSTDY"].isna().all()
    assert (("DATE", "START_DATE") in said(found)) == (iso is None)


@pytest.mark.parametrize(("since", "iso"), [(1930, "2019-03-05"), (1910, "1919-03-05")])
def test_a_year_of_two_digits_is_read_by_the_declared_cut_off_alone(taken, since, iso):
    found = taken("mh", cell("START_DATE", "05-MAR-19"), two_digit_years_from=since)
    assert first(found.form, "MHSTDAT") == iso


# --- ambiguous dates of a place: by declared order, never cell by cell


@pytest.mark.parametrize(("order", "iso"), [("dmy", "2019-04-03"), ("mdy", "2019-03-04"), ("none", None)])
def test_a_date_in_numbers_has_the_declared_order_or_both_readings_are_shown(taken, order, iso):
    found = taken("mh", cell("START_DATE", "03/04/2019", "25/04/2019"), date_order=order)
    assert first(found.form, "MHSTDAT") == iso
    if order == "none":
        assert "2019-04-03 or 2019-03-04" in found.findings.query("_row == 2 and rule == 'DATE'")["message"].item()
    # the 25th has one reading; it says nothing about its neighbour
    assert first(found.form, "MHSTDAT", 3) == [None if order == "mdy" else "2019-04-25"]


# --- Chinese dates


@pytest.mark.parametrize("text", ["2019年3月5日", "２０１９年３月５日", "2019.3.5", "２０１９．３．５"])
def test_a_chinese_date(taken, text):
    found = taken("sae", cell("发生日期", text))
    assert first(found.form, "AESTDAT") == "2019-03-05"


# --- serial numbers of a workbook


@pytest.mark.parametrize(("system", "serial"), [(1900, 43529), (1904, 42067)])
def test_a_serial_number_of_a_workbook_is_the_date_of_its_system(taken, system, serial):
    def edit(sheet):
        sheet.parent.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904 if system == 1904 else sheet.parent.epoch
        at = [one.value for one in sheet[3]].index("Date") + 1
        sheet.cell(4, at).value, sheet.cell(4, at).number_format = serial, "General"
        sheet.cell(5, at).value, sheet.cell(5, at).number_format = 7, "General"

    found = taken("infusions", edit, date_system=system)
    assert first(found.form, "EXSTDAT", 4) == ["2019-03-05"]
    assert ("DATE", "Date") in said(found, 5)  # 7 is no date that anybody meant


def test_a_serial_number_in_a_text_file_is_no_date(taken):
    found = taken("mh", cell("START_DATE", "43529"))
    assert (first(found.form, "MHSTDAT"), ("DATE", "START_DATE") in said(found)) == (None, True)


# --- leading zeros


def test_a_number_keeps_its_zeros_and_one_that_lost_them_is_nobody(taken):
    found = taken("cm", cell("SUBJECT", "1", row=2))
    assert said(found) == [("SUBJECT", "SUBJECT")]
    assert first(found.form, "USUBJID", 3) == ["ADMSCPSO-01-001"]


# --- encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_chinese_text_is_read_in_the_declared_encoding(taken, encoding):
    found = taken("sae", cell("事件名称", "右手骨折"), encoding=encoding)
    assert first(found.form, "AETERM") == "Fracture of the right hand"
    assert first(found.form, "AETERM.original") == "右手骨折"


@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_a_byte_order_mark_is_no_part_of_a_name(taken, mark):
    text = mark + (SENT / "edc_mh.csv").read_text("utf-8-sig")
    assert len(taken("mh", text.encode(), encoding="utf-8").form)


def test_a_byte_of_another_encoding_stops_with_its_place_and_no_character_is_dropped(taken):
    spoilt = (SENT / "edc_cm.csv").read_bytes().replace(b"Loratadine", b"Bayer\x92s", 1)
    with pytest.raises(RawFileError, match=r"edc_cm.csv: line \d+, byte \d+ of the file: byte 0x92 is not utf-8"):
        taken("cm", spoilt)


def test_a_quotation_mark_of_windows_is_the_character_that_it_was(taken):
    lines = (SENT / "edc_cm.csv").read_text("utf-8").splitlines()
    text = "\r\n".join([lines[0], lines[1].replace("Ibuprofen", "Bayer’s")]) + "\r\n"
    found = taken("cm", text.encode("cp1252"), encoding="cp1252")
    assert first(found.form, "CMTRT") == "Bayer’s"
    assert ("TRANSLATION", "MEDICATION") in said(found)


# --- delimiters and decimal marks


@pytest.mark.parametrize(
    ("decimal", "text", "value"),
    [
        (",", "12,5", 12.5),
        (".", "12.5", 12.5),
        (",", "1.234,5", None),
        (".", "1,234", None),
        (",", "1.234", None),
    ],
)
def test_a_decimal_mark_is_one_only_where_it_is_declared(taken, decimal, text, value):
    found = taken("vs", cell("WEIGHT", text), delimiter=";", decimal=decimal)
    weights = found.form[(found.form["VSTESTCD"] == "WEIGHT") & (found.form["_row"] == 2)]
    assert weights["VSORRES.number"].tolist() == pytest.approx([value if value else float("nan")], nan_ok=True)
    assert weights["VSORRES"].tolist() == [text.replace(",", ".") if value else text]
    assert (("NUMBER", "WEIGHT") in said(found)) == (value is None)


# --- mixed units


@pytest.mark.parametrize(
    ("value", "unit", "standard", "rule"),
    [
        ("54,0", "mm", 54, None),
        ("5,4", "cm", 54, None),
        ("54,0", "cm", None, "RANGE"),  # 540 mm: asked, not guessed
        ("54,0", "", None, "UNIT"),
    ],
)
def test_a_value_is_standardised_by_its_collected_unit_and_stays_as_collected(taken, value, unit, standard, rule):
    found = taken("pruritus", both(cell("itch", value), cell("itch_unit", unit)))
    qs = found.sdtm().datasets["QS"]
    (record,) = qs[qs["_row"] == 2].to_dict("records")
    assert float(record["QSORRES"].replace(",", ".")) == float(value.replace(",", "."))
    assert record["QSSTRESN"] == pytest.approx(standard if standard else float("nan"), nan_ok=True)
    assert [one for one, _ in said(found)] == ([rule] if rule else [])


def both(*edits: Callable) -> Callable:
    return lambda rows: [edit(rows) for edit in edits]


# --- sex in free text


@pytest.mark.parametrize(
    ("text", "sex"),
    [("Male", "M"), (" Male ", "M"), ("Ｍａｌｅ", "M"), ("male", None), ("1", None), ("1=Male", None), ("Unk", None)],
)
def test_sex_is_what_the_code_list_says_and_never_a_guess(taken, text, sex):
    found = taken("dm", cell("SEX", text))
    if sex:
        assert first(found.form, "SEX") == sex
    else:  # SDTM needs the sex of a subject: one query, and the subject waits
        assert said(found) == [("CODE", "SEX")]
        assert found.outcomes.query("_row == 2")["outcome"].item() == "rejected"


# --- subject numbers used again


def test_one_number_at_two_sites_is_two_subjects(taken):
    found = taken("dm", both(cell("SITE", "02", row=3), cell("SUBJECT", "001", row=3)))
    assert set(found.form["USUBJID"]) >= {"ADMSCPSO-01-001", "ADMSCPSO-02-001"}
    assert found.form["USUBJID"].is_unique


def test_a_second_row_of_one_number_is_no_second_subject(taken):
    found = taken("dm", cell("SUBJECT", "001", row=3))
    assert found.form["USUBJID"].is_unique
    assert "DUPLICATE-KEY" in set(found.findings["rule"])


# --- duplicates


def test_a_row_sent_twice_has_one_record_and_both_are_counted(taken):
    found = taken("cm", lambda rows: rows.append(list(rows[1])))
    last = found.outcomes["_row"].max()
    assert found.outcomes.set_index("_row")["reason"].reindex([2, last]).notna().tolist() == [True, False]
    assert len(found.form) == (found.outcomes["outcome"] == "in form").sum()


# --- files that come late or again


def test_a_file_sent_again_stands_once_and_every_row_is_counted(taken):
    found = taken("cm", None, None)
    day = found.outcomes["_file"].astype("str").str[:10]
    assert set(found.outcomes.loc[day == "2021-06-01", "outcome"]) == {"superseded"}
    assert set(found.form["_file"].astype("str").str[:10]) == {"2021-06-02"}
    assert (day == "2021-06-01").sum() == (day == "2021-06-02").sum()


def test_what_comes_late_is_a_record_like_any_other(taken):
    found = taken("cm", lambda rows: rows.pop(1), None)
    assert (first(found.form, "_file") or "")[:10] == "2021-06-02"
    assert "DELETED" not in set(found.findings["rule"])


def test_of_two_versions_of_one_event_the_one_changed_last_stands_and_the_site_is_told(taken):
    def edit(rows):
        at = {name: rows[0].index(name) for name in ("EVENT", "LAST_UPDATED")}
        older = list(rows[1])
        older[at["EVENT"]], older[at["LAST_UPDATED"]] = "Older words", "01 JAN 2001 08:00"
        rows.append(older)

    found = taken("ae", edit, **WITH_LATER_COLUMN)
    assert "Older words" not in set(found.form["AETERM"])
    assert "DUPLICATE-KEY" in set(found.findings["rule"])


# --- deleted and inactive rows


@pytest.mark.parametrize(("mode", "records"), [("cumulative", 0), ("incremental", 1)])
def test_absence_means_what_the_declared_mode_says(taken, mode, records):
    def without(rows):
        del rows[1]

    found = taken("cm", None, without, mode=mode)
    with (SENT / "edc_cm.csv").open(encoding="utf-8", newline="") as file:
        gone = next(csv.DictReader(file))["RECORD_ID"]
    assert (found.form["CMSPID"] == gone).sum() == records


def test_a_row_marked_inactive_has_no_record(taken):
    found = taken("cm", cell("STATUS", "INACTIVE"))
    assert 2 not in set(found.form["_row"])
    assert said(found) == [("INACTIVE", "STATUS")]


# --- text of a query in a value


def test_a_query_in_a_number_stays_verbatim_without_a_standard_result(taken):
    found = taken("vs", cell("WEIGHT", "72 (query: please confirm)"))
    vs = found.sdtm().datasets["VS"]
    (record,) = vs[(vs["_row"] == 2) & (vs["VSTESTCD"] == "WEIGHT")].to_dict("records")
    assert record["VSORRES"] == "72 (query: please confirm)"
    assert pd.isna(record["VSSTRESN"])
    assert said(found) == [("NUMBER", "WEIGHT")]


# --- codes for no value


@pytest.mark.parametrize(
    ("code", "reason"), [("ND", "NO REASON GIVEN"), (".", None), ("-99", "DEVICE BROKEN"), ("/", None), ("未查", None)]
)
def test_a_declared_code_for_no_value_is_not_done_with_its_reason(taken, code, reason):
    codes = {"ND": "NO REASON GIVEN", ".": "", "-99": "DEVICE BROKEN", "/": "", "未查": ""}
    vs = taken("vs", cell("WEIGHT", code), missing=codes).sdtm().datasets["VS"]
    (record,) = vs[(vs["_row"] == 2) & (vs["VSTESTCD"] == "WEIGHT")].to_dict("records")
    assert (record["VSSTAT"], pd.isna(record["VSORRES"])) == ("NOT DONE", True)
    assert (None if pd.isna(record["VSREASND"]) else record["VSREASND"]) == reason


def test_na_is_an_answer_in_text_and_a_missing_code_only_where_it_is_declared(taken):
    found = taken("cm", both(cell("INDICATION", "NA"), cell("MEDICATION", "NA")), missing={"NA": ""})
    assert (first(found.form, "CMINDC"), first(found.form, "CMTRT")) == ("NA", "NA")


# --- white space


def test_white_space_is_collapsed_and_the_text_as_sent_stays_in_the_raw_layer(taken):
    found = taken("ae", cell("EVENT", "fever\n38.2\u00a0 \u3000after\tnoon "), **WITH_LATER_COLUMN)
    assert first(found.form, "AETERM") == "fever 38.2 after noon"


# --- headers


def test_another_order_of_columns_changes_nothing(taken):
    found = taken("cm", None, lambda rows: [row.reverse() for row in rows])
    before = found.outcomes["_file"].astype("str").str.startswith("2021-06-01")
    assert set(found.outcomes.loc[before, "reason"]) == {"DUPLICATE: the same row, sent again"}
    assert found.form["CMTRT"].notna().all()


def test_a_missing_column_stops_with_its_place(taken):
    def renamed(rows):
        rows[0][rows[0].index("MEDICATION")] = "XYZ"

    with pytest.raises(RawFileError, match="edc_cm.csv: column MEDICATION: is missing, and source cm maps it"):
        taken("cm", None, renamed)


# --- values that cannot be


def test_an_end_before_the_start_and_a_visit_before_consent_are_asked_about_and_stay(taken):
    found = taken("cm", both(cell("START_DATE", "05 MAR 2020"), cell("END_DATE", "04 MAR 2020")))
    sdtm = found.sdtm()
    assert ("DATE-ORDER", 2) in list(zip(sdtm.findings["rule"], sdtm.findings["_row"], strict=True))
    cm = sdtm.datasets["CM"]
    assert cm.loc[cm["_row"] == 2, ["CMSTDTC", "CMENDTC"]].astype("str").to_numpy().tolist() == [
        ["2020-03-05", "2020-03-04"]
    ]


def test_an_assessment_before_consent_is_asked_about_and_stays(taken):
    sdtm = taken("vs", cell("MEASURED_ON", "01 JAN 2001")).sdtm()
    assert ("CONSENT", 2) in list(zip(sdtm.findings["rule"], sdtm.findings["_row"], strict=True))
    assert "2001-01-01" in set(sdtm.datasets["VS"]["VSDTC"].astype("str").str[:10])


# --- an order that cannot be


def test_a_visit_dated_before_the_visit_before_it_is_asked_about(taken):
    def edit(rows):
        visit, day = rows[0].index("VISIT"), rows[0].index("MEASURED_ON")
        subject = rows[0].index("SUBJECT")
        own = [row for row in rows[1:] if row[subject] == "001"]
        by_visit = {row[visit]: row for row in own}
        by_visit["W0"][day], by_visit["W8"][day] = by_visit["W8"][day], by_visit["W0"][day]

    findings = taken("vs", edit).sdtm().findings
    assert "ADMSCPSO-01-001" in set(findings.loc[findings["rule"] == "VISIT-ORDER", "USUBJID"])


# --- a raw column with the name of a variable


def test_a_raw_column_of_the_variable_s_name_is_recoded_once(taken):
    def edit(rows):
        rows[0][rows[0].index("ONGOING")] = "CMONGO"
        rows[1][rows[0].index("CMONGO")] = "Yes"

    columns = Source.model_validate(read_study(PSORIASIS).file.sources["cm"]).model_dump()["columns"]
    found = taken("cm", edit, columns=columns | {"CMONGO": {"column": "CMONGO", "codes": "yesno"}})
    assert first(found.form, "CMONGO") == "Y"
    assert "CMONGO" not in set(found.findings["column"])
