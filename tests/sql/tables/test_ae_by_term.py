"""ae_by_term: treatment-emergent events by body system, term and causality."""


def test_terms_with_their_causality(events):
    terms = events["ae_by_term"]
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
