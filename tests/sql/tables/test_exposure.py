"""Exposure: by dose and by subject."""


def test_one_subject_with_three_doses_and_one_with_one(tables, subject):
    both = [subject("01", "2020-03-02", "2020-03-30", "2020-04-27"), subject("02", "2020-03-02")]
    found = tables(
        dm=[record for one in both for record in one["dm"]],
        ex=[record for one in both for record in one["ex"]],
    )["exposure"].set_index("row_key")
    doses = found.loc["Total | AD-MSC | DOSE"]
    assert (doses["subjects"], doses["n"], doses["mean"], doses["max"]) == (2, 4, 0.5, 0.5)
    number = found.loc["Total | AD-MSC | NDOSES"]
    assert (number["n"], number["mean"], number["min"], number["max"]) == (2, 2, 1, 3)
    assert found.at["Total | AD-MSC | RELDOSE", "min"] == 33.333333
