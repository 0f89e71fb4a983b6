-- One record per record that is flagged as a baseline and has no result.
-- Words: {variable} is Y on a record without a result
-- Todo: flag the last record that has a result
-- Source: SDTMIG 3.4 section 4.5.9; CG0569; FDA Business Rules FB2601, FB2602; CORE-000105; CORE-000643
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --LOBXFL or --BLFL, --STRESC
SELECT
    $domain || if(LOBXFL = 'Y', 'LOBXFL', 'BLFL') AS variable,
    _row
FROM record
WHERE STRESC IS NULL AND (LOBXFL = 'Y' OR BLFL = 'Y')
