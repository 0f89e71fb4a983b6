-- One record per subject born after informed consent.
-- Query: The birth date {value} is after informed consent on {RFICDAT}. Please check both dates.
-- Source: plausibility of dates
-- Severity: error
-- Needs: dm.BRTHDAT, dm.RFICDAT
SELECT
    d.*,
    'BRTHDAT' AS variable,
    d.BRTHDAT AS value
FROM form.dm AS d
WHERE is_before(d.RFICDAT, d.BRTHDAT)
