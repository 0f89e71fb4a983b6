"""The reviewer's guides of a snapshot: what they say is gathered here, and written as DOCX and PDF.

    facts = guide_facts(snapshot, findings, changed, dispositions)    # of an opened Snapshot (flows/reading.py)
    write_guides(facts, folder_of_sdtm, folder_of_adam)               # csdrg.pdf, csdrg.docx; adrg.pdf, adrg.docx

`findings` are those of conformance (flows/conform.py), `changed` what writing the package did to the data
(transforms/export/fit.py), `dispositions` the study's of today (flows/dispositions.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from flows import edit_checks
from flows.analysis import BUILD
from flows.conform import SEVERITIES
from flows.fingerprint import versions
from flows.reading import Snapshot
from flows.study import standards
from flows.summary import meaning
from schemas.adam import DATASETS as ADAM
from schemas.header import header
from schemas.sdtm import DATASETS as SDTM
from schemas.study import Study
from schemas.terminology import codelist
from schemas.text import text_folder
from transforms.export.define_texts import sdtm_texts
from transforms.export.document import write_docx, write_pdf
from transforms.export.fit import CHANGED
from transforms.export.guides import GuideFacts, adrg, csdrg
from transforms.review.dispositions import DISPOSITION, disposed, stale
from transforms.review.queries import CLOSED
from transforms.review.rules import rule_of

SCHEMAS = {"SDTM": SDTM, "ADaM": ADAM}
# Domains by what they tell of a treatment; the rest is neither
EFFICACY, SAFETY = {"QS", "RS", "FA"}, {"AE", "CE", "EC", "EX", "EG", "LB", "VS"}
PARTIAL = r"^\d{4}-\d{2}-\d{2}"  # what a date does not begin with that is known in part
NOT_ASCII = r"[^ -~]"


def guide_facts(
    snapshot: Snapshot,
    findings: pd.DataFrame,
    changed: pd.DataFrame | None = None,
    dispositions: pd.DataFrame | None = None,
    *,
    encoding: str = "US-ASCII",
    programs: Mapping[str, str] | None = None,
) -> GuideFacts:
    """What the guides say of a snapshot. `programs`: path in the project -> name in the package."""
    manifest, study, con = snapshot.manifest, snapshot.study, snapshot.con
    named = {"SDTM": snapshot.names("sdtm"), "ADaM": snapshot.names("adam")}
    said = dispositions if dispositions is not None else pd.DataFrame(columns=DISPOSITION)
    datasets = pd.DataFrame(
        [one for standard, names in named.items() for one in _datasets(snapshot, standard, names, programs or {})]
    )
    filled = datasets.loc[(datasets["standard"] == "ADaM") & (datasets["records"] > 0), "dataset"].tolist()
    return GuideFacts(
        study=study.id,
        title=study.file.study.title,
        synthetic=study.file.study.synthetic,
        made=manifest["started"],
        version=manifest["versions"].get("trialmill") or versions()["trialmill"] or "(from a checkout)",
        snapshot=manifest["snapshot"],
        delivery=manifest["delivery"],
        cutoff=study.cutoff,
        standards=standards(study) | manifest["standards"],
        sites=con.execute("SELECT count(DISTINCT SITEID) FROM sdtm.dm").fetchall()[0][0],
        further_numbers=len(study.persons),
        summary=con.sql("FROM sdtm.ts").df(),
        arms=con.sql("FROM sdtm.ta").df(),
        elements=con.sql("FROM sdtm.te").df(),
        visits=con.sql("FROM sdtm.tv").df(),
        criteria=_filled(con.sql("FROM sdtm.ti").df()),
        subjects=_subjects(snapshot),
        sources=_sources(manifest, study),
        outcomes=_outcomes(snapshot),
        datasets=datasets,
        qualifiers=_qualifiers(snapshot, named["SDTM"]),
        tests=_tests(snapshot, named["SDTM"]),
        odd=pd.DataFrame(
            [one for name in named["SDTM"] for one in _odd(snapshot, name)],
            columns=["dataset", "variable", "what", "records", "example"],
        ),
        findings=disposed(findings, said, manifest["started"][:10]),
        gone=stale(findings, said),
        data_findings=_data_findings(snapshot),
        checks=edit_checks.standing(study),
        queries=_queries(snapshot),
        corrections=pd.DataFrame(
            [row.model_dump() for row in study.corrections], columns=["source", "column", "reason", "who", "when"]
        ),
        policies=_choices(study.policies.model_dump(exclude_none=True)),
        plan=_choices(study.file.analysis.model_dump(exclude_none=True)),
        extensions=pd.DataFrame(list(_extensions(study)), columns=["codelist", "name", "terms"]),
        dictionaries=pd.DataFrame(
            [(one.name, one.version, one.forms) for one in study.file.dictionaries.values()],
            columns=["name", "version", "forms"],
        ),
        coded=len(study.coding),
        core=_core(filled),
        treatment=_treatment(filled),
        windows=con.sql(
            """SELECT coalesce(PARCAT1, '(every other)') AS category, ARMCD AS arm, AVISIT AS visit, AVISITN AS number,
                AWTARGET AS target, AWLO AS low, AWHI AS high, coalesce(VISIT, 'last of ' || LAST_OF) AS planned
            FROM study.windows ORDER BY PARCAT1 NULLS FIRST, ARMCD NULLS FIRST, AVISITN, AWLO, planned"""
        ).df(),
        derived=_by_parameter(snapshot, filled, "DTYPE", "dtype"),
        parameters=_by_parameter(snapshot, filled, "PARCAT1", "category"),
        programs=pd.DataFrame(
            list(_programs(named["ADaM"], programs or {})), columns=["program", "kind", "output", "inputs", "rule"]
        ),
        encoding=encoding,
        changed=changed if changed is not None else pd.DataFrame(columns=list(CHANGED)),
    )


def write_guides(facts: GuideFacts, sdtm: Path, adam: Path) -> None:
    """csdrg.pdf and csdrg.docx into one folder, adrg.pdf and adrg.docx into the other."""
    for name, guide, folder in (("csdrg", csdrg, sdtm), ("adrg", adrg, adam)):
        document = guide(facts)
        for writer, ending in ((write_pdf, "pdf"), (write_docx, "docx")):
            with (folder / f"{name}.{ending}").open("wb") as file:
                writer(document, file)


def _subjects(snapshot: Snapshot) -> pd.DataFrame:
    """One record per planned arm, or reason why there is none; the total last."""
    return snapshot.con.sql(
        """SELECT CASE WHEN grouping(planned) = 1 THEN 'Total' ELSE planned END AS arm, count(*) AS subjects,
            count(*) FILTER (ENRLFL = 'Y') AS enrolled, count(*) FILTER (SAFFL = 'Y') AS treated,
            count(*) FILTER (EOSSTT = 'COMPLETED') AS completed,
            count(*) FILTER (EOSSTT = 'DISCONTINUED') AS discontinued, count(*) FILTER (DTHFL = 'Y') AS died
        FROM (SELECT *, coalesce(ARM, ARMNRS, 'No arm') AS planned FROM adam.adsl)
        GROUP BY ROLLUP (planned) ORDER BY grouping(planned), planned"""
    ).df()


def _sources(manifest: dict, study: Study) -> pd.DataFrame:
    """One record per source, and per file without one: the row accounts."""
    counts = ["received", "in_forms", "rejected", "superseded", "unused"]
    accounts = pd.DataFrame(manifest["accounts"], columns=["source", *counts, "cut"])
    of = {name: (source.form.upper(), source.file, source.format) for name, source in study.file.sources.items()}
    told = [of.get(name, ("", name, "")) for name in accounts["source"]]
    accounts["source"] = accounts["source"].where(accounts["source"].isin(list(of)), "(no source)")
    return accounts.assign(**{key: [one[at] for one in told] for at, key in enumerate(("form", "file", "format"))})


def _outcomes(snapshot: Snapshot) -> pd.DataFrame:
    """One record per reason for which rows are in no form, with the sources that have them."""
    names = [name for name in snapshot.names("rejected") if "_outcome" in snapshot.columns(f"rejected.{name}")]
    asked = " UNION ALL ".join(
        f"SELECT '{name}' AS source, _outcome AS outcome, _reason AS reason FROM rejected.\"{name}\"" for name in names
    )
    empty = "SELECT '' AS source, '' AS outcome, '' AS reason WHERE false"
    return snapshot.con.sql(
        f"""SELECT outcome, reason, sum(rows)::BIGINT AS rows,
            string_agg(source || ' ' || rows, ', ' ORDER BY source) AS sources
        FROM (SELECT *, count(*) AS rows FROM ({asked or empty}) GROUP BY ALL) GROUP BY ALL ORDER BY outcome, reason"""
    ).df()


def _datasets(snapshot: Snapshot, standard: str, names: list[str], programs: Mapping[str, str]) -> Iterator[dict]:
    """One record per dataset with what it is, what is in it, and what it is made from."""
    layer, order = standard.lower(), list(SCHEMAS[standard])
    texts = sdtm_texts(snapshot.study).comments
    for name in sorted(names, key=order.index):
        schema = SCHEMAS[standard][name]
        about, columns = schema.metadata, snapshot.columns(f"{layer}.{name}")
        subjects = "count(DISTINCT USUBJID)" if "USUBJID" in columns else "NULL"
        records, persons = snapshot.con.execute(f"SELECT count(*), {subjects} FROM {layer}.{name}").fetchall()[0]
        reads: list[str] = []
        if standard == "ADaM":
            reads = _reads("adam", name)
            rule, program, inputs = _said("adam", name)["grain"], f"sql/adam/{name.lower()}.sql", ", ".join(reads)
        else:
            made = rule_of(name, about["domain"])
            rule, program = f"{made['words']} {texts.get(name, '')}".strip(), made["file"]
            inputs = ", ".join(_files(snapshot, name))
        domains = {SDTM[one].metadata["domain"] for one in _origins(name, reads)}
        yield {
            "standard": standard,
            "dataset": name,
            "label": schema.title,
            "class": about["class"],
            "structure": schema.description,
            "keys": ", ".join(about["keys"]),
            "records": records,
            "subjects": persons,
            "rule": rule,
            "program": programs.get(program, program),
            "inputs": inputs,
            "efficacy": bool(domains & EFFICACY),
            "safety": bool(domains & SAFETY and not domains & EFFICACY),
            "baseline": any(one in ("ABLFL", "BASE") or schema.columns[one].metadata["role"] == "Baseline"
                            for one in schema.columns),
        }  # fmt: skip


def _origins(name: str, reads: list[str]) -> set[str]:
    """The SDTM datasets whose records an ADaM dataset analyses: those it reads itself, or through another one, but not
    through ADSL, which every one reads."""
    found = set()
    for one in reads if name != "ADSL" else ():
        schema, _, table = one.partition(".")
        if schema == "sdtm":
            found.add(table)
        elif schema == "adam" and table != "ADSL":
            found |= _origins(table, _reads("adam", table))
    return found & SDTM.keys()


def _reads(folder: str, name: str) -> list[str]:
    """The tables that a SELECT reads, in the order in which it names them: sdtm.AE, adam.ADSL, study.windows."""
    sql = (text_folder("sql") / folder / f"{name.lower()}.sql").read_text(encoding="utf-8")
    found = re.findall(r"\b(?:FROM|JOIN)\s+(sdtm|adam|study|standards|counted)\.(\w+)", re.sub(r"--.*", "", sql))
    tables = (f"{schema}.{table.upper() if schema in ('sdtm', 'adam') else table}" for schema, table in found)
    return list(dict.fromkeys(tables))


def _said(folder: str, name: str) -> dict[str, str]:
    """What the header of a SELECT says: its first paragraph (grain), and its Title where it has one."""
    sql = (text_folder("sql") / folder / f"{name.lower()}.sql").read_text(encoding="utf-8")
    grain, said = header(name, sql, ("Title", "Reason", "Purpose"))
    return {"grain": grain} | dict(said)


def _files(snapshot: Snapshot, name: str) -> list[str]:
    """The files that a dataset's records come from, whatever the delivery."""
    if name not in snapshot.names("lineage"):
        return []
    asked = rf"""SELECT DISTINCT regexp_replace(FILE, '^\d{{4}}-\d\d-\d\d/', '') FROM origin."{name}"
        WHERE FILE IS NOT NULL ORDER BY 1"""
    return [row[0] for row in snapshot.con.sql(asked).fetchall()]


