-- One record per variable with texts that begin or end with a blank.
-- Words: {variable} has texts that begin or end with a blank, as '{value}'
-- Todo: trim the texts
-- Source: FDA business rule FB1501; CORE-000867
-- Severity: warning
-- Standard: both
SELECT
    dataset,
    variable,
    value,
    records,
    _row
FROM meta.values
WHERE value[1] IN (' ', chr(9), chr(160)) OR value[-1] IN (' ', chr(9), chr(160))
