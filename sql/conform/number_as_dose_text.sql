-- One record per dose that is a number and stands as a text.
-- Words: --DOSTXT is the number {value}
-- Todo: put the number into --DOSE
-- Source: SDTMIG 3.4 section 6.1.3; CG0112; CORE-000094
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --DOSTXT
SELECT
    $domain || 'DOSTXT' AS variable,
    _row,
    DOSTXT AS value
FROM record
WHERE try_cast(DOSTXT AS DOUBLE) IS NOT NULL
