-- One record per subject who was last known alive before the last dose.
-- Words: LSTALVDT is before TRTEDT
-- Todo: the last day known alive is at least the day of the last dose
-- Source: ADaMIG 1.3 section 3.2 (Date Last Known Alive)
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.LSTALVDT, ADSL.TRTEDT
SELECT
    'ADSL' AS dataset,
    'LSTALVDT' AS variable,
    _row,
    LSTALVDT::VARCHAR AS value
FROM adam.ADSL
WHERE LSTALVDT < TRTEDT
