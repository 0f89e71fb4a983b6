"""Views of a whole snapshot: what may not be seen is in no file of them, and all layers agree."""

import os
import re
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from flows import audit
from flows.cli import main
from flows.study_file import read_study
from flows.views import KEY, KEY_FILE
from flows.warehouse import current
from schemas.sdtm import DATASETS
from tests.conftest import STUDY, run, texts_in
from transforms.views.anonymised import OF_QUALIFIERS, days_moved, pseudonym, words

SECRET = "a secret that only the tests know"
ID = "ADMSCPSO"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory) -> Path:
    """The study with an old subject, run, and its anonymised view."""
    place = tmp_path_factory.mktemp("views")
    study = place / "study"
    shutil.copytree(STUDY, study)
    for path in (study / "raw").glob("*/edc_dm.csv"):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame.loc[frame["SUBJECT"] == "001", "BIRTH_DATE"] = "10-Feb-1925"
        frame.to_csv(path, index=False)
    run(study, place / "wh")
    before = os.environ.get(KEY)
    os.environ[KEY] = SECRET
    try:
        assert main(["run", str(study), "--warehouse", str(place / "wh"), "--view", "anonymised"]) == 0
    finally:
        os.environ.pop(KEY) if before is None else os.environ.update({KEY: before})
    return place / "wh"


def layers(folder: Path, layer: str) -> dict[str, pd.DataFrame]:
    found = sorted((folder / ID / "current" / layer).glob("*.parquet"))
    return {path.stem: pd.read_parquet(path) for path in found}


def test_no_original_id_free_text_file_or_key_is_in_any_file_of_the_view(warehouse):
    true = layers(warehouse, "sdtm")
    study = read_study(STUDY)
    known = words(study)
    hidden = set(true["DM"]["USUBJID"]) | {SECRET, "FULL_NAME"}
    hidden |= {path.name for path in STUDY.glob("raw/*/*")}
    for name, frame in true.items():
        if name in ("TA", "TE", "TI", "TS", "TV", "RELREC"):
            continue
        for column in frame:
            facts = DATASETS[name].columns[column].metadata
            free = facts["type"] == "Char" and not (facts["codelist"] or facts["terms"] or facts["value"])
            if free and not facts["iso8601"] and column not in ("STUDYID", "SUBJID", "SITEID", *OF_QUALIFIERS):
                texts = set(frame[column].dropna().astype(str))
                hidden |= {text for text in texts if text.casefold() not in known and re.search("[^\\W\\d]", text)}
    labels = " ".join(shape.title for schema in DATASETS.values() for shape in (schema, *schema.columns.values()))
    hidden -= {
        text
        for text in hidden
        if len(text) < 4 or text in labels or re.fullmatch(r"UNSCHEDULED [\d.]+|[A-Z]+SEQ|MH\d+", text)
    }
    assert len(hidden) > 60 and any("AE-00" in text for text in hidden)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(hidden)))})(?!\w)")
    assert pattern.search(" ".join(texts_in(warehouse / ID / "current").values()))
    for name, said in texts_in(warehouse / "anonymised").items():
        assert not (found := pattern.findall(said)), (name, found[:5])


def test_both_audit_logs_say_that_a_view_was_made(warehouse):
    events = [audit.events(folder / ID / "audit.jsonl") for folder in (warehouse, warehouse / "anonymised")]
    assert (events[0][-1]["event"], events[0][-1]["view"]) == ("view", "anonymised")
    assert (events[1][0]["event"], events[1][0]["of"]) == ("published", events[0][-1]["snapshot"])


def test_no_layer_leads_back_to_files(warehouse):
    current = warehouse / "anonymised" / ID / "current"
    here = {path.name for path in current.iterdir()}
    assert here == {"sdtm", "adam", "tables", f"{ID}.duckdb", "manifest.json"}


