-- One record per subject with a planned arm who is not enrolled.
-- Words: ENRLFL is not Y for a subject with a planned arm
-- Todo: derive ENRLFL from enrollment, which comes before an arm
-- Source: ADaMIG 1.3 section 3.2; SDTMIG 3.4 section 5.2 (ARM)
-- Severity: warning
-- Standard: ADaM
-- Needs: ADSL.ARM, ADSL.ENRLFL
SELECT
    'ADSL' AS dataset,
    'ENRLFL' AS variable,
    _row,
    ENRLFL AS value
FROM adam.ADSL
WHERE
    ENRLFL IS DISTINCT FROM 'Y'
    AND ARM IS NOT NULL
    AND upper(ARM) NOT IN ('SCREEN FAILURE', 'NOT ASSIGNED')
