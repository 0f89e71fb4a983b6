"""One mistake at a time planted into the clean package: its rule finds it, in its place, and nothing else is found.

Each line of tests/planted_defects.csv changes one cell or record (or a word of Define-XML) of the package that `submit`
makes of the psoriasis study:
    DATASET, RECORD    the record, by a condition in SQL that only one record fulfils; empty: the whole dataset
    VARIABLE, VALUE    an expression in SQL (empty: the value is taken away); without a variable VALUE says what
                       happens to the record: delete, duplicate; without a record what happens to the variable:
                       drop, label '...', as text, or to the dataset: drop
    STANDARD Define    DATASET and VARIABLE as Define-XML has them, RECORD: element@attribute, VALUE: the new text
    RULE, WORDS        what has to find it, and what was done
    PLACE              dataset.variable of the finding, where it is not the one that was changed ("." where it has none)

Several are planted at once, no two in one dataset or of one subject, so that each finding has one possible cause.
"""

import csv
import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from flows.conform import EXAMPLES, conformed
from flows.datasets import found_in

DEFECTS = Path(__file__).parents[1] / "planted_defects.csv"
STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"
TYPES = {"integer": "DOUBLE", "float": "DOUBLE", "double": "DOUBLE", "decimal": "DOUBLE"}


class Defect(NamedTuple):
    DEFECT: str
    STANDARD: str
    DATASET: str
    RECORD: str
    VARIABLE: str
    VALUE: str
    RULE: str
    WORDS: str
    PLACE: str = ""


