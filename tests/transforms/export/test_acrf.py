import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pypdf import PdfReader

from flows.study_file import read_study
from schemas.sdtm import DATASETS
from transforms.export.acrf import write_acrf

STUDIES = Path(__file__).parents[3] / "studies"


def drawn(name, there=None):
    """The study's annotated CRF as PDF, and where its annotations stand."""
    file = io.BytesIO()
    acrf = write_acrf(read_study(STUDIES / name), file, there)
    return file.getvalue(), acrf


@pytest.fixture(scope="module", params=["admsc_psoriasis", "cdisc_pilot"])
def both(request):
    """Each study's pages as text, without the breaks within boxes, and where its annotations stand."""
    content, acrf = drawn(request.param)
    pages = PdfReader(io.BytesIO(content)).pages
    return [" ".join(page.extract_text().split()) for page in pages], acrf


@pytest.fixture(scope="module")
def psoriasis():
    content, acrf = drawn("admsc_psoriasis")
    return PdfReader(io.BytesIO(content)), acrf


def text(reader, page):
    return " ".join(reader.pages[page - 1].extract_text().split())


def test_each_annotation_stands_on_the_page_that_is_told(both):
    pages, acrf = both
    assert acrf.variables
    for (dataset, variable), numbers in acrf.variables.items():
        assert numbers
        for number in numbers:
            assert variable in pages[number - 1], f"{dataset}.{variable} is not on page {number}"


def test_each_condition_stands_on_the_page_that_is_told(both):
    pages, acrf = both
    for (dataset, variable, where), numbers in acrf.values.items():
        for _, value in where:
            assert all(value in pages[number - 1] for number in numbers), f"{dataset}.{variable} where {value}"


def test_every_collected_variable_with_data_has_a_page(published):
    frames = {path.stem: path for path in sorted((published / "current" / "sdtm").glob("*.parquet"))}
    frames = {name: pq.read_table(path).to_pandas() for name, path in frames.items()}
    there = {
        name: list(frame["QNAM"].unique()) if name.startswith("SUPP") else list(frame) for name, frame in frames.items()
    }
    _, acrf = drawn("admsc_psoriasis", there)
    lacking = [
        f"{dataset}.{name}"
        for dataset, frame in frames.items()
        for name, column in DATASETS[dataset].columns.items()
        if name in frame and frame[name].notna().any() and column.metadata["origin"] == "Collected"
        and not acrf.pages(dataset, name)
    ]  # fmt: skip
    assert lacking == []
    qualifiers = [(name, qnam) for name, own in there.items() if name.startswith("SUPP") for qnam in own]
    assert all(acrf.pages(name, "QVAL", [("QNAM", qnam)]) for name, qnam in qualifiers)


def test_every_result_of_the_data_has_a_page_of_its_own(published, psoriasis):
    reader, acrf = psoriasis
    vs = pq.read_table(published / "current" / "sdtm" / "VS.parquet").to_pandas()
    for test in vs["VSTESTCD"].unique():
        assert acrf.pages("VS", "VSORRES", [("VSTESTCD", test)])
    (page,) = acrf.pages("QS", "QSORRES", [("QSCAT", "DLQI"), ("QSTESTCD", "DLQI105")])
    assert "QSORRES when QSTESTCD = DLQI105" in text(reader, page)
    assert acrf.pages("QS", "QSORRES", [("QSTESTCD", "DLQI199")]) == []
    assert acrf.pages("SUPPEX", "QVAL", [("QNAM", "EXCELLS")]) == acrf.pages("EX", "EXADJ")
    assert acrf.origins["SUPPEX", "QVAL.EXCELLS"] == acrf.origins["EX", "EXADJ"]


def test_annotations_are_those_of_the_guideline(psoriasis):
    reader, acrf = psoriasis
    (page,) = acrf.pages("EX", "EXLOT")
    said = text(reader, page)
    for words in ("EX = Exposure", "EXLOT", "EXROUTE = INTRAVENOUS", "SUPPEX.QVAL when QNAM = EXCELLS", "SV.VISIT"):
        assert words in said
    (page,) = acrf.pages("DM", "RFICDTC")
    assert text(reader, page).count("[NOT SUBMITTED]") == 7  # two of the EDC, three of the person, STUDY, RECORD_ID


def test_chinese_fields_and_codes_read_as_they_are(psoriasis):
    reader, acrf = psoriasis
    (page,) = acrf.pages("AE", "AESHOSP")
    assert "受试者编号" in text(reader, page)
    assert "痊愈 = RECOVERED/RESOLVED" in text(reader, page)


def test_every_font_is_in_the_file(psoriasis):
    reader, _ = psoriasis
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            fonts[font["/BaseFont"]] = "/FontFile2" in font["/FontDescriptor"]
    assert len(fonts) == 3 and all(fonts.values())


def test_the_title_page_says_what_this_is(psoriasis):
    reader, _ = psoriasis
    said = text(reader, 1)
    assert "SYNTHETIC DATA: the study file says so" in said
    assert "Drawn from the study file" in said
    assert "SYNTHETIC" not in text(PdfReader(io.BytesIO(drawn("cdisc_pilot")[0])), 1)


def test_bookmarks_lead_to_each_form_by_name_and_by_visit(psoriasis):
    reader, acrf = psoriasis

    def tree(items):
        found, last = {}, ""
        for one in items:
            if isinstance(one, list):
                found[last] = tree(one)
            else:
                last = one.title
                found[last] = reader.get_destination_page_number(one) + 1
        return found

    marks = tree(reader.outline)
    assert list(marks) == ["About this document", "Visits", "Forms", "Lists of codes"]
    assert marks["Forms"]["Demographics"] == 2
    assert marks["Visits"]["WEEK 4"]["Vital Signs"] == marks["Forms"]["Vital Signs"]
    assert "Exposure" not in marks["Visits"]["FOLLOW-UP WEEK 12"]
    assert list(marks["Visits"]["At no visit of their own"])[0] == "Demographics"


def test_pages_are_numbered(psoriasis):
    reader, _ = psoriasis
    count = len(reader.pages)
    assert all(f"Page {number} of {count}" in text(reader, number) for number in range(1, count + 1))


def test_the_same_study_gives_the_same_bytes():
    assert drawn("admsc_psoriasis")[0] == drawn("admsc_psoriasis")[0]


def test_only_the_variables_of_the_package_are_annotated():
    there = {"DM": ["USUBJID", "SEX", "RACE"], "AE": ["AETERM"], "SUPPAE": ["AETERMOR"]}
    _, acrf = drawn("admsc_psoriasis", there)
    assert ("DM", "BRTHDTC") not in acrf.variables
    assert acrf.pages("SUPPAE", "QVAL", [("QNAM", "AETERMOR")]) == acrf.pages("AE", "AETERM")
