-- One record per amount that is below zero.
-- Words: {variable} is below zero: {value}
-- Todo: correct the amount at the source
-- Source: SDTMIG 3.4 section 6.1.3
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --DOSE or --DOSTOT or --DUR
SELECT
    $domain || CASE
        WHEN DOSE < 0 THEN 'DOSE'
        WHEN DOSTOT < 0 THEN 'DOSTOT'
        ELSE 'DUR'
    END AS variable,
    _row,
    CASE
        WHEN DOSE < 0 THEN printf('%g', DOSE)
        WHEN DOSTOT < 0 THEN printf('%g', DOSTOT)
        ELSE DUR
    END AS value
FROM record
WHERE DOSE < 0 OR DOSTOT < 0 OR DUR LIKE '-%'
