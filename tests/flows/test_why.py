"""`trialmill why` on the psoriasis study: each number goes back to raw rows that, counted by hand from the text as
sent, give the number."""

import csv
import json
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import openpyxl
import pytest

from flows import warehouse
from flows.cli import main
from flows.reading import opened
from flows.why import Look, NotFound, forward, why
from tests.conftest import STUDY

RAW = STUDY / "raw"
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


@pytest.fixture(scope="module")
def snapshot(published):
    with opened(published, warehouse.current(published), STUDY) as found:
        yield found


def lines(snapshot, table: str) -> list[dict]:
    return snapshot.con.execute(f"FROM tables.{table}").df().to_dict("records")


@lru_cache
def rows_sent(path: Path) -> dict[int, dict]:
    """The rows of a raw file by their number, read without any of the project's code."""
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path)["Infusions"]
        head = [one.value for one in sheet[3]]
        lines = sheet.iter_rows(min_row=4, values_only=True)
        return {number: dict(zip(head, line, strict=False)) for number, line in enumerate(lines, 4)}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return dict(enumerate(csv.DictReader(file), 2))


def sent(path: Path, row: int, names: list[str]) -> str:
    line = rows_sent(path)[row]
    return str(next(line[name] for name in names if name in line))


def days(text: str) -> tuple[date, date]:
    """First and last day that a date as sent can be: 16 DEC 2019, UN-MAR-2020, UN/UNK/2020."""
    day, month, year = text.replace("/", " ").replace("-", " ").split()
    if month not in MONTHS:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    number = MONTHS.index(month) + 1
    if not day.isdigit():
        following = date(int(year) + number // 12, number % 12 + 1, 1)
        return date(int(year), number, 1), following - timedelta(1)
    return date(int(year), number, int(day)), date(int(year), number, int(day))


# --- pasi_response


def pasi_row(trace, place) -> tuple[Path, int]:
    """The row of the PASI form behind a record of ADQS: its own, by the result that it draws on."""
    found = set()
    for parent, _ in trace.nodes[place].parents:
        if parent.dataset == "RS":
            for row in trace.nodes[parent].cells:
                found.add((RAW / row["file"], row["row"]))
    (one,) = found
    return one


def total(place: tuple[Path, int]) -> Decimal:
    return Decimal(sent(*place, ["PASI_TOTAL", "PASI_TOT"]))


def first_infusions() -> dict[str, tuple[date, date]]:
    """Subject -> days of the first and the last infusion, in the newest workbook."""
    given: dict[str, list[date]] = {}
    for record in rows_sent(RAW / "2021-05-28" / "pharmacy_infusions.xlsx").values():
        if record["Subject"] is None:
            continue
        day = record["Date"]
        serial = date(1899, 12, 30) + timedelta(days=int(day)) if isinstance(day, (int, float)) else None
        given.setdefault(str(record["Subject"]), []).append(serial or day.date())
    return {subject: (min(of), max(of)) for subject, of in given.items()}


def test_each_number_of_pasi_response_is_that_of_its_raw_rows(snapshot):
    table = lines(snapshot, "pasi_response")
    assert len(table) == 48
    for line in table:
        threshold = int(line["threshold"].removeprefix("PASI-"))
        wanted = {"row_key": line["row_key"]}
        for group in ("observed", "nri"):
            trace = why(snapshot, "pasi_response", wanted, f"{group}_subjects", None)
            responders, subjects = 0, set()
            for place in trace.start:
                assert place.dataset == "ADQS"
                node = trace.nodes[place]
                (baseline,) = [parent for parent, _ in node.parents if parent.dataset == "ADQS"]
                base = total(pasi_row(trace, baseline))
                own = [parent for parent, _ in node.parents if parent.dataset == "RS"]
                if own:  # assessed at the visit
                    row = pasi_row(trace, place)
                    assert sent(*row, ["SUBJECT"]) == place.USUBJID[-3:]
                    responders += 100 * (base - total(row)) >= threshold * base
                else:
                    assert group == "nri"
                subjects.add(sent(*pasi_row(trace, baseline), ["SUBJECT"]))
            assert (line["row_key"], group, len(subjects)) == (line["row_key"], group, line[f"{group}_subjects"])
            assert (line["row_key"], group, responders) == (line["row_key"], group, line[f"{group}_responders"])
            assert len(Look(snapshot).counted("pasi_response", line, f"{group}_responders")) == responders
            percent = 100 * responders / len(subjects) if subjects else None
            assert not subjects or line[f"{group}_percent"] == pytest.approx(percent, abs=0.051)


# --- ae_summary


def is_in(kind: str, event: dict, first: date, last: date) -> bool:
    """Whether an event as sent belongs in a line of ae_summary: the protocol's words, without the project's code."""
    earliest, latest = days(event["START_DATE"])
    before, after = latest < first, earliest > last + timedelta(30)
    during = not before and not after
    parts = {
        "Any adverse event": True,
        "Before treatment": before,
        "Treatment-emergent": during,
        "After the treatment-emergent window": after,
        "related": event["CAUSALITY"] not in ("Not related", "Unlikely related"),
        "not related": event["CAUSALITY"] in ("Not related", "Unlikely related"),
        "grade 3 or higher": event["GRADE"] in ("Grade 3", "Grade 4", "Grade 5"),
        "serious": event["SERIOUS"] == "Yes",
        "Serious": event["SERIOUS"] == "Yes",
        "drug withdrawn": event["ACTION"] == "Drug withdrawn",
        "fatal": event["OUTCOME"] == "Fatal",
        "Fatal": event["OUTCOME"] == "Fatal",
    }
    return all(parts[part] for part in kind.split(", "))


def test_each_number_of_ae_summary_is_that_of_its_raw_rows(snapshot):
    infusions = first_infusions()
    listed = rows_sent(RAW / "2021-05-28" / "edc_ae.csv")
    # what may not count, by the list of planted defects: no term, inactivated, entered a second time
    standing = {row: event for row, event in listed.items() if row not in (3, 17, 11)}
    for line in lines(snapshot, "ae_summary"):
        kind, wanted = line["kind"], {"row_key": line["row_key"]}
        trace = why(snapshot, "ae_summary", wanted, "events", None)
        rows = set()
        for place in trace.start:
            for parent, _ in trace.nodes[place].parents:
                if parent.dataset == "AE":
                    rows |= {(row["file"], row["row"]) for row in trace.nodes[parent].cells if row["source"] == "ae"}
        by_hand = {
            ("2021-05-28/edc_ae.csv", row)
            for row, event in standing.items()
            if is_in(kind, event, *infusions[event["SUBJECT"]])
        }
        assert (line["row_key"], sorted(rows)) == (line["row_key"], sorted(by_hand))
        assert line["events"] == len(by_hand)
        assert line["subjects"] == len({standing[row]["SUBJECT"] for _, row in by_hand})
        if kind != "Any adverse event":  # the denominator is that of the treatment, whatever the line
            continue
        treated = why(snapshot, "ae_summary", wanted, "treated", None)
        subjects = set()
        for place in treated.start:
            doses = [parent for parent, _ in treated.nodes[place].parents if parent.dataset == "EX"]
            for dose in doses:
                for row in treated.nodes[dose].cells:
                    subjects.add(sent(RAW / row["file"], row["row"], ["Subject"]))
        assert subjects == set(infusions)
        assert {one["treated"] for one in lines(snapshot, "ae_summary")} == {len(subjects)}


# --- every table


@pytest.mark.parametrize(
    ("table", "number", "kind"),
    [
        ("demographics", "value", "statistic"),
        ("disposition", "subjects", "records"),
        ("exposure", "n", "records"),
        ("exposure", "subjects", "subjects"),
        ("exposure", "mean", "mean"),
        ("ae_by_term", "events", "records"),
        ("ae_by_term", "subjects", "subjects"),
        ("ae_by_term", "treated", "records"),
        ("ae_by_grade", "events", "records"),
        ("ae_by_grade", "subjects", "records"),
        ("efficacy_by_visit", "n", "records"),
        ("efficacy_by_visit", "max", "max"),
    ],
)
def test_the_records_that_a_number_counts_give_the_number(snapshot, table, number, kind):
    look = Look(snapshot)
    for line in lines(snapshot, table)[:: 7 if table == "efficacy_by_visit" else 1]:
        given = {name: value for name, value in line.items() if value == value and value is not None}
        counted = look.counted(table, given, number)
        if kind == "statistic":
            kind_here = line["statistic"] if line["statistic"] in ("n", "mean", "min", "max") else None
            if kind_here is None and line["statistic"] in ("sd", "median"):
                continue
        else:
            kind_here = kind
        if kind_here in ("mean", "min", "max"):
            dataset, variable = counted[0][0].dataset, counted[0][1][-1]
            seq = {"ADQS": "ASEQ", "ADEX": "ASEQ"}.get(dataset)
            places = {(place.USUBJID, place.SEQ) for place, *_ in counted}
            asked = f"SELECT USUBJID, {seq or 'NULL'}, {variable} FROM adam.{dataset}"
            values = [v for u, s, v in snapshot.con.execute(asked).fetchall() if (u, s) in places and v is not None]
            found = {"mean": sum(values) / len(values), "min": min(values), "max": max(values)}[kind_here]
        else:
            found = len({place.USUBJID for place, *_ in counted}) if kind_here == "subjects" else len(counted)
        assert (line["row_key"], found) == (line["row_key"], pytest.approx(line[number], abs=1e-5))


def test_every_kind_of_event_that_is_counted_has_its_line(snapshot):
    asked = "SELECT DISTINCT kind FROM counted.ae_summary WHERE kind IS NOT NULL"
    counted = {kind for (kind,) in snapshot.con.execute(asked).fetchall()}
    assert counted <= {line["kind"] for line in lines(snapshot, "ae_summary")}


# --- one value


def test_a_corrected_value_shows_the_raw_text_and_the_correction(snapshot):
    wanted = {"USUBJID": "ADMSCPSO-01-002", "VISIT": "WEEK 4", "RSTESTCD": "PASI0208"}
    trace = why(snapshot, "RS", wanted, "RSSTRESN", None)
    (place,) = trace.start
    node = trace.nodes[place]
    (row,) = node.cells
    (shown,) = row["cells"]
    assert node.record["RSSTRESN"] == 3
    assert (row["file"], row["row"], row["form"], shown["column"], shown["text"]) == (
        "2021-05-28/edc_pasi.csv", 12, "rs", "UPPER_AREA", "5",
    )  # fmt: skip
    assert (shown["correction"]["new_value"], shown["correction"]["line"]) == ("3", 2)
    assert trace.rules["RS"]["file"] == "transforms/sdtm/rs.py"
    assert trace.rules["RS"]["words"].startswith("One record per item per classification")


def test_a_change_from_baseline_goes_back_to_both_visits_and_the_first_dose(snapshot):
    wanted = {"USUBJID": "ADMSCPSO-01-002", "PARAMCD": "PASITOT", "AVISIT": "Week 4", "DTYPE": ""}
    trace = why(snapshot, "adqs", wanted, "chg", None)
    cells = {
        (row["file"], row["row"], one["column"], one["text"])
        for node in trace.nodes.values()
        for row in node.cells
        for one in row["cells"]
    }
    assert ("2021-05-28/edc_pasi.csv", 11, "PASI_TOTAL", "28.8") in cells
    assert ("2021-05-28/edc_pasi.csv", 12, "PASI_TOTAL", "24.8") in cells
    assert ("2021-05-28/pharmacy_infusions.xlsx", 5, "Date", "2019-12-23") in cells
    assert not any(column.startswith("q") for _, _, column, _ in cells)  # nothing of a questionnaire


def test_a_sheet_is_named_beside_its_file(snapshot):
    trace = why(snapshot, "EX", {"USUBJID": "ADMSCPSO-01-001", "EXSPID": "L001"}, "EXSTDTC", None)
    (row,) = trace.nodes[trace.start[0]].cells
    assert (row["file"], row["sheet"], row["row"]) == ("2021-05-28/pharmacy_infusions.xlsx", "Infusions", 4)
    assert [one["column"] for one in row["cells"]] == ["Date", "Start"]


def test_the_plan_of_the_trial_goes_back_to_the_study_file(snapshot):
    trace = why(snapshot, "TS", {"TSPARMCD": "TITLE"}, "TSVAL", None)
    (row,) = trace.nodes[trace.start[0]].cells
    assert row["file"] == "study/summary.csv"
    with (STUDY / "summary.csv").open(encoding="utf-8", newline="") as file:
        line = dict(enumerate(csv.DictReader(file), 2))[row["row"]]
    assert line["TSPARMCD"] == "TITLE" and row["cells"] == [{"column": "TSVAL", "text": line["TSVAL"]}]


def test_a_supplemental_value_goes_back_to_the_text_of_the_site(snapshot):
    trace = why(snapshot, "SUPPAE", {"USUBJID": "ADMSCPSO-01-004", "QNAM": "AETERMOR"}, "QVAL", None)
    (row,) = trace.nodes[trace.start[0]].cells
    assert [(one["column"], one["text"]) for one in row["cells"]] == [("EVENT", "发热")]


def test_what_does_not_exist_is_said_with_what_does(snapshot):
    with pytest.raises(NotFound, match="there is no dataset ADXX; there are AE"):
        why(snapshot, "ADXX", {}, None, None)
    with pytest.raises(NotFound, match="AE has no record with AESEQ=99"):
        why(snapshot, "AE", {"AESEQ": "99"}, None, None)
    with pytest.raises(NotFound, match="there is no column AEXX"):
        why(snapshot, "AE", {}, "AEXX", None)


# --- forward


def test_a_raw_row_is_followed_to_all_that_it_feeds(snapshot):
    fed = forward(snapshot, "2021-05-28/edc_pasi.csv", {"row": "12"})
    assert [(row["row"], row["outcome"], row["text"]["VISIT"]) for row in fed.rows] == [(12, "in form", "W4")]
    of = {name: [place for place in fed.records if place.dataset == name] for name in ("RS", "ADQS", "ADTTE")}
    assert len(of["RS"]) == 17  # sixteen items and the total
    assert len(of["ADTTE"]) == 1
    cells = {(one["table"], one["labels"]["treatment"], one["labels"].get("visit")) for one in fed.cells}
    assert ("pasi_response", "Total", "Week 4") in cells and ("efficacy_by_visit", "Total", "Week 4") in cells


def test_a_superseded_row_feeds_nothing_and_says_why(snapshot):
    fed = forward(snapshot, "edc_ae.csv", {"file": "2021-05-28/edc_ae.csv", "row": "17"})
    assert [(row["outcome"], row["reason"]) for row in fed.rows] == [("superseded", "INACTIVE: taken out in the EDC")]
    assert not fed.records and not fed.cells


def test_a_row_is_found_by_its_columns(snapshot):
    fed = forward(snapshot, "ae", {"RECORD_ID": "AE-002-03"})
    assert [(row["file"], row["row"]) for row in fed.rows] == [("2021-05-28/edc_ae.csv", 21)]
    assert {place.dataset for place in fed.records} >= {"AE", "ADAE", "ADSL"}


# --- the command


def test_the_command_prints_the_way_back_and_the_rules(published, capsys):
    asked = ["why", str(STUDY), "RS", "USUBJID=ADMSCPSO-01-002", "VISIT=WEEK 4", "RSTESTCD=PASI0208"]
    assert main([*asked, "--variable", "RSSTRESN", "--warehouse", str(published.parent)]) == 0
    text = capsys.readouterr().out
    assert "RSSTRESN = 3" in text
    assert "<- 2021-05-28/edc_pasi.csv, row 12 (form rs)" in text
    assert 'column UPPER_AREA: "5", corrected to "3" (corrections.csv line 2' in text
    assert "RS  (transforms/sdtm/rs.py)" in text and "SDTMIG 3.4" in text


def test_the_command_prints_json(published, capsys):
    asked = ["why", str(STUDY), "ae_summary", "treatment=Total", "kind=Serious", "--variable", "events", "--json"]
    assert main([*asked, "--warehouse", str(published.parent)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["line"]["events"], [one["dataset"] for one in found["counted"]]) == (1, ["ADAE"])
    (event,) = [one for one in found["records"] if one["dataset"] == "AE"]
    assert {(row["file"], row["row"]) for row in event["rows"]} == {("2021-05-28/edc_ae.csv", 21)}


def test_the_command_goes_forward(published, capsys):
    asked = ["why", str(STUDY), "ae", "RECORD_ID=AE-002-03", "--forward", "--warehouse", str(published.parent)]
    assert main(asked) == 0
    text = capsys.readouterr().out
    assert text.startswith("2021-05-28/edc_ae.csv, row 21 (source ae): in form")
    assert "Total | Serious   (events, percent, subjects; 1 record)" in text


def test_a_record_that_is_not_there_is_bad_use(published, capsys):
    assert main(["why", str(STUDY), "AE", "AESEQ=99", "--warehouse", str(published.parent)]) == 2
    assert "AE has no record with AESEQ=99" in capsys.readouterr().err
    assert main(["why", str(STUDY), "AE", "AESEQ", "--warehouse", str(published.parent)]) == 2
