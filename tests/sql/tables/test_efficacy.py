"""efficacy_by_visit and pasi_response: as observed beside LOCF and NRI. Two subjects, PASI 12 and 10 at baseline."""

import pytest


@pytest.fixture
def found(tables, subject):
    both = [subject(usubjid, "2020-03-02") for usubjid in ("01", "02")]
    total = {"RSCAT": "PASI FELDMAN", "RSTESTCD": "PASI0229"}

    def ended(usubjid, decod, epoch, day):
        return {"USUBJID": usubjid, "DSCAT": "DISPOSITION EVENT", "DSDECOD": decod, "EPOCH": epoch, "DSSTDTC": day}

    return tables(
        dm=[record for one in both for record in one["dm"]],
        ex=[record for one in both for record in one["ex"]],
        rs=[
            total | {"USUBJID": usubjid, "RSDTC": day, "RSSTRESN": score, "RSLOBXFL": flag}
            for usubjid, day, score, flag in (
                ("01", "2020-03-02", 12.0, "Y"),
                ("01", "2020-03-30", 9.0, None),
                ("01", "2020-05-25", 6.0, None),
                ("01", "2021-05-24", 3.0, None),
                ("02", "2020-03-02", 10.0, "Y"),
                ("02", "2020-03-30", 4.0, None),  # a responder who then leaves
            )
        ],
        ds=[
            ended("01", "COMPLETED", "TREATMENT", "2020-05-25"),
            ended("01", "COMPLETED", "FOLLOW-UP", "2021-05-24"),
            ended("02", "WITHDRAWAL BY SUBJECT", "TREATMENT", "2020-04-15"),
        ],
    )


def test_a_missing_visit_leaves_the_observed_and_fails_in_nri(found):
    response = found["pasi_response"]
    rows = response[(response["treatment"] == "Total") & (response["threshold"] == "PASI-50")]
    names = ["visit", "observed_responders", "observed_subjects", "nri_responders", "nri_subjects", "nri_percent"]
    assert list(rows[names].itertuples(index=False, name=None)) == [
        ("Week 4", 1, 2, 1, 2, 50.0),
        ("Week 12", 1, 1, 1, 2, 50.0),
        ("One Year", 1, 1, 1, 2, 50.0),
    ]
    year = response.set_index("row_key").loc["Total | One Year | PASI-75"]
    assert (year["observed_responders"], year["observed_percent"], year["nri_percent"]) == (1, 100, 50)
    assert response.set_index("row_key").at["Total | One Year | PASI-100", "nri_responders"] == 0


def test_the_course_as_observed_and_with_the_last_value_carried(found):
    course = found["efficacy_by_visit"].set_index("row_key")
    observed = course.loc["Total | PASITOT | Week 12 | OBSERVED | CHG"]
    carried = course.loc["Total | PASITOT | Week 12 | LOCF | CHG"]
    assert (observed["n"], observed["mean"]) == (1, -6)
    assert (carried["n"], carried["mean"], carried["min"], carried["max"]) == (2, -6, -6, -6)
    assert course.at["Total | PASITOT | Baseline | OBSERVED | AVAL", "mean"] == 11
    assert course.at["Total | PASITOT | Week 12 | LOCF | PCHG", "median"] == -55
    assert "Total | PASITOT | One Year | LOCF | AVAL" not in course.index  # follow-up is not carried into
