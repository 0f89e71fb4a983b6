"""The guides of the psoriasis study: what they say is what the snapshot holds."""

import io
from pathlib import Path

import docx
import pandas as pd
import pypdf
import pytest

from flows import warehouse
from flows.conform import FINDING
from flows.guides import guide_facts, write_guides
from flows.reading import opened

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"
NO_FINDINGS = pd.DataFrame(columns=FINDING)


@pytest.fixture(scope="module")
def facts(published):
    with opened(published, warehouse.snapshot(published), STUDY) as snapshot:
        return guide_facts(snapshot, NO_FINDINGS, programs={"sql/adam/adsl.sql": "sql-adam-adsl.txt"})


@pytest.fixture(scope="module")
def guides(facts, tmp_path_factory):
    folder = tmp_path_factory.mktemp("guides")
    write_guides(facts, folder, folder)
    return folder


def rows(frame, *columns):
    return list(frame[list(columns)].itertuples(index=False, name=None))


def test_subjects_are_counted_by_arm(facts):
    assert rows(facts.subjects, "arm", "subjects", "enrolled", "treated", "completed", "discontinued", "died") == [
        ("AD-MSC 0.5 x 10^6 cells/kg", 7, 7, 7, 2, 5, 0),
        ("SCREEN FAILURE", 2, 0, 0, 0, 0, 0),
        ("Total", 9, 7, 7, 2, 5, 0),
    ]
    assert facts.sites == 1


def test_planted_defects_are_told_with_the_place_to_look(facts):
    told = {(one.dataset, one.variable, one.what): (one.records, one.example) for one in facts.odd.itertuples()}
    assert told["AE", "AESTDTC", "date known in part"] == (1, "ADMSCPSO-01-009 AESEQ 1")
    assert told["MH", "MHDECOD", "not coded"] == (1, "ADMSCPSO-01-002 MHSEQ 1")
    assert told["SV", "VISIT", "unscheduled visit"] == (1, "ADMSCPSO-01-006")
    unused = "no standard result, where one was collected that could not be used"
    assert told["QS", "QSSTRESC", unused][0] == 2
    assert told["RS", "RSSTRESC", unused][0] == 1
    assert told["DM", "BRTHDTC", "date known in part"] == (9, "ADMSCPSO-01-001")  # the study keeps the year alone


def test_rows_and_findings_are_those_of_the_run(facts):
    accounts = {one.source: (one.received, one.in_forms, one.rejected) for one in facts.sources.itertuples()}
    assert accounts["cm"] == (51, 17, 1)
    assert ("rejected", "SUBJECT: unknown to the demographics", 1, "pruritus 1") in rows(
        facts.outcomes, "outcome", "reason", "rows", "sources"
    )
    found = {one.rule: (one.rows, one.open) for one in facts.data_findings.itertuples() if one.rule != "DUPLICATE"}
    assert found["CODING"] == (3, 3)
    assert found["DELETED"] == (1, 0)  # a note asks nothing
    assert facts.data_findings["severity"].drop_duplicates().tolist() == ["error", "warning", "note"]


def test_datasets_say_what_they_are_made_from(facts):
    made = facts.datasets.set_index("dataset")
    assert made.loc["AE", "inputs"] == "edc_ae.csv, sae_listing.csv"
    assert made.loc["ADTTE", "inputs"] == "adam.ADQS, adam.ADSL"
    assert made.loc["ADSL", "program"] == "sql-adam-adsl.txt"
    assert made.loc["ADAE", "program"] == "sql/adam/adae.sql"
    marks = {name: tuple(made.loc[name, ["efficacy", "safety", "baseline"]]) for name in made.index if name[:2] == "AD"}
    assert marks == {
        "ADSL": (False, False, True),
        "ADAE": (False, True, False),
        "ADEX": (False, True, False),
        "ADQS": (True, False, True),
        "ADVS": (False, True, True),
        "ADTTE": (True, False, False),
    }
    assert {"STUDYID", "USUBJID", "SAFFL"} <= set(facts.core)
    assert rows(facts.derived, "dataset", "dtype", "records") == [("ADQS", "LOCF", 19), ("ADQS", "NRI", 64)]


def test_a_guide_is_written_as_pdf_and_as_word_file(guides):
    assert sorted(path.name for path in guides.iterdir()) == ["adrg.docx", "adrg.pdf", "csdrg.docx", "csdrg.pdf"]
    text = "".join(page.extract_text() for page in pypdf.PdfReader(guides / "csdrg.pdf").pages)
    assert "SDTM holds all 9 subjects of 1 site who were screened" in " ".join(text.split())
    word = docx.Document(io.BytesIO((guides / "adrg.docx").read_bytes()))
    assert any("One record per subject: all who were screened" in one.text for one in word.paragraphs)


def test_the_same_snapshot_gives_the_same_bytes(guides, facts, tmp_path):
    write_guides(facts, tmp_path, tmp_path)
    for path in guides.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_no_path_of_this_machine_is_in_a_guide(guides):
    for path in guides.glob("*.pdf"):
        text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        assert str(Path.home()) not in text and str(STUDY.parents[1]) not in text
