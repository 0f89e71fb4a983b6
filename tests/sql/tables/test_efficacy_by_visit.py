"""efficacy_by_visit: as observed beside LOCF."""


def test_the_course_as_observed_and_with_the_last_value_carried(scores):
    course = scores["efficacy_by_visit"].set_index("row_key")
    observed = course.loc["Total | PASITOT | Week 12 | OBSERVED | CHG"]
    carried = course.loc["Total | PASITOT | Week 12 | LOCF | CHG"]
    assert (observed["n"], observed["mean"]) == (1, -6)
    assert (carried["n"], carried["mean"], carried["min"], carried["max"]) == (2, -6, -6, -6)
    assert course.at["Total | PASITOT | Baseline | OBSERVED | AVAL", "mean"] == 11
    assert course.at["Total | PASITOT | Week 12 | LOCF | PCHG", "median"] == -55
    assert "Total | PASITOT | One Year | LOCF | AVAL" not in course.index  # follow-up is not carried into
