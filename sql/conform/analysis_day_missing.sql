-- One record per record with a date and a first dose, and without the day.
-- Words: {variable} is missing though date and first dose are there
-- Todo: compute the day from TRTSDT, which is day 1, without a day 0
-- Source: ADaMIG 1.3 section 3.3 (ADY)
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ADY or ASTDY or AENDY
SELECT
    d.variable,
    d._row
FROM analysis_day AS d
SEMI JOIN meta.variables AS v ON v.dataset = $dataset AND d.variable = v.variable
WHERE d.given IS NULL AND d.day IS NOT NULL AND d.first_day IS NOT NULL
