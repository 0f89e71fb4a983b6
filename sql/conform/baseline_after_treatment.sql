-- One record per baseline record that lies after the day of the first dose.
-- Words: the baseline record is after the first dose
-- Todo: flag the last value before the first dose, or say in Define-XML what baseline is
-- Source: ADaMIG 1.3 section 3.3 (ABLFL)
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ABLFL, ADT
SELECT
    'ABLFL' AS variable,
    r._row,
    r.ADT::VARCHAR AS value
FROM record AS r
LEFT JOIN adam.ADSL AS a ON r.USUBJID = a.USUBJID
WHERE r.ABLFL = 'Y' AND r.ADT > coalesce(r.TRTSDT, a.TRTSDT)
