"""ae_by_grade: treatment-emergent events by grade."""


def test_a_subject_counts_once_under_the_worst_grade(events):
    grades = events["ae_by_grade"]
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
