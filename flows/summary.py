"""What a run says when it is done, for a data manager: what came in, what came out, what to look at, what changed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from flows.audit import CHAIN
from flows.check import Checked
from schemas.edit_checks import edit_checks

LAYERS = ("sdtm", "adam", "tables")
TITLES = {"sdtm": "SDTM", "adam": "ADaM", "tables": "Table"}
# what a person should do about a finding of each rule
ADVICE = {
    "CODE": "a code that the study file does not know: the cell is blank",
    "CODING": "no line in coding.csv yet",
    "COLUMNS": "a row that does not fit its header: set aside",
    "COMMENT": "longer than the variables that hold it: the end is left out",
    "CONSENT": "before informed consent",
    "CORRECTION": "a line of corrections.csv that changes nothing any more",
    "DATE-FORMAT": "dates are written in another way than in earlier deliveries",
    "DATE": "a date or time that cannot be, or that can be read in two ways: the cell is blank",
    "DATE-ORDER": "the end is before the start: kept as collected",
    "DELETED": "gone from a later delivery",
    "DLQI-TOTAL": "the site's total differs from its items: kept as collected",
    "DUPLICATE": "the same record twice: one stands",
    "DUPLICATE-KEY": "one key, two versions in one delivery: the newest stands",
    "INACTIVE": "taken out in the EDC",
    "LENGTH": "a site's or subject's number that is too long for an identifier: set aside",
    "MISSING-COLUMN": "a column that earlier deliveries had",
    "NEW-COLUMN": "a column that the study file does not know: only in the raw layer",
    "NEW-FILE": "a file that the study file does not know: not read",
    "NUMBER": "no number where one is expected: kept verbatim",
    "PASI-AREA": "area 0 with a symptom, or an area without one",
    "PASI-TOTAL": "the site's total differs from its items: kept as collected",
    "RANGE": "a value that cannot be: the cell is blank",
    "RENAMED-COLUMN": "a column that seems to have another name now",
    "REQUIRED": "no subject, topic or other cell that the row cannot do without: set aside",
    "RETYPED-COLUMN": "a column that held numbers or dates and does not any more",
    "SAE-RECONCILE": "the site's listing of serious events and the EDC disagree",
    "SUBJECT": "a subject that the demographics do not know: set aside",
    "TRANSACTION": "a row that does not say what is done with it, or is done to a row that is not there",
    "TRANSLATION": "text without a line in translations.csv",
    "VISIT-ORDER": "a visit dated before one that is planned to come before it",
    "UNIT": "a result without a unit that is known: not standardised",
    "UNVALIDATED": "entered, and the EDC does not take it for a valid value",
}


def closing_summary(manifest: dict, before: dict | None, snapshot: Path, seconds: float) -> None:
    """Prints the summary of a published snapshot."""
    print(
        f"{manifest['study']}: snapshot {manifest['snapshot']} published in {seconds:.1f} s, "
        f"deliveries up to {manifest['delivery']}"
    )
    print("\nRows received")
    was_cut = manifest.get("cutoff") is not None
    titles = f"  {'source':<28}{'received':>10}{'in forms':>10}{'set aside':>11}{'superseded':>12}{'unused':>8}"
    print(titles + (f"{'cut':>8}" if was_cut else ""))
    by_source: dict[str, Counter] = {}
    for line in manifest["accounts"]:
        by_source.setdefault(line["source"], Counter()).update({k: v for k, v in line.items() if k != "source"})
    for name, line in by_source.items():
        print(
            f"  {name:<28}{line['received']:>10,}{line['in_forms']:>10,}{line['rejected']:>11,}"
            f"{line['superseded']:>12,}{line['unused']:>8,}" + (f"{line['cut']:>8,}" if was_cut else "")
        )
    if cutoff := manifest.get("cutoff"):
        print(f"\nData cut-off {cutoff['date']}")
        for what, words in (("cut", "rows left out"), ("opened", "ends after it, so it goes on")):
            rows = [row for row in cutoff["rows"] if row["what"] == what and row["rows"]]
            counts = [f"{row['form'].upper()} {row['rows']:,}" for row in rows]
            print(f"  {words}: {', '.join(counts) or 'none'}")
    now, then = rows_of(manifest), rows_of(before) if before else {}
    for layer in LAYERS:
        shown = []
        for name, rows in now[layer].items():
            change = rows - then[layer].get(name, 0) if then else 0
            shown.append(f"{name} {rows:,}" + (f" ({change:+,})" if change else ""))
        print(f"\n{TITLES[layer]} records{' (change since the last snapshot)' if then else ''}")
        print("\n".join("  " + line for line in wrapped(shown)))
    print(f"\nFindings: {manifest['findings_total']}")
    for rule, count in manifest["findings"].items():
        print(f"  {count:>6,}  {rule:<14} {meaning(rule)}")
    print(f"\nDatabase: {snapshot.parent.parent / (manifest['study'] + '.duckdb')}")
    print('Ask it:   trialmill query STUDY "FROM meta.findings"   or any DuckDB client, read-only')


def meaning(rule: str) -> str:
    """What a finding of this rule says; of an edit check its grain."""
    return ADVICE.get(rule) or next((check.grain for check in edit_checks().values() if check.rule == rule), "")


def rows_of(manifest: dict) -> dict[str, dict[str, int]]:
    """Layer -> dataset -> records, over all parts."""
    found: dict[str, Counter] = {layer: Counter() for layer in LAYERS}
    for output in manifest["outputs"]:
        layer, _, name = output["path"].partition("/")
        if layer in found and output["rows"] is not None:
            found[layer][name.split("/")[0].removesuffix(".parquet")] += output["rows"]
    return found


def wrapped(words: list[str], width: int = 100) -> list[str]:
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) + 2 > width:
            lines.append("")
        lines[-1] += f"{'  ' if lines[-1] else ''}{word}"
    return lines


def check_text(found: Checked, limit: int | None) -> str:
    """What `check` has found, for a person: problems of the study file and of raw files, then what is wrong in the
    rows, by rule. `limit`: so many different places of a file, a table or a rule; None: all, row by row."""
    lines = []
    named = {"To decide": found.open, "Study file, to put right": found.study, "Raw files, to put right": found.raw}
    for title, problems in named.items():
        lines += [f"{title}: {len(problems)}"] if problems else []
        by_file: dict[str, dict[str, list[str]]] = {}
        for problem in problems:
            by_file.setdefault(problem.file, {}).setdefault(problem.message, []).append(problem.place)
        for file, messages in by_file.items():
            lines += [f"  {file}"] if file else []
            shown = list(messages.items())[: limit and 4 * limit]
            lines += ["    " + ": ".join(filter(None, (", ".join(places), message))) for message, places in shown]
            lines += [f"    ... and {len(messages) - len(shown)} more (--all)"] if len(messages) > len(shown) else []
    if found.study:
        return "\n".join([*lines, "The rows of the raw files are looked at when the study file is right."])
    findings = found.findings
    counts = findings["severity"].value_counts()
    total = ", ".join(f"{count:,} {name}{'s' if count != 1 else ''}" for name, count in counts.items())
    lines.append(f"Rows of the raw files: {total or 'no findings'}")
    for rule, rows in findings.groupby("rule"):
        lines.append(f"  {len(rows):>6,}  {rule:<14} {meaning(rule)}")
        same = [] if limit is None else ["file", "column", "value", "message"]
        places = rows.assign(times=1)
        if same:
            places = rows.groupby(same, dropna=False, sort=False).agg(row=("row", "min"), times=("row", "size"))
            places = places.reset_index().sort_values("times", ascending=False, kind="stable")
        for row in places.head(limit or len(places)).itertuples():
            place = f"{row.file} row {row.row}" + (f", {row.column}" if isinstance(row.column, str) else "")
            value = f" {row.value!r}" if isinstance(row.value, str) else ""
            again = f" [{row.times:,} rows, this is the first]" if row.times > 1 else ""
            lines.append(f"            {place}:{value} {row.message}{again}")
        more = len(places) - (limit or len(places))
        lines += [f"            ... and {more:,} other places (--all)"] if more > 0 else []
    return "\n".join(lines)


def audit_text(events: list[dict]) -> str:
    """The audit log, one line an event."""
    lines = []
    for event in events:
        apart = CHAIN - {"torn"} | {"event"}
        rest = {key: value for key, value in event.items() if key not in apart and value}
        said = "; ".join(f"{k} {', '.join(map(str, v)) if isinstance(v, list) else v}" for k, v in rest.items())
        lines.append(f"{event['line']:>5}  {event['time']}  {event['event']:<10}  {said}")
    return "\n".join(lines)


def prune_text(said: dict) -> str:
    """What `prune` has done."""
    if not said["pruned"] and not said["archive_files"]:
        return f"nothing to remove: {said['kept']} snapshot(s) stay"
    return "\n".join(
        [
            *(f"removed snapshot {name}" for name in said["pruned"]),
            f"removed {said['archive_files']} archived file(s) that no snapshot needs",
            f"freed {said['freed_bytes']:,} bytes; {said['kept']} snapshot(s) stay",
        ]
    )
