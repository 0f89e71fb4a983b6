import io
import json
from datetime import date

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft201909Validator

from schemas.adam import DATASETS as ADAM
from schemas.sdtm import DATASETS as SDTM
from schemas.text import text_folder
from transforms.export import dataset_json
from transforms.export.dataset_json import dataset_metadata, write_json, write_ndjson
from transforms.export.xpt import text_lengths

SCHEMAS = SDTM | ADAM
PUBLISHED = Draft201909Validator(
    json.loads((text_folder("standards") / "dataset-json-1.1.schema.json").read_text())
)
# what the specification asks for and its JSON schema leaves open
JSON_TYPES = {"string": str, "date": str, "datetime": str, "integer": int, "float": (int, float)}
FACTS = {
    "created": "2024-05-01T02:00:00Z",
    "originator": "Sponsor",
    "source_system": ("trialmill", "0.1.0"),
    "study_oid": "ST.S1",
    "metadata_version_oid": "MDV.S1",
}


def events(**columns):
    return pd.DataFrame(
        {
            name: pd.Categorical(values) if isinstance(values[0], str) else values
            for name, values in columns.items()
        }
    )


def metadata(frame, dataset="AE"):
    return dataset_metadata(frame, SCHEMAS[dataset], text_lengths([(dataset, frame)])[dataset], **FACTS)


def written(write, frame, dataset="AE"):
    file = io.BytesIO()
    write(frame, SCHEMAS[dataset], metadata(frame, dataset), file)
    return file.getvalue()


def rows(frame, dataset="AE"):
    """The rows of the JSON file, which are those of the NDJSON file."""
    whole = json.loads(written(write_json, frame, dataset))
    first, *lines = written(write_ndjson, frame, dataset).splitlines()
    assert [json.loads(line) for line in lines] == whole.pop("rows")
    assert json.loads(first) == whole
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def study(published):
    (snapshot,) = (published / "snapshots").iterdir()
    return {
        path.stem: path for layer in ("sdtm", "adam") for path in sorted((snapshot / layer).glob("*.parquet"))
    }


def test_every_dataset_of_the_study_is_valid_and_read_back(study):
    assert len(study) > 25
    for name, path in study.items():
        table = pq.read_table(path)
        frame = table.to_pandas(date_as_object=False)
        whole = json.loads(written(write_json, frame, name))
        PUBLISHED.validate(whole)
        types = [JSON_TYPES[column["dataType"]] for column in whole["columns"]]
        assert all(
            value is None or isinstance(value, kind)
            for row in whole["rows"]
            for value, kind in zip(row, types, strict=True)
        )
        expected = [list(record.values()) for record in table.to_pylist()]
        assert rows(frame, name) == [
            [value if isinstance(value, str | int | float | None) else value.isoformat() for value in record]
            for record in expected
        ]


def test_the_file_says_what_the_schema_says():
    frame = events(STUDYID=["S1"], USUBJID=["01-001"], AESEQ=[1], AETERM=["Rash"], AESTDTC=["2020-03-05"])
    about = metadata(frame)
    assert about["columns"][1:4] == [
        {
            "itemOID": "IT.AE.USUBJID",
            "name": "USUBJID",
            "label": "Unique Subject Identifier",
            "dataType": "string",
            "length": 6,
            "keySequence": 2,
        },
        {"itemOID": "IT.AE.AESEQ", "name": "AESEQ", "label": "Sequence Number", "dataType": "integer"},
        {
            "itemOID": "IT.AE.AETERM",
            "name": "AETERM",
            "label": "Reported Term for the Adverse Event",
            "dataType": "string",
            "length": 4,
            "keySequence": 3,
        },
    ]
    assert list(about) == [
        "datasetJSONCreationDateTime",
        "datasetJSONVersion",
        "originator",
        "sourceSystem",
        "studyOID",
        "metaDataVersionOID",
        "itemGroupOID",
        "records",
        "name",
        "label",
        "columns",
    ]
    assert (about["records"], about["name"], about["label"]) == (1, "AE", "Adverse Events")


