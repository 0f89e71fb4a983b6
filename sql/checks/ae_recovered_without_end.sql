-- One record per adverse event that the subject recovered from, without an end date.
-- Query: The outcome of {AETERM} is {value}, but it has no end date. Please enter the end date, or check
--   the outcome.
-- Source: outcome against end date
-- Severity: error
-- Needs: ae.AEOUT, ae.AEENDAT
SELECT
    a.*,
    'AEOUT' AS variable,
    a.AEOUT AS value
FROM form.ae AS a
WHERE a.AEOUT IN ('RECOVERED/RESOLVED', 'RECOVERED/RESOLVED WITH SEQUELAE') AND a.AEENDAT IS NULL
