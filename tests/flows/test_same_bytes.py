"""The psoriasis study's data in every format that a site may send ends in the same SDTM bytes.

A format is a function that writes the tables of a delivery into its folder, and says how the study file's sources
have to be read then: FORMATS lists them. Two of them need a program that Python cannot bring: R with haven for
SAS7BDAT, LibreOffice for XLS. What they wrote stands in exports/, so that their files are read everywhere:
`python tests/flows/test_same_bytes.py` writes it again.
"""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyreadstat
import pytest

from flows.check import newest, text_frame
from flows.sources import batches, raw_files
from flows.study_file import read_study
from schemas.sdtm import DATASETS
from schemas.study import Study, StudyFile
from transforms.dates import read_date
from transforms.export.parquet import write_parquet
from transforms.forms import subject_forms
from transforms.sdtm.subjects import subjects_sdtm

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"
EXPORTS = Path(__file__).parent / "exports"
FORMAT_KEYS = ("encoding", "delimiter", "decimal", "sheet", "header_row", "date_system")
KINDS = {float: "number", dt.date: "date"}
Table = list[list[str]]  # the header, then the rows


# --- the data of the study


@cache
def given() -> dict:
    return tomllib.loads((STUDY / "study.toml").read_text(encoding="utf-8"))


@cache
def deliveries() -> dict[str, dict[str, Table]]:
    """Delivery -> source -> its table as text, dates of the pharmacy's log as dates."""
    return {
        folder.name: {name: table(folder, source) for name, source in given()["sources"].items()}
        for folder in sorted((STUDY / "raw").iterdir())
    }


def table(folder: Path, source: dict) -> Table:
    if source["format"] == "csv":
        with (folder / source["file"]).open(encoding=source["encoding"], newline="") as file:
            return list(csv.reader(file, delimiter=source["delimiter"]))
    log, *rows = list(openpyxl.load_workbook(folder / source["file"])[source["sheet"]].values)[2:]
    rows = [["" if cell is None else str(cell) for cell in row] for row in rows]
    for row in rows:
        days = row[6].isdigit() and dt.date(1899, 12, 30) + dt.timedelta(int(row[6]))
        row[6] = str(days or row[6]).removesuffix(" 00:00:00")
    return [list(log), *rows]


def typed(tables: dict[str, Table]) -> dict[str, list[list]]:
    """The same tables with numbers and dates instead of their text, where a person would have typed the same."""
    found = {}
    for name, (header, *rows) in tables.items():
        source = given()["sources"][name]
        dates = {column for form, column in source["columns"].items() if form.endswith("DAT")}
        found[name] = [header, *([cell(text, column in dates, source) for column, text in zip(header, row, strict=True)]
                                 for row in rows)]  # fmt: skip
    return found


def cell(text: str, is_date: bool, source: dict) -> str | float | dt.date | None:
    iso, *_ = read_date(text, source["date_order"]) if is_date else [None]
    if iso and len(iso) == 10:
        return dt.date.fromisoformat(iso)
    number = text.replace(",", ".") if source.get("decimal") == "," else text
    if re.fullmatch(r"-?(0|[1-9]\d{0,9})(\.\d{0,4}[1-9])?", number):
        return float(number)
    return (number if re.fullmatch(r"-?\d+\.\d+", number) else text) or None


def columns_of_one_type(rows: list[list]) -> dict[str, list]:
    """Column -> its values: numbers, or dates, where all of them are; else text."""
    header, *rows = rows
    columns = dict(zip(header, map(list, zip(*rows, strict=True)), strict=True)) if rows else {h: [] for h in header}
    for values in columns.values():
        kinds = {type(value) for value in values if value is not None}
        if len(kinds) > 1 or not kinds:
            values[:] = ["" if value is None else as_text(value) for value in values]
    return columns


def as_text(value: str | float | dt.date) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


# --- the formats: write(folder, tables) -> source -> what the study file says of it


def utf16(folder: Path, tables: dict[str, Table]) -> dict[str, dict]:
    """UTF-16, tabs, the line ends of old."""
    return delimited(folder, tables, "utf-16", "\t", "\r")


def cp1252(folder: Path, tables: dict[str, Table]) -> dict[str, dict]:
    """cp1252 where its letters are enough, else GB18030; pipes."""
    keys = {}
    for name, rows in tables.items():
        western = not re.search("[\u0100-\uffff]", json.dumps(rows, ensure_ascii=False))
        keys |= delimited(folder, {name: rows}, "cp1252" if western else "gb18030", "|", "\r\n")
    return keys


