"""The command `trialmill`. What is decided here needs no data: which study, which warehouse, whether anything has
changed.

Exit status: 0 done (published, or nothing had changed), 1 internal error, 2 bad use or bad study file, 3 the data or a
door stopped the study and nothing was published, 4 another run holds the study. Heavy imports wait for work to do.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from flows import warehouse
from flows.fingerprint import fingerprint
from schemas.text import text_folder


class BadUse(Exception):
    """The command line cannot be followed (exit status 2)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    top = parser()
    asked, rest = top.parse_known_args(arguments)
    # argparse loses an optional positional that comes after options: trialmill query STUDY --json "SELECT 1"
    if rest and asked.name == "query" and asked.sql is None and not rest[0].startswith("-"):
        asked.sql = rest.pop(0)
    if rest:
        top.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        return asked.command(asked)
    except KeyboardInterrupt:
        return refused(asked, 1, "interrupted: nothing was published")
    except BrokenPipeError:  # the reader of our output has gone, as in `trialmill query ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        status = exit_status(error)
        if status == 1 and os.environ.get("TRIALMILL_DEBUG"):
            raise
        return refused(
            asked, status, str(error) if status > 1 else f"internal error: {type(error).__name__}: {error}"
        )


def exit_status(error: Exception) -> int:
    """By the names of the errors: their modules are heavy, and those that raised them have been imported by then."""
    statuses = {
        **dict.fromkeys(("BadUse", "StudyFileError", "LookupError"), 2),
        **dict.fromkeys(("RawFileError", "DoorError", "AccountsDoNotBalance"), 3),
        "StudyLocked": 4,
    }
    return statuses.get(type(error).__name__, 1)


def refused(asked: argparse.Namespace, status: int, message: str) -> int:
    if asked.json:
        print(json.dumps({"status": status, "error": message.splitlines()}, ensure_ascii=False))
    else:
        print(f"trialmill {asked.name}: {message}", file=sys.stderr)
    return status


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="trialmill", description="Raw exports of trial sites to SDTM, ADaM and DuckDB."
    )
    commands = top.add_subparsers(dest="name", required=True, metavar="COMMAND")

    def command(function: Callable, summary: str) -> argparse.ArgumentParser:
        found = commands.add_parser(function.__name__, help=summary, description=summary)
        found.set_defaults(command=function)
        found.add_argument("study", metavar="STUDY", help="a study's folder, or its name under ./studies")
        found.add_argument(
            "--warehouse", type=Path, default=Path(os.environ.get("TRIALMILL_WAREHOUSE", "warehouse"))
        )
        found.add_argument("--json", action="store_true", help="print machine-readable output")
        return found

    for function, summary in (
        (run, "Run the whole study and publish one snapshot"),
        (check, "Check study file and raw files"),
    ):
        found = command(function, summary)
        found.add_argument(
            "--source",
            type=Path,
            metavar="DIR",
            help="folder with one dated folder a delivery (default: STUDY/raw)",
        )
        found.add_argument("--through", type=iso_date, metavar="DATE", help="leave out later deliveries")
        found.add_argument(
            "--workers", type=int, default=os.cpu_count() or 1, metavar="N", help="processes side by side"
        )
        if function is check:
            found.add_argument("--all", action="store_true", help="print every problem and every row")
        if function is run:
            found.add_argument(
                "--dask", metavar="ADDRESS", help="run partitions on the Dask scheduler at this address"
            )
    found = command(new, "Draft a study file from the exports in a folder")
    found.add_argument("--from", dest="exports", type=Path, required=True, metavar="DIR", help="the folder of exports")
    command(status, "Show the last runs")
    found = command(query, "Ask the analyst's database, read-only; without SQL, a shell")
    found.add_argument(
        "--as-of",
        metavar="DATE",
        help="the newest snapshot whose delivery is not after DATE, or a snapshot's id",
    )
    found.add_argument("sql", nargs="?", metavar="SQL")
    return top


