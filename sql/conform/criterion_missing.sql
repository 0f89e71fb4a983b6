-- One record per answer of a criterion that stands without its criterion.
-- Words: {cause} is filled and {variable} is missing
-- Todo: fill the criterion on every record where it is answered
-- Source: ADaMIG 1.3 section 3.3 (CRITy, MCRITy)
-- Severity: error
-- Standard: ADaM
SELECT
    dataset,
    variable,
    other AS cause,
    _row,
    other_value AS value,
    records
FROM meta.pairs
WHERE regexp_full_match(variable, 'M?CRIT[0-9]+') AND value IS NULL AND other_value IS NOT NULL
