-- One record per event or censoring that lies before the origin of its time.
-- Words: ADT is before STARTDT
-- Todo: correct the origin or the date of the event
-- Source: ADaM BDS for Time-to-Event Analyses 1.0 section 3
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: CNSR, ADT, STARTDT
SELECT
    'ADT' AS variable,
    _row,
    ADT::VARCHAR AS value
FROM record
WHERE ADT < STARTDT