def test_every_date_is_moved_and_intervals_within_a_subject_stay(warehouse):
    true, seen = layers(warehouse, "sdtm"), layers(warehouse / "anonymised", "sdtm")
    names = {f"{ID}-{pseudonym(SECRET.encode(), 'subject', one)}": one for one in true["DM"]["USUBJID"]}
    dates = 0
    for name, frame in seen.items():
        if "USUBJID" not in frame or name.startswith(("SUPP", "RELREC")):
            continue
        assert set(frame["USUBJID"]) <= set(names), name
        keys = [key for key in DATASETS[name].unique if key in frame]
        before = true[name].set_index(keys)
        after = frame.assign(USUBJID=frame["USUBJID"].map(names)).set_index(keys).reindex(before.index)
        for column in frame:
            if DATASETS[name].columns[column].metadata.get("iso8601") != "datetime":
                continue
            rows = before[column].notna()
            assert (after.loc[rows, column].notna()).all(), column
            full = rows & before[column].astype(str).str.match(r"\d{4}-\d\d-\d\d")
            days = [pd.to_datetime(frame.loc[full, column].astype(str).str[:10]) for frame in (before, after)]
            moved = before[full].index.get_level_values("USUBJID").map(lambda one: days_moved(SECRET.encode(), one))
            assert ((days[1] - days[0]).dt.days.to_numpy() == moved.to_numpy()).all(), column
            clock = [frame.loc[full, column].astype(str).str[10:].tolist() for frame in (before, after)]
            assert clock[0] == clock[1]
            dates += int(full.sum())
    assert dates > 1000


def test_the_same_subjects_and_records_are_in_every_layer(warehouse):
    sdtm, adam = (layers(warehouse / "anonymised", layer) for layer in ("sdtm", "adam"))
    subjects = set(sdtm["DM"]["USUBJID"])
    assert all(set(frame["USUBJID"]) <= subjects for frame in [*sdtm.values(), *adam.values()] if "USUBJID" in frame)
    true = layers(warehouse, "adam")
    assert {name: len(frame) for name, frame in adam.items()} == {name: len(frame) for name, frame in true.items()}
    for frame in (adam, true):  # of a partial date the imputed day may be another one
        frame["ADAE"] = frame["ADAE"][frame["ADAE"]["ASTDTF"].isna() & frame["ADAE"]["AENDTF"].isna()]
    for name, columns in {"ADAE": ["ASTDY", "AENDY"], "ADQS": ["ADY", "AVAL", "CHG"], "ADSL": ["TRTDURD"]}.items():
        for column in columns:
            said = [sorted(frame[name][column].dropna()) for frame in (adam, true)]
            assert said[0] == said[1], (name, column)
    ages = adam["ADSL"]["AGE"]
    assert ages.max() == 90 and true["ADSL"]["AGE"].max() == 94
    same = ("ae_summary", "efficacy_by_visit", "pasi_response", "exposure", "disposition", "ae_by_grade")
    tables = [layers(folder, "tables") for folder in (warehouse / "anonymised", warehouse)]
    for name in same:
        pd.testing.assert_frame_equal(tables[0][name], tables[1][name])


def test_the_year_of_birth_and_the_dates_of_the_trial_are_not_there(warehouse):
    seen = layers(warehouse / "anonymised", "sdtm")
    assert "BRTHDTC" not in seen["DM"]
    dates = seen["TS"].loc[seen["TS"]["TSPARMCD"].isin(["SSTDTC", "SENDTC", "DCUTDTC"]), "TSVAL"]
    assert dates.str.fullmatch(r"\d{4}").all()


def again(warehouse: Path, capsys, *more: str) -> tuple[int, str]:
    study = warehouse.parent / "study"
    status = main(["run", str(study), "--warehouse", str(warehouse), *more])
    out = capsys.readouterr()
    return status, out.out + out.err


def test_a_second_view_under_the_same_key_is_none_and_under_another_has_other_names(warehouse, capsys, monkeypatch):
    ids = set(layers(warehouse / "anonymised", "sdtm")["DM"]["USUBJID"])
    monkeypatch.setenv(KEY, SECRET)
    code = current(warehouse / "anonymised" / ID)["fingerprint"]["code"]
    monkeypatch.setattr("flows.views.code_hash", lambda: code)  # whatever is edited while the tests run
    assert "nothing was published" in again(warehouse, capsys, "--view", "anonymised")[1]
    copy = warehouse.parent / "copy"
    shutil.copytree(warehouse / ID, copy / ID, symlinks=True)
    monkeypatch.setenv(KEY, SECRET + "!")
    assert again(copy, capsys, "--view", "anonymised")[0] == 0
    assert not ids & set(layers(copy / "anonymised", "sdtm")["DM"]["USUBJID"])


def test_without_a_key_one_is_made_that_only_its_owner_can_read(warehouse, capsys, monkeypatch):
    copy = warehouse.parent / "keyless"
    shutil.copytree(warehouse / ID, copy / ID, symlinks=True)
    monkeypatch.delenv(KEY, raising=False)
    assert again(copy, capsys, "--view", "anonymised")[0] == 0
    file = copy / ID / KEY_FILE
    assert file.stat().st_mode & 0o777 == 0o600 and len(file.read_text()) == 64
    assert not any(file.read_text() in text for text in texts_in(copy / "anonymised").values())
    file.chmod(0o640)
    status, said = again(copy, capsys, "--view", "anonymised")
    assert status == 2 and "can be read by others" in said
    monkeypatch.setenv(KEY, "short")
    status, said = again(copy, capsys, "--view", "anonymised")
    assert status == 2 and "shorter than 16" in said


