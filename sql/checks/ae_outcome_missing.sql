-- One record per adverse event without an outcome.
-- Query: {AETERM} has no outcome. Please enter it.
-- Source: CDASHIG AE: the outcome
-- Severity: warning
-- Needs: ae.AEOUT
SELECT
    a.*,
    'AEOUT' AS variable,
    NULL AS value
FROM form.ae AS a
WHERE a.AEOUT IS NULL
