-- One record per adverse event that is ongoing and has an end date.
-- Query: {AETERM} is marked as ongoing but has the end date {value}. Please correct one of the two.
-- Source: CDASHIG AE: ongoing or an end date, not both
-- Severity: error
-- Needs: ae.AEONGO, ae.AEENDAT
SELECT
    a.*,
    'AEENDAT' AS variable,
    a.AEENDAT AS value
FROM form.ae AS a
WHERE a.AEONGO = 'Y' AND a.AEENDAT IS NOT NULL
