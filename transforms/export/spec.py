"""A study's specification as the tables of a workbook, in the layout that sponsors exchange: one sheet each for
datasets, variables, value level, where clauses, codelists, dictionaries, methods, comments and documents.

Everything in it is read from the Define-XML of the same snapshot: what that says, this says. The sheets' names and
headings are facts of the layout, known under several spellings (`ALIASES`).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO, NamedTuple

from transforms.export.define import DEF, ODM, XLINK
from transforms.review.queries import harmless

NAMES = {"odm": ODM, "def": DEF}
EXTERNAL = "nci:ExtCodeID"
# sheet -> its headings, with the width of the column in characters
SHEETS: dict[str, dict[str, int]] = {
    "Study": {"Attribute": 26, "Value": 80},
    "Standards": {"ID": 16, "Name": 14, "Type": 8, "Publishing Set": 16, "Version": 14, "Status": 10, "Comment": 20},
    "Datasets": {
        "Dataset": 10, "Label": 38, "Class": 34, "SubClass": 24, "Structure": 54, "Purpose": 12, "Key Variables": 52,
        "Standard": 14, "Has No Data": 9, "Repeating": 11, "Reference Data": 11, "Comment": 22,
    },
    "Variables": {
        "Order": 7, "Dataset": 10, "Variable": 11, "Label": 40, "Data Type": 20, "Length": 8, "Significant Digits": 12,
        "Format": 13, "Mandatory": 11, "Codelist": 20, "Origin": 13, "Source": 15, "Pages": 16, "Method": 28,
        "Predecessor": 24, "Role": 22, "Has No Data": 9, "Comment": 22,
    },
    "ValueLevel": {
        "Order": 7, "Dataset": 10, "Variable": 11, "Where Clause": 36, "Label": 40, "Data Type": 20, "Length": 8,
        "Significant Digits": 12, "Format": 13, "Mandatory": 11, "Codelist": 38, "Origin": 13, "Source": 15,
        "Pages": 16, "Method": 28, "Predecessor": 24, "Comment": 22,
    },
    "WhereClauses": {"ID": 38, "Dataset": 10, "Variable": 11, "Comparator": 12, "Value": 50, "Comment": 20},
    "Codelists": {
        "ID": 38, "Name": 40, "NCI Codelist Code": 14, "Data Type": 11, "Terminology": 28, "Comment": 18, "Order": 7,
        "Term": 40, "NCI Term Code": 12, "Decoded Value": 46,
    },
    "Dictionaries": {"ID": 18, "Name": 24, "Data Type": 11, "Dictionary": 20, "Version": 14},
    "Methods": {
        "ID": 30, "Name": 40, "Type": 14, "Description": 100, "Expression Context": 18, "Expression Code": 60,
        "Document": 24, "Pages": 12,
    },
    "Comments": {"ID": 26, "Description": 110, "Document": 24, "Pages": 12},
    "Documents": {"ID": 36, "Title": 46, "Href": 52},
}  # fmt: skip
# what a heading is called elsewhere; letters and digits of it alone count
ALIASES = {
    "Dataset": ("domain", "dataset name"),
    "Label": ("description", "variable label", "dataset label"),
    "Variable": ("variable name", "name"),
    "Key Variables": ("keys", "key"),
    "Data Type": ("type", "datatype"),
    "Significant Digits": ("sigdigits", "decimals"),
    "Format": ("display format",),
    "Codelist": ("codelist id", "controlled terms", "controlled terminology", "ct"),
    "Origin": ("origin type",),
    "Source": ("origin source",),
    "Pages": ("page", "crf pages", "crf page"),
    "Method": ("method id", "derivation"),
    "Where Clause": ("whereclause id", "where"),
    "ID": ("oid", "codelist id", "method id", "where clause id", "comment id", "document id"),
    "NCI Codelist Code": ("nci code", "codelist code", "c-code"),
    "Term": ("coded value", "code", "value", "submission value"),
    "NCI Term Code": ("nci code of term", "term code"),
    "Decoded Value": ("decode", "decoded", "term decode"),
    "Comparator": ("operator",),
    "Value": ("values", "check value"),
    "Order": ("order number", "#", "seq", "number"),
    "Mandatory": ("required",),
    "Comment": ("comments", "comment id"),
    "Title": ("document title",),
    "Href": ("file", "link"),
    "Reference Data": ("isreferencedata",),
    "Has No Data": ("hasnodata",),
}
SHEET_ALIASES = {
    "Study": ("define", "study metadata", "global"),
    "Datasets": ("dataset", "domains", "contents"),
    "Variables": ("variable", "variable metadata"),
    "ValueLevel": ("value level", "valuelevel metadata", "vlm", "value level metadata"),
    "WhereClauses": ("where clause", "where clauses"),
    "Codelists": ("codelist", "code lists", "terms", "controlled terminology"),
    "Dictionaries": ("dictionary", "external dictionaries"),
    "Methods": ("method", "derivations", "computational methods"),
    "Comments": ("comment",),
    "Documents": ("document",),
    "Standards": ("standard",),
}
NUMBERS = ("Order", "Length", "Significant Digits")
FONT, INK, LINE, BAND = "Calibri", "1F3A5F", "D0D7DE", "EEF3F8"


class Row(NamedTuple):
    """One row of a sheet: its number in the workbook, heading -> text, and where each heading stands (A, B ...)."""

    number: int
    cells: dict[str, str]
    columns: Mapping[str, str] = {}

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")


Spec = dict[str, list[Row]]


def spec_of(defines: Iterable[ET.Element]) -> Spec:
    """The specification that one or several Define-XML documents give, SDTM before ADaM."""
    found: dict[str, list[dict[str, object]]] = {sheet: [] for sheet in SHEETS}
    known: dict[tuple[str, str], list] = {}
    for root in defines:
        for sheet, rows in _sheets(root).items():
            found[sheet] += _new(sheet, rows, known)
    letters = {sheet: {name: _letter(at) for at, name in enumerate(names)} for sheet, names in SHEETS.items()}

    def row(sheet: str, at: int, given: dict[str, object]) -> Row:
        cells = {name: str(given[name]) for name in SHEETS[sheet] if given.get(name) not in (None, "")}
        return Row(at, cells, letters[sheet])

    return {sheet: [row(sheet, at, given) for at, given in enumerate(rows, 2)] for sheet, rows in found.items()}


def _new(sheet: str, rows: list[dict], known: dict) -> Iterator[dict]:
    """The rows that no document before has said already; what is known by an ID comes once."""
    if sheet in ("Datasets", "Variables", "ValueLevel"):
        yield from rows
        return
    groups: dict[str, list[dict]] = {}
    for row in rows:
        groups.setdefault(str(row.get("ID", row.get("Attribute"))), []).append(row)
    for name, group in groups.items():
        if known.setdefault((sheet, name), group) is group or sheet == "Study" and known[sheet, name] != group:
            yield from group


def _sheets(root: ET.Element) -> dict[str, list[dict[str, object]]]:
    """The sheets of one Define-XML document."""
    version = root.find(".//odm:MetaDataVersion", NAMES)
    study = root.find(".//odm:GlobalVariables", NAMES)
    items = {item.get("OID"): item for item in version.findall("odm:ItemDef", NAMES)}
    standards = list(version.iterfind("def:Standards/def:Standard", NAMES))
    words_of = {one.get("OID"): _standard(one) for one in standards}
    found: dict[str, list[dict[str, object]]] = {sheet: [] for sheet in SHEETS}
    found["Study"] = [
        {"Attribute": name, "Value": study.findtext(f"odm:{name}", "", NAMES)}
        for name in ("StudyName", "StudyDescription", "ProtocolName")
    ]
    for one in standards:
        found["Standards"].append({
            "ID": one.get("OID"), "Name": one.get("Name"), "Type": one.get("Type"),
            "Publishing Set": one.get("PublishingSet"), "Version": one.get("Version"), "Status": one.get("Status"),
            "Comment": _bare(_def(one, "CommentOID")),
        })  # fmt: skip
    where_of: dict[str, str] = {}
    places: dict[str, tuple[str, str]] = {}
    lists: dict[str, tuple[str, str]] = {}
    for group in version.findall("odm:ItemGroupDef", NAMES):
        dataset, klass = group.get("Name"), group.find("def:Class", NAMES)
        keys = sorted(
            (int(ref.get("KeySequence")), items[ref.get("ItemOID")].get("Name"))
            for ref in group.findall("odm:ItemRef", NAMES) if ref.get("KeySequence")
        )  # fmt: skip
        sub = klass.find("def:SubClass", NAMES) if klass is not None else None
        found["Datasets"].append({
            "Dataset": dataset, "Label": _words(group), "Class": klass.get("Name") if klass is not None else None,
            "SubClass": sub.get("Name") if sub is not None else None, "Structure": _def(group, "Structure"),
            "Purpose": group.get("Purpose"), "Key Variables": ", ".join(name for _, name in keys),
            "Standard": words_of.get(_def(group, "StandardOID")), "Has No Data": _def(group, "HasNoData"),
            "Repeating": group.get("Repeating"), "Reference Data": group.get("IsReferenceData"),
            "Comment": _bare(_def(group, "CommentOID")),
        })  # fmt: skip
        for order, reference in enumerate(group.findall("odm:ItemRef", NAMES), 1):
            item = items[reference.get("ItemOID")]
            places[item.get("OID")] = (dataset, item.get("Name"))
            values = item.find("def:ValueListRef", NAMES)
            if values is not None:
                lists[values.get("ValueListOID")] = (dataset, item.get("Name"))
            found["Variables"].append(
                {"Order": reference.get("OrderNumber", order), "Dataset": dataset, "Variable": item.get("Name")}
                | _item(item, reference) | {"Role": reference.get("Role"), "Has No Data": _def(reference, "HasNoData")}
            )  # fmt: skip
    for one in version.findall("def:WhereClauseDef", NAMES):
        where_of[one.get("OID")] = name = _bare(one.get("OID"))
        for check in one.findall("odm:RangeCheck", NAMES):
            dataset, variable = places.get(_def(check, "ItemOID"), ("", ""))
            values = [value.text or "" for value in check.findall("odm:CheckValue", NAMES)]
            found["WhereClauses"].append({
                "ID": name, "Dataset": dataset, "Variable": variable, "Comparator": check.get("Comparator"),
                "Value": joined(values), "Comment": _bare(_def(one, "CommentOID")),
            })  # fmt: skip
    for one in version.findall("def:ValueListDef", NAMES):
        dataset, variable = lists[one.get("OID")]
        for order, reference in enumerate(one.findall("odm:ItemRef", NAMES), 1):
            clauses = [where_of[ref.get("WhereClauseOID")] for ref in reference.findall("def:WhereClauseRef", NAMES)]
            for clause in clauses:
                found["ValueLevel"].append(
                    {"Order": reference.get("OrderNumber", order), "Dataset": dataset, "Variable": variable,
                     "Where Clause": clause} | _item(items[reference.get("ItemOID")], reference)
                )  # fmt: skip
    for one in version.findall("odm:CodeList", NAMES):
        about = {"ID": _bare(one.get("OID")), "Name": one.get("Name"), "Data Type": one.get("DataType")}
        external = one.find("odm:ExternalCodeList", NAMES)
        if external is not None:
            dictionary = {"Dictionary": external.get("Dictionary"), "Version": external.get("Version")}
            found["Dictionaries"].append(about | dictionary)
            continue
        about |= {
            "NCI Codelist Code": _code(one), "Terminology": words_of.get(_def(one, "StandardOID")),
            "Comment": _bare(_def(one, "CommentOID")),
        }  # fmt: skip
        terms = [*one.findall("odm:CodeListItem", NAMES), *one.findall("odm:EnumeratedItem", NAMES)]
        for order, term in enumerate(terms, 1):
            decode = term.find("odm:Decode", NAMES)
            found["Codelists"].append(about | {
                "Order": term.get("OrderNumber", order), "Term": term.get("CodedValue"), "NCI Term Code": _code(term),
                "Decoded Value": _all_text(decode) if decode is not None else None,
            })  # fmt: skip
    for one in version.findall("odm:MethodDef", NAMES):
        formal = one.find("odm:FormalExpression", NAMES)
        found["Methods"].append({
            "ID": _bare(one.get("OID")), "Name": one.get("Name"), "Type": one.get("Type"), "Description": _words(one),
            "Expression Context": formal.get("Context") if formal is not None else None,
            "Expression Code": _all_text(formal) if formal is not None else None, **_document(one),
        })  # fmt: skip
    for one in version.findall("def:CommentDef", NAMES):
        found["Comments"].append({"ID": _bare(one.get("OID")), "Description": _words(one), **_document(one)})
    for one in version.findall("def:leaf", NAMES):
        title = one.findtext("def:title", "", NAMES)
        href = one.get(f"{{{XLINK}}}href")
        found["Documents"].append({"ID": _bare(one.get("ID")), "Title": title, "Href": href})
    return found


def _item(item: ET.Element, reference: ET.Element) -> dict[str, object]:
    """What an ItemDef and the reference to it say of a variable, or of its values under a condition."""
    codelist = item.find("odm:CodeListRef", NAMES)
    origins = item.findall("def:Origin", NAMES)
    pages = [
        page.get("PageRefs") for page in item.iterfind("def:Origin//def:PDFPageRef", NAMES) if page.get("PageRefs")
    ]
    return {
        "Label": _words(item),
        "Data Type": item.get("DataType"),
        "Length": item.get("Length"),
        "Significant Digits": item.get("SignificantDigits"),
        "Format": _def(item, "DisplayFormat"),
        "Mandatory": reference.get("Mandatory"),
        "Codelist": _bare(codelist.get("CodeListOID")) if codelist is not None else None,
        "Origin": joined(dict.fromkeys(one.get("Type") for one in origins)),
        "Source": joined(dict.fromkeys(one.get("Source") for one in origins if one.get("Source"))),
        "Pages": joined(dict.fromkeys(number for page in pages for number in page.split())),
        "Method": _bare(reference.get("MethodOID")),
        "Predecessor": next((_words(one) for one in origins if one.get("Type") == "Predecessor"), None),
        "Comment": _bare(_def(item, "CommentOID")),
    }


def _document(element: ET.Element) -> dict[str, str | None]:
    leaf = element.find("def:DocumentRef", NAMES)
    page = element.find("def:DocumentRef/def:PDFPageRef", NAMES)
    return {
        "Document": _bare(leaf.get("leafID")) if leaf is not None else None,
        "Pages": page.get("PageRefs") if page is not None else None,
    }


def _standard(one: ET.Element) -> str:
    return " ".join(filter(None, (one.get("Name"), one.get("PublishingSet"), one.get("Version"))))


def _def(element: ET.Element, name: str) -> str | None:
    return element.get(f"{{{DEF}}}{name}")


def _words(element: ET.Element) -> str:
    return _all_text(element.find("odm:Description", NAMES))


def _all_text(element: ET.Element | None) -> str:
    return "".join(element.itertext()).strip() if element is not None else ""


def _code(element: ET.Element) -> str | None:
    return next(
        (one.get("Name") for one in element.findall("odm:Alias", NAMES) if one.get("Context") == EXTERNAL), None
    )


def _bare(oid: str | None) -> str | None:
    """An ID without the letters that say what it is of: DM.SEX of CL.DM.SEX."""
    return re.sub(r"^(CL|MT|WC|COM|LF|STD)\.", "", oid) if oid else None


def _letter(at: int) -> str:
    """A column's letter; no sheet of ours has more than 26."""
    return chr(ord("A") + at)


