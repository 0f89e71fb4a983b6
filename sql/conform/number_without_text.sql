-- One record per number of a pair that stands without its text.
-- Words: {cause} is filled and {variable} is missing
-- Todo: the text is the primary variable of a pair: fill it wherever the number is filled
-- Source: ADaMIG 1.3 section 3.1.4 (variable pairs)
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
WHERE
    value IS NULL AND other_value IS NOT NULL
    AND variable NOT IN ('APERIODC', 'ASPERC', 'AVALC', 'PARAM')
