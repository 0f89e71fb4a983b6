"""What a column of a SELECT is drawn from."""

import pytest

from transforms.review.sql_columns import Selection, select_columns, selections

TABLES = {"sdtm.ae": ["USUBJID", "AESEQ", "AETERM", "AESTDTC"], "sdtm.dm": ["USUBJID", "ARM", "RFSTDTC"]}


def drawn(sql: str) -> dict[str, tuple[set, set]]:
    def names(origins):
        return {f"{table.removeprefix('sdtm.')}.{column}" for table, column in origins}

    return {name: (names(one.values), names(one.rows)) for name, one in select_columns(sql, TABLES).items()}


def test_a_column_is_drawn_from_what_its_expression_names():
    found = drawn("SELECT AETERM, AESEQ + 1 AS NEXT, 'AE' AS WORD FROM sdtm.ae")
    assert found == {"AETERM": ({"ae.AETERM"}, set()), "NEXT": ({"ae.AESEQ"}, set()), "WORD": (set(), set())}


def test_a_filter_decides_about_rows_and_is_no_value():
    assert drawn("SELECT AETERM FROM sdtm.ae WHERE AESTDTC > '2020'") == {"AETERM": ({"ae.AETERM"}, {"ae.AESTDTC"})}


def test_a_left_join_decides_about_the_right_table_alone():
    found = drawn("SELECT a.AETERM, d.ARM FROM sdtm.ae AS a LEFT JOIN sdtm.dm AS d ON a.USUBJID = d.USUBJID")
    assert found["AETERM"] == ({"ae.AETERM"}, set())
    assert found["ARM"] == ({"dm.ARM"}, {"ae.USUBJID", "dm.USUBJID"})


def test_names_go_through_ctes_stars_and_aliases_of_the_same_list():
    found = drawn("""
        WITH first AS (SELECT * EXCLUDE (AESEQ), left(AESTDTC, 4) AS YEAR, YEAR || 'x' AS MARK FROM sdtm.ae),
        second (ONE, TWO) AS (SELECT AETERM, MARK FROM first)
        SELECT TWO, (SELECT max(ARM) FROM sdtm.dm WHERE dm.RFSTDTC = s.ONE) AS HIGHEST FROM second AS s""")
    assert found["TWO"] == ({"ae.AESTDTC"}, set())
    assert found["HIGHEST"] == ({"dm.ARM"}, {"dm.RFSTDTC", "ae.AETERM"})


def test_a_lateral_list_of_values_is_drawn_from_its_cells():
    found = drawn("""SELECT v.NAME, v.VALUE FROM sdtm.ae AS a
        CROSS JOIN LATERAL (VALUES ('term', a.AETERM), ('start', a.AESTDTC)) AS v (NAME, VALUE)""")
    assert found == {"NAME": (set(), set()), "VALUE": ({"ae.AETERM", "ae.AESTDTC"}, set())}


def test_order_and_partition_of_a_window_make_its_value():
    found = drawn("SELECT row_number() OVER (PARTITION BY USUBJID ORDER BY AESTDTC) AS NTH FROM sdtm.ae")
    assert found == {"NTH": ({"ae.USUBJID", "ae.AESTDTC"}, set())}


def test_a_union_by_name_is_drawn_from_both_sides():
    found = drawn("SELECT AETERM AS WORD FROM sdtm.ae UNION ALL BY NAME SELECT ARM AS WORD, USUBJID FROM sdtm.dm")
    assert found == {"WORD": ({"ae.AETERM", "dm.ARM"}, set()), "USUBJID": ({"dm.USUBJID"}, set())}


def test_replaced_columns_of_a_star():
    found = drawn("SELECT * REPLACE (AETERM || AESTDTC AS AETERM) FROM sdtm.ae")
    assert found["AETERM"] == ({"ae.AETERM", "ae.AESTDTC"}, set())
    assert found["AESEQ"] == ({"ae.AESEQ"}, set())


def test_a_name_that_is_nowhere_is_an_error_and_no_guess():
    with pytest.raises(ValueError, match="AEXX is in no table of FROM"):
        drawn("SELECT AEXX FROM sdtm.ae")


def copied(sql: str) -> dict[str, set | None]:
    return {
        name: one.copied and {column for _, column in one.copied} for name, one in select_columns(sql, TABLES).items()
    }


def test_a_column_that_goes_through_by_its_name_is_copied_and_another_is_worked_out():
    found = copied("""
        WITH events AS (SELECT a.AETERM AS TERM, upper(AETERM) AS BIG, AESEQ FROM sdtm.ae AS a)
        SELECT TERM, BIG, AESEQ + 0 AS NEXT, 'AE' AS WORD FROM events""")
    assert found == {"TERM": {"AETERM"}, "BIG": None, "NEXT": None, "WORD": None}


def test_a_column_of_a_union_is_copied_from_each_part_that_has_it():
    found = copied("""
        SELECT AETERM AS TERM, AESEQ, AETERM AS MIXED FROM sdtm.ae
        UNION ALL BY NAME SELECT ARM AS TERM, NULL AS AESEQ, 'x' AS MIXED FROM sdtm.dm""")
    assert found == {"TERM": {"AETERM", "ARM"}, "AESEQ": {"AESEQ"}, "MIXED": None}


def test_a_table_is_read_under_the_comparisons_with_literals_that_all_have_to_hold():
    found = selections(
        """
        WITH events AS (
            SELECT e.AETERM FROM sdtm.ae AS e INNER JOIN sdtm.dm AS d ON e.USUBJID = d.USUBJID
            WHERE e.AESEQ >= 2 AND d.ARM IN ('A', 'B') AND e.AETERM IS NOT NULL AND (e.AESEQ = 1 OR d.ARM = 'C')
        )
        SELECT AETERM FROM events
        UNION ALL
        SELECT * FROM (SELECT ARM FROM sdtm.dm) AS x""",
        TABLES,
    )
    assert found == [
        Selection("sdtm.ae", ("USUBJID", "AESEQ", "AETERM"), (("AESEQ", "GE", ("2",)),)),
        Selection("sdtm.dm", ("USUBJID", "ARM"), (("ARM", "IN", ("A", "B")),)),
        Selection("sdtm.dm", ("ARM",), ()),
    ]
