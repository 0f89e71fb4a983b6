-- One record per derived record without a value.
-- Words: DTYPE is {value} and there is no value
-- Todo: a derived record has the value that was derived
-- Source: ADaMIG 1.3 section 3.3 (DTYPE)
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: DTYPE, AVAL or AVALC
SELECT
    'DTYPE' AS variable,
    _row,
    DTYPE AS value
FROM record
WHERE DTYPE <> 'PHANTOM' AND AVAL IS NULL AND AVALC IS NULL
