import numpy as np
import pandas as pd

from transforms.instruments import instrument
from transforms.instruments.pasi import SCORED
from transforms.sdtm.questionnaires import by_questionnaire, domain_records, questionnaire

#             E  I  D  A
REGIONS = [1, 1, 1, 1] + [2, 2, 1, 3] + [3, 2, 2, 4] + [4, 3, 3, 5]  # total 31.7
DLQI = ["01", "02", "03", "04", "05", "06", "07", "07A", "08", "09", "10"]


def visits(domain, *rows):
    """Rows of subject, visit number, date and items."""
    frame = pd.DataFrame(
        [
            {
                "USUBJID": subject,
                "VISITNUM": visit,
                f"{domain}DTC": dtc,
                "_file": "f.csv",
                "_row": n + 2,
                **items,
            }
            for n, (subject, visit, dtc, items) in enumerate(rows)
        ]
    )
    frame["RFXSTDTC"] = frame["USUBJID"].map({"S1": "2020-01-15", "S2": None})
    return frame.astype({"USUBJID": "category", f"{domain}DTC": "category", "RFXSTDTC": "str"})


def long(frame, category, domain, **policies):
    policies = {"untimed": "before_dose", "missing_item": "one_item_scores_zero"} | policies
    return questionnaire(frame, instrument(category), domain, "STUDY", **policies)


def pasi(total=None, **changed):
    items = dict(zip(SCORED, REGIONS, strict=True))
    items |= {item.lstrip("q"): value for item, value in changed.items()}
    return items if total is None else items | {"29": total}


def dlqi(**changed):
    answers = dict.fromkeys(DLQI, "A LITTLE") | {"07": "YES", "07A": None}
    return answers | {item.lstrip("q"): value for item, value in changed.items()}


def one(records, testcd):
    domain = records["DOMAIN"].iloc[0]
    return records[records[f"{domain}TESTCD"] == testcd].iloc[0]


def test_one_record_per_item_with_the_answer_its_score_and_where_it_came_from():
    records, findings = long(visits("RS", ("S1", 1, "2020-01-10", pasi())), "PASI FELDMAN", "RS")
    assert len(records) == 17 and findings.empty
    first = one(records, "PASI0201")
    assert (first["RSTEST"], first["RSCAT"]) == ("PASI02-Head: Erythema/Redness", "PASI FELDMAN")
    assert (first["RSORRES"], first["RSSTRESC"], first["RSSTRESN"]) == ("SLIGHT", "1", 1.0)
    assert (first["STUDYID"], first["DOMAIN"], first["USUBJID"], first["_row"]) == ("STUDY", "RS", "S1", 2)
    assert one(records, "PASI0204")["RSORRES"] == "1"  # area bands have no name


def test_variables_of_the_domain_are_carried_and_the_form_s_date_is_not():
    frame = visits("RS", ("S1", 1, "2020-01-10", pasi()))
    frame = frame.assign(RSEVAL="INVESTIGATOR", EPOCH="SCREENING", RSDAT="2020-01-10")
    records, _ = long(frame, "PASI FELDMAN", "RS")
    assert records["RSEVAL"].eq("INVESTIGATOR").all() and records["EPOCH"].eq("SCREENING").all()
    assert "RSDAT" not in records and "RFXSTDTC" not in records


def test_a_total_that_the_site_did_not_give_is_derived():
    records, _ = long(visits("RS", ("S1", 1, "2020-01-10", pasi())), "PASI FELDMAN", "RS")
    total = one(records, "PASI0229")
    assert (total["RSSTRESN"], total["RSSTRESC"], total["RSDRVFL"]) == (31.7, "31.7", "Y")
    assert pd.isna(total["RSORRES"])


def test_a_total_that_the_site_gave_stays_and_is_not_flagged_derived():
    rows = [("S1", 1, "2020-01-10", pasi(total=31.7)), ("S1", 2, "2020-02-10", pasi(total=30.0))]
    records, findings = long(visits("RS", *rows), "PASI FELDMAN", "RS")
    totals = records[records["RSTESTCD"] == "PASI0229"]
    assert totals["RSORRES"].tolist() == ["31.7", "30"] and totals["RSDRVFL"].isna().all()
    found = findings[["rule", "_row", "item", "reported", "computed"]]
    assert found.values.tolist() == [["total", 3, "29", 30.0, 31.7]]


def test_a_site_that_gives_the_total_alone():
    records, findings = long(visits("RS", ("S1", 1, "2020-01-10", {"29": 12.4})), "PASI FELDMAN", "RS")
    assert records["RSTESTCD"].tolist() == ["PASI0229"] and findings.empty


def test_all_scores_can_be_derived():
    records, _ = long(visits("RS", ("S1", 1, "2020-01-10", pasi())), "PASI FELDMAN", "RS", derived="all")
    assert len(records) == 29


