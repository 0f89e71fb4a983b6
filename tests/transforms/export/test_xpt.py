import io
import math
import shutil
import subprocess
from fractions import Fraction

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.adam import DATASETS as ADAM
from schemas.sdtm import DATASETS as SDTM
from transforms.export import xpt
from transforms.export.xpt import (
    XptError,
    ascii_frame,
    ibm_floats,
    rows_per_part,
    split_long,
    split_text,
    text_lengths,
    transliterated,
    write_xpt,
)

SCHEMAS = SDTM | ADAM
R_READER = """
reader <- if (requireNamespace("foreign", quietly = TRUE)) {
  function(file) foreign::read.xport(file)
} else if (requireNamespace("haven", quietly = TRUE)) {
  function(file) haven::read_xpt(file)
} else quit(status = 3)
raw <- function(x) {
  if (inherits(x, "Date")) x <- as.numeric(x) + 3653
  if (inherits(x, "POSIXct")) x <- as.numeric(x) + 3653 * 86400
  if (is.numeric(x)) ifelse(is.na(x), "", sprintf("%.17g", x)) else ifelse(is.na(x), "", as.character(x))
}
for (file in list.files(commandArgs(TRUE), "[.]xpt$", full.names = TRUE)) {
  frame <- as.data.frame(lapply(as.list(reader(file)), raw), check.names = FALSE)
  write.csv(frame, sub("[.]xpt$", ".csv", file), row.names = FALSE, fileEncoding = "UTF-8")
}
"""


def text(*values):
    return pd.Categorical(values) if any(values) else pd.Series(values, dtype="str").astype("category")


def events(terms, **more):
    """Adverse events of subject 01-001, one per term."""
    count = len(terms)
    return pd.DataFrame(
        {
            "STUDYID": text(*["S1"] * count),
            "DOMAIN": text(*["AE"] * count),
            "USUBJID": text(*["01-001"] * count),
            "AESEQ": pd.Series(range(1, count + 1), dtype="int64"),
            "AETERM": text(*terms),
        }
        | more
    )


def written(frame, dataset="AE", lengths=None, **options):
    file = io.BytesIO()
    lengths = lengths or text_lengths([(dataset, frame)])[dataset]
    write_xpt(frame, SCHEMAS[dataset], lengths, file, **options)
    return file.getvalue()


def read(data, tmp_path, **options):
    (tmp_path / "file.xpt").write_bytes(data)
    return pyreadstat.read_xport(str(tmp_path / "file.xpt"), **options)


def as_a_reader_has_it(frame):
    """Text without trailing blanks, blank for missing; dates as SAS counts them."""
    columns = {}
    for name, values in frame.items():
        if pd.api.types.is_datetime64_dtype(values.dtype):
            unit = "1D" if SCHEMAS_KIND.get(name) == "date" else "1s"
            columns[name] = (values - pd.Timestamp("1960-01-01")) / pd.Timedelta(unit)
        elif pd.api.types.is_numeric_dtype(values.dtype):
            columns[name] = values.astype("float64")
        else:
            columns[name] = values.astype("object").where(values.notna(), "").str.rstrip(" ")
    return pd.DataFrame(columns, index=range(len(frame)))


SCHEMAS_KIND = {
    name: column.metadata.get("kind") for schema in ADAM.values() for name, column in schema.columns.items()
}


@pytest.fixture(scope="module")
def study(published, tmp_path_factory):
    """Every SDTM and ADaM dataset of the psoriasis study, and a folder with their transport files."""
    (snapshot,) = (published / "snapshots").iterdir()
    frames = {
        path.stem: pq.read_table(path).to_pandas(date_as_object=False)
        for layer in ("sdtm", "adam")
        for path in sorted((snapshot / layer).glob("*.parquet"))
    }
    lengths = text_lengths(frames.items())
    folder = tmp_path_factory.mktemp("xpt")
    for name, frame in frames.items():
        with (folder / f"{name.lower()}.xpt").open("wb") as file:
            write_xpt(frame, SCHEMAS[name], lengths[name], file, encoding="utf-8")
    return frames, folder


def by_pyreadstat(path):
    return pyreadstat.read_xport(str(path), disable_datetime_conversion=True)[0]


