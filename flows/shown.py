"""What a scheduled run shows a data manager in Prefect: row accounts, findings, and what changed, as artifacts."""

from __future__ import annotations

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.run import Done
from flows.summary import TITLES, meaning, rows_of


def run(study: str, done: Done) -> None:
    """The artifacts of a run: one page in words, and three tables where a snapshot was published. `study` is the name
    of its folder, which a run has that cannot read its study file."""
    manifest, before, key = done.manifest, done.before, key_of(study)
    if not done.published:
        words = f"Nothing has changed since snapshot `{manifest['snapshot']}`, so nothing was published."
        create_markdown_artifact(f"# {manifest['study']}\n\n{words}\n", key=f"{key}-run", description=words)
        return
    create_markdown_artifact(page(manifest, before), key=f"{key}-run", description=f"Snapshot {manifest['snapshot']}")
    create_table_artifact(accounts(manifest), key=f"{key}-accounts", description="What became of every row received")
    create_table_artifact(findings(manifest, before), key=f"{key}-findings", description="What to look at, by rule")
    create_table_artifact(records(manifest, before), key=f"{key}-records", description="Records of every dataset")


def failure(study: str, words: list[str]) -> None:
    """What a run that stopped says, without values of the data."""
    lines = "\n".join(f"- {line}" for line in words)
    ending = "The last snapshot stays served. `trialmill check` says more."
    text = f"# {study}: nothing was published\n\n{lines}\n\n{ending}\n"
    create_markdown_artifact(text, key=f"{key_of(study)}-run", description="Stopped; nothing was published")


def key_of(name: str) -> str:
    """Keys of artifacts are small letters, digits and hyphens."""
    return "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in name.lower())


def page(manifest: dict, before: dict | None) -> str:
    """One page: the snapshot, and every dataset and rule where something is otherwise than in the one before."""
    title = f"Snapshot `{manifest['snapshot']}`, deliveries up to {manifest['delivery']}."
    lines = [f"# {manifest['study']}", "", title]
    received = sum(line["received"] for line in manifest["accounts"])
    aside = sum(line["rejected"] for line in manifest["accounts"])
    lines += ["", f"{received:,} rows received, {aside:,} set aside, {manifest['findings_total']:,} findings.", ""]
    if before is None:
        return "\n".join([*lines, "This is the first snapshot."])
    lines += [f"Since snapshot `{before['snapshot']}`:", ""]
    changed = [f"- {row['dataset']}: {row['records']:,} records ({row['change']})" for row in records(manifest, before)]
    changed = [line for line in changed if not line.endswith("()")]
    news = [f"- {row['rule']}: {row['findings']:,} findings ({row['change']})" for row in findings(manifest, before)]
    changed += [line for line in news if not line.endswith("()")]
    return "\n".join([*lines, *(changed or ["- no number of records or findings is another"])])


def accounts(manifest: dict) -> list[dict]:
    names = {"in_forms": "in forms", "rejected": "set aside"}
    return [{names.get(key, key): value for key, value in line.items()} for line in manifest["accounts"]]


def findings(manifest: dict, before: dict | None) -> list[dict]:
    """One record per rule, those that are settled now among them."""
    now, then = manifest["findings"], before["findings"] if before else {}
    return [
        {
            "rule": rule,
            "findings": now.get(rule, 0),
            "change": change(now.get(rule, 0), then.get(rule, 0)) if before else "",
            "meaning": meaning(rule),
        }
        for rule in sorted({**now, **then})
    ]


def records(manifest: dict, before: dict | None) -> list[dict]:
    """One record per dataset, those that are there no more among them."""
    now, then = rows_of(manifest), rows_of(before) if before else {}
    return [
        {
            "layer": TITLES[layer],
            "dataset": name,
            "records": now[layer][name],
            "change": change(now[layer][name], then[layer][name]) if before else "",
        }
        for layer in now
        for name in sorted({**now[layer], **(then[layer] if before else {})})
    ]


def change(now: int, then: int) -> str:
    return f"{now - then:+,}" if now != then else ""
