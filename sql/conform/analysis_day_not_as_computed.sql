-- One record per analysis day that is not the day from first dose to the date.
-- Words: {variable} is {value}, not the day counted from TRTSDT
-- Todo: compute the day from TRTSDT, which is day 1, without a day 0
-- Source: ADaMIG 1.3 section 3.3 (ADY); OCCDS 1.1 section 3.2
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ADY or ASTDY or AENDY
WITH
compared AS (
    SELECT
        *,
        given <> study_day(day, first_day) AS is_wrong
    FROM analysis_day
    WHERE given IS NOT NULL AND day IS NOT NULL AND first_day IS NOT NULL
)

SELECT
    variable,
    _row,
    printf('%g', given) AS value
FROM compared
-- else counted from another day
QUALIFY is_wrong AND avg(is_wrong::INTEGER) OVER (PARTITION BY variable) <= 0.5
