-- One record per variable with texts that have characters outside ASCII.
-- Words: {variable} has texts with characters outside ASCII, as '{value}'
-- Todo: transliterate the texts for an agency that asks for ASCII; else name the encoding in the reviewer's
--   guide
-- Source: FDA Study Data Technical Conformance Guide section 3.3
-- Severity: note
-- Standard: both
SELECT
    dataset,
    variable,
    value,
    records,
    _row
FROM meta.values
WHERE strlen(value) <> length(value)
