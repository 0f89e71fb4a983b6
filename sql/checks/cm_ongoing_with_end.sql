-- One record per medication that is ongoing and has an end date.
-- Query: {CMTRT} is marked as ongoing but has the end date {value}. Please correct one of the two.
-- Source: CDASHIG CM: ongoing or an end date, not both
-- Severity: error
-- Needs: cm.CMONGO, cm.CMENDAT
SELECT
    c.*,
    'CMENDAT' AS variable,
    c.CMENDAT AS value
FROM form.cm AS c
WHERE c.CMONGO = 'Y' AND c.CMENDAT IS NOT NULL