def _qualifiers(snapshot: Snapshot, names: list[str]) -> pd.DataFrame:
    """One record per QNAM of each SUPP--."""
    asked = " UNION ALL ".join(
        f"SELECT '{name}' AS dataset, QNAM AS qnam, QLABEL AS label, QORIG AS origin FROM sdtm.{name}"
        for name in names
        if name.startswith("SUPP")
    )
    empty = "SELECT '' AS dataset, '' AS qnam, '' AS label, '' AS origin WHERE false"
    return snapshot.con.sql(f"SELECT *, count(*) AS records FROM ({asked or empty}) GROUP BY ALL ORDER BY ALL").df()


def _tests(snapshot: Snapshot, names: list[str]) -> pd.DataFrame:
    """One record per dataset of findings and category."""
    parts = []
    for name in names:
        domain, columns = SDTM[name].metadata["domain"], SDTM[name].columns
        if {f"{domain}TESTCD", f"{domain}CAT"} <= columns.keys():
            asked = f"""SELECT '{name}' AS dataset, {domain}CAT AS category, count(DISTINCT {domain}TESTCD) AS tests,
                count(*) AS records FROM sdtm.{name} GROUP BY ALL ORDER BY ALL"""
            parts.append(snapshot.con.sql(asked).df())
    empty = pd.DataFrame(columns=["dataset", "category", "tests", "records"])
    return pd.concat(parts, ignore_index=True) if parts else empty


