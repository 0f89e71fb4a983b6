"""Files as sites send them, read as text; and what is said about those that cannot be."""

import datetime as dt
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from flows.problems import RawFileError, StudyFileError
from flows.sources import batches, deliveries, raw_files
from schemas.study import Drift, Source, Study, StudyFile, UnusedFile

DAY = "2020-03-01"
AE = {
    "form": "ae",
    "file": "ae.csv",
    "format": "csv",
    "encoding": "utf-8",
    "delimiter": ",",
    "decimal": ".",
    "mode": "cumulative",
    "key": ["SITEID", "SUBJID"],
    "date_order": "dmy",
    "missing": {},
    "columns": {"SITEID": "SITE", "SUBJID": "SUBJ", "AETERM": ["EVENT", "EVENT_TERM"]},
    "identifying": ["NAME"],
    "unused": ["NOTE"],
}
XLSX = {
    "file": "ae.xlsx",
    "format": "xlsx",
    "sheet": "Events",
    "header_row": 2,
    "date_system": 1900,
} | dict.fromkeys(("encoding", "delimiter", "decimal"))


def study_of(unused: str | None = None, drift: dict | None = None, **source) -> Study:
    return Study.model_construct(
        file=StudyFile.model_construct(
            sources={"ae": Source.model_validate(AE | source)},
            drift=Drift.model_validate(dict.fromkeys(Drift.model_fields, "stop") | (drift or {"new_column": "accept"})),
            unused=[UnusedFile(file=unused, reason="for people")] if unused else [],
        )
    )


