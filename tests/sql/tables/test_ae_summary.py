"""ae_summary: events and subjects are different counts."""


def test_a_line_has_events_and_subjects_and_stands_there_with_none(events):
    summary = events["ae_summary"]
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


def test_a_study_without_events_has_lines_of_zeros(tables, subject):
    summary = tables(**subject("01", "2020-03-02"))["ae_summary"]
    assert (summary["events"] == 0).all() and len(summary) == 28
