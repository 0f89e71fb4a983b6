import pytest

from transforms.sdtm.ec import exposure

DAILY = {"USUBJID": "S1", "ECTRT": "BOTTLE A", "ECDOSE": 2, "ECDOSU": "TABLET", "ECDOSFRM": "TABLET"}
STRONG = {"ECPSTRG": 50, "ECPSTRGU": "mg"}


def dose(start, end, **values):
    return DAILY | STRONG | {"ECSTDAT": start, "ECENDAT": end} | values


@pytest.fixture
def sdtm(trial_with, treated):
    """The datasets of the doses given, in a study that collects EC and no EX."""

    def records(*doses, policy="each_record"):
        return trial_with(without=("ex",), ex_from_ec=policy).sdtm(dm=treated["dm"], ec=list(doses)).datasets

    return records


def test_ec_has_what_was_recorded_also_what_was_missed(sdtm):
    ec = sdtm(dose("2020-03-10", "2020-03-16"), dose("2020-03-17", "2020-03-17", ECOCCUR="N"))["EC"]
    assert ec[["ECSEQ", "ECDOSE", "ECDOSU", "ECSTDY", "EPOCH"]].to_numpy().tolist() == [
        [1, 2, "TABLET", 1, "TREATMENT"], [2, 2, "TABLET", 8, "TREATMENT"],
    ]  # fmt: skip


def test_exposure_is_what_was_given_in_units_of_treatment(sdtm):
    out = sdtm(
        dose("2020-03-10", "2020-03-16"),
        dose("2020-03-17", "2020-03-17", ECOCCUR="N"),
        dose("2020-03-18", "2020-03-20", ECMOOD="SCHEDULED"),
        dose("2020-03-18", "2020-03-20", ECMOOD="PERFORMED", ECPSTRG=None),
    )
    assert out["EX"][["EXSEQ", "EXDOSE", "EXDOSU", "EXSTDTC", "EXENDTC", "_row"]].to_numpy().tolist() == [
        [1, 100, "mg", "2020-03-10", "2020-03-16", 2], [2, 2, "TABLET", "2020-03-18", "2020-03-20", 5],
    ]  # fmt: skip
    assert out["DM"].loc[0, ["RFXSTDTC", "RFXENDTC"]].tolist() == ["2020-03-10", "2020-03-20"]


def test_doses_of_one_regimen_without_a_gap_are_one_interval(sdtm):
    ex = sdtm(
        dose("2020-03-10", "2020-03-16"),
        dose("2020-03-17", "2020-03-23"),
        dose("2020-03-25", "2020-03-30"),
        dose("2020-03-31", "2020-04-06", ECDOSE=1),
        policy="constant_dosing",
    )["EX"]
    assert ex[["EXDOSE", "EXSTDTC", "EXENDTC", "_row"]].to_numpy().tolist() == [
        [100, "2020-03-10", "2020-03-23", 2],
        [100, "2020-03-25", "2020-03-30", 4],
        [50, "2020-03-31", "2020-04-06", 5],
    ]


def test_an_interval_leads_back_to_each_of_its_doses(trial_with, treated):
    trial = trial_with(without=("ex",), ex_from_ec="constant_dosing")
    doses = [dose("2020-03-25", "2020-03-30"), dose("2020-03-17", "2020-03-23"), dose("2020-03-10", "2020-03-16")]
    out = trial.sdtm(dm=treated["dm"], ec=doses)
    assert out.datasets["EX"][["EXSEQ", "EXSTDTC", "_row"]].to_numpy().tolist() == [
        [1, "2020-03-10", 4], [2, "2020-03-25", 2],
    ]  # fmt: skip
    further = out.parents[out.parents["dataset"] == "EX"]
    assert further[["USUBJID", "seq", "_row"]].to_numpy().tolist() == [["S1", 1, 3]]


def test_a_dose_that_has_not_ended_is_the_last_of_its_interval(sdtm):
    ex = sdtm(dose("2020-03-10", "2020-03-16"), dose("2020-03-17", None), policy="constant_dosing")["EX"]
    assert len(ex) == 1 and ex["EXENDTC"].isna().all()


def test_a_doubtful_dose_is_told_once(trial_with, treated):
    trial = trial_with(without=("ex",), ex_from_ec="each_record")
    found = trial.sdtm(dm=treated["dm"], ec=[dose("2020-03-10", "2020-03-01")]).findings
    assert found[["rule", "dataset"]].to_numpy().tolist() == [["DATE-ORDER", "ec"]]


def test_without_mood_and_occurrence_every_dose_recorded_was_given(trial_with, treated):
    trial = trial_with(without=("ex",), ex_from_ec="each_record")
    form = trial.form("ec", {"USUBJID": "S1", "ECTRT": "CELLS", "ECDOSE": 1, "ECSTDAT": "2020-03-10"})
    given, further = exposure(form.drop(columns=["ECMOOD", "ECOCCUR"]), trial.study)
    assert (len(given), len(further)) == (1, 0)
