"""Fetches a REDCap project through its API into a delivery of the source folder, where it is a raw file like any other:
archived, hashed, and read again from there.

A delivery is written once. What is the same as the last one is no delivery, so a night without news publishes nothing.
The token comes from the environment, goes to the server and nowhere else.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from flows import fingerprint
from flows.problems import Problem, RawFileError, StudyFileError
from flows.readers import redcap
from schemas.study import Source, Study

TIMEOUT = 300  # seconds for one answer of the server


def deliver(study: Study, folder: Path, day: str) -> list[Path]:
    """The files written for the day: the export and its data dictionary; none where there is nothing new."""
    source = next(source for source in study.file.sources.values() if source.format == "redcap")
    names = (source.dictionary, source.file)
    if (folder / day / source.file).exists():
        return []
    contents = fetched(study, source)
    try:
        before = fingerprint.deliveries(folder)
    except (OSError, ValueError):
        before = []  # the first delivery; or the readers say what is wrong with the folder
    last = next((one for one in reversed(before) if (one / source.file).is_file()), None)
    if last and all(_bytes(last / name) == content for name, content in zip(names, contents, strict=True)):
        return []
    (folder / day).mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in zip(names, contents, strict=True):  # the export last: with it the delivery is complete
        with tempfile.NamedTemporaryFile(dir=folder / day, prefix=".incoming-", delete=False) as file:
            file.write(content)
        written.append(Path(file.name).rename(folder / day / name))
    return written


def fetched(study: Study, source: Source) -> tuple[bytes, bytes]:
    """The data dictionary and the export, as the server sends them."""
    try:
        from redcap import Project, RedcapError
        from requests import RequestException
    except ImportError:
        words = "needs PyCap, which is not installed: pip install 'trialmill[redcap]'"
        raise StudyFileError([Problem("study.toml", "redcap", words)]) from None
    place = study.file.redcap
    token = os.environ.get(place.token)
    if not token:
        words = f"names the environment variable {place.token}, which is not set"
        raise StudyFileError([Problem("study.toml", "redcap.token", words)])
    content = b""

    def answer(response, **_: object) -> None:
        """Keeps the bytes as they come; PyCap hands on text that it has decoded as best it can."""
        nonlocal content
        if response.status_code != 200:
            raise RequestException(f"the server answers with status {response.status_code}")
        content = response.content

    try:
        # a redirection would take the token to another server
        project = Project(place.url, token, timeout=TIMEOUT, allow_redirects=False, hooks={"response": answer})
        project.export_metadata(format_type="csv")
        dictionary, fields = content, _fields(content, source)
        project.export_records(
            format_type="csv",
            raw_or_label=source.values,
            event_name="unique" if source.values == "raw" else "label",
            export_data_access_groups=True,
            decimal_character=source.decimal,
        )
        records = content
    except (RedcapError, RequestException, ValueError, LookupError, TypeError, AssertionError) as error:
        said = str(error).replace(token, "***").splitlines()
        words = f"cannot be fetched: {type(error).__name__}: {said[0][:200] if said else ''}"
        raise RawFileError([Problem(source.file, place.url, words)]) from None
    if not fields or records.split(b"\n", 1)[0].split(b",", 1)[0].strip(b'\r"') != fields[0].name.encode():
        words = "the server's answer is no export of the project: it does not begin with the record's id"
        raise RawFileError([Problem(source.file, place.url, words)])
    return dictionary, records


def _fields(dictionary: bytes, source: Source) -> tuple[redcap.Field, ...]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(dictionary)
        file.flush()
        return redcap.dictionary(Path(file.name), source.dictionary)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
