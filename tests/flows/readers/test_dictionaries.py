"""A user's coding dictionaries, in the formats that they are distributed in. All terms and codes are invented."""

import pandas as pd
import pytest

from flows.fingerprint import fingerprint
from flows.readers.dictionaries import terms
from schemas.study import Dictionary

# as MedDRA writes them: $ between fields and at the end; fields that are not used are empty
MEDDRA = {
    "llt.asc": """\
1001$Hot feeling$2001$$$$$$$Y$$
1002$Warmth, feeling of$2001$$$$$$$Y$$
1003$Glowing$2001$$$$$$$N$$
2001$Feverishness$2001$$$$$$$Y$$
2002$Green spots$2002$$$$$$$Y$$
""",
    "pt.asc": "2001$Feverishness$$5001$$$$$$$$\n2002$Green spots$$5002$$$$$$$$\n",
    "hlt.asc": "3001$Warm states$$$$$$$$\n3002$Spots$$$$$$$$\n",
    "hlgt.asc": "4001$Body states$$$$$$$$\n4002$Colours$$$$$$$$\n",
    "soc.asc": "5001$Whole body$Whole$$$$$$$$\n5002$Surface$Surf$$$$$$$$\n",
    # green spots belong to two system organ classes; the primary path goes to the surface
    "mdhier.asc": """\
2001$3001$4001$5001$Feverishness$Warm states$Body states$Whole body$Whole$$5001$Y$
2002$3001$4001$5001$Green spots$Warm states$Body states$Whole body$Whole$$5002$N$
2002$3002$4002$5002$Green spots$Spots$Colours$Surface$Surf$$5002$Y$
""",
}
GIVEN = {"name": "MedDRA", "version": "0.1", "format": "meddra", "path": "../meddra", "encoding": "ascii"}
GIVEN |= {"forms": ["ae", "mh"]}
DRUGS = """\
Drug;Preferred;ATC;ATC text
Aspirin;ACETYLSALICYLIC ACID;N02BA;Salicylic acid
ASS 100;ACETYLSALICYLIC ACID;;
"""
OF_DRUGS = GIVEN | {
    "name": "WHODrug",
    "format": "csv",
    "path": "../drugs.csv",
    "forms": ["cm"],
    "delimiter": ";",
    "columns": {"verbatim": "Drug", "decod": "Preferred", "clas": "ATC text", "clascd": "ATC"},
}


@pytest.fixture
def folder(tmp_path):
    """A study's folder, with dictionaries beside it."""
    (tmp_path / "study").mkdir()
    (tmp_path / "meddra").mkdir()
    for name, text in MEDDRA.items():
        (tmp_path / "meddra" / name).write_text(text, encoding="ascii")
    (tmp_path / "drugs.csv").write_text(DRUGS, encoding="utf-8")
    return tmp_path / "study"


def problems(folder, **changed) -> list[str]:
    found, said = terms(folder, "x", Dictionary.model_validate(GIVEN | changed))
    assert found is None
    return [str(problem) for problem in said]


def test_a_meddra_folder_leads_from_each_current_term_along_the_primary_path(folder):
    found, said = terms(folder, "meddra", Dictionary.model_validate(GIVEN))
    assert said == []
    assert list(found.index) == ["hot feeling", "warmth, feeling of", "feverishness", "green spots"]
    assert found.loc["hot feeling"].dropna().to_dict() == {
        "decod": "Feverishness", "ptcd": 2001, "llt": "Hot feeling", "lltcd": 1001, "hlt": "Warm states",
        "hltcd": 3001, "hlgt": "Body states", "hlgtcd": 4001, "bodsys": "Whole body", "bdsycd": 5001,
        "soc": "Whole body", "soccd": 5001,
    }  # fmt: skip
    assert found.loc["green spots", ["hlt", "hlgt", "soc"]].tolist() == ["Spots", "Colours", "Surface"]


