"""One Parquet file per dataset, or per partition of one: labels inside, and no clock, path or host."""

import hashlib
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pandera.pandas import DataFrameSchema

TEXT = pa.dictionary(pa.int32(), pa.string())


def write_parquet(frame: pd.DataFrame, schema: DataFrameSchema | None, file: BinaryIO) -> str:
    """One dataset into the open binary `file`; returns its content hash.

    The same values give the same bytes under the same pyarrow, and the same content hash under any.
    `schema` gives the labels.
    """
    return write_table(arrow_table(frame, schema), file)


def write_table(table: pa.Table, file: BinaryIO) -> str:
    """An Arrow table, its text as dictionaries, into the open binary `file`; returns its content hash."""
    numbers = [field.name for field in table.schema if field.type != TEXT]
    texts = [field.name for field in table.schema if field.type == TEXT]
    pq.write_table(table, file, compression="zstd", use_dictionary=texts, write_statistics=numbers)
    return content_hash(table)


def arrow_table(frame: pd.DataFrame, schema: DataFrameSchema | None = None) -> pa.Table:
    """One Arrow table per frame: text as dictionaries, whole numbers as int32, labels as field metadata."""
    days = {
        name
        for name, column in (schema.columns.items() if schema else ())
        if (column.metadata or {}).get("kind") == "date"
    }
    arrays = [arrow_array(frame[name]) for name in frame.columns]
    arrays = [
        array.cast(pa.date32()) if name in days and pa.types.is_timestamp(array.type) else array
        for name, array in zip(frame.columns, arrays, strict=True)
    ]
    titles = {} if schema is None else {name: column.title for name, column in schema.columns.items()}
    fields = [
        pa.field(name, array.type, metadata={"label": titles[name]} if titles.get(name) else None)
        for name, array in zip(frame.columns, arrays, strict=True)
    ]
    about = None if schema is None else {"name": schema.name or "", "label": schema.title or ""}
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=about))


def arrow_array(values: pd.Series) -> pa.Array:
    """One Arrow array per column.

    A dictionary holds the values present in order of first appearance, so it says nothing of categories that
    only other partitions use, nor of how the column was made.
    """
    if isinstance(values.dtype, pd.CategoricalDtype):
        codes, categories = values.array.codes, values.array.categories
        present = pd.unique(codes[:5000])
        if np.count_nonzero(present >= 0) < len(categories):  # not all among the first rows
            present = pd.unique(codes)
        present = present[present >= 0]
        places = np.full(len(categories) + 1, -1, "int32")  # the last is for code -1, missing
        places[present] = np.arange(len(present), dtype="int32")
        indices = numbers(places.take(codes, mode="wrap"), codes >= 0)
        terms = one_chunk(pa.array(categories.take(present), pa.string()))
        return pa.DictionaryArray.from_arrays(indices, terms, safe=False)
    if pd.api.types.is_string_dtype(values.dtype) or values.dtype == object:
        return one_chunk(pa.array(values, pa.string())).dictionary_encode()
    if values.dtype == np.float64:
        floats = np.ascontiguousarray(values)
        return numbers(floats, ~np.isnan(floats))
    array = one_chunk(pa.array(values))
    return array.cast(pa.int32()) if pa.types.is_integer(array.type) else array


def numbers(values: np.ndarray, there: np.ndarray) -> pa.Array:
    """An Arrow array of these numbers, missing where none is there; not copied, as pa.array would."""
    bits = None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [bits, pa.py_buffer(values)])


def one_chunk(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The same array in one piece: pandas may hold a text column in several."""
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def content_hash(table: pa.Table) -> str:
    """One sha256 per table, over names, types and values in row order; no library version touches it."""
    digest = hashlib.sha256(f"{table.num_rows} rows".encode())
    for name, column in zip(table.column_names, table.columns, strict=True):
        array = column.combine_chunks()
        if array.type == TEXT:
            terms = array.dictionary
            digest.update(f"\0{name}\0{len(terms)} terms\0".encode())
            lengths = pc.binary_length(terms).to_numpy(zero_copy_only=False)
            digest.update(lengths.astype("<i4"))
            digest.update("".join(terms.to_pylist()).encode())
            # 0 is missing; as few bytes a row as the number of terms asks for
            codes = filled(array.indices, -1).astype(np.min_scalar_type(len(terms)).newbyteorder("<"))
            codes += codes.dtype.type(1)
            digest.update(codes)
        else:
            digest.update(f"\0{name}\0{array.type}\0".encode())
            digest.update(np.packbits(array.is_valid().to_numpy(zero_copy_only=False)))
            days = array.cast(pa.int32()) if pa.types.is_date32(array.type) else array
            digest.update(filled(days, 0))  # what stands under a missing value is anybody's
    return digest.hexdigest()


def filled(array: pa.Array, value: int) -> np.ndarray:
    """The numbers of an Arrow array, with a value where one is missing."""
    if array.null_count:
        array = pc.fill_null(array, value)
    return array.to_numpy(zero_copy_only=False)
