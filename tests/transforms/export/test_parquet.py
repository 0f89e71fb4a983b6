import io

import pandas as pd
import pyarrow.parquet as pq
import pytest
from pandera.pandas import Column, DataFrameSchema

from transforms.export.parquet import write_parquet

AE = DataFrameSchema(
    {"AETERM": Column(title="Reported Term for the Adverse Event"), "AESEQ": Column(title="Sequence Number")},
    name="AE",
    title="Adverse Events",
)


def written(frame, schema=None):
    file = io.BytesIO()
    return write_parquet(frame, schema, file), file.getvalue()


def events(terms, seqs=(1, 2, 3)):
    return pd.DataFrame({"AETERM": terms, "AESEQ": pd.Series(seqs)})


def test_labels_travel_inside_the_file():
    _, data = written(events(pd.Categorical(["Fever", "Headache", None])), AE)
    schema = pq.read_schema(io.BytesIO(data))
    assert schema.metadata == {b"name": b"AE", b"label": b"Adverse Events"}
    assert schema.field("AETERM").metadata[b"label"] == b"Reported Term for the Adverse Event"


def test_values_come_back_and_missing_stays_missing():
    frame = pd.DataFrame(
        {
            "AVALC": pd.Categorical(["中度", None, "mild"]),
            "AVAL": [1.5, None, -0.5],
            "AVISITN": pd.array([1, None, 3], dtype="Int64"),
        }
    )
    table = pq.read_table(io.BytesIO(written(frame)[1]))
    assert table.to_pylist() == [
        {"AVALC": "中度", "AVAL": 1.5, "AVISITN": 1},
        {"AVALC": None, "AVAL": None, "AVISITN": None},
        {"AVALC": "mild", "AVAL": -0.5, "AVISITN": 3},
    ]
    assert [str(field.type).split("<")[0] for field in table.schema] == ["dictionary", "double", "int32"]


@pytest.mark.parametrize(
    "terms",
    [
        pd.Categorical(["Fever", "Headache", None], categories=["Headache", "Rash", "Fever"]),
        pd.Series(["Fever", "Headache", None], dtype="str"),
        pd.Series(["Fever", "Headache", None], dtype="object"),
        pd.concat([pd.Series(["Fever"]), pd.Series(["Headache", None], dtype="str")], ignore_index=True),
    ],
    ids=["unused categories", "str", "object", "in two chunks"],
)
def test_the_same_values_give_the_same_bytes_however_the_column_was_made(terms):
    plain = pd.Categorical(["Fever", "Headache", None], categories=["Fever", "Headache"])
    assert written(events(terms), AE) == written(events(plain), AE)


def test_a_category_that_first_appears_late_is_kept():
    terms = ["Fever"] * 6000 + ["Rash"]
    frame = events(pd.Categorical(terms, categories=["Rash", "Fever"]), range(6001))
    assert pq.read_table(io.BytesIO(written(frame)[1]))["AETERM"].to_pylist() == terms


def test_a_dataset_without_rows_keeps_its_types():
    frame = pd.DataFrame({"AETERM": pd.Series([], dtype="category"), "AESEQ": pd.Series([], dtype="int64")})
    full = written(events(pd.Categorical(["Fever", "Fever", "Fever"])), AE)[1]
    assert pq.read_schema(io.BytesIO(written(frame, AE)[1])).equals(pq.read_schema(io.BytesIO(full)))


@pytest.mark.parametrize(
    "other",
    [
        events(["Fever", "Headache", "Headache"]),
        events(["Fever", "Headache", None], (1, 3, 2)),
        events(["Fever", "Headache", None], (1.0, 2.0, 3.0)),
        events(["FeverH", "eadache", None]),
        events(["Fever", None, "Headache"]),
        events(["Fever", "Headache", None]).rename(columns={"AETERM": "AEDECOD"}),
    ],
)
def test_the_content_hash_tells_other_values_names_and_types(other):
    assert written(events(["Fever", "Headache", None]))[0] != written(other)[0]


def test_the_content_hash_of_a_value_is_known_for_good():
    """Rebuilt years later with other libraries, a snapshot must still show this hash."""
    frame = pd.DataFrame({"AETERM": ["Fever", None], "AESEQ": [1, 2], "AEDY": [3.5, None]})
    assert written(frame)[0] == "4e55ff28fc83920b4d27b37c5e8de40b2a3a205ee2140eafcba14620ffe27981"


def test_a_missing_value_is_not_a_zero():
    assert written(pd.DataFrame({"AVAL": [0.0]}))[0] != written(pd.DataFrame({"AVAL": [float("nan")]}))[0]


def test_a_number_in_a_text_column_is_refused():
    with pytest.raises(TypeError):
        written(pd.DataFrame({"AETERM": pd.Series(["Fever", 7], dtype="object")}))
