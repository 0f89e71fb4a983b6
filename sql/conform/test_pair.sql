-- One record per code of a test with several names, or name with several codes.
-- Words: '{cause}' stands with more than one {variable}
-- Todo: a test has one code and one name within a domain
-- Source: SDTMIG 3.4 section 4.3; FDA Business Rules FB0901, FB0918; CORE-000303; CORE-000743
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --TESTCD, --TEST
WITH
tests AS (
    SELECT
        TESTCD,
        TEST,
        min(_row) AS _row,
        count(*) AS records
    FROM record
    WHERE TESTCD IS NOT NULL AND TEST IS NOT NULL
    GROUP BY ALL
)

SELECT
    $domain || 'TEST' AS variable,
    TESTCD AS cause,
    arg_min(TEST, records) AS value,
    arg_min(_row, records) AS _row
FROM tests
GROUP BY TESTCD
HAVING count(*) > 1
UNION ALL
SELECT
    $domain || 'TESTCD' AS variable,
    TEST AS cause,
    arg_min(TESTCD, records) AS value,
    arg_min(_row, records) AS _row
FROM tests
GROUP BY TEST
HAVING count(*) > 1
