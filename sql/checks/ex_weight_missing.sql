-- One record per dose per kg without the body weight it was computed with.
-- Query: The dose at {VISIT} is {EXDOSE} {EXDOSU}, but the body weight used for it is blank. Please enter it.
-- Source: a dose per kg follows the subject's weight
-- Severity: warning
-- Needs: ex.EXWEIGHT, ex.EXDOSU
SELECT
    e.*,
    'EXWEIGHT' AS variable,
    NULL AS value
FROM form.ex AS e
WHERE e.EXWEIGHT IS NULL AND e.EXDOSE > 0 AND contains(lower(e.EXDOSU), '/kg')
