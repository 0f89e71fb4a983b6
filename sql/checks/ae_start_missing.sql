-- One record per adverse event without a start date.
-- Query: {AETERM} has no start date. Please enter it, as precisely as it is known.
-- Source: CDASHIG AE: the start date
-- Severity: error
-- Needs: ae.AESTDAT
SELECT
    a.*,
    'AESTDAT' AS variable,
    NULL AS value
FROM form.ae AS a
WHERE a.AESTDAT IS NULL
