"""The psoriasis study's data as the exports of EDC systems ends in the same SDTM bytes: ODM snapshots and transactions,
REDCap with codes and with labels, clinical views like those of Rave.

A system is a function that writes the tables of a delivery, and says how the study file has to read them then.
"""

import csv
import re
import shutil
from functools import cache
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pandas as pd
import pytest

from flows.study_file import read_study
from schemas.study import Code, Study, StudyFile
from tests.conftest import run
from tests.flows.test_same_bytes import (
    FORMAT_KEYS,
    STUDY,
    Table,
    as_delivered,  # noqa: F401
    deliveries,
    given,
    sdtm,
    with_names,
)
from transforms.dates import read_date

CSV = {"format": "csv", "encoding": "utf-8", "delimiter": ",", "decimal": "."}


def rows_of(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table[0], row, strict=True)) for row in table[1:] if any(row)]


def raw_name(source: str, column: str) -> str:
    spec = given()["sources"][source]["columns"][column]
    return spec if isinstance(spec, str) else spec["column"]


# --- ODM


def odm_names(source: str) -> dict[str, str]:
    """What is an item elsewhere and a key in ODM."""
    return {raw_name(source, "SITEID"): "LocationOID", raw_name(source, "SUBJID"): "SubjectKey"}


def identified(source: str, table: Table) -> dict[tuple, dict[str, str]]:
    """Subject and repeat key -> row. A row keeps its repeat key while its key in the study file is the same."""
    names, found = odm_names(source), {}
    keys = [key for key in given()["sources"][source]["key"] if key not in ("SITEID", "SUBJID")]
    for row in rows_of(table):
        subject = next(row[column] for column, name in names.items() if name == "SubjectKey")
        repeat = "|".join(row[raw_name(source, key)] for key in keys)
        n = sum(other[0] == subject and other[1].split("#")[0] == repeat for other in found)
        found[subject, f"{repeat}#{n}"] = row
    return found


def element(source: str, keys: tuple, row: dict[str, str] | None, kind: str | None) -> str:
    """One ItemGroupData within all that it belongs to; `row` has the items to be sent, in two notations."""
    names, site, items = odm_names(source), "", ""
    for i, (column, text) in enumerate((row or {}).items()):
        if names.get(column) == "LocationOID":
            site = f"<SiteRef LocationOID={quoteattr(text)}/>"
        elif column not in names:
            oid = quoteattr(column)
            if given()["sources"][source].get("decimal") == ",":  # XML has one way to write numbers
                text = re.sub(r"^(\d+),(\d+)$", r"\1.\2", text)
            value = quoteattr(text, {"\n": "&#10;"})
            plain = f"<ItemData ItemOID={oid} Value={value}/>" if text else f'<ItemData ItemOID={oid} IsNull="Yes"/>'
            escaped = text.replace("&", "&amp;").replace("<", "&lt;")
            items += plain if i % 2 else f"<ItemDataString ItemOID={oid}>{escaped}</ItemDataString>"
    done = f' TransactionType="{kind}"' if kind else ""
    above = f' TransactionType="{"Upsert" if kind == "Insert" else "Context"}"' if kind else ""
    return (
        f"<SubjectData SubjectKey={quoteattr(keys[0])}{above}>{site}<StudyEventData StudyEventOID='SE'>"
        f"<FormData FormOID='F.{source}'><ItemGroupData ItemGroupOID='IG.{source}' "
        f"ItemGroupRepeatKey={quoteattr(keys[1])}{done}>{items}</ItemGroupData></FormData></StudyEventData></SubjectData>"
    )


def odm_file(path: Path, kind: str, data: list[str]) -> None:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" FileType="{kind}">'
    body = "\n".join(data)
    path.write_text(f"{head}<ClinicalData>\n{body}\n</ClinicalData></ODM>\n", encoding="utf-8")


def odm_snapshot(folder: Path, day: str, tables: dict[str, Table]) -> None:
    data = []
    for source, table in tables.items():
        data += [element(source, keys, row, None) for keys, row in identified(source, table).items()]
    odm_file(folder / "export.xml", "Snapshot", data)


