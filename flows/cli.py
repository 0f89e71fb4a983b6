"""The command `trialmill`. What is decided here needs no data: which study, which warehouse, whether anything has
changed.

Exit status: 0 done (published, or nothing had changed), 1 internal error, 2 bad use or bad study file, 3 the data or a
door stopped the study and nothing was published, 4 another run holds the study. Heavy imports wait for work to do.
"""

from __future__ import annotations

import argparse
import contextlib
import getpass
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from flows import warehouse
from flows.problems import BadUse
from schemas.text import text_folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    top = parser()
    asked, rest = top.parse_known_args(arguments)
    # argparse loses an optional positional that comes after options: trialmill query STUDY --json "SELECT 1"
    for name in {"query": ("sql",), "diff": ("old", "new")}.get(asked.name, ()):
        if rest and getattr(asked, name) is None and not rest[0].startswith("-"):
            setattr(asked, name, rest.pop(0))
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
        **dict.fromkeys(("BadUse", "StudyFileError", "LookupError", "NotFound"), 2),
        **dict.fromkeys(
            ("RawFileError", "DoorError", "AccountsDoNotBalance", "DatabaseLocked", "SubmissionError", "EngineFailed"),
            3,
        ),
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

    def command(function: Callable, summary: str, several: bool = False) -> argparse.ArgumentParser:
        found = commands.add_parser(function.__name__, help=summary, description=summary)
        found.set_defaults(command=function)
        words = "a study's folder, or its name under ./studies"
        if several:
            found.add_argument("studies", metavar="STUDY", nargs="+", help=words)
        else:
            found.add_argument("study", metavar="STUDY", help=words)
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
                "--view",
                choices=("blinded", "anonymised"),
                help="instead of a run: the served snapshot without treatment, or without persons, in WAREHOUSE/VIEW",
            )
            found.add_argument(
                "--cutoff", type=iso_date, metavar="DATE", help="cut the data at this date, each domain by its own date"
            )
            found.add_argument(
                "--dask", metavar="ADDRESS", help="run partitions on the Dask scheduler at this address"
            )
            found.add_argument(
                "--unlock", action="store_true", help="publish although the database is locked; needs --reason"
            )
            found.add_argument("--reason", metavar="TEXT", help="why, for the audit log")
            found.add_argument("--who", metavar="NAME", help="who decided it (default: the user's login)")
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
    found = command(diff, "Show what changed between two snapshots: records, values, and the raw edits behind them")
    found.add_argument("old", nargs="?", metavar="FROM", help="a snapshot's id or a date (default: the one before TO)")
    found.add_argument("new", nargs="?", metavar="TO", help="a snapshot's id or a date (default: the served one)")
    found.add_argument("--html", type=Path, metavar="FILE", help="write one page that needs nothing else")
    found.add_argument("--all", action="store_true", help="print every record")
    found = command(why, "Show where a value comes from, back to the raw cells; or forward, what a raw row feeds")
    words = "a table, ADaM or SDTM dataset; with --forward a source or file"
    found.add_argument("dataset", metavar="DATASET", help=words)
    words = "which record; of a raw row file=, row= or its columns"
    found.add_argument("keys", nargs="*", metavar="KEY=VALUE", help=words)
    found.add_argument("--variable", metavar="VAR", help="which value of it")
    found.add_argument("--forward", action="store_true", help="from a raw row to all that it feeds")
    found.add_argument("--all", action="store_true", help="every record, however many")
    found.add_argument("--as-of", metavar="DATE", help="a snapshot's id, or a date as in query")
    found = command(conform, "Check SDTM and ADaM datasets, of a snapshot or of a folder, against the standards")
    found.add_argument("--of", metavar="STUDY", help="whose terms and dispositions count for the datasets of a folder")
    found.add_argument("--as-of", metavar="DATE", help="as in query --as-of")
    found.add_argument("--html", type=Path, metavar="FILE", help="write one page that needs nothing else")
    found.add_argument("--xlsx", type=Path, metavar="FILE", help="write a workbook, to fill dispositions in")
    words = "take the dispositions of a filled-in workbook into the study's dispositions.csv"
    found.add_argument("--dispositions", type=Path, metavar="FILE", help=words)
    words = "run the CDISC CORE engine beside: the folder of its rules (docs/conformance.md)"
    found.add_argument("--core", type=Path, metavar="CACHE_DIR", help=words)
    found.add_argument("--python", metavar="FILE", help="the CPython 3.12 that has the engine")
    found.add_argument("--all", action="store_true", help="print every cause")
    found = command(queries, "Show what is asked of the sites; a workbook for each; take in what they answer")
    found.add_argument("--site", metavar="S", help="of one site alone")
    found.add_argument("--as-of", metavar="DATE", help="as in query --as-of")
    found.add_argument("--all", action="store_true", help="closed ones, too")
    found.add_argument("--out", type=Path, metavar="DIR", help="write one workbook a site into this folder")
    found.add_argument(
        "--answers", type=Path, metavar="FILE", help="take the answers of a returned workbook into STUDY/queries.csv"
    )
    found = command(submit, "Write the submission package of a snapshot: transport files, Define-XML, Dataset-JSON")
    found.add_argument("--out", type=Path, required=True, metavar="DIR", help="the package's folder")
    found.add_argument("--as-of", metavar="DATE", help="a snapshot's id, or a date as in query")
    found.add_argument("--force", action="store_true", help="write over a package that was changed by hand")
    found = command(spec, "Write the specification as a workbook; compare the study with a sponsor's own workbook")
    found.add_argument("--out", type=Path, metavar="FILE", help="write it here (.xlsx)")
    found.add_argument("--against", type=Path, metavar="FILE", help="compare the study with this workbook")
    found.add_argument("--as-of", metavar="DATE", help="a snapshot's id, or a date as in query")
    found.add_argument("--all", action="store_true", help="print every difference, and what the workbook allows")
    found = command(replay, "Rebuild a snapshot from the archive and compare it with what was published")
    found.add_argument("snapshot", metavar="SNAPSHOT", help="a snapshot's id, or a date as in query --as-of")
    found.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N", help="processes side by side")
    found = command(audit, "Show the audit log; with --verify, prove that nobody has touched it")
    found.add_argument(
        "--verify", action="store_true", help="find altered, removed and reordered lines, and changed snapshot files"
    )
    found = command(lock, "Lock the database: this snapshot stays, and nothing is published over it without a reason")
    found.add_argument("snapshot", metavar="SNAPSHOT", help="a snapshot's id, or a date as in query --as-of")
    found.add_argument("--reason", required=True, metavar="TEXT", help="why, for the audit log")
    found.add_argument("--who", metavar="NAME", help="who decided it (default: the user's login)")
    found = command(prune, "Remove old snapshots, and the archived files that no other one needs")
    found.add_argument(
        "--keep", type=int, metavar="N", help="how many snapshots stay (default: retention.snapshots of the study file)"
    )
    found = command(serve, "Run studies at fixed times, each by itself, on a Prefect server", several=True)
    found.add_argument("--cron", required=True, metavar="CRON", help='when, for example "0 2 * * *"')
    found.add_argument("--timezone", metavar="ZONE", help="of --cron, for example Asia/Shanghai (default: UTC)")
    found.add_argument(
        "--time-limit", type=int, default=240, metavar="MINUTES", help="after which a run is stopped (default: 240)"
    )
    found.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N", help="processes a run")
    found.add_argument("--port", type=int, default=4200, help="of the server that is started (default: 4200)")
    return top


