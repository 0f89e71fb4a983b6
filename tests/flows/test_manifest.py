"""Deliveries in ZIPs, their manifests, and ZIPs that would do harm."""

import hashlib
import io
import json
import struct
import zipfile
from pathlib import Path

import pytest

from flows.problems import RawFileError, StudyFileError
from flows.readers import zipped
from flows.sources import batches, raw_files
from schemas.study import Manifest, Source, Study, StudyFile, UnusedFile

DAY = "2020-05-29"
CASTOR = {
    "form": "vs",
    "format": "csv",
    "encoding": "utf-8",
    "delimiter": ";",
    "decimal": ".",
    "mode": "cumulative",
    "key": ["SITEID", "SUBJID"],
    "date_order": "dmy",
    "missing": {"-95": "MEASUREMENT FAILED", "-97": "NOT ASKED", "-99": ""},
}
STUDY_DATA = CASTOR | {
    "file": "export.zip/*_export.csv",
    "columns": {"SITEID": "Site Abbreviation", "SUBJID": "Participant Id", "VSORRES": "weight"},
    "unused": ["Participant Status"],
}
REPEATING = CASTOR | {
    "form": "ae",
    "file": "export.zip/*_export_Adverse_events.csv",
    "columns": {"SITEID": "Site Abbreviation", "SUBJID": "Participant Id", "AETERM": "ae_term"},
    "unused": ["Repeating data Id"],
}
FILES = {
    "pilot_export.csv": '"Participant Id";"Site Abbreviation";"Participant Status";"weight"\n'
    '110001;01;"Open";70.5\n110002;01;"Open";-95\n',
    "pilot_export_Adverse_events.csv": '"Participant Id";"Site Abbreviation";"Repeating data Id";"ae_term"\n'
    '110001;01;"5F3A";"Fever - high"\n',
}
MANIFEST = {"format": "csv", "name": "file", "sha256": "sha256"}


def study(unused: tuple = (), manifest: dict | None = None, **sources: dict) -> Study:
    file = StudyFile.model_construct(
        sources={name: Source.model_validate(source) for name, source in sources.items()},
        unused=[UnusedFile(file=pattern, reason="for people") for pattern in unused],
        manifest=manifest and Manifest.model_validate(manifest),
    )
    return Study.model_construct(file=file)


def archive(files: dict[str, str | bytes], **options) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, **options) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return content.getvalue()


def delivered(folder: Path, files: dict[str, str | bytes]) -> Path:
    (folder / DAY).mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / DAY / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def refused(given: Study, folder: Path) -> list[str]:
    with pytest.raises(RawFileError) as raised:
        raw_files(given, folder)
    return [str(problem) for problem in raised.value.problems]


def sha(text: str | bytes) -> str:
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


# --- deliveries


def test_study_and_repeating_data_of_castor_are_read_where_they_lie_in_the_zip(tmp_path):
    given = study(vs=STUDY_DATA, ae=REPEATING, unused=("export.zip/settings.html",))
    inside = FILES | {"settings.html": "<html>", "__MACOSX/._x": "", ".DS_Store": ""}
    files = raw_files(given, delivered(tmp_path, {"export.zip": archive(inside)}))
    read = {}
    for file in files:
        if file.source:
            (table,) = batches(file, given.file.sources[file.source])
            column = "weight" if file.source == "vs" else "ae_term"
            read[file.source] = [(row["_file"], row["_row"], row[column]) for row in table.to_pylist()]
    place = f"{DAY}/export.zip/pilot_export"
    assert read == {
        "vs": [(f"{place}.csv", 2, "70.5"), (f"{place}.csv", 3, "-95")],
        "ae": [(f"{place}_Adverse_events.csv", 2, "Fever - high")],
    }
    assert {file.path for file in files} == {tmp_path / DAY / "export.zip"}
    assert sum(file.size for file in files if file.source) == sum(map(len, FILES.values()))


def test_a_member_that_no_source_reads_must_be_declared(tmp_path):
    delivered(tmp_path, {"export.zip": archive(FILES | {"new.csv": "x"})})
    with pytest.raises(StudyFileError, match=f"{DAY}/export.zip/new.csv belongs to no source"):
        raw_files(study(vs=STUDY_DATA, ae=REPEATING), tmp_path)


def test_a_zip_inside_a_zip_is_refused_unless_it_is_unused(tmp_path):
    delivered(tmp_path, {"export.zip": archive(FILES | {"scans.zip": archive({"a.txt": "x"})})})
    (said,) = refused(study(vs=STUDY_DATA, ae=REPEATING), tmp_path)
    assert said.startswith(f"{DAY}/export.zip/scans.zip: is a ZIP inside a ZIP, which is not opened")
    assert len(raw_files(study(vs=STUDY_DATA, ae=REPEATING, unused=("*/scans.zip",)), tmp_path)) == 3


def test_a_zip_that_is_unused_stays_closed(tmp_path):
    delivered(tmp_path, FILES | {"photos.zip": b"no ZIP at all"})
    sources = {
        name: source | {"file": source["file"].removeprefix("export.zip/")}
        for name, source in (("vs", STUDY_DATA), ("ae", REPEATING))
    }
    assert len(raw_files(study(**sources, unused=("*.zip",)), tmp_path)) == 3
    assert refused(study(**sources), tmp_path)[0].startswith(f"{DAY}/photos.zip: is no ZIP that can be read")