def iso_date(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def study_folder(asked: argparse.Namespace) -> Path:
    places = [Path(asked.study), Path("studies") / asked.study, text_folder("studies") / asked.study]
    for folder in places:
        if (folder / "study.toml").is_file():
            return folder
    raise BadUse(f"no study {asked.study}: neither {places[0]} nor {places[1]} holds a study.toml")


def home(asked: argparse.Namespace) -> Path:
    """The study's folder in the warehouse."""
    folder = study_folder(asked)
    try:
        return (
            asked.warehouse
            / tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))["study"]["id"]
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError):
        from flows.study_file import read_study

        read_study(folder)  # says what is wrong
        raise


def run(asked: argparse.Namespace) -> int:
    begun = time.monotonic()
    folder, place = study_folder(asked), home(asked)
    source = asked.source or folder / "raw"
    if "redcap" in tomllib.loads((folder / "study.toml").read_text(encoding="utf-8")):
        from flows.redcap import deliver
        from flows.study_file import read_study

        today = datetime.now(UTC).date().isoformat()
        if asked.through is None or str(asked.through) >= today:
            deliver(read_study(folder), source, today)
    try:
        marks = fingerprint(folder, source, {"through": asked.through})
    except (OSError, ValueError):
        marks = None  # the readers say what is wrong with the folder
    before = warehouse.current(place)
    if before and before["fingerprint"] == marks:
        if asked.json:
            print(json.dumps({"status": 0, "published": False, "snapshot": before["snapshot"]}))
        else:
            served = f"snapshot {before['snapshot']} (delivery {before['delivery']})"
            print(f"{before['study']}: nothing has changed since {served}; nothing was published.")
        return 0

    from flows.sources import deliveries
    from flows.study import Request, run_study

    if marks is None:
        deliveries(source, asked.through)
        raise BadUse(f"{source} cannot be read")
    if asked.workers < 1:
        raise BadUse("--workers must be 1 or more")
    request = Request(
        folder, source, asked.warehouse, marks, datetime.now(UTC), asked.through, asked.workers, asked.dask
    )
    if os.environ.get("PREFECT_API_URL"):
        from flows.nightly import nightly

        manifest = nightly(request)
    else:
        with progress(asked) as step:
            manifest = run_study(request, step)
    if asked.json:
        print(
            json.dumps(
                {"status": 0, "published": True, **{k: v for k, v in manifest.items() if k != "fingerprint"}},
                ensure_ascii=False,
            )
        )
    else:
        from flows.summary import closing_summary

        closing_summary(
            manifest, before, warehouse.snapshot_folder(place, manifest), time.monotonic() - begun
        )
    return 0


@contextlib.contextmanager
def progress(asked: argparse.Namespace):
    """A way to call a step that says on a terminal which one is under way."""
    if asked.json or not sys.stderr.isatty():
        yield lambda function, *args: function(*args)
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("starting") as shown:

        def step(function: Callable, *args: object) -> object:
            shown.update((function.__doc__ or function.__name__).strip().split(". ")[0].split("\n")[0])
            begun = time.monotonic()
            result = function(*args)
            console.print(
                f"[green]✓[/] {function.__name__.replace('_', ' '):<12} {time.monotonic() - begun:5.1f} s",
                highlight=False,
            )
            return result

        yield step


def check(asked: argparse.Namespace) -> int:
    from flows.check import checked
    from flows.summary import check_text

    folder = study_folder(asked)
    found = checked(folder, asked.source or folder / "raw", asked.through, asked.workers)
    if asked.json:
        wrong = {name: [vars(one) for one in getattr(found, name)] for name in ("open", "study", "raw")}
        listed = json.loads(found.findings.to_json(orient="records"))
        print(json.dumps({"status": found.status, **wrong, "findings": listed}, ensure_ascii=False))
    else:
        print(check_text(found, None if asked.all else 5))
    return found.status


