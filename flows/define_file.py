"""A Define-XML 2.0 or 2.1 file as tables `define.*`: what it says of datasets, variables, values, codelists, methods.

datasets    standard, dataset, oid, domain, label, class, structure, repeating, reference_data, purpose, no_data, href
variables   standard, dataset, variable, oid, position, mandatory, key, role, label, type, length, digits, format,
            codelist, valuelist, method, comment, origin, source, predecessor, pages
values      standard, dataset, variable, oid, valuelist, clause, mandatory, type, length, digits, codelist, method,
            origin
wheres      standard, clause, dataset, variable, comparator, value (a record per value; variable of another dataset
            where the clause says so)
codelists   standard, codelist, name, type, code, external, version
terms       standard, codelist, term, decode, code, extended, rank
methods     standard, method, name, type, words
comments    standard, comment, words
leaves      standard, leaf, href, title
oids        standard, kind, oid, times: what is defined, and how often
references  standard, kind, oid, place: what is referred to, and by which
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import duckdb

from flows.problems import Problem, RawFileError

TABLES = {
    "datasets": "dataset oid domain label class structure repeating reference_data purpose no_data href",
    "variables": "dataset variable oid position:INTEGER mandatory key:INTEGER role label type length:INTEGER "
    "digits:INTEGER format codelist valuelist method comment origin source predecessor pages",
    "values": "dataset variable oid valuelist clause mandatory type length:INTEGER digits:INTEGER codelist method "
    "origin",
    "wheres": "clause dataset variable comparator value",
    "codelists": "codelist name type code external version",
    "terms": "codelist term decode code extended rank:INTEGER",
    "methods": "method name type words",
    "comments": "comment words",
    "leaves": "leaf href title",
    "oids": "kind oid times:INTEGER",
    "references": "kind oid place",
}
# attribute that refers -> what it refers to
REFERS = {
    "ItemOID": "ItemDef", "MethodOID": "MethodDef", "CodeListOID": "CodeList", "ValueListOID": "ValueListDef",
    "WhereClauseOID": "WhereClauseDef", "CommentOID": "CommentDef", "leafID": "leaf", "StandardOID": "Standard",
    "ArchiveLocationID": "leaf", "ItemGroupOID": "ItemGroupDef",
}  # fmt: skip


def define_tables(con: duckdb.DuckDBPyConnection, files: dict[str, Path]) -> None:
    """All tables, empty where a standard has no file. `files`: SDTM, ADaM -> its define.xml."""
    con.execute("CREATE SCHEMA define")
    for name, columns in TABLES.items():
        typed = (column.partition(":") for column in columns.split())
        shape = ", ".join(f'"{column}" {kind or "VARCHAR"}' for column, _, kind in typed)
        con.execute(f'CREATE TABLE define."{name}" (standard VARCHAR, {shape})')
    for standard, path in files.items():
        for name, rows in tables_of(parsed(path)).items():
            if rows:
                marks = ", ".join("?" * (len(TABLES[name].split()) + 1))
                con.executemany(f'INSERT INTO define."{name}" VALUES ({marks})', [(standard, *row) for row in rows])


def parsed(path: Path) -> ET.Element:
    """The document, its names without namespaces; one with a DOCTYPE is refused: it may name files of this machine."""
    data = path.read_bytes()
    if b"<!DOCTYPE" in data:
        raise RawFileError([Problem(str(path), "", "has a DOCTYPE; a Define-XML has none")])
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        raise RawFileError([Problem(str(path), "", f"is not XML: {error}")]) from None
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        for key in [key for key in element.attrib if "}" in key]:
            element.attrib[key.rpartition("}")[2]] = element.attrib.pop(key)
    if root.tag != "ODM" or root.find(".//MetaDataVersion") is None:
        raise RawFileError([Problem(str(path), "", "is not a Define-XML: no ODM with a MetaDataVersion")])
    return root


def tables_of(root: ET.Element) -> dict[str, list[tuple]]:
    """Table -> its records, without the standard."""
    version = root.find(".//MetaDataVersion")
    items = {item.get("OID"): item for item in version.findall("ItemDef")}
    leaves = {leaf.get("ID"): leaf.get("href") for leaf in version.iter("leaf")}
    found: dict[str, list[tuple]] = {name: [] for name in TABLES}
    place_of, lists = {}, {}
    for group in version.findall("ItemGroupDef"):
        dataset, klass = group.get("Name"), group.find("Class")
        found["datasets"].append((
            dataset, group.get("OID"), group.get("Domain"), words(group.find("Description")),
            group.get("Class") or (klass.get("Name") if klass is not None else None), group.get("Structure"),
            group.get("Repeating"), group.get("IsReferenceData"), group.get("Purpose"), group.get("HasNoData"),
            leaves.get(group.get("ArchiveLocationID")),
        ))  # fmt: skip
        for number, reference in enumerate(group.findall("ItemRef"), 1):
            item = items.get(reference.get("ItemOID"), ET.Element("ItemDef"))
            variable, values = item.get("Name"), item.find("ValueListRef")
            place_of[reference.get("ItemOID")] = (dataset, variable)
            valuelist = values.get("ValueListOID") if values is not None else None
            lists[valuelist] = (dataset, variable)
            origin = item.find("Origin")
            origin = ET.Element("Origin") if origin is None else origin
            page = origin.find(".//PDFPageRef")
            found["variables"].append((
                dataset, variable, reference.get("ItemOID"), whole(reference.get("OrderNumber")) or number,
                reference.get("Mandatory"), whole(reference.get("KeySequence")), reference.get("Role"),
                words(item.find("Description")), item.get("DataType"), whole(item.get("Length")),
                whole(item.get("SignificantDigits")), item.get("DisplayFormat"), codelist_of(item), valuelist,
                reference.get("MethodOID"), item.get("CommentOID"), origin.get("Type"), origin.get("Source"),
                words(origin.find("Description")), page.get("PageRefs") if page is not None else None,
            ))  # fmt: skip
    for group in version.findall("ValueListDef"):
        dataset, variable = lists.get(group.get("OID"), (None, None))
        for reference in group.findall("ItemRef"):
            item = items.get(reference.get("ItemOID"), ET.Element("ItemDef"))
            origin = item.find("Origin")
            for where in reference.findall("WhereClauseRef"):
                found["values"].append((
                    dataset, variable, reference.get("ItemOID"), group.get("OID"), where.get("WhereClauseOID"),
                    reference.get("Mandatory"), item.get("DataType"), whole(item.get("Length")),
                    whole(item.get("SignificantDigits")), codelist_of(item), reference.get("MethodOID"),
                    origin.get("Type") if origin is not None else None,
                ))  # fmt: skip
    for where in version.findall("WhereClauseDef"):
        for check in where.findall("RangeCheck"):
            dataset, variable = place_of.get(check.get("ItemOID"), (None, None))
            for value in check.findall("CheckValue"):
                found["wheres"].append((where.get("OID"), dataset, variable, check.get("Comparator"), value.text))
    for codelist in version.findall("CodeList"):
        oid, external = codelist.get("OID"), codelist.find("ExternalCodeList")
        outside = (external.get("Dictionary"), external.get("Version")) if external is not None else (None, None)
        found["codelists"].append((oid, codelist.get("Name"), codelist.get("DataType"), code_of(codelist), *outside))
        for number, term in enumerate([*codelist.findall("CodeListItem"), *codelist.findall("EnumeratedItem")], 1):
            found["terms"].append((
                oid, term.get("CodedValue"), words(term.find("Decode")), code_of(term), term.get("ExtendedValue"),
                whole(term.get("OrderNumber")) or number,
            ))  # fmt: skip
    for method in version.findall("MethodDef"):
        said = words(method.find("Description"))
        found["methods"].append((method.get("OID"), method.get("Name"), method.get("Type"), said))
    for comment in version.findall("CommentDef"):
        found["comments"].append((comment.get("OID"), words(comment.find("Description"))))
    for leaf in version.iter("leaf"):
        title = leaf.find("title")
        found["leaves"].append((leaf.get("ID"), leaf.get("href"), title.text if title is not None else None))
    times: dict[tuple[str, str], int] = {}
    for element in version.iter():
        own = element.get("ID") if element.tag == "leaf" else element.get("OID")
        if own and element.tag != "ItemGroupRef":
            times[element.tag, own] = times.get((element.tag, own), 0) + 1
        for attribute, kind in REFERS.items():
            if element.get(attribute):
                place = element.get("OID") or element.get("Name") or element.tag
                found["references"].append((kind, element.get(attribute), place))
    found["oids"] = [(*key, number) for key, number in times.items()]
    return found


def words(element: ET.Element | None) -> str | None:
    """The text of a Description or Decode."""
    text = None if element is None else " ".join("".join(element.itertext()).split())
    return text or None


def codelist_of(item: ET.Element) -> str | None:
    reference = item.find("CodeListRef")
    return reference.get("CodeListOID") if reference is not None else None


def code_of(element: ET.Element) -> str | None:
    """Its NCI code."""
    alias = element.find("Alias[@Context='nci:ExtCodeID']")
    return alias.get("Name") if alias is not None else None


def whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\d+", text) else None
