"""How long a million AE records take to become a transport file or Dataset-JSON, and in how much memory.

    python benchmarks/exports.py [--rows N] [--parts xpt,ndjson,json,pyreadstat]

Each part runs in a process of its own, on the same made-up records; pyreadstat's writer stands beside ours.
Memory is what writing adds to the records that are there already.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

TARGETS = {"xpt": 5.0, "ndjson": 5.0}  # seconds for a million records


def events(rows: int):
    """One record per adverse event: 15 variables of AE, eight of them with few values and four with many."""
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(20240501)

    def text(values: list[str], codes) -> pd.Categorical:
        return pd.Categorical.from_codes(codes, pd.Index(values, dtype="str"))

    def one_of(*values: str) -> pd.Categorical:
        return text(list(values), rng.integers(0, len(values), rows))

    per_subject = 10
    subjects = [f"STUDY01-{n // 500:03}-{n:06}" for n in range(-(-rows // per_subject))]
    terms = [
        f"{where} {what}" for where in ("Head", "Back", "Skin", "Hand") for what in ("pain", "rash", "itch")
    ]
    day = rng.integers(0, 1000, rows)
    dates = np.datetime_as_string(np.datetime64("2019-01-01") + np.arange(1100)).tolist()
    duration = rng.integers(0, 90, rows).astype("float64")
    duration[rng.random(rows) < 0.1] = np.nan
    return pd.DataFrame(
        {
            "STUDYID": one_of("STUDY01"),
            "DOMAIN": one_of("AE"),
            "USUBJID": text(subjects, np.arange(rows) // per_subject),
            "AESEQ": np.arange(rows) % per_subject + 1,
            "AESPID": pd.Series([f"E{n:07}" for n in range(rows)], dtype="str"),
            "AETERM": pd.Series(
                [f"{terms[n % 12]} since visit {n % 5003}" for n in range(rows)], dtype="str"
            ),
            "AEDECOD": text(terms, np.arange(rows) % 12),
            "AEBODSYS": one_of("General disorders and administration site conditions", "Skin disorders"),
            "AESEV": one_of("MILD", "MODERATE", "SEVERE"),
            "AESER": one_of("N", "Y"),
            "AEOUT": one_of("RECOVERED/RESOLVED", "NOT RECOVERED/NOT RESOLVED", "UNKNOWN"),
            "AESTDTC": text(dates, day),
            "AEENDTC": text(
                dates, np.where(np.isnan(duration), -1, day + np.nan_to_num(duration)).astype(int)
            ),
            "AESTDY": (day + 1).astype("float64"),
            "AEENDY": day + duration + 1,
        }
    )


def write(part: str, rows: int, folder: str) -> dict[str, float]:
    import psutil

    from schemas.sdtm import DATASETS
    from transforms.export.dataset_json import dataset_metadata, write_json, write_ndjson
    from transforms.export.xpt import text_lengths, write_xpt

    frame, schema, path = events(rows), DATASETS["AE"], Path(folder) / part
    process, peak, done = psutil.Process(), [], threading.Event()
    before, cpu, begun = process.memory_info().rss, sum(process.cpu_times()[:2]), time.monotonic()

    def watch() -> None:
        while not done.wait(0.01):
            peak.append(process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    if part == "pyreadstat":
        import pyreadstat

        texts = [name for name, column in schema.columns.items() if column.metadata["type"] == "Char"]
        plain = {
            name: frame[name].astype("object").where(frame[name].notna(), "")
            for name in frame
            if name in texts
        }
        labels = [schema.columns[name].title for name in frame]
        pyreadstat.write_xport(
            frame.assign(**plain), str(path), column_labels=labels, table_name="AE", file_format_version=5
        )
    else:
        lengths = text_lengths([("AE", frame)])["AE"]
        with path.open("wb") as file:
            if part == "xpt":
                write_xpt(frame, schema, lengths, file)
            else:
                about = dataset_metadata(
                    frame,
                    schema,
                    lengths,
                    created="2024-05-01T02:00:00Z",
                    originator="benchmark",
                    source_system=("trialmill", "0"),
                    study_oid="STUDY01",
                    metadata_version_oid="MDV.STUDY01",
                )
                (write_json if part == "json" else write_ndjson)(frame, schema, about, file)
    wall, cpu = time.monotonic() - begun, sum(process.cpu_times()[:2]) - cpu
    done.set()
    watcher.join()
    return {
        "wall": wall,
        "cpu": cpu,
        "memory": (max(peak) - before) / 2**20,
        "size": path.stat().st_size / 1e6,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the writers of transport files and Dataset-JSON.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--parts", default="xpt,ndjson,json,pyreadstat")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        print(json.dumps(write(asked.part, asked.rows, asked.folder)))
        return
    print(f"{asked.rows:,} records of AE, 15 variables\n")
    print(f"{'':12}{'wall s':>10}{'CPU s':>10}{'+MiB':>10}{'MB':>10}")
    for part in asked.parts.split(","):
        with tempfile.TemporaryDirectory() as folder:
            command = [
                sys.executable,
                __file__,
                "--part",
                part,
                "--rows",
                str(asked.rows),
                "--folder",
                folder,
            ]
            got = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        target = TARGETS.get(part, 0) * asked.rows / 1_000_000
        verdict = f"   target {target:g} s: {'met' if got['wall'] <= target else 'missed'}" if target else ""
        figures = "".join(f"{got[name]:10.1f}" for name in ("wall", "cpu", "memory", "size"))
        print(f"{part:12}{figures}{verdict}", flush=True)


if __name__ == "__main__":
    main()
