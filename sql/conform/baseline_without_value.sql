-- One record per baseline record without a value.
-- Words: the baseline record (ABLFL = Y) has no value
-- Todo: flag a record with a value, or none
-- Source: ADaMIG 1.3 section 3.3 (ABLFL)
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: ABLFL, AVAL or AVALC
SELECT
    'ABLFL' AS variable,
    _row,
    ABLFL AS value
FROM record
WHERE ABLFL = 'Y' AND AVAL IS NULL AND AVALC IS NULL
