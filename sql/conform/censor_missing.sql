-- One record per time to an event without a censoring value.
-- Words: CNSR is missing on a record with a time
-- Todo: say of each time whether it ends in the event
-- Source: ADaM BDS for Time-to-Event Analyses 1.0 section 3; ADaMIG 1.3 section 3.3
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: CNSR, AVAL, STARTDT
SELECT
    'CNSR' AS variable,
    _row
FROM record
WHERE CNSR IS NULL AND AVAL IS NOT NULL
