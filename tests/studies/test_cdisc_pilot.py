"""The CDISC pilot, from its raw files by a study file alone, against its published SDTM: every cell counts.

The floors are written by hand; studies/cdisc_pilot/README.md says what is missing from them and why."""

from pathlib import Path

import duckdb
import pytest

from benchmarks.compare import KEYS, advs, comparison, from_sdtm, published
from flows.fingerprint import fingerprint
from flows.study import Request, run_study
from flows.study_file import read_study

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


# --- ADaM

# derived or carried variables that agree in every row
ADSL = [
    *("SAFFL", "TRTSDT", "EOSSTT", "EOSDT", "DTHFL", "DTHDT", "ARM", "ARMCD", "ACTARM", "ACTARMCD", "ARMNRS", "TRT01P"),
    *("AGE", "AGEU", "SEX", "RACE", "ETHNIC", "COUNTRY", "SITEID", "SUBJID"),
]
# the last dose has no end date: dosing goes on here, and ends before that dose in the published ADSL
ENDLESS = ["01-704-1233", "01-705-1031", "01-705-1303", "01-705-1377"]
ADAE = {
    "pharmaverseadam": ["ASTDT", "ASTDTF", "ASTDY", "AENDT", "AENDTF", "AENDY", "TRTEMFL", "AOCCIFL"],
    # starts known by year alone stay missing there
    "cdiscpilotadam": ["AENDT", "AENDY", "TRTEMFL", "AOCCFL", "AOCCSFL", "AOCCPFL"],
}


def test_adsl_from_the_raw_files_is_the_published_one(pilot):
    ours, theirs = pilot.execute("FROM adam.ADSL").df(), published("ADSL", "pharmaverseadam")
    columns = ["USUBJID", *ADSL]
    assert comparison(ours[columns], theirs[columns], ("USUBJID",)).percent == 100
    columns = ["USUBJID", "TRTEDT", "TRTDURD"]
    ours, theirs = (frame.loc[~frame["USUBJID"].isin(ENDLESS), columns] for frame in (ours, theirs))
    assert comparison(ours, theirs, ("USUBJID",)).percent == 100


@pytest.fixture(scope="module")
def from_published(pilot):
    """ADaM built from published SDTM; what was published without the period of a disposition comes from the run."""
    study = read_study(STUDY)
    disposition = pilot.execute("FROM sdtm.DS").df()
    scores = published("QSCO", "cdiscpilotsdtm")
    given = {"dm": published("DM"), "ae": published("AE"), "ex": published("EX"), "ds": disposition}
    given["qs"] = scores.assign(QSLOBXFL=scores["QSBLFL"])
    return from_sdtm(study, given)


@pytest.mark.parametrize("collection", ADAE)
def test_adae_from_the_published_sdtm_is_the_published_one(collection, from_published):
    ours, theirs = from_published["adae"], published("ADAE", collection)
    columns = ["USUBJID", "AESEQ", *ADAE[collection]]
    if collection == "pharmaverseadam":
        ours, theirs = (frame[~frame["USUBJID"].isin(ENDLESS)] for frame in (ours, theirs))
    assert comparison(ours[columns], theirs[columns], ("USUBJID", "AESEQ")).percent == 100


def test_scores_in_windows_are_those_of_the_published_adadas(from_published):
    keys = ("USUBJID", "PARAMCD", "QSSEQ", "DTYPE", "AVISIT")
    same = ["AVISITN", "VISIT", "VISITNUM", "ADT", "ADY", "AVAL", "BASE", "CHG", "PCHG", "ABLFL", "ANL01FL"]
    same += ["AWTARGET", "AWLO", "AWHI"]
    of_baseline = {"AWTARGET": None, "AWLO": None, "AWHI": None}  # the baseline record has no window here
    decimals = {"CHG": 6, "PCHG": 6}  # published with binary noise
    ours = from_published["adqs"].rename(columns={"SRCSEQ": "QSSEQ"})[[*keys, *same]]
    theirs = published("ADADAS", "cdiscpilotadam")[[*keys, *same]]
    theirs.loc[theirs["AVISITN"] == 0, list(of_baseline)] = None
    # an item that was not done has no record here; a carried score is looked at below
    seen, done = ours[ours["DTYPE"].isna()], theirs[theirs["DTYPE"].isna() & theirs["AVAL"].notna()]
    windowed = seen[seen["AVISIT"].notna()]
    found = comparison(windowed.round(decimals), done.round(decimals), keys)
    assert (found.matched, found.missing) == (len(done), 0)
    assert found.percent == 100
    # carried: published from the last score of any kind, here from the last one that was analysed (ANL01FL)
    carried = comparison(
        ours[ours["DTYPE"] == "LOCF"].round(decimals), theirs[theirs["DTYPE"] == "LOCF"].round(decimals), keys
    )
    assert carried.matched > carried.missing
    assert carried.differences.empty


