import pandas as pd
import pytest

from transforms.export.document import Bullets, Heading, Open, Paragraph, Table, numbered
from transforms.export.guides import GuideFacts, adrg, csdrg
from transforms.review.dispositions import DISPOSITION, disposed, stale


def frame(columns, *rows):
    return pd.DataFrame(rows, columns=columns.split())


FINDING = "id rule severity standard dataset variable cause records example words todo source engine"
FOUND = frame(
    FINDING,
    ("aaaaaaaaaa", "TM-CT", "error", "SDTM", "CM", "CMROUTE", "x", 3, "S1-1", "x is no term", "", "", "trialmill"),
    ("bbbbbbbbbb", "CORE-1", "warning", "SDTM", "CM", "EPOCH", None, 8, "S1-1", "EPOCH is blank", "", "", "CORE"),
    ("cccccccccc", "TM-KEY", "error", "ADaM", "ADAE", "AESEQ", None, 1, "S1-2", "two of one key", "", "", "trialmill"),
    ("dddddddddd", "TM-DEF", "note", "Define", "ADAE", None, None, 1, "", "no method", "", "", "trialmill"),
    ("eeeeeeeeee", "TM-DY", "error", "SDTM", "AE", "AEDY", None, 2, "S1-1", "another day", "", "", "trialmill"),
)
SAID = pd.DataFrame(
    [
        ("aaaaaaaaaa", "explain", "The site's word", "DM lead", "2024-04-30"),
        ("bbbbbbbbbb", "waive", "Before consent", "DM lead", "2024-04-30"),
        ("eeeeeeeeee", "fix", None, "Programmer", "2024-04-30"),
        ("ffffffffff", "fix", None, "Programmer", "2024-04-01"),
    ],
    columns=DISPOSITION,
)
DATASET = "standard dataset label class structure keys records subjects rule program inputs efficacy safety baseline"
SQL = ("sql/adam/adae.sql", "sdtm.AE, adam.ADSL")
FACTS = GuideFacts(
    study="S1",
    title="A trial",
    synthetic=True,
    made="2024-05-01T02:00:00+00:00",
    version="1.0",
    snapshot="20240501T020000Z-0123abcd",
    delivery="2024-04-28",
    cutoff=None,
    standards={"SDTMIG": "3.4", "SDTM CT": "2025-03-28", "ADaMIG": "1.3", "ADaM CT": "2025-03-28"},
    sites=2,
    further_numbers=0,
    summary=frame(
        "TSPARMCD TSPARM TSVAL TSVALNF TSVCDREF TSVCDVER",
        ("DOSE", "Dose per Administration", "54", None, None, None),
        ("DOSE", "Dose per Administration", "81", None, None, None),
        ("INDIC", "Trial Disease", "Psoriasis", None, "SNOMED", None),
        ("REGID", "Registry Identifier", None, "NA", None, None),
    ),
    arms=frame(
        "ARMCD ARM TAETORD ETCD ELEMENT TABRANCH TATRANS EPOCH",
        ("A", "Arm A", 1, "T", "Treat", None, None, "TREATMENT"),
    ),
    elements=frame("ETCD ELEMENT TESTRL TEENRL TEDUR", ("T", "Treat", "First dose", None, "P12W")),
    visits=frame("VISITNUM VISIT VISITDY ARMCD TVSTRL TVENRL", (3.5, "WEEK 2", 14.0, None, "2 weeks after", None)),
    criteria=frame("IETESTCD IECAT IETEST", ("INCL01", "INCLUSION", "Aged 18 or more")),
    subjects=frame(
        "arm subjects enrolled treated completed discontinued died",
        ("Arm A", 7, 7, 7, 2, 5, 0),
        ("SCREEN FAILURE", 2, 0, 0, 0, 0, 0),
        ("Total", 9, 7, 7, 2, 5, 0),
    ),
    sources=frame(
        "source form file format received in_forms rejected superseded unused cut",
        ("ae", "AE", "edc_ae.csv", "csv", 1234, 1200, 4, 30, 0, None),
    ),
    outcomes=frame("outcome reason rows sources", ("rejected", "SUBJECT: unknown to the demographics", 4, "ae 4")),
    datasets=frame(
        DATASET,
        ("SDTM", "DM", "Demographics", "SPECIAL PURPOSE", "One record per subject", "USUBJID", 9, 9, "All screened.",
         "dm.py", "edc_dm.csv", False, False, False),
        ("SDTM", "AE", "Adverse Events", "EVENTS", "One record per event", "USUBJID, AETERM", 17, 5,
         "What the EDC holds.", "ae.py", "edc_ae.csv, sae.csv", False, False, False),
        ("ADaM", "ADAE", "Adverse Events Analysis", "OCCURRENCE DATA STRUCTURE", "One record per event",
         "USUBJID, AESEQ", 17, 5, "Days are imputed only here.", *SQL, False, True, False),
        ("ADaM", "ADQS", "Questionnaires", "BASIC DATA STRUCTURE", "One record", "USUBJID", 0, 0, "None.", *SQL,
         True, False, True),
    ),
    qualifiers=frame("dataset qnam label origin records", ("SUPPAE", "AETERMOR", "Original Text", "CRF", 2)),
    tests=frame("dataset category tests records"),
    odd=frame("dataset variable what records example", ("AE", "AESTDTC", "date known in part", 1, "S1-9 AESEQ 1")),
    findings=disposed(FOUND, SAID, "2024-05-01"),
    gone=stale(FOUND, SAID),
    data_findings=frame(
        "rule severity words rows subjects open example", ("CODE", "error", "an unknown code", 1, 1, 1, "ae.csv row 12")
    ),
    checks=frame("rule state reason", ("A", "runs", None), ("B", "off", "not in this trial"), ("C", "runs", None)),
    queries=frame("state queries", ("closed", 2), ("open", 30)),
    corrections=frame("source column reason who when", ("ae", "GRADE", "Typing error", "DM", "2024-04-01")),
    policies=frame("what choice", ("birth date", "year")),
    plan=frame("what choice", ("treatment emergent days", "30")),
    extensions=frame("codelist name terms", ("C100129", "Category of Questionnaire", "PRURITUS VAS")),
    dictionaries=pd.DataFrame([("MedDRA", "27.0", ("ae", "mh"))], columns=["name", "version", "forms"]),
    coded=0,
    core=["STUDYID", "USUBJID"],
    treatment=frame("variable label datasets", ("TRTA", "Actual Treatment", "ADAE")),
    windows=frame(
        "category arm visit number target low high planned", ("(every other)", None, "Week 4", 4.0, 29, 2, 42, None)
    ),
    derived=frame("dataset dtype parameters records", ("ADQS", "LOCF", "PASITOT", 4)),
    parameters=frame("dataset category parameters records"),
    programs=frame(
        "program kind output inputs rule",
        ("sql-adam-adae.txt", "adam", "ADAE", "sdtm.AE, adam.ADSL", "Days are imputed only here."),
        ("sql-tables-ae.txt", "tables", "Overview of Events", "counted.ae", "One row per treatment."),
    ),
    encoding="US-ASCII",
    changed=frame("dataset variable records what", ("AE", "AEACNOTH", 1, "put into English by the study's table")),
)  # fmt: skip


