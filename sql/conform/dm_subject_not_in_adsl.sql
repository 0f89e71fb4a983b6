-- One record per subject who was treated and has no record in ADSL.
-- Words: a subject with exposure has no record in ADSL
-- Todo: ADSL has a record of every subject who was enrolled or treated
-- Source: ADaMIG 1.3 section 2.3.1
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.USUBJID, DM.USUBJID, EX.EXDOSE
SELECT
    'ADSL' AS dataset,
    'USUBJID' AS variable,
    USUBJID AS value
FROM sdtm.DM
WHERE
    USUBJID IN (
        SELECT USUBJID FROM sdtm.EX
        WHERE EXDOSE > 0
    )
    AND USUBJID NOT IN (
        SELECT USUBJID FROM adam.ADSL
        WHERE USUBJID IS NOT NULL
    )
