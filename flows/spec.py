"""`trialmill spec`: the specification of a study as a workbook, and how a study differs from a sponsor's.

The workbook says what the Define-XML of the same snapshot says: that is written, and read back.
"""

from __future__ import annotations

import io
import os
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd

from flows.problems import BadUse, Problem, StudyFileError
from flows.queries import dated
from flows.reading import opened
from flows.study_file import read_study
from flows.submit import Package, Seen, annotated_crf, define, records, refuse_view, units
from schemas.sdtm import DATASETS as SDTM
from schemas.study import Submission
from transforms.export.define import described
from transforms.export.fit import Fitted
from transforms.export.spec import SHEETS, Spec, spec_of, write_spec
from transforms.export.xpt import FILE_LIMIT, XptError, common_lengths, longest_texts
from transforms.review.spec import Difference, differences, read_sheets

SHOWN = 200  # lines of differences on a terminal


def specification(home: Path, manifest: dict, folder: Path) -> Spec:
    """The specification of a snapshot. home: the study's folder in the warehouse. folder: the study's own."""
    refuse_view(manifest)
    today = read_study(folder)
    texts = {row.text: row.english for row in (*today.translations, *today.submission_texts)}
    submission = today.file.submission or Submission(ascii="transliterate")
    with tempfile.TemporaryDirectory(prefix="spec-") as scratch, opened(home, manifest, folder) as snapshot:
        package = Package(snapshot, submission, texts, Path(scratch), FILE_LIMIT)
        for place in package.folders.values():
            place.mkdir(parents=True)
        seen = looked_at(package)
        define(package, seen, annotated_crf(package, seen))
        roots = [ET.parse(place / "define.xml").getroot() for place in package.folders.values()]
    return spec_of(roots)


def looked_at(package: Package) -> Seen:
    """What Define-XML needs to know of each dataset; one whose text no transport file can hold counts as it is."""
    seen, longest = Seen(), {}
    for first in (True, False):
        for layer, schema, files, supp in units(package):
            try:
                one = package.fitted(schema, files, supp)
            except XptError:
                one = Fitted(records(files), supp and records(supp), pd.DataFrame())
            for of, frame in ((schema, one.frame), (SDTM.get(f"SUPP{schema.name}"), one.supp)):
                if frame is None or not len(frame):
                    continue
                if first:
                    longest[of.name] = longest_texts(frame)
                else:
                    seen.described[layer][of.name] = described(frame, of, seen.lengths[of.name])
        if first:
            seen.lengths = common_lengths(longest)
    return seen


def workbook(spec: Spec, manifest: dict) -> bytes:
    """The specification as a workbook, the same bytes each time."""
    os.environ.setdefault("OPENPYXL_LXML", "False")  # the same bytes whether lxml is there or not
    said = f"Exported by trialmill from snapshot {manifest['snapshot']}, deliveries up to {manifest['delivery']}."
    written = io.BytesIO()
    write_spec(spec, written, manifest["study"], [said])
    return dated(written.getvalue(), manifest["delivery"])


def write_workbook(spec: Spec, manifest: dict, path: Path) -> None:
    """The workbook in a file, whole or not at all."""
    if path.suffix.lower() != ".xlsx":
        raise BadUse(f"{path}: a workbook's name ends in .xlsx")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(workbook(spec, manifest))
    beside.replace(path)


def sponsor_spec(path: Path) -> Spec:
    """The specification in a sponsor's workbook; all that is wrong with it is one error."""
    from python_calamine import CalamineError, CalamineWorkbook

    if not path.is_file():
        raise BadUse(f"{path} is not there")
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError) as error:
        raise BadUse(f"{path} is no workbook that can be read: {error}") from None
    spec, wrong = read_sheets(sheets)
    if wrong:
        raise StudyFileError([Problem(path.name, one.place, one.message) for one in wrong])
    return spec


def compared(study: Spec, sponsor: Spec) -> list[Difference]:
    """In what they differ; standards of which the sponsor's workbook has no dataset are left out."""
    return differences(study, sponsor, {row["Dataset"]: row["Purpose"] for row in study["Datasets"]})


def overview(spec: Spec) -> str:
    """How much there is on each sheet."""
    counts = [(name, len(spec.get(name, ()))) for name in SHEETS]
    return "\n".join(f"  {name:<14}{count:>7,} row{'s' if count != 1 else ''}" for name, count in counts)


def difference_text(found: list[Difference], path: Path, everything: bool) -> str:
    """What a person reads: what differs, where it stands in the workbook; then what the specification allows."""
    real, notes = [one for one in found if not one.agrees], [one for one in found if one.agrees]
    if not real:
        lines = [f"The study agrees with {path.name}."]
    else:
        count = f"{len(real):,} difference{'s' if len(real) != 1 else ''}"
        lines = [f"The study and {path.name} differ: {count}", ""]
        shown = table(real)
        lines += shown if everything else shown[: SHOWN + 1]
        if len(shown) > SHOWN + 1 and not everything:
            lines.append(f"  ... and {len(shown) - SHOWN - 1:,} more lines: --all shows them")
    if notes:
        lines.append(f"\nAllowed by the specification ({len(notes):,}): shorter, narrower, not used, in other words")
        lines += table(notes) if everything else counts_of(notes)
    return "\n".join(lines)


def table(found: list[Difference]) -> list[str]:
    """One line a difference; the same of several terms or conditions is one."""
    lines: dict[tuple, list[Difference]] = {}
    for one in found:
        lines.setdefault((one.sheet, one.row, one.column, one.place, one.what), []).append(one)
    rows = [
        (cell(same[0]), same[0].place, same[0].what, *(shortened(one) for one in told(same)))
        for same in lines.values()
    ]  # fmt: skip
    rows.insert(0, ("where", "of what", "what", "in the study", "in the specification"))
    wide = [min(max(len(row[at]) for row in rows), most) for at, most in enumerate((22, 40, 54, 40))]
    return [("  " + "  ".join([*map(str.ljust, row[:4], wide), row[4]])).rstrip() for row in rows]


def told(same: list[Difference]) -> tuple[str, str]:
    """What each side says of the same thing."""
    study, spec = (
        dict.fromkeys(filter(None, side)) for side in zip(*((one.study, one.spec) for one in same), strict=True)
    )
    return ", ".join(study) or "-", ", ".join(spec) or "-"


def cell(one: Difference) -> str:
    return f"{one.sheet} {one.column}{one.row}" if one.row else one.sheet


def shortened(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."


def counts_of(notes: list[Difference]) -> list[str]:
    counts: dict[str, int] = {}
    for one in notes:
        what = "term does not occur in the study" if one.what.startswith("term of codelist") else one.what
        counts[what] = counts.get(what, 0) + 1
    return [f"  {count:>5,}  {what}" for what, count in counts.items()]
