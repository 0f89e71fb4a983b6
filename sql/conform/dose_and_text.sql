-- One record per dose that stands as a number and as a text.
-- Words: --DOSE and --DOSTXT are both given
-- Todo: a dose that is a number is in --DOSE only
-- Source: SDTMIG 3.4 section 6.1.3; CG0110; CG0111; CORE-000092
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --DOSE, --DOSTXT
SELECT
    $domain || 'DOSTXT' AS variable,
    _row,
    DOSTXT AS value
FROM record
WHERE DOSE IS NOT NULL AND DOSTXT IS NOT NULL