def _odd(snapshot: Snapshot, name: str) -> Iterator[tuple[str, str, str, int, str]]:
    """What a reviewer of a dataset would ask about, with the number of records and where the first one is."""
    asked = list(_questions(name))
    if not asked:
        return
    sequence = f"{SDTM[name].metadata['domain']}SEQ"
    place = f"USUBJID || ' {sequence} ' || {sequence}" if sequence in SDTM[name].columns else "USUBJID"
    order = f"USUBJID, {sequence}" if sequence in SDTM[name].columns else "USUBJID"
    counts = ", ".join(
        f"count(*) FILTER ({holds}), first({place} ORDER BY {order}) FILTER ({holds})" for *_, holds in asked
    )
    row = snapshot.con.execute(f"SELECT {counts} FROM sdtm.{name}").fetchall()[0]
    for (variable, what, _), records, example in zip(asked, row[::2], row[1::2], strict=True):
        if records:
            yield name, variable, what, records, example


def _questions(name: str) -> Iterator[tuple[str, str, str]]:
    """Variable, what is odd about it, and the condition under which it is."""
    schema = SDTM[name]
    domain, columns, klass = schema.metadata["domain"], schema.columns, schema.metadata["class"]
    if klass in ("TRIAL DESIGN", "RELATIONSHIP") or "USUBJID" not in columns:
        return
    for variable, column in columns.items():
        about = column.metadata
        if about.get("iso8601") in ("date", "datetime"):
            yield variable, "date known in part", f"{variable} NOT SIMILAR TO '{PARTIAL}.*'"
        elif about["type"] == "Char" and not about.get("iso8601"):
            yield variable, "text with characters beyond ASCII", f"regexp_matches({variable}, '{NOT_ASCII}')"
    has = {part: f"{domain}{part}" for part in ("ORRES", "STRESC", "STAT", "DECOD", "TERM", "TRT", "STDTC")}
    has = {part: variable for part, variable in has.items() if variable in columns}
    if {"ORRES", "STRESC"} <= has.keys():
        holds = f"{has['ORRES']} IS NOT NULL AND {has['STRESC']} IS NULL"
        yield has["STRESC"], "no standard result, where one was collected that could not be used", holds
    if "STAT" in has:
        yield has["STAT"], "not done", f"{has['STAT']} = 'NOT DONE'"
    topic = has.get("TERM") or has.get("TRT")
    if "DECOD" in has and topic:
        yield has["DECOD"], "not coded", f"{has['DECOD']} IS NULL AND {topic} IS NOT NULL"
    if klass in ("EVENTS", "INTERVENTIONS") and "STDTC" in has:
        yield has["STDTC"], "no start date", f"{has['STDTC']} IS NULL"
    if "EPOCH" in columns:
        yield "EPOCH", "no epoch: before the first one, or not dated well enough to fall into one", "EPOCH IS NULL"
    if name == "SV":
        yield "VISIT", "unscheduled visit", "VISIT LIKE 'UNSCHEDULED%'"
    if name == "DM":
        yield "ARMNRS", "no planned or actual arm", "ARMNRS IS NOT NULL"


