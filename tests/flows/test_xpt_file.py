"""Transport files read back: those of other writers, and what they cannot say."""

import math

import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest

from flows.problems import RawFileError
from flows.xpt_file import batches, transport


def written(path, frame, **options):
    pyreadstat.write_xport(frame, str(path), table_name="AE", file_format_version=5, **options)
    return path


def read(path) -> dict:
    return pa.Table.from_batches(batches(transport(path))).to_pydict()


def test_header_and_values(tmp_path):
    frame = pd.DataFrame({"AETERM": ["Fever", ""], "AESTDT": [21915.0, None], "AEDUR": [-0.1, 1e30]})
    path = written(
        tmp_path / "ae.xpt", frame, file_label="Adverse Events", column_labels=["Term", "Start", "Duration"],
        variable_format={"AESTDT": "DATE9"},
    )  # fmt: skip
    found = transport(path)
    assert (found.name, found.label, found.records) == ("AE", "Adverse Events", 2)
    assert [(v.name, v.label, v.numeric, v.length, v.format) for v in found.variables] == [
        ("AETERM", "Term", False, 5, ""), ("AESTDT", "Start", True, 8, "DATE9"), ("AEDUR", "Duration", True, 8, "")
    ]  # fmt: skip
    values = read(path)
    assert values["AETERM"] == ["Fever", ""]
    assert values["AESTDT"] == [21915.0, None]
    assert values["AEDUR"][0] == -0.1 and math.isclose(values["AEDUR"][1], 1e30, rel_tol=1e-15)


def test_a_last_record_that_ends_in_blanks_is_kept(tmp_path):
    frame = pd.DataFrame({"USUBJID": ["01", "02"], "AETERM": ["Nasopharyngitis", "Flu"]})
    assert read(written(tmp_path / "ae.xpt", frame)) == {"USUBJID": ["01", "02"], "AETERM": ["Nasopharyngitis", "Flu"]}


def test_a_dataset_without_records(tmp_path):
    path = written(tmp_path / "ae.xpt", pd.DataFrame({"USUBJID": pd.Series([], dtype="str"), "AESEQ": [1.0][:0]}))
    assert transport(path).records == 0
    assert list(batches(transport(path))) == []


def test_other_files_are_refused(tmp_path):
    path = tmp_path / "ae.xpt"
    for data, words in (
        (b"USUBJID,AETERM\n", "it has no LIBRARY header"),
        (b"HEADER RECORD*******LIBV8   HEADER RECORD!!!!!!!" + b" " * 800, "of version 8"),
        (b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!" + b" " * 800, "it has no MEMBER header"),
    ):
        path.write_bytes(data)
        with pytest.raises(RawFileError, match=f"ae.xpt: is not a SAS transport file of version 5: {words}"):
            transport(path)
