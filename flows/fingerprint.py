"""One fingerprint per run: all that its outcome follows from. Two equal ones: there is nothing to do.

Decided before the heavy imports, so only the standard library is used here.
"""

import hashlib
import re
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from schemas.text import text_folder

PACKAGES = Path(__file__).resolve().parents[1]
CODE = ["flows", "schemas", "transforms"]
# say what people think of findings, and how texts are submitted: no value of a snapshot follows from them
APART = ("dispositions.csv", "submission_texts.csv")
LIBRARIES = ["numpy", "pandas", "pyarrow", "duckdb", "pandera", "pyreadstat", "python-calamine", "trialmill"]


def fingerprint(study_folder: Path, source_dir: Path, options: dict) -> dict:
    """One dict per run, the same after a way through JSON.

    `through` leaves out later deliveries and so is seen in `inputs` alone: asking for one day more
    when nothing came that day changes nothing. Every other option counts as given; None is not given.
    """
    study_folder, source_dir = Path(study_folder), Path(source_dir)
    incoming = [
        (folder.name, folder, path)
        for folder in deliveries(source_dir, options.get("through"))
        for path in visible_files(folder)
    ]
    own = study_files(study_folder, source_dir)
    with ThreadPoolExecutor(2) as pool:
        sums = list(pool.map(sha256, [path for *_, path in incoming] + list(own.values())))
    return {
        "inputs": [
            {
                "delivery": delivery,
                "path": path.relative_to(folder).as_posix(),
                "sha256": digest,
                "bytes": path.stat().st_size,
            }
            for (delivery, folder, path), digest in zip(incoming, sums[: len(incoming)], strict=True)
        ],
        "study": dict(zip(own, sums[len(incoming) :], strict=True)),
        "code": code_hash(),
        "versions": versions(),
        "options": {k: str(v) for k, v in options.items() if k != "through" and v is not None},
    }


def study_files(study_folder: Path, source_dir: Path) -> dict[str, Path]:
    """The study's own files under their names in the fingerprint: all in its folder but what the sites sent and APART,
    and its dictionaries."""
    apart = [study_folder / "raw", source_dir, *(study_folder / name for name in APART)]
    own = {
        path.relative_to(study_folder).as_posix(): path
        for path in visible_files(study_folder)
        if not any(path.is_relative_to(folder) for folder in apart)
    }
    return own | dictionaries(study_folder)


def dictionaries(study_folder: Path) -> dict[str, Path]:
    """The files of the coding dictionaries that study.toml names, wherever they lie, under names without a path. What
    is wrong with study.toml or is not there, the readers say."""
    try:
        given = tomllib.loads((study_folder / "study.toml").read_text(encoding="utf-8")).get("dictionaries", {})
        places = {key: dictionary_path(study_folder, key, one["path"]) for key, one in given.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    found = {}
    for key, place in places.items():
        files = sorted(place.glob("*.[aA][sS][cC]")) if place.is_dir() else [place]
        found |= {f"dictionaries.{key}/{path.name}": path for path in files if path.is_file()}
    return found


def dictionary_path(study_folder: Path, key: str, path: str) -> Path:
    """Where the study file says; in a study that a replay has laid out again, the folder that it laid it into."""
    laid = study_folder / f"dictionaries.{key}"
    if not laid.is_dir():
        return study_folder / path
    return laid / Path(path).name if (laid / Path(path).name).is_file() else laid


def deliveries(source_dir: Path, through: date | str | None = None) -> list[Path]:
    """One folder per delivery, oldest first, up to and with `through` (a date or its ISO text)."""
    folders = []
    for entry in sorted(Path(source_dir).iterdir()):
        if entry.name.startswith(".") or entry.name.startswith("README"):
            continue
        if not (entry.is_dir() and is_date(entry.name)):
            raise ValueError(f"{entry}: expected nothing but one folder a delivery, named YYYY-MM-DD")
        if through is None or entry.name <= str(through):
            folders.append(entry)
    if not folders:
        raise ValueError(f"{source_dir}: no delivery" + (f" up to {through}" if through else ""))
    return folders


def is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def visible_files(folder: Path) -> list[Path]:
    """Every file below a folder, in order of its path; no hidden ones and no byte code."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(p.startswith(".") or p == "__pycache__" for p in path.relative_to(folder).parts)
    )


def code_hash() -> str:
    """One sha256 over the code, the SQL and the standards of this installation."""
    code = [path.relative_to(PACKAGES) for name in CODE for path in sorted((PACKAGES / name).rglob("*.py"))]
    named = [(path.as_posix(), PACKAGES / path) for path in code if "_text" not in path.parts]
    for name in ("sql", "standards"):
        folder = text_folder(name)
        named += [(f"{name}/{path.relative_to(folder).as_posix()}", path) for path in visible_files(folder)]
    return hashlib.sha256("".join(f"{name}\0{sha256(path)}\n" for name, path in named).encode()).hexdigest()


def versions() -> dict:
    """One version per library that may touch a value or a byte; None if it is not installed."""
    found = {"python": ".".join(map(str, sys.version_info[:3]))}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def sha256(path: Path) -> str:
    """One sha256 per file, over its bytes: a copied or touched file is the same file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
