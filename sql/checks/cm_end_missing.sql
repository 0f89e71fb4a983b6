-- One record per medication that is neither ongoing nor has an end date.
-- Query: {CMTRT} has no end date and is not marked as ongoing. Please enter the end date, or mark it as
--   ongoing.
-- Source: CDASHIG CM: ongoing or an end date
-- Severity: warning
-- Needs: cm.CMONGO, cm.CMENDAT
SELECT
    c.*,
    'CMENDAT' AS variable,
    NULL AS value
FROM form.cm AS c
WHERE coalesce(c.CMONGO, 'N') <> 'Y' AND c.CMENDAT IS NULL
