"""A sponsor's specification workbook, read as leniently as its meaning allows, and what a study has that is not in it.

Sheets and headings are known by several names, in any case and order (transforms/export/spec.py); a sheet that is not
there is not compared. Codelists, methods and where clauses are compared by what they say, not by what they are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from transforms.export.spec import ALIASES, NUMBERS, SHEET_ALIASES, SHEETS, Row, Spec

NEEDED = {
    "Datasets": ("Dataset",), "Variables": ("Dataset", "Variable"),
    "ValueLevel": ("Dataset", "Variable", "Where Clause"),
    "WhereClauses": ("ID", "Variable", "Comparator", "Value"), "Codelists": ("ID", "Term"), "Dictionaries": ("ID",),
    "Methods": ("ID",),
}  # fmt: skip
# what stands once for several rows, in merged cells
GOES_ON = {
    "Variables": ("Dataset",), "ValueLevel": ("Dataset", "Variable"), "WhereClauses": ("ID", "Dataset"),
    "Codelists": ("ID", "Name", "NCI Codelist Code", "Data Type", "Terminology"),
}  # fmt: skip
WITHOUT = {"Variables": "Variable", "ValueLevel": "Where Clause", "Codelists": "Term"}  # a row without it says nothing
HEAD_WITHIN = 20  # rows from the top in which the headings stand
# words of other tools for the terms of Define-XML
TYPES = {"char": "text", "character": "text", "string": "text", "num": "numeric", "number": "numeric", "int": "integer"}
# the narrower type of data that a specification with the wider one allows
ALLOWS = {
    "numeric": ("integer", "float"), "float": ("integer",), "text": (), "partialDate": ("date",),
    "incompleteDate": ("date", "partialDate"), "partialDatetime": ("datetime", "date", "partialDate"),
    "incompleteDatetime": ("datetime", "date", "partialDate", "incompleteDate", "partialDatetime", "partialTime"),
    "datetime": ("date",), "intervalDatetime": ("datetime", "date", "partialDate", "partialDatetime"),
}  # fmt: skip
ORIGINS = {"crf": "Collected", "edt": "Collected", "crfpage": "Collected", "copied": "Predecessor"}
YES, NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
EXPRESSION = re.compile(
    r"\s*(?:(?P<dataset>[A-Za-z]\w*)\.)?(?P<variable>[A-Za-z]\w*)\s+(?P<comparator>EQ|NE|IN|NOTIN|LT|LE|GT|GE|=)\s+"
    r"(?P<values>\(.*?\)|\"[^\"]*\"|'[^']*'|.+?)\s*(?=\s+(?i:and)\s+[A-Za-z]|$)",
    re.IGNORECASE,
)

Where = frozenset[tuple[str, str, frozenset[str]]]  # variable, comparator, values: all hold


class Wrong(NamedTuple):
    """What is wrong with a workbook, and where."""

    place: str
    message: str


class Difference(NamedTuple):
    """One thing in which the study and the specification differ, and where it stands in the workbook (row 0: nowhere).

    `agrees` is true of what the specification allows: a shorter text, a term that did not occur."""

    sheet: str
    row: int
    column: str
    place: str  # AE.AETERM
    what: str
    study: str
    spec: str
    agrees: bool = False


class Model(NamedTuple):
    """A specification by what it is about."""

    datasets: dict[str, Row]
    variables: dict[str, dict[str, Row]]
    values: dict[tuple[str, str], dict[Where, Row]]
    codelists: dict[str, list[Row]]
    dictionaries: dict[str, Row]
    methods: dict[str, Row]


def read_sheets(sheets: Mapping[str, Sequence[Sequence[object]]]) -> tuple[Spec, list[Wrong]]:
    """The specification in the sheets of a workbook, and all that is wrong with it."""
    names = {_plain(alias): sheet for sheet in SHEETS for alias in (sheet, *SHEET_ALIASES.get(sheet, ()))}
    spec: Spec = {}
    wrong: list[Wrong] = []
    for given, rows in sheets.items():
        sheet = names.get(_plain(given))
        if sheet is None or sheet in spec or sheet not in NEEDED:
            continue
        found = _rows(sheet, rows)
        if isinstance(found, str):
            wrong.append(Wrong(f"sheet {given}", found))
        else:
            spec[sheet] = found
    if not wrong and not {"Datasets", "Variables"} & spec.keys():
        there = ", ".join(sheets) or "no sheet at all"
        wrong.append(Wrong("", f"has neither a sheet Datasets nor a sheet Variables; it has {there}"))
    return spec, [*wrong, *_wrong_cells(spec)]


def _rows(sheet: str, rows: Sequence[Sequence[object]]) -> list[Row] | str:
    """The rows below the headings; or what is wrong with these."""
    known = {_plain(name): name for name in SHEETS[sheet]}
    for name in SHEETS[sheet]:
        for alias in ALIASES.get(name, ()):
            known.setdefault(_plain(alias), name)
    best: dict[str, int] = {}
    for at, cells in enumerate(rows[:HEAD_WITHIN]):
        heads: dict[str, int] = {}
        for column, cell in enumerate(cells):
            if name := known.get(_plain(cell_text(cell))):
                heads.setdefault(name, column)
        if all(name in heads for name in NEEDED[sheet]):
            return list(_below(sheet, rows[at + 1 :], at + 2, heads))
        best = max(best, heads, key=len)
    if not any(cell_text(cell) for cells in rows for cell in cells):
        return []  # an empty sheet
    lacking = [name for name in NEEDED[sheet] if name not in best]
    return f"has no column {', '.join(lacking)} (headings are looked for in the first {HEAD_WITHIN} rows)"


def _below(sheet: str, rows: Sequence[Sequence[object]], first: int, heads: dict[str, int]) -> Iterator[Row]:
    above: dict[str, str] = {}
    letters = {name: letter(at) for name, at in heads.items()}
    for number, cells in enumerate(rows, first):
        found = {name: cell_text(cells[at]) for name, at in heads.items() if at < len(cells)}
        found = {name: text for name, text in found.items() if text}
        if not found:
            continue
        going = GOES_ON.get(sheet, ())
        # a new ID begins anew: nothing of the list before goes on
        if going and going[0] in found and found[going[0]] != above.get(going[0]):
            above = {}
        above |= {name: found[name] for name in going if name in found}
        found = above | found
        if WITHOUT.get(sheet, going[0] if going else "") not in found and sheet in WITHOUT:
            continue
        yield Row(number, found, letters)


def cell_text(cell: object) -> str:
    """A cell as text: 12 of 12.0, white space as one blank."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def letter(at: int) -> str:
    """0 is column A, 26 is AA."""
    return (letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9#]", "", text.casefold())


def _wrong_cells(spec: Spec) -> Iterator[Wrong]:
    """Cells that cannot be what they should, what is named and not there, and what stands twice."""
    flags = ("Mandatory", "Has No Data", "Repeating", "Reference Data")
    for sheet, rows in spec.items():
        for row in rows:
            for name in NUMBERS:
                if row[name] and not re.fullmatch(r"\d+", row[name]):
                    yield _at(sheet, row, name, f"{row[name]} is no whole number")
            for name in flags:
                if row[name] and row[name].casefold() not in (*YES, *NO):
                    yield _at(sheet, row, name, f"{row[name]} is neither Yes nor No")
    named = (("Codelist", ("Codelists", "Dictionaries")), ("Method", ("Methods",)))
    for heading, sheets in named:
        if sheets[0] not in spec:
            continue
        there = {row["ID"].casefold() for sheet in sheets for row in spec.get(sheet, ())}
        for sheet in ("Variables", "ValueLevel"):
            for row in spec.get(sheet, ()):
                if row[heading] and row[heading].casefold() not in there:
                    yield _at(sheet, row, heading, f"{row[heading]} is not in {' or '.join(sheets)}")
    clauses = {row["ID"].casefold() for row in spec.get("WhereClauses", ())}
    for row in spec.get("ValueLevel", ()):
        clause = row["Where Clause"]
        if clause.casefold() not in clauses and _expression(clause, row["Dataset"]) is None:
            words = f"{clause} is neither in WhereClauses nor a condition such as VSTESTCD EQ TEMP"
            yield _at("ValueLevel", row, "Where Clause", words)
    once = {"Datasets": ("Dataset",), "Variables": ("Dataset", "Variable"), "Codelists": ("ID", "Term")}
    for sheet, names in once.items():
        seen: dict[tuple, int] = {}
        for row in spec.get(sheet, ()):
            key = tuple(row[name] if name == "Term" else row[name].upper() for name in names)
            if key in seen:
                yield _at(sheet, row, names[-1], f"{'.'.join(key)} stands in row {seen[key]} already")
            seen.setdefault(key, row.number)


def _at(sheet: str, row: Row, heading: str, message: str) -> Wrong:
    return Wrong(f"sheet {sheet}, cell {row.columns.get(heading, '')}{row.number}", message)


def _expression(text: str, dataset: str) -> Where | None:
    """A condition that stands in words: AETERM EQ "X" and AESEV IN ("MILD", "SEVERE"); None where it is none."""
    found, end = set(), 0
    for match in EXPRESSION.finditer(text):
        between = text[end : match.start()].strip()
        if between.casefold() not in ("", "and"):
            return None
        comparator = match["comparator"].upper().replace("=", "EQ")
        given = match["values"].strip()
        values = split_values(given.strip("()") if given.startswith("(") else given)
        found.add((match["variable"].upper(), *_check(comparator, values)))
        end = match.end()
    return frozenset(found) if found and not text[end:].strip() else None


def split_values(text: str) -> list[str]:
    """The values of one cell: A, "B, with a comma"."""
    found = [(quoted or single or plain).strip() for quoted, single, plain in re.findall(
        r'\s*(?:"([^"]*)"|\'([^\']*)\'|([^,]+))\s*(?:,|$)', text)]  # fmt: skip
    return [value for value in found if value]


def _check(comparator: str, values: Sequence[str]) -> tuple[str, frozenset[str]]:
    """IN one value is EQ."""
    comparator = comparator.upper()
    if len(values) == 1:
        comparator = {"IN": "EQ", "NOTIN": "NE"}.get(comparator, comparator)
    return comparator, frozenset(values)


def model(spec: Spec) -> Model:
    """The rows of a specification by what they are about."""
    clauses: dict[str, set] = {}
    for row in spec.get("WhereClauses", ()):
        many = row["Comparator"].upper() in ("IN", "NOTIN")
        values = split_values(row["Value"]) if many else [row["Value"].strip('"')]
        check = (row["Variable"].upper(), *_check(row["Comparator"], values))
        clauses.setdefault(row["ID"].casefold(), set()).add(check)
    found = Model({}, {}, {}, {}, {}, {})
    for row in spec.get("Datasets", ()):
        found.datasets[row["Dataset"].upper()] = row
    for row in spec.get("Variables", ()):
        found.variables.setdefault(row["Dataset"].upper(), {})[row["Variable"].upper()] = row
    for row in spec.get("ValueLevel", ()):
        clause = row["Where Clause"]
        where = clauses.get(clause.casefold())
        where = frozenset(where) if where else _expression(clause, row["Dataset"])
        found.values.setdefault((row["Dataset"].upper(), row["Variable"].upper()), {})[where] = row
    for row in spec.get("Codelists", ()):
        found.codelists.setdefault(row["ID"].casefold(), []).append(row)
    for sheet, rows in (("Dictionaries", found.dictionaries), ("Methods", found.methods)):
        rows |= {row["ID"].casefold(): row for row in spec.get(sheet, ())}
    return found


def differences(study: Spec, sponsor: Spec, standards: Mapping[str, str]) -> list[Difference]:
    """In what a study's specification and a sponsor's differ. `standards`: dataset -> its standard; what the workbook
    has no dataset of is not compared."""
    study = {  # white space as it is read from a cell
        sheet: [row._replace(cells={name: cell_text(text) for name, text in row.cells.items()}) for row in rows]
        for sheet, rows in study.items()
    }
    ours, theirs = model(study), model(sponsor)
    named = {*theirs.datasets, *theirs.variables}
    covered = {standards[name] for name in named if name in standards}
    ours_named = [name for name in {**ours.datasets, **ours.variables} if standards.get(name) in covered]
    found: list[Difference] = []
    for dataset in ours_named:
        if dataset not in named:
            found.append(Difference("Datasets", 0, "", dataset, "dataset is not in the specification", "there", ""))
    for dataset in dict.fromkeys([*theirs.datasets, *theirs.variables]):
        if dataset not in ours.datasets:
            sheet = "Datasets" if dataset in theirs.datasets else "Variables"
            row = theirs.datasets.get(dataset) or next(iter(theirs.variables[dataset].values()))
            found.append(_difference(sheet, row, "Dataset", dataset, "dataset is not in the study", "", "there"))
            continue
        if dataset in theirs.datasets:
            found += _dataset(dataset, ours.datasets[dataset], theirs.datasets[dataset])
        if dataset in theirs.variables:
            found += _variables(dataset, ours, theirs)
        elif "Variables" in sponsor:
            words = "dataset has no variable in the specification"
            found.append(Difference("Variables", 0, "", dataset, words, "there", ""))
    if "ValueLevel" in sponsor:
        for place in dict.fromkeys([*theirs.values, *ours.values]):
            if place[0] in ours_named and place[0] in named and place[1] in ours.variables.get(place[0], {}):
                found += _values(place, ours, theirs)
    if "Methods" in sponsor:
        found += [
            _difference("Methods", row, "Description", f"method {row['ID']}", "method has no description", "", "")
            for row in theirs.methods.values() if not row["Description"] and not row["Expression Code"]
        ]  # fmt: skip
    return found


def _difference(
    sheet: str, row: Row, heading: str, place: str, what: str, study: str, spec: str, agrees: bool = False
) -> Difference:
    return Difference(sheet, row.number, row.columns.get(heading, ""), place, what, study, spec, agrees)


def _same(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text).casefold().strip()


def _dataset(dataset: str, ours: Row, theirs: Row) -> Iterator[Difference]:
    for heading, same, agrees in (
        ("Label", str, False), ("Class", _same, False), ("Structure", _same, True), ("Purpose", _same, False),
        ("Repeating", _flag, False), ("Reference Data", _flag, False),
    ):  # fmt: skip
        if theirs[heading] and same(ours[heading]) != same(theirs[heading]):
            yield _difference(
                "Datasets", theirs, heading, dataset, heading.lower(), ours[heading], theirs[heading], agrees
            )
    keys = [re.split(r"[\s,;]+", row["Key Variables"].strip(" ,;")) for row in (ours, theirs)]
    if theirs["Key Variables"] and keys[0] != keys[1]:
        given = (ours["Key Variables"], theirs["Key Variables"])
        yield _difference("Datasets", theirs, "Key Variables", dataset, "key variables", *given)


def _flag(text: str) -> str:
    return {**dict.fromkeys(YES, "Yes"), **dict.fromkeys(NO, "No")}.get(text.casefold(), text)


def _variables(dataset: str, ours: Model, theirs: Model) -> Iterator[Difference]:
    own, given = ours.variables.get(dataset, {}), theirs.variables[dataset]
    for name, row in given.items():
        if name not in own:
            words = "variable is not in the study"
            yield _difference("Variables", row, "Variable", f"{dataset}.{name}", words, "", "there")
    for name in own:
        if name not in given:
            words = "variable is not in the specification"
            yield Difference("Variables", 0, "", f"{dataset}.{name}", words, "there", "")
    shared = [name for name in own if name in given]
    in_turn = sorted(shared, key=lambda name: _order(given[name]))
    matched = SequenceMatcher(None, shared, in_turn, autojunk=False).get_matching_blocks()
    in_place = {in_turn[block.b + n] for block in matched for n in range(block.size)}
    for name in in_turn:
        if name not in in_place:
            after = [_after(names, name) for names in (shared, in_turn)]
            yield _difference("Variables", given[name], "Order", f"{dataset}.{name}", "order", *after)
    for name in shared:
        row, place = given[name], f"{dataset}.{name}"
        if row["Label"] and row["Label"] != own[name]["Label"]:
            yield _difference("Variables", row, "Label", place, "label", own[name]["Label"], row["Label"])
        if row["Role"] and _same(row["Role"]) != _same(own[name]["Role"]):
            yield _difference("Variables", row, "Role", place, "role", own[name]["Role"], row["Role"])
        yield from _facts("Variables", place, own[name], row, ours, theirs)


def _order(row: Row) -> tuple[int, int]:
    """Where a variable stands: by its order, and where there is none by its row."""
    return (int(row["Order"]) if row["Order"] else row.number, row.number)


def _after(names: list[str], name: str) -> str:
    at = names.index(name)
    return f"after {names[at - 1]}" if at else "first"


def _facts(sheet: str, place: str, own: Row, given: Row, ours: Model, theirs: Model) -> Iterator[Difference]:
    """What variables and values have in common."""

    def told(heading: str, agrees: bool = False, what: str | None = None) -> Difference:
        words = what or heading.lower()
        return _difference(sheet, given, heading, place, words, own[heading], given[heading], agrees)

    nothing = own["Has No Data"] == "Yes"  # no record has a value: what a value would be is not known
    kinds = [_type(row["Data Type"]) for row in (own, given)]
    if given["Data Type"] and kinds[0] != kinds[1]:
        yield told("Data Type", nothing or kinds[0] in ALLOWS.get(kinds[1], ()))
    for heading in ("Length", "Significant Digits"):
        if given[heading] and own[heading] and int(given[heading]) != int(own[heading]):
            yield told(heading, nothing or int(own[heading]) < int(given[heading]))
    if given["Format"] and _form(own["Format"]) != _form(given["Format"]):
        yield told("Format")
    if given["Mandatory"] and _flag(own["Mandatory"]) != _flag(given["Mandatory"]):
        yield told("Mandatory")
    origins = [_origin(row["Origin"]) for row in (own, given)]
    if given["Origin"] and origins[0] != origins[1]:
        yield told("Origin")
    if given["Source"] and own["Source"] and _set(own["Source"]) != _set(given["Source"]):
        yield told("Source")
    if given["Predecessor"] and own["Predecessor"] and _same(own["Predecessor"]) != _same(given["Predecessor"]):
        yield told("Predecessor")
    if theirs.methods or given["Method"]:
        if given["Method"] and not own["Method"]:
            yield told("Method", what="method is not in the study")
        elif own["Method"] and not given["Method"]:
            yield told("Method", what="method is not in the specification")
        elif own["Method"]:
            words = [model.methods.get(row["Method"].casefold()) for model, row in ((ours, own), (theirs, given))]
            if all(words) and words[0]["Description"] != words[1]["Description"] and words[1]["Description"]:
                yield _difference(
                    "Methods", words[1], "Description", place, "words of the method",
                    words[0]["Description"], words[1]["Description"], True,
                )  # fmt: skip
    yield from _codelist(sheet, place, own, given, ours, theirs)


def _type(text: str) -> str:
    names = {name.casefold(): name for name in (*ALLOWS, "integer", "date", "time", "partialTime", "durationDatetime")}
    return TYPES.get(text.casefold()) or names.get(text.casefold(), text.casefold())


def _form(text: str) -> str:
    return text.upper().rstrip(".")


def _origin(text: str) -> frozenset[str]:
    return frozenset(ORIGINS.get(_plain(one), one.capitalize()) for one in split_values(text.replace(";", ",")))


def _set(text: str) -> frozenset[str]:
    return frozenset(one.casefold() for one in split_values(text.replace(";", ",")))


def _codelist(sheet: str, place: str, own: Row, given: Row, ours: Model, theirs: Model) -> Iterator[Difference]:
    """The codelists of a variable by what they hold. A dictionary is one by its name and version."""
    mine, asked = own["Codelist"].casefold(), given["Codelist"].casefold()
    if not theirs.codelists and not asked:
        return
    at = {"sheet": sheet, "row": given, "heading": "Codelist", "place": place}
    if asked and not mine:
        nothing = own["Has No Data"] == "Yes"
        words = "codelist is not in the study"
        yield _difference(**at, what=words, study="", spec=given["Codelist"], agrees=nothing)
    elif mine and not asked:
        yield _difference(**at, what="codelist is not in the specification", study=own["Codelist"], spec="")
    elif (mine in ours.dictionaries) != (asked in theirs.dictionaries):
        yield _difference(**at, what="dictionary or codelist", study=own["Codelist"], spec=given["Codelist"])
    elif asked in theirs.dictionaries:
        rows = ours.dictionaries[mine], theirs.dictionaries[asked]
        for heading in ("Dictionary", "Version"):
            if rows[1][heading] and _same(rows[0][heading]) != _same(rows[1][heading]):
                yield _difference(
                    "Dictionaries", rows[1], heading, place, heading.lower(), rows[0][heading], rows[1][heading]
                )
    elif asked in theirs.codelists and mine in ours.codelists:
        yield from _terms(place, ours.codelists[mine], theirs.codelists[asked])


def _terms(place: str, own: list[Row], given: list[Row]) -> Iterator[Difference]:
    codes = [next((row["NCI Codelist Code"] for row in rows if row["NCI Codelist Code"]), "") for rows in (own, given)]
    if all(codes) and codes[0] != codes[1]:
        yield _difference("Codelists", given[0], "NCI Codelist Code", place, "codelist code", *codes)
    mine, asked = {row["Term"]: row for row in own}, {row["Term"]: row for row in given}
    for term in mine:
        if term not in asked:
            words = f"term is not in codelist {given[0]['ID']} of the specification"
            yield Difference("Codelists", 0, given[0].columns.get("Term", ""), place, words, term, "")
    for term, row in asked.items():
        if term not in mine:
            words = f"term of codelist {row['ID']} does not occur in the study"
            yield _difference("Codelists", row, "Term", place, words, "", term, True)
            continue
        for heading in ("NCI Term Code", "Decoded Value"):
            pair = (mine[term][heading], row[heading])
            if all(pair) and pair[0] != pair[1]:
                yield _difference("Codelists", row, heading, place, f"{heading.lower()} of {term}", *pair)


def _values(place: tuple[str, str], ours: Model, theirs: Model) -> Iterator[Difference]:
    """Value level of a variable: each condition on its other side, or the one that says more or less of the same."""
    own, given = dict(ours.values.get(place, {})), dict(theirs.values.get(place, {}))
    name = ".".join(place)
    pairs: list[tuple[Where, Where]] = [(where, where) for where in given if where in own]
    left, open_ = [w for w in own if w not in given], [w for w in given if w not in own]
    for where in open_:
        near = [other for other in left if where is not None and (where < other or other < where)]
        if len(near) == 1:
            pairs.append((near[0], where))
            left.remove(near[0])
        else:
            row = given[where]
            words = "condition is not in the study"
            yield _difference("ValueLevel", row, "Where Clause", name, words, "", in_words(where))
    for where in left:
        words = "condition is not in the specification"
        yield Difference("ValueLevel", 0, "", name, words, in_words(where), "")
    for mine, asked in pairs:
        row, at = given[asked], f"{name} where {in_words(asked)}"
        if mine != asked:
            words = "condition says more or less"
            yield _difference("ValueLevel", row, "Where Clause", name, words, in_words(mine), in_words(asked), True)
        if row["Label"] and own[mine]["Label"] and row["Label"] != own[mine]["Label"]:
            yield _difference("ValueLevel", row, "Label", at, "label", own[mine]["Label"], row["Label"])
        yield from _facts("ValueLevel", at, own[mine], row, ours, theirs)


def in_words(where: Where) -> str:
    """VSTESTCD EQ TEMP and VSTPT EQ BEFORE."""
    checks = sorted((variable, comparator, ", ".join(sorted(values))) for variable, comparator, values in where or ())
    return " and ".join(" ".join(check) for check in checks)