def test_a_csv_of_drugs_gives_preferred_name_and_class(folder):
    found, said = terms(folder, "drugs", Dictionary.model_validate(OF_DRUGS))
    assert said == []
    given = found[["decod", "clas", "clascd"]].astype("object").where(found.notna(), None)
    assert given.loc["aspirin"].tolist() == ["ACETYLSALICYLIC ACID", "Salicylic acid", "N02BA"]
    assert given.loc["ass 100"].tolist() == ["ACETYLSALICYLIC ACID", None, None]


def test_a_dictionary_that_cannot_be_read_is_named_with_its_key(folder):
    assert problems(folder, path="../no") == ["study.toml: dictionaries.x.path: ../no is no folder that is there"]
    (folder.parent / "meddra" / "hlt.asc").unlink()
    assert problems(folder) == ["study.toml: dictionaries.x.path: hlt.asc is missing in ../meddra"]
    (folder.parent / "meddra" / "hlt.asc").write_text("3001\n", encoding="ascii")
    assert "line 1 of hlt.asc has 1 fields" in problems(folder)[0]
    (folder.parent / "meddra" / "hlt.asc").write_bytes(b"3001$\xe9tat$$\n")
    assert "dictionaries.x.encoding: MedDRA is not ascii" in problems(folder)[0]
    (folder.parent / "meddra" / "hlt.asc").write_text("H1$Warm states$$\n", encoding="ascii")
    assert "dictionaries.x: MedDRA cannot be read" in problems(folder)[0]
    columns = {"verbatim": "Medicine", "decod": "Preferred"}
    assert "Medicine is no column of drugs.csv: Drug" in problems(folder, **OF_DRUGS | {"columns": columns})[0]
    (folder.parent / "drugs.csv").write_text(DRUGS + "x;y\n", encoding="utf-8")
    assert "row 4 of drugs.csv has 2 columns, its header 4" in problems(folder, **OF_DRUGS)[0]


def test_the_dictionary_belongs_to_the_fingerprint_without_its_path(folder):
    (folder / "raw" / "2020-01-31").mkdir(parents=True)
    (folder / "raw" / "2020-01-31" / "ae.csv").write_text("x")
    text = f'[dictionaries.meddra]\npath = "{folder.parent / "meddra"}"\n[dictionaries.drugs]\npath = "../drugs.csv"\n'
    (folder / "study.toml").write_text(text, encoding="utf-8")
    before = fingerprint(folder, folder / "raw", {})["study"]
    assert sorted(before) == sorted(
        ["dictionaries.drugs/drugs.csv", "study.toml", *(f"dictionaries.meddra/{name}" for name in MEDDRA)]
    )
    (folder.parent / "meddra" / "soc.asc").write_text(MEDDRA["soc.asc"].replace("Surf$", "Srf$"), encoding="ascii")
    after = fingerprint(folder, folder / "raw", {})["study"]
    assert [name for name in before if before[name] != after[name]] == ["dictionaries.meddra/soc.asc"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"delimiter": ";"}, 'delimiter does not belong to format = "meddra"'),
        (OF_DRUGS | {"delimiter": None}, 'delimiter is needed for format = "csv"'),
        (OF_DRUGS | {"columns": {"verbatim": "Drug"}}, "columns: decod is missing"),
        (OF_DRUGS | {"columns": OF_DRUGS["columns"] | {"atc": "ATC"}}, "columns: atc is no level"),
        ({"encoding": "gb99"}, "gb99 is no encoding that is known"),
        ({"version": ""}, "at least 1 character"),
    ],
)
def test_a_mistake_in_the_study_file_is_named(changed, said):
    with pytest.raises(ValueError, match=said):
        Dictionary.model_validate(GIVEN | changed)


def test_no_term_is_read_as_missing(folder):
    (folder.parent / "drugs.csv").write_text("Drug;Preferred;ATC;ATC text\nNA;SODIUM;;\n", encoding="utf-8")
    found, _ = terms(folder, "drugs", Dictionary.model_validate(OF_DRUGS))
    assert found.loc["na", "decod"] == "SODIUM"
    assert pd.isna(found.loc["na", "clas"])
