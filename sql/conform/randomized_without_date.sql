-- One record per subject who was randomized without a date, or has a date and was not.
-- Words: RANDFL and RANDDT contradict each other
-- Todo: RANDDT is filled where RANDFL is Y, and only there
-- Source: ADaMIG 1.3 section 3.2 (Date of Randomization)
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.RANDFL, ADSL.RANDDT
SELECT
    'ADSL' AS dataset,
    'RANDDT' AS variable,
    _row,
    RANDDT::VARCHAR AS value
FROM adam.ADSL
WHERE (RANDFL IS NOT DISTINCT FROM 'Y') <> (RANDDT IS NOT NULL)
