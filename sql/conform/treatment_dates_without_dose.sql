-- One record per subject with a treatment date and no dose.
-- Words: {variable} is filled for a subject without a dose in EX
-- Todo: derive the dates of treatment from EX
-- Source: ADaMIG 1.3 section 3.2
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.TRTSDT, EX.USUBJID
SELECT
    'ADSL' AS dataset,
    'TRTSDT' AS variable,
    _row,
    TRTSDT::VARCHAR AS value
FROM adam.ADSL
WHERE TRTSDT IS NOT NULL AND USUBJID NOT IN (
    SELECT USUBJID FROM sdtm.EX
    WHERE USUBJID IS NOT NULL
)