def _data_findings(snapshot: Snapshot) -> pd.DataFrame:
    """One record per rule and severity: what is wrong with the data received, and what of it is still asked."""
    path = snapshot.folder / "findings.parquet"
    columns = ["rule", "severity", "words", "rows", "subjects", "open", "example"]
    if not path.is_file():
        return pd.DataFrame(columns=columns)
    found = pd.read_parquet(path)
    asked = snapshot.folder / "queries.parquet"
    waiting = pd.read_parquet(asked) if asked.is_file() else pd.DataFrame(columns=["id", "state"])
    waiting = waiting.loc[waiting["state"] != CLOSED, "id"]
    found = found.assign(
        open=found["id"].isin(waiting),
        place=found["file"].astype("object") + found["row"].map(lambda row: f" row {row:.0f}", na_action="ignore"),
    )
    found["place"] = found["place"].fillna(found["file"]).fillna("")
    found = found.astype({"rule": "str", "severity": "str"})
    groups = found.sort_values(["rule", "place"]).groupby(["rule", "severity"])
    counts = groups.agg(
        rows=("id", "size"), subjects=("USUBJID", "nunique"), open=("open", "sum"), example=("place", "first")
    ).reset_index()
    order = counts["severity"].map(SEVERITIES.index)
    counts = counts.assign(words=counts["rule"].map(meaning), order=order).sort_values(["order", "rule"])
    return counts[columns].reset_index(drop=True)


