"""Who is told when a run stops, and when one that is done crosses a threshold that the study file declares.

A message names the study, files, columns, sites and numbers, and never a subject or a value: it leaves the house.
Where it goes stands in the environment, under the names that the study file gives. What was told, or could not be,
is a line of the audit log; an alert that cannot be delivered never fails a run.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows import audit, warehouse

if TYPE_CHECKING:
    from flows.run import Done
    from schemas.study import Alerts, Source

SECONDS = 30  # to wait for a service


def of_failure(study: Path, home: Path, error: Exception, now: datetime) -> None:
    """Tells that a run stopped. Not when another one is at work: that one will speak for itself."""
    if isinstance(error, warehouse.StudyLocked):
        return
    alerts = declared(study, home, type(error).__name__ == "StudyFileError")
    if alerts is not None:
        tell(alerts, home, "a run stopped, nothing was published", words_of(error), now)


def of_run(study: Path, home: Path, done: Done, now: datetime) -> None:
    """Tells what has crossed a threshold, each thing once."""
    alerts = declared(study, home)
    if alerts is None:
        return
    try:
        lines = list(crossed(alerts, study, home, done, now))
    except Exception as error:  # the run is done and served: what comes after cannot undo it
        lines = [f"the thresholds could not be looked at: {type(error).__name__}"]
    told = {
        line
        for event in audit.events(home / "audit.jsonl")
        if event["event"] == "alert" and not event["undelivered"]
        for line in event["lines"]
    }
    if new := [line for line in lines if line not in told]:
        tell(alerts, home, "look at this", new, now)


def declared(study: Path, home: Path, bad: bool = False) -> Alerts | None:
    """[alerts] of the study file; of a bad one that has none to be read, as it was for the snapshot that is served."""
    places = [study / "study.toml"]
    if bad and (served := warehouse.current(home)):
        places.append(home / "archive" / served["fingerprint"]["study"].get("study.toml", ""))
    for place in places:
        try:
            if (given := tomllib.loads(place.read_text(encoding="utf-8")).get("alerts")) is not None:
                from schemas.study import Alerts

                return Alerts.model_validate(given)
        except (OSError, ValueError):
            continue
    return None


def words_of(error: Exception) -> list[str]:
    """What went wrong, without the values that the full message quotes."""
    kind = type(error).__name__
    if problems := getattr(error, "problems", None):
        by_file = Counter(Path(problem.file).name or "the deliveries" for problem in problems)
        return [f"{kind}: {count} problem(s) in {file}" for file, count in by_file.items()]
    if kind == "DoorError":
        places = error.cases[["column", "check"]].astype("str").value_counts(sort=False)
        dataset = str(error).split(":")[0]
        return [f"{kind}: {dataset}.{column}: {check}: {count} value(s)" for (column, check), count in places.items()]
    if kind in ("AccountsDoNotBalance", "DatabaseLocked"):
        return [f"{kind}: {error}"]
    if kind in ("TimeLimit", "StudyLocked"):
        return [str(error)]
    if isinstance(error, OSError) and error.strerror:
        return [f"{kind}: {error.strerror}"]
    return [f"{kind}: run it by hand to see more"]


def crossed(alerts: Alerts, study: Path, home: Path, done: Done, now: datetime) -> Iterator[str]:
    """One line per threshold that is crossed."""
    name = done.manifest["snapshot"]
    if done.published and alerts.rejected_rows:
        before = rejected(done.before) if done.before else {}
        more = {source: count - before.get(source, 0) for source, count in rejected(done.manifest).items()}
        more = {source: count for source, count in more.items() if count > 0}
        if sum(more.values()) >= alerts.rejected_rows:
            by_source = ", ".join(f"{source} {count}" for source, count in more.items())
            yield f"{sum(more.values())} more rows were set aside in snapshot {name}: {by_source}"
    if done.published and alerts.new_codes:
        old = codes(warehouse.snapshot_folder(home, done.before)) if done.before else set()
        if len(new := codes(warehouse.snapshot_folder(home, done.manifest)) - old) >= alerts.new_codes:
            columns = ", ".join(sorted({f"{file}, {column}" for file, column, _ in new}))
            yield f"{len(new)} new code(s) that the study file does not know in snapshot {name}: {columns}"
    if alerts.silent_days:
        for site, last in sorted(last_news(study, warehouse.snapshot_folder(home, done.manifest)).items()):
            if (now.date() - date.fromisoformat(last)).days >= alerts.silent_days:
                yield f"site {site} has sent nothing new since the delivery of {last}"


def rejected(manifest: dict) -> dict[str, int]:
    return {account["source"]: account["rejected"] for account in manifest["accounts"]}


def codes(snapshot: Path) -> set[tuple[str, str, str]]:
    """Name of the file in its delivery, column and code of each finding that a code is not known."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    rows = pq.read_table(snapshot / "findings.parquet", columns=["rule", "file", "column", "value"])
    rows = rows.filter(pc.equal(rows["rule"].cast("string"), "CODE")).to_pylist()
    return {(str(row["file"]).partition("/")[2], row["column"], row["value"]) for row in rows}