def by_pandas(path):
    frame = pd.read_sas(path, format="xport", encoding="utf-8")
    texts = frame.columns[[not pd.api.types.is_numeric_dtype(dtype) for dtype in frame.dtypes]]
    return frame.astype(dict.fromkeys(texts, "object")).fillna(dict.fromkeys(texts, ""))


@pytest.mark.parametrize(("reader", "tolerance"), [(by_pyreadstat, 0), (by_pandas, 2**-49)])
def test_every_value_of_the_study_is_read_back(study, reader, tolerance):
    """pandas drops the last bits of an IBM double, and reads zero as 5.4E-79."""
    frames, folder = study
    assert len(frames) > 25
    for name, frame in frames.items():
        got = reader(folder / f"{name.lower()}.xpt")
        pd.testing.assert_frame_equal(
            got.reset_index(drop=True),
            as_a_reader_has_it(frame),
            check_dtype=False,
            rtol=tolerance,
            atol=1e-78,
        )


def test_r_reads_every_value_of_the_study(study):
    frames, folder = study
    if not shutil.which("Rscript"):
        pytest.skip("Rscript (Debian: r-cran-foreign) is not installed")
    done = subprocess.run(["Rscript", "--vanilla", "-e", R_READER, folder], capture_output=True, text=True)
    if done.returncode == 3:
        pytest.skip("R has neither foreign nor haven (Debian: r-cran-foreign)")
    assert done.returncode == 0, done.stderr
    for name, frame in frames.items():
        expected = as_a_reader_has_it(frame)
        got = pd.read_csv(folder / f"{name.lower()}.csv", dtype=str, keep_default_na=False)
        for variable in expected.select_dtypes("number"):
            got[variable] = pd.to_numeric(got[variable])
        pd.testing.assert_frame_equal(got, expected, check_dtype=False, check_exact=True)


def test_labels_and_sas_dates_are_in_the_file(study):
    _, meta = pyreadstat.read_xport(str(study[1] / "adsl.xpt"), metadataonly=True)
    assert (meta.table_name, meta.file_label) == ("ADSL", "Subject-Level Analysis Dataset")
    assert meta.column_names_to_labels["TRTSDT"] == "Date of First Exposure to Treatment"
    assert meta.original_variable_types["TRTSDT"] == "DATE9"
    assert meta.original_variable_types["TRTSDTM"] == "DATETIME20"


def test_sas_counts_days_and_seconds_from_1960(tmp_path):
    frame = pd.DataFrame(
        {
            "STUDYID": text("S1", "S1"),
            "TRTSDT": pd.to_datetime(["1960-01-02", None]),
            "TRTSDTM": pd.to_datetime(["1959-12-31T23:59:59", None]),
        }
    )
    got, _ = read(written(frame, "ADSL"), tmp_path, disable_datetime_conversion=True)
    assert got[["TRTSDT", "TRTSDTM"]].iloc[0].tolist() == [1.0, -1.0]
    assert got[["TRTSDT", "TRTSDTM"]].iloc[1].isna().all()


@pytest.mark.parametrize(
    ("number", "stored"),
    [
        (0.0, "0000000000000000"),
        (-0.0, "0000000000000000"),
        (1.0, "4110000000000000"),
        (-118.625, "C276A00000000000"),
        (0.1, "401999999999999A"),
        (math.nan, "2E00000000000000"),
    ],
)
def test_a_number_is_an_ibm_double(number, stored):
    assert ibm_floats(np.array([number]), "VS.VSSTRESN", 0).tobytes().hex().upper() == stored


@given(st.floats(allow_nan=False, min_value=-7e75, max_value=7e75))
def test_no_number_is_rounded(number):
    if 0 < abs(number) < 16.0**-65:
        with pytest.raises(XptError):
            ibm_floats(np.array([number]), "VS.VSSTRESN", 0)
        return
    stored = int.from_bytes(ibm_floats(np.array([number]), "VS.VSSTRESN", 0).tobytes())
    fraction = Fraction(stored % 2**56, 2**56)
    assert fraction == 0 or fraction >= Fraction(1, 16)
    assert (-1) ** (stored >> 63) * fraction * Fraction(16) ** ((stored >> 56) % 128 - 64) == Fraction(number)


