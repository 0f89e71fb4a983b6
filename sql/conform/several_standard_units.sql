-- One record per test whose standardised results have several units.
-- Words: the test '{cause}' has more than one standard unit, one of them {value}
-- Todo: convert all results of a test into one unit
-- Source: SDTMIG 3.4 section 4.5.1; FDA Business Rule FB3001; CORE-000699
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --TESTCD, --STRESU
WITH
units AS (
    SELECT
        TESTCD,
        CAT,
        SCAT,
        SPEC,
        METHOD,
        OBJ,
        TSTDTL,
        STRESU,
        min(_row) AS _row,
        count(*) AS records
    FROM record
    WHERE STRESU IS NOT NULL
    GROUP BY ALL
)

SELECT
    $domain || 'STRESU' AS variable,
    TESTCD AS cause,
    arg_min(STRESU, records) AS value,
    arg_min(_row, records) AS _row,
    sum(records) - max(records) AS records
FROM units
GROUP BY TESTCD, CAT, SCAT, SPEC, METHOD, OBJ, TSTDTL
HAVING count(*) > 1