def joined(values: Iterable[str]) -> str:
    """Several values in one cell; one with a comma of its own stands in quotes."""
    values = list(values)
    return ", ".join(f'"{value}"' if "," in value and len(values) > 1 else value for value in values)


def write_spec(spec: Spec, file: BinaryIO, study: str, says: Sequence[str]) -> None:
    """The workbook into the open binary `file`. `says`: what stands on the first sheet below the study.

    The file still has times of writing in it (flows/queries.py: dated)."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = f"Specification of study {study}", "trialmill"
    head, ink = PatternFill("solid", start_color=INK), Font(FONT, bold=True, color="FFFFFF")
    band, plain = PatternFill("solid", start_color=BAND), Font(FONT)
    under = Border(bottom=Side(style="thin", color=LINE))
    wrapped, middle = Alignment(vertical="top", wrap_text=True), Alignment("center", "top", wrap_text=True)
    for name, headings in SHEETS.items():
        sheet = book.create_sheet(name)
        for at, (heading, wide) in enumerate(headings.items(), 1):
            cell = sheet.cell(1, at, heading)
            cell.font, cell.fill, cell.alignment = ink, head, Alignment(wrap_text=True, vertical="center")
            sheet.column_dimensions[_letter(at - 1)].width = wide
        sheet.row_dimensions[1].height = 32
        group, shaded = None, True
        for row in spec[name]:
            of = row["Dataset"] or row["ID"]
            if of != group:
                group, shaded = of, not shaded
            longest = 1
            for at, (heading, wide) in enumerate(headings.items(), 1):
                cell, value = sheet.cell(row.number, at), row[heading]
                cell.font, cell.border = plain, under
                cell.alignment = middle if heading in (*NUMBERS, "Mandatory") else wrapped
                if shaded and name not in ("Study", "Standards", "Documents"):
                    cell.fill = band
                if heading in NUMBERS and value.isdigit():
                    cell.value = int(value)
                elif value:
                    cell.value = harmless(value)
                    cell.data_type = "s"  # never a formula, whatever it begins with
                    cell.quotePrefix = value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")
                    rows = sum(-(-max(len(line), 1) // max(wide - 1, 1)) for line in value.split("\n"))
                    longest = max(longest, rows)
            sheet.row_dimensions[row.number].height = min(15 * longest + 3, 400)
        last = max(len(spec[name]) + 1, 2)
        if name != "Study":
            sheet.auto_filter.ref = f"A1:{_letter(len(headings) - 1)}{last}"
        sheet.freeze_panes = {"Variables": "D2", "ValueLevel": "E2"}.get(name, "B2")
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.oddFooter.center.text = f"{study}, {name}: page &P of &N"
    first = book["Study"]
    for at, line in enumerate(says, len(spec["Study"]) + 3):
        first.cell(at, 1, line).font = Font(FONT, italic=True, color="57606A")
    book.save(file)
