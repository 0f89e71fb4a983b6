FINE = {f"{n:02}": 1.0 for n in range(1, 17)}  # total 4.0 x (3 x 1) x weights = 3.0


def pasi(trial, treated, **items):
    items = {name.lstrip("q"): value for name, value in items.items()}
    treated["rs"] = [{"USUBJID": "S1", "VISIT": "WEEK 0", "RSDAT": "2020-03-10"} | FINE | items]
    out = trial.sdtm(**treated)
    return out.datasets["RS"], list(
        zip(out.findings["rule"], out.findings["column"], out.findings["value"], strict=True)
    )


def test_items_carry_visit_day_epoch_and_sequence(trial, treated):
    rs, findings = pasi(trial, treated)
    assert rs["RSSEQ"].tolist() == list(range(1, 18)) and findings == []
    last = rs.iloc[-1]
    assert (last["RSTESTCD"], last["RSSTRESN"], last["RSDRVFL"]) == ("PASI0229", 3.0, "Y")
    assert (last["VISITNUM"], last["VISIT"], last["RSDY"], last["EPOCH"]) == (2, "WEEK 0", 1, "TREATMENT")
    assert last["RSLOBXFL"] == "Y"


def test_a_total_of_the_site_that_its_items_do_not_give_stays_with_a_finding(trial, treated):
    rs, findings = pasi(trial, treated, q29=4.0)
    assert rs["RSSTRESN"].iloc[-1] == 4.0
    assert findings == [("PASI-TOTAL", "raw 29", "4")]


def test_an_area_without_symptoms_or_symptoms_without_an_area_is_a_finding(trial, treated):
    _, findings = pasi(trial, treated, q04=0.0, q05=0.0, q06=0.0, q07=0.0)
    assert findings == [("PASI-AREA", "raw 04", "0"), ("PASI-AREA", "raw 08", "1")]


def test_a_missing_item_settles_nothing(trial, treated):
    _, findings = pasi(trial, treated, q04=0.0, q01=None, q02=None, q03=None)
    assert findings == []
