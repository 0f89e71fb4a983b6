"""ADEX: dose given against dose planned (0.5 x 10^6 cells per kg at weeks 0, 4 and 8)."""

import pandas as pd


def values(adex, usubjid="01"):
    rows = adex[adex["USUBJID"] == usubjid]
    return {code: list(rows.loc[rows["PARAMCD"] == code, "AVAL"]) for code in rows["PARAMCD"].unique()}


def test_three_doses_as_planned(run, subject):
    adex = run(**subject("01", "2020-03-02", "2020-03-30", "2020-04-27"))["adex"]
    assert values(adex) == {
        "DOSE": [0.5, 0.5, 0.5],
        "DOSEPCT": [100, 100, 100],
        "NDOSES": [3],
        "CUMDOSE": [1.5],
        "RELDOSE": [100],
    }
    assert list(adex["ASEQ"]) == list(range(1, 10))


def test_a_missed_dose_counts_as_none(run, subject):
    adex = run(**subject("01", "2020-03-02", "2020-04-27"))["adex"]
    assert values(adex)["NDOSES"] == [2]
    assert values(adex)["RELDOSE"] == [66.666667]
    # the second infusion is the one planned for week 8
    assert list(adex.loc[adex["PARAMCD"] == "DOSE", "AVISIT"]) == ["WEEK 0", "WEEK 8"]


def test_a_total_is_divided_by_the_last_body_weight(run, subject):
    records = subject("01", "2020-03-02", "2020-03-30")
    for dose in records["ex"]:
        dose.update(EXDOSE=35, EXDOSU="10^6 Therapeutic Cells")
    weight = {"USUBJID": "01", "VSTESTCD": "WEIGHT"}
    vs = [
        weight | {"VSDTC": "2020-02-20", "VSSTRESN": 80},
        weight | {"VSDTC": "2020-03-02T08:00", "VSSTRESN": 70},
        weight | {"VSDTC": "2020-03-31", "VSSTRESN": 60},
    ]
    adex = run(**records, vs=vs)["adex"]
    assert values(adex)["DOSE"] == [0.5, 0.5]
    assert values(adex)["DOSEPCT"] == [100, 100]


def test_a_sum_with_an_unreadable_dose_is_not_known(run, subject):
    records = subject("01", "2020-03-02", "2020-03-30")
    records["ex"][1]["EXDOSE"] = None
    found = values(run(**records)["adex"])
    assert found["NDOSES"] == [2]
    assert str(found["CUMDOSE"]) == "[nan]"


def test_a_record_over_several_days_counts_as_the_doses_of_its_frequency(run, subject):
    records = subject("01", "2020-03-02", "2020-03-12")
    records["ex"][0] |= {"EXENDTC": "2020-03-11", "EXDOSFRQ": "BID"}  # 10 days, twice a day
    records["ex"][1] |= {"EXENDTC": "2020-03-13", "EXDOSFRQ": "QD"}  # 2 days
    found = values(run(**records)["adex"])
    assert (found["NDOSES"], found["CUMDOSE"]) == ([22], [11])
    assert pd.isna(found["RELDOSE"]).all()  # the plan is by visit


def test_doses_over_several_days_whose_number_nobody_says_have_no_sum(run, subject):
    for how in (
        {"EXENDTC": "2020-03-11"},
        {"EXENDTC": None, "EXDOSFRQ": "QD"},
        {"EXENDTC": "2020-03-11", "EXDOSFRQ": "PRN"},
    ):
        records = subject("01", "2020-03-02")
        records["ex"][0] |= how
        found = values(run(**records)["adex"])
        assert found["DOSE"] == [0.5]
        assert pd.isna(found["NDOSES"] + found["CUMDOSE"] + found["RELDOSE"]).all()


def test_one_infusion_overnight_is_one_dose(run, subject):
    records = subject("01", "2020-03-02")
    records["ex"][0] |= {"EXSTDTC": "2020-03-02T22:00", "EXENDTC": "2020-03-03T02:00"}
    assert values(run(**records)["adex"])["NDOSES"] == [1]
