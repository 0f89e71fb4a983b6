"""One module a format: `header` gives a file's columns, `rows` its rows as text, a part of the file at a time."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

TEXT = pa.dictionary(pa.int32(), pa.string())


class Rows(NamedTuple):
    """table: text columns. numbers: each row's number in the file, the header being row 1.
    ragged: why a row could not be cut into columns (its cells are blank then), else None.
    others: how many rows beside these hold nothing for the source."""

    table: pa.Table
    numbers: np.ndarray
    ragged: list[str | None] | None = None
    others: int = 0
