-- One record per analysis day that is not the day from first dose to the date.
-- Words: {variable} is {value}, not the day counted from TRTSDT
-- Todo: compute the day from TRTSDT, which is day 1, without a day 0
-- Source: ADaMIG 1.3 section 3.3 (ADY); OCCDS 1.1 section 3.2
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ADY or ASTDY or AENDY
WITH
started AS (
    SELECT
        r._row,
        r.ADT,
        r.ADY,
        r.ASTDT,
        r.ASTDY,
        r.AENDT,
        r.AENDY,
        coalesce(r.TRTSDT, a.TRTSDT) AS first_day
    FROM record AS r
    LEFT JOIN adam.ADSL AS a ON r.USUBJID = a.USUBJID
),

days AS (
    SELECT
        'ADY' AS variable,
        _row,
        ADT AS day,
        ADY AS given,
        first_day
    FROM started
    UNION ALL
    SELECT
        'ASTDY' AS variable,
        _row,
        ASTDT AS day,
        ASTDY AS given,
        first_day
    FROM started
    UNION ALL
    SELECT
        'AENDY' AS variable,
        _row,
        AENDT AS day,
        AENDY AS given,
        first_day
    FROM started
),

compared AS (
    SELECT
        *,
        given <> study_day(day, first_day) AS is_wrong
    FROM days
    WHERE given IS NOT NULL AND day IS NOT NULL AND first_day IS NOT NULL
)

SELECT
    variable,
    _row,
    printf('%g', given) AS value
FROM compared
-- else counted from another day
QUALIFY is_wrong AND avg(is_wrong::INTEGER) OVER (PARTITION BY variable) <= 0.5
