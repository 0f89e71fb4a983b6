"""The list of files that comes with a delivery, held against the files that came."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from flows.fingerprint import sha256
from flows.problems import Problem, RawFileError
from schemas.study import Manifest

if TYPE_CHECKING:
    from flows.sources import RawFile


def differences(manifest: Manifest, files: dict[str, RawFile], day: str) -> Iterator[Problem]:
    """What a delivery's manifests say otherwise than its files. A manifest speaks of the folder, or ZIP, in which it
    lies. `files` are those of the delivery by name, ZIPs and their members both."""
    found = [name for name in files if fnmatch(name, manifest.file)]
    if not found:
        words = "is missing: the manifest is expected in every delivery"
        yield Problem(f"{day}/{manifest.file}", "", words)
    for name in found:
        folder = name[: name.rfind("/") + 1]
        try:
            listed = _listed(manifest, files[name])
        except RawFileError as error:
            yield from error.problems
            continue
        for entry, digest in listed.items():
            file = files.get(folder + entry)
            if file is None:
                yield Problem(f"{day}/{name}", entry, "is listed, but was not delivered")
                continue
            with file.opened() as path:
                if sha256(path) != digest.lower():
                    words = f"is not the file that {name} lists: its sha256 is another"
                    yield Problem(file.name, "", words)
        for other in files:
            entry = other.removeprefix(folder)
            within = other.startswith(folder) and other not in found
            covered = entry in listed or any(entry.startswith(f"{one}/") for one in listed)
            if within and not covered and not any(one.startswith(f"{entry}/") for one in listed):
                yield Problem(f"{day}/{other}", "", f"is not listed in {name}")


def _listed(manifest: Manifest, file: RawFile) -> dict[str, str]:
    """File name -> sha256."""
    with file.opened() as path:
        content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
        if manifest.format == "csv":
            entries = list(csv.DictReader(io.StringIO(text, newline="")))
        else:
            given = json.loads(text)
            lists = [given] if isinstance(given, list) else [v for v in given.values() if isinstance(v, list)]
            (entries,) = lists
        return {entry[manifest.name].replace("\\", "/"): entry[manifest.sha256] for entry in entries}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        words = f"is no {manifest.format.upper()} with {manifest.name} and {manifest.sha256} of each file"
        raise RawFileError([Problem(file.name, "", words)]) from None
