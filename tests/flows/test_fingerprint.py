import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows.fingerprint import deliveries, fingerprint

HEAVY = {"pandas", "pyarrow", "duckdb", "pandera", "prefect", "pydantic", "numpy"}


@pytest.fixture
def study(tmp_path):
    for name, text in {
        "raw/2020-03-01/ae.csv": "fever",
        "raw/2020-06-01/ae.csv": "fever, headache",
        "raw/2020-06-01/site02/sae.csv": "none",
        "study.toml": "id = 'X'",
        "codes/sex.csv": "男,M",
        ".swp": "an editor's",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def taken(study, **options):
    return fingerprint(study, study / "raw", {"through": None, "cutoff": None} | options)


def test_it_lists_what_came_and_the_study_folder_apart(study):
    found = taken(study)
    assert [(i["delivery"], i["path"], i["bytes"]) for i in found["inputs"]] == [
        ("2020-03-01", "ae.csv", 5),
        ("2020-06-01", "ae.csv", 15),
        ("2020-06-01", "site02/sae.csv", 4),
    ]
    assert sorted(found["study"]) == ["codes/sex.csv", "study.toml"]
    assert found == json.loads(json.dumps(found))


def test_a_touched_file_changes_nothing(study):
    before = taken(study)
    (study / "study.toml").touch()
    (study / "raw/2020-06-01/ae.csv").touch()
    assert taken(study) == before


@pytest.mark.parametrize("name", ["raw/2020-03-01/ae.csv", "study.toml", "codes/sex.csv"])
def test_a_changed_file_changes_it(study, name):
    before = taken(study)
    (study / name).write_text("x")
    assert taken(study) != before


def test_a_cutoff_counts(study):
    assert taken(study, cutoff="2020-05-01") != taken(study)


def test_through_counts_only_by_what_it_leaves_out(study):
    assert taken(study, through="2020-06-30") == taken(study)
    assert {i["delivery"] for i in taken(study, through="2020-05-31")["inputs"]} == {"2020-03-01"}


@pytest.mark.parametrize("stray", ["ae.csv", "june/ae.csv", "2020-02-30/ae.csv"])
def test_a_delivery_in_the_wrong_place_is_refused(study, stray):
    path = study / "raw" / stray
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        deliveries(study / "raw")


def test_no_delivery_is_an_error(study):
    with pytest.raises(ValueError, match="up to 2019-01-01"):
        deliveries(study / "raw", "2019-01-01")


def test_it_needs_no_heavy_import():
    code = "import sys, flows.fingerprint, flows.warehouse; print(*{m.split('.')[0] for m in sys.modules})"
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert not HEAVY & set(run.stdout.split())