@pytest.mark.parametrize("number", [1e76, -math.inf, 1e-80])
def test_a_number_that_xpt_has_no_room_for_is_refused(number):
    frame = events(["Rash", "Rash"], AESTDY=[1.0, number])
    with pytest.raises(XptError, match=r"AE.AESTDY: \S+ in record 2 is beyond"):
        written(frame)


def test_the_same_values_give_the_same_bytes(monkeypatch):
    terms = ["Rash", None, "Itch", "Rash", "Fever"]
    once = written(events(terms))
    unused = pd.Categorical(terms, categories=["Vertigo", "Fever", "Rash", "Itch"])
    assert written(events(terms).assign(AETERM=unused)) == once
    assert written(events(terms).assign(AETERM=pd.Series(terms, dtype="str"))) == once
    monkeypatch.setattr(xpt, "ROWS", 2)
    assert written(events(terms)) == once


def test_a_file_is_whole_cards_of_80_bytes():
    assert [len(written(events(["Rash"] * count))) % 80 for count in range(4)] == [0, 0, 0, 0]


def test_a_dataset_without_records_keeps_its_variables(tmp_path):
    frame = events(["Rash"], AESTDY=[1.0])
    got, meta = read(written(frame.iloc[:0]), tmp_path)
    assert (len(got), list(got), meta.file_label) == (0, list(frame), "Adverse Events")


def test_trailing_blanks_do_not_count_and_leading_ones_stay(tmp_path):
    frame = events([" Rash  ", "Itch" + " " * 300])
    assert text_lengths([("AE", frame)])["AE"]["AETERM"] == 5
    assert read(written(frame), tmp_path)[0]["AETERM"].tolist() == [" Rash", "Itch"]


def test_a_text_variable_without_values_is_one_blank_wide(tmp_path):
    frame = events([None, None])
    assert text_lengths([("AE", frame)])["AE"]["AETERM"] == 1
    assert read(written(frame), tmp_path)[0]["AETERM"].tolist() == ["", ""]


def test_whole_numbers_may_be_missing(tmp_path):
    frame = events(["Rash", "Itch"], AESTDY=pd.array([-3, None], dtype="Int64"))
    got = read(written(frame), tmp_path)[0]["AESTDY"]
    assert got[0] == -3 and math.isnan(got[1])


def test_a_length_is_that_of_the_longest_value_in_the_study():
    ae = events(["Rash", "Itch"])
    ce = pd.DataFrame(
        {"USUBJID": text("01-0012"), "CETERM": pd.Categorical(["µg"], categories=["µg", "unused"])}
    )
    supp = pd.DataFrame({"USUBJID": text("01-1")})
    lengths = text_lengths([("AE", ae), ("CE", ce), ("SUPPAE", supp)])
    assert lengths["AE"] == {"STUDYID": 2, "DOMAIN": 2, "USUBJID": 7, "AETERM": 4}
    assert lengths["CE"] == {"USUBJID": 7, "CETERM": 3}
    assert lengths["SUPPAE"] == {"USUBJID": 4}


def test_the_parts_of_a_split_dataset_have_equal_lengths_and_names_of_their_own(tmp_path):
    parts = {"AE1": events(["Rash"]), "AE2": events(["Headache"])}
    lengths = text_lengths(parts.items())
    assert lengths["AE1"] == lengths["AE2"]
    _, meta = read(written(parts["AE1"], lengths=lengths["AE1"], name="AE1"), tmp_path)
    assert (meta.table_name, meta.variable_storage_width["AETERM"]) == ("AE1", 8)


@pytest.mark.parametrize("limit", [5_000, 5_040, 5_079])
def test_a_part_has_as_many_rows_as_fit(limit):
    frame = events(["Rash"] * 1000)
    lengths = text_lengths([("AE", frame)])["AE"]
    rows = rows_per_part(frame, SDTM["AE"], lengths, limit)
    assert len(written(frame.iloc[:rows], lengths=lengths)) <= limit
    assert len(written(frame.iloc[: rows + 1], lengths=lengths)) > limit