def test_a_blank_item_is_not_done_and_a_blank_questionnaire_is_no_record():
    blank = dict.fromkeys(SCORED, np.nan)
    rows = [("S1", 1, "2020-01-10", pasi(q02=np.nan)), ("S1", 2, "2020-02-10", blank)]
    records, _ = long(visits("RS", *rows), "PASI FELDMAN", "RS")
    assert records["VISITNUM"].eq(1).all()
    missing = one(records, "PASI0202")
    assert missing["RSSTAT"] == "NOT DONE" and pd.isna(missing["RSORRES"]) and pd.isna(missing["RSREASND"])
    assert "PASI0229" not in set(records["RSTESTCD"])  # no total without the item


def test_the_reason_of_a_missing_code_is_kept():
    rows = [
        ("S1", 1, "2020-01-10", {"01": np.nan, "01.unit": None, "01.reason": "REFUSED"}),
        ("S1", 2, "2020-02-10", {"01": np.nan, "01.unit": None, "01.reason": "NOT DONE"}),
    ]
    records, _ = long(visits("QS", *rows), "PRURITUS VAS", "QS")
    assert records["QSSTAT"].tolist() == ["NOT DONE", "NOT DONE"]
    assert records["QSREASND"].astype("str").fillna("").tolist() == ["REFUSED", ""]


def test_part_2_of_dlqi_7_is_only_expected_after_no():
    rows = [
        ("S1", 1, "2020-01-10", dlqi()),
        ("S1", 2, "2020-02-10", dlqi(q07="NO")),
        ("S1", 3, "2020-03-10", dlqi(q07="NO", q07A="A LOT")),
    ]
    records, _ = long(visits("QS", *rows), "DLQI", "QS")
    part_2 = records[records["QSTESTCD"] == "DLQI107A"]
    assert part_2["VISITNUM"].tolist() == [2, 3]
    assert part_2["QSSTAT"].astype("str").fillna("").tolist() == ["NOT DONE", ""]
    no = records[(records["QSTESTCD"] == "DLQI107") & (records["VISITNUM"] == 3)].iloc[0]
    assert (no["QSORRES"], no["QSSTRESC"]) == ("NO", "NO") and np.isnan(no["QSSTRESN"])
    assert records[records["QSTESTCD"] == "DLQI111"]["QSSTRESN"].tolist() == [12, 9, 11]


def test_a_vas_is_in_millimetres_and_has_no_standard_result_without_a_unit():
    rows = [
        ("S1", 1, "2020-01-10", {"01": 53.0, "01.unit": "mm"}),
        ("S1", 2, "2020-02-10", {"01": 5.3, "01.unit": "cm"}),
        ("S1", 3, "2020-03-10", {"01": 7.0, "01.unit": None}),
        ("S1", 4, "2020-04-10", {"01": 12.0, "01.unit": "cm"}),
        ("S1", 5, "2020-05-10", {"01": np.nan, "01.unit": "mm", "01.verbatim": "about 50"}),
    ]
    records, findings = long(visits("QS", *rows), "PRURITUS VAS", "QS")
    columns = ["QSORRES", "QSORRESU", "QSSTRESC", "QSSTRESU"]
    assert records[columns].astype("str").fillna("").values.tolist() == [
        ["53", "mm", "53", "mm"],
        ["5.3", "cm", "53", "mm"],
        ["7", "", "", ""],
        ["12", "cm", "", ""],
        ["about 50", "mm", "", ""],
    ]
    assert findings[["rule", "_row", "reported"]].values.tolist() == [["unit", 4, 7.0], ["range", 5, 12.0]]


def test_the_last_result_before_exposure_is_flagged_item_by_item():
    rows = [
        ("S1", 1, "2020-01-08", pasi()),
        ("S1", 2, "2020-01-15", pasi(q01=np.nan)),
        ("S1", 3, "2020-02-12", pasi()),
        ("S2", 1, "2020-01-08", pasi()),  # never exposed
    ]
    records, _ = long(visits("RS", *rows), "PASI FELDMAN", "RS")
    flagged = records[records["RSLOBXFL"] == "Y"]
    assert flagged[flagged["RSTESTCD"] == "PASI0201"]["VISITNUM"].tolist() == [1]
    assert flagged[flagged["RSTESTCD"] == "PASI0202"]["VISITNUM"].tolist() == [2]
    assert flagged[flagged["RSTESTCD"] == "PASI0229"]["VISITNUM"].tolist() == [1]
    assert set(flagged["USUBJID"]) == {"S1"}


def test_after_dose_policy_leaves_the_untimed_visit_of_the_first_dose_out():
    rows = [("S1", 1, "2020-01-08", pasi()), ("S1", 2, "2020-01-15", pasi())]
    records, _ = long(visits("RS", *rows), "PASI FELDMAN", "RS", untimed="after_dose")
    assert set(records[records["RSLOBXFL"] == "Y"]["VISITNUM"]) == {1}