def delivered(folder: Path, content: bytes | str, day: str = DAY, name: str = "ae.csv") -> Path:
    (folder / day).mkdir(exist_ok=True)
    (folder / day / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def workbook(folder: Path, rows: list[list], sheet: str = "Events", **options) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "README"
    for row in rows:
        book.create_sheet(sheet) if sheet not in book.sheetnames else None
        book[sheet].append(row)
    book.epoch = options.get("epoch", book.epoch)
    (folder / DAY).mkdir(exist_ok=True)
    book.save(folder / DAY / "ae.xlsx")
    return folder


def rows(folder: Path, *columns: str, **source) -> list[tuple]:
    study = study_of(**source)
    files = [file for file in raw_files(study, folder) if file.source]
    tables = [table for file in files for table in batches(file, study.file.sources["ae"])]
    table = pa.concat_tables(tables, promote_options="default")
    return [tuple(row[column] for column in columns) for row in table.to_pylist()]


def problems(folder: Path, error=RawFileError, **source) -> list[str]:
    with pytest.raises(error) as raised:
        rows(folder, "_row", **source)
    return [str(problem) for problem in raised.value.problems]


# --- csv


def test_a_row_keeps_its_file_and_number_and_an_identifying_column_is_not_read(tmp_path):
    delivered(tmp_path, "SITE,SUBJ,NAME,EVENT,NOTE\n01,001,Wang Wei,NA,\n01,002,Li Na,,x\n")
    assert rows(tmp_path, "SITE", "SUBJ", "EVENT", "_file", "_row", "_ragged") == [
        ("01", "001", "NA", f"{DAY}/ae.csv", 2, None),
        ("01", "002", "", f"{DAY}/ae.csv", 3, None),
    ]
    study = study_of()
    (file,) = raw_files(study, tmp_path)
    (table,) = batches(file, study.file.sources["ae"])
    assert "NAME" not in table.column_names
    assert "Wang Wei" not in str(table.to_pydict())


def test_rows_that_do_not_fit_the_header_keep_the_numbers_of_the_others_right(tmp_path):
    delivered(
        tmp_path,
        'SITE,SUBJ,EVENT\n01,001,"fever\nat night"\n01,002\n\n01,003,cough\n01,004,a,b\n,,\n01,005,rash\n',
    )
    assert sorted(rows(tmp_path, "_row", "EVENT", "_ragged")) == [
        (2, "fever\nat night", None),
        (3, "", "has 2 columns, the header 3"),
        (5, "cough", None),
        (6, "", "has 4 columns, the header 3"),
        (8, "rash", None),
    ]


def test_row_numbers_are_right_across_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.readers.delimited.BLOCK", 64)
    lines = ["01,001,x", "01,002", '01,003,"a\nb"', ""] * 9
    delivered(tmp_path, "SITE,SUBJ,EVENT\n" + "\n".join(lines) + "\n")
    found = sorted(rows(tmp_path, "_row", "SUBJ"))
    assert found == [
        (4 * n + at, subject) for n in range(9) for at, subject in ((2, "001"), (3, ""), (4, "003"))
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path, encoding):
    delivered(tmp_path, "\ufeffSITE,SUBJ,EVENT\n01,001,发热\n")
    assert rows(tmp_path, "SITE", "EVENT", encoding=encoding) == [("01", "发热")]


def test_chinese_text_in_its_national_encoding(tmp_path):
    columns = {"SITEID": "中心", "SUBJID": "受试者", "AETERM": "事件"}
    delivered(tmp_path, "中心;受试者;事件\n01;001;发热\n".encode("gb18030"))
    assert rows(tmp_path, "事件", columns=columns, encoding="gb18030", delimiter=";") == [("发热",)]


def test_a_byte_that_is_no_text_is_located(tmp_path):
    delivered(tmp_path, b'SITE,SUBJ,EVENT\n01,001,"a\nb"\n01,002,\x93x\n')
    assert problems(tmp_path) == [f"{DAY}/ae.csv: line 4, byte 37 of the file: byte 0x93 is not utf-8"]
    assert rows(tmp_path, "EVENT", encoding="cp1252") == [("a\nb",), ("“x",)]


def test_a_header_in_another_encoding_is_located(tmp_path):
    delivered(tmp_path, "SITE,SUBJ,EVENT\n01,001,x\n".encode("utf-16"))
    assert problems(tmp_path) == [f"{DAY}/ae.csv: line 1, byte 1 of the file: byte 0xff is not utf-8"]


@pytest.mark.parametrize(
    "end", ['01,003,"fever\n01,004,rash\n', '01,003,"fever\n01,004,"rash"\n', '01,003,"fev']
)
def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_row(tmp_path, end):
    delivered(tmp_path, 'SITE,SUBJ,EVENT\n01,001,5 cm cut\n01,002,"a\nb"\n' + end)
    assert problems(tmp_path) == [f"{DAY}/ae.csv: row 4: has quotation marks that do not pair"]


def test_a_quotation_mark_inside_a_value_is_a_character(tmp_path):
    delivered(tmp_path, 'SITE,SUBJ,EVENT\n01,001,5" cut\n01,002,"a ""b"""\n')
    assert rows(tmp_path, "EVENT") == [('5" cut',), ('a "b"',)]


def test_a_file_with_a_header_alone_has_no_rows_and_an_empty_one_is_refused(tmp_path):
    assert rows(delivered(tmp_path, "SITE,SUBJ,EVENT\n"), "_row") == []
    assert problems(delivered(tmp_path, "SITE,SUB")) == [f"{DAY}/ae.csv: has no complete line"]
    assert problems(delivered(tmp_path, "")) == [f"{DAY}/ae.csv: is empty"]


# --- headers


def test_a_renamed_column_is_read_under_its_first_name(tmp_path):
    delivered(tmp_path, "SITE,SUBJ,EVENT\n01,001,fever\n")
    delivered(tmp_path, "EVENT_TERM,SUBJ,SITE\nrash,001,01\n", day="2020-04-01")
    assert rows(tmp_path, "SITE", "EVENT") == [("01", "fever"), ("01", "rash")]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (
            "SITE,SUBJ,EVNT",
            "column EVENT or EVENT_TERM: is missing, and source ae maps it; it seems to be EVNT now: write "
            'AETERM = ["EVENT", "EVENT_TERM", "EVNT"] under [sources.ae.columns]',
        ),
        ("SITE,SITE,SUBJ,EVENT", "column SITE: stands more than once in the header"),
        (
            "SITE,SUBJ,EVENT,EVENT_TERM",
            "columns EVENT, EVENT_TERM: are names of one column; only one of them may be there",
        ),
        ("01,001,Wang Wei,fever", "header: names none of the columns that source ae maps"),
    ],
)
def test_a_header_that_does_not_fit_is_refused(tmp_path, header, said):
    delivered(tmp_path, "SITE,SUBJ,EVENT\n")
    delivered(tmp_path, header + "\n", day="2020-04-01")
    assert problems(tmp_path) == [f"2020-04-01/ae.csv: {said}"]