def _queries(snapshot: Snapshot) -> pd.DataFrame:
    path = snapshot.folder / "queries.parquet"
    if not path.is_file():
        return pd.DataFrame(columns=["state", "queries"])
    counts = pd.read_parquet(path, columns=["state"])["state"].value_counts().sort_index()
    return counts.rename_axis("state").rename("queries").reset_index()


def _choices(said: Mapping) -> pd.DataFrame:
    """Keys and values of a part of the study file, in words."""
    rows = []
    for key, value in said.items():
        if isinstance(value, Mapping) and not all(isinstance(one, Mapping) for one in value.values()):
            more = _choices(value)
            rows += [(f"{key.replace('_', ' ')}: {what}", choice) for what, choice in more.itertuples(index=False)]
        else:
            rows.append((key.replace("_", " "), _in_words(value)))
    return pd.DataFrame(rows, columns=["what", "choice"])


def _in_words(value: object) -> str:
    if isinstance(value, Mapping):
        shown = (f"{key}: {', '.join(map(str, one.values()))}" for key, one in value.items())
        return "; ".join(shown) or "none"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return str(value).replace("_", " ")


def _extensions(study: Study) -> Iterator[tuple[str, str, str]]:
    for code, terms in study.file.extensions.items():
        yield code, codelist(code).name, ", ".join(terms)


def _core(names: list[str]) -> list[str]:
    """The variables of ADSL that every other dataset has."""
    others = [ADAM[name].columns for name in names if name != "ADSL"]
    return [one for one in ADAM["ADSL"].columns if others and all(one in columns for columns in others)]


def _treatment(names: list[str]) -> pd.DataFrame:
    """One record per variable that tells of treatment, with the datasets that have it."""
    roles = ("Treatment", "Record-Level Treatment", "Treatment Timing")
    rows = [
        (variable, column.title, name)
        for name in sorted(names, key=list(ADAM).index)
        for variable, column in ADAM[name].columns.items()
        if column.metadata["role"] in roles
    ]
    told = pd.DataFrame(rows, columns=["variable", "label", "datasets"])
    return told.groupby(["variable", "label"], sort=False)["datasets"].agg(", ".join).reset_index()


def _by_parameter(snapshot: Snapshot, names: list[str], by: str, called: str) -> pd.DataFrame:
    """One record per dataset and value of a variable: the parameters and records that have it."""
    parts = []
    for name in names:
        columns = ADAM[name].columns
        if {"PARAMCD", by} <= columns.keys():
            listed, where = "count(DISTINCT PARAMCD)", ""
            if by == "DTYPE":
                listed, where = "string_agg(DISTINCT PARAMCD, ', ' ORDER BY PARAMCD)", "WHERE DTYPE IS NOT NULL"
            asked = f"""SELECT '{name}' AS dataset, {by} AS {called}, {listed} AS parameters, count(*) AS records
                FROM adam.{name} {where} GROUP BY ALL ORDER BY ALL"""
            parts.append(snapshot.con.sql(asked).df())
    empty = pd.DataFrame(columns=["dataset", called, "parameters", "records"])
    return pd.concat(parts, ignore_index=True) if parts else empty


def _programs(adam: list[str], named: Mapping[str, str]) -> Iterator[tuple[str, str, str, str, str]]:
    """Program, kind, output, inputs and rule of every SELECT."""
    for kind, names in (("adam", BUILD["adam"]), ("tables", BUILD["tables"]), ("counted", BUILD["tables"])):
        for name in names:
            if kind == "adam" and name.upper() not in adam:
                continue
            path = f"sql/{kind}/{name}.sql"
            output = name.upper() if kind == "adam" else name
            said = _said(kind, name)
            yield named.get(path, path), kind, said.get("Title", output), ", ".join(_reads(kind, name)), said["grain"]


def _filled(frame: pd.DataFrame) -> pd.DataFrame:
    """Without the variables in which no record has a value."""
    return frame.dropna(axis="columns", how="all")
