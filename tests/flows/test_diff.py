"""`trialmill diff` over the three deliveries of the psoriasis study: what the sites changed, and what it led to.

The expected rows were taken by hand from the deliveries' files, line against line."""

import json

import pytest

from flows import warehouse
from flows.cli import main
from flows.diff import Difference, difference, two_snapshots
from flows.diff_page import as_json, lines_of, page
from tests.conftest import NOW, STUDY, run

VISITS_OF_MAY = {  # the visits that came with the second delivery: subject, visit, day
    ("001", "WEEK 12", "2020-03-09"), ("002", "WEEK 12", "2020-03-16"), ("004", "WEEK 12", "2020-03-23"),
    ("005", "WEEK 8", "2020-03-02"), ("006", "WEEK 8", "2020-03-09"), ("006", "WEEK 12", "2020-04-06"),
    ("009", "WEEK 4", "2020-03-02"), ("009", "WEEK 8", "2020-03-30"),
}  # fmt: skip
VISITS_OF_FOLLOW_UP = {  # and with the third
    ("001", "FOLLOW-UP WEEK 12", "2020-06-04"), ("001", "FOLLOW-UP WEEK 24", "2020-08-24"),
    ("001", "FOLLOW-UP WEEK 52", "2021-03-08"), ("002", "FOLLOW-UP WEEK 12", "2020-06-06"),
    ("004", "FOLLOW-UP WEEK 12", "2020-06-15"), ("004", "FOLLOW-UP WEEK 24", "2020-09-04"),
    ("006", "FOLLOW-UP WEEK 12", "2020-06-29"), ("006", "FOLLOW-UP WEEK 24", "2020-09-25"),
    ("006", "FOLLOW-UP WEEK 52", "2021-04-07"),
}  # fmt: skip
DATES = {"bsa": "FADAT", "dlqi": "QSDAT", "pasi": "RSDAT", "pruritus": "QSDAT", "vs": "VSDAT"}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The warehouse folder after the three deliveries, one snapshot each."""
    folder = tmp_path_factory.mktemp("three")
    for minute, day in enumerate(("2020-02-28", "2020-05-29", "2021-05-28")):
        run(STUDY, folder, through=day, started=NOW.replace(minute=minute))
    return folder / "ADMSCPSO"


@pytest.fixture(scope="module")
def may(home) -> Difference:
    return difference(home, *two_snapshots(home, "2020-02-28", "2020-05-29"), STUDY)


@pytest.fixture(scope="module")
def follow_up(home) -> Difference:
    return difference(home, *two_snapshots(home, None, None), STUDY)


def records(found: Difference, layer: str, name: str, what: str, *keys: str) -> list[tuple]:
    for one in found.datasets:
        if (one.layer, one.name) == (layer, name):
            own = one.changes.records[one.changes.records["what"] == what]
            return sorted(own[list(keys)].itertuples(index=False, name=None))
    return []


def values(found: Difference, layer: str, name: str, *keys: str) -> dict[tuple, dict[str, tuple]]:
    """Key of each changed record -> column -> old and new."""
    result: dict[tuple, dict[str, tuple]] = {}
    for one in found.datasets:
        if (one.layer, one.name) == (layer, name):
            for value in one.changes.values.itertuples():
                key = tuple(one.changes.records.loc[value.record, list(keys)])
                old, new = (None if v != v else v for v in (value.old, value.new))
                result.setdefault(key, {})[value.column] = (old, new)
    return result


def raw(found: Difference) -> dict[str, tuple[int, int, int]]:
    return {
        one.name: tuple(one.count(what) for what in ("added", "removed", "changed"))
        for one in found.datasets
        if one.layer == "raw"
    }


def test_the_second_delivery_changed_exactly_these_raw_rows(may):
    assert raw(may) == {
        "ae": (4, 0, 2), "bsa": (8, 0, 1), "cm": (4, 0, 1), "dlqi": (8, 0, 0), "ds": (7, 0, 0),
        "infusions": (4, 0, 14), "pasi": (8, 0, 0), "pruritus": (8, 0, 0), "sae": (1, 0, 0), "vs": (8, 0, 0),
    }  # fmt: skip
    for name, day in DATES.items():
        assert set(records(may, "raw", name, "added", "SUBJID", "VISIT", day)) == VISITS_OF_MAY
    added = [("AE-004-02",), ("AE-006-03",), ("AE-009-01",), ("AE-009-02",)]
    assert records(may, "raw", "ae", "added", "AESPID") == added
    assert records(may, "raw", "cm", "added", "CMSPID") == [
        ("CM-006-01",), ("CM-006-02",), ("CM-006-03",), ("CM-009-01",),
    ]  # fmt: skip
    assert values(may, "raw", "ae", "AESPID") == {
        ("AE-002-02",): {
            "END_DATE": ("", "UN/UNK/2020"), "ONGOING": ("Yes", "No"), "OUTCOME": ("Recovering", "Recovered"),
        },
        ("AE-006-02",): {
            "END_DATE": ("", "27 FEB 2020"), "ONGOING": ("Yes", "No"), "OUTCOME": ("Recovering", "Recovered"),
        },
    }  # fmt: skip
    assert values(may, "raw", "bsa", "SUBJID", "VISIT") == {("001", "WEEK 4"): {"BSA_PERCENT": ("30.2", "20.3")}}
    assert values(may, "raw", "cm", "CMSPID") == {("CM-005-02",): {"END_DATE": ("24 JAN 2020", "24 JAN 2019")}}


def test_dates_that_are_written_otherwise_are_raw_changes_and_nothing_more(may):
    infusions = values(may, "raw", "infusions", "SUBJID", "VISIT")
    assert infusions["001", "WEEK 0"] == {"Date": ("43815", "2019-12-16")}
    swapped = {key: columns["Weight (kg)"] for key, columns in infusions.items() if "Weight (kg)" in columns}
    assert swapped == {("002", "WEEK 4"): ("28", "82")}
    assert values(may, "sdtm", "EX", "USUBJID", "EXSTDTC") == {}
    assert values(may, "sdtm", "SUPPEX", "USUBJID", "QNAM") == {("ADMSCPSO-01-002", "EXWEIGHT"): {"QVAL": ("28", "82")}}


def test_the_third_delivery_changed_exactly_these_raw_rows(follow_up):
    assert raw(follow_up) == {
        "ae": (1, 0, 1), "bsa": (9, 0, 0), "cm": (2, 1, 1), "dlqi": (9, 0, 0), "ds": (4, 0, 0),
        "infusions": (0, 0, 1), "pasi": (9, 0, 0), "pruritus": (9, 0, 0), "sae": (1, 0, 0), "vs": (9, 0, 1),
    }  # fmt: skip
    for name, day in DATES.items():
        assert set(records(follow_up, "raw", name, "added", "SUBJID", "VISIT", day)) == VISITS_OF_FOLLOW_UP
    assert records(follow_up, "raw", "ae", "added", "AESPID") == [("AE-002-03",)]
    assert records(follow_up, "raw", "cm", "added", "CMSPID") == [("CM-001-03",), ("CM-002-04",)]
    assert records(follow_up, "raw", "cm", "removed", "CMSPID") == [("CM-007-02",)]
    assert records(follow_up, "raw", "sae", "added", "SUBJID") == [("002",)]
    assert values(follow_up, "raw", "ae", "AESPID") == {("AE-005-02",): {"OUTCOME": ("Recovered", "Recoverd")}}
    assert values(follow_up, "raw", "cm", "CMSPID") == {("CM-005-02",): {"END_DATE": ("24 JAN 2019", "24 JAN 2020")}}
    weight = {("002", "WEEK 4"): {"Weight (kg)": ("82", "28")}}  # the mistake of the first delivery again
    assert values(follow_up, "raw", "infusions", "SUBJID", "VISIT") == weight
    assert values(follow_up, "raw", "vs", "SUBJID", "VISIT") == {("005", "WEEK 4"): {"WEIGHT": ("60.1", "66.1")}}


def test_a_new_column_is_said_and_a_renamed_one_is_none(follow_up):
    found = {one.name: one.columns for one in follow_up.datasets if any(one.columns.values())}
    assert found == {"ae": {"old": [], "new": ["SPECIAL_INTEREST"]}}
    assert "  ae: column SPECIAL_INTEREST new" in list(lines_of(follow_up, None))


def test_sdtm_has_what_follows_from_the_raw_rows_and_no_renumbering(follow_up):
    assert values(follow_up, "sdtm", "AE", "USUBJID", "AETERM") == {
        ("ADMSCPSO-01-005", "Dizziness"): {"AEOUT": ("RECOVERED/RESOLVED", None)}
    }
    assert records(follow_up, "sdtm", "CM", "removed", "USUBJID", "CMTRT") == [
        ("ADMSCPSO-01-007", "Calcipotriol ointment")
    ]
    assert values(follow_up, "sdtm", "CM", "USUBJID", "CMTRT") == {
        ("ADMSCPSO-01-005", "Azithromycin"): {"CMENDTC": ("2019-01-24", "2020-01-24"), "CMENDY": ("-347", "19")}
    }
    # corrections.csv had put the weight right before the site did
    assert values(follow_up, "sdtm", "VS", "USUBJID", "VSTESTCD") == {}
    seen = {(f"ADMSCPSO-01-{number}",) for number in ("001", "002", "004", "006")}
    assert set(values(follow_up, "sdtm", "DM", "USUBJID")) == seen
    counted = {c for one in follow_up.datasets for c in one.changes.values["column"] if c.endswith(("SEQ", "IDVARVAL"))}
    assert counted == set()


def test_each_changed_analysis_value_has_the_raw_edit_behind_it(may, follow_up):
    for found in (may, follow_up):
        for one in found.datasets:
            if one.layer != "adam":
                continue
            for value in one.changes.values.itertuples():
                links = found.links(one.name, value.record, value.column)
                assert links and all(way != "subject" for *_, way in links), (one.name, value)
            for record in one.changes.records.index[one.changes.records["what"] != "changed"]:
                assert found.links(one.name, record, ""), (one.name, one.changes.records.loc[record])


def edits(found: Difference, dataset: str, column: str, **key: str) -> set[tuple]:
    """Source and key of the raw records behind a value."""
    one = next(one for one in found.datasets if (one.layer, one.name) == ("adam", dataset))
    own = one.changes.records
    (record,) = own.index[[all(own.at[n, name] == value for name, value in key.items()) for n in own.index]]
    named = {one.name: one for one in found.datasets if one.layer == "raw"}
    return {
        (source, *(named[source].changes.records.at[at, key] for key in named[source].keys[2:]))
        for source, at, _ in found.links(dataset, record, column)
    }


def test_the_edit_is_the_one_that_the_site_made(may, follow_up):
    event = {"USUBJID": "ADMSCPSO-01-005", "AETERM": "Dizziness"}
    assert edits(follow_up, "ADAE", "AEOUT", **event) == {("ae", "AE-005-02")}
    assert edits(follow_up, "ADSL", "EOSDT", USUBJID="ADMSCPSO-01-004") == {("ds", "DS-004-03")}
    surface = {"USUBJID": "ADMSCPSO-01-001", "PARAMCD": "BSAPCT", "AVISITN": "4"}
    assert edits(may, "ADQS", "AVAL", **surface) == {("bsa", "WEEK 4", "2020-01-13")}
    assert edits(may, "ADQS", "CHG", **surface) == {("bsa", "WEEK 4", "2020-01-13")}
    ended = {"USUBJID": "ADMSCPSO-01-006", "AETERM": "Headache"}
    assert edits(may, "ADAE", "AENDT", **ended) >= {("ae", "AE-006-02")}


def test_from_last_to_first_is_the_same_the_other_way_round(home, may):
    first, second = two_snapshots(home, "2020-02-28", "2020-05-29")
    back = difference(home, second, first, STUDY)
    turned = {name: (removed, added, changed) for name, (added, removed, changed) in raw(may).items()}
    assert raw(back) == turned


def test_a_snapshot_against_itself_has_not_changed(home):
    one = warehouse.current(home)
    assert list(lines_of(difference(home, one, one, STUDY), None))[1:] == ["Nothing has changed."]


def test_the_terminal_says_counts_first_and_how_to_see_the_rest(may):
    text = list(lines_of(may, 2))
    counts, first = text.index(next(line for line in text if line.startswith("  ADQS"))), text.index("Raw rows: ae")
    assert counts < first
    assert "  ... and 2 more added (--all, --html FILE or --json)" in text
    (adqs,) = [one for one in may.datasets if one.name == "ADQS"]
    assert text[counts].split() == ["ADQS", *(str(adqs.count(what)) for what in ("added", "removed", "changed"))]


def test_the_page_needs_nothing_else_and_shows_text_as_text(may):
    html = page(may)
    assert "http" not in html and "<script" not in html
    assert "END_DATE<td>blank<td><b>UN/UNK/2020</b>" in html


def test_the_command_prints_json_and_takes_dates_after_options(home, capsys):
    asked = ["diff", str(STUDY), "--warehouse", str(home.parent), "--json", "2020-02-28", "2020-05-29"]
    assert main(asked) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["from"]["delivery"] == "2020-02-28" and found["layers"]["raw"]["ae"]["added"] == 4
    (value,) = [
        value
        for record in found["layers"]["adam"]["ADQS"]["records"]
        for value in record["values"]
        if (record["key"].get("PARAMCD"), record["key"].get("AVISITN")) == ("BSAPCT", "4") and value["column"] == "AVAL"
    ]
    assert (value["old"], value["new"]) == ("30.2", "20.3")
    assert [one["source"] for one in value["because"]] == ["bsa"]


def test_without_a_snapshot_before_it_is_bad_use(home, capsys):
    first = warehouse.snapshot(home, "2020-02-28")["snapshot"]
    assert main(["diff", str(STUDY), "--warehouse", str(home.parent), "2019-01-01", first]) == 2
    assert "no snapshot 2019-01-01" in capsys.readouterr().err


def test_as_json_has_every_record(may):
    found = as_json(may)["layers"]
    for one in may.datasets:
        assert len(found[one.layer][one.name]["records"]) == len(one.changes.records)
