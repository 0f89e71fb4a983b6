"""The CDISC pilot, from its raw files by a study file alone, against its published SDTM: every cell counts.

The floors are written by hand; studies/cdisc_pilot/README.md says what is missing from them and why."""

from pathlib import Path

import duckdb
import pytest

from benchmarks.compare import KEYS, comparison, published
from flows.fingerprint import fingerprint
from flows.study import Request, run_study

ROOT = Path(__file__).parents[2]
STUDY = ROOT / "studies" / "cdisc_pilot"
RAW = ROOT.parent / "shared" / "cdiscpilot" / "raw"

pytestmark = pytest.mark.skipif(not RAW.is_dir(), reason="the pilot's raw files are not in ../shared/cdiscpilot/raw")

# percent of published cells; rows matched, missing, extra
FLOORS = {
    "EX": (100, 591, 0, 0),
    "SUPPAE": (99.5, 1190, 1, 0),
    "DM": (92.5, 306, 0, 0),
    "DS": (92.1, 849, 1, 1),
    "AE": (88.8, 1175, 16, 15),
}
# what cannot come from the raw files, or differs on purpose; of paired rows all else agrees
DIFFERENT = {
    "EX": set(),
    "SUPPAE": {"QVAL"},
    "DM": {"RFENDTC", "RFICDTC", "RFPENDTC", "RFXENDTC"},
    "DS": set(),
    "AE": {"AELLTCD", "AESEQ", "AESOCCD", "AESTDY"},
}
ABSENT = {"EX": [], "SUPPAE": [], "DM": ["BRTHDTC"], "DS": ["DSSPID"], "AE": ["AESPID"]}


@pytest.fixture(scope="module")
def pilot(tmp_path_factory):
    from tests.conftest import NOW

    warehouse = tmp_path_factory.mktemp("pilot")
    marks = fingerprint(STUDY, RAW, {"through": None})
    run_study(Request(STUDY, RAW, warehouse, marks, NOW))
    with duckdb.connect(warehouse / "CDISCPILOT01" / "CDISCPILOT01.duckdb", read_only=True) as con:
        yield con


@pytest.mark.parametrize("dataset", FLOORS)
def test_the_published_sdtm_comes_out(dataset, pilot):
    ours = pilot.execute(f"FROM sdtm.{dataset}").df()
    found = comparison(ours, published(dataset), KEYS[dataset])
    floor, *rows = FLOORS[dataset]
    assert found.percent >= floor
    assert [found.matched, found.missing, found.extra] == rows
    assert set(found.differences["variable"]) == DIFFERENT[dataset]
    assert [name for name in published(dataset) if name not in ours] == ABSENT[dataset]


def test_the_only_finding_is_the_event_that_was_sent_twice(pilot):
    assert pilot.execute("SELECT rule, file, row FROM meta.findings").fetchall() == [
        ("DUPLICATE", "2015-03-31/ae_raw.csv", 560)
    ]


def test_no_code_knows_the_name_of_a_study():
    names = [path.name for path in (ROOT / "studies").iterdir()] + ["CDISCPILOT", "ADMSCPSO", "xanomeline"]
    for folder in ("transforms", "flows", "sql", "schemas"):
        for path in [*(ROOT / folder).rglob("*.py"), *(ROOT / folder).rglob("*.sql")]:
            text = path.read_text(encoding="utf-8").casefold()
            assert not [name for name in names if name.casefold() in text], path
