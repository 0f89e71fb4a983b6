"""`trialmill submit STUDY --out DIR`: the submission package of a snapshot, in the folders that agencies expect.

manifest.json                                             every file with its sha256; what was changed, and by what
m5/datasets/<study>/tabulations/sdtm/                     transport files, define.xml with its stylesheet, guide
m5/datasets/<study>/tabulations/sdtm/split/               parts of datasets over 5 GB, beside the whole
m5/datasets/<study>/analysis/adam/datasets/               the same for ADaM
m5/datasets/<study>/analysis/adam/programs/               what made them, as text
dataset-json/{sdtm,adam}/                                 the same datasets as Dataset-JSON

All of it follows from the snapshot, the study folder's word on its submission, and this installation; there is no clock
in it. It is written beside DIR and moved there whole.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pandera.pandas import DataFrameSchema

from flows import warehouse
from flows.analysis import BUILD, parameters, study_statements
from flows.audit import sync_folder
from flows.check import text_frame
from flows.conform import FINDING, SEVERITIES, conformed
from flows.datasets import Dataset
from flows.dispositions import dispositions_of
from flows.fingerprint import PACKAGES, code_hash, is_date, sha256, versions, visible_files
from flows.guides import guide_facts, write_guides
from flows.lock import locked
from flows.problems import BadUse, Problem, StudyFileError, SubmissionError
from flows.reading import Snapshot, layer_files, opened
from flows.study import plainly
from flows.study_file import read_study
from schemas.adam import DATASETS as ADAM
from schemas.sdtm import DATASETS as SDTM
from schemas.study import Study, Submission
from schemas.text import text_folder
from transforms.distinct import ranks
from transforms.export import define_texts
from transforms.export.acrf import Acrf, write_acrf
from transforms.export.dataset_json import dataset_metadata, write_json, write_ndjson
from transforms.export.define import STYLESHEET, About, Described, described, write_define
from transforms.export.define_texts import adam_texts, sdtm_texts
from transforms.export.fit import CHANGED, Fitted, change, fitted
from transforms.export.xpt import FILE_LIMIT, XptError, common_lengths, longest_texts, rows_per_part, write_xpt
from transforms.review.dispositions import SETTLED, disposed

KIND = "trialmill submission package"  # what the manifest of one says it is
MUST = ("DM", "TS", "ADSL")  # without these FDA takes no package: technical rejection criteria 1734 and 1736
STANDARDS = {"sdtm": "SDTMIG", "adam": "ADaMIG"}
# file -> its title in Define-XML
DOCUMENTS = {
    "sdtm": {"acrf.pdf": "Annotated Case Report Form", "csdrg.pdf": "Clinical Study Data Reviewer's Guide"},
    "adam": {"adrg.pdf": "Analysis Data Reviewer's Guide"},
}
# modules of transforms/ that those of SDTM and of the instruments call
CALLED = ("dates", "dictionaries", "distinct", "forms", "timing", "transactions", "units")
STYLE = "define2-1-2019-02-11.xsl"
EXCHANGE = 2  # RENAME_EXCHANGE of Linux' renameat2


@dataclass(frozen=True)
class Package:
    """What a package is made of, and the folder in which it is written."""

    snapshot: Snapshot  # laid open, with the study file that it was made with
    submission: Submission  # as the study folder says today
    texts: dict[str, str]
    place: Path
    limit: int  # bytes of a transport file

    @property
    def manifest(self) -> dict:
        return self.snapshot.manifest

    @property
    def study(self) -> Study:
        return self.snapshot.study

    @property
    def m5(self) -> Path:
        return self.place / "m5" / "datasets" / self.study.id.lower()

    @property
    def folders(self) -> dict[str, Path]:
        """Layer -> folder of its transport files."""
        return {"sdtm": self.m5 / "tabulations" / "sdtm", "adam": self.m5 / "analysis" / "adam" / "datasets"}

    @property
    def programs(self) -> Path:
        return self.m5 / "analysis" / "adam" / "programs"

    def fitted(self, schema: DataFrameSchema, files: list[Path], supp: list[Path] | None) -> Fitted:
        """A dataset of the snapshot, with its SUPP--, as the package holds it."""
        return fitted(records(files), supp and records(supp), schema, self.submission, self.texts)


@dataclass
class Seen:
    """What a look at every dataset has shown."""

    lengths: dict[str, dict[str, int]] = field(default_factory=dict)
    changed: list[pd.DataFrame] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)  # datasets without records: not in the package
    datasets: list[dict] = field(default_factory=list)
    rules: dict[str, int] = field(default_factory=dict)  # standard -> rules of conformance that ran
    described: dict[str, dict[str, Described]] = field(default_factory=lambda: {"sdtm": {}, "adam": {}})


def submit(
    home: Path,
    manifest: dict,
    folder: Path,
    out: Path,
    *,
    force: bool = False,
    limit: int = FILE_LIMIT,
    step: Callable = plainly,
) -> dict:
    """Writes the package of a snapshot and returns what its manifest says.

    home: the study's folder in the warehouse. folder: the study's own. Raises BadUse, StudyFileError or
    SubmissionError, and then `out` is as it was."""
    refuse_view(manifest)
    today = read_study(folder)
    if today.file.submission is None:
        words = 'is missing: say what becomes of text that is not ASCII: ascii = "refuse", left_out = []'
        raise StudyFileError([Problem("study.toml", "submission", words)])
    texts = {row.text: row.english for row in (*today.translations, *today.submission_texts)}
    decided = dispositions_of(folder)
    with written_beside(out, force) as place, opened(home, manifest, folder) as snapshot:
        package = Package(snapshot, today.file.submission, texts, place, limit)
        seen = step(fitting, package)
        step(datasets, package, seen)
        step(programs, package)
        acrf = step(annotated_crf, package, seen)
        step(define, package, seen, acrf)
        findings = step(conformance, package, seen, decided)
        step(guides, package, seen, findings, decided)
        said = step(closing, package, seen, findings)
    return said


def refuse_view(manifest: dict) -> None:
    """A view lacks treatments, or holds other subjects and dates than the trial had."""
    if view := manifest["fingerprint"].get("view"):
        words = "a package is made of a snapshot itself: leave --warehouse at the one that was run"
        raise BadUse(f"snapshot {manifest['snapshot']} is the {view} view of another one; {words}")


def units(package: Package) -> Iterator[tuple[str, DataFrameSchema, list[Path], list[Path] | None]]:
    """Layer, schema, files and those of its SUPP-- of each dataset, in the order of the schemas."""
    for layer, schemas in (("sdtm", SDTM), ("adam", ADAM)):
        files = layer_files(package.snapshot.folder, layer)
        for name, schema in schemas.items():
            if name in files and not name.startswith("SUPP"):
                yield layer, schema, files[name], files.get(f"SUPP{name}")


def records(paths: list[Path]) -> pd.DataFrame:
    """All records of a dataset, by subject: each part has whole subjects, in order. Column by column, which takes half
    the memory."""
    columns, order = {}, None
    if len(paths) > 1:
        order = ranks(column(paths, "USUBJID")).argsort(kind="stable")
    for name in pq.read_schema(paths[0]).names:
        values = column(paths, name)
        columns[name] = values if order is None else values.iloc[order].reset_index(drop=True)
    return pd.DataFrame(columns, copy=False)


def column(paths: list[Path], name: str) -> pd.Series:
    tables = [pq.read_table(path, columns=[name]) for path in paths]
    return text_frame(pa.concat_tables(tables, promote_options="permissive"))[name]


def fitting(package: Package) -> Seen:
    """Looks at every dataset: what a transport file cannot hold, and how wide the variables are over all of them."""
    seen, wrong, longest = Seen(), list(rejected(package)), {}
    for _, schema, files, supp in units(package):
        if not sum(pq.read_metadata(path).num_rows for path in files):
            seen.empty.append(schema.name)
            continue
        try:
            one = package.fitted(schema, files, supp)
        except XptError as error:
            wrong.append(str(error))
            continue
        seen.changed.append(one.changed)
        longest[schema.name] = longest_texts(one.frame)
        if one.supp is not None and len(one.supp):
            longest[f"SUPP{schema.name}"] = longest_texts(one.supp)
        del one  # one dataset at a time
    seen.lengths = common_lengths(longest)
    if wrong:
        raise SubmissionError("\n".join(wrong))
    return seen


def rejected(package: Package) -> Iterator[str]:
    """Why an agency would not even look at the package."""
    there = {schema.name: files for _, schema, files, _ in units(package)}
    for name in MUST:
        if name not in there or not sum(pq.read_metadata(path).num_rows for path in there[name]):
            yield f"{name}: no records; a submission without {name.lower()}.xpt is rejected"
    if "TS" in there:
        ts = records(there["TS"])
        starts = ts.loc[ts["TSPARMCD"] == "SSTDTC", "TSVAL"].astype("str").fillna("").tolist()
        if len(starts) != 1 or not is_date(starts[0]):
            found = ", ".join(starts) or "none"
            words = "expected one date, YYYY-MM-DD: without it a submission is rejected"
            yield f"TS: SSTDTC (Study Start Date) is {found}; {words}"


def datasets(package: Package, seen: Seen) -> None:
    """Writes each dataset as transport file and as Dataset-JSON."""
    for layer, schema, files, supp in units(package):
        if schema.name in seen.empty:
            continue
        one = package.fitted(schema, files, supp)
        write(package, seen, layer, schema, one.frame)
        if one.supp is not None and len(one.supp):
            write(package, seen, layer, SDTM[f"SUPP{schema.name}"], one.supp)
        del one


def write(package: Package, seen: Seen, layer: str, schema: DataFrameSchema, frame: pd.DataFrame) -> None:
    """One dataset in all its forms; what Define-XML says of it is kept, the records are not."""
    name, lengths = schema.name, seen.lengths[schema.name]
    folder, other = package.folders[layer], package.place / "dataset-json" / layer
    folder.mkdir(parents=True, exist_ok=True)
    other.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name.lower()}.xpt").open("wb") as file:
        write_xpt(frame, schema, lengths, file)
    parts = split(package, folder, schema, frame, lengths)
    if parts:
        words = f"over {package.limit:,} bytes: also in parts, {', '.join(parts)}"
        seen.changed.append(pd.DataFrame([change(name, "", len(frame), words)], columns=list(CHANGED)))
    said = about_study(package, layer)
    metadata = dataset_metadata(
        frame,
        schema,
        lengths,
        created=said.created,
        originator=package.study.id,
        source_system=said.source_system,
        study_oid=f"STDY.{package.study.id}",
        metadata_version_oid=f"MDV.{said.study}.{said.standard}.{said.version}",
        metadata_ref=os.path.relpath(folder / "define.xml", other),
    )
    for writer, ending in ((write_json, "json"), (write_ndjson, "ndjson")):
        with (other / f"{name.lower()}.{ending}").open("wb") as file:
            writer(frame, schema, metadata, file)
    seen.described[layer][name] = described(frame, schema, lengths)
    facts = {"layer": layer, "dataset": name, "records": len(frame), "variables": len(frame.columns)}
    seen.datasets.append(facts | ({"parts": parts} if parts else {}))


def split(
    package: Package, folder: Path, schema: DataFrameSchema, frame: pd.DataFrame, lengths: dict[str, int]
) -> list[str]:
    """The parts of a dataset whose file is over the limit, in a folder beside it; the same variables and lengths."""
    if (folder / f"{schema.name.lower()}.xpt").stat().st_size <= package.limit:
        return []
    rows = rows_per_part(frame, schema, lengths, package.limit)
    (folder / "split").mkdir(exist_ok=True)
    names = []
    for number, start in enumerate(range(0, len(frame), rows), 1):
        name = f"{schema.name[: 8 - len(str(number))]}{number}"
        with (folder / "split" / f"{name.lower()}.xpt").open("wb") as file:
            write_xpt(frame.iloc[start : start + rows], schema, lengths, file, name=name)
        names.append(name)
    return names


def about_study(package: Package, layer: str) -> About:
    """Study, standard and version of trialmill, as Define-XML and Dataset-JSON both have them."""
    version = versions()["trialmill"] or "not installed"
    return define_texts.about(package.study, STANDARDS[layer], package.manifest["started"], version)


def programs(package: Package) -> None:
    """Writes what made the datasets and tables, as text files."""
    package.programs.mkdir(parents=True)
    for path, name in program_names().items():
        source = text_folder("sql").parent / path if path.startswith("sql/") else PACKAGES / path
        (package.programs / name).write_bytes(in_ascii(source.read_text(encoding="utf-8")))
    (package.programs / "study-tables.txt").write_bytes(in_ascii(study_statements(package.study)))


def in_ascii(text: str) -> bytes:
    r"""Programs go as ASCII text (FDA Study Data Technical Conformance Guide, section 4.1.2.10): \u5e74 for a character
    beyond means the same in Python."""
    return text.encode("ascii", "backslashreplace")


def program_names() -> dict[str, str]:
    """Path in the project -> name in the package. Every agency takes .txt."""
    sql = [f"sql/{kind}/{name}.sql" for kind in ("adam", "tables") for name in BUILD[kind]]
    sql += [f"sql/counted/{name}.sql" for name in BUILD["tables"]]
    python = ["flows/analysis.py", *(path.relative_to(PACKAGES).as_posix() for path in transforms())]
    return {path: program_name(path) for path in [*sql, *python]}


def program_name(path: str) -> str:
    """sql-adam-adsl.txt: small letters, digits and hyphens are what eCTD allows in a name."""
    return re.sub("[/_]", "-", path.rpartition(".")[0].removesuffix("/__init__")) + ".txt"


def transforms() -> list[Path]:
    """The functions that derive SDTM, and what they call."""
    folder = PACKAGES / "transforms"
    found = [*(folder / "sdtm").glob("*.py"), *(folder / "instruments").glob("*.py")]
    return sorted([*found, *(folder / f"{name}.py" for name in CALLED)])


def annotated_crf(package: Package, seen: Seen) -> Acrf:
    """Writes acrf.pdf; returns on which of its pages each variable is."""
    submitted = {
        name: [*one.decodes["QNAM"]] if name.startswith("SUPP") else [*one.facts]
        for name, one in seen.described["sdtm"].items()
    }
    with (package.folders["sdtm"] / "acrf.pdf").open("wb") as file:
        return write_acrf(package.study, file, submitted)


def define(package: Package, seen: Seen, acrf: Acrf) -> None:
    """Writes define.xml of SDTM and of ADaM, and the stylesheet that shows it."""
    named = program_names()
    used = {
        name: [f"../programs/{named[f'sql/{kind}/{name}.sql']}" for kind in ("tables", "counted")]
        for name in BUILD["tables"]
    }
    study = package.study
    of_adam = adam_texts(BUILD["tables"], parameters(study), used, study.file.analysis.purposes)
    texts = {"sdtm": sdtm_texts(study), "adam": of_adam}
    for layer, folder in package.folders.items():
        found = in_turn(seen.described[layer], layer)
        about, pages = about_study(package, layer), acrf.origins if layer == "sdtm" else None
        with (folder / "define.xml").open("wb") as file:
            write_define(about, found, file, texts[layer], pages=pages, documents=DOCUMENTS[layer])
        shutil.copyfile(text_folder("standards") / STYLE, folder / STYLESHEET)


def conformance(package: Package, seen: Seen, dispositions: pd.DataFrame) -> pd.DataFrame:
    """Holds the transport files against the rules of conformance, and Define-XML against them."""
    found = [
        Dataset({"sdtm": "SDTM", "adam": "ADaM"}[layer], path.stem.upper(), (path,), "xpt")
        for layer, folder in package.folders.items()
        for path in sorted(folder.glob("*.xpt"))
    ]
    defines = {"SDTM": package.folders["sdtm"] / "define.xml", "ADaM": package.folders["adam"] / "define.xml"}
    done = conformed(found, defines, package.study.file.extensions)
    seen.rules = done.rules.loc[done.rules["ran"], "standard"].value_counts().sort_index().to_dict()
    return disposed(done.findings, dispositions, package.manifest["started"][:10])


def guides(package: Package, seen: Seen, findings: pd.DataFrame, dispositions: pd.DataFrame) -> None:
    """Writes the reviewer's guides, drafts for people to complete."""
    changed = pd.concat(seen.changed, ignore_index=True)
    facts = guide_facts(package.snapshot, findings[FINDING], changed, dispositions, programs=program_names())
    write_guides(facts, package.folders["sdtm"], package.folders["adam"])


