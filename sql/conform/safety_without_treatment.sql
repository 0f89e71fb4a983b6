-- One record per subject in the safety population who had no dose.
-- Words: SAFFL is Y for a subject without a dose in EX
-- Todo: derive SAFFL from the doses of EX
-- Source: ADaMIG 1.3 section 3.2
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.SAFFL, EX.USUBJID
SELECT
    'ADSL' AS dataset,
    'SAFFL' AS variable,
    _row,
    SAFFL AS value
FROM adam.ADSL
WHERE SAFFL = 'Y' AND USUBJID NOT IN (
    SELECT USUBJID FROM sdtm.EX
    WHERE USUBJID IS NOT NULL
)
