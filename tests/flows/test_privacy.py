"""What identifies a person is in the archive and nowhere else, whatever is wrong with the file that holds it."""

import contextlib
import csv
import io
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from flows.cli import main
from flows.draft import new_study
from tests.conftest import run, texts_in
from tests.flows.test_nightly import server  # noqa: F401  (a fixture)

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"
PERSON = "Zzperson"
LAST = "2021-05-28"


@pytest.fixture
def study(tmp_path) -> Path:
    """The psoriasis study, every cell of every identifying column a name that nothing else holds."""
    folder = tmp_path / "study"
    shutil.copytree(STUDY, folder)
    for source in sources(folder).values():
        for path in (folder / "raw").glob(f"*/{source['file']}"):
            if source.get("identifying"):
                named(path, source)
    return folder


def sources(folder: Path) -> dict:
    return tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))["sources"]


def named(path: Path, source: dict) -> None:
    if source["format"] == "xlsx":
        book = openpyxl.load_workbook(path)
        rows = list(book[source["sheet"]].iter_rows(min_row=source["header_row"]))
        for cell in (cell for head in rows[0] if head.value in source["identifying"] for cell in column(rows, head)):
            cell.value = f"{PERSON} {cell.row}"
        book.save(path)
        return
    lines = list(csv.reader(io.StringIO(path.read_bytes().decode(source["encoding"])), delimiter=source["delimiter"]))
    at = [n for n, name in enumerate(lines[0]) if name in source["identifying"]]
    for number, cells in enumerate(lines[1:], 2):
        for n in at:
            if n < len(cells):
                cells[n] = f"{PERSON} {number}"
    text = io.StringIO()
    csv.writer(text, delimiter=source["delimiter"], lineterminator="\n").writerows(lines)
    path.write_bytes(text.getvalue().encode(source["encoding"]))


def column(rows: list, head) -> list:
    return [row[head.column - 1] for row in rows[1:] if any(cell.value is not None for cell in row)]


