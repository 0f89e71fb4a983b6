"""What `trialmill conform` shows: on a terminal, as one HTML page, as a workbook to write dispositions in, as JSON.

A finding is one cause. Findings of one rule on one variable stand together, with what to do said once.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from itertools import groupby

import pandas as pd

from flows.conform import SEVERITIES, Report
from transforms.review.dispositions import SETTLED

SHOWN = 3  # causes of one rule and variable on a terminal
COLUMNS = (
    ("ID", 13, "id"),
    ("Severity", 10, "severity"),
    ("Rule", 30, "rule"),
    ("Standard", 10, "standard"),
    ("Dataset", 10, "dataset"),
    ("Variable", 12, "variable"),
    ("What is wrong", 58, "words"),
    ("Records", 10, "records"),
    ("For example", 40, "example"),
    ("What to do", 48, "todo"),
    ("Source", 36, "source"),
    ("Engine", 10, "engine"),
    ("DISPOSITION", 13, "disposition"),
    ("REASON", 44, "reason"),
    ("OWNER", 18, "owner"),
    ("DATE", 12, "date"),
)
TO_FILL = ("disposition", "reason", "owner", "date")
GROUP = ["severity", "rule", "standard", "dataset", "variable"]


def counts(findings: pd.DataFrame) -> str:
    """2 errors, 1 warning: of what is open."""
    open_ = findings[~findings["standing"].isin(SETTLED)]
    number = open_["severity"].value_counts()
    said = [f"{number[one]:,} {one}{'s' if number[one] > 1 else ''}" for one in SEVERITIES if one in number]
    settled = len(findings) - len(open_)
    return (", ".join(said) or "no open findings") + (f"; {settled:,} explained or waived" if settled else "")


def groups(findings: pd.DataFrame) -> Iterator[tuple[tuple, list]]:
    """The findings of one rule on one variable, which stand together."""
    rows = findings.astype(object).where(findings.notna(), None).itertuples(index=False)
    for key, own in groupby(rows, lambda one: tuple(getattr(one, name) for name in GROUP)):
        yield key, list(own)


def lines_of(found: Report, everything: bool) -> Iterator[str]:
    """The whole text, line by line."""
    findings, rules = found.findings, found.rules
    yield f"{found.title}: {counts(findings)}"
    yield f"{rules['ran'].sum()} rules ran, {len(rules) - rules['ran'].sum()} had nothing to look at."
    for (severity, rule, _, dataset, variable), own in groups(findings):
        yield ""
        place = ".".join(part for part in (dataset, variable) if part)
        yield f"{severity.upper():<8}{place:<18}  {rule}   {sum(one.records for one in own):,} records"
        shown = own if everything else own[:SHOWN]
        for one in shown:
            yield f"        {one.id}  {one.words}"
            if one.example:
                yield f"                    {one.example}"
            if one.disposition:
                yield f"                    {one.disposition}: {one.reason} ({one.owner}, {one.date})"
        if len(own) > len(shown):
            yield f"        ... and {len(own) - len(shown):,} more: --all shows them"
        yield f"        To do: {own[0].todo}"
    for one in found.stale.itertuples():
        yield f"dispositions.csv {one.ID}: {one.words}"


def page(found: Report) -> str:
    """One HTML page with all that it needs."""
    findings, rules, datasets = found.findings, found.rules, found.datasets
    title = f"Conformance of {found.title}"
    parts = [f"<h1>{escape(title)}</h1><p><b>{counts(findings)}</b>. {rules['ran'].sum()} rules ran on "]
    parts.append(f"{len(datasets)} datasets with {datasets['records'].sum():,} records.</p>")
    parts.append("<table class=wide><tr><th>Severity<th>Dataset<th>What is wrong, and what to do<th>Records</tr>")
    for (severity, rule, _, dataset, variable), own in groups(findings):
        place = ".".join(part for part in (dataset, variable) if part)
        causes = "".join(_cause(one) for one in own)
        parts.append(
            f"<tr><td class={severity}>{severity}<td><b>{escape(place)}</b><td>{causes}"
            f"<div class=todo>{escape(own[0].todo)}</div>"
            f"<div class=place>{escape(rule)} &middot; {escape(own[0].source)}</div>"
            f"<td class=n>{sum(one.records for one in own):,}</tr>"
        )
    parts.append("</table>" if len(findings) else "</table><p>Every rule that ran is satisfied.</p>")
    parts.append("<h2>Datasets</h2><table><tr><th>Dataset<th>Label<th>Class<th>Records<th>File</tr>")
    for one in datasets.fillna("").itertuples():
        cells = f"<td>{escape(one.label)}<td>{escape(one[4])}<td class=n>{one.records:,}<td>{escape(one.file)}"
        parts.append(f"<tr><td>{escape(one.dataset)}{cells}</tr>")
    parts.append("</table><details><summary>Rules</summary><table class=wide>")
    parts.append("<tr><th>Rule<th>Standard<th>Finds<th>Ran</tr>")
    for one in rules.itertuples():
        ran = "yes" if one.ran else f"no: {escape(one.lacks)}"
        parts.append(f"<tr><td>{escape(one.rule)}<td>{one.standard}<td>{escape(one.grain)}<td>{ran}</tr>")
    parts.append("</table></details>")
    return PAGE.replace("TITLE", escape(title)).replace("BODY", "\n".join(parts))


def _cause(one) -> str:
    example = f" <span class=place>{escape(one.example)}</span>" if one.example else ""
    settled = ""
    if one.disposition:
        words = f"{one.disposition}: {one.reason} ({one.owner}, {one.date})"
        settled = f"<div class=settled>{escape(words)}</div>"
    return f"<div><code>{one.id}</code> {escape(one.words)}{example}{settled}</div>"


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>TITLE</title><style>
body { font: 14px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 1300px; padding: 0 1rem; color: #1c2430 }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem }
table { border-collapse: collapse; margin: .4rem 0 }
th, td { text-align: left; padding: .35rem .7rem; vertical-align: top }
th { border-bottom: 2px solid #c9d2de; font-weight: 600 } tr + tr td { border-top: 1px solid #e7ecf2 }
.n { text-align: right; font-variant-numeric: tabular-nums } .wide { width: 100% }
code { font-size: .8rem; color: #5a6675 } summary { font-weight: 600; margin-top: 1.6rem; cursor: pointer }
.error { color: #b3261e; font-weight: 600 } .warning { color: #8a5300; font-weight: 600 } .note { color: #5a6675 }
.todo { margin-top: .25rem } .todo::before { content: "To do: "; font-weight: 600 }
.place { color: #5a6675; font-size: .86rem } .settled { color: #146c2e; font-size: .9rem; margin-left: 5.2rem }
</style></head><body>
BODY
</body></html>
"""


