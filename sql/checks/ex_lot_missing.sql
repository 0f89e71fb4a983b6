-- One record per dose given without a lot number.
-- Query: {EXTRT} was given on {EXSTDAT} without a lot number. Please enter it from the accountability log.
-- Source: ICH E6(R2) 4.6.3: batch numbers of what each subject received
-- Severity: warning
-- Needs: ex.EXLOT
SELECT
    e.*,
    'EXLOT' AS variable,
    NULL AS value
FROM form.ex AS e
WHERE e.EXDOSE > 0 AND e.EXLOT IS NULL
