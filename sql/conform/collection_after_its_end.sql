-- One record per result whose collection starts after it ended.
-- Words: --DTC is after --ENDTC
-- Todo: correct the dates at the source
-- Source: SDTMIG 3.4 section 4.4.8; FDA Business Rule FB3210; CORE-000866
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --DTC, --ENDTC
-- Classes: FINDINGS, FINDINGS ABOUT
SELECT
    $domain || 'ENDTC' AS variable,
    _row,
    ENDTC AS value
FROM record
WHERE is_before(ENDTC, DTC)