def workbook(found: Report) -> bytes:
    """The findings, with columns to write dispositions in; the same bytes for the same findings."""
    import os

    os.environ.setdefault("OPENPYXL_LXML", "False")  # the same bytes whether lxml is there or not
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    from flows.queries import dated, harmless

    book = Workbook()
    sheet = book.active
    sheet.title = "Findings"
    findings = found.findings
    sheet["A1"] = f"{found.title}: {counts(findings)}"
    sheet["A1"].font = Font("Calibri", bold=True, size=14, color="1F3A5F")
    for at, (heading, width, _) in enumerate(COLUMNS, 1):
        cell = sheet.cell(3, at, heading)
        cell.font = Font("Calibri", bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color="1F3A5F")
        sheet.column_dimensions[get_column_letter(at)].width = width
    for at_row, row in enumerate(findings.to_dict("records"), 4):
        longest = 1
        for at, (_, width, name) in enumerate(COLUMNS, 1):
            value, cell = row[name], sheet.cell(at_row, at)
            if isinstance(value, str):
                longest = max(longest, -(-len(value) // (width - 2)))
                cell.value, cell.data_type = harmless(value), "s"
                cell.quotePrefix = value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")
            elif pd.notna(value):
                cell.value = int(value)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if name in TO_FILL:
                cell.fill = PatternFill("solid", start_color="FFF8DC")
        sheet.row_dimensions[at_row].height = 15 * longest + 3
    last = max(3 + len(findings), 4)
    choice = DataValidation("list", formula1='"fix,explain,waive"', allow_blank=True)
    at = get_column_letter([name for _, _, name in COLUMNS].index("disposition") + 1)
    choice.add(f"{at}4:{at}{last}")
    sheet.add_data_validation(choice)
    sheet.freeze_panes = "B4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(COLUMNS))}{last}"
    written = io.BytesIO()
    book.save(written)
    return dated(written.getvalue(), found.day)


def as_json(found: Report) -> dict:
    """Every finding and every rule, for machines."""
    parts = {"findings": found.findings, "rules": found.rules, "stale_dispositions": found.stale}
    return {name: frame.astype(object).where(frame.notna(), None).to_dict("records") for name, frame in parts.items()}
