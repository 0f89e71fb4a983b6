"""A study file is right, or every mistake in it is named before any data is read."""

import csv
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from flows.problems import RawFileError, StudyFileError
from flows.sources import raw_files
from flows.study_file import read_study

PSORIASIS = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"
RAW = PSORIASIS / "raw"
TABLES = ["codes", "visits", "arms", "elements", "criteria", "summary"]


@pytest.fixture(scope="module")
def study():
    return read_study(PSORIASIS)


@pytest.fixture
def folder(tmp_path):
    """A copy of the psoriasis study, without its raw files."""
    for path in [PSORIASIS / "study.toml", *PSORIASIS.glob("*.csv")]:
        shutil.copy(path, tmp_path)
    return tmp_path


def changed(folder: Path, file: str, old: str, new: str) -> list[str]:
    """What is said about the study once `old` is `new`."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old, text.count(old))
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return said(folder)


def said(folder: Path) -> list[str]:
    try:
        raw_files(read_study(folder), RAW)
    except (StudyFileError, RawFileError) as error:
        return [str(problem) for problem in error.problems]
    return []


def test_the_psoriasis_study_is_right(study):
    assert study.id == "ADMSCPSO"
    assert study.code_terms["sex_zh"] == {"男": "M", "女": "F"}
    assert study.file.sources["pasi"].raw_columns["PASI_TOTAL"] == ("PASI_TOTAL", "PASI_TOT")


# --- whatever is deleted is missed

# Lines without which the study is another one that is right as well; nothing else in the folder speaks of
# them.
ANOTHER_STUDY = {
    'VISIT = { value = "SCREENING" }': "criteria need no visit",
    'RSEVAL = { value = "INVESTIGATOR" }': "who assessed may be left out",
    'FAEVAL = { value = "INVESTIGATOR" }': "who assessed may be left out",
    'FAORRESU = { value = "%" }': "findings about may have no unit",
    'FALOC = { value = "SKIN" }': "a location may be left out",
    'FAMETHOD = { value = "PALM METHOD" }': "a method may be left out",
    'EXDOSFRQ = { value = "ONCE" }': "a frequency may be left out",
    'EXROUTE = { value = "INTRAVENOUS" }': "a route may be left out",
    'EXENDAT = "Date"': "an infusion without an end; its column is still read for the start",
    'outcome_after_cutoff = "not_recovered"': "asked for by a data cut",
    "C81224 =": "a term of ADaM that the study adds",
    "PCLAS,": "a new class of treatment has no name",
    **dict.fromkeys(
        ("ae_summary =", "ae_by_term =", "ae_by_grade =", "efficacy_by_visit =", "pasi_response ="),
        "a table without a purpose is exploratory",
    ),
    "TTYPE,SAFETY": "a trial may have one type alone",
    "TTYPE,EFFICACY": "a trial may have one type alone",
    "PTRTDUR,": "asked for where it applies",
    "TRGFUDUR,": "asked for where it applies",
    "OUTMSSEC,Change in PASI": "one of four secondary outcomes",
    "OUTMSSEC,Change in DLQI": "one of four secondary outcomes",
    "OUTMSSEC,Change in affected": "one of four secondary outcomes",
    "OUTMSSEC,Change in pruritus": "one of four secondary outcomes",
}
# coding.csv, translations.csv and corrections.csv are lists of the texts met so far: one that is not there is
# a finding.


@pytest.mark.parametrize("file", ["study.toml", *(f"{table}.csv" for table in TABLES)])
def test_each_line_that_is_deleted_is_named(folder, file):
    lines = (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)
    unnoticed, unnamed = [], []
    for number, line in enumerate(lines):
        if not line.strip() or line.startswith("#"):
            continue
        (folder / file).write_text("".join(lines[:number] + lines[number + 1 :]), encoding="utf-8")
        problems = said(folder)
        if not problems:
            unnoticed.append(line.strip())
        elif not names(" ".join(problems), line, lines[number + 1 : number + 2]):
            unnamed.append((line.strip(), problems))
    assert unnamed == []
    allowed = [start for start in ANOTHER_STUDY if any(line.startswith(start) for line in lines)]
    assert [line for line in unnoticed if not line.startswith(tuple(allowed))] == []
    assert len(unnoticed) == len(allowed)  # none of them is noticed after all


def names(problems: str, line: str, below: list[str]) -> bool:
    """Whether the problems hold a word of the deleted line: a cell, a key, or a quoted text. A table's header
    takes the keys below it along, or leaves one key twice, which the TOML reader reports by its line."""
    if line.startswith("["):
        table = line.strip("[]\n").split(".")
        return (
            ".".join(table[:2]) in problems
            or any(names(problems, key, []) for key in below)
            or "at line" in problems
        )
    if "=" not in line:
        return any(cell and cell in problems for cell in next(csv.reader([line])))
    key, value = line.split("=", 1)
    words = [key.strip(), *re.findall(r'"([^"]+)"', value)]
    # the last line of a table is missed as the table
    return any(word in problems for word in words) or "items is needed" in problems


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_deleted_is_named(folder, table):
    (folder / f"{table}.csv").unlink()
    assert f"{table}.csv: is missing" in said(folder)


def test_a_study_file_that_is_deleted_is_named(folder):
    (folder / "study.toml").unlink()
    assert said(folder) == [f"study.toml: not found in {folder.name}"]


RAW_FILES = sorted(path.relative_to(RAW).as_posix() for path in RAW.glob("*/*"))
# A file that is declared unused may stay away, and so may one that the study file does not know.
NOBODYS = ("delivery_note.txt", "edc_qc.csv")


def test_each_raw_file_that_is_deleted_is_named(study, tmp_path):
    raw = shutil.copytree(RAW, tmp_path / "raw")
    for name in RAW_FILES:
        (raw / name).rename(tmp_path / "away")
        if name.endswith(NOBODYS):
            raw_files(study, raw)
        else:
            with pytest.raises(RawFileError, match=f"^{name}: is missing: source .* is expected") as error:
                raw_files(study, raw)
            assert len(error.value.problems) == 1
        (tmp_path / "away").rename(raw / name)


@pytest.mark.parametrize(
    "name", sorted({Path(name).name for name in RAW_FILES if not name.endswith(NOBODYS)})
)
def test_each_mapped_column_that_is_deleted_is_named(study, tmp_path, name):
    source, spec = next((key, spec) for key, spec in study.file.sources.items() if spec.file == name)
    alone = study.model_copy(update={"file": study.file.model_copy(update={"sources": {source: spec}})})
    for day in ("2020-02-28", "2021-05-28"):
        (tmp_path / day).mkdir()
        shutil.copy(RAW / day / name, tmp_path / day)
    for file in raw_files(alone, tmp_path):
        assert set(file.renamed.values()) == set(spec.raw_columns)
        for column, first in file.renamed.items():
            _without_column(RAW / file.delivery / name, file.path, column, spec)
            with pytest.raises((RawFileError, StudyFileError)) as error:
                raw_files(alone, tmp_path)
            (problem,) = error.value.problems
            assert problem.file == file.name
            assert problem.place == f"column {' or '.join(spec.raw_columns[first])}"
            assert problem.message.startswith("is missing")
        shutil.copy(RAW / file.delivery / name, file.path)


def _without_column(path: Path, to: Path, column: str, spec) -> None:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        sheet = book[spec.sheet]
        header = [cell.value for cell in sheet[spec.header_row]]
        sheet.delete_cols(header.index(column) + 1)
        book.save(to)
        return
    with path.open(encoding="utf-8-sig" if spec.encoding == "utf-8" else spec.encoding, newline="") as file:
        header, *rows = csv.reader(file, delimiter=spec.delimiter)
    at = header.index(column)
    with to.open("w", encoding=spec.encoding, newline="") as file:
        csv.writer(file, delimiter=spec.delimiter).writerows(
            row[:at] + row[at + 1 :] for row in [header, *rows]
        )


# --- mistakes, one by one


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "study.toml",
            "synthetic = true",
            "synthetic = true\ncolour = 1",
            "study.toml: study.colour: is not a key of",
        ),
        ("study.toml", "treatment_emergent_days = 30", "treatment_emergent_days = -1", "it is -1"),
        (
            "study.toml",
            "ae_summary = ",
            "ae_sumary = ",
            "study.toml: analysis.purposes.ae_sumary: is no analysis table of sql/tables; did you mean ae_summary",
        ),
        (
            "study.toml",
            'birth_date = "year"',
            'birth_date = "month"',
            "study.toml: policies.birth_date: Input should be 'full', 'year' or 'omit'; it is 'month'",
        ),
        (
            "study.toml",
            '"gb18030"',
            '"gb99"',
            "study.toml: sources.sae: encoding: gb99 is no encoding that is known",
        ),
        (
            "study.toml",
            "header_row = 3\n",
            'header_row = 3\ndelimiter = ","\n',
            "delimiter does not belong to format",
        ),
        (
            "study.toml",
            'sex_zh = ["男", "女"]',
            'sex_zh = ["男", "女", "未知"]',
            "codes.csv: sex_zh: has no term for the declared code(s) 未知",
        ),
        ("study.toml", 'sex_zh = ["男", "女"]', 'sex_zh = ["男"]', "codelists.sex_zh: does not declare 女"),
        (
            "codes.csv",
            "sex_zh,女,F",
            "sex_zh,女,FEMALE",
            "codes.csv: sex_zh: FEMALE is no term for SEX (C66731)",
        ),
        (
            "codes.csv",
            "sex_zh,女,F",
            "sex_zh,女,F\nsex_zh,女,M",
            "codes.csv: sex_zh: gives 2 terms to the code 女",
        ),
        ("codes.csv", "sex_zh,女,F", "sex_zh,女", "has another number of columns than the header (3)"),
        (
            "codes.csv",
            "infusion,Infusion 2,WEEK 4",
            "infusion,Infusion 2,WEEK 5",
            "WEEK 5 is no term for VISIT",
        ),
        ("codes.csv", "degree,2,A LOT", "degree,2,LOTS", "codes.csv: degree: LOTS is no answer of DLQI"),
        ("codes.csv", "vas_unit,cm,cm", "vas_unit,cm,%", "items.01.unit: % cannot be converted to mm"),
        (
            "study.toml",
            '01 = { column = "itch", unit = { column = "itch_unit", codes = "vas_unit" } }',
            '01 = "itch"',
            "study.toml: sources.pruritus.items.01: needs unit: its scale is in mm",
        ),
        ("study.toml", '07A = { column = "q7b"', '7A = { column = "q7b"', "items.7A: DLQI has no item 7A"),
        (
            "study.toml",
            'missing = { "/" = "" }',
            'missing = { "是" = "" }',
            "study.toml: sources.sae.missing: 是 is a code of columns.AESDTH too (codelists.yesno_zh)",
        ),
        (
            "study.toml",
            'VSTPTNUM = { value = "2" }',
            'VSTPTNUM = { value = "two" }',
            'value = "two" is no number',
        ),
        (
            "study.toml",
            'key = ["SITEID", "SUBJID", "DSSPID"]',
            'key = ["DSSPID"]',
            "study.toml: sources.ds.key: must name SUBJID: a row belongs to one subject of one site",
        ),
        (
            "study.toml",
            'identifying = ["受试者姓名"]',
            'identifying = ["事件名称"]',
            "事件名称 is mapped: an identifying",
        ),
        ("study.toml", "C100129 = ", "C66742 = ", "study.toml: extensions.C66742: "),
        (
            "visits.csv",
            "Week 12,12,71,126",
            "Week 12,12,60,126",
            "the analysis windows of Week 8 and Week 12 overlap",
        ),
        (
            "summary.csv",
            "SSTDTC,2019-12-02",
            "SSTDTC,December 2019",
            "SSTDTC: must be a date, YYYY-MM-DD; it is Dec",
        ),
        ("summary.csv", "NARMS,1", "NARMS,2", "summary.csv: NARMS: is 2, and arms.csv has 1"),
        ("summary.csv", "ADDON,N,", "ADDON,Y,", "summary.csv: CURTRT: is missing"),
        (
            "translations.csv",
            "头痛,Headache",
            "头痛,Headache\n头痛,Migraine",
            "translations.csv: 头痛: stands 2 times",
        ),
        ("corrections.csv", "vs,SUBJECT=005", "vt,SUBJECT=005", "corrections.csv: line 3: vt is no source"),
        (
            "corrections.csv",
            "WEIGHT,60.1",
            "WEIGTH,60.1",
            "line 3: WEIGTH is no mapped raw column of source vs",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(folder, file, old, new, expected):
    problems = changed(folder, file, old, new)
    assert any(expected in problem for problem in problems), problems


def test_a_file_that_is_no_toml_or_no_utf_8_is_located(folder):
    assert "at line 4" in changed(folder, "study.toml", 'id = "ADMSCPSO"', "id = ADMSCPSO")[0]
    (folder / "study.toml").write_text(
        (PSORIASIS / "study.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (folder / "arms.csv").write_bytes(b"ARMCD\n\xff\n")
    assert said(folder) == ["arms.csv: byte 7: is not UTF-8"]


def test_all_mistakes_are_reported_at_once(folder):
    changed(folder, "codes.csv", "sex_zh,女,F", "sex_zh,女,X")
    changed(folder, "visits.csv", "Week 12,12,71,126", "Week 12,12,60,126")
    changed(folder, "summary.csv", "SENDTC,2021-04-07,,,ISO 8601,\n", "")
    assert [problem.split(":")[0] for problem in said(folder)] == ["codes.csv", "visits.csv", "summary.csv"]


def test_parts_of_a_number_and_a_second_column_are_written_whole(folder):
    split = 'SITEID = { column = "SITE", split = "-", part = 3, of = 2 }\nSUBJID = "SUBJECT"\nRFICDAT'
    words = changed(folder, "study.toml", 'SITEID = "SITE"\nSUBJID = "SUBJECT"\nRFICDAT', split)
    assert "split, part and of belong together" in words[0]


def test_a_subject_is_named_by_one_column(folder):
    two = 'SUBJID = { column = "SUBJECT", otherwise = "RECORD_ID" }\nRFICDAT'
    words = changed(folder, "study.toml", 'SUBJID = "SUBJECT"\nRFICDAT', two)
    assert any("a subject is named by one column" in problem for problem in words)


def test_words_for_no_arm_are_for_a_reason_and_are_no_arm(folder):
    wrong = 'without_arm = { "SCREEN FAIL" = { ARMCD = "ADMSC", ARM = "x" } }'
    words = changed(folder, "study.toml", "without_arm = {}", wrong)
    assert "no reason of codelist ARMNULRS; did you mean SCREEN FAILURE" in words[0]
    assert "is an arm of arms.csv" in words[1]


def test_a_prefix_is_needed_for_its_policy_and_a_visit_for_its_domain(folder):
    words = changed(folder, "study.toml", 'usubjid = "study-site-subject"', 'usubjid = "prefix-site-subject"')
    assert any(problem.startswith("study.toml: policies.usubjid_prefix") for problem in words)
    words = changed(folder, "study.toml", "visits_in = []", 'visits_in = ["ds", "ex"]')
    assert "study.toml: policies.visits_in: no source maps VISIT of form ds" in words


def test_forms_that_leave_a_choice_ask_for_it(folder):
    comments = 'AESPID = "RECORD_ID"\nCOMMENT = "REMARK"'
    words = changed(folder, "study.toml", 'AESPID = "RECORD_ID"', comments)
    assert "study.toml: policies.comment_variables: is missing: the study has comments" in words


def test_a_further_number_leads_to_the_enrolled_one_in_one_step(folder):
    lines = ["SITEID,SUBJID,OF_SITEID,OF_SUBJID,WHY", "01,001,01,002,rescreened", "01,002,01,003,rescreened"]
    (folder / "persons.csv").write_text("\n".join(lines), encoding="utf-8")
    assert said(folder) == [
        "persons.csv: line 2: 01/002 is a further number itself: give the number of the enrolled participation"
    ]


def test_a_questionnaire_of_the_sponsors_own_is_checked_as_a_table(folder):
    (folder / "instruments").mkdir()
    lines = ["item,testcd,test,min,max", "01,ITCH01,Itch,0,10", "01,ITCH02,Sleep,10,0", "02,itch3,Mood,0,10"]
    (folder / "instruments" / "ITCH.csv").write_text("\n".join(lines), encoding="utf-8")
    assert said(folder)[0].startswith("instruments/ITCH.csv: line 4, testcd: String should match pattern")
    (folder / "instruments" / "ITCH.csv").write_text("\n".join(lines[:3]), encoding="utf-8")
    assert said(folder) == [
        "instruments/ITCH.csv: item: 01 stands 2 times",
        "instruments/ITCH.csv: 01: min 10 is above max 0",
    ]


def test_an_amendment_repeats_the_criteria_and_does_not_reword_one_under_its_old_code(folder):
    text = (folder / "criteria.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    table = [{key: row[key] for key in ("IETESTCD", "IETEST", "IECAT")} for row in rows]

    def written(second: list[dict]) -> None:
        with (folder / "criteria.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ["IETESTCD", "IETEST", "IECAT", "TIVERS"])
            writer.writeheader()
            writer.writerows([row | {"TIVERS": "1"} for row in table] + [row | {"TIVERS": "2"} for row in second])

    written(table)
    assert said(folder) == []
    written([table[0] | {"IETEST": "Something else"}, *table[1:]])
    assert "different IETEST" in said(folder)[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('AESTDAT = "START_DATE"', 'AESTDAT = { year = "Y", day = "D" }', "a date in parts has year, year and month"),
        ('AETERM = "EVENT"', 'AETERM = { year = "Y" }', "columns.AETERM: is no date, so it has no year, month and day"),
        ('AESTDAT = "START_DATE"', 'AESTDAT = "START_DATE_INT"', "START_DATE_INT is a date that the EDC completed"),
        ('mode = "cumulative"', 'mode = "transactional"', 'transactions is needed for mode = "transactional"'),
        ('mode = "cumulative"', 'transactions = { column = "X" }\nmode = "cumulative"', "transactions belongs only to"),
        ('format = "csv"', 'format = "odm"', 'encoding does not belong to format = "odm"'),
        ('format = "csv"', 'format = "redcap"', 'redcap_form is needed for format = "redcap"'),
        ('format = "csv"', 'format = "csv"\nitemgroup = "IG"', 'itemgroup does not belong to format = "csv"'),
    ],
)
def test_the_keys_of_an_edc_belong_to_its_exports(folder, old, new, expected):
    text = (folder / "study.toml").read_text(encoding="utf-8")
    start, end = text.index("[sources.ae]"), text.index("[sources.pasi]")
    block = text[start:end].replace(old, new, 1)
    if "_INT" in new:
        block = block.replace("[sources.ae.columns]", f"{RAVE}[sources.ae.columns]")
    (folder / "study.toml").write_text(text[:start] + block + text[end:], encoding="utf-8")
    assert any(expected in problem for problem in said(folder)), said(folder)


RAVE = 'rave = { raw = "_RAW", interpolated = "_INT" }\n'


def test_what_is_fetched_is_read_by_a_source_and_its_token_is_named(folder):
    redcap = '[redcap]\nurl = "https://redcap.example.org/api/"\ntoken = "REDCAP_TOKEN"\n\n[policies]'
    said = changed(folder, "study.toml", "[policies]", redcap)
    assert 'study.toml: redcap: is read by no source: none has format = "redcap"' in said
    assert "redcap.url" in changed(folder, "study.toml", "https://redcap", "http://redcap")[0]


def test_transactions_of_odm_name_their_subject(folder):
    text = (folder / "study.toml").read_text(encoding="utf-8")
    start, end = text.index("[sources.ae]"), text.index("[sources.pasi]")
    block = text[start:end].replace('mode = "cumulative"', 'mode = "transactional"')
    block = block.replace('"csv"\nencoding = "utf-8"\ndelimiter = ","\ndecimal = "."', '"odm"\nitemgroup = "IG.AE"')
    (folder / "study.toml").write_text(text[:start] + block + text[end:], encoding="utf-8")
    assert any("sources.ae.columns.SUBJID: must come from SubjectKey" in problem for problem in said(folder))


# --- windows.csv

WINDOWS = "PARCAT1,ARMCD,AVISIT,AVISITN,EPOCH,AWTARGET,AWLO,AWHI,VISIT,LAST_OF"


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["DLQI,,Week 4,4,TREATMENT,29,,60,,", "DLQI,,Later,5,TREATMENT,90,61,,,"], None),
        (["VITAL SIGNS,,Week 4,4,TREATMENT,,,,WEEK 4,", "VITAL SIGNS,,Last,99,TREATMENT,,,,,Week 4"], None),
        (["DLQI,,Week 4,4,TREATMENT,29,,60,,", "DLQI,,Later,5,TREATMENT,90,60,,,"], "Week 4 and Later overlap"),
        (["DLQI,,Week 4,4,TREATMENT,29,1,60,,", "DLQI,,Early,5,TREATMENT,20,,,,"], "has neither|needs study days"),
        (["DLQ,,Week 4,4,TREATMENT,29,1,60,,"], "DLQ is not known here; did you mean DLQI"),
        (["DLQI,,Week 4,4,TREATMENT,29,,,WEEK 4,"], "VISIT and LAST_OF are for VITAL SIGNS only"),
        (["VITAL SIGNS,,Week 4,4,TREATMENT,29,1,60,WEEK 4,"], "only one of them"),
        (["VITAL SIGNS,,Last,99,TREATMENT,,,,,Week 4"], "Week 4 is no AVISIT of VITAL SIGNS"),
        (["VITAL SIGNS,,Week 4,4,TREATMENT,,,,WEEK 5,"], "WEEK 5 is not known here"),
        (
            ["VITAL SIGNS,,Week 4,4,TREATMENT,,,,WEEK 4,", "VITAL SIGNS,,Week 8,8,TREATMENT,,50,,,"],
            "study days on some lines and planned visits on others",
        ),
    ],
)
def test_a_line_of_windows_is_one_of_three_kinds(folder, lines, problem):
    (folder / "windows.csv").write_text("\n".join([WINDOWS, *lines]) + "\n", encoding="utf-8")
    found = said(folder)
    if problem is None:
        assert found == []
    else:
        assert any(re.search(problem, text) for text in found), found


def test_a_study_with_vital_signs_says_how_they_are_analysed(folder):
    text = (folder / "study.toml").read_text(encoding="utf-8")
    start = text.index("[analysis.vital_signs]")
    (folder / "study.toml").write_text(text[:start] + text[text.index("[[doses]]", start) :], encoding="utf-8")
    assert any("analysis.vital_signs" in problem and "form vs" in problem for problem in said(folder))


def test_a_window_of_visits_has_a_bound(folder):
    problems = changed(folder, "visits.csv", "One-Year Follow-up,64,351,540", "One-Year Follow-up,64,,")
    assert any("One-Year Follow-up has neither AWLO nor AWHI" in problem for problem in problems)


# --- dispositions


def dispositions(folder: Path, *lines: str) -> list[str]:
    header = "ID,DISPOSITION,REASON,OWNER,DATE"
    (folder / "dispositions.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return said(folder)


def test_dispositions_are_read_with_the_study(folder):
    lines = ("0123456789,explain,Seen by the team,DM lead,2024-05-01", "abcdef0123,fix,,Programmer,2024-05-01")
    assert dispositions(folder, *lines) == []
    assert [(row.ID, row.DISPOSITION, row.REASON) for row in read_study(folder).dispositions] == [
        ("0123456789", "explain", "Seen by the team"),
        ("abcdef0123", "fix", None),
    ]


def test_every_mistake_in_the_dispositions_is_named_at_once(folder):
    found = dispositions(
        folder,
        "0123456789,explain,,DM lead,2024-05-01",
        "abcdef0123,ignore,Seen,DM lead,2024-05-01",
        "abcdef0124,waive,Seen,DM lead,2024-02-30",
        "0123456789,fix,,DM lead,1 May 2024",
        "TM-CT,fix,,,2024-05-01",
    )
    assert found == [
        "dispositions.csv: line 2, REASON: is blank; expected why: explain needs a reason",
        "dispositions.csv: line 3, DISPOSITION: Input should be 'fix', 'explain' or 'waive'; it is 'ignore'",
        "dispositions.csv: line 4, DATE: is no date; expected ISO 8601, YYYY-MM-DD; it is '2024-02-30'",
        "dispositions.csv: line 5, ID: 0123456789 stands in line 2 already; expected once",
        "dispositions.csv: line 5, DATE: is no date; expected ISO 8601, YYYY-MM-DD; it is '1 May 2024'",
        "dispositions.csv: line 6, ID: String should match pattern '^[0-9a-f]{10}$'; it is 'TM-CT'",
        "dispositions.csv: line 6, OWNER: String should have at least 1 character; it is ''",
    ]