def test_instruments_stand_together_by_subject_with_one_sequence():
    questionnaires = visits("QS", ("S2", 1, "2020-01-10", dlqi()), ("S1", 1, "2020-01-10", dlqi()))
    ratings = visits("QS", ("S1", 1, "2020-01-10", {"01": 53.0, "01.unit": "mm"}))
    frames = [long(questionnaires, "DLQI", "QS")[0], long(ratings, "PRURITUS VAS", "QS")[0]]
    records = domain_records(frames, "QS")
    assert records["USUBJID"].tolist() == ["S1"] * 12 + ["S2"] * 11
    assert records["QSSEQ"].tolist() == [*range(1, 13), *range(1, 12)]
    assert records["QSTESTCD"].tolist()[10:12] == ["DLQI111", "PVAS01"]


def test_no_questionnaires_no_records_but_all_columns():
    frame = visits("QS", ("S1", 1, "2020-01-10", dlqi()))
    full, _ = long(frame, "DLQI", "QS")
    empty, findings = long(frame.iloc[:0], "DLQI", "QS")
    assert empty.empty and findings.empty and list(empty) == list(full)


def item_rows(*rows) -> pd.DataFrame:
    """A form with one row per item: subject, visit date, QSTESTCD, answer."""
    columns = ["USUBJID", "VISIT", "QSDAT", "QSTESTCD", "QSORRES"]
    form = pd.DataFrame(rows, columns=columns, dtype="str")
    number = pd.to_numeric(form["QSORRES"], errors="coerce")
    place = {"_file": "qs.csv", "_row": np.arange(2, len(form) + 2), "_source": "qs"}
    return form.astype("category").assign(**{"QSORRES.number": number}, **place)


def test_items_with_a_row_each_become_one_questionnaire_and_keep_their_rows():
    form = item_rows(
        ("S1", "WEEK 0", "2020-03-10", "DLQI101", "a lot"),
        ("S1", "WEEK 0", "2020-03-10", "DLQI102", "3"),
        ("S1", "WEEK 4", "2020-04-07", "DLQI101", "A LITTLE"),
        ("S1", "WEEK 4", "2020-04-07", "DLQI101", "VERY MUCH"),
    )
    wide = by_questionnaire(form, instrument("DLQI"), "QS")
    assert wide["01"].tolist() == ["A LOT", "A LITTLE"] and wide["_row"].tolist() == [2, 4]
    assert wide.loc[0, ["02", "02._row"]].tolist() == ["3", 3] and wide.loc[1, ["02", "03"]].isna().all()


def test_what_has_no_row_of_its_own_is_not_not_done():
    form = item_rows(("S1", "WEEK 0", "2020-03-10", "ACITM01", "5"), ("S1", "WEEK 0", "2020-03-10", "ACITM02", None))
    wide = by_questionnaire(form, instrument("ADAS-COG"), "QS")
    wide = wide.assign(VISITNUM=2.0, QSDTC="2020-03-10", RFXSTDTC=None)
    records, _ = questionnaire(
        wide, instrument("ADAS-COG"), "QS", "STUDY", untimed="before_dose", missing_item="all_items_required"
    )
    found = records[["QSTESTCD", "QSORRES", "QSSTAT", "_row"]].astype("str").fillna("").to_numpy().tolist()
    assert found == [["ACITM01", "5", "", "2"], ["ACITM02", "", "NOT DONE", "3"]]


def test_an_interview_that_records_only_absence_has_no_gaps():
    items = {"01": "ABSENT", "02F": "2", "02V": "3", "02D": "1"} | {f"{n:02}": "ABSENT" for n in range(3, 13)}
    visit = {"USUBJID": "S1", "VISITNUM": 2.0, "QSDTC": "2020-03-10", "RFXSTDTC": None, "_file": "qs.csv", "_row": 2}
    scored = [name for name in instrument("NPI-X").items.index if not name.endswith(("S", "TOT"))]
    frame = pd.DataFrame([visit | dict.fromkeys(scored) | items]).astype(dict.fromkeys(scored, "str"))
    records, _ = questionnaire(
        frame, instrument("NPI-X"), "QS", "STUDY", untimed="before_dose", missing_item="all_items_required"
    )
    assert records["QSSTAT"].isna().all() and set(records["QSCAT"]) == {"NPI"}
    by_test = records.astype({"QSTESTCD": "str"}).set_index("QSTESTCD")
    assert by_test.loc["NPITM02S", "QSSTRESN"] == 6 == by_test.loc["NPTOT", "QSSTRESN"]
    assert by_test.loc["NPITM02S", "QSDRVFL"] == "Y" and by_test.loc["NPITM02F", "QSSCAT"] == "HALLUCINATIONS"