def delimited(folder: Path, tables: dict[str, Table], encoding: str, mark: str, end: str) -> dict[str, dict]:
    for name, rows in tables.items():
        with (folder / f"{name}.txt").open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=mark, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    of_all = {"format": "csv", "encoding": encoding, "delimiter": mark}
    decimals = {name: given()["sources"][name].get("decimal", ".") for name in tables}
    return {name: of_all | {"file": f"{name}.txt", "decimal": decimals[name]} for name in tables}


def xlsx(folder: Path, tables: dict[str, Table]) -> dict[str, dict]:
    """One workbook with a sheet a form, as an EDC exports it: labels below the header, real dates and numbers."""
    book = openpyxl.Workbook()
    book.active.title = "README"
    for name, rows in typed(tables).items():
        sheet = book.create_sheet(name)
        sheet.append(rows[0])
        sheet.append([f"Label of {column}" for column in rows[0]])
        for row in rows[1:]:
            sheet.append(row)
    book.create_sheet("Items").append(["ItemId", "Label"])
    book.save(folder / "export.xlsx")
    of_all = {"file": "export.xlsx", "format": "xlsx", "header_row": 1, "first_row": 3, "date_system": 1900}
    return {name: of_all | {"sheet": name} for name in tables}


def xls(folder: Path, tables: dict[str, Table]) -> dict[str, dict]:
    """The same workbook, saved as XLS by LibreOffice."""
    keys = xlsx(folder, tables)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xls", "--outdir", folder, folder / "export.xlsx"],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    shutil.rmtree(folder / "profile")
    (folder / "export.xlsx").unlink()
    return {name: key | {"file": "export.xls", "format": "xls"} for name, key in keys.items()}


def xpt(folder: Path, tables: dict[str, Table]) -> dict[str, dict]:
    """SAS transport files of version 5, whose names have eight letters."""
    for name, rows in typed(tables).items():
        columns = columns_of_one_type(rows)
        dates = {column: "DATE9" for column, values in columns.items() if any(isinstance(v, dt.date) for v in values)}
        short = short_names(list(columns))
        frame = pd.DataFrame(columns).rename(columns=short)
        formats = {short[column]: form for column, form in dates.items()}
        pyreadstat.write_xport(
            frame, folder / f"{name}.xpt", table_name=name[:8].upper(), file_format_version=5, variable_format=formats
        )
    return {
        name: {"file": f"{name}.xpt", "format": "xpt", "encoding": "utf-8", "names": True} for name in tables
    }


def sas7bdat(folder: Path, tables: dict[str, Table]) -> dict[str, dict]:
    """SAS data sets, written by R's haven."""
    for name, rows in typed(tables).items():
        columns = columns_of_one_type(rows)
        kinds = [KINDS.get(type(next(filter(None, values), "")), "text") for values in columns.values()]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            header = short_names(list(columns)).values()
            csv.writer(file).writerows([header, kinds, *zip(*columns.values(), strict=True)])
    subprocess.run(["Rscript", EXPORTS / "sas7bdat.R", folder], check=True, capture_output=True, timeout=300)
    for name in tables:
        (folder / f"{name}.csv").unlink()
    return {name: {"file": f"{name}.sas7bdat", "format": "sas7bdat", "names": True} for name in tables}


