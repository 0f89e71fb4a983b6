"""`trialmill run STUDY --view blinded` or `--view anonymised`: the served snapshot as those may see it who may not see
all of it, in a warehouse of its own: <warehouse>/<view>/<STUDYID>.

SDTM of the snapshot is changed, and ADaM, tables and database are made of that again by the same SQL: all layers agree.
There is nothing else in it: no raw layer, forms, lineage, findings or names of files.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from flows import audit, warehouse
from flows.check import text_frame
from flows.database import build_database
from flows.fingerprint import code_hash, sha256, study_files, versions
from flows.problems import Problem, StudyFileError
from flows.study import (
    Request,
    Written,
    adam,
    datasets,
    part_name,
    plainly,
    side_by_side,
    standards,
    tables,
    through_door,
    write,
)
from flows.study_file import read_study
from schemas.sdtm import DATASETS, TRIAL_DESIGN
from schemas.study import Study
from transforms.sdtm.trial_design import trial_design
from transforms.views import anonymised, blinded

VIEWS = {"blinded": blinded, "anonymised": anonymised}
KEY = "TRIALMILL_ANONYMISATION_KEY"  # the environment variable that holds it
KEY_FILE = "anonymisation.key"  # in the study's own folder of the warehouse, where the variable is not set
SHORTEST_KEY = 16  # characters


def view_study(request: Request, home: Path, view: str, step: Callable = plainly) -> tuple[dict, bool]:
    """The manifest of the view of the served snapshot, and whether it was published just now. `home` is the study's
    folder in the warehouse; `request.warehouse` is that of the view."""
    manifest = warehouse.snapshot(home)
    study = read_study(request.study, manifest["fingerprint"]["options"].get("cutoff"))
    same_study_file(request, manifest)
    place = request.warehouse / study.id
    with warehouse.lock(home, request.started), warehouse.lock(place, request.started):
        secret = key(home) if view == "anonymised" else None
        marks = fingerprint_of(view, manifest, secret)
        if served := warehouse.unchanged(place, marks):
            return served, False
        staging = warehouse.staging(place)
        try:
            snapshot = warehouse.snapshot_folder(home, manifest)
            parted = len(warehouse.parts(snapshot / "sdtm" / "DM.parquet"))
            hidden = what_is_hidden(view, snapshot, secret)
            written = step(subjects_seen, request, parted, view, study, snapshot, staging, hidden)
            shown = blinded.study_seen(study, hidden) if view == "blinded" else anonymised.study_seen(study)
            written += step(design_seen, shown, staging)
            written += step(adam, shown, request, staging, parted)
            written += step(tables, shown, staging)
            build_database(staging / f"{study.id}.duckdb", staging, about(view, manifest, study))
            published = warehouse.publish(
                place,
                staging,
                started=request.started,
                fingerprint=marks,
                inputs=[{"delivery": manifest["delivery"]}],
                standards=standards(study),
                accounts=[],
                outputs=written.outputs,
                findings={},
            )
        except BaseException as error:
            shutil.rmtree(staging, ignore_errors=True)
            stopped = {"event": "stopped", "reason": type(error).__name__, "view": view}
            audit.append(place / "audit.jsonl", stopped, request.started)
            raise
        event = warehouse.published_event(published) | {"view": view, "of": manifest["snapshot"]}
        audit.append(place / "audit.jsonl", event, request.started)
        made = {"event": "view", "view": view, "snapshot": manifest["snapshot"]}
        audit.append(home / "audit.jsonl", made, request.started)
    return published, True


def same_study_file(request: Request, manifest: dict) -> None:
    """Raises where the study folder says something else than when the snapshot was made: what is hidden follows from
    it."""
    then = manifest["fingerprint"]["study"]
    now = {name: sha256(path) for name, path in study_files(request.study, request.source).items()}
    if changed := sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name)):
        words = f"has changed since snapshot {manifest['snapshot']}: run the study first, then make the view"
        raise StudyFileError([Problem(name, "", words) for name in changed])


def key(home: Path) -> bytes:
    """The secret under which subjects have their other names and dates: of the environment, or of a file that only its
    owner can read, made when first needed. Who has it can undo the view; without it a later view has other names."""
    if given := os.environ.get(KEY):
        if len(given) < SHORTEST_KEY:
            raise StudyFileError([Problem(KEY, "", f"is shorter than {SHORTEST_KEY} characters: it could be guessed")])
        return given.encode()
    path = home / KEY_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise StudyFileError([Problem(KEY_FILE, "", "can be read by others: chmod 600")]) from None
        return path.read_bytes()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes()


def fingerprint_of(view: str, manifest: dict, secret: bytes | None) -> dict:
    """All that the view follows from. Of the key there is only what tells it from another one."""
    tag = hmac.new(secret, b"fingerprint", hashlib.sha256).hexdigest()[:16] if secret else None
    source = {"snapshot": manifest["snapshot"], "content_hash": manifest["content_hash"]}
    return {"view": view, "of": source, "key": tag, "code": code_hash(), "versions": versions()}


def what_is_hidden(view: str, snapshot: Path, secret: bytes | None) -> object:
    """The key; or the words for treatments and lots in all the records of EX and EC."""
    if view == "anonymised":
        return secret
    found = set()
    for domain in blinded.TREATMENT:
        for path in warehouse.parts(snapshot / "sdtm" / f"{domain}.parquet"):
            if path.exists():
                found |= blinded.given_words(frame_of(path), domain)
    return found


def subjects_seen(
    request: Request, buckets: int, view: str, study: Study, snapshot: Path, staging: Path, hidden: object
) -> Written:
    """The SDTM of the subjects in the view, each set of subjects by itself."""
    written = side_by_side(request, buckets, part_seen, view, study, snapshot, staging, hidden)
    rows: dict[str, int] = {}
    for out in written.outputs:
        name = Path(out["path"]).parts[1]
        rows[name] = rows.get(name, 0) + out["rows"]
    for name in [name for name, count in rows.items() if not count and name.startswith(("SUPP", "RELREC"))]:
        path = staging / "sdtm" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        written.outputs = [out for out in written.outputs if Path(out["path"]).parts[1] != name]
    return written


def part_seen(
    bucket: int, buckets: int, view: str, study: Study, snapshot: Path, staging: Path, hidden: object
) -> Written:
    written, part = Written(), part_name(bucket, buckets)
    design = {schema.name for schema in TRIAL_DESIGN}
    demographics = snapshot / "sdtm" / "DM.parquet"
    more = (frame_of(demographics / part[1:] if part else demographics),) if view == "anonymised" else ()
    for name, path in datasets(snapshot, "sdtm"):
        if name in design:
            continue
        seen = VIEWS[view].seen(name, frame_of(path / part[1:] if part else path), study, hidden, *more)
        if seen is not None:
            records = through_door(seen, DATASETS[name], study)
            write(staging, f"sdtm/{name}.parquet{part}", records, DATASETS[name], written)
    return written


def design_seen(study: Study, staging: Path) -> Written:
    """The trial design datasets, as the view has the study."""
    written = Written()
    for name, frame in trial_design(study).items():
        records = through_door(frame.drop(columns=["_file", "_row"]), DATASETS[name], study)
        write(staging, f"sdtm/{name}.parquet", records, DATASETS[name], written)
    return written


def about(view: str, manifest: dict, study: Study) -> dict[str, pd.DataFrame]:
    return {
        "standards": pd.DataFrame(standards(study).items(), columns=["name", "version"]),
        "view": pd.DataFrame([{"view": view, "of_snapshot": manifest["snapshot"]}]),
    }


def frame_of(path: Path) -> pd.DataFrame:
    return text_frame(pq.read_table(path))