def test_a_text_of_fewer_than_200_characters_may_have_over_200_bytes():
    term = "µµ" + "g" * 197
    assert (len(term), len(term.encode())) == (199, 201)
    frame = events(["Rash", term])
    with pytest.raises(XptError, match="AE.AETERM: 201 bytes, where a transport file holds 1 to 200"):
        written(frame, encoding="utf-8")
    first, second = split_text(frame["AETERM"])
    assert first.tolist() == ["Rash", term[:-1]]
    assert second.tolist()[1] == "g"


def test_no_value_is_cut_to_the_length_that_was_asked_for():
    with pytest.raises(XptError, match="AE.AETERM: 4 bytes in record 2, where 3 were declared"):
        written(events(["Flu", "Rash"]), lengths={"STUDYID": 2, "DOMAIN": 2, "USUBJID": 6, "AETERM": 3})


def test_what_the_schema_and_the_data_disagree_on_is_refused():
    with pytest.raises(XptError, match="AE.AESTDY: Num in the schema, not in the data"):
        written(events(["Rash"], AESTDY=text("1")))


# ASCII


def test_text_that_is_not_ascii_is_refused_by_place_and_character_only():
    frame = events(["Rash", "it’s worse", "it’s better"], AELLT=text("发热", None, None))
    with pytest.raises(XptError) as refused:
        ascii_frame(frame, "AE", "refuse")
    assert str(refused.value).splitlines() == [
        "AE.AETERM: '’' (U+2019) in record 2 and 1 more is not ASCII",
        "AE.AELLT: '发' (U+53D1) in record 1 is not ASCII",
    ]
    with pytest.raises(XptError, match=r"AE.AETERM: '’' \(U\+2019\) in record 2"):
        written(frame)


def test_a_line_break_is_not_printable():
    with pytest.raises(XptError, match=r"U\+000A"):
        ascii_frame(events(["Rash\non the hand"]), "AE", "refuse")


def test_the_study_s_table_translates_whole_texts():
    table = {"发热": "Fever", "皮疹": "Rash"}
    frame = events(["皮疹", None, "Itch", "发热", "皮疹"])
    got = ascii_frame(frame, "AE", "translate", table)
    assert got["AETERM"].astype("object").fillna("").tolist() == ["Rash", "", "Itch", "Fever", "Rash"]
    assert ascii_frame(frame, "AE", "transliterate", table)["AETERM"].equals(got["AETERM"])
    with pytest.raises(XptError, match="'发' .* in record 4"):
        ascii_frame(frame, "AE", "translate", {"皮疹": "Rash"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“patient’s own” – daily…", '"patient\'s own" - daily...'),
        ("patient\x92s", "patient's"),
        ("5 µg ± 2 ≥ 3 °C", "5 ug +/- 2 >= 3 degC"),
        ("naïve Müller café", "naive Muller cafe"),
        ("１２ｍｇ\u00a0Ⅳ", "12mg IV"),
        ("10⁶ cells/m²", "10^6 cells/m2"),
        ("10⁻³", "10^-3"),
        ("1½ tablets, ½ tablet", "1 1/2 tablets, 1/2 tablet"),
        ("A ≠ B", "A != B"),
        ("IFN-γ", "IFN-gamma"),
        ("one\r\ntwo", "one  two"),
    ],
)
def test_transliteration_keeps_the_meaning(before, after):
    assert transliterated(before) == after


@pytest.mark.parametrize("character", ["中", "≢", "☺"])
def test_what_has_no_ascii_is_refused_even_when_transliterating(character):
    with pytest.raises(XptError, match="AE.AETERM: .* in record 1"):
        ascii_frame(events([f"Rash {character}"]), "AE", "transliterate")


def test_a_text_of_which_nothing_is_left_is_missing():
    assert ascii_frame(events(["\u200b", "Rash"]), "AE", "transliterate")["AETERM"].isna().tolist() == [
        True,
        False,
    ]


# Long text


def test_text_is_split_between_words():
    parts = split_text(pd.Series(["one two three", "four", None, "one  twothree"]), 7)
    assert [part.astype("object").fillna("").tolist() for part in parts] == [
        ["one two", "four", "", "one"],
        ["three", "", "", "twothre"],
        ["", "", "", "e"],
    ]


def test_text_without_blanks_is_split_between_characters():
    parts = split_text(pd.Series(["皮疹发热"]), 7)
    assert [part.tolist() for part in parts] == [["皮疹"], ["发热"]]


