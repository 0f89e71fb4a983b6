import pandas as pd

from transforms.review.dispositions import DISPOSITION, disposed, stale, standings

FINDINGS = pd.DataFrame(
    {
        "id": ["aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "dddddddddd"],
        "rule": ["TM-CT", "TM-ISO8601", "TM-KEYS", "TM-ORDER"],
        "records": [3, 1, 7, 2],
    }
)


def said(*rows):
    return pd.DataFrame(rows, columns=DISPOSITION)


DECIDED = said(
    ("aaaaaaaaaa", "explain", "The site's own term", "DM lead", "2024-04-30"),
    ("bbbbbbbbbb", "fix", None, "Programmer", "2024-04-30"),
    ("cccccccccc", "waive", "One subject, seen by the team", "Statistician", "2024-05-02"),
    ("eeeeeeeeee", "fix", None, "Programmer", "2024-04-01"),
    ("ffffffffff", "waive", "As agreed", "DM lead", "2024-04-01"),
)


def rows(frame, *columns):
    return list(frame[list(columns)].fillna("-").itertuples(index=False, name=None))


def test_each_finding_says_what_was_decided_and_none_is_hidden():
    told = disposed(FINDINGS, DECIDED)
    assert rows(told, "id", "disposition", "reason", "owner", "date", "standing") == [
        ("aaaaaaaaaa", "explain", "The site's own term", "DM lead", "2024-04-30", "explained"),
        ("bbbbbbbbbb", "fix", "-", "Programmer", "2024-04-30", "promised to be fixed, still there"),
        ("cccccccccc", "waive", "One subject, seen by the team", "Statistician", "2024-05-02", "waived"),
        ("dddddddddd", "-", "-", "-", "-", "open"),
    ]
    assert rows(told, "rule", "records") == rows(FINDINGS, "rule", "records")


def test_a_promise_of_after_the_run_is_not_yet_broken():
    def standing(made):
        return disposed(FINDINGS, DECIDED, made)["standing"].tolist()[1]

    assert standing("2024-04-29") == "to be fixed"
    assert standing("2024-04-30") == "to be fixed"  # made in the night, promised the next morning
    assert standing("2024-05-01") == "promised to be fixed, still there"


def test_a_disposition_follows_its_finding_to_the_next_run():
    tomorrow = FINDINGS.iloc[[2, 0]].assign(records=[8, 1])
    assert rows(disposed(tomorrow, DECIDED), "id", "standing") == [
        ("cccccccccc", "waived"),
        ("aaaaaaaaaa", "explained"),
    ]


def test_dispositions_whose_finding_is_gone_are_told():
    assert rows(stale(FINDINGS, DECIDED), "ID", "DISPOSITION", "words") == [
        ("eeeeeeeeee", "fix", "fixed: its finding is gone"),
        ("ffffffffff", "waive", "its finding is gone: take the line out, or look why the rule no longer finds it"),
    ]


def test_a_disposition_of_core_s_finding_is_not_missed_where_core_was_not_run():
    decided = said(("eeeeeeeeee", "explain", "CORE-000741 asks for PCLASS", "DM lead", "2024-04-30"))
    core = pd.DataFrame({"id": ["1111111111"], "rule": ["CORE-000701"], "records": [1]})
    assert list(stale(FINDINGS, decided)["words"]) == ["a finding of the CORE engine, which has not been run beside"]
    assert list(stale(core, decided)["words"]) == [
        "its finding is gone: take the line out, or look why the rule no longer finds it"
    ]


def test_findings_are_counted_by_how_they_stand():
    assert standings(disposed(FINDINGS, DECIDED)) == {
        "open": 1,
        "promised to be fixed, still there": 1,
        "explained": 1,
        "waived": 1,
    }


def test_without_dispositions_everything_is_open_and_without_findings_there_is_nothing():
    assert standings(disposed(FINDINGS, said())) == {"open": 4}
    assert len(disposed(FINDINGS.iloc[:0], DECIDED)) == 0
    assert standings(disposed(FINDINGS.iloc[:0], said())) == {}
    assert len(stale(FINDINGS.iloc[:0], said())) == 0
