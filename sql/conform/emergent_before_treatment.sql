-- One record per treatment-emergent event that starts before the first dose.
-- Words: TRTEMFL is Y on an event that starts before the first dose
-- Todo: derive TRTEMFL from the start of the event and of treatment
-- Source: OCCDS 1.1 section 3.2 (TRTEMFL)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, TRTEMFL, ASTDT
SELECT
    'TRTEMFL' AS variable,
    r._row,
    r.ASTDT::VARCHAR AS value
FROM record AS r
LEFT JOIN adam.ADSL AS a ON r.USUBJID = a.USUBJID
WHERE r.TRTEMFL = 'Y' AND r.ASTDT < coalesce(r.TRTSDT, a.TRTSDT)