def odm_transactional(folder: Path, day: str, tables: dict[str, Table]) -> None:
    """What has changed since the delivery before, and no more than that."""
    earlier = [tables for past, tables in deliveries().items() if past < day]
    data = []
    for source, table in tables.items():
        before = identified(source, earlier[-1][source]) if earlier else {}
        now = identified(source, table)
        data += [element(source, keys, None, "Remove") for keys in before if keys not in now]
        for keys, row in now.items():
            if keys not in before:
                data.append(element(source, keys, row, "Insert"))
            elif changed := {c: text for c, text in row.items() if text != before[keys].get(c)}:
                data.append(element(source, keys, changed, "Update"))
    odm_file(folder / "export.xml", "Transactional", data)


# --- REDCap


@cache
def choices(codelist: str) -> dict[str, tuple[str, str]]:
    """Code of the study -> code and label in REDCap."""
    codes = given()["codelists"][codelist]
    if all(code.isdigit() for code in codes):
        return {code: (code, f"Choice {code}") for code in codes}
    return {code: (str(n), code) for n, code in enumerate(codes, 1)}


def redcap_names(source: str) -> dict[str, str]:
    headers = [tables[source][0] for tables in deliveries().values()]
    columns = dict.fromkeys(column for header in headers for column in header)
    return {column: f"{source}_{n}" for n, column in enumerate(columns)}


def lists_of(source: str) -> dict[str, str]:
    """Raw column -> its code list."""
    specs = StudyFile.model_validate(given()).sources[source].specs().values()
    return {column: spec.codes for spec in specs for column in spec.column if spec.codes}