def test_all_problems_of_all_files_are_reported_at_once(tmp_path):
    delivered(tmp_path, "SITE,EVENT\n")
    delivered(tmp_path, "SUBJ,EVENT\n", day="2020-04-01")
    delivered(tmp_path, "x", day="2020-05-01", name="other.txt")
    assert problems(tmp_path) == [
        "2020-03-01/ae.csv: column SUBJ: is missing, and source ae maps it",
        "2020-04-01/ae.csv: column SITE: is missing, and source ae maps it",
        "2020-05-01/ae.csv: is missing: source ae is expected in every delivery",
    ]


def test_a_column_or_file_that_the_first_delivery_has_must_be_declared(tmp_path):
    delivered(tmp_path, "SITE,SUBJ,EVENT,GRADE\n")
    delivered(tmp_path, "x", name="cm.csv")
    assert problems(tmp_path, StudyFileError) == [
        'study.toml: sources.ae: column "GRADE" of 2020-03-01/ae.csv is neither mapped, nor identifying, '
        "nor unused",
        "study.toml: sources: 2020-03-01/cm.csv belongs to no source: add one, or list it under [[unused]]",
    ]


def test_a_column_or_file_that_comes_later_is_new_once(tmp_path):
    delivered(tmp_path, "SITE,SUBJ,EVENT\n")
    delivered(tmp_path, "note", name="note.txt")
    for day in ("2020-04-01", "2020-05-01"):
        delivered(tmp_path, "SITE,SUBJ,EVENT,GRADE\n01,001,x,1\n", day=day)
    delivered(tmp_path, "x", day="2020-05-01", name="cm.csv")
    files = raw_files(study_of(unused="*.txt"), tmp_path)
    assert [(file.name, file.new) for file in files] == [
        ("2020-03-01/ae.csv", ()),
        ("2020-03-01/note.txt", ()),
        ("2020-04-01/ae.csv", ("GRADE",)),
        ("2020-05-01/ae.csv", ()),
        ("2020-05-01/cm.csv", ("cm.csv",)),
    ]


# --- drift: what a delivery has changed against those before it

FIRST = "SITE,SUBJ,EVENT,START,GRADE\n" + "".join(f"01,00{n},fever {n},0{n} JAN 2020,{n}\n" for n in (1, 2, 3, 4))
COLUMNS = AE["columns"] | {"AESTDAT": "START", "AETOXGR": {"column": "GRADE", "codes": "grade"}}
ISO = FIRST.replace("01 JAN 2020", "2020-01-01").replace("02 JAN 2020", "2020-01-02").replace("03 JAN", "2020-01-03")
SECOND = {
    "missing_column": "SITE,SUBJ,EVENT,GRADE\n01,001,fever 1,1\n01,002,fever 2,2\n01,003,fever 3,3\n",
    "renamed_column": FIRST.replace("START", "BEGUN"),
    "retyped_column": FIRST.replace(",1\n", ",mild\n").replace(",2\n", ",severe\n").replace(",3\n", ",mild\n"),
    "date_format": ISO.replace("2020-01-03 2020", "2020-01-03"),
    "new_column": "SITE,SUBJ,EVENT,START,GRADE,SPONSOR\n01,001,fever 1,01 JAN 2020,1,x\n",
}
PROPOSED = {
    "missing_column": 'drift.missing_column = "accept"',
    "renamed_column": 'AESTDAT = ["START", "BEGUN"] under [sources.ae.columns]',
    "retyped_column": 'add "4", "mild", "severe" to codelists.grade and their terms to codes.csv',
    "date_format": 'has dates written as "y-d-d"; before they were written as "d mon y"',
    "new_column": 'unused = ["NOTE", "SPONSOR"] under [sources.ae]',
}


