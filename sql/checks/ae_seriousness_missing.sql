-- One record per adverse event that is not said to be serious or not.
-- Query: Whether {AETERM} was serious is blank. Please answer it.
-- Source: ICH E2A section II B: seriousness is judged for each event
-- Severity: error
-- Needs: ae.AESER
SELECT
    a.*,
    'AESER' AS variable,
    NULL AS value
FROM form.ae AS a
WHERE a.AESER IS NULL
