-- One record per subject who had a dose and is not in the safety population.
-- Words: SAFFL is not Y for a subject with a dose in EX
-- Todo: derive SAFFL from the doses of EX, or say in the guide who is left out
-- Source: ADaMIG 1.3 section 3.2
-- Severity: warning
-- Standard: ADaM
-- Needs: ADSL.SAFFL, EX.EXTRT
SELECT
    'ADSL' AS dataset,
    'SAFFL' AS variable,
    _row,
    SAFFL AS value
FROM adam.ADSL
WHERE
    SAFFL IS DISTINCT FROM 'Y'
    AND USUBJID IN (
        SELECT USUBJID FROM sdtm.EX
        WHERE EXDOSE > 0 OR contains(upper(EXTRT), 'PLACEBO')
    )