def redcap(folder: Path, tables: dict[str, Table], label: bool) -> None:
    names = {source: redcap_names(source) for source in tables}
    with (folder / "dictionary.csv").open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
                      "Choices, Calculations, OR Slider Labels"])  # fmt: skip
        out.writerow(["record_id", "dm", "", "text", "Record", ""])
        for source, table in tables.items():
            for column in table[0]:
                codelist = lists_of(source).get(column)
                said = " | ".join(f"{code}, {text}" for code, text in choices(codelist).values()) if codelist else ""
                kind = "radio" if codelist else "text"
                out.writerow([names[source][column], source, "", kind, column, said])
    fields = [names[source][column] for source, table in tables.items() for column in table[0]]
    own = ["record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance"]
    with (folder / "redcap.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, [*own, *fields, *(f"{source}_complete" for source in tables)], restval="")
        out.writeheader()
        for source, table in tables.items():
            for n, row in enumerate(rows_of(table), 1):
                cells = {"record_id": str(n), f"{source}_complete": "Complete" if label else "2"}
                if source != "dm":
                    called = source.upper() if label else source
                    cells |= {"redcap_repeat_instrument": called, "redcap_repeat_instance": str(n)}
                for column, text in row.items():
                    codelist = lists_of(source).get(column)
                    chosen = choices(codelist).get(text.strip()) if codelist else None
                    cells[names[source][column]] = chosen[label] if chosen else text
                out.writerow(cells)


def redcap_raw(folder: Path, day: str, tables: dict[str, Table]) -> None:
    redcap(folder, tables, label=False)


def redcap_label(folder: Path, day: str, tables: dict[str, Table]) -> None:
    redcap(folder, tables, label=True)


# --- clinical views


def dates_of(source: str) -> dict[str, bool]:
    """Raw column of a date -> whether all its values can be told in year, month and day."""
    columns = given()["sources"][source]["columns"]
    order = given()["sources"][source]["date_order"]
    found = {}
    for form, column in columns.items():
        if form.endswith("DAT") and isinstance(column, str):
            texts = {row[column] for tables in deliveries().values() for row in rows_of(tables[source])} - {""}
            read = [read_date(text, order) for text in texts]
            corrected = any(
                row.source == source and column in row.match + row.column for row in read_study(STUDY).corrections
            )
            found[column] = not corrected and all(
                iso and re.fullmatch(r"\d{4}(-\d\d)?(-\d\d)?", iso) for iso, *_ in read
            )
    return found


def rave(folder: Path, day: str, tables: dict[str, Table]) -> None:
    for source, table in tables.items():
        dates, order = dates_of(source), given()["sources"][source]["date_order"]
        with (folder / f"{source}.csv").open("w", encoding="utf-8", newline="") as file:
            parts = [f"{c}{end}" for c in dates for end in ("_RAW", "_INT", "_YY", "_MM", "_DD")]
            out = csv.DictWriter(file, [*table[0], *parts], restval="")
            out.writeheader()
            for row in rows_of(table):
                for column in dates:
                    iso = read_date(row[column], order)[0] or ""
                    year, month, day = (*iso[:10].split("-"), "", "")[:3]
                    row |= {f"{column}_YY": year, f"{column}_MM": month.lstrip("0"), f"{column}_DD": day.lstrip("0")}
                    row |= {f"{column}_RAW": row[column], f"{column}_INT": f"{year}-{month or '01'}-{day or '01'}"}
                    row[column] = iso if len(iso) == 10 else ""
                out.writerow(row)


def rave_source(name: str, source: dict) -> dict:
    dates = dates_of(name)

    def spec(column):
        if not isinstance(column, str) or column not in dates:
            return column
        if dates[column]:
            return {"year": f"{column}_YY", "month": f"{column}_MM", "day": f"{column}_DD"}
        return f"{column}_RAW"

    unused = [f"{column}{end}" for column, whole in dates.items() if not whole for end in ("_YY", "_MM", "_DD")]
    unused += [f"{column}{end}" for column, whole in dates.items() if whole for end in ("", "_RAW")]
    changed = {"unused": [*source.get("unused", ()), *unused], "rave": {"raw": "_RAW", "interpolated": "_INT"}}
    columns = {form: spec(column) for form, column in source["columns"].items()}
    return source | changed | {"columns": columns, "file": f"{name}.csv"} | CSV | {"decimal": source["decimal"]}


# --- the study file for a system


def source_of(write, name: str, source: dict) -> dict:
    own = {key: value for key, value in source.items() if key not in FORMAT_KEYS}
    decimal = source.get("decimal", ".")
    if write is rave:
        return rave_source(name, own | {"decimal": decimal})
    if write in (odm_snapshot, odm_transactional):
        mode = {"mode": "transactional"} if write is odm_transactional else {}
        return (
            with_names(own, odm_names(name)) | {"file": "export.xml", "format": "odm", "itemgroup": f"IG.{name}"} | mode
        )
    names = redcap_names(name)
    unused = [names[column] for column in own.get("unused", ())] + ["record_id", f"{name}_complete"]
    keys = {"file": "redcap.csv", "format": "redcap", "redcap_form": name, "dictionary": "dictionary.csv"}
    values = {"values": "label" if write is redcap_label else "raw", "unused": unused}
    return with_names(own, names) | keys | CSV | {"format": "redcap", "decimal": decimal} | values


def study_of(write) -> Study:
    file, study = given(), read_study(STUDY)
    changes = {
        "sources": {name: source_of(write, name, source) for name, source in file["sources"].items()},
        "unused": [],
    }
    parts = {}
    if write in (redcap_raw, redcap_label):
        label = write is redcap_label
        changes["codelists"] = {
            name: [choices(name)[code][label] for code in codes] for name, codes in file["codelists"].items()
        }
        parts["codes"] = tuple(
            Code(codelist=row.codelist, code=choices(row.codelist)[row.code][label], term=row.term)
            for row in study.codes
        )
    corrections = []
    for row in study.corrections:
        names = odm_names(row.source) if write in (odm_snapshot, odm_transactional) else {}
        if write in (redcap_raw, redcap_label):
            names = redcap_names(row.source)
        elif write is rave:
            names = {column: f"{column}_RAW" for column, whole in dates_of(row.source).items() if not whole}
        pairs = [part.split("=", 1) for part in row.match.split(";")]

        def said(column: str, text: str, source=row.source) -> str:
            codelist = lists_of(source).get(column) if write in (redcap_raw, redcap_label) else None
            return choices(codelist)[text][write is redcap_label] if codelist and text in choices(codelist) else text

        match = ";".join(f"{names.get(column, column)}={said(column, text)}" for column, text in pairs)
        values = {key: said(row.column, getattr(row, key)) for key in ("value", "new_value")}
        corrections.append(
            row.model_copy(update={"match": match, "column": names.get(row.column, row.column), **values})
        )
    parts |= {"file": StudyFile.model_validate(file | changes), "corrections": tuple(corrections)}
    return Study(**{name: value for name, value in study if name in Study.model_fields} | parts)


@pytest.mark.parametrize("write", [odm_snapshot, odm_transactional, redcap_raw, redcap_label, rave])
def test_the_same_data_from_another_system_is_the_same_sdtm(write, as_delivered, tmp_path):  # noqa: F811
    for day, tables in deliveries().items():
        (tmp_path / day).mkdir()
        write(tmp_path / day, day, tables)
    assert sdtm(study_of(write), tmp_path) == as_delivered


def test_a_run_accounts_for_every_row_of_files_that_several_sources_share(published, tmp_path):
    """Adverse events as ODM transactions; criteria, and medication that nobody reads, out of one REDCap export."""
    study = tmp_path / "study"
    shutil.copytree(STUDY, study, ignore=shutil.ignore_patterns("raw"))
    before, *blocks = re.split(
        r"(?=^\[sources\.\w+\]$)", (study / "study.toml").read_text(encoding="utf-8"), flags=re.M
    )
    dialect = '"csv"\nencoding = "utf-8"\ndelimiter = ","\ndecimal = "."\n'
    for i, block in enumerate(blocks):
        if block.startswith("[sources.ae]"):
            block = block.replace('"edc_ae.csv"', '"export.xml"').replace(dialect, '"odm"\nitemgroup = "IG.ae"\n')
            block = block.replace('"cumulative"', '"transactional"').replace('= "SITE"', '= "LocationOID"')
            blocks[i] = block.replace('= "SUBJECT"', '= "SubjectKey"')
        if block.startswith("[sources.ie]"):
            keys = 'redcap_form = "ie"\ndictionary = "dictionary.csv"\nvalues = "label"\n'
            block = block.replace('"edc_ie.csv"', '"redcap.csv"').replace(
                dialect, dialect.replace('"csv"', '"redcap"') + keys
            )
            for column, name in redcap_names("ie").items():
                block = block.replace(f'"{column}"', f'"{name}"')
            blocks[i] = block.replace("unused = [", 'unused = ["record_id", "ie_complete", ')
    unused = '\n[[unused]]\nfile = "redcap.csv#cm"\nreason = "comes as a file of its own"\n'
    (study / "study.toml").write_text("".join([before, *blocks, unused]), encoding="utf-8")
    shutil.copytree(STUDY / "raw", study / "raw")
    for day, tables in deliveries().items():
        for name in ("ae", "ie"):
            (study / "raw" / day / f"edc_{name}.csv").unlink()
        odm_transactional(study / "raw" / day, day, {"ae": tables["ae"]})
        redcap(study / "raw" / day, {name: tables[name] for name in ("ie", "cm")}, label=True)

    manifest = run(study, tmp_path / "warehouse")
    accounts = {line["source"]: line for line in manifest["accounts"]}
    for line in accounts.values():
        assert line["received"] == line["in_forms"] + line["rejected"] + line["superseded"] + line["unused"]
    in_file = {name: sum(len(rows_of(tables[name])) for tables in deliveries().values()) for name in ("ie", "cm")}
    assert accounts["ie"]["received"] == in_file["ie"] + in_file["cm"]
    assert accounts["ie"]["unused"] == in_file["cm"]
    last = f"{max(deliveries())}/redcap.csv#cm"
    assert accounts[last]["received"] == accounts[last]["unused"] == len(rows_of(deliveries()[max(deliveries())]["cm"]))
    for name in ("AE", "IE"):
        found, wanted = (
            pd.read_parquet(next(folder.rglob(f"sdtm/{name}.parquet"))) for folder in (tmp_path, published)
        )
        pd.testing.assert_frame_equal(found, wanted)
