-- One record per test that the value level metadata of results leaves out.
-- Words: the value level metadata of {variable} leaves out {cause}
-- Todo: describe the values of each test, or of none
-- Source: Define-XML 2.1 section 5.3.13 (ValueListDef)
-- Severity: note
-- Standard: Define
-- Needs: define
WITH
told AS (
    SELECT
        v.standard,
        v.dataset,
        v.variable,
        w.variable AS by_variable,
        w.value,
        w.comparator
    FROM define.values AS v
    INNER JOIN define.wheres AS w ON w.standard = v.standard AND w.clause = v.clause
    WHERE
        regexp_matches(v.variable, '(ORRES|STRESC|AVAL|QVAL)$')
        AND regexp_full_match(w.variable, '..TESTCD|QNAM|PARAMCD')
),

-- all its conditions name tests
whole AS (
    SELECT
        standard,
        dataset,
        variable,
        by_variable
    FROM told
    GROUP BY ALL
    HAVING bool_and(comparator IN ('EQ', 'IN'))
)

SELECT
    h.dataset,
    h.variable,
    m.value AS cause,
    m.value,
    m.records,
    m._row
FROM whole AS h
INNER JOIN
    meta.values AS m
    ON m.standard = h.standard AND m.dataset = h.dataset AND m.variable = h.by_variable
ANTI JOIN told AS t
    ON t.standard = h.standard AND t.dataset = h.dataset AND t.variable = h.variable AND t.value = m.value
