"""What is read of a Define-XML."""

from pathlib import Path

import duckdb
import pytest

from flows.define_file import define_tables
from flows.problems import RawFileError

DEFINE = """<?xml version="1.0"?>
<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" xmlns:def="http://www.cdisc.org/ns/def/v2.1"
     xmlns:xlink="http://www.w3.org/1999/xlink">
<Study OID="S"><MetaDataVersion OID="MDV.1">
<def:ValueListDef OID="VL.VS"><ItemRef ItemOID="IT.VS.VSORRES.TEMP" Mandatory="No">
  <def:WhereClauseRef WhereClauseOID="WC.TEMP"/></ItemRef></def:ValueListDef>
<def:WhereClauseDef OID="WC.TEMP"><RangeCheck Comparator="IN" SoftHard="Soft" def:ItemOID="IT.VS.VSTESTCD">
  <CheckValue>TEMP</CheckValue><CheckValue>TEMPX</CheckValue></RangeCheck></def:WhereClauseDef>
<ItemGroupDef OID="IG.VS" Name="VS" Domain="VS" Repeating="Yes" IsReferenceData="No" Purpose="Tabulation"
    def:Structure="One record per sign" def:ArchiveLocationID="LF.VS">
  <Description><TranslatedText>Vital  Signs</TranslatedText></Description>
  <ItemRef ItemOID="IT.VS.VSTESTCD" OrderNumber="1" Mandatory="Yes" KeySequence="2" Role="Topic"/>
  <ItemRef ItemOID="IT.VS.VSORRES" OrderNumber="2" Mandatory="No" MethodOID="MT.1"/>
  <def:Class Name="FINDINGS"/>
  <def:leaf ID="LF.VS" xlink:href="vs.xpt"><def:title>vs.xpt</def:title></def:leaf>
</ItemGroupDef>
<ItemDef OID="IT.VS.VSTESTCD" Name="VSTESTCD" DataType="text" Length="8">
  <Description><TranslatedText>Short Name</TranslatedText></Description>
  <CodeListRef CodeListOID="CL.1"/><def:Origin Type="Assigned" Source="Sponsor"/></ItemDef>
<ItemDef OID="IT.VS.VSORRES" Name="VSORRES" DataType="text" Length="10"><def:ValueListRef ValueListOID="VL.VS"/>
  <def:Origin Type="Collected"><def:DocumentRef leafID="LF.acrf"><def:PDFPageRef PageRefs="3 4" Type="PhysicalRef"/>
  </def:DocumentRef></def:Origin></ItemDef>
<ItemDef OID="IT.VS.VSORRES.TEMP" Name="VSORRES" DataType="float" Length="4" SignificantDigits="1"/>
<CodeList OID="CL.1" Name="Signs" DataType="text">
  <CodeListItem CodedValue="TEMP" OrderNumber="1"><Decode><TranslatedText>Temperature</TranslatedText></Decode>
    <Alias Name="C174446" Context="nci:ExtCodeID"/></CodeListItem>
  <CodeListItem CodedValue="TEMPX" def:ExtendedValue="Yes"/>
  <Alias Name="C66741" Context="nci:ExtCodeID"/></CodeList>
<MethodDef OID="MT.1" Name="Rule" Type="Computation"><Description><TranslatedText>As is</TranslatedText></Description>
</MethodDef>
</MetaDataVersion></Study></ODM>
"""


def tables(path: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    define_tables(con, {"SDTM": path})
    return con


def test_datasets_variables_values_and_codelists(tmp_path):
    path = tmp_path / "define.xml"
    path.write_text(DEFINE)
    con = tables(path)
    asked = "SELECT standard, dataset, label, class, structure, href FROM define.datasets"
    assert con.sql(asked).fetchall() == [("SDTM", "VS", "Vital Signs", "FINDINGS", "One record per sign", "vs.xpt")]
    asked = """SELECT variable, position, mandatory, key, label, type, length, codelist, valuelist, method, origin,
            pages
        FROM define.variables ORDER BY position"""
    assert con.sql(asked).fetchall() == [
        ("VSTESTCD", 1, "Yes", 2, "Short Name", "text", 8, "CL.1", None, None, "Assigned", None),
        ("VSORRES", 2, "No", None, None, "text", 10, None, "VL.VS", "MT.1", "Collected", "3 4"),
    ]
    asked = 'SELECT dataset, variable, clause, type, length, digits FROM define."values"'
    assert con.sql(asked).fetchall() == [("VS", "VSORRES", "WC.TEMP", "float", 4, 1)]
    asked = "SELECT clause, dataset, variable, comparator, value FROM define.wheres ORDER BY value"
    assert con.sql(asked).fetchall() == [
        ("WC.TEMP", "VS", "VSTESTCD", "IN", "TEMP"),
        ("WC.TEMP", "VS", "VSTESTCD", "IN", "TEMPX"),
    ]
    asked = "SELECT term, decode, code, extended FROM define.terms ORDER BY rank"
    assert con.sql(asked).fetchall() == [("TEMP", "Temperature", "C174446", None), ("TEMPX", None, None, "Yes")]


def test_a_document_type_is_refused(tmp_path):
    path = tmp_path / "define.xml"
    path.write_text('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><ODM/>')
    with pytest.raises(RawFileError, match="has a DOCTYPE"):
        tables(path)


def test_a_file_that_is_no_define_xml_is_named(tmp_path):
    path = tmp_path / "define.xml"
    for text, words in (("<ODM>", "is not XML"), ("<html/>", "is not a Define-XML")):
        path.write_text(text)
        with pytest.raises(RawFileError, match=f"define.xml: {words}"):
            tables(path)