def in_turn(found: dict[str, Described], layer: str) -> list[Described]:
    """In the order of the schemas, where SUPP-- has its place after all domains."""
    return [found[name] for name in {"sdtm": SDTM, "adam": ADAM}[layer] if name in found]


def closing(package: Package, seen: Seen, findings: pd.DataFrame) -> dict:
    """Writes the manifest, with the sha256 of every other file, and puts all on disk."""
    manifest, there, lock = package.manifest, versions(), locked(package.snapshot.home)
    changed = pd.concat(seen.changed, ignore_index=True)
    said = {
        "kind": KIND,
        "study": package.study.id,
        "snapshot": manifest["snapshot"],
        "delivery": manifest["delivery"],
        "cutoff": manifest.get("cutoff", {}).get("date"),
        "locked": bool(lock and lock["snapshot"] == manifest["snapshot"]),
        "created": manifest["started"],
        "standards": manifest["standards"],
        "versions": there,
        "code_of_snapshot": manifest["fingerprint"]["code"] == code_hash(),
        "submission": package.submission.model_dump(),
        "datasets": seen.datasets,
        "without_records": seen.empty,
        "changed": changed.to_dict("records"),
        "rules": seen.rules,
        "findings": [
            {"severity": severity, "standard": standard, "standing": standing, "findings": int(count)}
            for (severity, standard, standing), count in findings.value_counts(
                ["severity", "standard", "standing"], sort=False
            ).items()
        ],
        "left_out_nowhere": sorted({*package.submission.left_out} - {*changed["variable"]}),
    }
    listed = []
    for path in visible_files(package.place):
        warehouse.settle(path, 0o644)
        name = path.relative_to(package.place).as_posix()
        listed.append({"path": name, "sha256": sha256(path), "bytes": path.stat().st_size})
    said |= {"files": listed}
    path = package.place / "manifest.json"
    path.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    warehouse.settle(path, 0o644)
    for folder, *_ in os.walk(package.place, topdown=False):
        os.chmod(folder, 0o755)
        sync_folder(Path(folder))
    return said


