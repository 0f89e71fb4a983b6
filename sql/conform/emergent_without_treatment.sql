-- One record per treatment-emergent event of a subject without a first dose.
-- Words: TRTEMFL is Y for a subject who has no first dose
-- Todo: no event can emerge under a treatment that never began
-- Source: OCCDS 1.1 section 3.2 (TRTEMFL)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, TRTEMFL, ADSL.TRTSDT
SELECT
    'TRTEMFL' AS variable,
    r._row,
    r.TRTEMFL AS value
FROM record AS r
LEFT JOIN adam.ADSL AS a ON r.USUBJID = a.USUBJID
WHERE r.TRTEMFL = 'Y' AND coalesce(r.TRTSDT, a.TRTSDT) IS NULL
