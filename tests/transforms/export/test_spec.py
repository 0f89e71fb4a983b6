import io
import xml.etree.ElementTree as ET

import pandas as pd

from schemas.adam import DATASETS as ADAM
from schemas.sdtm import DATASETS as SDTM
from transforms.export.define import About, Method, Texts, described, write_define
from transforms.export.spec import SHEETS, joined, spec_of
from transforms.export.xpt import text_lengths

STANDARD = About("S1", "A pilot", "SDTMIG", "3.4", {"SDTM": "2025-03-28"}, {}, "2024-05-01T02:00:00Z", ("tm", "1"))
ANALYSIS = STANDARD._replace(standard="ADaMIG", version="1.3", terminology={"SDTM": "2025-03-28", "ADaM": "2025-03-28"})
DM = {"STUDYID": ["S1"], "USUBJID": ["S1-1"], "SEX": ["F"], "RFICDTC": ["2020-05-09"], "DTHFL": ["Y"]}
VS = {
    "STUDYID": ["S1", "S1"], "USUBJID": ["S1-1", "S1-1"], "VSTESTCD": ["TEMP", "WEIGHT"],
    "VSTEST": ["Temperature", "Weight"], "VSORRES": ["36.6", "70"],
}  # fmt: skip
ADSL = {"STUDYID": ["S1"], "USUBJID": ["S1-1"], "SEX": ["F"]}


def define(about, frames, schemas, texts=None, **more):
    frames = {name: pd.DataFrame(columns).astype("category") for name, columns in frames.items()}
    lengths = text_lengths(frames.items())
    file = io.BytesIO()
    datasets = [described(frame, schemas[name], lengths[name]) for name, frame in frames.items()]
    write_define(about, datasets, file, texts or Texts(), **more)
    return ET.fromstring(file.getvalue())


def rows(spec, sheet, *headings):
    return [tuple(row[name] for name in headings) for row in spec[sheet]]


def sdtm(**more):
    texts = Texts(methods={("DM", "DTHFL"): Method("DM.DTHFL", "Y where there is a date of death.")}, **more)
    documents = {"acrf.pdf": "Annotated CRF"}
    return define(STANDARD, {"DM": DM, "VS": VS}, SDTM, texts, pages={("DM", "SEX"): [2, 5]}, documents=documents)


def test_each_sheet_says_what_define_xml_says():
    spec = spec_of([sdtm()])
    assert list(spec) == list(SHEETS)
    assert rows(spec, "Study", "Attribute", "Value")[:2] == [("StudyName", "S1"), ("StudyDescription", "A pilot")]
    assert rows(spec, "Standards", "Name", "Publishing Set", "Version") == [
        ("SDTMIG", "", "3.4"), ("CDISC/NCI", "SDTM", "2025-03-28")
    ]  # fmt: skip
    assert rows(spec, "Datasets", "Dataset", "Key Variables", "Standard") == [
        ("DM", "STUDYID, USUBJID", "SDTMIG 3.4"), ("VS", "STUDYID, USUBJID, VSTESTCD", "SDTMIG 3.4")
    ]  # fmt: skip
    sex = next(row for row in spec["Variables"] if row["Variable"] == "SEX")
    assert (sex["Order"], sex["Data Type"], sex["Length"], sex["Mandatory"], sex["Pages"]) == (
        "3", "text", "1", "Yes", "2, 5"
    )  # fmt: skip
    assert rows(spec, "Methods", "ID", "Description") == [("DM.DTHFL", "Y where there is a date of death.")]
    assert ("acrf.pdf", "Annotated CRF") in rows(spec, "Documents", "Href", "Title")


def test_a_codelist_has_a_row_a_term_with_its_code_and_decode():
    found = [row for row in spec_of([sdtm()])["Codelists"] if row["NCI Codelist Code"] == "C66731"]
    assert ("F", "C16576", "Female") in [(row["Term"], row["NCI Term Code"], row["Decoded Value"]) for row in found]
    assert {row["Terminology"] for row in found} == {"CDISC/NCI SDTM 2025-03-28"}


def test_value_level_names_its_where_clause():
    spec = spec_of([sdtm()])
    assert rows(spec, "ValueLevel", "Variable", "Where Clause", "Label", "Data Type") == [
        ("VSORRES", "VS.TEMP", "Temperature", "float"), ("VSORRES", "VS.WEIGHT", "Weight", "integer")
    ]  # fmt: skip
    assert rows(spec, "WhereClauses", "ID", "Variable", "Comparator", "Value") == [
        ("VS.TEMP", "VSTESTCD", "EQ", "TEMP"), ("VS.WEIGHT", "VSTESTCD", "EQ", "WEIGHT")
    ]  # fmt: skip


def test_two_standards_are_one_specification_and_say_what_they_share_once():
    spec = spec_of([sdtm(), define(ANALYSIS, {"ADSL": ADSL}, ADAM)])
    assert rows(spec, "Datasets", "Dataset", "Standard")[2] == ("ADSL", "ADaMIG 1.3")
    assert rows(spec, "Standards", "Publishing Set").count(("SDTM",)) == 1
    assert rows(spec, "Study", "Attribute").count(("StudyName",)) == 1


def test_rows_are_numbered_and_columns_lettered_as_in_the_workbook():
    spec = spec_of([sdtm()])
    assert [row.number for row in spec["Datasets"]] == [2, 3]
    assert spec["Variables"][0].columns["Label"] == "D"


def test_several_values_stand_in_one_cell_and_a_comma_in_quotes():
    assert joined(["A", "B, C"]) == 'A, "B, C"'
    assert joined(["B, C"]) == "B, C"
