-- One record per variable with texts that have line breaks, tabs or other characters that cannot be printed.
-- Words: {variable} has texts with characters that cannot be printed (line breaks, tabs and such)
-- Todo: replace the characters by a blank
-- Source: FDA Study Data Technical Conformance Guide section 3.3 (ASCII text)
-- Severity: error
-- Standard: both
SELECT
    dataset,
    variable,
    value,
    records,
    _row
FROM meta.values
WHERE regexp_matches(value, '[\x00-\x1F\x7F]')