def drifted(folder: Path, event: str, policy: str) -> list:
    """The files of two deliveries, the second of which has changed."""
    delivered(folder, FIRST)
    delivered(folder, SECOND[event], day="2020-04-01")
    return raw_files(study_of(drift={event: policy}, columns=COLUMNS), folder)


@pytest.mark.parametrize("event", SECOND)
def test_drift_stops_the_run_with_the_line_to_add(tmp_path, event):
    with pytest.raises(RawFileError) as raised:
        drifted(tmp_path, event, "stop")
    (problem,) = raised.value.problems
    assert problem.file == "2020-04-01/ae.csv"
    assert PROPOSED[event] in problem.message


@pytest.mark.parametrize("event", ["missing_column", "renamed_column", "retyped_column", "date_format"])
def test_a_file_that_drifted_is_set_aside_and_the_delivery_before_serves(tmp_path, event):
    first, second = drifted(tmp_path, event, "set_aside")
    assert (first.source, second.source, second.aside) == ("ae", None, "ae")
    assert [one.kind for one in second.events] == [event]
    assert PROPOSED[event] in second.events[0].message


@pytest.mark.parametrize("event", SECOND)
def test_drift_that_is_accepted_is_a_finding(tmp_path, event):
    _, second = drifted(tmp_path, event, "accept")
    assert second.source == "ae"
    assert ([one.kind for one in second.events], second.new) == (
        ([], ("SPONSOR",)) if event == "new_column" else ([event], ())
    )
    assert second.renamed.get("BEGUN") == ("START" if event == "renamed_column" else None)


def test_a_new_column_that_is_set_aside_is_not_read(tmp_path):
    _, second = drifted(tmp_path, "new_column", "set_aside")
    assert (second.source, second.new, second.left_out) == ("ae", ("SPONSOR",), ("SPONSOR",))
    (table,) = batches(second, Source.model_validate(AE | {"columns": COLUMNS}))
    assert "SPONSOR" not in table.column_names


def test_a_column_without_which_no_row_can_be_used_stops_the_run_whatever_the_policy(tmp_path):
    delivered(tmp_path, FIRST)
    delivered(tmp_path, FIRST.replace("EVENT", "ZZZ").replace("fever ", "").replace(",1,", ",x,"), day="2020-04-01")
    with pytest.raises(RawFileError, match="column EVENT or EVENT_TERM: is missing"):
        raw_files(study_of(drift=dict.fromkeys(Drift.model_fields, "accept"), columns=COLUMNS), tmp_path)


def test_the_export_that_follows_one_set_aside_is_held_against_the_one_that_serves(tmp_path):
    drifted(tmp_path, "date_format", "set_aside")
    delivered(tmp_path, FIRST, day="2020-05-01")
    files = raw_files(study_of(drift={"date_format": "set_aside", "new_column": "accept"}, columns=COLUMNS), tmp_path)
    assert [file.source for file in files] == ["ae", None, "ae"]


# --- workbooks


