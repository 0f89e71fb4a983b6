-- One record per name or label of a qualifier that could be none of a variable.
-- Words: {variable} '{cause}' could not be that of a variable
-- Todo: name a qualifier as a variable (8 letters, digits or underscores, not a digit first), label it in
--   40 characters
-- Source: SDTMIG 3.4 section 8.4; CG0416; CG0417; CORE-000221; CORE-000222
-- Severity: error
-- Standard: SDTM
SELECT
    dataset,
    variable,
    value AS cause,
    value,
    records,
    _row
FROM meta.values
WHERE
    standard = 'SDTM' AND domain = 'SUPP'
    AND (
        variable = 'QNAM' AND NOT regexp_full_match(value, '[A-Z_][A-Z0-9_]{0,7}')
        OR variable = 'QLABEL' AND strlen(value) > 40
    )
