-- One record per visit at which nothing was given and no reason stands.
-- Query: The dose at {VISIT} is 0 and no reason is given. Please enter why it was not given.
-- Source: SDTMIG 3.4 EX, EXADJ
-- Severity: warning
-- Needs: ex.EXDOSE, ex.EXADJ
SELECT
    e.*,
    'EXADJ' AS variable,
    NULL AS value
FROM form.ex AS e
WHERE
    e.EXDOSE = 0 AND e.EXADJ IS NULL
    AND NOT regexp_matches(e.EXTRT, 'placebo', 'i')
