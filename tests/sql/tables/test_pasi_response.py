"""pasi_response: as observed beside NRI."""


def test_a_missing_visit_leaves_the_observed_and_fails_in_nri(scores):
    response = scores["pasi_response"]
    rows = response[(response["treatment"] == "Total") & (response["threshold"] == "PASI-50")]
    names = [
        "visit",
        "observed_responders",
        "observed_subjects",
        "nri_responders",
        "nri_subjects",
        "nri_percent",
    ]
    assert list(rows[names].itertuples(index=False, name=None)) == [
        ("Week 4", 1, 2, 1, 2, 50.0),
        ("Week 12", 1, 1, 1, 2, 50.0),
        ("One Year", 1, 1, 1, 2, 50.0),
    ]
    year = response.set_index("row_key").loc["Total | One Year | PASI-75"]
    assert (year["observed_responders"], year["observed_percent"], year["nri_percent"]) == (1, 100, 50)
    assert response.set_index("row_key").at["Total | One Year | PASI-100", "nri_responders"] == 0