@pytest.mark.parametrize(
    ("dates", "kind"),
    [
        (["2020-03-05", None, "2020-03-06"], "date"),
        (["2020-03-05T09:30", "2020-03-06T10:00:30"], "datetime"),
        (["2020-03", "2020-03-06"], "string"),
        (["2020-03-05T09:30", "2020-03-06"], "string"),
        (["2020-03-05/2020-03-06"], "string"),
    ],
)
def test_a_date_variable_is_a_date_where_each_value_is_a_full_one(dates, kind):
    column = metadata(pd.DataFrame({"AESTDTC": pd.Series(dates, dtype="str")}))["columns"][0]
    assert column["dataType"] == kind
    assert "targetDataType" not in column


def test_a_date_of_an_analysis_is_text_that_the_reader_makes_a_number():
    frame = pd.DataFrame(
        {
            "TRTSDT": pd.to_datetime([date(2020, 3, 5), None]),
            "TRTSDTM": pd.to_datetime(["2020-03-05T09:30:00", None]),
        }
    )
    day, moment = metadata(frame, "ADSL")["columns"]
    assert (day["dataType"], day["targetDataType"], day["displayFormat"]) == ("date", "integer", "DATE9.")
    assert (moment["dataType"], moment["displayFormat"]) == ("datetime", "DATETIME20.")
    assert rows(frame, "ADSL") == [["2020-03-05", "2020-03-05T09:30:00"], [None, None]]


@given(
    st.lists(
        st.tuples(
            st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
            st.none() | st.floats(allow_nan=False, allow_infinity=False),
            st.none() | st.integers(-(2**31), 2**31 - 1),
        )
    )
)
def test_any_value_is_read_back(records):
    texts, numbers, whole = zip(*records, strict=True) if records else ([], [], [])
    frame = pd.DataFrame(
        {
            "QSORRES": pd.Series(texts, dtype="str"),
            "QSSTRESN": pd.Series(numbers, dtype="float64"),
            "QSSEQ": pd.Series(whole, dtype="Int64"),
        }
    )
    assert rows(frame, "QS") == [list(record) for record in records]


def test_whole_numbers_that_may_be_missing_have_no_decimal_point():
    assert b"[-3]\n[null]\n" in written(write_ndjson, events(AESTDY=[-3.0, None]))


def test_an_infinite_number_is_refused():
    with pytest.raises(ValueError, match="infinite"):
        written(write_ndjson, events(QSSTRESN=[1.0, float("inf")]), "QS")


@pytest.mark.parametrize("write", [write_json, write_ndjson])
def test_the_same_values_give_the_same_bytes(write, monkeypatch):
    terms = ["Rash", None, 'a "b"', "Rash", "Itch"]
    once = written(write, events(AETERM=terms))
    unused = pd.Categorical(terms, categories=["Vertigo", "Itch", "Rash", 'a "b"'])
    assert written(write, pd.DataFrame({"AETERM": unused})) == once
    assert written(write, pd.DataFrame({"AETERM": pd.Series(terms, dtype="str")})) == once
    monkeypatch.setattr(dataset_json, "ROWS", 2)
    assert written(write, events(AETERM=terms)) == once


@pytest.mark.parametrize("write", [write_json, write_ndjson])
def test_a_dataset_without_records_is_valid(write):
    content = json.loads(written(write, events(AETERM=["Rash"]).iloc[:0]))
    PUBLISHED.validate(content)
    assert content["records"] == 0 and content.get("rows", []) == []


def test_duckdb_reads_the_lines(tmp_path):
    path = tmp_path / "ae.ndjson"
    path.write_bytes(written(write_ndjson, events(AETERM=["皮疹", "Itch"], AESEQ=[1, 2])))
    lines = duckdb.sql(
        f"SELECT json ->> 0, json ->> 1 FROM read_ndjson_objects('{path}') WHERE json_type(json) = 'ARRAY'"
    )
    assert lines.fetchall() == [("皮疹", "1"), ("Itch", "2")]
