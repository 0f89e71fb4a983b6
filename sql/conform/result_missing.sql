-- One record per test of which neither a result nor its absence is told.
-- Words: there is neither a result (--ORRES) nor NOT DONE in --STAT
-- Todo: find the result, or say in --STAT that there is none
-- Source: SDTMIG 3.4 section 4.5.1.2; CG0348; CORE-000200
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --ORRES
SELECT
    $domain || 'ORRES' AS variable,
    _row,
    TESTCD AS value
FROM record
WHERE ORRES IS NULL AND STAT IS NULL AND DRVFL IS DISTINCT FROM 'Y'
