"""Every variable of schemas/sdtm is the SDTMIG's, or says why not."""

import pandas as pd
import pytest

from schemas.columns import ISO8601
from schemas.exceptions import SDTMIG as EXCEPTIONS
from schemas.sdtm import DATASETS
from schemas.terminology import codelist
from schemas.text import text_folder

IG = pd.read_csv(text_folder("standards") / "sdtmig-3.4-variables.csv", dtype=str, keep_default_na=False)


def ig_variables(dataset: str) -> pd.DataFrame:
    """The IG's rows for a dataset: a supplement's are SUPPQUAL's, a split's are its domain's."""
    schema = DATASETS[dataset]
    name = "SUPPQUAL" if dataset.startswith("SUPP") else schema.metadata["domain"]
    return IG[IG["domain"] == name].set_index("variable")


def ours(column) -> dict:
    facts = column.metadata
    return {
        "label": column.title,
        "type": facts["type"],
        "role": facts["role"],
        "core": facts["core"],
        "codelist_codes": "; ".join(facts["codelist"]),
        "iso8601": facts.get("iso8601") or "",
    }


def the_igs(variable: pd.Series) -> dict:
    described = variable["described_value_domain"]
    kind = described.removeprefix("ISO 8601 ").removesuffix(" or interval")
    return variable[["label", "type", "role", "core", "codelist_codes"]].to_dict() | {
        "iso8601": kind if kind in ISO8601 else ""
    }


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_variable_is_the_igs_or_a_named_exception(dataset):
    ig, columns = ig_variables(dataset), DATASETS[dataset].columns
    different = {
        name
        for name, column in columns.items()
        if name not in ig.index or ours(column) != the_igs(ig.loc[name])
    }
    assert different == {variable for name, variable in EXCEPTIONS if name == dataset}

    in_ig = [name for name in columns if name in ig.index]
    assert in_ig == [name for name in ig.index if name in columns], "order"
    needed = ig.index[ig["core"].isin(["Req", "Exp"])]
    assert set(needed) <= set(columns), "Req and Exp variables"


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_dataset_itself_is_the_igs(dataset):
    schema, ig = DATASETS[dataset], ig_variables(dataset).iloc[0]
    assert schema.description == ig["dataset_structure"]
    assert schema.metadata["class"] == ig["class"].upper().replace("-", " ")
    if dataset == "FAMH":
        assert schema.title == "Findings About Medical History"
    else:
        assert schema.title == ig["dataset_label"].replace("[domain name]", dataset.removeprefix("SUPP"))
    for name in ("DOMAIN", "RDOMAIN"):
        if name in schema.columns and dataset not in ("RELREC", "CO"):
            assert schema.columns[name].metadata["value"] == schema.metadata["domain"]


@pytest.mark.parametrize(
    "dataset, run",
    [("FAMH", ["FALAT", "FAMETHOD", "FALOBXFL"]), ("QS", ["QSDRVFL", "QSEVAL", "VISITNUM"])],
)
def test_a_model_variable_stands_where_the_model_has_it(dataset, run):
    names = list(DATASETS[dataset].columns)
    assert names[names.index(run[0]) :][:3] == run


@pytest.mark.parametrize("dataset", DATASETS)
def test_keys_are_variables_of_the_dataset_and_subsets_are_subsets(dataset):
    schema = DATASETS[dataset]
    assert {*schema.metadata["keys"], *schema.unique} <= set(schema.columns)
    for column in schema.columns.values():
        allowed = set(column.metadata.get("terms") or ()) | {column.metadata.get("value")} - {None}
        for code in column.metadata["codelist"]:
            assert allowed <= codelist(code).terms
        if column.metadata["type"] == "Char":
            assert column.metadata["length"] <= 200
        assert len(column.title) <= 40