def defects(path=DEFECTS):
    with open(path, newline="", encoding="utf-8") as file:
        return [Defect(**{key: value or "" for key, value in row.items()}) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def package(published, tmp_path_factory):
    """The package, its datasets as Dataset-JSON: they carry labels and lengths, and are easily changed."""
    from flows import warehouse
    from flows.submit import submit

    out = tmp_path_factory.mktemp("planted") / "package"
    submit(published, warehouse.snapshot(published), STUDY, out)
    return Package(out)


class Package:
    """The datasets and Define-XML files of a package, and what the rules say of them as they are."""

    def __init__(self, folder):
        from flows.study_file import read_study

        self.datasets, _ = found_in(folder / "dataset-json")
        _, self.defines = found_in(folder / "m5")
        self.extensions = read_study(STUDY).file.extensions
        self.clean = self.findings(self.datasets, self.defines)

    def findings(self, datasets, defines):
        return conformed(datasets, defines, self.extensions).findings

    def file(self, name):
        (one,) = [one for one in self.datasets if one.name == name]
        return one


class Change(NamedTuple):
    """A dataset's file after a change: where the record is now (None: it is gone, or there was none), its subject."""

    content: tuple[dict, list]
    record: dict | None
    subject: str | None


def read(path):
    if path.suffix == ".json":
        about = json.loads(path.read_text(encoding="utf-8"))
        return about, about.pop("rows")
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    return json.loads(first), [json.loads(line) for line in lines]


def changed(path, defect):
    """A dataset with its defect."""
    about, rows = read(path)
    names = [column["name"] for column in about["columns"]]
    if not defect.RECORD and defect.VARIABLE:
        column = about["columns"][names.index(defect.VARIABLE)]
        if defect.VALUE == "drop":
            rows = [[cell for name, cell in zip(names, row, strict=True) if name != defect.VARIABLE] for row in rows]
            about["columns"] = [one for one in about["columns"] if one is not column]
        elif defect.VALUE == "as text":
            place = names.index(defect.VARIABLE)
            column |= {"dataType": "string", "length": 8}
            column.pop("targetDataType", None)
            rows = [[str(c) if n == place and c is not None else c for n, c in enumerate(row)] for row in rows]
        else:
            column["label"] = re.fullmatch("label '(.*)'", defect.VALUE)[1]
        return Change((about, rows), None, None)
    whole = [column.get("dataType") if column.get("targetDataType") else None for column in about["columns"]]
    types = {
        column["name"]: TYPES.get(column["dataType"], {"date": "DATE", "datetime": "TIMESTAMP"}.get(day, "VARCHAR"))
        for column, day in zip(about["columns"], whole, strict=True)
    }
    with duckdb.connect() as con:
        columns = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
        con.execute(f"CREATE TABLE it ({columns}, _place INTEGER)")
        con.executemany(
            f"INSERT INTO it VALUES ({', '.join('?' * (len(names) + 1))})",
            [[cell if cell != "" else None for cell in row] + [place] for place, row in enumerate(rows)],
        )
        places = [place for (place,) in con.execute(f"SELECT _place FROM it WHERE {defect.RECORD}").fetchall()]
        assert len(places) == 1, f"{defect.RECORD}: {len(places)} records"
        if defect.VARIABLE:
            con.execute(f'UPDATE it SET "{defect.VARIABLE}" = {defect.VALUE or "NULL"} WHERE _place = {places[0]}')
        told = con.execute(f"SELECT * EXCLUDE (_place) FROM it WHERE _place = {places[0]}").fetchall()[0]
    record = dict(zip(names, told, strict=True))
    if defect.VARIABLE:
        new = record[defect.VARIABLE]
        new = new.isoformat() if isinstance(new, dt.date) else new
        new = "" if new is None and types[defect.VARIABLE] == "VARCHAR" else new
        rows[places[0]][names.index(defect.VARIABLE)] = new
    elif defect.VALUE == "delete":
        del rows[places[0]]
    else:
        assert defect.VALUE == "duplicate"
        rows.insert(places[0] + 1, rows[places[0]])
    about["records"] = len(rows)
    return Change((about, rows), None if defect.VALUE == "delete" else record, record.get("USUBJID"))


def changed_define(path, defect):
    """A Define-XML file with its defect."""
    space = "{http://www.cdisc.org/ns/odm/v1.3}"
    for _, address in ET.iterparse(path, events=["start-ns"]):
        ET.register_namespace(*address)
    tree = ET.parse(path)
    element, attribute = defect.RECORD.split("@")
    oid = f"IT.{defect.DATASET}.{defect.VARIABLE}" if defect.VARIABLE else f"IG.{defect.DATASET}"
    key = "ItemOID" if element == "ItemRef" else "OID"
    (found,) = [one for one in tree.iter(space + element) if one.get(key) == oid]
    assert attribute in found.attrib, found.attrib
    if defect.VALUE:
        found.set(attribute, defect.VALUE)
    else:
        del found.attrib[attribute]
    return tree


def rounds(package, wanted):
    """The defects in few rounds, each with its change."""
    shared = []
    for defect in wanted:
        if defect.STANDARD == "Define":
            change, places = None, {f"define {defect.DATASET}"}
        elif not defect.RECORD and not defect.VARIABLE:
            change, places = None, {defect.DATASET}
        else:
            change = changed(package.file(defect.DATASET).files[0], defect)
            places = {defect.DATASET, change.subject or defect.DATASET}
        free = next((one for one in shared if not one[0] & places), None)
        if free is None:
            free = (set(), [])
            shared.append(free)
        free[0].update(places)
        free[1].append((defect, change))
    return [planted for _, planted in shared]


def new_findings(package, planted, folder):
    """What the rules say of the package with these defects, and did not say before."""
    datasets, defines = {one.name: one for one in package.datasets}, dict(package.defines)
    for defect, change in planted:
        if defect.STANDARD == "Define":
            standard = "ADaM" if defect.DATASET.startswith("AD") else "SDTM"
            place = folder / f"define_{standard}.xml"
            changed_define(defines[standard], defect).write(place, encoding="utf-8", xml_declaration=True)
            defines[standard] = place
        elif change is None:
            del datasets[defect.DATASET]
        else:
            about, rows = change.content
            place = folder / f"{defect.DATASET.lower()}.ndjson"
            lines = [json.dumps(line, ensure_ascii=False) for line in (about, *rows)]
            place.write_text("\n".join(lines) + "\n", encoding="utf-8")
            datasets[defect.DATASET] = datasets[defect.DATASET]._replace(files=(place,), format="ndjson")
    now = package.findings(list(datasets.values()), defines)
    before = dict(zip(package.clean["id"], package.clean["records"], strict=True))
    return now[[before.get(key) != count for key, count in zip(now["id"], now["records"], strict=True)]]


def finds(defect, change, findings):
    """Whether the rule of a defect is among the findings, in its place."""
    dataset, _, variable = (defect.PLACE or f"{defect.DATASET}.{defect.VARIABLE}").partition(".")
    for one in findings.itertuples():
        if one.rule != defect.RULE or dataset and one.dataset != dataset or variable and one.variable != variable:
            continue
        record = change and change.record
        # a record without a subject is told by its number
        if not record or "USUBJID" not in record or not isinstance(one.example, str) or dataset != defect.DATASET:
            return True
        if one.records > EXAMPLES:  # it is about a group, of which not all records are named
            return True
        keys = [record.get(key) for key in ("USUBJID", f"{dataset[:2]}SEQ", "ASEQ") if record.get(key) is not None]
        keys = [f"{key:g}" if isinstance(key, float) else key for key in keys]
        if all(re.search(rf"\b{re.escape(key)}\b", one.example) for key in keys):
            return True
    return False


@pytest.fixture(scope="module")
def outcomes(package, tmp_path_factory):
    """Number of a defect -> whether it is found; and the findings that no defect explains."""
    found, stray = {}, []
    for planted in rounds(package, defects()):
        findings = new_findings(package, planted, tmp_path_factory.mktemp("round"))
        found |= {defect.DEFECT: finds(defect, change, findings) for defect, change in planted}
        stray += strays(planted, findings)
    return found, stray


def strays(planted, findings):
    """Findings neither on a dataset with a defect nor on its subject; one of a dataset that is gone may be anywhere."""
    if any(change is None and defect.STANDARD != "Define" for defect, change in planted):
        return []
    datasets = {defect.DATASET for defect, _ in planted} | {defect.PLACE.partition(".")[0] for defect, _ in planted}
    subjects = {change.subject for _, change in planted if change and change.subject}
    whole = any(change and not change.subject for _, change in planted)  # trial design speaks of everything
    return [
        f"{one.rule} {one.dataset}.{one.variable} {one.cause} {one.example}"
        for one in findings.itertuples()
        if one.dataset not in datasets and not whole and not any(subject in str(one.example) for subject in subjects)
    ]


@pytest.mark.long
@pytest.mark.parametrize("defect", defects(), ids=lambda defect: f"{defect.DEFECT}-{defect.RULE}")
def test_a_planted_defect_is_found_by_its_rule_where_it_was_planted(defect, outcomes):
    assert outcomes[0][defect.DEFECT], defect.WORDS


@pytest.mark.long
def test_a_planted_defect_is_found_nowhere_else(outcomes):
    assert outcomes[1] == []


@pytest.mark.long
def test_the_clean_package_has_nothing_against_the_standards(package):
    from flows.dispositions import dispositions_of

    explained = set(dispositions_of(STUDY)["ID"])
    wrong = package.clean[(package.clean["severity"] != "note") & ~package.clean["id"].isin(explained)]
    assert wrong[["rule", "dataset", "variable", "cause"]].to_dict("records") == []


def test_the_defects_are_numbered_and_their_rules_exist():
    from schemas.conform_rules import rules

    known = {one.id for one in rules().values()}
    assert [one.DEFECT for one in defects()] == [str(number) for number in range(1, len(defects()) + 1)]
    assert [one.RULE for one in defects() if one.RULE not in known] == []
