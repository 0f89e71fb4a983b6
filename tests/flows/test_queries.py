"""The queries of the psoriasis study over its three deliveries, the sites' workbooks, and the way back of an answer."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from flows import cli, queries, warehouse
from flows.check import numbered
from flows.fingerprint import fingerprint, sha256
from flows.problems import StudyFileError
from flows.study import Request, run_study
from flows.study_file import read_study
from transforms.review.queries import with_records

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"
DELIVERIES = ("2020-02-28", "2020-05-29", "2021-05-28")


def night(study, home, through, number):
    marks = fingerprint(study, study / "raw", {"through": through})
    return run_study(Request(study, study / "raw", home, marks, datetime(2024, 5, number, 2, tzinfo=UTC), through))


def deliver(study, home):
    return [night(study, home, through, number) for number, through in enumerate(DELIVERIES, 1)]


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """The warehouse after three nights, and the table of queries after each."""
    home = tmp_path_factory.mktemp("three")
    manifests = deliver(STUDY, home)
    return home, [queries.queries_of(home / "ADMSCPSO", manifest) for manifest in manifests], manifests


def said(table, state, on=None):
    rows = table[table["state"] == state]
    rows = rows if on is None else rows[(rows["opened"] == on) | (rows["closed"] == on)]
    return sorted(zip(rows["rule"], rows["SUBJID"].fillna("-"), rows["record"].fillna("-"), strict=True))


def test_the_first_delivery_opens_what_is_wrong_with_it(three):
    first = three[1][0]
    assert set(first["state"]) == {"open"}
    assert said(first, "open") == [
        ("AE-TREATED-WITHOUT-MEDICATION", "006", "RECORD_ID=AE-006-02"),
        ("CODING", "002", "RECORD_ID=CM-002-03"),
        ("CODING", "002", "RECORD_ID=MH-002-03"),
        ("CODING", "009", "RECORD_ID=CM-009-02"),
        ("DATE", "009", "VISIT=W0; MEASURED_ON=03 FEB 2020"),
        ("DUPLICATE", "005", "RECORD_ID=AE-005-07"),
        ("DUPLICATE-KEY", "005", "VISIT=W4; ASSESSED_ON=03 FEB 2020"),
        ("DUPLICATE-KEY", "007", "visit=Week 4; filled_in=17-02-2020"),
        ("EX-WEIGHT-AGAINST-VS", "002", "Infusion=Infusion 2"),
        ("PASI-AREA", "007", "VISIT=W4; ASSESSED_ON=17 FEB 2020"),
        ("RANGE", "005", "VISIT=W4; ASSESSED_ON=03 FEB 2020"),
        ("REQUIRED", "-", "RECORD_ID=CM-XXX-01"),
        ("REQUIRED", "001", "RECORD_ID=AE-001-08"),
        ("SUBJECT", "019", "visit=Screening; filled_in=02-12-2019"),
        ("TRANSLATION", "002", "RECORD_ID=CM-002-03"),
        ("TRANSLATION", "006", "RECORD_ID=AE-006-01"),
        ("TRANSLATION", "007", "RECORD_ID=CM-007-01"),
        ("UNIT", "004", "visit=Week 4; filled_in=27-01-2020"),
    ]


def test_the_second_delivery_closes_two_and_opens_eight(three):
    second = three[1][1]
    assert said(second, "closed") == [
        ("AE-TREATED-WITHOUT-MEDICATION", "006", "RECORD_ID=AE-006-02"),  # the medication came with this delivery
        ("EX-WEIGHT-AGAINST-VS", "002", "Infusion=Infusion 2"),  # the weight was corrected
    ]
    assert said(second, "open", "2020-05-29") == [
        ("CM-END-MISSING", "006", "RECORD_ID=CM-006-03"),
        ("DATE", "006", "RECORD_ID=CM-006-03"),
        ("DATE-ORDER", "005", "RECORD_ID=CM-005-02"),
        ("DATE-ORDER", "005", "序号=1"),
        ("DLQI-TOTAL", "005", "visit=Week 8; filled_in=02-03-2020"),
        ("NUMBER", "004", "VISIT=W12; MEASURED_ON=23 MAR 2020"),
        ("PASI-TOTAL", "009", "VISIT=W8; ASSESSED_ON=30 MAR 2020"),
        ("SAE-RECONCILE", "005", "序号=1"),
    ]
    assert said(second, "reopened") == []


def test_the_third_delivery_closes_one_reopens_one_and_opens_six(three):
    third = three[1][2]
    assert said(third, "closed", "2021-05-28") == [("DATE-ORDER", "005", "RECORD_ID=CM-005-02")]
    assert said(third, "reopened") == [("EX-WEIGHT-AGAINST-VS", "002", "Infusion=Infusion 2")]
    assert said(third, "open", "2021-05-28") == [
        ("CODE", "005", "RECORD_ID=AE-005-02"),
        ("CORRECTION", "-", "-"),
        ("NEW-COLUMN", "-", "-"),
        ("NEW-FILE", "-", "-"),
        ("RANGE", "002", "visit=Follow-up month 3; filled_in=06-06-2020"),
        ("SAE-RECONCILE", "002", "序号=2"),
    ]
    (weight,) = third[third["state"] == "reopened"].to_dict("records")
    assert weight["history"] == ("2020-02-28 opened (run 1); 2020-05-29 closed (run 2); 2021-05-28 reopened (run 3)")
    assert (weight["times"], weight["age"], weight["value"]) == (2, 0, "28")
    assert weight["question"] == (
        "The body weight used for the dose at WEEK 4 is 28 kg; the last one measured before is 81.8 kg, on "
        "2020-01-20. Please check which one is right, and the dose."
    )
    aged = third[(third["rule"] == "UNIT")]
    assert aged["age"].tolist() == [455]  # from 2020-02-28 to 2021-05-28


def test_a_query_keeps_its_id_while_its_row_moves(three):
    first, _, third = three[1]
    both = first.merge(third, on="id", suffixes=("_first", "_third"))
    assert len(both) == len(first) and first["id"].is_unique and third["id"].is_unique
    moved = both[(both["row_first"] != both["row_third"]) & (both["state_third"] == "open")]
    assert {"REQUIRED", "CODING"} <= set(moved["rule_first"])


@pytest.mark.long
def test_two_warehouses_that_saw_the_same_nights_have_the_same_bytes(three, tmp_path):
    for ours, theirs in zip(three[2], deliver(STUDY, tmp_path), strict=True):
        for name in ("queries.parquet", "findings.parquet"):
            (one,), (other,) = ([o for o in m["outputs"] if o["path"] == name] for m in (ours, theirs))
            assert one["sha256"] == other["sha256"]


def test_the_queries_before_are_an_input_that_the_manifest_names_and_the_archive_holds(three):
    home, _, manifests = three
    assert manifests[0]["queries"] == {"previous": None, "run": 1}
    for number, (before, after) in enumerate(zip(manifests, manifests[1:], strict=False), 2):
        (table,) = [output for output in before["outputs"] if output["path"] == "queries.parquet"]
        assert after["queries"] == {"previous": table["sha256"], "run": number}
        assert sha256(home / "ADMSCPSO" / "archive" / table["sha256"]) == table["sha256"]


def test_a_replay_finds_the_queries_it_went_on_from(three):
    from flows.replay import replay

    home, _, manifests = three
    found = replay(home / "ADMSCPSO", manifests[2])
    assert found.identical, found.different


def test_an_older_delivery_run_again_goes_on_from_its_own_time(three, tmp_path):
    home = shutil.copytree(three[0], tmp_path / "wh", symlinks=True)
    again = night(STUDY, home, DELIVERIES[1], 4)
    table = queries.queries_of(home / "ADMSCPSO", again)
    assert set(table["state"]) == {"open", "closed"} and table["opened"].max() == "2020-05-29"


def test_a_data_cut_keeps_its_own_queries_and_a_new_option_loses_none(three):
    home = three[0] / "ADMSCPSO"
    nightly = {"options": {"option_of_a_later_version": None}}
    (last,) = [o["sha256"] for o in three[2][2]["outputs"] if o["path"] == "queries.parquet"]
    assert queries.origin(home, "2021-05-28", nightly)["previous"] == last
    assert queries.origin(home, "2021-05-28", {"options": {"cutoff": "2020-06-30"}})["previous"] is None


def test_the_state_of_every_edit_check_is_in_the_database(three):
    import duckdb

    place = (three[0] / "ADMSCPSO" / "ADMSCPSO.duckdb").resolve()
    with duckdb.connect(str(place), read_only=True) as con:
        why = dict(con.sql("SELECT rule, reason FROM meta.checks WHERE state = 'not applicable'").fetchall())
        assert why == {
            "EG-QTC-RANGE": "not collected: eg.EGORRES",
            "LB-CHANGE": "not collected: lb.LBORRES",
            "LB-SIGNIFICANT-WITHOUT-EVENT": "not collected: lb.LBCLSIG",
            "PR-BEFORE-CONSENT": "not collected: pr.PRSTDAT, pr.VISIT",
            "AE-CRITERION-NOT-SERIOUS": "not collected: ae.AESDTH or ae.AESHOSP or ae.AESLIFE",
        }
        assert con.execute("SELECT count(*) FROM meta.checks WHERE state = 'runs'").fetchone()[0] >= 60
        assert con.execute("SELECT count(*) FROM meta.queries").fetchone() == (32,)


def filled(path, **answers):
    book = openpyxl.load_workbook(path)
    sheet = book["Queries"]
    heads = {cell.value: cell.column for cell in sheet[queries.HEAD_ROW]}
    for query, cells in answers.items():
        (row,) = [cell.row for cell in sheet["A"] if cell.value == query]
        for heading, value in zip(("Answer", "Explanation", "Answered by", "Answered on"), cells, strict=True):
            sheet.cell(row, heads[heading], value)
    book.save(path)


def workbook_of(three, folder):
    home, tables, manifests = three
    (path,) = queries.workbooks(tables[2], manifests[2], folder)
    return path


def test_a_site_gets_its_own_open_queries_in_its_own_words(three, tmp_path):
    path = workbook_of(three, tmp_path)
    assert path.name == "queries_ADMSCPSO_01_2021-05-28.xlsx"
    sheet = openpyxl.load_workbook(path)["Queries"]
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=queries.HEAD_ROW)]
    table = pd.DataFrame(rows, columns=head)
    assert len(table) == 21 and not {"closed"} & set(table["Status"])
    (weight,) = table[table["Status"] == "reopened"].to_dict("records")
    assert (weight["Subject"], weight["Form"], weight["Row"]) == ("002", "pharmacy_infusions.xlsx, Infusions", 10)
    assert (weight["Record, visit, date"], weight["Field"], weight["Value"]) == (
        "Infusion=Infusion 2",
        "Weight (kg)",
        "28",
    )
    assert sheet.freeze_panes == "C5" and sheet.auto_filter.ref == "A4:O25"
    assert sheet.data_validations.dataValidation[0].sqref == "L5:L25"


def test_the_bytes_of_a_workbook_repeat_and_hold_no_formula(three):
    table = (
        three[1][2]
        .head(3)
        .assign(recipient="site", state="open", value=["=HYPERLINK(1)", "@x", "-1\x07"], question="+1", SITEID="01")
    )
    content = queries.workbook(table, "S", "01", "2021-05-28")
    assert content == queries.workbook(table, "S", "01", "2021-05-28")
    import io

    cells = [
        cell for row in openpyxl.load_workbook(io.BytesIO(content))["Queries"].iter_rows(min_row=5) for cell in row
    ]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value[0] in "=+-@"]
    assert len(risky) == 6 and all(cell.quotePrefix for cell in risky)
    assert "-1\N{REPLACEMENT CHARACTER}" in [cell.value for cell in cells]


def test_an_answer_goes_from_the_workbook_into_the_study_and_the_next_run(three, tmp_path, capsys):
    study = shutil.copytree(STUDY, tmp_path / "study")
    home = shutil.copytree(three[0], tmp_path / "wh", symlinks=True)
    path = workbook_of(three, tmp_path)
    unit = three[1][2].query("rule == 'UNIT'")["id"].item()
    filled(path, **{unit: ("confirmed as correct", "the diary has no unit", "A. Nurse", "2021-06-02")})
    asked = ["queries", str(study), "--warehouse", str(home)]
    assert cli.main([*asked, "--answers", str(path)]) == 0
    assert (study / "queries.csv").read_text(encoding="utf-8") == (
        f"id,answer,who,when,why\n{unit},confirmed as correct,A. Nurse,2021-06-02,the diary has no unit\n"
    )
    assert cli.main([*asked, "--answers", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["known"] == 1  # a second time adds nothing
    night(study, home, None, 9)
    assert cli.main([*asked, "--json"]) == 0
    listed = {row["id"]: row for row in json.loads(capsys.readouterr().out)["queries"]}
    assert listed[unit]["state"] == "answered" and listed[unit]["who"] == "A. Nurse"
    assert listed[unit]["history"] == "2020-02-28 opened (run 1); 2021-06-02 answered by A. Nurse (run 4)"


def test_what_is_wrong_with_a_returned_workbook_is_said_at_once_and_nothing_is_taken(three, tmp_path):
    path = workbook_of(three, tmp_path)
    first, second = three[1][2].query("recipient == 'site' and state == 'open'")["id"].head(2)
    filled(path, **{first: ("confirmed as correct", "", "A. Nurse", "2021-06-02")})
    filled(path, **{second: ("confirmed as correct", "so it is", "A. Nurse", "yesterday")})
    with pytest.raises(StudyFileError) as wrong:
        queries.take_answers(path, tmp_path, three[1][2])
    text = str(wrong.value)
    assert "Explanation must be filled in" in text and "yesterday is no date" in text
    assert not (tmp_path / "queries.csv").exists()


def test_the_command_lists_and_writes(three, tmp_path, capsys):
    asked = ["queries", str(STUDY), "--warehouse", str(three[0])]
    assert cli.main(asked) == 0
    out = capsys.readouterr().out
    assert "  site 01        20         1         0       2     455 d" in out
    assert "  the study       9         0         0       0     455 d" in out
    assert cli.main([*asked, "--site", "99"]) == 2
    assert "no query of site 99" in capsys.readouterr().err
    assert cli.main([*asked, "--as-of", "2020-05-29", "--all", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["delivery"] == "2020-05-29" and len(listed["queries"]) == 26
    assert cli.main([*asked, "--out", str(tmp_path / "out"), "--json"]) == 0
    (written,) = json.loads(capsys.readouterr().out)["written"]
    assert Path(written).is_file()


def test_queries_are_kept_when_an_old_snapshot_is_pruned(three):
    from flows.prune import archived_files

    manifest = warehouse.current(three[0] / "ADMSCPSO")
    own = next(output["sha256"] for output in manifest["outputs"] if output["path"] == "queries.parquet")
    assert {own, manifest["queries"]["previous"]} <= archived_files(manifest)


def findings(*rows):
    names = ["rule", "severity", "dataset", "USUBJID", "_file", "_row", "column", "value", "message", "record"]
    return pd.DataFrame([("RANGE", "error", "vs", "S-1", *row) for row in rows], columns=names)


def test_the_id_of_a_finding_follows_its_record_and_not_its_row():
    first = ("a/vs.csv", 2, "WEIGHT", "714", "no weight", "VISIT=W0")
    second = ("a/vs.csv", 3, "WEIGHT", "714", "no weight", "VISIT=W4")
    both = numbered(findings(first, second)).set_index("record")["id"]
    assert both.is_unique
    alone = numbered(findings(("b/vs.csv", 9, *second[2:]))).set_index("record")["id"]
    assert alone["VISIT=W4"] == both["VISIT=W4"]  # although the one before it is gone and the row is another
    twice = numbered(findings(first, first))["id"]
    assert twice.is_unique and both["VISIT=W0"] in set(twice)


def test_site_subject_and_key_are_those_of_the_raw_row():
    study = read_study(STUDY)
    raw = pd.DataFrame(
        {"SITE": ["01", "01"], "SUBJECT": ["００１", ""], "VISIT": ["W0", "W4"], "MEASURED_ON": ["16 DEC 2019", None]}
    ).assign(_file="2020-02-28/edc_vs.csv", _row=[2, 3])
    given = findings(
        ("2020-02-28/edc_vs.csv", 3, "x", "1", "m", None),
        ("2020-02-28/edc_vs.csv", 2, "x", "1", "m", None),
        ("2020-02-28/edc_vs.csv", 99, "x", "1", "m", None),
    )
    found = with_records(given, {"vs": raw}, study)[["SITEID", "SUBJID", "record"]].astype("object")
    assert found.where(found.notna(), None).to_numpy().tolist() == [
        ["01", None, "VISIT=W4; MEASURED_ON="],
        ["01", "001", "VISIT=W0; MEASURED_ON=16 DEC 2019"],
        [None, None, None],
    ]
