"""ADTTE: time to the first PASI-50 response. First dose on 2 March 2020."""

import pandas as pd
import pytest


@pytest.mark.parametrize(
    "totals, expected",
    [
        # the first response counts, at whatever visit, and a later relapse changes nothing
        ([("2020-03-30", 9.0), ("2020-04-10", 6.0), ("2020-05-25", 12.0)], (40, 0, "PASI-50 response", None)),
        (
            [("2020-03-30", 9.0), ("2020-05-25", 8.0)],
            (85, 1, "No PASI-50 response", "Date of last PASI assessment"),
        ),
        ([], (1, 1, "No PASI-50 response", "Date of first dose")),
    ],
)
def test_event_or_censoring(run, subject, totals, expected):
    total = {"USUBJID": "01", "RSCAT": "PASI FELDMAN", "RSTESTCD": "PASI0229"}
    rs = [total | {"RSDTC": "2020-03-02", "RSSTRESN": 12.0, "RSLOBXFL": "Y"}]
    rs += [total | {"RSDTC": day, "RSSTRESN": score} for day, score in totals]
    (record,) = run(**subject("01", "2020-03-02"), rs=rs)["adtte"].to_dict("records")
    found = tuple(record[name] for name in ("AVAL", "CNSR", "EVNTDESC", "CNSDTDSC"))
    assert tuple(None if pd.isna(value) else value for value in found) == expected
    assert record["STARTDT"] == pd.Timestamp("2020-03-02")


def test_the_source_is_the_assessment_that_decides(run, subject):
    total = {"USUBJID": "01", "RSCAT": "PASI FELDMAN", "RSTESTCD": "PASI0229"}
    built = run(
        **subject("01", "2020-03-02"),
        rs=[
            total | {"RSDTC": "2020-03-02", "RSSTRESN": 12.0, "RSLOBXFL": "Y"},
            total | {"RSDTC": "2020-03-30", "RSSTRESN": 5.0},
        ],
    )
    (record,) = built["adtte"].to_dict("records")
    source = built["adqs"].set_index("ASEQ").loc[record["SRCSEQ"]]
    assert (record["SRCDOM"], record["SRCVAR"]) == ("ADQS", "ADT")
    assert (source["PARAMCD"], source["AVAL"], source["CRIT1FL"]) == ("PASITOT", 5.0, "Y")


def test_only_treated_subjects_with_psoriasis_at_baseline(run, subject):
    assert run(**subject("01", "2020-03-02"))["adtte"].empty
