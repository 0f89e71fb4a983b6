-- One record per subject who has an arm and no dose long after informed consent.
-- Query: The subject consented on {RFICDTC} and was assigned to {ARM}, but no dose of study treatment is
--   recorded. Please enter the doses, or the reason why there were none.
-- Source: SDTMIG 3.4 section 5.2, ARMNRS
-- Severity: warning
-- Needs: dm.ARMCD, ex or ec
-- Threshold: days = 60; days after consent by which the first dose should be known
SELECT
    d.*,
    'DM' AS dataset,
    'ARMCD' AS variable,
    d.ARM AS value
FROM sdtm.DM AS d
WHERE
    d.ARMNRS = 'ASSIGNED, NOT TREATED'
    AND date_diff('day', whole_day(d.RFICDTC), $delivery::DATE) > $days
    AND NOT EXISTS (
        SELECT 1 FROM sdtm.DS AS s
        WHERE s.USUBJID = d.USUBJID AND s.DSCAT = 'DISPOSITION EVENT'
    )
