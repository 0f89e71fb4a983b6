"""The raw files of the psoriasis study are what its generator writes, and hold the published counts."""

import csv
import importlib.util
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

STUDY = Path(__file__).parents[2] / "studies" / "admsc_psoriasis"
LAST = STUDY / "raw" / "2021-05-28"
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
DEFECTS = list(csv.DictReader((STUDY / "defects.csv").open(encoding="utf-8")))


def rows(path: Path) -> list[list[str]]:
    """All rows as a spreadsheet numbers them: rows(path)[0] is row 1."""
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path)["Infusions"]
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    encoding = "gb18030" if path.name == "sae_listing.csv" else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file, delimiter=";" if path.name.startswith("diary") else ","))


def records(name: str, folder: Path = LAST) -> list[dict[str, str]]:
    header, *body = rows(folder / name)
    return [dict(zip(header, row, strict=True)) for row in body]


def day(text: str) -> date:
    number, month, year = text.split()
    return date(int(year), MONTHS.index(month) + 1, int(number))


def test_the_generator_writes_the_committed_files(tmp_path):
    spec = importlib.util.spec_from_file_location("synthetic", STUDY / "synthetic.py")
    synthetic = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(synthetic)
    synthetic.write(tmp_path)
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    committed = [*(STUDY / "raw").rglob("*.*"), STUDY / "defects.csv"]
    assert written == {path.relative_to(STUDY): path.read_bytes() for path in committed}


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect["defect"])
def test_every_defect_points_at_a_row_and_a_column(defect):
    if defect["row"]:
        table = rows(STUDY / "raw" / defect["file"])
        header = table[2] if defect["file"].endswith(".xlsx") else table[0]
        assert any(table[int(defect["row"]) - 1])
        assert defect["column"] in (*header, "")
    else:
        assert (STUDY / "raw" / defect["file"]).is_file()


@pytest.mark.parametrize(
    ("file", "column", "text"),
    [
        ("edc_ae.csv", "OUTCOME", "Recoverd"),
        ("edc_cm.csv", "START_DATE", "31 FEB 2020"),
        ("edc_vs.csv", "WEIGHT", "72 (query: please confirm)"),
        ("edc_pasi.csv", "HEAD_ERY", "5"),
        ("diary_vas.csv", "itch_unit", "cm"),
        ("diary_vas.csv", "itch", "104,0"),
    ],
)
def test_a_defect_names_the_row_that_has_it(file, column, text):
    (row,) = [number for number, row in enumerate(records(file), 2) if row[column] == text]
    assert (f"2021-05-28/{file}", str(row), column) in [(d["file"], d["row"], d["column"]) for d in DEFECTS]


def test_seven_are_enrolled_at_the_published_ages():
    enrolled = [row for row in records("edc_dm.csv") if row["ARM"] == "AD-MSC"]
    ages = []
    for row in enrolled:
        born, consent = day(row["BIRTH_DATE"]), day(row["CONSENT_DATE"])
        ages.append(consent.year - born.year - ((consent.month, consent.day) < (born.month, born.day)))
    assert sorted(row["SEX"] for row in enrolled) == ["Female"] + 6 * ["Male"]
    assert (sum(ages), min(ages), max(ages)) == (355, 35, 65)


def infusion_dates(subject: str) -> list[date]:
    texts = [row[6].split()[0] for row in rows(LAST / "pharmacy_infusions.xlsx")[3:] if row[2] == subject]
    serial = date(1899, 12, 30)
    return sorted(date.fromisoformat(t) if "-" in t else serial + timedelta(int(t)) for t in texts)


def is_emergent(event: dict[str, str]) -> bool:
    """Whether the event starts in the treatment period; an unknown day may be any day of its month."""
    infusions = infusion_dates(event["SUBJECT"])
    number, month, year = event["START_DATE"].replace("-", " ").split()
    possible = [day(f"{n} {month} {year}") for n in (("1", "31") if number == "UN" else (number,))]
    inside = {infusions[0] <= start <= infusions[-1] + timedelta(30) for start in possible}
    assert len(inside) == 1, event
    return inside.pop()


def test_sixteen_events_are_treatment_emergent_and_the_serious_one_is_not():
    dirt = ("AE-005-07",)  # entered twice
    events = [row for row in records("edc_ae.csv") if row["EVENT"] and row["STATUS"] == "ACTIVE"]
    events = [row for row in events if row["RECORD_ID"] not in dirt]
    emergent = [row for row in events if is_emergent(row)]
    assert sorted(row["GRADE"] for row in emergent) == 15 * ["Grade 1"] + ["Grade 2"]

    named = [(" ".join(row["EVENT"].split()), row["CAUSALITY"]) for row in emergent]
    assert sum(named.count((event, "Likely related")) for event in ("Transient fever", "发热")) == 5
    assert named.count(("Pharyngitis", "Unlikely related")) == 3
    assert sum(named.count((event, "Unlikely related")) for event in ("Headache", "头痛")) == 2

    (serious,) = [row for row in events if row not in emergent]
    assert (serious["SERIOUS"], serious["CAUSALITY"]) == ("Yes", "Not related")


def test_four_complete_the_trial_and_two_the_year_after_it():
    events = [row for row in records("edc_ds.csv") if row["CATEGORY"] == "Disposition"]
    ends = [(row["PERIOD"], row["REASON"]) for row in events]
    assert ends.count(("Treatment", "Completed")) == 4
    assert ends.count(("Follow-up", "Completed")) == 2
    assert sum(period == "Treatment" for period, _ in ends) == 7
    assert sum(period == "Follow-up" for period, _ in ends) == 4


def test_two_have_half_of_their_baseline_pasi_after_one_year():
    totals = {(row["SUBJECT"], row["VISIT"]): float(row["PASI_TOT"]) for row in records("edc_pasi.csv")}
    baselines = {subject: total for (subject, visit), total in totals.items() if visit == "W0"}
    year = {subject: total for (subject, visit), total in totals.items() if visit == "FU52"}
    assert len(baselines) == 7 and min(baselines.values()) > 10
    assert [subject for subject, total in year.items() if total <= baselines[subject] / 2] == ["001", "006"]
    assert len(year) == 2
