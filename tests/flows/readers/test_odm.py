"""ODM files as systems write them, and hostile ones."""

import pytest

from flows.problems import RawFileError
from flows.readers import odm
from schemas.study import Source
from tests.flows.readers.conftest import SOURCE

ODM = {"format": "odm", "itemgroup": "IG.AE", "columns": {"SUBJID": "SubjectKey", "AETERM": "IT.TERM"}}
STUDY = """<Study OID="S"><MetaDataVersion OID="M">
<ItemGroupDef OID="IG.AE" Name="AE" Repeating="Yes"><ItemRef ItemOID="IT.TERM"/><ItemRef ItemOID="IT.SER"/>
<ItemRef ItemOID="IT.DOSE"/></ItemGroupDef>
<ItemDef OID="IT.SER" Name="Serious" DataType="text"><CodeListRef CodeListOID="CL.NY"/></ItemDef>
<CodeList OID="CL.NY" Name="NY" DataType="text"><CodeListItem CodedValue="Y"><Decode><TranslatedText>Yes
</TranslatedText></Decode></CodeListItem><EnumeratedItem CodedValue="N"/></CodeList>
</MetaDataVersion></Study>"""
AE = """<SubjectData SubjectKey="001"><SiteRef LocationOID="01"/><StudyEventData StudyEventOID="SE.AE">
<FormData FormOID="F.AE" FormRepeatKey="1"><ItemGroupData ItemGroupOID="IG.OTHER"/>
<ItemGroupData ItemGroupOID="IG.AE" ItemGroupRepeatKey="7">
<ItemData ItemOID="IT.TERM" Value="fever &#10;&lt; 38 &amp; up"/>
<ItemDataString ItemOID="IT.SER">N</ItemDataString>
<ItemData ItemOID="IT.DOSE" Value="5"><MeasurementUnitRef MeasurementUnitOID="MU.MG"/></ItemData>
</ItemGroupData></FormData></StudyEventData></SubjectData>"""


def document(data: str, kind: str = "Snapshot", study: str = "", before: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{before}<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" '
        f'xmlns:x="urn:vendor" ODMVersion="1.3.2" FileType="{kind}">{study}<ClinicalData StudyOID="S">{data}'
        "</ClinicalData></ODM>"
    ).encode()


def test_each_group_is_a_row_with_its_keys_and_its_items(read):
    columns = ("SubjectKey", "LocationOID", "FormOID", "FormRepeatKey", "ItemGroupRepeatKey", "IT.TERM", "IT.SER")
    assert read(document(AE, study=STUDY), *columns, **ODM) == [
        (2, "001", "01", "F.AE", "1", "7", "fever \n< 38 & up", "N")
    ]
    assert read(document(AE, study=STUDY), "IT.DOSE", "IT.DOSE.unit", **ODM) == [(2, "5", "MU.MG")]