def last_news(study: Path, snapshot: Path) -> dict[str, str]:
    """Site -> the last delivery with a row of its that no earlier one had: a cumulative export repeats the old ones."""
    import duckdb

    from flows.study_file import read_study

    found: dict[str, str] = {}
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        for name, source in read_study(study).file.sources.items():
            raw = snapshot / "raw" / f"{name}.parquet"
            # a questionnaire has a file of its own, other forms one for all their sources
            form = snapshot / "forms" / f"{name}.parquet"
            form = form if form.exists() else snapshot / "forms" / f"{source.form}.parquet"
            if raw.exists() and form.exists():
                for site, day in con.execute(*first_seen(raw, form, source)).fetchall():
                    found[site] = max(day, found.get(site, ""))
    return found


def first_seen(raw: Path, form: Path, source: Source) -> tuple[str, list[list[str]]]:
    """The question to DuckDB: site and newest delivery that brought a row, as its columns in use have it, first. A form
    says whose site a row is; the raw layer has its columns."""
    import pyarrow.parquet as pq

    raw_files, form_files = ([str(part) for part in warehouse.parts(path)] for path in (raw, form))
    there = pq.read_schema(raw_files[0]).names
    columns = ", ".join('"' + column.replace('"', '""') + '"' for column in source.raw_columns if column in there)
    return (
        f"""
        SELECT SITEID, max(first)
        FROM (
            SELECT _file, _row, min(_delivery) OVER (PARTITION BY {columns}) AS first FROM read_parquet(?)
        )
        JOIN (SELECT DISTINCT SITEID, _file, _row FROM read_parquet(?)) USING (_file, _row)
        WHERE SITEID IS NOT NULL
        GROUP BY SITEID""",
        [raw_files, form_files],
    )


def tell(alerts: Alerts, home: Path, subject: str, lines: list[str], now: datetime) -> None:
    """Delivers one message by every way that is declared; the audit log says by which, and which failed and why."""
    message = {"study": home.name, "time": now.isoformat(timespec="seconds"), "subject": subject, "lines": lines}
    undelivered = {}
    for way, variable, deliver in (("webhook", alerts.webhook, post), ("e-mail", alerts.smtp, mail)):
        if variable is None:
            continue
        try:
            if not (address := os.environ.get(variable)):
                raise LookupError(f"the environment has no {variable}")
            deliver(address, message, alerts)
        except Exception as error:  # whatever the network does: the run is not its business
            undelivered[way] = reason(error)
    try:
        home.mkdir(parents=True, exist_ok=True)
        event = {"event": "alert", "subject": subject, "lines": lines, "undelivered": undelivered}
        audit.append(home / "audit.jsonl", event, now)
    except OSError:  # a disk that is full, say: that is what the message was about
        return


def reason(error: Exception) -> str:
    """Why a message was not delivered; an address may hold a password, so only words of our own and codes."""
    if isinstance(error, LookupError) and not isinstance(error, KeyError | IndexError):
        return str(error)
    code = getattr(error, "code", None) or getattr(error, "smtp_code", None)
    return f"{type(error).__name__}{f' {code}' if code else ''}"


def post(address: str, message: dict, alerts: Alerts) -> None:
    """Sends JSON by HTTP POST; `text` is what chat systems show."""
    import urllib.request

    body = message | {"text": "\n".join([f"trialmill {message['study']}: {message['subject']}", *message["lines"]])}
    request = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
    if request.type not in ("http", "https"):
        raise LookupError(f"{alerts.webhook} holds no http or https address")
    with urllib.request.urlopen(request, timeout=SECONDS):
        pass


def mail(address: str, message: dict, alerts: Alerts) -> None:
    """Sends one e-mail. smtps:// speaks TLS from the start, smtp:// as soon as the server offers it; a password is sent
    by no other way."""
    import smtplib
    import ssl
    from email.message import EmailMessage
    from urllib.parse import unquote, urlsplit

    server = urlsplit(address)
    if server.scheme not in ("smtp", "smtps") or not server.hostname:
        raise LookupError(f"{alerts.smtp} holds no smtp:// or smtps:// address")
    letter = EmailMessage()
    letter["Subject"] = f"trialmill {message['study']}: {message['subject']}"
    letter["From"], letter["To"] = alerts.sender, ", ".join(alerts.to)
    letter.set_content("\n".join([*message["lines"], "", f"{message['study']}, {message['time']}"]))
    secure = ssl.create_default_context()
    if server.scheme == "smtps":
        to = smtplib.SMTP_SSL(server.hostname, server.port or 465, timeout=SECONDS, context=secure)
    else:
        to = smtplib.SMTP(server.hostname, server.port or 587, timeout=SECONDS)
    with to:
        to.ehlo()
        if server.scheme == "smtp" and to.has_extn("starttls"):
            to.starttls(context=secure)
            to.ehlo()
        if server.username:
            if not isinstance(to.sock, ssl.SSLSocket):
                raise LookupError(f"the server of {alerts.smtp} offers no TLS: the password was not sent")
            to.login(unquote(server.username), unquote(server.password or ""))
        to.send_message(letter)
