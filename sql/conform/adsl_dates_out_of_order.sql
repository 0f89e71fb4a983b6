-- One record per date of ADSL that lies on the wrong side of the treatment.
-- Words: {variable} is {cause}
-- Todo: correct the date, or how it is derived
-- Source: ADaMIG 1.3 section 3.2
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.TRTSDT, ADSL.TRTEDT
WITH
subjects AS (
    SELECT
        _row,
        TRTSDT AS first_day,
        TRTEDT AS last_day,
        COLUMNS('^(TRTSDT|RFICDT|EOTDT|EOSDT|DTHDT|LSTALVDT)$')
    FROM adam.ADSL
),

dates AS (
    SELECT
        _row,
        first_day,
        last_day,
        variable,
        day
    FROM subjects UNPIVOT (day FOR variable IN (COLUMNS(* EXCLUDE (_row, first_day, last_day))))
),

compared AS (
    SELECT
        _row,
        variable,
        day,
        CASE
            WHEN variable = 'RFICDT' AND day > first_day THEN 'after the first dose'
            WHEN
                variable IN ('EOTDT', 'EOSDT', 'DTHDT', 'LSTALVDT') AND day < first_day
                THEN 'before the first dose'
            WHEN variable IN ('EOSDT', 'DTHDT') AND day < last_day THEN 'before the last dose'
        END AS cause
    FROM dates
)

SELECT
    'ADSL' AS dataset,
    variable,
    cause,
    _row,
    day::VARCHAR AS value
FROM compared
WHERE cause IS NOT NULL
