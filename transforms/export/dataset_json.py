"""One CDISC Dataset-JSON v1.1 file per dataset, as JSON or as NDJSON (one line per record)."""

import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandera.pandas import Column, DataFrameSchema

from transforms.distinct import distinct
from transforms.export.define import date_type
from transforms.export.parquet import TEXT, arrow_table, one_chunk
from transforms.export.xpt import FORMATS, ROWS, column_of

VERSION = "1.1.0"


def dataset_metadata(
    frame: pd.DataFrame,
    schema: DataFrameSchema,
    lengths: Mapping[str, int],
    *,
    created: str,
    originator: str,
    source_system: tuple[str, str],
    study_oid: str,
    metadata_version_oid: str,
    metadata_ref: str | None = None,
) -> dict:
    """All that a Dataset-JSON file says about a dataset before its rows, in the standard's order.

    created: ISO 8601, a time that the snapshot knows, so that the same snapshot gives the same bytes.
    source_system: name and version. The OIDs are those of Define-XML.
    """
    keys = [name for name in schema.metadata["keys"] if name in frame]
    file = {
        "datasetJSONCreationDateTime": created,
        "datasetJSONVersion": VERSION,
        "originator": originator,
        "sourceSystem": dict(zip(("name", "version"), source_system, strict=True)),
        "studyOID": study_oid,
        "metaDataVersionOID": metadata_version_oid,
        "metaDataRef": metadata_ref,
    }
    columns = [
        {"itemOID": f"IT.{schema.name}.{name}", "name": name}
        | column_metadata(frame[name], column_of(schema, name), lengths.get(name))
        | ({"keySequence": keys.index(name) + 1} if name in keys else {})
        for name in frame
    ]
    return {key: value for key, value in file.items() if value is not None} | {
        "itemGroupOID": f"IG.{schema.name}",
        "records": len(frame),
        "name": schema.name,
        "label": schema.title,
        "columns": columns,
    }


def column_metadata(values: pd.Series, column: Column, length: int | None) -> dict:
    """What a column is: text, whole or real numbers, or dates, which ADaM's reader turns into numbers.

    A --DTC variable is a date or a datetime where every value is a full one, else text.
    """
    kind = column.metadata.get("kind")
    if kind in FORMATS:
        name, width = FORMATS[kind]
        facts = {"dataType": kind, "targetDataType": "integer", "displayFormat": f"{name}{width}."}
    elif kind:
        facts = {"dataType": "float" if kind == "float" else "integer"}
    else:
        facts = {"dataType": text_type(values) if column.metadata["iso8601"] else "string", "length": length}
    return {"label": column.title} | {key: value for key, value in facts.items() if value is not None}


def text_type(values: pd.Series) -> str:
    """date or datetime where each ISO 8601 text is one to the day or to the minute, else string."""
    kind = date_type(distinct(values)[0].tolist())
    return kind if kind in ("date", "datetime") else "string"


def write_json(frame: pd.DataFrame, schema: DataFrameSchema, metadata: Mapping, file: BinaryIO) -> None:
    """One JSON object into the open binary `file`, its rows one array a record and a line."""
    file.write(json_bytes(metadata)[:-1] + b', "rows": [\n')
    write_rows(frame, schema, file, ",\n")
    file.write(b"\n]}\n")


def write_ndjson(frame: pd.DataFrame, schema: DataFrameSchema, metadata: Mapping, file: BinaryIO) -> None:
    """One line of metadata and one line per record into the open binary `file`."""
    file.write(json_bytes(metadata) + b"\n")
    write_rows(frame, schema, file, "\n")
    if len(frame):
        file.write(b"\n")


def write_rows(frame: pd.DataFrame, schema: DataFrameSchema, file: BinaryIO, between: str) -> None:
    """One array per record; `between` two of them, and not after the last."""
    for start in range(0, len(frame), ROWS):
        table = arrow_table(frame.iloc[start : start + ROWS], schema)
        cells = [
            json_cells(one_chunk(values), column_of(schema, name).metadata.get("kind"))
            for name, values in zip(table.column_names, table.columns, strict=True)
        ]
        rows = pc.binary_join_element_wise(*cells, ",")
        rows = pc.binary_join_element_wise("[", rows, "]", "")
        rows = pa.LargeListArray.from_arrays([0, len(rows)], rows)
        file.write((between if start else "").encode() + pc.binary_join(rows, between)[0].as_buffer())


def json_cells(values: pa.Array, kind: str | None) -> pa.Array:
    """One JSON text per row, null for a missing value; as many digits as tell a number from the next."""
    if values.type == TEXT:
        terms = pa.array([encode_basestring(text) for text in values.dictionary.to_pylist()], pa.string())
        cells = terms.take(values.indices)
    elif pa.types.is_timestamp(values.type):
        cells = json_quoted(pc.strftime(values.cast(pa.timestamp("s")), "%Y-%m-%dT%H:%M:%S"))
    elif pa.types.is_date32(values.type):
        cells = json_quoted(values.cast(pa.string()))
    else:
        if pa.types.is_floating(values.type) and pc.any(pc.is_inf(values)).as_py():
            raise ValueError("JSON has no infinite numbers")
        cells = (values if kind == "float" else values.cast(pa.int64())).cast(pa.string())
    return cells.fill_null("null")


def json_quoted(texts: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise('"', texts, '"', "")


def json_bytes(value: Mapping) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
