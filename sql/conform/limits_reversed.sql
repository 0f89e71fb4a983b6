-- One record per lower limit that is above the upper one.
-- Words: {variable} is above the upper limit
-- Todo: correct the limits
-- Source: ADaMIG 1.3 section 3.3
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: ANRLO or AWLO
SELECT
    l.variable,
    l._row,
    printf('%g', l.low) AS value
FROM (
    SELECT
        'ANRLO' AS variable,
        _row,
        ANRLO AS low,
        ANRHI AS high
    FROM record
    UNION ALL
    SELECT
        'AWLO' AS variable,
        _row,
        AWLO AS low,
        AWHI AS high
    FROM record
) AS l
WHERE l.low > l.high