# --- manifests


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_manifest_speaks_of_the_files_beside_it(tmp_path, inside, format):
    listed = {name: sha(text) for name, text in FILES.items()}
    if not inside:
        listed = {"export.zip": sha(archive(FILES))}
    text = "file,sha256\n" + "".join(f"{name},{digest}\n" for name, digest in listed.items())
    if format == "json":
        entries = [{"file": name, "sha256": digest.upper()} for name, digest in listed.items()]
        text = json.dumps({"made": "2020-05-29", "files": entries})
    manifest = MANIFEST | {"file": f"*/manifest.{format}" if inside else f"manifest.{format}", "format": format}
    files = {"export.zip": archive(FILES | ({f"manifest.{format}": text} if inside else {}))}
    delivered(tmp_path, files if inside else files | {f"manifest.{format}": text})
    assert len(raw_files(study(vs=STUDY_DATA, ae=REPEATING, manifest=manifest), tmp_path)) == 2


def test_every_difference_to_the_manifest_is_reported(tmp_path):
    vs, ae = FILES
    text = f"file,sha256\n{vs},{'0' * 64}\nlost.csv,{'1' * 64}\n"
    given = study(vs=STUDY_DATA, ae=REPEATING, manifest=MANIFEST | {"file": "*.zip/manifest.csv"})
    delivered(tmp_path, {"export.zip": archive(FILES | {"manifest.csv": text})})
    assert refused(given, tmp_path) == [
        f"{DAY}/export.zip/{vs}: is not the file that export.zip/manifest.csv lists: its sha256 is another",
        f"{DAY}/export.zip/manifest.csv: lost.csv: is listed, but was not delivered",
        f"{DAY}/export.zip/{ae}: is not listed in export.zip/manifest.csv",
    ]
    delivered(tmp_path, {"export.zip": archive(FILES)})
    said = f"{DAY}/*.zip/manifest.csv: is missing: the manifest is expected in every delivery"
    assert refused(given, tmp_path) == [said]
    delivered(tmp_path, {"export.zip": archive(FILES | {"manifest.csv": "name,md5\nx,y\n"})})
    assert "is no CSV with file and sha256 of each file" in refused(given, tmp_path)[0]


# --- hostile archives


@pytest.mark.parametrize("name", ["../ae.csv", "a/../../ae.csv", "/etc/ae.csv", "..\\ae.csv", "C:/ae.csv"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path, name):
    delivered(tmp_path, {"export.zip": archive(FILES | {name: "x"})})
    (said,) = [one for one in refused(study(vs=STUDY_DATA, ae=REPEATING), tmp_path) if "leaves" in one]
    assert said == f"{DAY}/export.zip/{name}: has a name that leaves the folder"
    assert [path.name for path in tmp_path.iterdir()] == [DAY]


def test_a_link_is_refused(tmp_path):
    info = zipfile.ZipInfo("link.csv")
    info.external_attr = 0o120777 << 16
    assert "is a link, no file" in said_of(archive({info: "/etc/passwd"}))


def test_a_bomb_is_refused_by_what_it_claims(monkeypatch):
    assert "more than 400 times its size" in said_of(archive({"a.csv": b"0" * (20 << 20)}))
    monkeypatch.setattr(zipped, "MEMBER_BYTES", 100)
    assert "unpacks to 101 bytes; 100 are the most" in said_of(archive({"a.csv": "0" * 101}))
    monkeypatch.setattr(zipped, "TOTAL_BYTES", 150)
    assert "unpacks to 180 bytes; 150 are the most" in said_of(archive({"a.csv": "0" * 90, "b.csv": "1" * 90}))


def test_a_bomb_that_claims_less_than_it_holds_is_not_unpacked():
    content = bytearray(archive({"a.csv": b"0" * 100_000}))
    for head, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", content, content.index(head) + at, 50)
    zipped.members(io.BytesIO(content), "x")
    read = []
    with pytest.raises(RawFileError, match="x: cannot be unpacked: Bad CRC-32"):
        read.extend(zipped.blocks(io.BytesIO(content), "a.csv", "x"))
    assert sum(map(len, read)) <= 50


def test_an_encrypted_a_damaged_and_an_empty_archive_are_refused(tmp_path):
    content = bytearray(archive({"a.csv": "text"}))
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(head) + at] |= 1
    assert "is encrypted" in said_of(bytes(content))
    whole = archive({"a.csv": "text" * 1000})
    for kept in (0, 10, len(whole) // 2, len(whole) - 5):
        assert "is no ZIP that can be read" in said_of(whole[:kept])
    twice = archive({"a.csv": "1", "b.csv": "2"}).replace(b"b.csv", b"a.csv")
    assert "stands more than once in the ZIP" in said_of(twice)
    delivered(tmp_path, {"export.zip": archive(FILES), "empty.zip": archive({})})
    assert f"{DAY}/empty.zip: holds no file" in refused(study(vs=STUDY_DATA, ae=REPEATING), tmp_path)


def said_of(content: bytes) -> str:
    with pytest.raises(RawFileError) as raised:
        zipped.members(io.BytesIO(content), "x")
    return str(raised.value)
