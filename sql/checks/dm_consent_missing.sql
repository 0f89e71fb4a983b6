-- One record per subject without a date of informed consent.
-- Query: The date of informed consent is blank. Please enter the day on which the subject signed.
-- Source: ICH E6(R2) 4.8.8: consent before participation, dated by the subject
-- Severity: error
-- Needs: dm.RFICDAT
SELECT
    d.*,
    'RFICDAT' AS variable,
    NULL AS value
FROM form.dm AS d
WHERE d.RFICDAT IS NULL
