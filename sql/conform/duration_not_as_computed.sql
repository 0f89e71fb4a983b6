-- One record per duration in days that is not the days from start to end.
-- Words: ADURN is {value}, not the days from ASTDT to AENDT
-- Todo: derive ADURN from ASTDT and AENDT
-- Source: OCCDS 1.1 section 3.2 (ADURN, ADURU)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: ADURN, ADURU, ASTDT, AENDT
WITH
compared AS (
    SELECT
        _row,
        ADURN,
        ADURN <> AENDT - ASTDT + 1 AS is_wrong
    FROM record
    WHERE upper(ADURU) IN ('DAY', 'DAYS') AND ADURN IS NOT NULL AND ASTDT IS NOT NULL AND AENDT IS NOT NULL
)

SELECT
    'ADURN' AS variable,
    _row,
    printf('%g', ADURN) AS value
FROM compared
QUALIFY is_wrong AND avg(is_wrong::INTEGER) OVER () <= 0.5 -- else counted without the first day