def test_a_view_is_made_of_what_is_served_by_the_study_file_that_made_it(warehouse, tmp_path, capsys):
    assert main(["run", str(warehouse.parent / "study"), "--warehouse", str(tmp_path), "--view", "blinded"]) == 2
    assert "no snapshot yet" in capsys.readouterr().err
    status, said = again(warehouse, capsys, "--view", "blinded", "--cutoff", "2020-01-01")
    assert status == 2 and "a view is made of the served snapshot" in said
    codes = warehouse.parent / "study" / "codes.csv"
    text = codes.read_text(encoding="utf-8")
    codes.write_text(text + "\n", encoding="utf-8")
    try:
        status, said = again(warehouse, capsys, "--view", "blinded")
    finally:
        codes.write_text(text, encoding="utf-8")
    assert status == 2 and "codes.csv: has changed since snapshot" in said


@pytest.fixture(scope="module")
def unblinded(tmp_path_factory) -> Path:
    """A study whose words for its treatment, arm and lots stand nowhere else, run, and its blinded view."""
    place = tmp_path_factory.mktemp("blinded")
    study = place / "study"
    shutil.copytree(STUDY, study)
    for name, old, new in (
        ("arms.csv", "AD-MSC 0.5 x 10^6 cells/kg", "Zzarm half a million"),
        ("arms.csv", "ADMSC,", "ZZARMCD,"),
        ("codes.csv", "ADMSC\n", "ZZARMCD\n"),
        ("study.toml", 'treatment = "AD-MSC"', 'treatment = "Zzproduct"'),
    ):
        text = (study / name).read_text(encoding="utf-8")
        assert old in text, (name, old)
        (study / name).write_text(text.replace(old, new), encoding="utf-8")
    for path in (study / "raw").glob("*/pharmacy_infusions.xlsx"):
        book = openpyxl.load_workbook(path)
        sheet = book["Infusions"]
        head = {cell.value: cell.column for cell in sheet[3]}
        for row in range(4, sheet.max_row + 1):
            if sheet.cell(row, head["Product"]).value:
                sheet.cell(row, head["Product"]).value = "Zzproduct"
                sheet.cell(row, head["Lot"]).value = f"Zzlot-{row}"
        book.save(path)
    for path in (study / "raw").glob("*/edc_ae.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("Headache", "Headache after ZZPRODUCT of zzlot-5"), encoding="utf-8")
    run(study, place / "wh")
    assert main(["run", str(study), "--warehouse", str(place / "wh"), "--view", "blinded"]) == 0
    return place / "wh"


def test_no_word_for_the_treatment_is_in_any_file_of_the_blinded_view(unblinded):
    hidden = ("zzarm", "zzproduct", "zzlot")
    true = "".join(texts_in(unblinded / ID / "current").values()).casefold()
    assert all(word in true for word in hidden)
    for name, said in texts_in(unblinded / "blinded").items():
        assert not [word for word in hidden if word in said.casefold()], name
    events = layers(unblinded / "blinded", "sdtm")["AE"]["AETERM"]
    assert "Headache after [BLINDED] of [BLINDED]" in set(events)


def test_doses_arms_and_adam_agree_in_the_blinded_view(unblinded):
    sdtm, adam = (layers(unblinded / "blinded", layer) for layer in ("sdtm", "adam"))
    assert set(sdtm["DM"]["ARMCD"].dropna()) == set(sdtm["TA"]["ARMCD"]) == {"BLIND1"}
    assert set(sdtm["EX"]["EXTRT"]) == set(adam["ADSL"]["TRT01A"].dropna()) == {"Blinded treatment 1"}
    assert set(sdtm["SE"]["ETCD"]) == set(sdtm["TE"]["ETCD"])
    true = layers(unblinded, "adam")["ADSL"]
    assert adam["ADSL"]["TRTSDT"].tolist() == true["TRTSDT"].tolist()
    assert adam["ADSL"]["SAFFL"].tolist() == true["SAFFL"].tolist()
    assert adam["ADEX"].loc[adam["ADEX"]["PARAMCD"] == "DOSEPCT", "AVAL"].eq(100).all()
