-- One record per procedure that was done for the study before informed consent.
-- Query: {PRTRT} at {VISIT} was done on {value}, before informed consent on {RFICDTC}. Please check both
--   dates.
-- Source: ICH E6(R2) 4.8.8: consent before participation
-- Severity: error
-- Needs: pr.PRSTDAT, pr.VISIT
SELECT
    p.*,
    'PRSTDAT' AS variable,
    p.PRSTDAT AS value,
    d.RFICDTC
FROM form.pr AS p
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE p.VISIT IS NOT NULL AND is_before(p.PRSTDAT, d.RFICDTC)
