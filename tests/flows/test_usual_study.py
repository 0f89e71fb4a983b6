"""A whole run of a study that has what most studies have: laboratory, ECG, doses as recorded, clinical events,
procedures, characteristics, comments; a subject who was screened twice and one who moved to another site.

Site 01 screened 001, failed her, and screened her again as 007; then she moved to site 02 as 020. 002 stayed.
"""

import csv
from pathlib import Path

import duckdb
import pytest

from tests.conftest import STUDY as PSORIASIS
from tests.conftest import run

DAY = "2020-07-01"
STUDY_TOML = """
[study]
id = "USUAL"
title = "A usual study"
synthetic = true
sdtmig = "3.4"
sdtm_ct = "2025-03-28"
adamig = "1.3"
adam_ct = "2025-03-28"

[policies]
usubjid = "study-site-subject"
reference_start = "first_exposure"
reference_end = "last_exposure"
participation_end = "day"
without_arm = {}
reported_terms = "as_collected"
visits_in = ["ec"]
untimed_on_first_dose_day = "before_dose"
birth_date = "year"
dlqi_missing_item = "all_items_required"
lab_units = "si"
ex_from_ec = "constant_dosing"
comment_variables = 2

[drift]
new_column = "stop"
missing_column = "stop"
renamed_column = "stop"
retyped_column = "stop"
new_code = "accept"
date_format = "stop"

[analysis]
treatment_emergent_days = 30
unknown_ae_start = "treatment_emergent"

[[doses]]
visit = "DAY 1"
treatment = "STUDY DRUG"
dose = 100
unit = "mg"

[extensions]
C66788 = ["ISO 3166-1 alpha-3", "ISO 8601"]

[codelists]
"""
SOURCES = {
    "dm": ("dm", "RFICDAT = 'CONSENT'\nARMCD = { column = 'ARM', codes = 'arm' }\nBRTHDAT = 'BORN'\n"
           "SEX = { column = 'SEX', codes = 'sex' }\nRACE = { value = 'ASIAN' }\nCOUNTRY = { value = 'CHN' }\n", []),
    "ec": ("ec", "ECSPID = 'ID'\nVISIT = { column = 'VISIT', codes = 'visit' }\nECTRT = { value = 'STUDY DRUG' }\n"
           "ECPRESP = { value = 'Y' }\nECOCCUR = { column = 'TAKEN', codes = 'yesno' }\nECREASOC = 'WHY'\n"
           "ECDOSE = 'TABLETS'\nECDOSU = { value = 'TABLET' }\nECDOSFRM = { value = 'TABLET' }\n"
           "ECDOSFRQ = { value = 'QD' }\nECROUTE = { value = 'ORAL' }\nECPSTRG = { value = '50' }\n"
           "ECPSTRGU = { value = 'mg' }\nECSTDAT = 'FROM'\nECENDAT = 'TO'\n", ["ECSPID"]),
    "lb": ("lb", "VISIT = { column = 'VISIT', codes = 'visit' }\nLBDAT = 'DRAWN'\n"
           "LBTESTCD = { column = 'TEST', codes = 'lab' }\nLBCAT = { value = 'CHEMISTRY' }\n"
           "LBORRES = 'RESULT'\nLBORRESU = { column = 'UNIT', codes = 'unit' }\nLBORNRLO = 'LOW'\nLBORNRHI = 'HIGH'\n"
           "COMMENT = 'REMARK'\n", ["VISIT", "LBDAT", "LBTESTCD"]),
    "eg": ("eg", "VISIT = { column = 'VISIT', codes = 'visit' }\nEGDAT = 'DONE'\n"
           "EGTESTCD = { column = 'TEST', codes = 'ecg' }\nEGORRES = 'RESULT'\n"
           "EGORRESU = { column = 'UNIT', codes = 'unit' }\n", ["VISIT", "EGTESTCD"]),
    "ce": ("ce", "CESPID = 'ID'\nCETERM = 'EVENT'\nCEPRESP = { value = 'Y' }\n"
           "CEOCCUR = { column = 'HAD', codes = 'yesno' }\nCEDAT = 'ASKED'\nCESTDAT = 'BEGAN'\n", ["CESPID"]),
    "pr": ("pr", "PRSPID = 'ID'\nPRTRT = 'WHAT'\nPRINDC = 'FOR'\nPRSTDAT = 'BEGAN'\n", ["PRSPID"]),
    "sc": ("sc", "SCTESTCD = { value = 'EDULEVEL' }\nSCDAT = 'ASKED'\nSCORRES = 'SCHOOL'\n", []),
    "co": ("co", "COVAL = 'TEXT'\nCODAT = 'WRITTEN'\nCOREF = 'PAGE'\n", ["COVAL"]),
    "ds": ("ds", "DSTERM = 'TERM'\nDSDECOD = { column = 'TERM', codes = 'end' }\n"
           "DSCAT = { value = 'DISPOSITION EVENT' }\nEPOCH = { column = 'PERIOD', codes = 'period' }\n"
           "DSSTDAT = 'ON_DAY'\n", ["EPOCH"]),
}  # fmt: skip
LISTS = {
    "arm": {"A": "ACT", "SF": "SCREEN FAILURE"},
    "sex": {"F": "F", "M": "M"},
    "yesno": {"Y": "Y", "N": "N"},
    "visit": {"SCR": "SCREENING", "D1": "DAY 1", "W4": "WEEK 4", "UNS": "UNSCHEDULED"},
    "lab": {"ALT": "ALT", "CREA": "CREAT", "HCG": "HCG"},
    "ecg": {"QTCF": "QTCFAG", "INTERP": "INTP"},
    "unit": {"U/L": "U/L", "mg/dL": "mg/dL", "ms": "ms"},
    "end": {"Completed": "COMPLETED", "Screen failure": "SCREEN FAILURE"},
    "period": {"S": "SCREENING", "T": "TREATMENT"},
}
TABLES = {
    "visits": "VISITNUM,VISIT,VISITDY,EPOCH,TVSTRL\n1,SCREENING,-7,SCREENING,Consent\n2,DAY 1,1,TREATMENT,First dose\n"
    "3,WEEK 4,29,TREATMENT,4 weeks\n",
    "arms": "ARMCD,ARM,TAETORD,ETCD,ELEMENT,EPOCH\nACT,Active,1,SCREEN,Screening,SCREENING\n"
    "ACT,Active,2,TREAT,Treatment,TREATMENT\n",
    "elements": "ETCD,ELEMENT,TESTRL,TEENRL,STARTS_WITH\nSCREEN,Screening,Consent,First dose,informed_consent\n"
    "TREAT,Treatment,First dose,Last visit,first_exposure\n",
    "criteria": "IETESTCD,IETEST,IECAT\nINCL01,Adult,INCLUSION\n",
    "persons": "SITEID,SUBJID,OF_SITEID,OF_SUBJID,WHY\n01,001,01,007,rescreened\n02,020,01,007,transferred\n",
}
RAW = {
    "dm": """SITE,SUBJ,CONSENT,ARM,BORN,SEX
01,001,15 JAN 2020,SF,2 MAR 1980,F
01,007,1 MAR 2020,A,2 MAR 1980,F
02,020,1 MAR 2020,A,2 MAR 1980,F
01,002,2 MAR 2020,A,1970,M
""",
    # 007: two tablets a day from day 1; one interval; a missed day; at site 02 one tablet a day
    "ec": """SITE,SUBJ,ID,VISIT,TAKEN,WHY,TABLETS,FROM,TO
01,007,1,D1,Y,,2,10 MAR 2020,16 MAR 2020
01,007,2,UNS,Y,,2,17 MAR 2020,23 MAR 2020
01,007,3,UNS,N,Forgotten,,24 MAR 2020,24 MAR 2020
02,020,1,UNS,Y,,1,25 MAR 2020,7 APR 2020
01,002,1,D1,Y,,2,9 MAR 2020,6 APR 2020
""",
    "lb": """SITE,SUBJ,VISIT,DRAWN,TEST,RESULT,UNIT,LOW,HIGH,REMARK
01,001,UNS,16 JAN 2020,ALT,90,U/L,5,40,
01,007,SCR,3 MAR 2020,ALT,30,U/L,5,40,
01,007,D1,10 MAR 2020,ALT,35,U/L,5,40,Haemolytic
02,020,W4,7 APR 2020,ALT,<5,U/L,5,40,
01,007,SCR,3 MAR 2020,CREA,1.0,mg/dL,0.6,1.2,
01,002,D1,9 MAR 2020,ALT,41,U/L,5,40,
01,002,W4,6 APR 2020,ALT,ND,U/L,,,
""",
    "eg": """SITE,SUBJ,VISIT,DONE,TEST,RESULT,UNIT
01,007,D1,10 MAR 2020,QTCF,410,ms
02,020,W4,7 APR 2020,QTCF,455,ms
01,007,D1,10 MAR 2020,INTERP,Normal,
""",
    "ce": """SITE,SUBJ,ID,EVENT,HAD,ASKED,BEGAN
01,007,1,Fall,Y,7 APR 2020,UN MAR 2020
01,002,1,Fall,N,6 APR 2020,
""",
    "pr": "SITE,SUBJ,ID,WHAT,FOR,BEGAN\n01,002,1,Chest X-ray,Cough,20 MAR 2020\n",
    "sc": "SITE,SUBJ,ASKED,SCHOOL\n01,007,1 MAR 2020,Secondary school\n",
    "co": "SITE,SUBJ,TEXT,WRITTEN,PAGE\n01,002,Came late,9 MAR 2020,p. 12\n02,020,Has moved,29 MAR 2020,\n",
    "ds": """SITE,SUBJ,TERM,PERIOD,ON_DAY
01,001,Screen failure,S,20 JAN 2020
02,020,Completed,T,7 APR 2020
01,002,Completed,T,6 APR 2020
""",
}


