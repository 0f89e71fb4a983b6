-- One record per adverse event that is neither ongoing nor has an end date.
-- Query: {AETERM} has no end date and is not marked as ongoing. Please enter the end date, or mark it as
--   ongoing.
-- Source: CDASHIG AE: ongoing or an end date
-- Severity: warning
-- Needs: ae.AEONGO, ae.AEENDAT
SELECT
    a.*,
    'AEENDAT' AS variable,
    NULL AS value
FROM form.ae AS a
WHERE coalesce(a.AEONGO, 'N') <> 'Y' AND a.AEENDAT IS NULL