def test_a_file_says_which_items_and_groups_it_has_and_which_codes_they_take(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(document(AE, study=STUDY))
    source = Source.model_validate(SOURCE | ODM)
    assert odm.header(path, "x", source)[-4:] == ["IT.TERM", "IT.SER", "IT.DOSE", "IT.DOSE.unit"]
    assert odm.parts(path, "x") == {"IG.OTHER": 1, "IG.AE": 1}
    assert odm.codes(path, "x") == {"IT.SER": {"Y": "Yes", "N": ""}}
    # without definitions an item that nobody has answered is not missing
    path.write_bytes(document(AE.replace("IT.TERM", "IT.OTHER")))
    assert {"IT.TERM", "IT.OTHER"} <= set(odm.header(path, "x", source))


def test_what_is_unanswered_is_blank_and_what_a_vendor_adds_is_not_read(read):
    data = AE.replace('Value="fever &#10;&lt; 38 &amp; up"', 'IsNull="Yes"')
    data = data.replace(
        "<ItemDataString", '<x:ItemData ItemOID="IT.TERM" Value="vendor"><ItemData/></x:ItemData><ItemDataString'
    )
    assert read(document(data), "IT.TERM", "IT.SER", **ODM) == [(2, "", "N")]


def test_chinese_text_in_its_national_encoding(read):
    content = document(AE.replace("fever", "发热")).decode().replace("UTF-8", "GB18030").encode("gb18030")
    assert read(content, "IT.TERM", **ODM) == [(2, "发热 \n< 38 & up")]


def test_a_group_that_stands_on_several_forms_is_read_from_the_one_that_is_named(read):
    other = AE.replace("F.AE", "F.SAE").replace(">N<", ">Y<")
    assert read(document(AE + other), "IT.SER", **ODM) == [(2, "N"), (4, "Y")]
    assert read(document(AE + other), "IT.SER", **ODM, odm_form="F.SAE") == [(4, "Y")]


def test_a_snapshot_shows_what_there_is_whatever_its_transaction_types_say(read):
    data = AE.replace('Key="7"', 'Key="7" TransactionType="Remove"')
    assert read(document(data), "IT.SER", "TransactionType", **ODM) == [(2, "N", "Snapshot")]
    twice = AE.replace("<ItemDataString", '<ItemData ItemOID="IT.SER" Value="Y"/><ItemDataString')
    assert read(document(twice), "IT.SER", **ODM) == [(2, "names item IT.SER twice")]


def test_transactions_are_inherited_and_say_only_what_they_change(read):
    def group(kind: str, items: str) -> str:
        return f'<ItemGroupData ItemGroupOID="IG.AE" ItemGroupRepeatKey="1"{kind}>{items}</ItemGroupData>'

    def item(value: str, kind: str = "") -> str:
        return f'<ItemData ItemOID="IT.TERM" {value}{kind}/>'

    inside = (
        group("", item('Value="a"'))
        + group(' TransactionType="Update"', item('Value="b"', ' TransactionType="Remove"'))
        + group(' TransactionType="Context"', item('Value="c"', ' TransactionType="Update"'))
        + group(' TransactionType="Context"', item('Value="d"'))
        + group(' TransactionType="Upsert"', "")
    )
    data = (
        '<SubjectData SubjectKey="1" TransactionType="Insert"><StudyEventData StudyEventOID="E"><FormData FormOID="F">'
        f"{inside}</FormData></StudyEventData></SubjectData>"
    )
    keys = ODM | {"mode": "transactional"}
    assert read(document(data, "Transactional"), "TransactionType", "IT.TERM", **keys) == [
        (1, "Insert", "a"),
        (2, "Update", ""),
        (3, "Update", "c"),
        (4, "Context", None),
        (5, "Upsert", None),
    ]


def test_a_form_that_is_removed_is_a_row_after_those_within_it(read):
    data = (
        '<SubjectData SubjectKey="1" TransactionType="Context"><StudyEventData StudyEventOID="E"><FormData FormOID="F" '
        'TransactionType="Remove"><ItemGroupData ItemGroupOID="IG.AE"/></FormData></StudyEventData></SubjectData>'
    )
    columns = ("SubjectKey", "FormOID", "ItemGroupOID", "TransactionType")
    assert read(document(data, "Transactional"), *columns, **ODM | {"mode": "transactional"}) == [
        (1, "1", "F", "IG.AE", "Remove"),
        (2, "1", "F", None, "Remove"),
    ]


def test_transactions_need_a_source_that_knows_them(read):
    said = read.refused(document(AE, "Transactional"), **ODM)
    assert said == 'x: is Transactional, and its source has mode = "cumulative"'


BOMB = '<!DOCTYPE ODM [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE ODM [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "doctype", [BOMB, OUTSIDE, "<!DOCTYPE ODM>", '<!DOCTYPE ODM SYSTEM "http://127.0.0.1/odm.dtd">']
)
def test_any_doctype_is_refused_before_anything_of_it_is_read(read, doctype):
    said = read.refused(document(AE.replace("fever", "&c;"), before=doctype), **ODM)
    assert said == "x: line 2: has a DOCTYPE, which can name other files and entities: it is not read any further"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "x: line 1: is no XML that can be read: no element found"),
        (document(AE)[:-40], "is no XML that can be read: unclosed token"),
        (document(AE).replace(b"fever", b"&fever;"), "is no XML that can be read: undefined entity"),
        (document(AE).replace(b"UTF-8", b"KLINGON"), "x: line 1: unknown encoding: klingon"),
        (document(AE).replace(b"UTF-8", b"GB18030").replace(b"fever", b"\xff"), "can't decode byte 0xff"),
        (document(AE).replace(b"fever", b"\xff"), "is no XML that can be read: not well-formed (invalid token)"),
        (b"<html/>", "x: line 1: is no ODM 1.3 file: it begins with html of namespace none"),
        (document(AE).replace(b"odm/v1.3", b"odm/v2.0"), "is no ODM 1.3 file: it begins with ODM of namespace http"),
        (document(AE, "Archive"), "has no FileType, which must be Snapshot or Transactional"),
        (document("<a>" * 200 + "</a>" * 200), "has elements nested more than 100 deep"),
    ],
)
def test_what_is_no_odm_file_is_refused_with_its_line(read, content, said):
    assert said in read.refused(content, **ODM)


@pytest.mark.parametrize("place", ["attribute", "text"])
def test_a_value_without_end_is_refused_before_it_fills_the_memory(read, tmp_path, monkeypatch, place):
    monkeypatch.setattr(odm, "LONGEST", 1 << 20)
    monkeypatch.setattr(odm, "BLOCK", 1 << 16)
    old, new = ("fever", "x" * (4 << 20)) if place == "attribute" else (">N<", f">{'x' * (4 << 20)}<")
    said = read.refused(document(AE.replace(old, new)), **ODM)
    assert "of more than 1,048,576" in said


def test_a_large_file_is_read_in_bounded_memory(tmp_path, monkeypatch):
    import tracemalloc

    monkeypatch.setattr(odm, "CHUNK", 500)
    path = tmp_path / "x"
    path.write_bytes(document(AE * 20_000))  # 10 MB
    source = Source.model_validate(SOURCE | ODM)
    tracemalloc.start()
    rows = sum(part.table.num_rows for part in odm.rows(path, "x", source, ["SubjectKey", "IT.TERM"]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows == 20_000
    assert peak < 8 << 20


def test_a_file_that_breaks_off_gives_no_rows_in_silence(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(document(AE * 3)[:-900])
    with pytest.raises(RawFileError):
        list(odm.rows(path, "x", Source.model_validate(SOURCE | ODM), ["IT.TERM"]))


def test_rows_of_the_group_on_another_form_are_counted(tmp_path):
    data = AE + AE.replace("F.AE", "F.OLD").replace("001", "002")
    (tmp_path / "x").write_bytes(document(data))
    source = Source.model_validate(SOURCE | ODM | {"odm_form": "F.AE"})
    (rows,) = odm.rows(tmp_path / "x", "x", source, ["SubjectKey"])
    assert rows.table.column("SubjectKey").to_pylist() == ["001"]
    assert rows.others == 1


@pytest.mark.parametrize("encoding", ["zlib", "rot13", "hex", "quopri", "klingon"])
def test_an_encoding_that_is_none_is_named(read, encoding):
    content = document(AE).replace(b"UTF-8", encoding.encode())
    assert encoding in read.refused(content, "IT.TERM", **ODM)
