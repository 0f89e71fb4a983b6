"""The runner of sql/: build order, parameters, and what a study does not collect."""

import re

import duckdb
import pandas as pd
import pytest

from flows import analysis
from schemas.adam import DATASETS as ADAM
from schemas.study import Analysis, Arm, Dose, Policies, Study, StudyFile, Visit
from schemas.text import text_folder
from transforms.instruments import NAMES, instrument


@pytest.fixture
def study():
    return Study.model_construct(
        file=StudyFile.model_construct(
            study=StudyFile.Header.model_construct(id="PSO"),
            policies=Policies.model_construct(untimed_on_first_dose_day="before_dose"),
            sources={},
            analysis=Analysis(treatment_emergent_days=30, unknown_ae_start="treatment_emergent"),
            doses=[Dose(visit="WEEK 0", treatment="AD-MSC", dose=0.5, unit="10^6/kg")],
        ),
        visits=[Visit(VISITNUM=1, VISIT="WEEK 0", VISITDY=1, EPOCH="TREATMENT", TVSTRL="-")],
        arms=[Arm(ARMCD="MSC", ARM="AD-MSC", TAETORD=1, ETCD="TRT", ELEMENT="Treatment", EPOCH="TREATMENT")],
        elements=[],
    )


DM = {"STUDYID": "PSO", "USUBJID": "01", "SUBJID": "01", "SITEID": "1", "SEX": "F", "COUNTRY": "CHN"}


def test_the_build_order_has_every_file_once():
    for folder, names in analysis.BUILD.items():
        assert sorted(names) == sorted(path.stem for path in (text_folder("sql") / folder).glob("*.sql"))
    assert [name.lower() for name in ADAM] == list(analysis.BUILD["adam"])


@pytest.mark.parametrize("path", sorted(text_folder("sql").glob("*/*.sql")), ids=lambda path: path.stem)
def test_a_file_is_one_select_that_opens_with_its_grain(path):
    text = path.read_text()
    assert re.match(r"-- One (record|row) per ", text)
    assert len(duckdb.extract_statements(text)) == 1
    if path.parent.name not in ("checks", "conform", "meta", "record"):  # results have no order until they are findings
        ending = r"\nSELECT\s+\*( EXCLUDE \([^)]*\))?(,\s+row_key)?\s+FROM " + path.stem + r"\nORDER BY [^\n]+\n$"
        assert re.search(ending, text)


def test_a_study_that_collects_nothing_but_demographics_gets_every_dataset(study):
    with duckdb.connect() as con:
        con.register("people", pd.DataFrame([DM]))
        analysis.study_tables(con, study)
        analysis.sdtm_views(con, {"dm": "people"})
        built = dict(analysis.adam(con, study))
        tables = dict(analysis.tables(con, study))
    assert {name: len(frame) for name, frame in built.items()} == {
        "adsl": 1, "adae": 0, "adex": 0, "adqs": 0, "advs": 0, "adtte": 0
    }  # fmt: skip
    for name, frame in built.items():
        assert list(frame.columns) == list(ADAM[name.upper()].columns)
    assert list(tables) == list(analysis.BUILD["tables"])


def test_sdtm_is_read_from_the_parts_of_its_partitions(study, tmp_path):
    parts = [tmp_path / "part-0.parquet", tmp_path / "part-1.parquet"]
    for part, usubjid in zip(parts, ("01", "02"), strict=True):
        pd.DataFrame([DM | {"USUBJID": usubjid}]).to_parquet(part)
    with duckdb.connect() as con:
        analysis.study_tables(con, study)
        analysis.sdtm_views(con, {"DM": parts})
        (_, adsl), *_ = analysis.adam(con, study)
    assert list(adsl["USUBJID"]) == ["01", "02"]


def test_types_do_not_depend_on_the_rows(study):
    """A partition without a treated subject has the same columns and types as one with."""
    dose = {
        "STUDYID": "PSO",
        "USUBJID": "01",
        "EXSEQ": 1,
        "EXTRT": "AD-MSC",
        "EXDOSE": 0.5,
        "EXSTDTC": "2020-03-02",
    }
    types = []
    for doses in ([], [dose]):
        with duckdb.connect() as con:
            con.register("people", pd.DataFrame([DM]))
            con.register("doses", pd.DataFrame(doses, columns=list(dose)))
            analysis.study_tables(con, study)
            analysis.sdtm_views(con, {"dm": "people", "ex": "doses"})
            types.append({name: list(map(str, frame.dtypes)) for name, frame in analysis.adam(con, study)})
    assert types[0] == types[1]


def test_every_item_of_every_instrument_has_its_parameter():
    table = pd.read_csv(
        text_folder("standards") / "instruments" / "parameters.csv", dtype=str, keep_default_na=False
    )
    for name in NAMES:
        found = instrument(name)
        mapped = table.loc[table["category"] == found.category, "testcd"]
        assert sorted(mapped) == sorted(found.items["testcd"])
    assert (
        table["PARAMCD"].str.fullmatch("[A-Z][A-Z0-9]{0,7}").all() and (table["PARAM"].str.len() <= 40).all()
    )
    names = table.drop_duplicates(["PARAMCD", "PARAM", "PARAMN", "PARCAT1", "PARCAT2"])
    for column in ("PARAMCD", "PARAM", "PARAMN"):
        assert names[column].is_unique
