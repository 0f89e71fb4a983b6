-- One record per text that a program writes for a missing value.
-- Words: {variable} has the text '{cause}' where nothing is known
-- Todo: leave the value missing
-- Source: SDTMIG 3.4 section 4.1.5; FB1502; CORE-000890
-- Severity: error
-- Standard: both
SELECT
    dataset,
    variable,
    value AS cause,
    value,
    records,
    _row
FROM meta.values
WHERE
    length(value) <= 8
    AND (
        value IN (
            '.',
            '-',
            '--',
            '?',
            'NULL',
            'Null',
            'null',
            'NaN',
            'nan',
            'NaT',
            'None',
            '<NA>',
            '#N/A',
            '#NAME?',
            '#REF!'
        )
        OR value IN ('#VALUE!', '#DIV/0!', '(null)')
    )
    AND NOT ends_with(variable, 'ORRES')
