"""How the readers' tests read a file: its bytes, under a name without an extension, as the archive has them."""

from pathlib import Path

import pyarrow as pa
import pytest

from flows.problems import RawFileError
from flows.sources import READERS
from schemas.study import Source

FILES = Path(__file__).parent / "files"
SOURCE = {
    "form": "ae",
    "file": "any",
    "mode": "cumulative",
    "key": ["SITEID", "SUBJID"],
    "date_order": "dmy",
    "missing": {},
    "columns": {"SUBJID": "SUBJ"},
}


class Read:
    def __init__(self, path: Path):
        self.path = path

    def __call__(self, content: bytes | str | Path, *columns: str, **keys) -> list[tuple]:
        """The rows: their number and the texts of the columns. `content` may name a file of files/, or be what
        stands at `path` already."""
        if content != self.path:
            self.path.write_bytes((FILES / content).read_bytes() if isinstance(content, str) else content)
        source = Source.model_validate(SOURCE | keys)
        reader = READERS[source.format]
        columns = columns or tuple(reader.header(self.path, "x", source))
        found = []
        for table, numbers, why, *_ in reader.rows(self.path, "x", source, list(columns)):
            assert all(pa.types.is_dictionary(kind) for kind in table.schema.types)
            texts = zip(*table.to_pydict().values(), strict=True)
            found += [
                (number, why[i]) if why and why[i] else (number, *row)
                for i, (number, row) in enumerate(zip(numbers.tolist(), texts, strict=True))
            ]
        return found

    def refused(self, content: bytes | str | Path, *columns: str, **keys) -> str:
        with pytest.raises(RawFileError) as raised:
            self(content, *columns, **keys)
        return str(raised.value)


@pytest.fixture
def read(tmp_path) -> Read:
    return Read(tmp_path / "0123abcd")
