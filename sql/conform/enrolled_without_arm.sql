-- One record per subject who is in a population of the enrolled and has no planned arm.
-- Words: {variable} is Y for a subject without a planned arm
-- Todo: a subject who was not assigned to an arm is not enrolled or randomized
-- Source: ADaMIG 1.3 section 3.2; SDTMIG 3.4 section 5.2 (ARM)
-- Severity: warning
-- Standard: ADaM
-- Needs: ADSL.ARM
SELECT
    'ADSL' AS dataset,
    f.variable,
    f._row
FROM (
    SELECT
        'ITTFL' AS variable,
        _row,
        ARM,
        ITTFL AS value
    FROM adam.ADSL
    UNION ALL
    SELECT
        'RANDFL' AS variable,
        _row,
        ARM,
        RANDFL AS value
    FROM adam.ADSL
    UNION ALL
    SELECT
        'ENRLFL' AS variable,
        _row,
        ARM,
        ENRLFL AS value
    FROM adam.ADSL
) AS f
WHERE f.value = 'Y' AND (f.ARM IS NULL OR upper(f.ARM) IN ('SCREEN FAILURE', 'NOT ASSIGNED'))
