import pandas as pd

from transforms.sdtm.ex import end_of_exposure


def test_one_record_per_administration_in_the_order_of_time(trial, treated):
    ex = trial.sdtm(**treated).datasets["EX"]
    assert ex[["EXSEQ", "EXSTDTC", "EXENDTC", "EXSTDY", "EPOCH"]].to_numpy().tolist() == [
        [1, "2020-03-10T09:30", "2020-03-10", 1, "TREATMENT"],
        [2, "2020-04-07", "2020-04-07", 29, "TREATMENT"],
    ]


def test_an_end_that_was_asked_for_and_is_missing_stays_missing(trial, treated):
    treated["ex"][1]["EXENDAT"] = None
    ex = trial.sdtm(**treated).datasets["EX"]
    assert pd.isna(ex["EXENDTC"][0]) and pd.isna(ex["EXENDY"][0])


def test_an_administration_at_a_point_in_time_ends_where_it_starts(trial):
    form = trial.form("ex", {"USUBJID": "S1", "EXSTDAT": "2020-03-10", "EXSTTIM": "09:30"}).drop(
        columns="EXENDAT"
    )
    assert end_of_exposure(form).tolist() == ["2020-03-10T09:30"]
    assert end_of_exposure(form.assign(EXENTIM="10:15")).tolist() == ["2020-03-10T10:15"]
