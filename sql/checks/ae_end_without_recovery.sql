-- One record per adverse event with an end date and an outcome that says that it goes on.
-- Query: {AETERM} ended on {AEENDAT}, but its outcome is {value}. Please correct one of the two.
-- Source: outcome against end date
-- Severity: error
-- Needs: ae.AEOUT, ae.AEENDAT
SELECT
    a.*,
    'AEOUT' AS variable,
    a.AEOUT AS value
FROM form.ae AS a
WHERE a.AEOUT IN ('NOT RECOVERED/NOT RESOLVED', 'RECOVERING/RESOLVING') AND a.AEENDAT IS NOT NULL