@contextmanager
def written_beside(out: Path, force: bool) -> Iterator[Path]:
    """An empty folder to write in, which takes the place of `out` when all is done; else it goes, and `out` stays."""
    out = Path(os.path.abspath(out))
    refuse_others(out, force)
    out.parent.mkdir(parents=True, exist_ok=True)
    for left in out.parent.glob(f".{out.name}.*.part"):
        with suppress(OSError), held(left):
            shutil.rmtree(left)  # of a run that died: nobody holds it
    place = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent))
    with held(place):
        try:
            yield place
            refuse_others(out, force)  # somebody may have written there meanwhile
            moved(place, out)
        finally:
            shutil.rmtree(place, ignore_errors=True)  # what was there before, or what was not finished


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """A lock that goes with the process; OSError where another one has it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def refuse_others(out: Path, force: bool) -> None:
    """Raises BadUse unless `out` is not there, empty, or a package that nobody has touched since it was written."""
    if not out.exists() and not out.is_symlink():
        return
    if out.is_symlink() or not out.is_dir():
        raise BadUse(f"{out} is no folder")
    if not any(out.iterdir()):
        return
    try:
        written = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        listed = {file["path"]: file["sha256"] for file in written["files"]} if written["kind"] == KIND else None
    except (OSError, ValueError, KeyError, TypeError):
        listed = None
    if listed is None:
        raise BadUse(f"{out} is not empty and no submission package: nothing was written")
    if force:
        return
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir()} - {"manifest.json"}
    other = sorted(found - listed.keys())
    touched = [name for name, digest in listed.items() if name in found and sha256(out / name) != digest]
    if other or touched:
        names = [*(f"{name} was changed" for name in touched), *(f"{name} was added" for name in other)]
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        words = "save it, or give --force to write over it"
        raise BadUse(f"{out} is not as it was written: {', '.join(names[:5])}{more}; {words}")


def moved(place: Path, out: Path) -> None:
    """Puts the folder in the place of `out`, in one step; what was there is then in `place`."""
    if not out.exists():
        os.rename(place, out)
    elif not exchanged(place, out):
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", suffix=".old", dir=out.parent) as aside:
            os.rename(out, Path(aside) / out.name)  # no way to exchange two folders here: for a moment there is none
            os.rename(place, out)
    sync_folder(out.parent)


def exchanged(one: Path, other: Path) -> bool:
    """Whether the system could exchange two folders in one step, as Linux can."""
    with suppress(OSError, AttributeError):
        call = ctypes.CDLL(None, use_errno=True).renameat2
        return call(-100, os.fsencode(one), -100, os.fsencode(other), EXCHANGE) == 0  # -100: AT_FDCWD
    return False


def package_text(said: dict, out: Path) -> str:
    """What a programmer reads when a package is done."""
    cut = f", data cut at {said['cutoff']}" if said["cutoff"] else ""
    lines = [
        f"{said['study']}: submission package of snapshot {said['snapshot']} (delivery {said['delivery']}{cut})",
        "",
    ]
    for layer, words in (("sdtm", "SDTM"), ("adam", "ADaM")):
        own = [one for one in said["datasets"] if one["layer"] == layer]
        lines += [f"{words}  {len(own)} datasets"]
        lines += [f"  {one['dataset']:<10}{one['records']:>12,} records{parts_text(one)}" for one in own]
    if said["without_records"]:
        lines.append(f"Without records, so not in the package: {', '.join(said['without_records'])}")
    lines += [
        "",
        "Changed for the transport files" if said["changed"] else "Nothing was changed for the transport files",
    ]
    for one in said["changed"]:
        place = ".".join(part for part in (one["dataset"], one["variable"]) if part)
        lines.append(f"  {place:<20}{one['records']:>8,}  {one['what']}")
    ran = sum(said["rules"].values())
    lines += ["", f"Conformance: {counts_text(said['findings'])} ({ran} rules ran)"]
    own = [one for one in said["findings"] if one["standard"] == "Define"]
    agrees = f"{counts_text(own) if own else 'they agree'} ({said['rules'].get('Define', 0)} rules ran)"
    lines.append(f"Define-XML against the data: {agrees if 'Define' in said['rules'] else 'no rule looked at it'}")
    if any(one["standing"] not in SETTLED for one in said["findings"]):
        lines.append(f"  read them: trialmill conform {out / 'm5'} --of STUDY; decide them: docs/conformance.md")
    lines += [""]
    if said["left_out_nowhere"]:
        lines.append(f"Note: submission.left_out names {', '.join(said['left_out_nowhere'])}, which no SUPP-- has")
    if not said["code_of_snapshot"]:
        words = "trialmill replay shows whether they make the same data"
        lines.append(f"Note: the programs are not those that made the snapshot; {words}")
    if not said["locked"]:
        lines.append("Note: the snapshot is not locked (trialmill lock)")
    size = sum(file["bytes"] for file in said["files"])
    return "\n".join([*lines, f"Package: {out}  ({len(said['files'])} files, {size / 1e6:,.1f} MB)"])


def counts_text(findings: list[dict]) -> str:
    """1 error, 2 notes open; 3 explained or waived."""
    open_: dict[str, int] = {}
    for one in findings:
        if one["standing"] not in SETTLED:
            open_[one["severity"]] = open_.get(one["severity"], 0) + one["findings"]
    settled = sum(one["findings"] for one in findings if one["standing"] in SETTLED)
    said = [f"{open_[one]:,} {one}{'s' * (open_[one] > 1)}" for one in SEVERITIES if one in open_]
    return (", ".join(said) + " open" if said else "no open findings") + (
        f"; {settled:,} explained or waived" if settled else ""
    )


def parts_text(one: dict) -> str:
    return f", also in {len(one['parts'])} parts" if "parts" in one else ""
