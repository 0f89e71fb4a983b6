-- One record per serious event that was reported before it began.
-- Query: {AETERM} was reported on {value}, before its start on {AESTDAT}. Please check both dates.
-- Source: plausibility of dates
-- Severity: error
-- Needs: sae.SAEDAT
SELECT
    s.*,
    'SAEDAT' AS variable,
    s.SAEDAT AS value
FROM form.sae AS s
WHERE is_before(s.SAEDAT, s.AESTDAT)
