"""What a data manager reads in Prefect."""

from flows import shown


def manifest(findings: dict, records: int, rejected: int = 0) -> dict:
    return {
        "study": "S-1",
        "snapshot": "20200301T020000Z-0123abcd",
        "delivery": "2020-03-01",
        "accounts": [{"source": "ae", "received": 10, "in_forms": 10 - rejected, "rejected": rejected}],
        "findings": findings,
        "findings_total": sum(findings.values()),
        "outputs": [{"path": "sdtm/AE.parquet", "rows": records}, {"path": "raw/ae.parquet", "rows": 10}],
    }


def test_what_a_data_manager_reads_says_what_changed():
    before, after = manifest({"DATE": 2, "CODE": 1}, 7), manifest({"DATE": 3}, 9, rejected=1)
    assert shown.page(after, before).splitlines() == [
        "# S-1",
        "",
        "Snapshot `20200301T020000Z-0123abcd`, deliveries up to 2020-03-01.",
        "",
        "10 rows received, 1 set aside, 3 findings.",
        "",
        "Since snapshot `20200301T020000Z-0123abcd`:",
        "",
        "- AE: 9 records (+2)",
        "- CODE: 0 findings (-1)",
        "- DATE: 3 findings (+1)",
    ]
    assert "no number of records or findings is another" in shown.page(after, after)
    assert shown.page(after, None).endswith("This is the first snapshot.")
    assert shown.records(after, before) == [{"layer": "SDTM", "dataset": "AE", "records": 9, "change": "+2"}]
    assert [(row["rule"], row["findings"], row["change"]) for row in shown.findings(after, before)] == [
        ("CODE", 0, "-1"),
        ("DATE", 3, "+1"),
    ]
    assert shown.accounts(after)[0]["set aside"] == 1
    assert shown.key_of("Study_01") == "study-01"
