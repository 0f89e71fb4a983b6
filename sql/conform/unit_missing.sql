-- One record per numeric result without a unit of a test that has one elsewhere.
-- Words: {variable} is missing on results of '{cause}', which has a unit elsewhere
-- Todo: find the unit; a number whose unit nobody knows is not standardised
-- Source: SDTMIG 3.4 section 4.5.1
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --TESTCD, --STRESN, --STRESU
WITH
without AS (
    SELECT
        TESTCD,
        CAT,
        SPEC,
        METHOD,
        min(_row) AS _row,
        count(*) AS records
    FROM record
    WHERE STRESN IS NOT NULL AND STRESU IS NULL
    GROUP BY ALL
),

with_unit AS (
    SELECT DISTINCT
        TESTCD,
        CAT,
        SPEC,
        METHOD
    FROM record
    WHERE STRESU IS NOT NULL
)

SELECT
    $domain || 'STRESU' AS variable,
    w.TESTCD AS cause,
    w._row,
    w.records
FROM without AS w
SEMI JOIN with_unit AS u
    ON
        w.TESTCD = u.TESTCD AND w.CAT IS NOT DISTINCT FROM u.CAT AND w.SPEC IS NOT DISTINCT FROM u.SPEC
        AND w.METHOD IS NOT DISTINCT FROM u.METHOD
