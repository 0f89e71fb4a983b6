"""Define-XML 2.1 of the datasets of one standard, with analysis results metadata (ARM 1.0) for ADaM.

Nothing is typed here a second time: labels, roles, origins and keys are the schemas', terms those of the controlled
terminology that occur, lengths, types and value-level metadata the data's, methods the first paragraphs of the
functions and SELECTs that make the datasets.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import BinaryIO, NamedTuple

import numpy as np
import pandas as pd
from pandera.pandas import Column, DataFrameSchema

from schemas.terminology import codelist, meaning
from schemas.text import text_folder
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
AGAIN = 3  # records for each of them
YES_NO, YES_NO_LIST = frozenset(("N", "Y")), "C66742"
ORIGINS = {"CRF": "Collected", "EDT": "Collected", "COLLECTED": "Collected", "DERIVED": "Derived"}
ORIGINS |= {"ASSIGNED": "Assigned", "PROTOCOL": "Protocol"}  # QORIG -> Type of def:Origin
DOMAINS = "C66734"
IG = "sdtmig-3.4-variables.csv"
NO_RECORDS = "Nothing was collected that belongs here: the dataset has no records."
NO_VALUE = "No record of the study has a value."
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
    terms: tuple[str, ...] | None = None  # the different texts, where they are few
    again: bool = True  # they come again and again, as from a list
    empty: bool = False  # no record has a value


class Value(NamedTuple):
    """Value-level metadata: what a variable holds where others have these values."""

    where: tuple[tuple[str, str], ...]
    facts: Facts
    name: str = ""  # of the test, parameter or qualifier
    origin: str | None = None  # where it is another than the variable's


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
    dictionaries: Mapping[str, str | None]  # name -> version, where one is given
    created: str
    source_system: tuple[str, str]


class Method(NamedTuple):
    """How a variable is derived: in words, and as an expression in the language `context`."""

    name: str
    words: str
    expression: str | None = None
    context: str | None = None


class Display(NamedTuple):
    """An analysis table: its rule, its program, and why it is there: reason and purpose are terms of ARM 1.0.

    used       each place in which it reads a dataset: the dataset, its variables, and the records that are read
               (variable, comparator, values)
    programs   the program's files, as the document's links name them; without them the program itself stands there
    """

    name: str
    title: str
    rule: str
    program: str
    used: Sequence[tuple[str, Sequence[str], Sequence[tuple[str, str, Sequence[str]]]]]
    reason: str = "SPECIFIED IN SAP"
    purpose: str = "EXPLORATORY OUTCOME MEASURE"
    programs: Sequence[str] = ()


class Texts(NamedTuple):
    """What is said in words of the datasets of one standard (transforms/export/define_texts.py).

    methods        dataset, variable (or QNAM) -> its method
    predecessors   dataset, variable of ADaM -> where its values are copied from
    comments       "AE" or "AE.AETERM" -> words
    displays       the analysis tables
    dictionaries   dataset, variable -> name of the dictionary in which it is coded
    sources        dataset, category ("" for all of the dataset) -> who its collected values come from: Investigator,
                   Subject, Vendor
    answers        dataset, --TESTCD -> the answers in words that are to choose from
    """

    methods: Mapping[tuple[str, str], Method] = {}
    predecessors: Mapping[tuple[str, str], str] = {}
    comments: Mapping[str, str] = {}
    displays: Sequence[Display] = ()
    dictionaries: Mapping[tuple[str, str], str] = {}
    sources: Mapping[tuple[str, str], Sequence[str]] = {}
    answers: Mapping[tuple[str, str], Sequence[str]] = {}


def described(frame: pd.DataFrame, schema: DataFrameSchema, lengths: Mapping[str, int]) -> Described:
    """What there is to say of one dataset. `lengths`: bytes of each text variable (xpt.text_lengths)."""
    pairs = {code: name for code, name in decodes(schema).items() if code in frame and name in frame}
    facts = {name: facts_of(frame[name], column_of(schema, name), lengths.get(name), name in pairs) for name in frame}
    names = {
        code: dict(frame[[code, name]].dropna().drop_duplicates(code).astype("str").itertuples(index=False))
        for code, name in pairs.items()
    }
    return Described(schema, len(frame), facts, names, value_level(frame, schema, names))


def decodes(schema: DataFrameSchema) -> dict[str, str]:
    """Variables with codes -> the variables with their names."""
    domain = schema.metadata["domain"]
    return DECODES | {f"{domain}TESTCD": f"{domain}TEST"}


def facts_of(values: pd.Series, column: Column, length: int | None, coded: bool = False) -> Facts:
    """Data type and length of a variable, and its terms where it has a codelist, or names beside its codes."""
    about, empty = column.metadata, not values.notna().any()
    if about["type"] == "Num":
        if about["kind"] in FORMATS:
            return Facts("integer", 8, empty=empty)
        return number_facts(values)._replace(empty=empty)
    texts = distinct(values)[0].tolist()
    if about["iso8601"] == "duration":
        return Facts("durationDatetime", empty=empty)
    if about["iso8601"]:
        return Facts(date_type(texts), empty=empty)
    # the few that are allowed stand in the list whether they occur or not
    allowed = {*texts, *(about["terms"] or ())}
    listed = about["codelist"] or about["terms"] or about["value"] or coded
    return Facts("text", length, terms=tuple(sorted(allowed)) if listed else None, empty=empty)


def number_facts(values: pd.Series) -> Facts:
    """integer, or float with the digits after the point that the values have."""
    numbers = distinct(values)[0].astype("float64").to_numpy()
    texts = [np.format_float_positional(number, trim="-") for number in numbers]
    return text_facts(texts or ["0"])


def text_facts(texts: Sequence[str], records: int = 0) -> Facts:
    """What the texts of a result are: integer, float, or text, with its terms where they are few; so many `records`."""
    length = max(len(text.encode()) for text in texts)
    if all(WHOLE.fullmatch(text) for text in texts):
        return Facts("integer", length)
    if all(DECIMAL.fullmatch(text) for text in texts):
        return Facts("float", length, max(len(text.partition(".")[2]) for text in texts))
    few = len(texts) <= FEW and not any(DECIMAL.fullmatch(text) for text in texts)
    again = len(texts) * AGAIN <= records or set(texts) <= YES_NO
    return Facts("text", length, terms=tuple(sorted(texts)) if few else None, again=again)


def date_type(texts: Sequence[str]) -> str:
    """The narrowest type of ISO 8601 text (Define-XML 2.1 section 4.4): incomplete ones have hyphens for gaps."""
    if any("/" in text for text in texts):
        return "intervalDatetime"
    times = any("T" in text for text in texts)
    if all((MOMENT if times else DAY).fullmatch(text) for text in texts):
        return "datetime" if times else "date"
    gaps = any(re.search(r"(^|[-T:])-", text) for text in texts)
    return ("incomplete" if gaps else "partial") + ("Datetime" if times else "Date")


def value_level(
    frame: pd.DataFrame, schema: DataFrameSchema, names: Mapping[str, Mapping[str, str]]
) -> dict[str, list[Value]]:
    """Result -> what it holds per test, told by all that tells one test from another; per parameter; per qualifier."""
    domain = schema.metadata["domain"]
    results, by = {
        "FINDINGS": ([f"{domain}ORRES"], [f"{domain}CAT", f"{domain}TESTCD", f"{domain}SPEC"]),
        "FINDINGS ABOUT": ([f"{domain}ORRES"], [f"{domain}TESTCD", f"{domain}OBJ"]),
        "RELATIONSHIP": (["QVAL"], ["QNAM"]),
        "BASIC DATA STRUCTURE": (["AVAL", "AVALC"], ["PARAMCD"]),
    }.get(schema.metadata["class"], ([], []))
    by = [name for name in by if name in frame]
    found = {}
    for result in (name for name in results if name in frame and by):
        column, values = column_of(schema, result), []
        if column.metadata["codelist"]:
            continue  # one list for all tests
        further = ["QORIG"] if result == "QVAL" else []
        rows = frame[[*by, *further, result]].dropna(subset=result)
        rows = rows.groupby([*by, *further, result], observed=True, dropna=False, sort=False).size().rename("records")
        rows = rows.reset_index().astype(dict.fromkeys(by, "str"))
        for keys, own in rows.groupby(by, sort=True, dropna=False):
            where = tuple((name, key) for name, key in zip(by, keys, strict=True) if pd.notna(key))
            if column.metadata["type"] == "Num":
                facts = number_facts(own[result])
            else:
                # the free text of a qualifier is no list, however often it comes again
                records = 0 if further else int(own["records"].sum())
                facts = text_facts(own[result].drop_duplicates().astype("str").tolist(), records)
            name = next((names[of][text] for of, text in where if text in names.get(of, {})), "")
            values.append(Value(where, facts, name, ORIGINS.get(own["QORIG"].iloc[0]) if further else None))
        if values:
            found[result] = values
    return found


def write_define(
    about: About,
    datasets: Iterable[Described],
    file: BinaryIO,
    texts: Texts,
    *,
    pages: Mapping[tuple[str, str], Sequence[int]] | None = None,
    documents: Mapping[str, str] | None = None,
) -> None:
    """One Define-XML document into the open binary `file`.

    pages       dataset, variable -> pages of acrf.pdf
    documents   file name -> title: annotated CRF (acrf.pdf) and reviewer's guides
    """
    tree = Writer(about, texts, pages or {}, documents or {}).document(list(datasets))
    ET.indent(tree)
    file.write(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/xsl" href="{STYLESHEET}"?>\n'.encode()
    )
    ET.ElementTree(tree).write(file, encoding="utf-8", xml_declaration=False)
    file.write(b"\n")


class Writer:
    """The parts of one document; codelists, methods and comments are gathered as the variables that use them pass."""

    def __init__(self, about: About, texts: Texts, pages: Mapping, documents: Mapping[str, str]):
        self.about, self.texts, self.pages, self.documents = about, texts, pages, documents
        self.codelists: dict[tuple, ET.Element] = {}
        self.uses: dict[str, list[str]] = {}  # codelist -> what it is a list of
        self.categories: dict[str, str] = {}  # codelist of results -> category of the tests
        self.methods: dict[str, ET.Element] = {}
        self.comments: dict[str, ET.Element] = {}  # by their words
        self.values: list[ET.Element] = []
        self.wheres: dict[tuple, ET.Element] = {}
        self.items: list[ET.Element] = []
        self.oids: dict[str, object] = {}

    def document(self, datasets: list[Described]) -> ET.Element:
        about, oid = self.about, f"{self.about.study}.{self.about.standard}.{self.about.version}"
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
        there = {one.schema.name: one for one in datasets}
        displays = [one for one in self.texts.displays if all(dataset in there for dataset, *_ in one.used)]
        results = self.results(displays, there)
        self.name_codelists()
        version.extend([*self.values, *self.wheres.values(), *groups, *self.items])
        version.extend([*self.codelists.values(), *self.methods.values(), *self.comments.values()])
        for name, title in self.documents.items():
            add(leaf(version, name), "def:title").text = title
        for path in dict.fromkeys(path for one in displays for path in one.programs):
            add(leaf(version, path), "def:title").text = path.rpartition("/")[2]
        if displays:
            version.append(results)
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

    def oid(self, oid: str, of: object) -> str:
        """The OID, or with a number where something else has it: texts that differ in signs alone."""
        number = 1
        while self.oids.setdefault(f"{oid}.{number}" if number > 1 else oid, of) != of:
            number += 1
        return f"{oid}.{number}" if number > 1 else oid

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
        words = self.texts.comments.get(name)
        if not one.records:
            attributes[f"{{{DEF}}}HasNoData"] = "Yes"
            words = " ".join(filter(None, [NO_RECORDS, words]))
        if words:
            attributes[f"{{{DEF}}}CommentOID"] = self.comment(name, words)
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
            if facts.empty and one.records:
                reference_to[f"{{{DEF}}}HasNoData"] = "Yes"
            if column.metadata["origin"] == "Derived" and (method := self.method(name, variable)):
                reference_to["MethodOID"] = method
            if self.about.standard == "SDTMIG":
                reference_to["Role"] = column.metadata["role"]
            add(group, "ItemRef", **reference_to)
            self.variable(one, variable, column, facts)
        if self.about.standard == "SDTMIG" and about["domain"] != name and not name.startswith(("SUPP", "REL")):
            add(group, "Alias", Context="DomainDescription", Name=domain_name(about["domain"]))
        kind = add(group, "def:Class", Name=about["class"])
        if about["subclass"]:
            add(kind, "def:SubClass", Name=about["subclass"])
        file = f"{name.lower()}.xpt"
        add(leaf(group, file), "def:title").text = file
        return group

    def method(self, dataset: str, variable: str) -> str | None:
        """OID of the method of a derived variable; one method is written once."""
        if (dataset, variable) not in self.texts.methods:
            return None
        given = Method(*self.texts.methods[dataset, variable])
        oid = self.oid("MT." + re.sub(r"[^A-Za-z0-9.]+", "_", given.name).strip("_"), given)
        if oid not in self.methods:
            self.methods[oid] = ET.Element(
                f"{{{ODM}}}MethodDef", {"OID": oid, "Name": f"Algorithm of {given.name}", "Type": "Computation"}
            )
            described_by(self.methods[oid], given.words)
            if given.expression:
                formal = add(self.methods[oid], "FormalExpression", Context=given.context)
                formal.text = given.expression
        return oid

    def comment(self, place: str, words: str) -> str:
        """OID of a comment; the same words are written once."""
        if words not in self.comments:
            self.comments[words] = ET.Element(f"{{{DEF}}}CommentDef", {"OID": f"COM.{place}"})
            described_by(self.comments[words], words)
        return self.comments[words].get("OID")

    def variable(self, one: Described, name: str, column: Column, facts: Facts) -> None:
        """ItemDef of a variable, and of the values of a result."""
        dataset = one.schema.name
        item = self.item(f"IT.{dataset}.{name}", name, facts)
        described_by(item, column.title)
        kind = column.metadata.get("kind")
        if kind in FORMATS:
            form, width = FORMATS[kind]
            item.set(f"{{{DEF}}}DisplayFormat", f"{form}{width}.")
        words = self.texts.comments.get(f"{dataset}.{name}")
        if facts.empty and one.records:
            words = words or NO_VALUE
        if words:
            item.set(f"{{{DEF}}}CommentOID", self.comment(f"{dataset}.{name}", words))
        if dictionary := self.texts.dictionaries.get((dataset, name)):
            add(item, "CodeListRef", CodeListOID=self.dictionary(dictionary, facts.data_type))
        elif facts.terms:
            codelist = self.codelist(f"{dataset}.{name}", name, column, facts.terms, one.decodes.get(name))
            add(item, "CodeListRef", CodeListOID=codelist)
        if not any(value.origin for value in one.values.get(name, ())):  # each value says its own
            self.origin(item, dataset, name, column.metadata["origin"])
        self.items.append(item)
        if name in one.values:
            list_oid = f"VL.{dataset}.{name}"
            add(item, "def:ValueListRef", ValueListOID=list_oid)
            values = ET.Element(f"{{{DEF}}}ValueListDef", {"OID": list_oid})
            for order, value in enumerate(one.values[name], 1):
                self.value(values, dataset, name, column, value, order)
            self.values.append(values)

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
        oid = self.oid(f"IT.{dataset}.{name}.{key}", value.where)
        kind = value.origin or column.metadata["origin"]
        method = self.method(dataset, value.where[-1][1]) if kind == "Derived" and name == "QVAL" else None
        attributes = {"ItemOID": oid, "OrderNumber": str(order), "Mandatory": "No"}
        reference = add(group, "ItemRef", **attributes | ({"MethodOID": method} if method else {}))
        checks = [(variable, "EQ", [text]) for variable, text in value.where]
        add(reference, "def:WhereClauseRef", WhereClauseOID=self.where(f"WC.{dataset}.{key}", dataset, checks))
        item = self.item(oid, name, value.facts)
        if value.name:
            described_by(item, value.name)
        test = next((text for of, text in value.where if of.endswith(("TESTCD", "QNAM"))), "")
        if value.facts.terms and (value.facts.again or (dataset, test) in self.texts.answers):
            # what is to choose from stands in the list whether somebody chose it or not
            terms = tuple(sorted({*value.facts.terms, *self.texts.answers.get((dataset, test), ())}))
            use = test or key
            codelist = self.own_codelist(f"{dataset}.{name}.{key}", f"Results of {value.name or key}", use, terms)
            self.categories.setdefault(codelist, value.where[0][1])
            add(item, "CodeListRef", CodeListOID=codelist)
        if test:  # a parameter's is the variable's
            self.origin(item, dataset, name, kind, value.where[0][1], test)
        self.items.append(item)

    def where(self, oid: str, dataset: str, checks: Sequence[tuple[str, str, Sequence[str]]]) -> str:
        """OID of a where clause: all checks hold."""
        key = (dataset, tuple((variable, comparator, tuple(texts)) for variable, comparator, texts in checks))
        if key not in self.wheres:
            clause = ET.Element(f"{{{DEF}}}WhereClauseDef", {"OID": self.oid(oid, key)})
            for variable, comparator, texts in checks:
                item = {f"{{{DEF}}}ItemOID": f"IT.{dataset}.{variable}"}
                check = add(clause, "RangeCheck", Comparator=comparator, SoftHard="Soft", **item)
                for text in texts:
                    add(check, "CheckValue").text = text
            self.wheres[key] = clause
        return self.wheres[key].get("OID")

    def origin(self, item: ET.Element, dataset: str, name: str, kind: str, category: str = "", test: str = "") -> None:
        """Where a variable comes from, and who gave it: several where the questionnaires of a dataset differ in it."""
        if kind == "Collected":
            parent = dataset.removeprefix("SUPP")
            known = self.texts.sources
            who = known.get((parent, category)) or known.get((parent, "")) or ("Investigator",)
        else:
            who = ("Sponsor",) if kind in ("Derived", "Assigned", "Protocol") else (None,)
        pages = self.pages.get((dataset, f"{name}.{test}")) or self.pages.get((dataset, name))
        for one in who:
            origin = add(item, "def:Origin", **{"Type": kind} | ({"Source": one} if one else {}))
            if kind == "Predecessor" and (source := self.texts.predecessors.get((dataset, name))):
                described_by(origin, source)
            if kind == "Collected" and pages and "acrf.pdf" in self.documents:
                reference = add(origin, "def:DocumentRef", leafID=leaf_id("acrf.pdf"))
                add(reference, "def:PDFPageRef", PageRefs=" ".join(map(str, pages)), Type="PhysicalRef")

    def codelist(
        self, key: str, variable: str, column: Column, terms: tuple[str, ...], names: Mapping[str, str] | None
    ) -> str:
        """OID of a variable's codelist: the published one that has most of its terms, with those that occur or that
        alone are allowed."""
        codes = column.metadata["codelist"] or ((DOMAINS,) if variable == "DOMAIN" else ())
        if not codes:
            return self.own_codelist(key, column.title, key, terms, names)
        code = max(codes, key=lambda one: len(codelist(one).terms & set(terms)))
        return self.published_codelist(key, code, terms, names)

    def published_codelist(
        self, key: str, code: str, terms: tuple[str, ...], names: Mapping[str, str] | None = None
    ) -> str:
        """OID of a codelist of controlled terminology with these terms."""
        if (code, terms) not in self.codelists:
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
        oid = self.codelists[code, terms].get("OID")
        self.uses.setdefault(oid, []).append(key)
        return oid

    def own_codelist(
        self, key: str, name: str, use: str, terms: tuple[str, ...], names: Mapping[str, str] | None = None
    ) -> str:
        """OID of a codelist that no standard publishes; Y and N are the published ones. `use` is of what it is."""
        if set(terms) <= YES_NO:
            return self.published_codelist(key, YES_NO_LIST, terms)
        kind = ("", terms, tuple(sorted((names or {}).items())))
        if kind not in self.codelists:
            found = ET.Element(
                f"{{{ODM}}}CodeList",
                {"OID": f"CL.{key}", "Name": name, "DataType": "text", f"{{{DEF}}}IsNonStandard": "Yes"},
            )
            for order, term in enumerate(terms, 1):
                self.term(found, term, names.get(term, term) if names else None, order, None, own=True)
            self.codelists[kind] = found
        oid = self.codelists[kind].get("OID")
        self.uses.setdefault(oid, []).append(use)
        return oid

    def name_codelists(self) -> None:
        """A list that several tests of a category share is the category's; lists of one name say of what they are."""
        for one in self.codelists.values():
            category = self.categories.get(one.get("OID"))
            if category and one.get("Name").startswith("Results of ") and len(self.uses[one.get("OID")]) > 1:
                one.set("Name", f"Results of {category}")
        for name, same in groupby(sorted(self.codelists.values(), key=list_name), key=list_name):
            same = list(same)
            for number, one in enumerate(same if len(same) > 1 else (), 1):
                terms = [term.get("CodedValue") for term in one if term.get("CodedValue")]
                uses = list(dict.fromkeys(self.uses.get(one.get("OID"), [])))
                few = len(terms) <= 3 and len(", ".join(terms)) <= 40
                more = ", ".join(terms if few else uses[:3]) + (", ..." if not few and len(uses) > 3 else "")
                one.set("Name", f"{name} ({more or number})")

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

    def dictionary(self, name: str, data_type: str) -> str:
        """OID of the list of a dictionary's terms, or of its codes, which are numbers."""
        number = data_type == "integer"
        oid = f"CL.{token(name)}" + (".CODE" if number else "")
        if ("external", oid) not in self.codelists:
            attributes = {"OID": oid, "Name": f"{name} codes" if number else name}
            found = ET.Element(f"{{{ODM}}}CodeList", attributes | {"DataType": "integer" if number else "text"})
            version = self.about.dictionaries.get(name)
            add(found, "ExternalCodeList", Dictionary=name, **({"Version": version} if version else {}))
            self.codelists["external", oid] = found
        return oid

    def results(self, displays: Sequence[Display], datasets: Mapping[str, Described]) -> ET.Element:
        """Analysis results metadata of the analysis tables (ARM 1.0): one result a table, or one for each selection of
        records where a table reads a dataset several times."""
        group = ET.Element(f"{{{ARM}}}AnalysisResultDisplays")
        for one in displays:
            shown = add(group, "arm:ResultDisplay", OID=f"RD.{one.name}", Name=one.name)
            described_by(shown, one.title)
            parts = in_parts(one.used)
            for number, part in enumerate(parts, 1):
                oid = f"AR.{one.name}" + (f".{number}" if len(parts) > 1 else "")
                attributes = {"OID": oid, "AnalysisReason": one.reason, "AnalysisPurpose": one.purpose}
                by = [dataset for dataset, variables, _ in part if "PARAMCD" in variables]
                if by:
                    attributes["ParameterOID"] = f"IT.{by[0]}.PARAMCD"
                result = add(shown, "arm:AnalysisResult", **attributes)
                told = ", ".join(f"{name} {' or '.join(texts)}" for *_, checks in part for name, _, texts in checks)
                described_by(result, f"{one.title}: {told}" if len(parts) > 1 else one.title)
                self.result(result, one, part, datasets)
        return group

    def result(
        self, result: ET.Element, one: Display, part: Sequence[tuple], datasets: Mapping[str, Described]
    ) -> None:
        """The datasets, the words and the program of an analysis result."""
        used = add(result, "arm:AnalysisDatasets")
        for dataset, variables, checks in part:
            own = add(used, "arm:AnalysisDataset", ItemGroupOID=f"IG.{dataset}")
            there = datasets[dataset].facts
            checks = [check for check in checks if check[0] in there]
            if checks:
                where = self.where(f"WC.{one.name}.{dataset}", dataset, checks)
                add(own, "def:WhereClauseRef", WhereClauseOID=where)
            for variable in variables:
                if variable in there:
                    add(own, "arm:AnalysisVariable", ItemOID=f"IT.{dataset}.{variable}")
        described_by(add(result, "arm:Documentation"), one.rule)
        code = add(result, "arm:ProgrammingCode", Context="DuckDB SQL")
        if not one.programs:
            add(code, "arm:Code").text = one.program
        for path in one.programs:
            add(code, "def:DocumentRef", leafID=leaf_id(path))


def in_parts(used: Sequence[tuple]) -> list[list[tuple]]:
    """What a table reads, in parts that have no dataset twice."""
    parts: list[list[tuple]] = []
    for one in used:
        part = next((part for part in parts if all(one[0] != other[0] for other in part)), None)
        if part is None:
            parts.append([one])
        else:
            part.append(one)
    return parts


def list_name(codelist: ET.Element) -> str:
    return codelist.get("Name")


@cache
def domain_name(domain: str) -> str:
    """What the IG calls a domain, whatever the parts of it are called that a study has."""
    path = text_folder("standards") / IG
    table = pd.read_csv(path, usecols=["domain", "dataset_label"], dtype=str, keep_default_na=False)
    return table.loc[table["domain"] == domain, "dataset_label"].iloc[0]


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


def leaf_id(path: str) -> str:
    file = path.rpartition("/")[2]
    return f"LF.{file.rpartition('.')[0]}" if file.endswith(".xpt") else f"LF.{file}"


def token(text: str) -> str:
    """A text as part of an OID."""
    return re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")