LONG = "word " * 39 + "first" + " second part" * 18  # 200 bytes, 216 more


def test_an_event_s_long_text_goes_on_in_suppae():
    records, supp = split_long(events(["Rash", LONG], AEACNOTH=text(LONG[:405], None)), SDTM["AE"])
    assert records["AETERM"].tolist() == ["Rash", LONG[:200]]
    assert list(supp) == list(SDTM["SUPPAE"].columns)
    assert supp[["USUBJID", "RDOMAIN", "IDVAR", "IDVARVAL", "QNAM", "QLABEL", "QORIG"]].values.tolist() == [
        ["01-001", "AE", "AESEQ", "1", "AEACNOT1", "Other Action Taken 1", "CRF"],
        ["01-001", "AE", "AESEQ", "1", "AEACNOT2", "Other Action Taken 2", "CRF"],
        ["01-001", "AE", "AESEQ", "2", "AETERM1", "Reported Term for the Adverse Event 1", "CRF"],
        ["01-001", "AE", "AESEQ", "2", "AETERM2", "Reported Term for the Adverse Event 2", "CRF"],
    ]
    assert " ".join([records["AETERM"][1], *supp["QVAL"][2:]]) == LONG


def test_a_record_of_demographics_needs_no_sequence_number():
    dm = pd.DataFrame({"STUDYID": text("S1"), "USUBJID": text("01-001"), "ARMNRS": text(LONG)})
    _, supp = split_long(dm, SDTM["DM"])
    assert supp[["QNAM"]].values.tolist() == [["ARMNRS1"], ["ARMNRS2"]]
    assert supp[["IDVAR", "IDVARVAL"]].isna().all(axis=None)


@pytest.mark.parametrize(("dataset", "variable"), [("CO", "COVAL"), ("TS", "TSVAL")])
def test_a_comment_and_a_trial_summary_value_go_on_in_variables_of_their_own(dataset, variable, tmp_path):
    frame = pd.DataFrame(
        {"STUDYID": text("S1", "S1"), variable: text("short", LONG), "DOMAIN": text("D", "D")}
    )
    records, supp = split_long(frame, SDTM[dataset])
    assert supp is None
    assert list(records) == ["STUDYID", variable, f"{variable}1", f"{variable}2", "DOMAIN"]
    got, meta = read(written(records, dataset), tmp_path)
    assert " ".join(got.loc[1, [variable, f"{variable}1", f"{variable}2"]]) == LONG
    assert meta.column_names_to_labels[f"{variable}1"] == meta.column_names_to_labels[variable]


def test_a_supplemental_value_goes_on_in_the_next_record():
    supp = pd.DataFrame(
        {"QNAM": text("AETERMOR", "AEX"), "QLABEL": text("Original Text", "X"), "QVAL": text(LONG, "x")}
    )
    records, rest = split_long(supp, SDTM["SUPPAE"])
    assert rest is None
    assert records[["QNAM", "QLABEL"]].values.tolist() == [
        ["AETERMOR", "Original Text"],
        ["AETERMO1", "Original Text 1"],
        ["AETERMO2", "Original Text 2"],
        ["AEX", "X"],
    ]
    assert " ".join(records["QVAL"][:3]) == LONG


def test_a_comment_that_was_split_already_is_not_split_again():
    frame = pd.DataFrame({"COVAL": text(LONG), "COVAL1": text("more")})
    with pytest.raises(XptError, match="COVAL1 is there already"):
        split_long(frame, SDTM["CO"])


@pytest.mark.parametrize(("dataset", "variable"), [("TI", "IETEST"), ("ADAE", "AETERM"), ("SE", "ELEMENT")])
def test_a_long_text_with_nowhere_to_go_on_is_refused(dataset, variable):
    frame = pd.DataFrame({"STUDYID": text("S1"), "AESEQ": [1], variable: text(LONG)})
    with pytest.raises(XptError, match=f"{dataset}.{variable}: a text of over 200 bytes"):
        split_long(frame, SCHEMAS[dataset])


def test_short_text_is_left_as_it_is():
    frame = events(["Rash", None])
    records, supp = split_long(frame, SDTM["AE"])
    assert records.equals(frame) and supp is None
