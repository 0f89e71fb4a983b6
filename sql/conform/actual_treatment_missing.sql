-- One record per treated subject without an actual treatment.
-- Words: TRT01A is missing for a subject with a first dose
-- Todo: TRT01A is what the subject got in the first period
-- Source: ADaMIG 1.3 section 3.2 (TRTxxA)
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.TRT01A, ADSL.TRTSDT
SELECT
    'ADSL' AS dataset,
    'TRT01A' AS variable,
    _row
FROM adam.ADSL
WHERE TRT01A IS NULL AND TRTSDT IS NOT NULL
