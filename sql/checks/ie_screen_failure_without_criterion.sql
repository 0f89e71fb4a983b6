-- One record per screen failure for whom every criterion is met.
-- Query: The subject is a screen failure, but no eligibility criterion is recorded as not met. Please enter
--   which one it was.
-- Source: SDTMIG 3.4 IE: criteria not met
-- Severity: warning
-- Needs: ie.IEORRES, dm.ARMCD
SELECT
    d.USUBJID,
    'DM' AS dataset,
    'ARMCD' AS variable,
    d.ARMNRS AS value
FROM sdtm.DM AS d
WHERE
    d.ARMNRS = 'SCREEN FAILURE'
    AND NOT EXISTS (
        SELECT 1 FROM sdtm.IE AS i
        WHERE i.USUBJID = d.USUBJID
    )
