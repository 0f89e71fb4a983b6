-- One record per result whose text is a number and that is not there as a number.
-- Words: --STRESC is a number but {variable} is missing
-- Todo: fill {variable}
-- Source: SDTMIG 3.4 section 4.5.1; FDA Business Rule FB3101; CORE-000863
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --STRESC, --STRESN
-- Classes: FINDINGS, FINDINGS ABOUT
SELECT
    $domain || 'STRESN' AS variable,
    _row,
    STRESC AS value
FROM record
WHERE STRESN IS NULL AND regexp_full_match(STRESC, '-?\d+(\.\d+)?')