def iso_date(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def a_study(name: str) -> Path | None:
    """The folder of a study: itself, or of that name under ./studies; None where there is none."""
    places = [Path(name), Path("studies") / name, text_folder("studies") / name]
    return next((folder for folder in places if (folder / "study.toml").is_file()), None)


def study_folder(asked: argparse.Namespace) -> Path:
    if folder := a_study(asked.study):
        return folder
    raise BadUse(f"no study {asked.study}: neither {asked.study} nor studies/{asked.study} holds a study.toml")


def home(asked: argparse.Namespace) -> Path:
    """The study's folder in the warehouse."""
    from flows.run import home_of

    return home_of(study_folder(asked), asked.warehouse)


def view(asked: argparse.Namespace, folder: Path) -> int:
    """What `run --view` does: the served snapshot for other eyes."""
    from flows.study import Request
    from flows.views import view_study

    if asked.through or asked.cutoff or asked.unlock:
        raise BadUse("a view is made of the served snapshot: --view goes without --through, --cutoff and --unlock")
    place = asked.warehouse / asked.view
    source = asked.source or folder / "raw"
    request = Request(folder, source, place, {}, datetime.now(UTC), workers=asked.workers, dask=asked.dask)
    with progress(asked) as step:
        manifest, published = view_study(request, home(asked), asked.view, step)
    of = manifest["fingerprint"]["of"]["snapshot"]
    if asked.json:
        said = {"status": 0, "published": published, "view": asked.view, "of": of, "warehouse": str(place)}
        print(json.dumps(said | {"snapshot": manifest["snapshot"]}, ensure_ascii=False))
    else:
        words = "published" if published else "is there already; nothing was published"
        print(f"{manifest['study']}, {asked.view} view of snapshot {of}: snapshot {manifest['snapshot']} {words}")
        print(f"Ask it:   trialmill query STUDY --warehouse {place}")
    return 0


def run(asked: argparse.Namespace) -> int:
    from flows.run import Asked, whole_run

    begun = time.monotonic()
    folder = study_folder(asked)
    if asked.workers < 1:
        raise BadUse("--workers must be 1 or more")
    if asked.unlock and not asked.reason:
        raise BadUse('--unlock needs --reason "..."')
    if asked.view:
        return view(asked, folder)
    request = Asked(
        folder,
        asked.source or folder / "raw",
        asked.warehouse,
        {"through": asked.through, "cutoff": asked.cutoff},
        asked.workers,
        asked.dask,
        {"reason": asked.reason, "who": asked.who or getpass.getuser()} if asked.unlock else None,
    )
    if os.environ.get("PREFECT_API_URL"):
        from flows.nightly import Stopped, nightly

        places = (str(request.study), str(request.warehouse), str(request.source))
        try:
            done = nightly(*places, request.options, request.workers, request.dask, request.unlock)
        except Stopped as stopped:
            raise stopped.error from None
    else:
        with progress(asked) as step:
            done = whole_run(request, datetime.now(UTC), step)
    manifest = done.manifest
    if asked.json and done.published:
        said = {"status": 0, "published": True, **{k: v for k, v in manifest.items() if k != "fingerprint"}}
        print(json.dumps(said, ensure_ascii=False))
    elif asked.json:
        print(json.dumps({"status": 0, "published": False, "snapshot": manifest["snapshot"]}))
    elif done.published:
        from flows.summary import closing_summary

        place = asked.warehouse / manifest["study"]
        closing_summary(manifest, done.before, warehouse.snapshot_folder(place, manifest), time.monotonic() - begun)
    else:
        served = f"snapshot {manifest['snapshot']} (delivery {manifest['delivery']})"
        print(f"{manifest['study']}: nothing has changed since {served}; nothing was published.")
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
    from flows.audit import events

    place = home(asked)
    manifests = {manifest["snapshot"]: manifest for manifest in warehouse.snapshots(place)}
    lines = [
        {
            "time": event["time"],
            "event": event["event"],
            "snapshot": event.get("snapshot"),
            "reason": event.get("reason") or event.get("run"),
        }
        for event in events(place / "audit.jsonl")
        if event["event"] in ("published", "stopped", "died", "locked")
    ]
    if asked.json:
        kept = ("snapshot", "started", "delivery", "findings_total", "previous")
        shown = [{key: manifest[key] for key in kept} for manifest in manifests.values()]
        print(json.dumps({"study": place.name, "runs": lines, "snapshots": shown}))
        return 0
    if not lines:
        print(f"{place.name}: no run yet in {asked.warehouse}")
    for line in lines[-10:][::-1]:
        manifest = manifests.get(line["snapshot"])
        served = " (served)" if manifest and manifest is next(iter(manifests.values())) else ""
        gone = " (pruned)" if line["snapshot"] and not manifest else ""
        said = f"snapshot {line['snapshot']}{served}{gone}" if line["snapshot"] else f"{line['reason']}"
        said += "" if line["snapshot"] else "; nothing was published"
        more = f", delivery {manifest['delivery']}, {manifest['findings_total']} findings" if manifest else ""
        print(f"{line['time']}  {line['event']:<9}  {said}{more}")
    return 0


def submit(asked: argparse.Namespace) -> int:
    place = home(asked)
    manifest = warehouse.snapshot(place, asked.as_of)
    from flows.submit import package_text, submit

    with progress(asked) as step:
        said = submit(place, manifest, study_folder(asked), asked.out, force=asked.force, step=step)
    if asked.json:
        print(json.dumps({"status": 0, "package": str(asked.out), **said}, ensure_ascii=False))
    else:
        print(package_text(said, asked.out))
    return 0


def spec(asked: argparse.Namespace) -> int:
    place = home(asked)
    manifest = warehouse.snapshot(place, asked.as_of)
    from flows.spec import compared, difference_text, overview, specification, sponsor_spec, write_workbook

    sponsor = sponsor_spec(asked.against) if asked.against else None  # what is wrong with it needs no snapshot
    study = specification(place, manifest, study_folder(asked))
    if asked.out:
        write_workbook(study, manifest, asked.out)
    found = compared(study, sponsor) if sponsor is not None else []
    status = 3 if any(not one.agrees for one in found) else 0
    if asked.json:
        said = {"status": status, "snapshot": manifest["snapshot"], "written": asked.out and str(asked.out)}
        said |= {"differences": [one._asdict() for one in found]} if asked.against else {}
        print(json.dumps(said | {"rows": {sheet: len(rows) for sheet, rows in study.items()}}, ensure_ascii=False))
    else:
        if asked.out:
            print(f"{asked.out} written")
        if asked.against:
            print(difference_text(found, asked.against, asked.all))
        elif not asked.out:
            print(f"Specification of {manifest['study']} (snapshot {manifest['snapshot']}):\n{overview(study)}")
    return status


def replay(asked: argparse.Namespace) -> int:
    from flows.replay import replay, replay_json, replay_text

    place = home(asked)
    found = replay(place, warehouse.snapshot(place, asked.snapshot), asked.workers)
    print(replay_json(found) if asked.json else replay_text(found))
    return 0 if found.identical else 3


def audit(asked: argparse.Namespace) -> int:
    from flows.audit import events
    from flows.summary import audit_text

    place = home(asked)
    lines = events(place / "audit.jsonl")
    if not (place / "audit.jsonl").exists():
        raise BadUse(f"{place.name}: no audit log yet in {asked.warehouse}")
    wrong = warehouse.tampered(place) if asked.verify else []
    if asked.json:
        said = {"wrong": wrong} if asked.verify else {"events": lines}
        print(json.dumps({"status": 3 if wrong else 0, "lines": len(lines), **said}, ensure_ascii=False))
    elif asked.verify:
        sound = f"{place.name}: {len(lines)} lines in order, and every file of every snapshot as it was published"
        print("\n".join(wrong) or sound)
    else:
        print(audit_text(lines))
    return 3 if wrong else 0


def lock(asked: argparse.Namespace) -> int:
    from flows.lock import lock_database

    who = asked.who or getpass.getuser()
    locked = lock_database(home(asked), asked.snapshot, asked.reason, who, datetime.now(UTC))["snapshot"]
    said = {"status": 0, "locked": locked, "who": who, "reason": asked.reason}
    print(json.dumps(said, ensure_ascii=False) if asked.json else f"snapshot {locked} is locked by {who}")
    return 0


def prune(asked: argparse.Namespace) -> int:
    from flows.prune import prune
    from flows.run import study_toml
    from flows.summary import prune_text

    keep = asked.keep
    if keep is None:
        keep = study_toml(study_folder(asked)).get("retention", {}).get("snapshots")
    if not isinstance(keep, int) or keep < 1:
        raise BadUse("how many snapshots to keep? --keep N, or [retention] snapshots = N in the study file; 1 or more")
    said = prune(home(asked), keep, datetime.now(UTC))
    print(json.dumps({"status": 0, **said}) if asked.json else prune_text(said))
    return 0


def serve(asked: argparse.Namespace) -> int:
    from flows.serve import serve

    folders = [study_folder(argparse.Namespace(study=name)) for name in asked.studies]
    when = (asked.cron, asked.timezone, asked.time_limit)
    for said in serve(folders, asked.warehouse, *when, asked.workers, asked.port):
        if asked.json:
            print(json.dumps({"status": 0, **said}), flush=True)
        else:
            words = "{studies}: scheduled at {cron} ({timezone}); what runs is seen at {pages}"
            print(words.format_map(said | {"studies": ", ".join(said["studies"])}), flush=True)
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


def diff(asked: argparse.Namespace) -> int:
    from flows.diff import difference, two_snapshots
    from flows.diff_page import SHOWN, as_json, lines_of, page

    place = home(asked)
    found = difference(place, *two_snapshots(place, asked.old, asked.new), study_folder(asked))
    if asked.html:
        asked.html.write_text(page(found), encoding="utf-8")
    if asked.json:
        print(json.dumps(as_json(found), ensure_ascii=False))
    elif asked.html:
        print(f"{asked.html} written")
    else:
        for line in lines_of(found, None if asked.all else SHOWN):
            print(line)
    return 0


def conform(asked: argparse.Namespace) -> int:
    from flows.conform import of_folder, of_study
    from flows.conform_page import as_json, counts, lines_of, page, workbook

    def core(data: Path, define: Path | None) -> object:
        from flows.core import core_findings

        return core_findings(data, asked.core, define=define, python=asked.python)

    beside = core if asked.core else None
    study = a_study(asked.of or asked.study)
    if study is None and not Path(asked.study).is_dir():
        raise BadUse(f"{asked.study} is neither a study nor a folder of datasets")
    if asked.of and study is None:
        raise BadUse(f"no study {asked.of}")
    if study and not asked.of:
        place = home(asked)
        found = of_study(place, warehouse.snapshot(place, asked.as_of), study, beside)
    else:
        found = of_folder(Path(asked.study), study, beside)
    if asked.dispositions:
        if study is None:
            raise BadUse("dispositions are kept with a study: say whose with --of STUDY")
        from flows.dispositions import take_dispositions

        new, changed, same = take_dispositions(asked.dispositions, study, found.findings)
        print(f"{study / 'dispositions.csv'}: {new} new, {changed} changed, {same} as they were")
        return 0
    if asked.html:
        asked.html.write_text(page(found), encoding="utf-8")
    if asked.xlsx:
        asked.xlsx.write_bytes(workbook(found))
    if asked.json:
        print(json.dumps({"status": found.status, **as_json(found)}, ensure_ascii=False))
    elif asked.html or asked.xlsx:
        print(f"{found.title}: {counts(found.findings)}")
        print("\n".join(f"{file} written" for file in (asked.html, asked.xlsx) if file))
    else:
        print("\n".join(lines_of(found, asked.all)))
    return found.status


def why(asked: argparse.Namespace) -> int:
    from flows import why as traces
    from flows.reading import opened
    from flows.why_text import fed_json, fed_text, trace_json, trace_text

    place = home(asked)
    keys = dict(pair.partition("=")[::2] for pair in asked.keys)
    if any("=" not in pair for pair in asked.keys):
        raise BadUse("a record is told by KEY=VALUE, for example USUBJID=0001")
    with opened(place, warehouse.snapshot(place, asked.as_of), study_folder(asked)) as snapshot:
        if asked.forward:
            fed = traces.forward(snapshot, asked.dataset, keys)
            print(json.dumps(fed_json(fed), ensure_ascii=False) if asked.json else fed_text(fed, asked.all))
        else:
            trace = traces.why(snapshot, asked.dataset, keys, asked.variable, None if asked.all else 20)
            print(json.dumps(trace_json(trace), ensure_ascii=False) if asked.json else trace_text(trace))
    return 0


def queries(asked: argparse.Namespace) -> int:
    from flows.queries import listed, queries_of, take_answers, text_of, workbooks

    place = home(asked)
    manifest = warehouse.snapshot(place, asked.as_of)
    found = queries_of(place, manifest)
    if asked.site is not None:
        found = found[found["SITEID"] == asked.site]
        if found.empty:
            raise BadUse(f"no query of site {asked.site} in snapshot {manifest['snapshot']}")
    said = {"status": 0, "snapshot": manifest["snapshot"], "delivery": manifest["delivery"]}
    if asked.answers:
        new, known = take_answers(asked.answers, study_folder(asked), found)
        said |= {"answers": new, "known": known}
        text = f"{new} answer(s) taken into queries.csv, {known} known already; they count from the next run on"
    elif asked.out:
        written = workbooks(found, manifest, asked.out)
        said |= {"written": [str(path) for path in written]}
        text = "\n".join(map(str, written)) or "no site is asked anything: nothing was written"
    else:
        shown = found if asked.all else found[found["state"] != "closed"]
        said |= {"queries": listed(shown)}
        text = text_of(found, manifest, asked.all)
    print(json.dumps(said, ensure_ascii=False) if asked.json else text)
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
