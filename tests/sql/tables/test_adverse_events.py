"""ae_summary, ae_by_term, ae_by_grade: events and subjects are different counts. Doses on 2 and 30 March 2020."""

import pytest

FEVER = {"AETERM": "transient fever", "AEDECOD": "Pyrexia", "AEBODSYS": "General disorders", "AEREL": "LIKELY RELATED"}
HEADACHE = {"AETERM": "headache", "AEDECOD": "Headache", "AEBODSYS": "Nervous system", "AEREL": "UNLIKELY RELATED"}


def event(usubjid, term, day, grade="1", serious="N", **more):
    return {"USUBJID": usubjid, "AESTDTC": day, "AETOXGR": grade, "AESER": serious, **term, **more}


@pytest.fixture
def found(tables, subject):
    both = [subject(usubjid, "2020-03-02", "2020-03-30") for usubjid in ("01", "02")]
    return tables(
        dm=[record for one in both for record in one["dm"]],
        ex=[record for one in both for record in one["ex"]],
        ae=[
            event("01", FEVER, "2020-03-02"),
            event("01", FEVER, "2020-03-30", grade="2"),
            event("01", HEADACHE, "2020-04-10"),
            event("02", {"AETERM": "strange feeling"}, "2020-03-05", grade=None),
            # serious, but months after the last infusion: never treatment-emergent
            event("02", {"AETERM": "fracture", "AEREL": "NOT RELATED"}, "2020-10-01", serious="Y"),
        ],
    )


def test_a_line_has_events_and_subjects_and_stands_there_with_none(found):
    summary = found["ae_summary"]
    total = summary[summary["treatment"] == "Total"].set_index("kind")[["events", "subjects", "percent"]]
    assert {kind: tuple(row) for kind, row in total.iterrows() if row["events"]} == {
        "Any adverse event": (5, 2, 100),
        "Treatment-emergent": (4, 2, 100),
        "Treatment-emergent, related": (3, 2, 100),
        "Treatment-emergent, not related": (1, 1, 50),
        "After the treatment-emergent window": (1, 1, 50),
        "After the treatment-emergent window, serious": (1, 1, 50),
        "Serious": (1, 1, 50),
    }
    assert total.at["Treatment-emergent, serious", "events"] == 0
    assert total.at["Serious, related", "subjects"] == 0


def test_terms_with_their_causality(found):
    terms = found["ae_by_term"]
    total = terms[terms["treatment"] == "Total"]
    names = ("body_system", "term", "causality", "events", "subjects")
    assert list(total[list(names)].itertuples(index=False, name=None)) == [
        ("General disorders", "Pyrexia", "ALL", 2, 1),
        ("General disorders", "Pyrexia", "LIKELY RELATED", 2, 1),
        ("Nervous system", "Headache", "ALL", 1, 1),
        ("Nervous system", "Headache", "UNLIKELY RELATED", 1, 1),
        ("UNCODED", "strange feeling", "ALL", 1, 1),
        ("UNCODED", "strange feeling", "RELATED", 1, 1),
    ]


def test_a_subject_counts_once_under_the_worst_grade(found):
    grades = found["ae_by_grade"]
    total = grades[grades["treatment"] == "Total"]
    assert list(total[["term", "grade", "events", "subjects"]].itertuples(index=False, name=None)) == [
        ("ALL", "1", 2, 0),
        ("ALL", "2", 1, 1),
        ("ALL", "NOT GIVEN", 1, 1),
        ("Headache", "1", 1, 1),
        ("Pyrexia", "1", 1, 0),
        ("Pyrexia", "2", 1, 1),
        ("strange feeling", "NOT GIVEN", 1, 1),
    ]


def test_a_study_without_events_has_lines_of_zeros(tables, subject):
    found = tables(**subject("01", "2020-03-02"))
    assert (found["ae_summary"]["events"] == 0).all() and len(found["ae_summary"]) == 28
    assert found["ae_by_term"].empty and found["ae_by_grade"].empty
