import io
import zipfile

import docx
import pypdf
import pytest

from transforms.export.document import (
    Bullets,
    Document,
    Heading,
    Open,
    Paragraph,
    Table,
    numbered,
    write_docx,
    write_pdf,
)

PARTS = [
    Heading(1, "Introduction"),
    Heading(2, "Purpose"),
    Paragraph("Events < 5 % & over, 发热 (fever) of ≥ 38 °C."),
    Open("protocol amendments"),
    Heading(2, "Standards"),
    Table("Standards", ("Standard", "Records"), (3, 1), [("SDTMIG 3.4", "1,190"), ("ADaMIG 1.3\nwith ARM 1.0", "7")]),
    Heading(1, "Data"),
    Bullets(["one", "two"]),
    Table("Long", ("Number", "Text"), (1, 3), [(str(row), f"row {row} of many") for row in range(1, 101)]),
    Heading(1, "Criteria", appendix=True),
    Paragraph("End."),
]
GUIDE = Document("Guide", "S1", "A trial", [("Study", "S1")], "SYNTHETIC DATA", "2024-05-01T02:00:00+00:00", PARTS)


def written(writer, document=GUIDE) -> bytes:
    file = io.BytesIO()
    writer(document, file)
    return file.getvalue()


@pytest.fixture(scope="module")
def pdf():
    return pypdf.PdfReader(io.BytesIO(written(write_pdf)))


@pytest.fixture(scope="module")
def word():
    return docx.Document(io.BytesIO(written(write_docx)))


def test_headings_tables_and_appendices_number_themselves():
    numbers = [number for number, _ in numbered([*PARTS, Heading(1, "More", appendix=True)])]
    assert numbers == ["1", "1.1", "", "", "1.2", "Table 1", "2", "", "Table 2", "A", "", "B"]


def test_a_level_begins_again_under_the_next_one_above():
    parts = [Heading(level, "") for level in (1, 2, 3, 3, 2, 3, 1, 2, 3)]
    numbers = [number for number, _ in numbered(parts)]
    assert numbers == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "2", "2.1", "2.1.1"]


@pytest.mark.parametrize("writer", [write_pdf, write_docx])
def test_the_same_document_has_the_same_bytes(writer):
    assert written(writer) == written(writer)


def test_the_only_time_in_a_document_is_that_of_the_snapshot(word):
    assert word.core_properties.created.isoformat() == word.core_properties.modified.isoformat()
    assert word.core_properties.created.strftime("%Y-%m-%dT%H:%M:%S") == "2024-05-01T02:00:00"
    with zipfile.ZipFile(io.BytesIO(written(write_docx))) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(2024, 5, 1, 2, 0, 0)}


def test_each_page_says_which_it_is_of_how_many_and_of_which_study(pdf):
    texts = [page.extract_text() for page in pdf.pages]
    assert len(texts) > 4
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert "SYNTHETIC DATA" in text
    assert all("S1: Guide" in text for text in texts[1:])


def test_the_headings_of_a_table_stand_on_every_page_that_it_takes(pdf):
    pages = [page.extract_text() for page in pdf.pages]
    of_table = [text for text in pages if "of many" in text]
    assert len(of_table) > 1
    assert all("Table 2. Long" in text and "Number" in text for text in of_table)


def test_the_contents_lead_to_the_headings(pdf):
    outline = [one.title for one in pdf.outline if not isinstance(one, list)]
    assert outline == ["1  Introduction", "2  Data", "Appendix A. Criteria"]
    (contents,) = [page for page in pdf.pages if "Table of contents" in page.extract_text()]
    assert len(contents["/Annots"]) >= 5
    assert "1.2 Standards" in " ".join(contents.extract_text().split())


def test_text_of_any_script_is_in_fonts_that_the_file_holds(pdf):
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "发热 (fever) of ≥ 38 °C." in text
    assert "Events < 5 % & over" in text
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"], font.get_object()["/BaseFont"]


def test_what_a_person_has_to_add_is_found_by_searching(pdf, word):
    words = "[to be completed by the sponsor: protocol amendments]"
    assert words in "".join(page.extract_text() for page in pdf.pages)
    assert words in [paragraph.text for paragraph in word.paragraphs]


def test_the_word_file_has_the_same_headings_and_cells(word):
    headings = [p.text for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert headings == ["1  Introduction", "1.1  Purpose", "1.2  Standards", "2  Data", "Appendix A. Criteria"]
    _, standards, long = word.tables
    assert [[cell.text for cell in row.cells] for row in standards.rows] == [
        ["Standard", "Records"],
        ["SDTMIG 3.4", "1,190"],
        ["ADaMIG 1.3\nwith ARM 1.0", "7"],
    ]
    assert len(long.rows) == 101
    assert "w:tblHeader" in long.rows[0]._tr.xml and "w:tblHeader" not in long.rows[1]._tr.xml


def test_a_cell_longer_than_a_page_is_written_whole():
    text = " ".join(f"word{number}" for number in range(4000))
    long = GUIDE._replace(parts=[Heading(1, "Long"), Table("Long", ("A", "B"), (1, 1), [("x", text)])])
    pages = pypdf.PdfReader(io.BytesIO(written(write_pdf, long))).pages
    found = " ".join(page.extract_text() for page in pages).split()
    assert {f"word{number}" for number in range(4000)} <= set(found)
