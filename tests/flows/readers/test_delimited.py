"""CSV in the dialects and encodings that sites use; tests/flows/test_sources.py has the rest."""

import codecs
import resource

import pytest

from flows.readers import delimited

CSV = {"format": "csv", "encoding": "utf-8", "delimiter": ",", "decimal": "."}
TEXT = "SUBJ,TERM\n001,发热\n002,fièvre “38 °C”\n"
ROWS = [(2, "001", "发热"), (3, "002", "fièvre “38 °C”")]


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("utf-8", codecs.BOM_UTF8 + TEXT.encode()),
        ("gb18030", TEXT.encode("gb18030")),
        ("utf-16", codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")),
        ("utf-16", codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")),
        ("utf-16-le", codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")),
        ("utf-16-be", TEXT.encode("utf-16-be")),
    ],
)
def test_every_encoding_gives_the_same_text(read, encoding, content):
    assert read(content, **CSV | {"encoding": encoding}) == ROWS


def test_western_text_with_the_quotation_marks_of_windows(read):
    content = "SUBJ,TERM\n001,it’s “red” – 5 €\n".encode("cp1252")
    assert read(content, **CSV | {"encoding": "cp1252"}) == [(2, "001", "it’s “red” – 5 €")]


@pytest.mark.parametrize("mark", ["\t", "|", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_mark_between_columns_and_every_line_end(read, mark, end):
    content = f'SUBJ{mark}TERM{end}001{mark}"a{mark} b"{end}002{mark}{end}'
    assert read(content.encode(), **CSV | {"delimiter": mark}) == [(2, "001", f"a{mark} b"), (3, "002", "")]


def test_nothing_but_the_declared_encoding_is_tried(read):
    said = read.refused(b"SUBJ,TERM\r\n001,ok\r\n002,\x93x\x94\r\n", **CSV)
    assert said == "x: line 3, byte 24 of the file: byte 0x93 is not utf-8"
    assert "BOM" in read.refused(TEXT.encode("utf-16-le"), **CSV | {"encoding": "utf-16"})


def test_a_file_that_ends_within_a_letter_is_refused(read):
    content = "SUBJ,TERM\n001,发".encode("gb18030")[:-1]
    assert "is not gb18030" in read.refused(content, **CSV | {"encoding": "gb18030"})


def test_a_bad_byte_is_located_across_blocks(read, monkeypatch):
    monkeypatch.setattr(delimited, "BLOCK", 32)
    content = "SUBJ,TERM\r\n" + "001,发热\r\n" * 40
    said = read.refused(content.encode() + b"002,\xff\r\n", **CSV)
    assert said == f"x: line 42, byte {len(content.encode()) + 5} of the file: byte 0xff is not utf-8"


def test_an_endless_line_is_refused_in_bounded_memory(read, monkeypatch):
    monkeypatch.setattr(delimited, "BLOCK", 1 << 20)
    with read.path.open("wb") as file:
        file.write(b"SUBJ,TERM\n" + b"001,x\n" * 200_000 + b"002,")
        for _ in range(128):
            file.write(b"y" * (1 << 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = read.refused(read.path, **CSV)
    assert "is longer than 1,048,576 bytes, or has a quotation mark that is never closed" in said
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 120 << 10  # kB, less than the line


def test_a_file_that_is_one_endless_line_is_refused(read):
    assert "has no complete line" in read.refused(b"y" * (4 << 20), **CSV)
