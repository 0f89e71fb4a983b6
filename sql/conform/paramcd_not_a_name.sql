-- One record per parameter code that cannot be the name of a variable.
-- Words: PARAMCD '{cause}' has more than 8 characters, or is no valid name
-- Todo: use at most 8 letters, digits or underscores, a letter first
-- Source: ADaMIG 1.3 section 3.3 (PARAMCD)
-- Severity: error
-- Standard: ADaM
SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
WHERE
    v.standard = 'ADaM' AND v.variable = 'PARAMCD' AND NOT regexp_full_match(v.value, '[A-Z_][A-Z0-9_]{0,7}')