def new(asked: argparse.Namespace) -> int:
    named = os.sep not in asked.study and Path("studies").is_dir()
    study = Path("studies") / asked.study if named else Path(asked.study)
    if study.exists():
        raise BadUse(f"{study} is there already; a draft overwrites nothing")
    if not asked.exports.is_dir():
        raise BadUse(f"{asked.exports} is no folder")
    from flows.draft import new_study

    try:
        said = new_study(study, asked.exports)
    except ValueError as error:
        raise BadUse(str(error)) from None
    print(json.dumps({"status": 0, "study": str(study), "said": said}) if asked.json else "\n".join(said))
    return 0


def status(asked: argparse.Namespace) -> int:
    from flows.audit import record

    place = home(asked)
    manifests = {manifest["snapshot"]: manifest for manifest in warehouse.snapshots(place)}
    lines = (
        [
            {
                "time": event["time"],
                "event": event["event"],
                "snapshot": event.get("snapshot"),
                "reason": event.get("reason"),
            }
            for line in (place / "audit.jsonl").read_bytes().splitlines()
            if (event := record(line))
        ]
        if (place / "audit.jsonl").exists()
        else []
    )
    if asked.json:
        kept = ("snapshot", "started", "delivery", "findings_total", "previous")
        print(
            json.dumps(
                {
                    "study": place.name,
                    "runs": lines,
                    "snapshots": [{k: m[k] for k in kept} for m in manifests.values()],
                }
            )
        )
        return 0
    if not lines:
        print(f"{place.name}: no run yet in {asked.warehouse}")
    for line in lines[-10:][::-1]:
        manifest = manifests.get(line["snapshot"])
        served = " (served)" if manifest and manifest is next(iter(manifests.values())) else ""
        said = (
            f"snapshot {line['snapshot']}{served}"
            if line["snapshot"]
            else f"{line['reason']}; nothing was published"
        )
        more = f", delivery {manifest['delivery']}, {manifest['findings_total']} findings" if manifest else ""
        print(f"{line['time']}  {line['event']:<9}  {said}{more}")
    return 0


def query(asked: argparse.Namespace) -> int:
    place = home(asked)
    manifest = warehouse.snapshot(place, asked.as_of)
    import duckdb

    from flows.database import open_database

    with open_database(warehouse.snapshot_folder(place, manifest) / f"{place.name}.duckdb") as con:
        if asked.sql is None and sys.stdin.isatty():
            return shell(con, f"{place.name} {manifest['snapshot']}")
        try:
            answer(con, asked.sql if asked.sql is not None else sys.stdin.read(), asked.json)
        except duckdb.Error as error:
            raise BadUse(f"{error}") from None
    return 0


def answer(con, sql: str, as_json: bool) -> None:
    """Prints the result of the last statement that has one."""
    relation = con.sql(sql)
    if relation is None:
        return
    if as_json:
        rows = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
        print(json.dumps(rows, default=str, ensure_ascii=False))
    else:
        relation.show(max_rows=200, max_width=100_000 if not sys.stdout.isatty() else None)


def shell(con, name: str) -> int:
    """Reads SQL, one statement up to a semicolon, until end of file or .quit."""
    import duckdb

    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  (line editing and history)
    print(
        f"{name}, read-only. Schemas: sdtm, adam, tables, meta. End a statement with ; and leave with .quit"
    )
    statement = ""
    while True:
        try:
            line = input("  ...> " if statement else "trialmill> ")
        except (EOFError, KeyboardInterrupt):
            print()
            return 0
        if not statement and line.strip() in (".quit", ".exit", "quit", "exit"):
            return 0
        statement += line + "\n"
        if line.rstrip().endswith(";"):
            try:
                answer(con, statement, as_json=False)
            except duckdb.Error as error:
                print(error, file=sys.stderr)
            statement = ""


if __name__ == "__main__":
    sys.exit(main())
