"""What `trialmill why` prints: the way back as a tree, each record once; forward, what a row feeds."""

from __future__ import annotations

from collections import Counter

from flows.why import Fed, Node, Place, Trace
from schemas.adam import DATASETS as ADAM
from schemas.sdtm import DATASETS as SDTM

SHOWN = 40  # records of one kind, or lines of tables, that the terminal shows


def trace_text(trace: Trace) -> str:
    lines: list[str] = []
    seen: set[tuple[Place, tuple[str, ...]]] = set()
    if trace.line is not None:
        lines += _table_lines(trace)
    for number, place in enumerate(trace.start, 1):
        lines += ["", *_tree(trace, place, f"{number}. " if len(trace.start) > 1 else "", 0, seen)]
    if trace.left_out:
        lines += ["", f"... and {trace.left_out:,} more records (--all)"]
    lines += ["", "Rules"]
    for name, rule in trace.rules.items():
        lines += [f"  {name}  ({rule['file']})", *_wrapped(rule["words"], "      ")]
    versions = trace.versions
    standards = ", ".join(f"{name} {version}" for name, version in versions["standards"].items())
    lines += ["", f"Snapshot {versions['snapshot']}, delivery {versions['delivery']}; code {_short(versions['code'])}"]
    lines.append(f"{standards}; " + ", ".join(f"{name} {version}" for name, version in versions["libraries"].items()))
    return "\n".join(lines).lstrip("\n")


def _table_lines(trace: Trace) -> list[str]:
    line = trace.line
    lines = [f"tables.{line['table']}   {line['row_key']}"]
    hidden = {"row_key", "table", "number"}
    numbers = [line["number"]] if line["number"] else [name for name in line if name not in hidden]
    lines += [f"  {name} = {line.get(name)}" for name in numbers]
    if not trace.counted:
        return [*lines, "  counts no record"]
    for dataset, count in Counter(place.dataset for place, *_ in trace.counted).items():
        subjects = len({place.USUBJID for place, *_ in trace.counted if place.dataset == dataset})
        lines.append(f"  counts {_many(count, 'record')} of {dataset}, of {_many(subjects, 'subject')}")
    return lines


def _tree(trace: Trace, place: Place, mark: str, depth: int, seen: set) -> list[str]:
    node = trace.nodes.get(place)
    pad = "   " * depth
    if node is None:
        return [f"{pad}{mark}{_name(place)} is not in the snapshot"]
    values = ", ".join(f"{name} = {_shown(node.record.get(name))}" for name in node.variables)
    counted = [numbers for one, _, numbers in trace.counted if one == place]
    of = ", ".join(dict.fromkeys(name for numbers in counted for name in numbers))
    head = (
        f"{pad}{mark}{_label(node)}"
        + (f": {values}" if values else "")
        + (f"   [in {of}]" if depth == 0 and of else "")
    )
    key = (place, tuple(node.variables))
    if key in seen:
        return [head + "   (see above)"]
    seen.add(key)
    lines = [head]
    for row in node.cells:
        where = f"{row['file']}" + (f", sheet {row['sheet']}" if row["sheet"] else "") + f", row {row['row']}"
        form = f" (form {row['form']})" if row.get("form") else ""
        lines.append(f"{pad}   <- {where}{form}")
        for cell in row["cells"] if node.variables else ():
            lines.append(f"{pad}        {_cell(cell)}")
        for cell in row["cells"] if not node.variables else ():
            if cell["text"] is not None:
                lines.append(f"{pad}        {_cell(cell)}")
    for parent, _ in node.parents:
        lines += _tree(trace, parent, "<- ", depth + 1, seen)
    return lines


def _cell(cell: dict) -> str:
    name = " or ".join([cell["column"], *cell.get("also_named", ())])
    text = "blank" if cell["text"] is None else f'"{cell["text"]}"'
    words = f"column {name}: {text}"
    if correction := cell.get("correction"):
        words += f', corrected to "{correction["new_value"]}" (corrections.csv line {correction["line"]}: '
        words += f"{correction['reason']}; {correction['who']}, {correction['when']})"
    return words


def _name(place: Place) -> str:
    return " ".join(str(part) for part in (place.dataset, place.USUBJID, place.SEQ) if part is not None)


