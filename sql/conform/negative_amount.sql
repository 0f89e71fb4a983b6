-- One record per amount that is below zero.
-- Words: {variable} is below zero: {value}
-- Todo: correct the amount at the source
-- Source: SDTMIG 3.4 section 6.1.3
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --DOSE or --DOSTOT
SELECT
    $domain || if(DOSE < 0, 'DOSE', 'DOSTOT') AS variable,
    _row,
    printf('%g', if(DOSE < 0, DOSE, DOSTOT)) AS value
FROM record
WHERE DOSE < 0 OR DOSTOT < 0