def sections(document):
    return [f"{number} {part.text}" for number, part in numbered(document.parts) if isinstance(part, Heading)]


def table(document, title):
    (found,) = [part for part in document.parts if isinstance(part, Table) and part.title == title]
    return [tuple(row) for row in found.rows]


def words(document):
    said = [part.text for part in document.parts if isinstance(part, Paragraph)]
    return " ".join([*said, *(item for part in document.parts if isinstance(part, Bullets) for item in part.items)])


def test_the_csdrg_has_the_sections_of_the_template():
    assert sections(csdrg(FACTS)) == [
        "1 Introduction",
        "1.1 Purpose",
        "1.2 Acronyms",
        "1.3 Study data standards and dictionary inventory",
        "2 Protocol description",
        "2.1 Protocol number and title",
        "2.2 Protocol design",
        "2.3 Trial design datasets",
        "3 Subject data description",
        "3.1 Overview",
        "3.2 Traceability and data received",
        "3.3 Annotated CRF",
        "3.4 SDTM datasets",
        "3.4.1 DM: Demographics",
        "3.4.2 AE: Adverse Events",
        "3.5 Character set and changes for transport",
        "4 Data conformance summary",
        "4.1 Conformance inputs",
        "4.2 Issues summary",
        "4.3 Findings on the data received",
        "A Inclusion and exclusion criteria",
        "B Legacy data conversion plan and report",
    ]


def test_the_adrg_has_the_sections_of_the_template():
    assert [one for one in sections(adrg(FACTS)) if "." not in one.split()[0]] == [
        "1 Introduction",
        "2 Protocol description",
        "3 Analysis considerations related to multiple analysis datasets",
        "4 Analysis data creation and processing issues",
        "5 Analysis dataset descriptions",
        "6 Data conformance summary",
        "7 Submission of programs",
    ]


def test_findings_of_sdtm_stand_with_what_was_decided():
    assert table(csdrg(FACTS), "Findings and their dispositions") == [
        ("TM-CT\naaaaaaaaaa", "error", "CM.CMROUTE", "3", "x is no term",
         "explained\nThe site's word\n(DM lead, 2024-04-30)"),
        ("CORE-1\nbbbbbbbbbb", "warning", "CM.EPOCH", "8", "EPOCH is blank",
         "waived\nBefore consent\n(DM lead, 2024-04-30)"),
        ("TM-DY\neeeeeeeeee", "error", "AE.AEDY", "2", "another day",
         "promised to be fixed, still there\n(Programmer, 2024-04-30)"),
    ]  # fmt: skip
    said = words(csdrg(FACTS))
    assert (
        "3 findings, one per cause, on 13 records: 1 promised to be fixed, still there; 1 explained; 1 waived." in said
    )
    assert "Promised to be fixed, and still there: TM-DY (eeeeeeeeee)." in said
    assert table(csdrg(FACTS), "Dispositions of findings that are not among these") == [
        ("ffffffffff", "fix", "", "fixed: its finding is gone")
    ]


