-- One record per record flagged as on treatment that lies before the first dose.
-- Words: ONTRTFL is Y before the day of the first dose
-- Todo: derive ONTRTFL from the date and TRTSDT
-- Source: ADaMIG 1.3 section 3.3 (ONTRTFL)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ONTRTFL, ADT or ASTDT
SELECT
    'ONTRTFL' AS variable,
    r._row,
    r.ADT::VARCHAR AS value
FROM record AS r
LEFT JOIN adam.ADSL AS a ON r.USUBJID = a.USUBJID
WHERE r.ONTRTFL = 'Y' AND coalesce(r.ADT, r.ASTDT) < coalesce(r.TRTSDT, a.TRTSDT)
