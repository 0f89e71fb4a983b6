"""Demographics of the enrolled: three of the trial's kind and one screen failure."""


def test_counts_and_age_of_the_enrolled(tables, subject):
    dm = [
        *subject("01", AGE=35)["dm"],
        *subject("02", AGE=65)["dm"],
        *subject("03", AGE=53, SEX="F", RACE=None)["dm"],
        *subject("04", AGE=80, ARMCD=None, ARM=None, ARMNRS="SCREEN FAILURE")["dm"],
    ]
    found = tables(dm=dm)["demographics"]
    assert list(found["treatment"].unique()) == ["AD-MSC", "Total"]
    total = found[found["treatment"] == "Total"].set_index(["characteristic", "statistic"])["value"]
    assert total["Subjects", "enrolled"] == 3
    assert (total["Sex", "M"], total["Sex", "F"]) == (2, 1)
    assert total["Race", "not collected"] == 1
    age = total["Age (years)"]
    assert (age["n"], age["mean"], age["median"], age["min"], age["max"]) == (3, 51, 53, 35, 65)
    assert found.set_index("row_key").at["Total | Sex | F", "percent"] == 33.3
