"""A whole run of a study whose last delivery drifted, with a dictionary of its own (invented terms)."""

import csv
import shutil
from pathlib import Path

import duckdb

from flows import cli, warehouse

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"
MEDDRA = {
    "llt.asc": "1$Childhood eczema$2$$$$$$$Y$$\n",
    "pt.asc": "2$Green spots$$5$$$$$$$$\n",
    "hlt.asc": "3$Spots$$$$\n",
    "hlgt.asc": "4$Colours$$$$\n",
    "soc.asc": "5$Surface$Surf$$$\n",
    "mdhier.asc": "2$3$4$5$Green spots$Spots$Colours$Surface$Surf$$5$Y$\n",
}


def test_a_source_that_drifted_serves_its_delivery_before_and_versions_are_recorded(tmp_path, capsys):
    study = shutil.copytree(STUDY, tmp_path / "study")
    (tmp_path / "meddra").mkdir()
    for name, text in MEDDRA.items():
        (tmp_path / "meddra" / name).write_text(text, encoding="ascii")
    toml = (study / "study.toml").read_text(encoding="utf-8")
    toml = toml.replace('missing_column = "stop"', 'missing_column = "set_aside"')
    given = 'name = "MedDRA"\nversion = "0.1"\nformat = "meddra"\npath = "../meddra"\n'
    given += 'encoding = "ascii"\nforms = ["mh"]\n'
    (study / "study.toml").write_text(f"{toml}\n[dictionaries.meddra]\n{given}", encoding="utf-8")
    spoilt = study / "raw" / "2021-05-28" / "edc_cm.csv"
    with spoilt.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    at = header.index("INDICATION")
    with spoilt.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(row[:at] + row[at + 1 :] for row in [header, *rows])

    asked = [str(study), "--warehouse", str(tmp_path / "wh"), "--workers", "1"]
    assert cli.main(["run", *asked]) == 0, capsys.readouterr().err
    home = tmp_path / "wh" / "ADMSCPSO"
    manifest = warehouse.current(home)
    assert manifest["standards"]["MedDRA"] == "0.1"
    assert any(line["source"] == "2021-05-28/edc_cm.csv" and line["unused"] for line in manifest["accounts"])
    with duckdb.connect(str((home / "ADMSCPSO.duckdb").resolve()), read_only=True) as con:
        assert ("MedDRA", "0.1") in con.sql("FROM meta.standards").fetchall()
        files = con.sql("SELECT DISTINCT left(FILE, 10) FROM meta.lineage_CM").fetchall()
        assert files == [("2020-05-29",)]
        said = con.sql("SELECT message FROM meta.findings WHERE rule = 'MISSING-COLUMN'").fetchall()
        assert len(said) == 1 and said[0][0].endswith("what source cm sent before keeps serving")
        coded = con.sql("SELECT MHDECOD, MHBODSYS FROM sdtm.MH WHERE MHTERM = 'Childhood eczema'").fetchall()
        assert coded == [("Green spots", "Surface")]
