-- One record per code of a test that could not be the name of a variable.
-- Words: {variable} '{cause}' could not be the name of a variable
-- Todo: take a code of 1 to 8 letters, digits and _ that does not begin with a digit
-- Source: SDTMIG 3.4 section 4.2.1; CG0372; CORE-000220; CORE-000541
-- Severity: error
-- Standard: SDTM
SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
WHERE
    v.standard = 'SDTM' AND (v.stem = '--TESTCD' OR v.variable = 'IETESTCD')
    AND NOT regexp_full_match(v.value, '[A-Za-z_][A-Za-z0-9_]{0,7}')