def test_a_workbook_is_read_as_a_person_would_type_it(tmp_path):
    cells = [dt.date(2020, 1, 5), dt.datetime(2020, 1, 5, 9, 30), 43835, dt.time(9, 30), dt.time(9, 30, 15)]
    cells += [0.5, 100, 0.1 + 0.2, 1e-05, "001", True, dt.timedelta(hours=9.5), None]
    rows_sent = [["Pharmacy log"], ["SITE", "SUBJ", "EVENT", "NOTE"], ["01", "001", None, "x"], [None]]
    workbook(tmp_path, rows_sent + [["01", "001", cell, "x"] for cell in cells])
    found = rows(tmp_path, "_row", "EVENT", **XLSX)
    assert [text for _, text in found] == [
        *("", "2020-01-05", "2020-01-05T09:30", "43835", "09:30", "09:30:15"),
        *("0.5", "100", "0.3", "0.00001", "001", "TRUE", "9:30:00", ""),
    ]
    assert [number for number, _ in found] == [3, *range(5, 18)]


def test_a_date_of_the_1904_system_is_the_date_that_the_site_saw(tmp_path):
    sent = [[""], ["SITE", "SUBJ", "EVENT"], ["01", "001", dt.date(2020, 1, 5)]]
    workbook(tmp_path, sent, epoch=openpyxl.utils.datetime.CALENDAR_MAC_1904)
    assert rows(tmp_path, "EVENT", **XLSX | {"date_system": 1904}) == [("2020-01-05",)]


def test_a_value_beyond_the_header_of_a_sheet_is_not_lost(tmp_path):
    workbook(
        tmp_path, [[""], ["SITE", "SUBJ", "EVENT"], ["01", "001", "x", None, "moved"], ["01", "002", "y"]]
    )
    assert rows(tmp_path, "_row", "_ragged", "_file", **XLSX) == [
        (3, "has a value in column 5, the header has 3 columns", f"{DAY}/ae.xlsx#Events"),
        (4, None, f"{DAY}/ae.xlsx#Events"),
    ]


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path):
    workbook(tmp_path, [["x"]], sheet="Infusions")
    assert problems(tmp_path, **XLSX) == [
        f"{DAY}/ae.xlsx#Events: sheet Events: is missing; there are: README, Infusions"
    ]
    workbook(tmp_path, [["SITE"]])
    assert problems(tmp_path, **XLSX) == [f"{DAY}/ae.xlsx#Events: row 2: has no header"]
    delivered(tmp_path, "SITE,SUBJ", name="ae.xlsx")
    assert problems(tmp_path, **XLSX) == [f"{DAY}/ae.xlsx: is no XLSX"]


def test_sheets_that_go_on_are_files_of_one_source(tmp_path):
    workbook(tmp_path, [[""], ["SITE", "SUBJ", "EVENT"], ["01", "001", "fever"]])
    book = openpyxl.load_workbook(tmp_path / DAY / "ae.xlsx")
    further = book.create_sheet("Events (2)")
    for row in ([""], ["EVENT", "SUBJ", "SITE"], ["rash", "002", "01"]):
        further.append(row)
    book.save(tmp_path / DAY / "ae.xlsx")
    assert rows(tmp_path, "_file", "_row", "SUBJ", "EVENT", **XLSX | {"further_sheets": "Events (*)"}) == [
        (f"{DAY}/ae.xlsx#Events", 3, "001", "fever"),
        (f"{DAY}/ae.xlsx#Events (2)", 3, "002", "rash"),
    ]
    assert "may go on on sheet Events (2)" in problems(tmp_path, **XLSX)[0]


# --- deliveries


def test_deliveries_come_in_the_order_of_their_dates(tmp_path):
    for day in ("2020-06-30", "2020-02-28", "2021-01-31"):
        delivered(tmp_path, "x", day=day)
    assert deliveries(tmp_path, "2020-12-31") == ["2020-02-28", "2020-06-30"]


def test_a_folder_without_dated_deliveries_is_refused_without_its_path(tmp_path):
    with pytest.raises(RawFileError, match="^raw: cannot be read"):
        deliveries(tmp_path / "raw")
    (tmp_path / "raw" / "june").mkdir(parents=True)
    with pytest.raises(RawFileError, match="^june: .*YYYY-MM-DD"):
        deliveries(tmp_path / "raw")
