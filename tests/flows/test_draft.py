"""`trialmill new`: the draft of a study against the study file that a person wrote for the same exports."""

import json
import tomllib
import zipfile
from pathlib import Path

import pytest

from flows.cli import main
from flows.draft import dialect, encoding_of, new_study, pattern
from flows.study_file import study_schema

ROOT = Path(__file__).parents[2]
PSORIASIS = ROOT / "studies" / "admsc_psoriasis"
PILOT = ROOT.parent / "shared" / "cdiscpilot" / "raw"


def mappings(file: Path) -> set[tuple]:
    """File, form column or item, and raw column."""
    found = set()
    for source in tomllib.loads(file.read_text(encoding="utf-8"))["sources"].values():
        blocks = [source.get("columns", {}), source.get("items", {}), *source.get("records", [])]
        for name, given in (pair for block in blocks for pair in block.items()):
            raw = given.get("column", []) if isinstance(given, dict) else given
            found |= {(source["file"], name, one) for one in ([raw] if isinstance(raw, str) else raw)}
    return found


def share(draft: Path, truth: Path) -> float:
    wanted = mappings(truth)
    return len(wanted & mappings(draft)) / len(wanted)


@pytest.fixture(scope="module")
def psoriasis(tmp_path_factory) -> Path:
    study = tmp_path_factory.mktemp("new") / "psoriasis"
    new_study(study, PSORIASIS / "raw")
    return study


def test_nearly_all_columns_of_the_psoriasis_exports_are_mapped_as_by_hand(psoriasis):
    assert share(psoriasis / "study.toml", PSORIASIS / "study.toml") >= 0.95


def test_how_the_psoriasis_files_are_written_is_found(psoriasis):
    drafted = tomllib.loads((psoriasis / "study.toml").read_text(encoding="utf-8"))["sources"]
    truth = tomllib.loads((PSORIASIS / "study.toml").read_text(encoding="utf-8"))["sources"]
    by_file = {source["file"]: source for source in drafted.values()}
    for source in truth.values():
        found = by_file[source["file"]]
        for key in ("form", "format", "encoding", "delimiter", "sheet", "header_row", "mode", "date_order"):
            assert found.get(key) == source.get(key), (source["file"], key)
        assert set(source.get("identifying", ())) == set(found.get("identifying", ()))
        assert found.get("updated") == source.get("updated")
    assert by_file["diary_vas.csv"]["decimal"] == ","
    assert "-97" in by_file["diary_dlqi.csv"]["missing"]


def test_the_pilot_is_drafted_as_by_hand(tmp_path):
    truth = ROOT / "studies" / "cdisc_pilot" / "study.toml"
    if not (PILOT.is_dir() and truth.is_file()):
        pytest.skip("../shared/cdiscpilot/raw or studies/cdisc_pilot is absent")
    new_study(tmp_path / "pilot", PILOT)
    assert share(tmp_path / "pilot" / "study.toml", truth) >= 0.8


def test_check_lists_what_a_draft_leaves_open(psoriasis, capsys):
    assert main(["check", str(psoriasis), "--source", str(PSORIASIS / "raw"), "--json"]) == 2
    said = json.loads(capsys.readouterr().out)
    wrong = {(one["file"], one["place"], one["message"]) for one in said["study"]}
    assert ("study.toml", "study.title", "is still to be decided (DECIDE)") in wrong
    assert any(file == "codes.csv" and "男" in message for file, _, message in wrong)
    assert any(file == "summary.csv" and place == "TITLE" for file, place, _ in wrong)
    assert any("which version" in one["message"] for one in said["open"])


def test_a_draft_overwrites_nothing(psoriasis, capsys):
    before = (psoriasis / "study.toml").read_bytes()
    assert main(["new", str(psoriasis), "--from", str(PSORIASIS / "raw")]) == 2
    assert "is there already" in capsys.readouterr().err
    assert (psoriasis / "study.toml").read_bytes() == before


