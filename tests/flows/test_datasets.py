"""Datasets found in a folder, and what the rules of conformance read of them."""

import json
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from flows.datasets import found_in, laid_open
from flows.problems import BadUse, RawFileError


def write_xpt(path: Path, frame: pd.DataFrame, **options) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pyreadstat.write_xport(frame, str(path), table_name=path.stem.upper(), file_format_version=5, **options)
    return path


def opened(folder: Path, scratch: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    datasets, defines = found_in(folder)
    scratch.mkdir(exist_ok=True)
    laid_open(con, datasets, defines, {"C66742": ["MAYBE"]}, scratch)
    return con


VS = {
    "DOMAIN": ["VS", "VS"],
    "USUBJID": ["01", "02"],
    "VSSEQ": [1.0, 1.0],
    "VSORRES": ["70", ""],
    "VSSTRESN": [70.0, None],
}
LABELS = {"DOMAIN": "Domain Abbreviation", "USUBJID": "Unique Subject Identifier", "VSSEQ": "Sequence Number"}


def vital_signs(folder: Path, kind: str) -> None:
    frame = pd.DataFrame(VS)
    if kind == "xpt":
        labels = [LABELS.get(name, "") for name in frame]
        write_xpt(folder / "vs.xpt", frame, column_labels=labels, file_label="Vital Signs")
    elif kind == "parquet":
        table = pa.Table.from_pandas(frame, preserve_index=False)
        fields = [f.with_metadata({"label": LABELS[f.name]}) if f.name in LABELS else f for f in table.schema]
        pq.write_table(table.cast(pa.schema(fields, {"label": "Vital Signs"})), folder / "vs.parquet")
    else:
        columns = [
            {"itemOID": f"IT.VS.{name}", "name": name, "label": LABELS.get(name, ""),
             "dataType": "float" if name in ("VSSEQ", "VSSTRESN") else "string"}
            for name in frame
        ]  # fmt: skip
        head = {"datasetJSONVersion": "1.1.0", "name": "VS", "label": "Vital Signs", "columns": columns}
        rows = [["VS", "01", 1, "70", 70], ["VS", "02", 1, "", None]]
        if kind == "json":
            (folder / "vs.json").write_text(json.dumps(head | {"rows": rows}))
        else:
            (folder / "vs.ndjson").write_text("\n".join(json.dumps(line) for line in (head, *rows)) + "\n")


@pytest.mark.parametrize("kind", ["xpt", "parquet", "json", "ndjson"])
def test_a_dataset_says_the_same_in_every_format(kind, tmp_path):
    (tmp_path / "in").mkdir()
    vital_signs(tmp_path / "in", kind)
    con = opened(tmp_path / "in", tmp_path / "scratch")
    assert con.sql("SELECT standard, dataset, domain, class, label, records FROM meta.datasets").fetchall() == [
        ("SDTM", "VS", "VS", "FINDINGS", "Vital Signs", 2)
    ]
    asked = "SELECT variable, stem, position, label, type, filled, longest FROM meta.variables ORDER BY position"
    assert con.sql(asked).fetchall() == [
        ("DOMAIN", "DOMAIN", 1, "Domain Abbreviation", "Char", 2, 2),
        ("USUBJID", "USUBJID", 2, "Unique Subject Identifier", "Char", 2, 2),
        ("VSSEQ", "--SEQ", 3, "Sequence Number", "Num", 2, None),
        ("VSORRES", "--ORRES", 4, None, "Char", 1, 2),
        ("VSSTRESN", "--STRESN", 5, None, "Num", 1, None),
    ]
    asked = "SELECT USUBJID, VSSEQ, VSORRES, VSSTRESN, VSSTRESU, _dataset, _row FROM sdtm.VS ORDER BY _row"
    assert con.sql(asked).fetchall() == [
        ("01", 1.0, "70", 70.0, None, "VS", 1),
        ("02", 1.0, None, None, None, "VS", 2),
    ]
    asked = "SELECT value, records, _row FROM meta.values WHERE variable = 'USUBJID' ORDER BY value"
    assert con.sql(asked).fetchall() == [("01", 1, 1), ("02", 1, 2)]
    assert con.sql("FROM study.extensions").fetchall() == [("C66742", "MAYBE")]


def test_split_datasets_are_one_domain_and_every_domain_is_there(tmp_path):
    for name in ("qsph", "qsmm"):
        write_xpt(tmp_path / "in" / f"{name}.xpt", pd.DataFrame({"DOMAIN": ["QS"], "USUBJID": [name]}))
    con = opened(tmp_path / "in", tmp_path / "scratch")
    asked = "SELECT _dataset, USUBJID, QSTESTCD FROM sdtm.QS ORDER BY _dataset"
    assert con.sql(asked).fetchall() == [("QSMM", "qsmm", None), ("QSPH", "qsph", None)]
    assert con.sql("SELECT count(*) FROM sdtm.AE").fetchall() == [(0,)]
    assert con.sql("SELECT count(*) FROM adam.ADSL").fetchall() == [(0,)]


def test_parts_of_a_dataset_are_counted_through(tmp_path):
    folder = tmp_path / "in" / "ae.parquet"
    folder.mkdir(parents=True)
    for number, subjects in enumerate((["01", "02"], ["03"])):
        pq.write_table(pa.table({"DOMAIN": ["AE"] * len(subjects), "USUBJID": subjects}), folder / f"{number}.parquet")
    con = opened(tmp_path / "in", tmp_path / "scratch")
    assert con.sql("SELECT USUBJID, _row FROM sdtm.AE ORDER BY _row").fetchall() == [("01", 1), ("02", 2), ("03", 3)]


def test_sas_dates_are_dates(tmp_path):
    frame = pd.DataFrame({"USUBJID": ["01"], "TRTSDT": [0.0], "ASTDTM": [86_400.0], "AGE": [40.0]})
    formats = {"TRTSDT": "DATE9", "ASTDTM": "DATETIME20"}
    write_xpt(tmp_path / "in" / "adsl.xpt", frame, variable_format=formats)
    con = opened(tmp_path / "in", tmp_path / "scratch")
    asked = "SELECT TRTSDT, ASTDTM::VARCHAR, AGE FROM files.ADSL"
    assert con.sql(asked).fetchall() == [(date(1960, 1, 1), "1960-01-02 00:00:00", 40.0)]
    assert con.sql("SELECT class FROM meta.datasets").fetchall() == [("SUBJECT LEVEL ANALYSIS DATASET",)]


def test_of_a_package_the_transport_files_count(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    vital_signs(folder, "xpt")
    vital_signs(folder, "json")
    (one,) = found_in(folder)[0]
    assert one.files == (folder / "vs.xpt",)


def test_parts_in_a_folder_split_are_left_out_beside_the_whole(tmp_path):
    for place in ("qs.xpt", "split/qs1.xpt", "split/qs2.xpt"):
        write_xpt(tmp_path / place, pd.DataFrame({"DOMAIN": ["QS"]}))
    assert [one.name for one in found_in(tmp_path)[0]] == ["QS"]
    (tmp_path / "qs.xpt").unlink()
    assert [one.name for one in found_in(tmp_path)[0]] == ["QS1", "QS2"]


def test_a_dataset_that_is_there_twice_is_refused(tmp_path):
    for place in ("a", "b"):
        write_xpt(tmp_path / place / "ae.xpt", pd.DataFrame({"DOMAIN": ["AE"]}))
    with pytest.raises(BadUse, match="AE is there twice: .*a/ae.xpt and .*b/ae.xpt"):
        found_in(tmp_path)


def test_a_folder_without_datasets_is_refused(tmp_path):
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(BadUse, match="holds no dataset"):
        found_in(tmp_path)


def test_a_file_that_is_no_transport_file_is_named(tmp_path):
    (tmp_path / "ae.xpt").write_text("USUBJID,AETERM")
    with pytest.raises(RawFileError, match="ae.xpt: is not a SAS transport file"):
        opened(tmp_path, tmp_path / "scratch")


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("ae.parquet", "junk", "ae.parquet: is not Parquet"),
        ("ae.json", '{"datasetJSONVersion": "1.1.0", "rows": [1', "ae.json: is not Dataset-JSON"),
        (
            "ae.json",
            '{"datasetJSONVersion": "1.1.0", "columns": [{"name": "USUBJID"}], "rows": [["1"], ["1", "2"], []]}',
            "ae.json: row 2: is not Dataset-JSON: expected 1 values, one a column\n.*ae.json: row 3",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_rows(file, text, words, tmp_path):
    (tmp_path / file).write_text(text)
    with pytest.raises(RawFileError, match=words):
        opened(tmp_path, tmp_path / "scratch")


def test_text_among_numbers_makes_the_variable_text(tmp_path):
    (tmp_path / "in").mkdir()
    head = {"datasetJSONVersion": "1.1.0", "columns": [{"name": "VSSTRESN", "dataType": "float"}]}
    (tmp_path / "in" / "vs.json").write_text(json.dumps(head | {"rows": [[1.5], ["high"]]}))
    con = opened(tmp_path / "in", tmp_path / "scratch")
    assert con.sql("SELECT type FROM meta.variables").fetchall() == [("Char",)]
    assert con.sql("SELECT VSSTRESN FROM sdtm.VS ORDER BY _row").fetchall() == [(1.5,), (None,)]


def test_not_a_number_is_missing(tmp_path):
    (tmp_path / "in").mkdir()
    pq.write_table(pa.table({"DOMAIN": ["VS"], "VSSTRESN": [float("nan")]}), tmp_path / "in" / "vs.parquet")
    con = opened(tmp_path / "in", tmp_path / "scratch")
    assert con.sql("SELECT VSSTRESN FROM sdtm.VS").fetchall() == [(None,)]


def test_text_that_is_not_utf_8_is_read_as_latin_1(tmp_path):
    path = write_xpt(tmp_path / "in" / "ae.xpt", pd.DataFrame({"DOMAIN": ["AE"], "AETERM": ["Fie~vre"]}))
    path.write_bytes(path.read_bytes().replace(b"Fie~vre", "Fi\xe8vre ".encode("latin-1")))
    con = opened(tmp_path / "in", tmp_path / "scratch")
    assert con.sql("SELECT AETERM FROM sdtm.AE").fetchall() == [("Fi\xe8vre",)]
