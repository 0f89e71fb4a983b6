"""The command `conform`: findings of a snapshot or a folder, one a cause, with dispositions; page and workbook."""

import io
import json
import shutil
from datetime import time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from flows.cli import main
from flows.conform import CAUSES, merged, of_folder, of_snapshot
from flows.conform_page import lines_of, page, workbook

WRONG = {"DOMAIN": ["AE"] * 3, "USUBJID": ["01", "01", "02"], "AESEQ": [1.0, 2.0, 1.0], "AETERM": ["Fever"] * 3}
WRONG |= {"AESTDTC": ["2020-01-02"] * 3, "AEENDTC": ["2020-01-01", "2020-01-03", "2019"]}


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with one dataset, in which two events end before they start."""
    place = tmp_path / "data"
    place.mkdir()
    pq.write_table(pa.table(WRONG), place / "ae.parquet")
    return place


def ends(report) -> pd.Series:
    """The one finding of END-BEFORE-START."""
    (one,) = report.findings[report.findings["rule"].eq("END-BEFORE-START")].to_dict("records")
    return one


def test_one_cause_is_one_finding_with_its_records(folder):
    one = ends(of_folder(folder, None))
    assert (one["dataset"], one["variable"], one["severity"], one["records"]) == ("AE", "AEENDTC", "error", 2)
    assert one["example"] == "USUBJID 01, AESEQ 1; USUBJID 02, AESEQ 1"
    assert one["standing"] == "open"


def test_the_id_stays_when_records_come_and_go(folder):
    before = ends(of_folder(folder, None))["id"]
    pq.write_table(pa.table(WRONG).slice(0, 1), folder / "ae.parquet")
    assert ends(of_folder(folder, None))["id"] == before


def test_more_causes_than_a_person_reads_are_one():
    found = pd.DataFrame(
        {"name": "r", "dataset": "AE", "variable": "AETERM", "cause": [f"{n}" for n in range(CAUSES + 1)],
         "value": "x", "records": 2, "rows": [[n] for n in range(CAUSES + 1)]}
    )  # fmt: skip
    (one,) = merged(found).to_dict("records")
    assert (one["cause"], one["records"]) == ("many different values", 2 * (CAUSES + 1))
    assert len(merged(found.head(CAUSES))) == CAUSES


def test_an_open_error_gives_exit_status_3_and_an_explained_one_0(folder, tmp_path, capsys):
    study = tmp_path / "study"
    shutil.copytree(Path(__file__).parents[2] / "studies" / "admsc_psoriasis", study)
    assert main(["conform", str(folder), "--of", str(study), "--json"]) == 3
    said = json.loads(capsys.readouterr().out)
    errors = [one for one in said["findings"] if one["severity"] == "error"]
    lines = [f"{one['id']},explain,A table of a test,Programmer,2024-05-01" for one in errors]
    text = "\n".join(["ID,DISPOSITION,REASON,OWNER,DATE", *lines, ""])
    (study / "dispositions.csv").write_text(text)
    assert main(["conform", str(folder), "--of", str(study)]) == 0
    assert "explain: A table of a test (Programmer, 2024-05-01)" in capsys.readouterr().out


def test_dispositions_are_taken_from_the_workbook(folder, tmp_path, capsys):
    study = tmp_path / "study"
    shutil.copytree(Path(__file__).parents[2] / "studies" / "admsc_psoriasis", study)
    (study / "dispositions.csv").unlink(missing_ok=True)
    asked = ["conform", str(folder), "--of", str(study)]
    filled = tmp_path / "filled.xlsx"
    assert main([*asked, "--xlsx", str(filled)]) == 3
    book = load_workbook(filled)
    sheet = book["Findings"]
    head = [cell.value for cell in sheet[3]]
    row = next(row for row in sheet.iter_rows(min_row=4) if row[head.index("Rule")].value == "END-BEFORE-START")
    for name, value in (("DISPOSITION", "waive"), ("REASON", "as told"), ("OWNER", "DM"), ("DATE", "2024-05-01")):
        row[head.index(name)].value = value
    book.save(filled)
    assert main([*asked, "--dispositions", str(filled)]) == 0
    assert (study / "dispositions.csv").read_text().splitlines()[1:] == [
        f"{row[head.index('ID')].value},waive,as told,DM,2024-05-01"
    ]


def test_the_page_escapes_and_the_workbook_repeats(folder):
    pq.write_table(pa.table(WRONG | {"AEOUT": ["<b>", "<b>", "=1+1"]}), folder / "ae.parquet")
    found = of_folder(folder, None)
    assert "&lt;b&gt;" in page(found) and "<b>'" not in page(found)
    assert workbook(found) == workbook(found)
    sheet = load_workbook(io.BytesIO(workbook(found)))["Findings"]
    assert {cell.data_type for cell in sheet["G"][3:]} == {"s"}
    assert any("END-BEFORE-START" in line for line in lines_of(found, everything=False))


def test_whatever_lies_in_a_folder_is_looked_at(tmp_path):
    odd = {
        "zz": {"usubjid": ["1"], "Weird Name": ["x"]},
        "dm": {"USUBJID": pa.array([], pa.string())},
        "ae": {"USUBJID": ["1", "it's"], "AESEQ": ["1", "two"], "AESTDTC": [None, None]},
        "be": {"DOMAIN": ["BE"], "USUBJID": ["1"], "BESEQ": [1.0], "BELNKID": [7.0], "BETERM": ["Draw"]},
        "xx": {"DOMAIN": ["XX"], 'A"B': ["x"], "XXTESTCD": ["A"], "L": [[1, 2]], "FANLTM": [time(8, 30)]},
        "adsl": {"USUBJID": ["1"], "TRTSDT": ["soon"], "AGE": ["old"], "TRTSTM": [time(8, 30)]},
    }
    for name, columns in odd.items():
        pq.write_table(pa.table(columns), tmp_path / f"{name}.parquet")
    found = of_folder(tmp_path, None).findings
    told = {(one.rule, one.dataset, one.variable) for one in found.fillna("").itertuples()}
    assert {
        ("DATASET-EMPTY", "DM", ""),
        ("TYPE-DIFFERS", "AE", "AESEQ"),
        ("ADAM-TYPE-DIFFERS", "ADSL", "AGE"),
    } <= told


def test_a_snapshot_has_datasets_of_both_standards(published):
    found = {(one.standard, one.name) for one in of_snapshot(published / "current")}
    assert {("SDTM", "AE"), ("SDTM", "FAMH"), ("ADaM", "ADSL")} <= found


def test_what_is_neither_a_study_nor_a_folder_is_bad_use(tmp_path, capsys):
    assert main(["conform", str(tmp_path / "nothing")]) == 2
    assert "neither a study nor a folder of datasets" in capsys.readouterr().err