def test_a_folder_without_exports_is_bad_use(tmp_path, capsys):
    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "note.txt").write_text("no table")
    assert main(["new", str(tmp_path / "study"), "--from", str(tmp_path / "from")]) == 2
    assert "no export was found" in capsys.readouterr().err
    assert not (tmp_path / "study").exists()


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"\xef\xbb\xbfSITE", "utf-8-sig"),
        ("SITE,男".encode("utf-16"), "utf-16"),
        ("SITE,男".encode(), "utf-8"),
        ("序号,中心编号".encode("gb18030"), "gb18030"),
        ("Müdigkeit,Kopfschmerz nach Fußballspiel".encode("cp1252"), "cp1252"),
    ],
)
def test_an_encoding_is_what_is_strictly_possible(content, encoding):
    assert encoding_of(content)[0] == encoding


def test_an_encoding_that_is_only_likely_is_left_to_a_person():
    assert encoding_of("序号,中心编号".encode("gb18030"))[1].startswith("DECIDE: byte 1 is not UTF-8")


def test_the_decimal_mark_is_the_one_that_numbers_have(tmp_path):
    (tmp_path / "vas.csv").write_text("site;itch\n01;64,9\n01;52,3\n")
    keys, _ = dialect(tmp_path / "vas.csv")
    assert (keys["delimiter"][0], keys["decimal"]) == (";", (",", "2 numbers have it"))


def test_a_zip_is_looked_into(tmp_path):
    (tmp_path / "2020-03-01").mkdir()
    with zipfile.ZipFile(tmp_path / "2020-03-01" / "export_20200301.zip", "w") as archive:
        archive.writestr("ae.csv", "SITE,SUBJECT,EVENT,START_DATE\n01,001,Fever,16 DEC 2019\n")
    new_study(tmp_path / "study", tmp_path)
    (source,) = tomllib.loads((tmp_path / "study" / "study.toml").read_text())["sources"].values()
    assert (source["file"], source["form"]) == ("export_*.zip/ae.csv", "ae")


def test_each_group_of_items_of_an_odm_file_is_a_source(tmp_path):
    (tmp_path / "2020-03-01").mkdir()
    items = "".join(
        f'<ItemData ItemOID="IT.{name}" Value="{value}"/>'
        for name, value in (("AETERM", "Fever"), ("AESTDAT", "2019-12-16"), ("AESER", "N"))
    )
    (tmp_path / "2020-03-01" / "odm.xml").write_text(
        '<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" FileType="Transactional" ODMVersion="1.3.2">'
        '<ClinicalData StudyOID="S" MetaDataVersionOID="1"><SubjectData SubjectKey="001"><SiteRef LocationOID="01"/>'
        '<StudyEventData StudyEventOID="V1"><FormData FormOID="AE"><ItemGroupData ItemGroupOID="AE" '
        f'ItemGroupRepeatKey="1" TransactionType="Insert">{items}</ItemGroupData></FormData></StudyEventData>'
        "</SubjectData></ClinicalData></ODM>"
    )
    new_study(tmp_path / "study", tmp_path)
    (source,) = tomllib.loads((tmp_path / "study" / "study.toml").read_text())["sources"].values()
    assert (source["form"], source["itemgroup"], source["mode"]) == ("ae", "AE", "transactional")
    assert source["columns"]["SUBJID"] == "SubjectKey" and source["columns"]["AETERM"] == "IT.AETERM"


def test_a_date_in_a_file_name_is_not_part_of_it():
    assert pattern("lab_20200301.csv") == pattern("lab_20200401.csv") == "lab_*.csv"


def test_the_published_schema_is_the_one_of_the_code():
    assert (ROOT / "docs" / "study.schema.json").read_text(encoding="utf-8") == study_schema(), (
        "python -m flows.study_file > docs/study.schema.json"
    )


@pytest.mark.parametrize("study", sorted(path.parent.name for path in ROOT.glob("studies/*/study.toml")))
def test_every_study_fits_the_schema(study):
    validator = pytest.importorskip("jsonschema").Draft202012Validator(json.loads(study_schema()))
    given = tomllib.loads((ROOT / "studies" / study / "study.toml").read_text(encoding="utf-8"))
    assert [error.message for error in validator.iter_errors(given)] == []
    wrong = given | {"polices": {}}
    assert not validator.is_valid(wrong)