# variable -> cells that differ, of the 65,024 records that both have; README.md says why
ADVS = {
    "ASEQ": 1069,
    "TRTEDT": 944,
    "PARAM": 8578,
    "CHG": 6053,
    "PCHG": 6053,
    "ANL01FL": 432,
    "ONTRTFL": 504,
    "VSPOS": 8772,
    "VSSTRESU": 33310,
}


def test_vital_signs_from_the_published_sdtm_are_those_of_the_published_advs():
    found = advs(read_study(STUDY))
    different = found.differences
    assert (found.matched, found.missing, found.extra) == (65024, 8, 48)
    assert different["variable"].value_counts().to_dict() == ADVS
    # change: published for analysis visits only; where it is published it is the same
    assert different.loc[different["variable"].isin(["CHG", "PCHG"]), "published"].isna().all()
    # on treatment: only where the last dose has no end
    flags = different[different["variable"].isin(["ANL01FL", "ONTRTFL", "TRTEDT"])]
    assert set(flags["USUBJID"]) == set(ENDLESS)


def test_vital_signs_are_those_of_the_other_published_advs_too():
    ours = from_sdtm(read_study(STUDY), {name: published(name) for name in ("dm", "ex", "ds", "vs")})["advs"]
    ours = ours[ours["SRCSEQ"].notna() & ours["DTYPE"].isna()].rename(columns={"SRCSEQ": "VSSEQ"})
    theirs = published("ADVS", "cdiscpilotadam")
    theirs = theirs[theirs["AVISIT"].ne("End of Treatment")]  # a copy without a mark of its own: DTYPE LOV here
    keys = ("USUBJID", "PARAMCD", "VSSEQ")
    names = [*keys, "ADT", "ADY", "AVISIT", "AVISITN", "ATPT", "ATPTN", "AVAL", "VISIT", "VISITNUM", "PARAM", "PARAMN"]
    found = comparison(ours[names], theirs[names], keys)
    assert (found.missing, found.extra) == (8, 0)  # NOT DONE
    assert found.differences.empty
    # baseline: there that of visit BASELINE alone, here the last value before the first dose
    based = theirs[theirs["CHG"].notna() & theirs["AVISITN"].gt(0)]
    names = [*keys, "BASE", "CHG", "PCHG"]
    decimals = {"BASE": 6, "CHG": 6, "PCHG": 6}
    found = comparison(ours[names].round(decimals), based[names].round(decimals), keys)
    assert (found.missing, len(found.differences)) == (0, 0)


def test_the_only_finding_beside_edit_checks_is_the_event_that_was_sent_twice(pilot):
    asked = "SELECT rule, file, row FROM meta.findings ANTI JOIN meta.checks USING (rule)"
    assert pilot.execute(asked).fetchall() == [("DUPLICATE", "2015-03-31/ae_raw.csv", 560)]


def test_edit_checks_find_what_is_known_of_the_published_data(pilot):
    asked = "SELECT rule, count(*) FROM meta.findings SEMI JOIN meta.checks USING (rule) GROUP BY rule"
    found = dict(pilot.execute(asked).fetchall())
    # a fatal myocardial infarction that is not serious, events that ended and go on, screen failures without consent
    assert found == {
        "AE-BEFORE-CONSENT": 33,
        "AE-CAUSALITY-MISSING": 4,
        "AE-CRITERION-NOT-SERIOUS": 33,
        "AE-END-WITHOUT-RECOVERY": 250,
        "AE-FATAL-NOT-SERIOUS": 3,
        "AE-OVERLAP": 252,
        "AE-RELATED-BEFORE-DOSE": 1,
        "AE-START-MISSING": 15,
        "DM-CONSENT-MISSING": 52,
        "SV-AFTER-DEATH": 1,
        "SV-AFTER-DISPOSITION": 36,
        "SV-OUT-OF-WINDOW": 62,
        "SV-TWO-ON-ONE-DAY": 1,
    }
    states = "SELECT state, reason FROM meta.checks WHERE rule = 'SV-MISSING'"
    assert pilot.execute(states).fetchall() == [("off", "most visits have no form among the published raw files")]


def test_no_code_knows_the_name_of_a_study():
    names = [path.name for path in (ROOT / "studies").iterdir()] + ["CDISCPILOT", "ADMSCPSO", "xanomeline"]
    for folder in ("transforms", "flows", "sql", "schemas"):
        for path in [*(ROOT / folder).rglob("*.py"), *(ROOT / folder).rglob("*.sql")]:
            text = path.read_text(encoding="utf-8").casefold()
            assert not [name for name in names if name.casefold() in text], path
