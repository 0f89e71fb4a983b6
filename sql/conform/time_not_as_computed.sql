-- One record per time to an event that is not the time from origin to date.
-- Words: AVAL is {value}, which is not the days from STARTDT to ADT
-- Todo: derive AVAL from STARTDT and ADT, in the unit that PARAM names
-- Source: ADaM BDS for Time-to-Event Analyses 1.0 section 3
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: CNSR, PARAM, PARAMCD, AVAL, ADT, STARTDT
WITH
times AS (
    SELECT
        _row,
        PARAMCD,
        AVAL,
        ADT - STARTDT AS days,
        CASE
            WHEN regexp_matches(PARAM, '(?i)\bweeks?\b') THEN 7
            WHEN regexp_matches(PARAM, '(?i)\bmonths?\b') THEN 30.4375
            WHEN regexp_matches(PARAM, '(?i)\byears?\b') THEN 365.25
            ELSE 1
        END AS unit
    FROM record
    WHERE AVAL IS NOT NULL AND ADT IS NOT NULL AND STARTDT IS NOT NULL
),

compared AS (
    SELECT
        *,
        abs(AVAL * unit - days) > 0.05 * unit AS is_not_since,
        abs(AVAL * unit - days - 1) > 0.05 * unit AS is_not_inclusive
    FROM times
)

SELECT
    'AVAL' AS variable,
    _row,
    printf('%g', AVAL) AS value
FROM compared
QUALIFY
    CASE -- with or without the first day, as most records of the parameter count
        WHEN avg(is_not_inclusive::INTEGER) OVER (PARTITION BY PARAMCD) <= 0.5 THEN is_not_inclusive
        WHEN avg(is_not_since::INTEGER) OVER (PARTITION BY PARAMCD) <= 0.5 THEN is_not_since
        ELSE FALSE
    END
