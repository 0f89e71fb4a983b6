-- One record per subject with a planned arm and no planned treatment.
-- Words: TRT01P is missing for a subject with a planned arm
-- Todo: TRT01P is the treatment of the first period for every subject who has an arm
-- Source: ADaMIG 1.3 section 3.2 (TRTxxP)
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.ARM, ADSL.TRT01P
SELECT
    'ADSL' AS dataset,
    'TRT01P' AS variable,
    _row
FROM adam.ADSL
WHERE
    TRT01P IS NULL
    AND ARM IS NOT NULL
    AND upper(ARM) NOT IN ('SCREEN FAILURE', 'NOT ASSIGNED', 'NOT TREATED', 'UNPLANNED TREATMENT')