def zipped(folder: Path, tables: dict[str, Table]) -> dict[str, dict]:
    """The CSV files of a Castor export in one ZIP, with a manifest."""
    keys = delimited(folder, tables, "utf-8-sig", ";", "\n")
    files = sorted(folder.iterdir())
    sums = [{"path": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()} for file in files]
    with zipfile.ZipFile(folder / f"export_{folder.name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps({"files": sums}))
        for file in files:
            archive.write(file, file.name)
            file.unlink()
    return {name: key | {"file": f"export_*.zip/{key['file']}"} for name, key in keys.items()}


def stored(name: str):
    """What a program that is not here wrote, from exports/."""

    def write(folder: Path, tables: dict[str, Table]) -> dict[str, dict]:
        with zipfile.ZipFile(EXPORTS / f"{name}.zip") as archive:
            for member in archive.namelist():
                if member.startswith(f"{folder.name}/"):
                    (folder / Path(member).name).write_bytes(archive.read(member))
            return json.loads(archive.read("sources.json"))

    write.__name__ = f"stored_{name}"
    return write


PROGRAMS = {xls: ["soffice", "--version"], sas7bdat: ["Rscript", "-e", "library(haven)"]}
FORMATS = [utf16, cp1252, xlsx, xpt, zipped, stored("xls"), stored("sas7bdat"), xls, sas7bdat]


# --- the study file for a format


def study_of(keys: dict[str, dict]) -> Study:
    """The study, its sources read as `keys` say; {"names": True}: under short names of the raw columns."""
    file = {key: value for key, value in given().items() if key != "unused"}
    if any(key["file"].startswith("export_*.zip") for key in keys.values()):
        file["manifest"] = {"file": "*.zip/manifest.json", "format": "json", "name": "path", "sha256": "sha256"}
    sources, corrections = {}, list(read_study(STUDY).corrections)
    for name, source in file["sources"].items():
        key = dict(keys[name])
        names = {}
        if key.pop("names", False):
            headers = [tables[name][0] for tables in deliveries().values()]
            names = {column: short for header in headers for column, short in short_names(header).items()}
        own = {k: v for k, v in source.items() if k not in FORMAT_KEYS}
        sources[name] = with_names(own, names) | key
        for i, row in enumerate(corrections):
            if row.source == name:
                parts = [part.split("=", 1) for part in row.match.split(";")]
                match = ";".join(f"{names.get(column, column)}={value}" for column, value in parts)
                changed = {"match": match, "column": names.get(row.column, row.column)}
                corrections[i] = row.model_copy(update=changed)
    parts = {"file": StudyFile.model_validate(file | {"sources": sources}), "corrections": tuple(corrections)}
    return Study(**{name: value for name, value in read_study(STUDY) if name in Study.model_fields} | parts)


def short_names(header: list[str]) -> dict[str, str]:
    """A raw column's name -> one of eight letters."""
    return {column: f"C{hashlib.sha256(column.encode()).hexdigest()[:7].upper()}" for column in header}


def with_names(source: dict, names: dict[str, str]) -> dict:
    """A source of the study file with other names of its raw columns."""

    def spec(given):
        if isinstance(given, str):
            return names.get(given, given)
        if isinstance(given, list):
            return [spec(one) for one in given]
        return given | {key: spec(given[key]) for key in ("column", "unit") if key in given}

    changed = {
        key: {column: spec(one) for column, one in source[key].items()}
        for key in ("columns", "items", "supplemental")
        if key in source
    }
    if "records" in source:
        changed["records"] = [{column: spec(one) for column, one in record.items()} for record in source["records"]]
    changed |= {key: spec(source[key]) for key in ("updated", "identifying", "unused") if key in source}
    if "inactive" in source:
        changed["inactive"] = spec(source["inactive"])
    return source | changed


# --- the test


def sdtm(study: Study, folder: Path) -> dict[str, str]:
    """SDTM dataset -> content hash of its Parquet."""
    files = raw_files(study, folder)
    raw = {
        name: text_frame(
            pa.concat_tables(
                [part for file in files if file.source == name for part in batches(file, source)],
                promote_options="default",
            )
        )
        for name, source in study.file.sources.items()
    }
    forms = subject_forms(raw, study, newest(files)).forms
    datasets = subjects_sdtm(forms, study).datasets
    return {
        name: write_parquet(frame.drop(columns=["_file", "_row"]), DATASETS[name], io.BytesIO())
        for name, frame in datasets.items()
    }


@pytest.fixture(scope="module")
def as_delivered(tmp_path_factory) -> dict[str, str]:
    """The hashes from the files as the sites sent them."""
    folder = tmp_path_factory.mktemp("raw")
    shutil.copytree(STUDY / "raw", folder, dirs_exist_ok=True)
    (folder / "2021-05-28" / "edc_qc.csv").unlink()
    return sdtm(read_study(STUDY), folder)


@pytest.mark.parametrize("write", FORMATS, ids=lambda write: write.__name__)
def test_the_same_data_in_another_format_is_the_same_sdtm(write, as_delivered, tmp_path):
    if write in PROGRAMS and not is_installed(*PROGRAMS[write]):
        pytest.skip(f"{' '.join(PROGRAMS[write])} does not work here: what it wrote is read from exports/")
    assert {"DM", "AE", "QS", "RS", "FAMH", "SUPPEX"} <= as_delivered.keys()
    assert sdtm(study_of(delivered(write, tmp_path)), tmp_path) == as_delivered


def is_installed(*command: str) -> bool:
    return bool(shutil.which(command[0])) and not subprocess.run(command, capture_output=True).returncode


def delivered(write, folder: Path) -> dict[str, dict]:
    for day, tables in deliveries().items():
        (folder / day).mkdir()
        keys = write(folder / day, tables)
    return keys


def write_exports(folder: Path) -> None:
    """Writes exports/ again, by way of an empty folder."""
    for write in PROGRAMS:
        keys = delivered(write, folder / write.__name__) if (folder / write.__name__).mkdir() is None else {}
        with zipfile.ZipFile(EXPORTS / f"{write.__name__}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            archive.writestr("sources.json", json.dumps(keys))
            for path in sorted((folder / write.__name__).rglob("*.*")):
                archive.write(path, path.relative_to(folder / write.__name__))


if __name__ == "__main__":
    write_exports(Path(sys.argv[1]))
