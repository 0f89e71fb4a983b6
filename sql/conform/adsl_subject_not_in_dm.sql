-- One record per subject of ADSL that DM does not have.
-- Words: a subject of ADSL is not in DM
-- Todo: take the subjects from DM
-- Source: ADaMIG 1.3 section 3.2
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.USUBJID, DM.USUBJID
SELECT
    'ADSL' AS dataset,
    'USUBJID' AS variable,
    _row,
    USUBJID AS value
FROM adam.ADSL
WHERE USUBJID NOT IN (
    SELECT USUBJID FROM sdtm.DM
    WHERE USUBJID IS NOT NULL
)
