import pandas as pd


def temperature(visit, date, **values):
    return {
        "USUBJID": "S1",
        "VISIT": visit,
        "VSDAT": date,
        "VSTESTCD": "TEMP",
        "VSORRES": "36.5",
        "VSORRESU": "C",
    } | values


def test_a_visit_lasts_from_its_first_to_its_last_date_over_all_forms(trial, treated):
    treated["vs"] = [temperature("WEEK 0", "2020-03-10"), temperature("WEEK 0", "2020-03-11")]
    treated["qs"] = [{"USUBJID": "S1", "VISIT": "WEEK 0", "QSDAT": "2020-03-09", "01": 40.0}]
    sv = trial.sdtm(**treated).datasets["SV"]
    assert sv[
        ["VISITNUM", "VISIT", "VISITDY", "SVSTDTC", "SVENDTC", "SVSTDY", "SVENDY"]
    ].to_numpy().tolist() == [[2, "WEEK 0", 1, "2020-03-09", "2020-03-11", -1, 2]]
    assert (sv["SVPRESP"][0], sv["SVOCCUR"][0]) == ("Y", "Y") and pd.isna(sv["SVUPDES"][0])


def test_unscheduled_visits_are_kept_and_numbered_after_the_scheduled_one_before_them(trial, treated):
    treated["vs"] = [
        temperature("SCREENING", "2020-03-02"),
        temperature("WEEK 0", "2020-03-10"),
        temperature("UNSCHEDULED", "2020-03-20"),
        temperature("UNSCHEDULED", "2020-03-12"),
        temperature("UNSCHEDULED", "2020-03-12", VSTESTCD="WEIGHT"),
        temperature("WEEK 4", "2020-04-07"),
        temperature("UNSCHEDULED", "2020-04-07"),
        temperature("UNSCHEDULED", "2020-02-29"),
    ]
    out = trial.sdtm(**treated).datasets
    assert out["SV"][["VISITNUM", "VISIT", "SVSTDTC"]].to_numpy().tolist() == [
        [0.01, "UNSCHEDULED 0.01", "2020-02-29"],
        [1, "SCREENING", "2020-03-02"],
        [2, "WEEK 0", "2020-03-10"],
        [2.01, "UNSCHEDULED 2.01", "2020-03-12"],
        [2.02, "UNSCHEDULED 2.02", "2020-03-20"],
        [3, "WEEK 4", "2020-04-07"],
        [3.01, "UNSCHEDULED 3.01", "2020-04-07"],
    ]
    unscheduled = out["SV"]["VISIT"].str.startswith("UNSCHEDULED")
    assert out["SV"].loc[unscheduled, ["SVPRESP", "SVOCCUR", "VISITDY"]].isna().all(axis=None)
    assert out["SV"].loc[unscheduled, "SVUPDES"].notna().all()
    weight = out["VS"][out["VS"]["VSTESTCD"] == "WEIGHT"].iloc[0]
    assert (weight["VISITNUM"], weight["VISIT"]) == (2.01, "UNSCHEDULED 2.01")


def test_a_visit_with_a_partial_date_only_keeps_it(trial, treated):
    treated["vs"] = [
        temperature("WEEK 0", "2020-03"),
        temperature("WEEK 4", "2020-04"),
        temperature("WEEK 4", "2020-04-07"),
    ]
    sv = trial.sdtm(**treated).datasets["SV"]
    assert sv[["SVSTDTC", "SVENDTC"]].to_numpy().tolist() == [
        ["2020-03", "2020-03"],
        ["2020-04-07", "2020-04-07"],
    ]


def test_an_unscheduled_assessment_without_a_date_stays_in_its_domain_without_a_number(trial, treated):
    treated["vs"] = [temperature("UNSCHEDULED", None)]
    out = trial.sdtm(**treated).datasets
    assert len(out["SV"]) == 0
    assert pd.isna(out["VS"]["VISITNUM"][0]) and out["VS"]["VISIT"][0] == "UNSCHEDULED"


def test_a_visit_of_which_no_form_tells_has_no_record(trial, treated):
    assert len(trial.sdtm(**treated).datasets["SV"]) == 0


def test_an_unscheduled_visit_that_the_site_has_numbered_keeps_its_number(trial, treated):
    treated["vs"] = [
        temperature("WEEK 0", "2020-03-10"),
        temperature("UNSCHEDULED 2.1", "2020-03-12"),
        temperature("UNSCHEDULED", "2020-03-12", VSTESTCD="WEIGHT"),
    ]
    out = trial.sdtm(**treated).datasets
    assert out["SV"][["VISITNUM", "VISIT", "SVUPDES"]].iloc[1:].to_numpy().tolist() == [
        [2.1, "UNSCHEDULED 2.1", "UNSCHEDULED"],
        [2.11, "UNSCHEDULED 2.11", "UNSCHEDULED"],
    ]
    vs = out["VS"].sort_values("VISITNUM")
    assert vs[["VISITNUM", "VISIT"]].to_numpy().tolist()[1:] == [[2.1, "UNSCHEDULED 2.1"], [2.11, "UNSCHEDULED 2.11"]]