def study_folder(folder: Path) -> Path:
    (folder / "raw" / DAY).mkdir(parents=True)
    text = STUDY_TOML + "".join(f"{name} = {list(codes)}\n" for name, codes in LISTS.items())
    for name, (form, columns, key) in SOURCES.items():
        text += (
            f'[sources.{name}]\nform = "{form}"\nfile = "{name}.csv"\nformat = "csv"\nencoding = "utf-8"\n'
            f'delimiter = ","\ndecimal = "."\nmode = "cumulative"\nkey = {["SITEID", "SUBJID", *key]}\n'
            f'date_order = "dmy"\nmissing = {{ "ND" = "" }}\n'
            f"[sources.{name}.columns]\nSITEID = 'SITE'\nSUBJID = 'SUBJ'\n{columns}\n"
        )
        (folder / "raw" / DAY / f"{name}.csv").write_text(RAW[name], encoding="utf-8")
    (folder / "study.toml").write_text(text, encoding="utf-8")
    for name, table in TABLES.items():
        (folder / f"{name}.csv").write_text(table, encoding="utf-8")
    codes = [(name, code, term) for name, terms in LISTS.items() for code, term in terms.items()]
    with (folder / "codes.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("codelist", "code", "term"), *codes])
    summary = (PSORIASIS / "summary.csv").read_text(encoding="utf-8")
    for old, new in (
        ("DOSE,0.5,", "DOSE,100,"),
        ("DOSU,10^6/kg,,C198380", "DOSU,mg,,C28253"),
        ('DOSFRM,"INJECTION, SUSPENSION",,C42995', "DOSFRM,TABLET,,C42998"),
        ("DOSFRQ,EVERY 4 WEEKS,,C64529", "DOSFRQ,QD,,C25473"),
        ("ROUTE,INTRAVENOUS,,C38276", "ROUTE,ORAL,,C38288"),
    ):
        assert old in summary, old
        summary = summary.replace(old, new)
    (folder / "summary.csv").write_text(summary, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    study = study_folder(tmp_path_factory.mktemp("usual"))
    warehouse = tmp_path_factory.mktemp("warehouse")
    run(study, warehouse)
    with duckdb.connect(warehouse / "USUAL" / "USUAL.duckdb", read_only=True) as con:
        yield con


def rows(con, query: str) -> list[tuple]:
    return con.execute(query).fetchall()


HER, HIM = "USUAL-01-007", "USUAL-01-002"


def test_every_row_is_accounted_for_and_only_what_was_sent_is_there(usual):
    accounts = rows(usual, "SELECT source, received, in_forms, rejected, superseded FROM meta.accounts ORDER BY source")
    assert accounts == [
        (name, number, number, 0, 0) for name, number in zip(sorted(SOURCES), (2, 2, 4, 3, 5, 3, 7, 1, 1), strict=True)
    ]
    assert rows(usual, "SELECT rule FROM meta.findings WHERE severity = 'error'") == []


def test_a_person_with_three_numbers_is_one_subject(usual):
    assert rows(usual, "SELECT USUBJID, SITEID, SUBJID, RFICDTC, RFXSTDTC, RFXENDTC, ARMCD, AGE FROM sdtm.DM") == [
        (HIM, "01", "002", "2020-03-02", "2020-03-09", "2020-04-06", "ACT", None),  # born in 1970: 49 or 50
        (HER, "01", "007", "2020-03-01", "2020-03-10", "2020-04-07", "ACT", 39),
    ]
    assert dict(rows(usual, "SELECT QNAM, QVAL FROM sdtm.SUPPDM")) == {
        "PSUBJID1": "001", "PSITEID1": "01", "PRFICD1": "2020-01-15", "PARMNR1": "SCREEN FAILURE",
        "PSUBJID2": "020", "PSITEID2": "02", "PRFICD2": "2020-03-01",
    }  # fmt: skip
    # what was collected under another number says under which
    assert rows(usual, "SELECT IDVARVAL, QNAM, QVAL FROM sdtm.SUPPLB ORDER BY ALL") == [
        ("1", "SUBJID", "001"),
        ("4", "SITEID", "02"),
        ("4", "SUBJID", "020"),
    ]
    assert rows(usual, "SELECT DSDECOD, DSSTDTC, DSSTDY FROM sdtm.DS WHERE USUBJID = 'USUAL-01-007'") == [
        ("SCREEN FAILURE", "2020-01-20", -50),
        ("COMPLETED", "2020-04-07", 29),
    ]


def test_exposure_follows_from_the_doses_recorded(usual):
    assert rows(usual, "SELECT ECSPID, ECOCCUR, ECREASOC, ECDOSE, ECSTDTC FROM sdtm.EC WHERE USUBJID LIKE '%007'") == [
        ("1", "Y", None, 2, "2020-03-10"),
        ("2", "Y", None, 2, "2020-03-17"),
        ("3", "N", "Forgotten", None, "2020-03-24"),
        ("1", "Y", None, 1, "2020-03-25"),
    ]
    # two weeks of 2 x 50 mg without a gap are one interval; the missed day and the half dose begin another
    assert rows(usual, "SELECT USUBJID, EXDOSE, EXDOSU, EXSTDTC, EXENDTC, EXSTDY, EXENDY FROM sdtm.EX") == [
        (HIM, 100, "mg", "2020-03-09", "2020-04-06", 1, 29),
        (HER, 100, "mg", "2020-03-10", "2020-03-23", 1, 14),
        (HER, 50, "mg", "2020-03-25", "2020-04-07", 16, 29),
    ]
    sums = "SELECT USUBJID, PARAMCD, AVAL FROM adam.ADEX WHERE PARAMCD IN ('NDOSES', 'CUMDOSE') ORDER BY ALL"
    assert rows(usual, sums) == [
        (HIM, "CUMDOSE", 2900),  # 29 days of 100 mg
        (HIM, "NDOSES", 29),
        (HER, "CUMDOSE", 2100),  # 14 days of 100 mg and 14 of 50 mg
        (HER, "NDOSES", 28),
    ]


def test_laboratory_results_are_in_standard_units_with_their_range(usual):
    columns = "LBTESTCD, VISIT, LBORRES, LBSTRESC, LBSTRESN, LBSTRESU, LBNRIND, LBSTAT, LBLOBXFL"
    assert rows(usual, f"SELECT {columns} FROM sdtm.LB ORDER BY USUBJID, LBSEQ") == [
        ("ALT", "DAY 1", "41", "41", 41, "U/L", "HIGH", None, "Y"),
        ("ALT", "WEEK 4", None, None, None, None, None, "NOT DONE", None),
        ("ALT", "UNSCHEDULED 0.01", "90", "90", 90, "U/L", "HIGH", None, None),  # of the earlier screening
        ("ALT", "SCREENING", "30", "30", 30, "U/L", "NORMAL", None, None),
        ("ALT", "DAY 1", "35", "35", 35, "U/L", "NORMAL", None, "Y"),  # untimed, on the day of the first dose
        ("ALT", "WEEK 4", "<5", "<5", None, "U/L", "LOW", None, None),
        ("CREAT", "SCREENING", "1.0", "88.4017", 88.4017, "umol/L", "NORMAL", None, "Y"),  # 1 mg/dL / 113.12 g/mol
    ]


def test_ecg_events_procedures_and_characteristics(usual):
    assert rows(usual, "SELECT EGTESTCD, VISIT, EGSTRESC, EGSTRESN, EGLOBXFL FROM sdtm.EG ORDER BY EGSEQ") == [
        ("INTP", "DAY 1", "NORMAL", None, "Y"),
        ("QTCFAG", "DAY 1", "410", 410, "Y"),
        ("QTCFAG", "WEEK 4", "455", 455, None),
    ]
    assert rows(usual, "SELECT CETERM, CEPRESP, CEOCCUR, CESTDTC, CEDY, EPOCH FROM sdtm.CE") == [
        ("Fall", "Y", "N", None, 29, "TREATMENT"),
        ("Fall", "Y", "Y", "2020-03", 29, None),  # in March: during screening or during treatment
    ]
    assert rows(usual, "SELECT PRTRT, PRINDC, PRSTDTC, PRSTDY FROM sdtm.PR") == [
        ("Chest X-ray", "Cough", "2020-03-20", 12)
    ]
    assert rows(usual, "SELECT SCTESTCD, SCORRES, SCDY, EPOCH FROM sdtm.SC") == [
        ("EDULEVEL", "Secondary school", -9, "SCREENING")
    ]


def test_comments_are_attached_to_their_record_or_stand_alone(usual):
    assert rows(usual, "SELECT USUBJID, RDOMAIN, IDVAR, IDVARVAL, COREF, COVAL, CODY FROM sdtm.CO") == [
        (HIM, None, None, None, "p. 12", "Came late", 1),
        (HER, "LB", "LBSEQ", "3", None, "Haemolytic", None),
        (HER, None, None, None, None, "Has moved", 20),
    ]
    names = "SELECT table_name FROM information_schema.tables WHERE table_name = 'SUPPCO'"
    assert rows(usual, names) == []  # a comment has no qualifiers, under whatever number it was written


def test_analysis_takes_the_numbers_and_dates_of_the_enrolled_participation(usual):
    columns = "USUBJID, SUBJID, SITEID, SAFFL, TRTSDT::VARCHAR, TRTEDT::VARCHAR, TRTDURD, EOSSTT, EOSDT::VARCHAR"
    assert rows(usual, f"SELECT {columns} FROM adam.ADSL") == [
        (HIM, "002", "01", "Y", "2020-03-09", "2020-04-06", 29, "COMPLETED", "2020-04-06"),
        (HER, "007", "01", "Y", "2020-03-10", "2020-04-07", 29, "COMPLETED", "2020-04-07"),
    ]


def test_a_record_leads_back_to_the_row_of_the_number_that_it_was_collected_under(usual):
    lineage = "SELECT FILE, ROW FROM meta.lineage_LB WHERE USUBJID = 'USUAL-01-007' AND SEQ = 4"
    assert rows(usual, lineage) == [(f"{DAY}/lb.csv", 5)]
    lineage = "SELECT ROW FROM meta.lineage_DM WHERE USUBJID = 'USUAL-01-007' AND FILE LIKE '%dm.csv' ORDER BY ROW"
    assert rows(usual, lineage) == [(2,), (3,), (4,)]
