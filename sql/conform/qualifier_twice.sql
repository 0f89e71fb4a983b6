-- One record per qualifier that a record has twice.
-- Words: a record has the qualifier {cause} twice
-- Todo: keep one; where both are true they are two qualifiers
-- Source: SDTMIG 3.4 section 8.4; CG0411; CORE-000203
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: QNAM, USUBJID
WITH
marked AS (
    SELECT
        _row,
        QNAM,
        hash(USUBJID, IDVAR, IDVARVAL, QNAM) AS content
    FROM record
),

twice AS (
    SELECT
        content,
        min(_row) AS first_row
    FROM marked
    GROUP BY content
    HAVING count(*) > 1
)

SELECT
    'QNAM' AS variable,
    m.QNAM AS cause,
    m._row
FROM marked AS m
INNER JOIN twice AS t USING (content)
WHERE m._row > t.first_row
