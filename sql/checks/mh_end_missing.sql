-- One record per condition that is neither ongoing nor has an end date.
-- Query: {MHTERM} has no end date and is not marked as ongoing. Please enter the end date, or mark it as
--   ongoing.
-- Source: CDASHIG MH: ongoing or an end date
-- Severity: warning
-- Needs: mh.MHONGO, mh.MHENDAT
SELECT
    m.*,
    'MHENDAT' AS variable,
    NULL AS value
FROM form.mh AS m
WHERE coalesce(m.MHONGO, 'N') <> 'Y' AND m.MHENDAT IS NULL AND coalesce(m.MHOCCUR, 'Y') = 'Y'
