"""Lineage is complete: every SDTM record goes back to rows that were received, every ADaM record to records of SDTM."""

import pytest

from flows import analysis, warehouse
from flows.fingerprint import fingerprint
from flows.reading import opened
from flows.study import Request, run_study
from flows.why import NUMBER, Look
from schemas.adam import DATASETS as ADAM
from schemas.sdtm import DATASETS as SDTM
from schemas.text import text_folder
from tests.conftest import NOW, STUDY
from transforms.review.sql_columns import Drawn

PILOT = STUDY.parent / "cdisc_pilot"
PILOT_RAW = STUDY.parents[1].parent / "shared" / "cdiscpilot" / "raw"


@pytest.fixture(scope="module")
def psoriasis(published):
    with opened(published, warehouse.current(published), STUDY) as found:
        yield found


@pytest.fixture(scope="module")
def pilot(tmp_path_factory):
    if not PILOT_RAW.is_dir():
        pytest.skip("the pilot's raw files are not in ../shared/cdiscpilot/raw")
    home = tmp_path_factory.mktemp("pilot") / "CDISCPILOT01"
    marks = fingerprint(PILOT, PILOT_RAW, {"through": None})
    manifest = run_study(Request(PILOT, PILOT_RAW, home.parent, marks, NOW))
    with opened(home, manifest, PILOT) as found:
        yield found


@pytest.fixture(params=["psoriasis", "pilot"])
def snapshot(request):
    return request.getfixturevalue(request.param)


def test_every_sdtm_record_goes_back_to_rows_that_were_received(snapshot):
    con = snapshot.con
    received = " UNION ALL ".join(f'SELECT _file AS F, _row AS R FROM raw."{name}"' for name in snapshot.names("raw"))
    con.execute(f"CREATE OR REPLACE TEMP TABLE received AS {received}")
    for name in snapshot.names("sdtm"):
        subject = "USUBJID" if "USUBJID" in SDTM[name].columns else "NULL"
        place = f"o.USUBJID IS NOT DISTINCT FROM r.{subject}" if subject != "NULL" else "o.USUBJID IS NULL"
        without = f"""SELECT count(*) FROM placed.{name} AS r
            ANTI JOIN origin.{name} AS o ON {place} AND o.SEQ = r.SEQ"""
        assert (name, con.execute(without).fetchall()) == (name, [(0,)])
        stray = f"""SELECT count(*) FROM origin.{name} AS o ANTI JOIN placed.{name} AS r ON {place} AND o.SEQ = r.SEQ"""
        assert (name, con.execute(stray).fetchall()) == (name, [(0,)])
        lost = f"""SELECT count(*) FROM origin.{name} ANTI JOIN received ON FILE = F AND ROW = R
            WHERE NOT starts_with(FILE, 'study/')"""
        assert (name, con.execute(lost).fetchall()) == (name, [(0,)])


def test_what_comes_from_no_site_goes_back_to_a_line_of_the_study(snapshot):
    look = Look(snapshot)
    for name in ("TA", "TE", "TI", "TS", "TV"):
        for file, row in snapshot.con.execute(f"SELECT FILE, ROW FROM origin.{name}").fetchall():
            assert look.study_line(file, row), (file, row)


def test_every_adam_record_goes_back_to_records_of_sdtm(snapshot):
    con = snapshot.con
    for name in snapshot.names("adam"):
        number = NUMBER.get(name, "NULL")
        without = f"""SELECT count(*) FROM adam.{name} AS r
            ANTI JOIN drawn.{name} AS d ON d.USUBJID = r.USUBJID AND d.SEQ IS NOT DISTINCT FROM {number}"""
        assert (name, con.execute(without).fetchall()) == (name, [(0,)])
        for (source,) in con.execute(f"SELECT DISTINCT SRCDOM FROM drawn.{name}").fetchall():
            of_subject = "" if source in SDTM and "USUBJID" not in SDTM[source].columns else "d.USUBJID = t.U AND"
            if source in SDTM:
                subject = "USUBJID" if "USUBJID" in SDTM[source].columns else "NULL"
                there = f"SELECT {subject} AS U, {'1' if source == 'DM' else 'SEQ'} AS N FROM placed.{source}"
                own = "1" if source == "DM" else "SRCSEQ"
            else:
                there, own = f"SELECT USUBJID AS U, {NUMBER.get(source, 'NULL')} AS N FROM adam.{source}", "SRCSEQ"
            lost = f"""SELECT count(*) FROM drawn.{name} AS d
                ANTI JOIN ({there}) AS t ON {of_subject} d.{own} IS NOT DISTINCT FROM t.N
                WHERE d.SRCDOM = '{source}'""".replace("d.1", "1")
            assert (name, source, con.execute(lost).fetchall()) == (name, source, [(0,)])


def test_sql_lineage_names_the_datasets_that_the_select_reads(psoriasis):
    """sql/lineage says of which records, the SELECT of which columns: they speak of the same datasets."""
    look = Look(psoriasis)
    for name in psoriasis.names("adam"):
        asked = f"SELECT DISTINCT SRCDOM FROM drawn.{name} WHERE SRCDOM <> '{name}'"
        said = {source for (source,) in psoriasis.con.execute(asked).fetchall()}
        drawn = Drawn()
        for one in look.selects[name].values():
            drawn = drawn | one
        read = {table.rpartition(".")[2].upper() for table, _ in drawn.all if table.startswith(("sdtm.", "adam."))}
        lineage = (text_folder("sql") / "lineage" / f"{name.lower()}.sql").read_text(encoding="utf-8")
        said |= {source for source in SDTM if f"'{source}' AS SRCDOM" in lineage}  # where the study has no record of it
        assert (name, said) == (name, read)


def test_every_adam_dataset_and_every_table_says_what_it_is_made_of():
    for folder, built in (("lineage", "adam"), ("counted", "tables")):
        files = {path.stem for path in (text_folder("sql") / folder).glob("*.sql")}
        assert files == set(analysis.BUILD[built])


def test_columns_of_every_select_are_those_of_its_schema(psoriasis):
    for name, columns in Look(psoriasis).selects.items():
        assert list(columns) == list(ADAM[name].columns)
