"""Every variable of schemas/adam is the ADaMIG's, one of SDTM carried over, or says why not."""

import re

import pandas as pd
import pytest

from schemas.adam import DATASETS
from schemas.exceptions import ADAMIG as EXCEPTIONS
from schemas.text import text_folder

IG = pd.read_csv(text_folder("standards") / "adamig-1.3-variables.csv", dtype=str, keep_default_na=False)
SDTMIG = pd.read_csv(text_folder("standards") / "sdtmig-3.4-variables.csv", dtype=str, keep_default_na=False)
STRUCTURE = {
    "ADSL": "Subject-Level Analysis Dataset",
    "ADEX": "Basic Data Structure",
    "ADQS": "Basic Data Structure",
    "ADVS": "Basic Data Structure",
    "ADTTE": "Basic Data Structure",
}  # ADAE is OCCDS, which the IG's table does not hold
SDTM = ("DM", "AE", "EX", "QS", "VS")  # where a variable that is carried over has its label from

NULL_REQUIRED = {
    ("ADSL", "AGE"): "a screen failure may have no age",
    ("ADSL", "AGEU"): "with AGE",
    ("ADSL", "RACE"): "may not have been collected",
    ("ADSL", "ARM"): "SDTMIG 3.4: null for a screen failure, ARMNRS says why",
    ("ADSL", "TRT01P"): "follows ARM",
}


def ig_variable(name: str, structure: str | None) -> dict | None:
    """The IG's label, type and core; xx, y and zz of its names and labels stand for digits."""
    rows = IG[IG["data_structure"] == structure] if structure else IG
    for row in rows.to_dict("records"):
        pattern = re.sub(r"xx|zz", r"(\\d\\d)", row["variable"])
        pattern = re.sub(r"y", r"(\\d)", pattern)
        if "*" not in pattern and (match := re.fullmatch(pattern, name)):
            label = row["label"]
            for digits in match.groups():
                label = re.sub(r"\b(xx|zz|y)\b", digits, label, count=1)
            return {"label": label, "type": row["type"], "core": row["core"]}
    return None


def known(dataset: str, name: str) -> list[tuple[str, str]]:
    """(label, type) that the variable may have: the IG's, of any structure, or else SDTM's."""
    found = ig_variable(name, STRUCTURE.get(dataset)) or ig_variable(name, None)
    if found:
        return [(found["label"], found["type"])]
    rows = SDTMIG[SDTMIG["domain"].isin(SDTM) & (SDTMIG["variable"] == name)]
    return list(rows[["label", "type"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_variable_is_the_igs_or_sdtms_or_a_named_exception(dataset):
    columns = DATASETS[dataset].columns
    different = {
        name
        for name, column in columns.items()
        if (column.title, column.metadata["type"]) not in known(dataset, name)
    }
    assert different == {name for owner, name in EXCEPTIONS if owner == dataset}


@pytest.mark.parametrize("dataset", STRUCTURE)
def test_core_is_the_igs_and_every_required_variable_is_there(dataset):
    columns = DATASETS[dataset].columns
    for name, column in columns.items():
        found = ig_variable(name, STRUCTURE[dataset])
        assert found is None or found["core"] == column.metadata["core"], name
    rows = IG[(IG["data_structure"] == STRUCTURE[dataset]) & (IG["core"] == "Req")]
    assert {name.replace("xx", "01") for name in rows["variable"]} <= set(columns)


def test_a_required_variable_that_may_be_empty_says_why():
    found = {
        (dataset, name)
        for dataset, schema in DATASETS.items()
        for name, column in schema.columns.items()
        if column.metadata["core"] == "Req" and column.nullable
    }
    assert found == set(NULL_REQUIRED) | {("ADAE", "AGE")}


@pytest.mark.parametrize("dataset", DATASETS)
def test_names_and_labels_fit_a_transport_file(dataset):
    schema = DATASETS[dataset]
    assert len(schema.title) <= 40
    for name, column in schema.columns.items():
        assert (
            re.fullmatch(r"[A-Z][A-Z0-9]{0,7}", name) and len(column.title) <= 40 and column.title.isascii()
        )
    assert set(schema.metadata["keys"]) <= set(schema.columns)
