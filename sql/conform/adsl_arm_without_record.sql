-- One record per subject with an arm in DM and no record in ADSL.
-- Words: a subject with a planned arm has no record in ADSL
-- Todo: add the subject to ADSL, or tell in the guide which subjects ADSL leaves out
-- Source: ADaMIG 1.3 section 2.3.1
-- Severity: warning
-- Standard: ADaM
-- Needs: ADSL.USUBJID, DM.ARMCD
SELECT
    'ADSL' AS dataset,
    'USUBJID' AS variable,
    USUBJID AS value
FROM sdtm.DM
WHERE
    upper(ARMCD) NOT IN ('SCRNFAIL', 'NOTASSGN', 'NOTTRT', 'UNPLAN')
    AND USUBJID NOT IN (
        SELECT USUBJID FROM adam.ADSL
        WHERE USUBJID IS NOT NULL
    )