def test_findings_of_adam_and_of_its_define_xml_stand_in_the_adrg():
    rows = table(adrg(FACTS), "Findings and their dispositions")
    assert [(row[0], row[2], row[5]) for row in rows] == [
        ("TM-KEY\ncccccccccc", "ADAE.AESEQ", "open"),
        ("TM-DEF\ndddddddddd", "ADAE", "open"),
    ]
    assert Open("disposition of 2 findings without one") in adrg(FACTS).parts


def test_without_findings_the_guide_says_so():
    none = FACTS._replace(findings=FACTS.findings.iloc[:0], gone=FACTS.gone.iloc[:0])
    for guide in (csdrg, adrg):
        assert "No rule found anything." in words(guide(none))


def test_the_guides_say_how_the_text_is_encoded_and_what_was_changed():
    assert "Text in the transport files is encoded in US-ASCII." in words(csdrg(FACTS))
    assert table(csdrg(FACTS), "What writing the transport files changed") == [
        ("AE", "AEACNOTH", "1", "put into English by the study's table")
    ]
    assert "Text is encoded in US-ASCII" in words(adrg(FACTS))


def test_each_dataset_says_its_rule_its_sources_and_what_is_odd_about_it():
    said = words(csdrg(FACTS))
    assert "What the EDC holds." in said
    assert "One record per event. 17 records. From edc_ae.csv, sae.csv. SUPPAE: AETERMOR (Original Text, 2)." in said
    assert "AESTDTC: date known in part, 1 record (first: S1-9 AESEQ 1)." in said


def test_values_of_one_trial_summary_parameter_stand_together():
    assert table(csdrg(FACTS), "Trial summary (TS)") == [
        ("Dose per Administration", "DOSE", "54; 81"),
        ("Trial Disease", "INDIC", "Psoriasis"),
        ("Registry Identifier", "REGID", "(NA)"),
    ]


def test_standards_and_dictionaries_have_their_versions():
    assert table(csdrg(FACTS), "Standards and dictionaries") == [
        ("SDTM", "SDTMIG 3.4"),
        ("Controlled terminology (SDTM)", "CDISC SDTM CT 2025-03-28"),
        ("Data definition", "Define-XML 2.1"),
        ("Transport", "SAS transport file, version 5; the same datasets as Dataset-JSON 1.1 beside them"),
        ("Coding dictionary (AE, MH)", "MedDRA 27.0"),
        ("Terminology named in TS", "SNOMED"),
    ]


def test_data_received_are_accounted_for():
    document = csdrg(FACTS)
    assert table(document, "Rows received, by source") == [("ae", "AE", "edc_ae.csv", "1,234", "1,200", "4", "30", "0")]
    assert table(document, "Rows that are in no form, and why") == [
        ("rejected", "SUBJECT: unknown to the demographics", "4", "ae 4")
    ]
    assert table(document, "Edit checks switched off") == [("B", "not in this trial")]
    assert "Edit checks of the data received: 2 run, 1 switched off (section 4.3)." in words(document)
    assert "Queries: 2 closed, 30 open." in words(document)


def test_an_empty_dataset_is_named_and_not_described():
    document = adrg(FACTS)
    assert [row[0] for row in table(document, "Analysis datasets")] == ["ADAE"]
    assert "Without records, and therefore not in the package: ADQS." in words(document)
    assert table(document, "Analysis datasets")[0][3:6] == ("", "X", "")


def test_synthetic_data_say_so_on_every_page():
    assert csdrg(FACTS).warning == adrg(FACTS).warning == "SYNTHETIC DATA"
    assert csdrg(FACTS._replace(synthetic=False)).warning == ""
    assert "SYNTHETIC" not in words(csdrg(FACTS._replace(synthetic=False)))


def test_a_data_cut_is_told():
    cut = csdrg(FACTS._replace(cutoff="2024-03-01"))
    assert "and cut at 2024-03-01" in words(cut)
    assert ("Data cut-off", "2024-03-01") in cut.about


@pytest.mark.parametrize("guide", [csdrg, adrg])
def test_what_only_a_person_can_know_is_short_and_marked(guide):
    left = [part.text for part in guide(FACTS).parts if isinstance(part, Open)]
    assert len(left) >= 4
    assert all(text.startswith("[to be completed by the sponsor: ") and len(text) < 160 for text in left)
