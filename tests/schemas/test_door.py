import time

import numpy as np
import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from schemas.columns import char, dataset, num
from schemas.door import conform, failures
from schemas.sdtm.suppqual import supp

VS = dataset(
    "VS",
    "Vital Signs",
    "One record per measurement per subject",
    keys=("USUBJID", "VSTESTCD"),
    unique=("USUBJID", "VSSEQ"),
    klass="FINDINGS",
    columns={
        "USUBJID": char("Unique Subject Identifier", "Identifier", "Req"),
        "VSSEQ": num("Sequence Number", "Identifier", "Req", "integer"),
        "VSTESTCD": char("Vital Signs Test Short Name", "Topic", "Req", "C66741"),
        "VSORRES": char("Result or Finding in Original Units", "Result Qualifier", "Exp"),
        "VSSTRESN": num("Numeric Result/Finding in Standard Units", "Result Qualifier", "Exp"),
        "VSSTAT": char("Completion Status", "Record Qualifier", "Perm", "C66789"),
        "VSLOBXFL": char(
            "Last Observation Before Exposure Flag", "Record Qualifier", "Exp", "C66742", terms=("Y",)
        ),
    },
)


def measurements(**columns) -> pd.DataFrame:
    return pd.DataFrame({"VSTESTCD": ["WEIGHT", "TEMP"], "VSSEQ": [1, 2], "USUBJID": ["01", "01"]} | columns)


def told(frame, extensions=None) -> list[tuple]:
    """(row, column, value, check) of each failure at the door."""
    with pytest.raises(SchemaErrors) as caught:
        conform(frame, VS, extensions)
    found = failures(caught.value)
    assert set(found["dataset"]) == {"VS"}
    return list(found[["row", "column", "value", "check"]].itertuples(index=False, name=None))


def test_an_expected_variable_is_added_empty_a_permissible_one_is_not_and_the_order_is_the_schemas():
    frame = conform(measurements(), VS)
    assert list(frame) == ["USUBJID", "VSSEQ", "VSTESTCD", "VSORRES", "VSSTRESN", "VSLOBXFL"]
    assert frame[["VSORRES", "VSSTRESN", "VSLOBXFL"]].isna().all(axis=None)


def test_a_dataset_without_rows_passes():
    assert conform(measurements()[:0], VS).shape == (0, 6)


def test_all_failures_are_told_at_once():
    wrong = measurements(VSTESTCD=["WEIGHT", "WAIST"], VSLOBXFL=["N", "Y"], VSSEQ=[1, 0.5])
    assert sorted(told(wrong)) == [
        (0, "VSLOBXFL", "N", "Terms Y"),
        (1, "VSSEQ", 0.5, "Integer"),
        (1, "VSTESTCD", "WAIST", "Codelist C66741"),
    ]


def test_a_missing_value_in_a_required_variable_is_told():
    [(row, variable, _, check)] = told(measurements(USUBJID=pd.Series(["01", None], dtype="str")))
    assert (row, variable, check) == (1, "USUBJID", "not_nullable")


def test_an_unknown_variable_is_refused():
    [(_, _, value, check)] = told(measurements(VSPAIN=["1", "2"]))
    assert (value, check) == ("VSPAIN", "column_in_schema")


def test_a_required_variable_that_is_not_there_is_told():
    [(_, _, value, check)] = told(measurements().drop(columns="VSTESTCD"))
    assert (value, check) == ("VSTESTCD", "column_in_dataframe")


def test_two_records_cannot_share_a_sequence_number():
    assert {check for *_, check in told(measurements(VSSEQ=[1, 1]))} == {"multiple_fields_uniqueness"}


def test_a_studys_own_term_passes_only_when_the_study_declares_it():
    frame = measurements(VSTESTCD=["WEIGHT", "ITCH"])
    assert told(frame) == [(1, "VSTESTCD", "ITCH", "Codelist C66741")]
    assert len(conform(frame, VS, {"C66741": ["ITCH"]})) == 2
    assert told(frame) == [(1, "VSTESTCD", "ITCH", "Codelist C66741")]  # and only for that study


def test_nobody_adds_a_term_to_a_closed_codelist():
    with pytest.raises(ValueError, match="C66789"):
        conform(measurements(), VS, {"C66789": ["PARTLY DONE"]})


@pytest.mark.long
def test_a_million_supplemental_records_pass_in_seconds():
    many = 1_000_000
    subject, sequence = np.divmod(np.arange(many), 100)
    same = {"STUDYID": "PSO", "RDOMAIN": "AE", "IDVAR": "AESEQ", "QNAM": "AEINTENT", "QLABEL": "Intended Dose Change"}
    same |= {"QVAL": "HELD", "QORIG": "CRF"}
    none = np.zeros(many, int)
    frame = pd.DataFrame(
        {name: pd.Categorical.from_codes(none, pd.Index([text], dtype="str")) for name, text in same.items()}
    )
    for name, codes in (("USUBJID", subject), ("IDVARVAL", sequence)):
        frame[name] = pd.Categorical.from_codes(codes, pd.Index(np.arange(codes.max() + 1).astype(str), dtype="str"))
    begun = time.process_time()
    assert len(conform(frame, supp("AE"))) == many
    assert time.process_time() - begun < 10
