"""CDISC ODM-XML 1.3: one row per ItemGroupData of the group that the source names, one column per item.

Read as a stream: a file may be larger than memory. A DOCTYPE is refused, and with it every entity and every reference
to another file. Row n is the n-th ItemGroupData of the file, whatever its group; an element above it that is removed
(a form, an event, a subject) counts too, and is a row with the keys it has.

In a transactional file a cell that the file does not mention is null; one that it makes blank is "".
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from flows.problems import Problem, RawFileError
from flows.readers import Rows
from schemas.study import ODM_COLUMNS, Source

NAMESPACE = "http://www.cdisc.org/ns/odm/v1.3"
BLOCK = 1 << 20  # bytes read at a time
LONGEST = 16 << 20  # bytes of one value or tag
DEEPEST = 100  # elements within elements
CHUNK = 20_000  # rows handed on at a time
# element -> its attributes that identify, under the names of the columns
KEYS = {
    "SubjectData": {"SubjectKey": "SubjectKey"},
    "StudyEventData": {"StudyEventOID": "StudyEventOID", "StudyEventRepeatKey": "StudyEventRepeatKey"},
    "FormData": {"FormOID": "FormOID", "FormRepeatKey": "FormRepeatKey"},
    "ItemGroupData": {"ItemGroupOID": "ItemGroupOID", "ItemGroupRepeatKey": "ItemGroupRepeatKey"},
}
CHANGES = ("Insert", "Update", "Upsert", "Remove")


class Group(NamedTuple):
    """One ItemGroupData; or one element above it that is removed, which has no ItemGroupOID."""

    number: int
    keys: dict[str, str | None]  # ODM_COLUMNS
    items: dict[str, str | None]
    twice: str | None = None  # the item that a snapshot names twice


@dataclass
class Contents:
    """What a file says of itself, and which groups it has."""

    transactional: bool = False
    groups: dict[str, int] = field(default_factory=dict)  # OID of each group with data -> how many
    defined: dict[str, list[str]] = field(default_factory=dict)  # OID of a group -> its items, where defined
    seen: dict[str, dict[str, None]] = field(default_factory=dict)  # OID of a group -> items in its data
    lists: dict[str, dict[str, str]] = field(default_factory=dict)  # item -> code -> what it says


def header(path: Path, place: str, source: Source) -> list[str]:
    """The columns: keys, the items that the file defines for the group, those in its data. A file that defines nothing
    may leave out any item."""
    found = contents(path, place)
    if found.transactional and source.mode != "transactional":
        words = f'is Transactional, and its source has mode = "{source.mode}"'
        raise RawFileError([Problem(place, "", words)])
    items = dict.fromkeys([*found.defined.get(source.itemgroup, ()), *found.seen.get(source.itemgroup, ())])
    if source.itemgroup not in found.defined:
        named = {*ODM_COLUMNS, *items}
        items |= {first: None for first, names in source.raw_columns.items() if not named.intersection(names)}
    return [*ODM_COLUMNS, *items]


def rows(path: Path, place: str, source: Source, keep: list[str]) -> Iterator[Rows]:
    """The rows of the group; those that it has on another form than the one meant are counted."""
    found: list[Group] = []
    others = 0
    for group in _groups(path, place, Contents()):
        form = group.keys["FormOID"]
        on_form = source.odm_form is None or form in (None, source.odm_form)
        if on_form and group.keys["ItemGroupOID"] in (None, source.itemgroup):
            found.append(group)
        elif group.keys["ItemGroupOID"] == source.itemgroup:
            others += 1
        if len(found) == CHUNK:
            yield _table(found, keep)
            found = []
    yield _table(found, keep)._replace(others=others)


def parts(path: Path, place: str) -> dict[str, int]:
    """OID of each group of items with data, and how many rows it has."""
    return contents(path, place).groups


def codes(path: Path, place: str) -> dict[str, dict[str, str]]:
    """Item -> the codes of its code list, and what they say."""
    return contents(path, place).lists


def contents(path: Path, place: str) -> Contents:
    return _contents(path, path.stat().st_mtime_ns, place.partition("#")[0])


@lru_cache(maxsize=4)  # several sources read one file
def _contents(path: Path, changed: int, place: str) -> Contents:
    found = Contents()
    for group in _groups(path, place, found):
        oid = group.keys["ItemGroupOID"]
        if oid is not None:
            found.groups[oid] = found.groups.get(oid, 0) + 1
            found.seen.setdefault(oid, {}).update(dict.fromkeys(group.items))
    return found


def _table(groups: list[Group], keep: list[str]) -> Rows:
    cells = [{**group.keys, **group.items} for group in groups]
    columns = [pa.array([row.get(name) for row in cells], pa.string()).dictionary_encode() for name in keep]
    why = [group.twice and f"names item {group.twice} twice" for group in groups]
    return Rows(pa.table(columns, keep), np.array([group.number for group in groups], np.int64), why)


def _groups(path: Path, place: str, contents: Contents) -> Iterator[Group]:
    """The groups in the order of the file; `contents` is filled on the way."""
    document = _Document(contents)
    declared = _encoding(path)
    parser = expat.ParserCreate(declared and "utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.text
    try:
        " ".encode(declared or "utf-8")  # a codec that makes no text of bytes is no encoding
        decoder = codecs.getincrementaldecoder(declared)() if declared else None
        with path.open("rb") as file:
            read = 0
            for block in chain(iter(lambda: file.read(BLOCK), b""), [b""]):
                final = not block
                block = decoder.decode(block, final).encode() if decoder else block
                parser.Parse(block, final)
                read += len(block)
                if read - parser.CurrentByteIndex > LONGEST:
                    raise ValueError(f"has a tag of more than {LONGEST:,} bytes")
                yield from document.done
                document.done.clear()
    except expat.ExpatError as error:
        words = f"is no XML that can be read: {expat.ErrorString(error.code)}"
        raise RawFileError([Problem(place, f"line {error.lineno}", words)]) from None
    except (ValueError, LookupError) as error:
        raise RawFileError([Problem(place, f"line {parser.CurrentLineNumber}", str(error))]) from None


def _encoding(path: Path) -> str | None:
    """The encoding that the file declares, where it is none that every XML parser knows: GB18030, say."""
    with path.open("rb") as file:
        declared = re.match(rb"<\?xml[^>]*encoding=[\"']([\w.-]+)", file.read(200))
    name = declared[1].decode().lower() if declared else "utf-8"
    return None if name in ("utf-8", "utf-16", "us-ascii", "iso-8859-1") else name


def _refuse(*_: object) -> None:
    raise ValueError("has a DOCTYPE, which can name other files and entities: it is not read any further")


class _Document:
    """Where in the document the parser is, and the groups that it has passed since they were last taken."""

    def __init__(self, contents: Contents):
        self.contents, self.done = contents, []
        self.path: list[str] = []  # the open elements; "" is one of another namespace, or within one
        self.keys: dict[str, str | None] = dict.fromkeys(ODM_COLUMNS)
        self.types: list[str | None] = [None]  # TransactionType of the open levels, inherited where not given
        self.number = 0
        self.items: dict[str, str | None] = {}
        self.changed = False
        self.twice: str | None = None
        self.value: list[str] | None = None  # text of the value that is open
        self.length = 0
        self.item, self.type = "", ""
        self.of_item: dict[str, str] = {}  # item -> its code list
        self.code_lists: dict[str, dict[str, str]] = {}
        self.defined, self.list, self.code = "", "", ""

    def start(self, name: str, given: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        foreign = space != NAMESPACE or bool(self.path) and not self.path[-1]
        if not self.path:
            if local != "ODM" or foreign:
                raise ValueError(f"is no ODM 1.3 file: it begins with {local} of namespace {space or 'none'}")
            if given.get("FileType") not in ("Snapshot", "Transactional"):
                raise ValueError("has no FileType, which must be Snapshot or Transactional")
            self.contents.transactional = given["FileType"] == "Transactional"
        if len(self.path) == DEEPEST:
            raise ValueError(f"has elements nested more than {DEEPEST} deep")
        self.path.append("" if foreign else local)
        if foreign:
            return
        if local in KEYS:
            self.types.append(given.get("TransactionType", self.types[-1]))
            self.keys |= {column: given.get(name) for name, column in KEYS[local].items()}
            if local == "ItemGroupData":
                self.number += 1
                self.items, self.changed, self.twice = {}, False, None
        elif local.startswith("ItemData") and self.path[-2] == "ItemGroupData":
            self.item = given.get("ItemOID", "")
            self.type = given.get("TransactionType", self.types[-1])
            if self.item in self.items and not self.contents.transactional:
                self.twice = self.item
            if local == "ItemData":
                self.put(self.item, "" if given.get("IsNull") == "Yes" else given.get("Value", ""))
            else:  # ItemDataString and so on: its text is the value
                self.value, self.length = [], 0
            if unit := given.get("MeasurementUnitOID"):
                self.put(f"{self.item}.unit", unit)
        elif local == "MeasurementUnitRef" and self.path[-2] == "ItemData":
            self.put(f"{self.item}.unit", given.get("MeasurementUnitOID", ""))
        elif local == "SiteRef" and self.path[-2] == "SubjectData":
            self.keys["LocationOID"] = given.get("LocationOID")
        elif local == "ItemGroupDef":
            self.defined = given.get("OID", "")
            self.contents.defined.setdefault(self.defined, [])
        elif local == "ItemRef" and self.path[-2] == "ItemGroupDef":
            self.contents.defined[self.defined].append(given.get("ItemOID", ""))
        elif local == "ItemDef":
            self.item = given.get("OID", "")
        elif local == "CodeListRef" and self.path[-2] == "ItemDef":
            self.of_item[self.item] = given.get("CodeListOID", "")
        elif local == "CodeList":
            self.list = given.get("OID", "")
        elif local in ("CodeListItem", "EnumeratedItem"):
            self.code = given.get("CodedValue", "")
            self.code_lists.setdefault(self.list, {}).setdefault(self.code, "")
        elif local == "TranslatedText" and self.path[-3:-1] == ["CodeListItem", "Decode"]:
            self.value, self.length = [], 0

    def text(self, text: str) -> None:
        if self.value is not None:
            self.length += len(text)
            if self.length > LONGEST:
                raise ValueError(f"has a value of more than {LONGEST:,} characters")
            self.value.append(text)

    def end(self, name: str) -> None:
        local = self.path.pop()
        if local == "TranslatedText" and self.value is not None:
            said = self.code_lists[self.list]
            said[self.code] = said[self.code] or "".join(self.value).strip()
            self.value = None
        elif local.startswith("ItemData") and self.value is not None:
            self.put(self.item, "".join(self.value))
            self.value = None
        elif local in KEYS:
            self.close(local)
        elif local == "MetaDataVersion":
            for item, oid in self.of_item.items():
                self.contents.lists.setdefault(item, {}).update(self.code_lists.get(oid, {}))
            self.of_item, self.code_lists = {}, {}

    def put(self, column: str, value: str) -> None:
        """The item's value, as far as the file changes it."""
        if not self.contents.transactional:
            self.items[column] = value
        elif self.type != "Context":
            self.items[column] = "" if self.type == "Remove" else value
            self.changed |= self.type in CHANGES

    def close(self, level: str) -> None:
        done, above = self.types.pop(), self.types[-1]
        if level == "ItemGroupData":
            if done == "Context" and self.changed:  # the group is there, and items of it are changed
                done = "Update"
            self.add(done, self.items, self.twice)
        elif self.contents.transactional and done == "Remove" != above:
            self.number += 1
            self.add(done, {}, None)
        for column in KEYS[level].values():
            self.keys[column] = None
        if level == "SubjectData":
            self.keys["LocationOID"] = None

    def add(self, done: str | None, items: dict[str, str | None], twice: str | None) -> None:
        type = done if self.contents.transactional else "Snapshot"
        self.done.append(Group(self.number, {**self.keys, "TransactionType": type}, items, twice))
