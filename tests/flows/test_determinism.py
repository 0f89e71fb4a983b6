"""The same inputs give the same Parquet bytes, however many processes share the work."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

import flows.study
from benchmarks.scaled_study import write
from flows import warehouse
from flows.fingerprint import fingerprint
from flows.study import Request, run_study
from schemas.text import text_folder

pytestmark = pytest.mark.long
SEED_STUDY = text_folder("studies") / "admsc_psoriasis"


def parquet_sums(study: Path, target: Path, workers: int) -> dict[str, str]:
    """Parquet file -> sha256 of its bytes, after a run into a warehouse of its own."""
    marks = fingerprint(study, study / "raw", {"through": None})
    manifest = run_study(Request(study, study / "raw", target, marks, datetime.now(UTC), workers=workers))
    folder = warehouse.snapshot_folder(target / manifest["study"], manifest)
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.parquet"))
        if path.is_file()  # a dataset in parts is a folder of that name
    }


def test_one_two_and_four_processes_write_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(flows.study, "PARTITION_BYTES", 160 << 10)
    write(tmp_path / "study", records=20_000)
    alone, two, four = (parquet_sums(tmp_path / "study", tmp_path / f"with-{n}", n) for n in (1, 2, 4))
    assert "sdtm/QS.parquet/part-0003.parquet" in alone
    assert alone == two == four


def test_the_seed_study_is_written_twice_with_the_same_bytes(tmp_path):
    first, second = (parquet_sums(SEED_STUDY, tmp_path / name, 2) for name in ("first", "second"))
    assert "adam/ADSL.parquet" in first
    assert first == second