def _label(node: Node) -> str:
    """Dataset, subject and what makes the record what it is, by the keys of its schema."""
    schema = (ADAM if node.layer == "adam" else SDTM)[node.place.dataset]
    keys = [key for key in schema.metadata["keys"] if key not in ("STUDYID", "USUBJID", *node.variables)]
    said = ", ".join(f"{key} {_shown(node.record[key])}" for key in keys if key in node.record)
    return _name(node.place) + (f" ({said})" if said else "")


def _shown(value: object) -> str:
    return "missing" if value is None else str(value)


def _short(text: str | None) -> str:
    return (text or "unknown")[:12]


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "s")


def _wrapped(text: str, pad: str, width: int = 110) -> list[str]:
    lines = [pad]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append(pad)
        lines[-1] += word + " "
    return [line.rstrip() for line in lines]


def trace_json(trace: Trace) -> dict:
    return {
        "status": 0,
        "line": trace.line,
        "counted": [_place(place) | {"variables": v, "numbers": n} for place, v, n in trace.counted],
        "start": [_place(place) for place in trace.start],
        "records": [
            _place(node.place)
            | {
                "layer": node.layer,
                "values": {name: node.record.get(name) for name in node.variables} or node.record,
                "uses": node.uses,
                "from": [_place(parent) | {"variables": asked} for parent, asked in node.parents],
                "rows": node.cells,
            }
            for node in trace.nodes.values()
        ],
        "left_out": trace.left_out,
        "rules": trace.rules,
        "versions": trace.versions,
    }


def _place(place: Place) -> dict:
    return {"dataset": place.dataset, "USUBJID": place.USUBJID, "SEQ": place.SEQ}


def fed_text(fed: Fed, everything: bool = False) -> str:
    lines: list[str] = []
    limit = None if everything else SHOWN
    for row in fed.rows[:limit]:
        where = row["file"] + (f", sheet {row['sheet']}" if row["sheet"] else "") + f", row {row['row']}"
        lines.append(
            f"{where} (source {row['source']}): {row['outcome']}" + (f", {row['reason']}" if row["reason"] else "")
        )
    if limit and len(fed.rows) > limit:
        lines.append(f"... and {len(fed.rows) - limit:,} more rows (--all)")
    for title, datasets in (("SDTM", SDTM), ("ADaM", ADAM)):
        own = {place: known for place, known in fed.records.items() if place.dataset in datasets}
        lines += ["", f"{title}: {_many(len(own), 'record')}"]
        for dataset in dict.fromkeys(place.dataset for place in own):
            places = [place for place in own if place.dataset == dataset]
            numbers = ", ".join(str(place.SEQ) for place in places[:limit] if place.SEQ is not None)
            more = f" and {len(places) - limit:,} more (--all)" if limit and len(places) > limit else ""
            through = {own[place]["through"] for place in places} - {None}
            by = f" through {', '.join(sorted(through))}" if through else ""
            subjects = list(dict.fromkeys(place.USUBJID for place in places))
            of = ", ".join(subjects[:3]) + (f" and {len(subjects) - 3:,} more" if len(subjects) > 3 else "")
            lines.append(
                f"  {dataset:<8} {_many(len(places), 'record')} of {of}{by}" + (f": {numbers}{more}" if numbers else "")
            )
            variables = sorted(set().union(*(own[place]["variables"] for place in places)))
            lines += _wrapped(", ".join(variables), "           ")
    lines += ["", f"Tables: {_many(len(fed.cells), 'line')}"]
    for cell in fed.cells[:limit]:
        labels = " | ".join(str(value) for value in cell["labels"].values())
        numbers = ", ".join(cell["numbers"]) or "every number"
        lines.append(f"  {cell['table']:<18} {labels}   ({numbers}; {_many(cell['records'], 'record')})")
    if limit and len(fed.cells) > limit:
        lines.append(f"  ... and {len(fed.cells) - limit:,} more (--all)")
    if not fed.records:
        lines += ["", "Nothing is made from it."]
    return "\n".join(lines)


def fed_json(fed: Fed) -> dict:
    return {
        "status": 0,
        "rows": fed.rows,
        "records": [
            _place(place) | {"variables": sorted(known["variables"]), "through": known["through"]}
            for place, known in fed.records.items()
        ],
        "cells": fed.cells,
        "versions": fed.versions,
    }
