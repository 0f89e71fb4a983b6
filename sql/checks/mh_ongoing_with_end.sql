-- One record per condition that is ongoing and has an end date.
-- Query: {MHTERM} is marked as ongoing but has the end date {value}. Please correct one of the two.
-- Source: CDASHIG MH: ongoing or an end date, not both
-- Severity: error
-- Needs: mh.MHONGO, mh.MHENDAT
SELECT
    m.*,
    'MHENDAT' AS variable,
    m.MHENDAT AS value
FROM form.mh AS m
WHERE m.MHONGO = 'Y' AND m.MHENDAT IS NOT NULL
