-- One record per subject who was last known alive after the death.
-- Words: LSTALVDT is after DTHDT
-- Todo: the last day known alive is at most the day of death
-- Source: ADaMIG 1.3 section 3.2 (Date Last Known Alive)
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.LSTALVDT, ADSL.DTHDT
SELECT
    'ADSL' AS dataset,
    'LSTALVDT' AS variable,
    _row,
    LSTALVDT::VARCHAR AS value
FROM adam.ADSL
WHERE LSTALVDT > DTHDT
