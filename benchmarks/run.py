"""How much it costs to get from raw files to SDTM, beside the least that anything could cost: `make bench`.

    python benchmarks/run.py [--records N] [--repeats N] [--workers N] [--whole] [--layers]

The floor is DuckDB that copies the same CSV files, as text, to Parquet. Floor and trialmill take turns, each
in a process of its own; benchmarks/README.md says what is measured.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

CPU_TARGET, MEMORY_TARGET = 4.0, 1536  # times the floor's CPU; MiB in all processes


def floor(study: Path, target: Path, workers: int) -> None:
    """Every CSV file as text to zstd Parquet. Left out: the GB18030 listing, which DuckDB cannot decode."""
    import duckdb

    with duckdb.connect(config={"threads": workers}) as con:
        con.execute("SET enable_progress_bar = false")
        for path in sorted((study / "raw").rglob("*.csv")):
            if path.name != "sae_listing.csv":
                con.execute(
                    "COPY (FROM read_csv(?, all_varchar = true, header = true, delim = ?)) TO '"
                    f"{target / path.stem}.parquet' (FORMAT parquet, COMPRESSION zstd)",
                    [str(path), ";" if path.name.startswith("diary") else ","],
                )


class Done(Exception):
    """SDTM is written."""


def sdtm(study: Path, target: Path, workers: int) -> None:
    """A run with both doors, up to where edit checks and ADaM begin; prints the records of QS and RS, and of all."""
    from flows.fingerprint import fingerprint
    from flows.study import Request, checked, run_study, subjects

    counts: list[tuple[str, int]] = []

    def step(function, *args):
        if function is checked:
            raise Done
        result = function(*args)
        if function is subjects:
            counts.extend((output["path"], output["rows"]) for output in result.outputs)
        return result

    marks = fingerprint(study, study / "raw", {"through": None})
    request = Request(study, study / "raw", target, marks, datetime.now(UTC), workers=workers)
    with contextlib.suppress(Done):
        run_study(request, step)
    for names in (("sdtm/QS", "sdtm/RS"), ("sdtm/",)):
        print(sum(rows for path, rows in counts if path.startswith(names)))


def layers(study: Path, target: Path, workers: int) -> None:
    """What no transformation could save, in CPU seconds of a run's own code: imports, hashes and reading of the raw
    files; and, once more when they lie there, the writing of all its Parquet files, column by column as they are."""
    begun = time.process_time()
    import pyarrow.parquet as pq

    from flows.fingerprint import fingerprint
    from flows.sources import raw_files
    from flows.study import Request, checked, ingest, run_study
    from flows.study_file import read_study
    from transforms.export.parquet import write_table

    marks = fingerprint(study, study / "raw", {"through": None})
    used = {"imports and hashes": time.process_time() - begun, "reading": 0.0, "writing": 0.0}

    def step(function, *args):
        if function is checked:
            staging = args[2]
            for path in (path for path in sorted(staging.rglob("*.parquet")) if path.is_file()):
                table = pq.ParquetFile(path).read().combine_chunks()
                begun = time.process_time()
                with (target / "again.parquet").open("wb") as file:
                    write_table(table, file)
                used["writing"] += time.process_time() - begun
            raise Done
        begun = time.process_time()
        result = function(*args)
        if function in (read_study, raw_files, ingest):
            used["reading"] += time.process_time() - begun
        return result

    with contextlib.suppress(Done):
        run_study(Request(study, study / "raw", target, marks, datetime.now(UTC), workers=workers), step)
    print("\n".join(f"{what:20}{seconds:6.1f} CPU s" for what, seconds in used.items()))
    print(f"{'together':20}{sum(used.values()):6.1f} CPU s")


def whole(study: Path, target: Path, workers: int) -> None:
    """A full run: with ADaM, tables, database and publication."""
    from flows.cli import main

    status = main(["run", str(study), "--warehouse", str(target), "--workers", str(workers), "--json"])
    sys.exit(status)


def measured(what: str, study: Path, workers: int) -> tuple[dict[str, float], list[str]]:
    """Wall and CPU seconds of one run with all its processes, the most memory (MiB) that they held together, and
    what it printed."""
    import psutil

    with tempfile.TemporaryDirectory(dir=study.parent) as target, tempfile.TemporaryFile("w+") as output:
        begun = time.monotonic()
        command = [
            sys.executable,
            __file__,
            "--part",
            what,
            "--study",
            str(study),
            "--target",
            target,
            "--workers",
            str(workers),
        ]
        process = psutil.Popen(command, stdout=output)
        pss = rss = 0
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            memory = []
            for one in [process, *process.children(recursive=True)]:
                with contextlib.suppress(psutil.Error, OSError):  # it may have just ended
                    memory.append(one.memory_full_info())
            pss = max(pss, sum(one.pss for one in memory))
            rss = max(rss, sum(one.rss for one in memory))
            time.sleep(0.05)
        wall = time.monotonic() - begun
        if status:
            sys.exit(f"{what} failed")
        output.seek(0)
        lines = output.read().split()
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "pss": pss / 2**20, "rss": rss / 2**20}, lines


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure raw files to SDTM beside a plain copy of them.")
    parser.add_argument("--records", type=int, default=10_000_000, help="QS and RS records in SDTM, about")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--whole", action="store_true", help="a full run, with ADaM and publication, too")
    parser.add_argument("--layers", action="store_true", help="what reading and writing alone cost, too")
    parser.add_argument("--study", type=Path, help="a scaled study that is there already")
    parser.add_argument("--part", choices=("floor", "sdtm", "layers", "whole"), help=argparse.SUPPRESS)
    parser.add_argument("--target", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        globals()[asked.part](asked.study, asked.target, asked.workers)
        return
    with tempfile.TemporaryDirectory() as folder:
        study = asked.study
        if study is None:
            study = Path(folder) / "study"
            made = [
                sys.executable,
                str(Path(__file__).with_name("scaled_study.py")),
                str(study),
                "--records",
                str(asked.records),
            ]
            subprocess.run(made, check=True)
        compare(study, asked)


def compare(study: Path, asked: argparse.Namespace) -> None:
    parts = ["floor", "sdtm", *(["whole"] if asked.whole else [])]
    runs: dict[str, list[dict]] = {part: [] for part in parts}
    records = []
    for _ in range(asked.repeats):
        for part in parts:
            figures, lines = measured(part, study, asked.workers)
            runs[part].append(figures)
            records = lines if part == "sdtm" else records
    median = {
        part: {name: statistics.median(run[name] for run in runs[part]) for name in runs[part][0]} for part in parts
    }
    size = sum(path.stat().st_size for path in (study / "raw").rglob("*") if path.is_file()) / 1e6
    print(f"{size:.0f} MB of raw files, {int(records[0]):,} QS and RS records of {int(records[1]):,} in SDTM")
    print(f"medians of {asked.repeats} turns, {asked.workers} workers, {os.cpu_count()} cores\n")
    print(f"{'':8}{'wall s':>10}{'CPU s':>10}{'PSS MiB':>10}{'RSS MiB':>10}{'x wall':>10}{'x CPU':>10}")
    for part, figures in median.items():
        ratios = [figures[name] / median["floor"][name] for name in ("wall", "cpu")]
        print(
            f"{part:8}"
            + "".join(f"{figures[name]:10.1f}" for name in ("wall", "cpu", "pss", "rss"))
            + "".join(f"{r:10.2f}" for r in ratios)
        )
    got = median["sdtm"]
    ratio = got["cpu"] / median["floor"]["cpu"]
    print(f"\n{int(records[0]) / got['wall']:,.0f} QS and RS records a second")
    cpu, memory = ("met" if good else "missed" for good in (ratio <= CPU_TARGET, got["pss"] <= MEMORY_TARGET))
    print(f"CPU      {ratio:8.2f} x floor, target at most {CPU_TARGET:g}: {cpu}")
    print(f"memory   {got['pss']:8.0f} MiB, target at most {MEMORY_TARGET}: {memory}")
    if asked.layers:
        with tempfile.TemporaryDirectory(dir=study.parent) as target:
            layers(study, Path(target), asked.workers)


if __name__ == "__main__":
    main()
