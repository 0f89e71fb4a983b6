-- One record per result in words whose standard result is not that of the same words elsewhere.
-- Words: --STRESC is '{cause}', where the same words of the same test mostly have another standard result
-- Todo: standardise equal results equally, or correct the result
-- Source: SDTMIG 3.4 section 4.5.1
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --TESTCD, --ORRES, --STRESC
WITH
counted AS (
    SELECT
        TESTCD,
        CAT,
        ORRES,
        STRESC,
        min(_row) AS _row,
        count(*) AS records
    FROM record
    WHERE STRESC IS NOT NULL AND ORRES IS NOT NULL AND try_cast(ORRES AS DOUBLE) IS NULL
    GROUP BY ALL
)

SELECT
    $domain || 'STRESC' AS variable,
    STRESC AS cause,
    _row,
    records,
    ORRES AS value
FROM counted
-- a few among many are wrong; where each is as frequent, something else decides
QUALIFY records * 4 <= max(records) OVER (PARTITION BY TESTCD, CAT, ORRES)