def changed(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


def said(capsys, *arguments: str) -> tuple[int, str]:
    status = main(list(arguments))
    out = capsys.readouterr()
    return status, out.out + out.err


def test_a_run_keeps_nothing_of_a_person_but_the_archive(study, tmp_path, capsys, monkeypatch):
    dm = study / "raw" / LAST / "edc_dm.csv"
    text = dm.read_text(encoding="utf-8")
    row = text.splitlines()[1].split(",")
    header = text.splitlines()[0].split(",")
    without_subject = [cell if name != "SUBJECT" else "" for name, cell in zip(header, row, strict=True)]
    ragged = [f"{PERSON}, Q" if name == "FULL_NAME" else cell for name, cell in zip(header, row, strict=True)]
    bad = [cell if name not in ("BIRTH_DATE", "SEX") else "Zz" for name, cell in zip(header, row, strict=True)]
    dm.write_text(text + "".join(",".join(cells) + "\n" for cells in (without_subject, ragged, bad)), encoding="utf-8")
    monkeypatch.setenv("TRIALMILL_DEBUG", "1")
    status, words = said(capsys, "run", str(study), "--warehouse", str(tmp_path / "wh"))
    assert (status, PERSON in words) == (0, False)
    rejected = pd.read_parquet(tmp_path / "wh" / "ADMSCPSO" / "current" / "rejected" / "dm.parquet")
    assert rejected["_reason"].str.startswith(("REQUIRED", "COLUMNS")).sum() >= 2
    kept = {name for name, text in texts_in(tmp_path / "wh").items() if PERSON in text}
    assert kept and all(name.startswith("ADMSCPSO/archive/") for name in kept)


@pytest.mark.parametrize("options", [[], ["--all"], ["--json"]])
def test_check_shows_no_person(study, capsys, options):
    changed(study / "raw" / LAST / "edc_dm.csv", b"Male", b"Mle")
    _, words = said(capsys, "check", str(study), *options)
    assert "Mle" in words and PERSON not in words


def test_a_byte_that_cannot_be_read_beside_the_column(study, tmp_path, capsys):
    changed(study / "raw" / LAST / "edc_dm.csv", b"Male", b"M\xffle")
    for command in ("check", "run"):
        status, words = said(capsys, command, str(study), "--warehouse", str(tmp_path / "wh"))
        assert status == 3 and "0xff is not utf-8" in words and PERSON not in words


def test_a_byte_that_cannot_be_read_in_the_very_column(study, capsys):
    changed(study / "raw" / LAST / "edc_dm.csv", PERSON.encode() + b" 2", PERSON.encode() + b" \xff2")
    _, words = said(capsys, "check", str(study))
    assert PERSON not in words


def test_a_quotation_mark_in_the_very_column_that_never_closes(study, tmp_path, capsys):
    changed(study / "raw" / LAST / "edc_dm.csv", PERSON.encode() + b" 2", b'"' + PERSON.encode() + b" 2")
    status, words = said(capsys, "run", str(study), "--warehouse", str(tmp_path / "wh"))
    assert status == 3 and PERSON not in words


def test_a_file_that_has_lost_its_header(study, tmp_path, capsys):
    dm = study / "raw" / LAST / "edc_dm.csv"
    dm.write_bytes(dm.read_bytes().partition(b"\n")[2])
    for command in ("check", "run"):
        status, words = said(capsys, command, str(study), "--warehouse", str(tmp_path / "wh"))
        assert status == 3 and "names none of the columns" in words and PERSON not in words


def test_a_column_of_names_under_another_name_is_not_read(study, tmp_path, capsys):
    changed(study / "raw" / LAST / "edc_dm.csv", b"FULL_NAME", b"PATIENT")
    status, words = said(capsys, "run", str(study), "--warehouse", str(tmp_path / "wh"))
    assert (status, PERSON in words) == (0, False)
    kept = {name for name, text in texts_in(tmp_path / "wh").items() if PERSON in text}
    assert all(name.startswith("ADMSCPSO/archive/") for name in kept)
    findings = pd.read_parquet(tmp_path / "wh" / "ADMSCPSO" / "current" / "findings.parquet")
    (message,) = findings.loc[findings["column"] == "PATIENT", "message"]
    assert "it is not read" in message


@pytest.mark.parametrize("kind", ["renamed", "missing"])
def test_drift_beside_the_column_says_nothing_of_it(study, tmp_path, capsys, kind):
    header = {"renamed": b"SUBJECT_NO", "missing": b"SOMETHING"}[kind]
    changed(study / "raw" / LAST / "edc_dm.csv", b"SUBJECT", header)
    status, words = said(capsys, "run", str(study), "--warehouse", str(tmp_path / "wh"))
    assert status == 3 and "SUBJECT is missing" in words.replace("column SUBJECT: is", "SUBJECT is")
    assert PERSON not in words


def test_a_study_file_that_maps_the_column_is_refused(study, capsys):
    changed(study / "study.toml", b'COUNTRY = { value = "CHN" }', b'COUNTRY = "FULL_NAME"')
    status, words = said(capsys, "check", str(study))
    assert status == 2 and "FULL_NAME is mapped: an identifying column is never read" in words
    assert PERSON not in words


def test_a_correction_of_the_column_is_refused_without_its_value(study, capsys):
    with (study / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write(f"dm,FULL_NAME={PERSON} 2,FULL_NAME,{PERSON} 2,x,why,who,2021-05-28\n")
    status, words = said(capsys, "check", str(study))
    assert status == 2 and "FULL_NAME is no mapped raw column" in words and PERSON not in words


def test_a_draft_shows_no_value_of_a_column_whether_it_is_known_or_not(study, tmp_path):
    for path in (study / "raw").glob("*/edc_dm.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        lines = [lines[0] + ",CHAPERONE", *(f"{line},{PERSON} {n % 3}" for n, line in enumerate(lines[1:]))]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = new_study(tmp_path / "draft", study / "raw")
    texts = texts_in(tmp_path / "draft")
    assert "CHAPERONE" in texts["study.toml"] and PERSON not in "\n".join([*told, *texts.values()])


@pytest.mark.parametrize(("policy", "kept"), [("year", ["1980"]), ("omit", [])])
def test_a_date_of_birth_is_kept_as_the_policy_says_and_the_age_is_exact(study, tmp_path, policy, kept):
    changed(study / "study.toml", b'birth_date = "year"', f'birth_date = "{policy}"'.encode())
    dates = {"10-Feb-1980", "31-Feb-1981"}  # one subject's, and one that cannot be
    for path in (study / "raw").glob("*/edc_dm.csv"):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame["BIRTH_DATE"] = [sorted(dates)[n % 2] for n in range(len(frame))]
        same = ["BIRTH_DATE", "SEX", "CONSENT_DATE"]  # one person under two numbers
        frame.loc[frame["SUBJECT"] == "003", same] = frame.loc[frame["SUBJECT"] == "001", same].to_numpy()
        frame.to_csv(path, index=False)
    run(study, tmp_path / "wh")
    current = tmp_path / "wh" / "ADMSCPSO" / "current"
    dm = pd.read_parquet(current / "sdtm" / "DM.parquet")
    born = sorted(dm["BRTHDTC"].dropna().unique()) if "BRTHDTC" in dm else []
    assert born == kept and dm["AGE"].dropna().unique().tolist() == [39.0]
    raw, form = (pd.read_parquet(current / layer / "dm.parquet") for layer in ("raw", "forms"))
    assert sorted(raw["BIRTH_DATE"].dropna().unique()) == kept and sorted(form["BRTHDAT"].dropna().unique()) == kept
    findings = pd.read_parquet(current / "findings.parquet")
    wrong = findings[findings["column"] == "BIRTH_DATE"]
    assert len(wrong) and wrong["value"].isna().all()
    assert set(wrong["message"]) == {"is no date that can be read"}
    (said,) = findings.loc[findings["rule"] == "DM-SAME-PERSON", "message"]
    assert said.startswith(f"Birth date {kept[0] if kept else '(not shown)'}, sex and consent date 2019-12-02")
    hidden = {"10-Feb-1980", "1980-02-10", "31-Feb-1981", "1981-02-31"}
    for name, text in texts_in(tmp_path / "wh").items():
        assert "/archive/" in name or not any(date in text for date in hidden), name


@pytest.mark.long
def test_prefect_keeps_nothing_of_a_person(server, study, tmp_path):  # noqa: F811
    command = [sys.executable, "-m", "flows.cli", "run", str(study), "--warehouse", str(tmp_path / "wh")]
    for status in (0, 3):
        done = subprocess.run(command, env={**os.environ, **server}, capture_output=True, text=True, timeout=300)
        assert done.returncode == status and PERSON not in done.stdout + done.stderr
        path = study / "raw" / LAST / "edc_dm.csv"
        path.write_bytes(path.read_bytes().replace(b"Male", b"M\xffle", 1))
    seen = 0
    for path in Path(server["PREFECT_HOME"]).rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            if path.is_file():
                seen += 1
                assert PERSON.encode() not in path.read_bytes(), path
    assert seen
