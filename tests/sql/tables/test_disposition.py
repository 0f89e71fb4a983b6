"""Disposition: the trial and its follow-up are two periods, each with its own denominator."""


def test_each_period_counts_those_who_entered_it(tables, subject, ended):
    treated = [subject(usubjid, "2020-03-02") for usubjid in ("01", "02", "03")]
    failed = subject("04", ARMCD=None, ARM=None, ARMNRS="SCREEN FAILURE")

    found = tables(
        dm=[one["dm"][0] for one in (*treated, failed)],
        ex=[one["ex"][0] for one in treated],
        ds=[
            ended("01", "COMPLETED", "TREATMENT", "2020-05-25"),
            ended("01", "COMPLETED", "FOLLOW-UP", "2021-05-24"),
            ended("02", "COMPLETED", "TREATMENT", "2020-05-25"),
            ended("02", "LOST TO FOLLOW-UP", "FOLLOW-UP", "2020-09-01"),
            ended("03", "ADVERSE EVENT", "TREATMENT", "2020-04-01"),
        ],
    )["disposition"]
    total = found[found["treatment"] == "Total"]
    assert list(zip(total["period"], total["status"], total["reason"], total["subjects"], strict=True)) == [
        ("SCREENING", "ENTERED", "ALL", 4),
        ("SCREENING", "ENROLLED", "ALL", 3),
        ("SCREENING", "NOT ENROLLED", "ALL", 1),
        ("SCREENING", "NOT ENROLLED", "SCREEN FAILURE", 1),
        ("TREATMENT", "ENTERED", "ALL", 3),
        ("TREATMENT", "COMPLETED", "ALL", 2),
        ("TREATMENT", "DISCONTINUED", "ALL", 1),
        ("TREATMENT", "DISCONTINUED", "ADVERSE EVENT", 1),
        ("FOLLOW-UP", "ENTERED", "ALL", 2),
        ("FOLLOW-UP", "COMPLETED", "ALL", 1),
        ("FOLLOW-UP", "DISCONTINUED", "ALL", 1),
        ("FOLLOW-UP", "DISCONTINUED", "LOST TO FOLLOW-UP", 1),
    ]
    keyed = found.set_index("row_key")["percent"]
    assert keyed["Total | TREATMENT | COMPLETED | ALL"] == 66.7
    assert keyed["Total | FOLLOW-UP | COMPLETED | ALL"] == 50
