"""Define-XML 2.1 of the datasets of one standard, with analysis results metadata (ARM 1.0) for ADaM.

Nothing is typed here a second time: labels, roles, origins and keys are the schemas', terms those of the controlled
terminology that occur, lengths, types and value-level metadata the data's, methods the first paragraphs of the
functions and SELECTs that make the datasets.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO, NamedTuple

import numpy as np
import pandas as pd
from pandera.pandas import Column, DataFrameSchema

from schemas.terminology import codelist, meaning
from transforms.distinct import distinct
from transforms.export.xpt import FORMATS, column_of

ODM, DEF, XLINK, ARM = (
    "http://www.cdisc.org/ns/odm/v1.3",
    "http://www.cdisc.org/ns/def/v2.1",
    "http://www.w3.org/1999/xlink",
    "http://www.cdisc.org/ns/arm/v1.0",
)
XML = "http://www.w3.org/XML/1998/namespace"
for prefix, space in (("", ODM), ("def", DEF), ("xlink", XLINK), ("arm", ARM)):
    ET.register_namespace(prefix, space)

STYLESHEET = "define2-1.xsl"
FEW = 40  # different texts that make a codelist of a result's own
# a name beside its code: the codelist of the code has the names as decodes
DECODES = {"PARAMCD": "PARAM", "ARMCD": "ARM", "ACTARMCD": "ACTARM", "ETCD": "ELEMENT", "QNAM": "QLABEL"}
DECODES |= {"TSPARMCD": "TSPARM", "IETESTCD": "IETEST"}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
WHOLE = re.compile(r"[+-]?\d+")
DECIMAL = re.compile(r"[+-]?\d*\.\d+|[+-]?\d+\.?\d*")


class Facts(NamedTuple):
    """What a variable holds, over the whole study or under one condition."""

    data_type: str
    length: int | None = None
    digits: int | None = None  # after the decimal point
    terms: tuple[str, ...] | None = None  # the different texts, where they are a list


class Value(NamedTuple):
    """Value-level metadata: what a variable holds where others have these values."""

    where: tuple[tuple[str, str], ...]
    facts: Facts


class Described(NamedTuple):
    """One dataset as Define-XML needs it; no record of it is held."""

    schema: DataFrameSchema
    records: int
    facts: dict[str, Facts]
    decodes: dict[str, dict[str, str]]
    values: dict[str, list[Value]]


class About(NamedTuple):
    """The study, and the standards that its datasets follow; `created` is a time that the snapshot knows."""

    study: str
    description: str
    standard: str  # SDTMIG or ADaMIG
    version: str
    terminology: Mapping[str, str]  # publishing set (SDTM, ADaM) -> version
    dictionaries: Mapping[str, str]  # name -> version
    created: str
    source_system: tuple[str, str]


class Display(NamedTuple):
    """An analysis table: its rule, its program, the ADaM variables that it is made of, and why it is there: reason and
    purpose are terms of ARM 1.0."""

    name: str
    title: str
    rule: str
    program: str
    variables: Mapping[str, Sequence[str]]
    reason: str = "SPECIFIED IN SAP"
    purpose: str = "EXPLORATORY OUTCOME MEASURE"


def described(frame: pd.DataFrame, schema: DataFrameSchema, lengths: Mapping[str, int]) -> Described:
    """What there is to say of one dataset. `lengths`: bytes of each text variable (xpt.text_lengths)."""
    facts = {name: facts_of(frame[name], column_of(schema, name), lengths.get(name)) for name in frame}
    pairs = {code: name for code, name in decodes(schema).items() if code in frame and name in frame}
    names = {
        code: dict(frame[[code, name]].dropna().drop_duplicates(code).astype("str").itertuples(index=False))
        for code, name in pairs.items()
    }
    return Described(schema, len(frame), facts, names, value_level(frame, schema))


def decodes(schema: DataFrameSchema) -> dict[str, str]:
    """Variables with codes -> the variables with their names."""
    domain = schema.metadata["domain"]
    return DECODES | {f"{domain}TESTCD": f"{domain}TEST"}


def facts_of(values: pd.Series, column: Column, length: int | None) -> Facts:
    """Data type and length of a variable, and its terms where it has a codelist."""
    about = column.metadata
    if about["type"] == "Num":
        if about["kind"] in FORMATS:
            return Facts("integer", 8)
        return number_facts(values)
    texts = distinct(values)[0].tolist()
    if about["iso8601"] == "duration":
        return Facts("durationDatetime")
    if about["iso8601"]:
        return Facts(date_type(texts))
    listed = about["codelist"] or about["terms"] or about["value"]
    return Facts("text", length, terms=tuple(sorted(texts)) if listed else None)


def number_facts(values: pd.Series) -> Facts:
    """integer, or float with the digits after the point that the values have."""
    numbers = distinct(values)[0].astype("float64").to_numpy()
    texts = [np.format_float_positional(number, trim="-") for number in numbers]
    return text_facts(texts or ["0"])


def text_facts(texts: Sequence[str]) -> Facts:
    """What the texts of a result are: integer, float, or text with a list of terms where they are few."""
    length = max(len(text.encode()) for text in texts)
    if all(WHOLE.fullmatch(text) for text in texts):
        return Facts("integer", length)
    if all(DECIMAL.fullmatch(text) for text in texts):
        return Facts("float", length, max(len(text.partition(".")[2]) for text in texts))
    few = len(texts) <= FEW and not any(DECIMAL.fullmatch(text) for text in texts)
    return Facts("text", length, terms=tuple(sorted(texts)) if few else None)


def date_type(texts: Sequence[str]) -> str:
    """The narrowest type of ISO 8601 text (Define-XML 2.1 section 4.4): incomplete ones have hyphens for gaps."""
    if any("/" in text for text in texts):
        return "intervalDatetime"
    times = any("T" in text for text in texts)
    if all((MOMENT if times else DAY).fullmatch(text) for text in texts):
        return "datetime" if times else "date"
    gaps = any(re.search(r"(^|[-T:])-", text) for text in texts)
    return ("incomplete" if gaps else "partial") + ("Datetime" if times else "Date")


def value_level(frame: pd.DataFrame, schema: DataFrameSchema) -> dict[str, list[Value]]:
    """Result -> what it holds per test; a test of several categories, or a parameter, by all that tells it."""
    domain = schema.metadata["domain"]
    results, by = {
        "FINDINGS": ([f"{domain}ORRES"], [f"{domain}CAT", f"{domain}TESTCD"]),
        "FINDINGS ABOUT": ([f"{domain}ORRES"], [f"{domain}TESTCD", f"{domain}OBJ"]),
        "RELATIONSHIP": (["QVAL"], ["QNAM"]),
        "BASIC DATA STRUCTURE": (["AVAL", "AVALC"], ["PARAMCD"]),
    }.get(schema.metadata["class"], ([], []))
    by = [name for name in by if name in frame]
    found = {}
    for result in (name for name in results if name in frame and by):
        rows = frame[[*by, result]].dropna(subset=result).drop_duplicates().astype(dict.fromkeys(by, "str"))
        column, values = column_of(schema, result), []
        for keys, own in rows.groupby(by, sort=True, dropna=False):
            where = tuple((name, key) for name, key in zip(by, keys, strict=True) if pd.notna(key))
            if column.metadata["type"] == "Num":
                facts = number_facts(own[result])
            else:
                facts = text_facts(own[result].astype("str").tolist())
            values.append(Value(where, facts))
        if values:
            found[result] = values
    return found


def write_define(
    about: About,
    datasets: Iterable[Described],
    file: BinaryIO,
    *,
    methods: Mapping[tuple[str, str], tuple[str, str]],
    predecessors: Mapping[tuple[str, str], str] | None = None,
    pages: Mapping[tuple[str, str], Sequence[int]] | None = None,
    documents: Mapping[str, str] | None = None,
    displays: Sequence[Display] = (),
    comments: Mapping[str, str] | None = None,
) -> None:
    """One Define-XML document into the open binary `file`.

    methods        dataset, variable -> name of its method and the method in words
    predecessors   dataset, variable of ADaM -> where its values are copied from
    pages          dataset, variable -> pages of acrf.pdf
    documents      file name -> title: annotated CRF (acrf.pdf) and reviewer's guides
    displays       the analysis tables
    comments       "AE" or "AE.AETERM" -> words
    """
    writer = Writer(about, methods, predecessors or {}, pages or {}, documents or {}, comments or {})
    tree = writer.document(list(datasets), displays)
    ET.indent(tree)
    file.write(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/xsl" href="{STYLESHEET}"?>\n'.encode()
    )
    ET.ElementTree(tree).write(file, encoding="utf-8", xml_declaration=False)
    file.write(b"\n")


class Writer:
    """The parts of one document; codelists, methods and comments are gathered as the variables that use them pass."""

    def __init__(self, about: About, methods, predecessors, pages, documents, comments):
        self.about, self.documents, self.comments = about, documents, comments
        self.method_of, self.predecessors, self.pages = methods, predecessors, pages
        self.codelists: dict[tuple, ET.Element] = {}
        self.methods: dict[str, ET.Element] = {}
        self.values: list[ET.Element] = []
        self.wheres: dict[str, ET.Element] = {}
        self.items: list[ET.Element] = []

    def document(self, datasets: list[Described], displays: Sequence[Display]) -> ET.Element:
        about = self.about
        oid = f"{about.study}.{about.standard}.{about.version}"
        root = ET.Element(
            f"{{{ODM}}}ODM",
            {
                "FileOID": f"DEF.{oid}",
                "FileType": "Snapshot",
                "CreationDateTime": about.created,
                "AsOfDateTime": about.created,
                "ODMVersion": "1.3.2",
                "Originator": about.study,
                "SourceSystem": about.source_system[0],
                "SourceSystemVersion": about.source_system[1],
                f"{{{DEF}}}Context": "Submission",
            },
        )
        study = add(root, "Study", OID=f"STDY.{about.study}")
        names = add(study, "GlobalVariables")
        for name, text in (
            ("StudyName", about.study),
            ("StudyDescription", about.description),
            ("ProtocolName", about.study),
        ):
            add(names, name).text = text
        version = add(
            study,
            "MetaDataVersion",
            OID=f"MDV.{oid}",
            Name=f"Study {about.study}, {about.standard} {about.version}",
            Description=f"Data definitions of the {about.standard} {about.version} datasets of {about.study}",
            **{f"{{{DEF}}}DefineVersion": "2.1.0"},
        )
        self.standards(version)
        for place, kind in (("AnnotatedCRF", "acrf"), ("SupplementalDoc", "rg")):
            own = [name for name in self.documents if kind in name]
            if own:
                group = add(version, f"def:{place}")
                for name in own:
                    add(group, "def:DocumentRef", leafID=leaf_id(name))
        groups = [self.dataset(one) for one in datasets]
        version.extend([*self.values, *self.wheres.values(), *groups, *self.items])
        version.extend([*self.codelists.values(), *self.dictionaries(), *self.methods.values()])
        for key, words in sorted(self.comments.items()):
            described_by(add(version, "def:CommentDef", OID=f"COM.{key}"), words)
        for name, title in self.documents.items():
            add(leaf(version, name), "def:title").text = title
        if displays:
            self.results(version, displays, {one.schema.name: one for one in datasets})
        return root

    def standards(self, version: ET.Element) -> None:
        about, group = self.about, add(version, "def:Standards")
        add(group, "def:Standard", OID=self.ig, Name=about.standard, Type="IG", Version=about.version, Status="Final")
        for name, date in about.terminology.items():
            add(
                group,
                "def:Standard",
                OID=f"STD.CT.{name}",
                Name="CDISC/NCI",
                Type="CT",
                PublishingSet=name,
                Version=date,
                Status="Final",
            )

    @property
    def ig(self) -> str:
        return f"STD.{self.about.standard}"

    def dataset(self, one: Described) -> ET.Element:
        """ItemGroupDef of a dataset, with an ItemDef of each variable."""
        schema, name = one.schema, one.schema.name
        about = schema.metadata
        reference = about["class"] == "TRIAL DESIGN"
        once = reference or about["keys"] == ("STUDYID", "USUBJID")
        attributes = {
            "OID": f"IG.{name}",
            "Name": name,
            "Domain": about["domain"],
            "SASDatasetName": name,
            "Repeating": "No" if once else "Yes",
            "IsReferenceData": "Yes" if reference else "No",
            "Purpose": "Tabulation" if self.about.standard == "SDTMIG" else "Analysis",
            f"{{{DEF}}}Structure": schema.description,
            f"{{{DEF}}}StandardOID": self.ig,
            f"{{{DEF}}}ArchiveLocationID": leaf_id(f"{name.lower()}.xpt"),
        }
        if self.about.standard == "ADaMIG":
            del attributes["Domain"]
        if name in self.comments:
            attributes[f"{{{DEF}}}CommentOID"] = f"COM.{name}"
        if not one.records:
            attributes[f"{{{DEF}}}HasNoData"] = "Yes"
        group = ET.Element(f"{{{ODM}}}ItemGroupDef", attributes)
        described_by(group, schema.title)
        keys = [key for key in about["keys"] if key in one.facts]
        for order, (variable, facts) in enumerate(one.facts.items(), 1):
            column = column_of(schema, variable)
            reference_to = {
                "ItemOID": f"IT.{name}.{variable}",
                "OrderNumber": str(order),
                "Mandatory": "No" if column.nullable else "Yes",
            }
            if variable in keys:
                reference_to["KeySequence"] = str(keys.index(variable) + 1)
            if method := self.method(name, variable, column):
                reference_to["MethodOID"] = method
            if self.about.standard == "SDTMIG":
                reference_to["Role"] = column.metadata["role"]
            add(group, "ItemRef", **reference_to)
            self.variable(one, variable, column, facts)
        if self.about.standard == "SDTMIG" and about["domain"] != name and not name.startswith(("SUPP", "REL")):
            add(group, "Alias", Context="DomainDescription", Name=schema.title)
        add(group, "def:Class", Name=about["class"])
        file = f"{name.lower()}.xpt"
        add(leaf(group, file), "def:title").text = file
        return group

    def method(self, dataset: str, variable: str, column: Column) -> str | None:
        """OID of the method of a derived variable; one method is written once."""
        if column.metadata["origin"] != "Derived" or (dataset, variable) not in self.method_of:
            return None
        name, words = self.method_of[dataset, variable]
        oid = f"MT.{name}"
        if oid not in self.methods:
            self.methods[oid] = ET.Element(
                f"{{{ODM}}}MethodDef", {"OID": oid, "Name": f"Algorithm of {name}", "Type": "Computation"}
            )
            described_by(self.methods[oid], words)
        return oid

    def variable(self, one: Described, name: str, column: Column, facts: Facts) -> None:
        """ItemDef of a variable, and of the values of a result."""
        dataset = one.schema.name
        oid = f"IT.{dataset}.{name}"
        item = self.item(oid, name, facts)
        described_by(item, column.title)
        kind = column.metadata.get("kind")
        if kind in FORMATS:
            form, width = FORMATS[kind]
            item.set(f"{{{DEF}}}DisplayFormat", f"{form}{width}.")
        if f"{dataset}.{name}" in self.comments:
            item.set(f"{{{DEF}}}CommentOID", f"COM.{dataset}.{name}")
        if facts.terms:
            add(
                item,
                "CodeListRef",
                CodeListOID=self.codelist(f"{dataset}.{name}", column, facts.terms, one.decodes.get(name)),
            )
        self.origin(item, dataset, name, column.metadata["origin"])
        if name in one.values:
            self.items.append(item)
            list_oid = f"VL.{dataset}.{name}"
            add(item, "def:ValueListRef", ValueListOID=list_oid)
            values = ET.Element(f"{{{DEF}}}ValueListDef", {"OID": list_oid})
            for order, value in enumerate(one.values[name], 1):
                self.value(values, dataset, name, column, value, order)
            self.values.append(values)
        else:
            self.items.append(item)

    def item(self, oid: str, name: str, facts: Facts) -> ET.Element:
        attributes = {"OID": oid, "Name": name, "SASFieldName": name, "DataType": facts.data_type}
        if facts.length is not None:
            attributes["Length"] = str(facts.length)
        if facts.digits is not None:
            attributes["SignificantDigits"] = str(facts.digits)
        return ET.Element(f"{{{ODM}}}ItemDef", attributes)

    def value(self, group: ET.Element, dataset: str, name: str, column: Column, value: Value, order: int) -> None:
        """ItemRef and ItemDef of a result under one where clause."""
        key = ".".join(token(text) for _, text in value.where)
        oid = f"IT.{dataset}.{name}.{key}"
        reference = add(group, "ItemRef", ItemOID=oid, OrderNumber=str(order), Mandatory="No")
        where = f"WC.{dataset}.{key}"
        add(reference, "def:WhereClauseRef", WhereClauseOID=where)
        if where not in self.wheres:
            clause = self.wheres[where] = ET.Element(f"{{{DEF}}}WhereClauseDef", {"OID": where})
            for variable, text in value.where:
                attributes = {"Comparator": "EQ", "SoftHard": "Soft", f"{{{DEF}}}ItemOID": f"IT.{dataset}.{variable}"}
                add(add(clause, "RangeCheck", **attributes), "CheckValue").text = text
        item = self.item(oid, name, value.facts)
        if value.facts.terms:
            add(item, "CodeListRef", CodeListOID=self.own_codelist(f"{dataset}.{name}.{key}", value.facts.terms))
        self.origin(item, dataset, name, column.metadata["origin"])
        self.items.append(item)

    def origin(self, item: ET.Element, dataset: str, name: str, kind: str) -> None:
        attributes = {"Type": kind}
        if kind == "Collected":
            attributes["Source"] = "Subject" if dataset == "QS" else "Investigator"
        elif kind in ("Derived", "Assigned", "Protocol"):
            attributes["Source"] = "Sponsor"
        origin = add(item, "def:Origin", **attributes)
        if kind == "Predecessor" and (source := self.predecessors.get((dataset, name))):
            described_by(origin, source)
        if kind == "Collected" and (pages := self.pages.get((dataset, name))):
            reference = add(origin, "def:DocumentRef", leafID=leaf_id("acrf.pdf"))
            add(reference, "def:PDFPageRef", PageRefs=" ".join(map(str, pages)), Type="PhysicalRef")

    def codelist(self, key: str, column: Column, terms: tuple[str, ...], names: Mapping[str, str] | None) -> str:
        """OID of a variable's codelist: the published one that has most of its terms, with those that occur."""
        codes = column.metadata["codelist"]
        if not codes:
            return self.own_codelist(key, terms, names)
        code = max(codes, key=lambda one: len(codelist(one).terms & set(terms)))
        if (code, terms) in self.codelists:
            return self.codelists[code, terms].get("OID")
        published = codelist(code)
        found = ET.Element(
            f"{{{ODM}}}CodeList",
            {
                "OID": f"CL.{key}",
                "Name": published.name,
                "DataType": "text",
                f"{{{DEF}}}StandardOID": f"STD.CT.{published.publisher}",
            },
        )
        # a letter or two say little: Y, F, NA
        words = names or (meaning(code) if max(map(len, terms)) <= 2 else {})
        for order, term in enumerate(terms, 1):
            self.term(found, term, words.get(term, term) if words else None, order, published.codes.get(term))
        add(found, "Alias", Name=code, Context="nci:ExtCodeID")
        self.codelists[code, terms] = found
        return found.get("OID")

    def own_codelist(self, key: str, terms: tuple[str, ...], names: Mapping[str, str] | None = None) -> str:
        """OID of a codelist that no standard publishes."""
        if ("", terms) in self.codelists:
            return self.codelists["", terms].get("OID")
        found = ET.Element(
            f"{{{ODM}}}CodeList",
            {"OID": f"CL.{key}", "Name": key, "DataType": "text", f"{{{DEF}}}IsNonStandard": "Yes"},
        )
        for order, term in enumerate(terms, 1):
            self.term(found, term, names.get(term, term) if names else None, order, None, own=True)
        self.codelists["", terms] = found
        return found.get("OID")

    def term(self, group, term: str, decode: str | None, order: int, code: str | None, own: bool = False) -> None:
        """One term: with a decode where the list has decodes, and its NCI code; a term of the sponsor's says so."""
        attributes = {"CodedValue": term, "OrderNumber": str(order)}
        if code is None and not own:
            attributes[f"{{{DEF}}}ExtendedValue"] = "Yes"
        item = add(group, "EnumeratedItem" if decode is None else "CodeListItem", **attributes)
        if decode is not None:
            translated(add(item, "Decode"), decode)
        if code is not None:
            add(item, "Alias", Name=code, Context="nci:ExtCodeID")

    def dictionaries(self) -> list[ET.Element]:
        found = []
        for name, version in self.about.dictionaries.items():
            one = ET.Element(f"{{{ODM}}}CodeList", {"OID": f"CL.{token(name)}", "Name": name, "DataType": "text"})
            add(one, "ExternalCodeList", Dictionary=name, Version=version)
            found.append(one)
        return found

    def results(self, version: ET.Element, displays: Sequence[Display], datasets: Mapping[str, Described]) -> None:
        """Analysis results metadata of the analysis tables (ARM 1.0)."""
        group = add(version, "arm:AnalysisResultDisplays")
        for one in displays:
            shown = add(group, "arm:ResultDisplay", OID=f"RD.{one.name}", Name=one.name)
            described_by(shown, one.title)
            result = add(
                shown,
                "arm:AnalysisResult",
                OID=f"AR.{one.name}",
                AnalysisReason=one.reason,
                AnalysisPurpose=one.purpose,
            )
            described_by(result, one.title)
            used = add(result, "arm:AnalysisDatasets")
            for dataset, variables in one.variables.items():
                own = add(used, "arm:AnalysisDataset", ItemGroupOID=f"IG.{dataset}")
                for variable in variables:
                    if variable in datasets[dataset].facts:
                        add(own, "arm:AnalysisVariable", ItemOID=f"IT.{dataset}.{variable}")
            described_by(add(result, "arm:Documentation"), one.rule)
            code = add(result, "arm:ProgrammingCode", Context="DuckDB SQL")
            add(code, "arm:Code").text = one.program


def add(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    prefix, _, local = name.rpartition(":")
    space = {"": ODM, "def": DEF, "arm": ARM}[prefix]
    return ET.SubElement(parent, f"{{{space}}}{local}", attributes)


def described_by(parent: ET.Element, words: str) -> None:
    translated(add(parent, "Description"), words)


def translated(parent: ET.Element, words: str) -> None:
    text = add(parent, "TranslatedText")
    text.set(f"{{{XML}}}lang", "en")
    text.text = words


def leaf(parent: ET.Element, file: str) -> ET.Element:
    return add(parent, "def:leaf", ID=leaf_id(file), **{f"{{{XLINK}}}href": file})


def leaf_id(file: str) -> str:
    return f"LF.{file.rpartition('.')[0]}" if file.endswith(".xpt") else f"LF.{file}"


def token(text: str) -> str:
    """A text as part of an OID."""
    return re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")
