"""What `trialmill diff` prints: counts first, then the values; on a terminal, as one HTML page, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pandas as pd

from flows.diff import LAYERS, DatasetChanges, Difference

TITLES = {"raw": "Raw rows", "sdtm": "SDTM records", "adam": "ADaM records", "tables": "Table lines"}
WHAT = ("added", "removed", "changed")
THROUGH = {
    "value": "",
    "rows": " (it decides which records there are)",
    "subject": " (of the same subject; none of the value's own records has changed)",
}
SHOWN = 20  # records of a dataset that the terminal shows
ON_A_PAGE = 2000  # and the HTML page
CAUSES = 3  # raw edits that are named with one value


def lines_of(found: Difference, limit: int | None) -> Iterator[str]:
    """The whole text, line by line. `limit`: so many records of a dataset; None: all."""
    yield f"{found.new['study']}: what changed from {_named(found.old)} to {_named(found.new)}"
    yield from _made_otherwise(found)
    if not found.datasets and not found.only:
        yield "Nothing has changed."
        return
    for layer in LAYERS:
        own = [one for one in found.datasets if one.layer == layer]
        only = [(name, side) for of, name, side in found.only if of == layer]
        if not own and not only:
            continue
        yield ""
        yield f"{TITLES[layer]:<28}{'added':>9}{'removed':>9}{'changed':>9}"
        for one in own:
            yield f"  {one.name:<26}" + "".join(f"{one.count(what):>9,}" for what in WHAT)
        yield from (f"  {words}" for words in _schema(found, layer))
    for layer in LAYERS:
        for one in found.datasets:
            if one.layer == layer and len(one.changes.records):
                yield ""
                yield f"{TITLES[layer]}: {one.name}"
                yield from _records(found, one, limit)


def _named(manifest: dict) -> str:
    return f"{manifest['snapshot']} (delivery {manifest['delivery']})"


def _made_otherwise(found: Difference) -> Iterator[str]:
    """Whether the study file, the code or the libraries differ too: then not every change has a raw edit."""
    old, new = found.old["fingerprint"], found.new["fingerprint"]
    if old.get("study") != new.get("study"):
        yield "The study's own files differ too."
    if old.get("code") != new.get("code"):
        yield "The code differs too."
    if found.old["versions"] != found.new["versions"]:
        yield "The libraries differ too."


def _schema(found: Difference, layer: str) -> Iterator[str]:
    for of, name, side in found.only:
        if of == layer:
            yield f"{name} is {'new' if side == 'new' else 'not there any more'}"
    for one in found.datasets:
        if one.layer == layer:
            for side, words in (("new", "new"), ("old", "not there any more")):
                if one.columns[side]:
                    yield f"{one.name}: column {', '.join(one.columns[side])} {words}"


def _records(found: Difference, one: DatasetChanges, limit: int | None) -> Iterator[str]:
    for what in WHAT:
        records = one.changes.records[one.changes.records["what"] == what]
        for record in records.head(limit or len(records)).index:
            yield f"  {what:<8} {_key(one, record)}{_place(one, record)}"
            yield from (f"             {words}" for words in _because(found, one, record, ""))
            for value in _values(one, record).itertuples():
                yield f"             {value.column}: {_shown(value.old)} -> {_shown(value.new)}"
                yield from (f"               {words}" for words in _because(found, one, record, value.column))
        if limit and len(records) > limit:
            yield f"  ... and {len(records) - limit:,} more {what} (--all, --html FILE or --json)"


def _key(one: DatasetChanges, record: int) -> str:
    row = one.changes.records.loc[record]
    return ", ".join(f"{key} {row[key]}" for key in one.keys if not pd.isna(row[key])) or "(no key)"


def _place(one: DatasetChanges, record: int) -> str:
    """File and row of a raw record, and what became of it."""
    if one.layer != "raw":
        return ""
    row = _side(one, record)
    reason = row.get("_reason")
    return f"   [{row['_file']}, row {row['_row']}]" + (f" {reason}" if isinstance(reason, str) else "")


def _side(one: DatasetChanges, record: int) -> pd.Series:
    line = one.changes.records.loc[record]
    side = "new" if not pd.isna(line["new"]) else "old"
    return one.rows[side].iloc[int(line[side])]


def _values(one: DatasetChanges, record: int) -> pd.DataFrame:
    values = one.changes.values
    start, end = values["record"].searchsorted([record, record + 1])
    return values.iloc[start:end]


def _shown(value: object) -> str:
    if not isinstance(value, str) or not value:
        return "blank"
    return f'"{value}"' if value != value.strip() else value


def _because(found: Difference, one: DatasetChanges, record: int, column: str) -> Iterator[str]:
    """The raw edits behind a value, in words."""
    links = found.links(one.name, record, column) if one.layer == "adam" else ()
    for number, (source, raw, through) in enumerate(links):
        if number == CAUSES:
            yield f"because of {len(links) - CAUSES} more raw rows"
            return
        edit = next(other for other in found.datasets if other.layer == "raw" and other.name == source)
        what = edit.changes.records.at[raw, "what"]
        values = "; ".join(f"{v.column} {_shown(v.old)} -> {_shown(v.new)}" for v in _values(edit, raw).itertuples())
        words = f"because {source} {_key(edit, raw)} was {what}" + (f": {values}" if values else "")
        yield f"{words}{_place(edit, raw)}{THROUGH[through]}"


def as_json(found: Difference) -> dict:
    """Every change, for machines."""
    layers: dict[str, dict] = {layer: {} for layer in LAYERS}
    for one in found.datasets:
        records = []
        for record in one.changes.records.index:
            line = one.changes.records.loc[record]
            entry = {"what": line["what"], "key": {key: _plain(line[key]) for key in one.keys}}
            if one.layer == "raw":
                row = _side(one, record)
                entry |= {"file": row["_file"], "row": int(row["_row"]), "reason": _plain(row.get("_reason"))}
            entry["values"] = [
                {
                    "column": v.column,
                    "old": _plain(v.old),
                    "new": _plain(v.new),
                    **_causes(found, one, record, v.column),
                }
                for v in _values(one, record).itertuples()
            ]
            records.append(entry | _causes(found, one, record, ""))
        counts = {what: one.count(what) for what in WHAT}
        layers[one.layer][one.name] = counts | {"columns": one.columns, "records": records}
    return {
        "status": 0,
        "from": {key: found.old[key] for key in ("snapshot", "delivery")},
        "to": {key: found.new[key] for key in ("snapshot", "delivery")},
        "made_otherwise": list(_made_otherwise(found)),
        "only": [{"layer": layer, "dataset": name, "in": side} for layer, name, side in found.only],
        "layers": layers,
    }


def _causes(found: Difference, one: DatasetChanges, record: int, column: str) -> dict:
    """`because`: position of each raw record among those of its source, and by which way."""
    if one.layer != "adam" or not (links := found.links(one.name, record, column)):
        return {}
    return {"because": [{"source": source, "record": raw, "through": through} for source, raw, through in links]}


def _plain(value: object) -> object:
    return value if isinstance(value, str) else None


def page(found: Difference) -> str:
    """One HTML page with all that it needs."""
    title = f"{found.new['study']}: what changed"
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>From <b>{escape(_named(found.old))}</b> to <b>{escape(_named(found.new))}</b>. "
        + escape(" ".join(_made_otherwise(found)))
        + "</p>",
    ]
    if not found.datasets and not found.only:
        parts.append("<p>Nothing has changed.</p>")
    for layer in LAYERS:
        own = [one for one in found.datasets if one.layer == layer]
        schema = list(_schema(found, layer))
        if not own and not schema:
            continue
        parts.append(f"<h2>{TITLES[layer]}</h2><table><tr><th>Dataset<th>added<th>removed<th>changed</tr>")
        for one in own:
            counts = "".join(f"<td class=n>{one.count(what):,}" for what in WHAT)
            parts.append(f'<tr><td><a href="#{layer}-{escape(one.name)}">{escape(one.name)}</a>{counts}</tr>')
        parts.append("</table>" + "".join(f"<p>{escape(words)}</p>" for words in schema))
    for layer in LAYERS:
        parts += [_section(found, one) for one in found.datasets if one.layer == layer and len(one.changes.records)]
    return PAGE.replace("TITLE", escape(title)).replace("BODY", "\n".join(parts))


def _section(found: Difference, one: DatasetChanges) -> str:
    rows = []
    records = one.changes.records
    for record in records.index[:ON_A_PAGE]:
        what = records.at[record, "what"]
        place = f"<div class=place>{escape(_place(one, record))}</div>"
        head = f"<td class={what}>{what}<td>{escape(_key(one, record))}{place}"
        values = list(_values(one, record).itertuples())
        whole = "<br>".join(escape(words) for words in _because(found, one, record, ""))
        if not values:
            rows.append(f"<tr>{head}<td><td><td><td class=why>{whole}</tr>")
        for number, value in enumerate(values):
            why = "<br>".join(escape(words) for words in _because(found, one, record, value.column))
            cells = f"<td>{escape(value.column)}<td>{escape(_shown(value.old))}<td><b>{escape(_shown(value.new))}</b>"
            rows.append(f"<tr>{head if number == 0 else '<td><td>'}{cells}<td class=why>{why}</tr>")
    more = len(records) - ON_A_PAGE
    rest = f"<p>... and {more:,} more: trialmill diff --json has all of them.</p>" if more > 0 else ""
    counts = ", ".join(f"{one.count(what):,} {what}" for what in WHAT if one.count(what))
    return (
        f'<details id="{one.layer}-{escape(one.name)}" open><summary>{TITLES[one.layer]}: {escape(one.name)} '
        f"<small>{counts}</small></summary><table class=wide><tr><th><th>Record<th>Variable<th>old<th>new<th>"
        f"{'Because' if one.layer == 'adam' else ''}</tr>{''.join(rows)}</table>{rest}</details>"
    )


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>TITLE</title><style>
body { font: 14px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 1300px; padding: 0 1rem; color: #1c2430 }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin: 1.5rem 0 .4rem }
table { border-collapse: collapse; margin: .4rem 0 }
th, td { text-align: left; padding: .25rem .7rem; vertical-align: top }
th { border-bottom: 2px solid #c9d2de; font-weight: 600 } tr + tr td { border-top: 1px solid #e7ecf2 }
.n { text-align: right; font-variant-numeric: tabular-nums } .wide { width: 100% }
summary { font-weight: 600; font-size: 1.05rem; margin-top: 1.6rem; cursor: pointer }
small { font-weight: 400; color: #5a6675 }
.added { color: #146c2e } .removed { color: #b3261e } .changed { color: #8a5300 }
.place, .why { color: #5a6675; font-size: .86rem } a { color: #0b5cad }
</style></head><body>
BODY
</body></html>
"""
