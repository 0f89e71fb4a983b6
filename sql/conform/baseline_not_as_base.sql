-- One record per subject whose baseline in ADSL is not BASE of the parameter that it is for most subjects.
-- Words: {variable} is not BASE of {cause}, as it is for most subjects
-- Todo: take the baseline from the baseline record of the parameter
-- Source: ADaMIG 1.3 section 3.2 (baseline variables in ADSL) and section 3.1.1
-- Severity: warning
-- Standard: ADaM
-- Needs: ADSL.USUBJID, ADQS.BASE or ADVS.BASE or ADLB.BASE
WITH
subjects AS (
    SELECT
        _row,
        USUBJID,
        COLUMNS('^(TRTSDT|[A-Z0-9]+BL)$')::VARCHAR
    FROM adam.ADSL
),

baselines AS (
    SELECT
        _row,
        USUBJID,
        variable,
        try_cast(value AS DOUBLE) AS given
    FROM subjects UNPIVOT (value FOR variable IN (COLUMNS(* EXCLUDE (_row, USUBJID))))
    WHERE try_cast(value AS DOUBLE) IS NOT NULL
),

bases AS (
    SELECT
        _dataset || '.' || PARAMCD AS parameter,
        USUBJID,
        min(BASE) AS base_value
    FROM (
        SELECT
            _dataset,
            PARAMCD,
            USUBJID,
            BASE
        FROM adam.ADQS
        UNION ALL
        SELECT
            _dataset,
            PARAMCD,
            USUBJID,
            BASE
        FROM adam.ADVS
        UNION ALL
        SELECT
            _dataset,
            PARAMCD,
            USUBJID,
            BASE
        FROM adam.ADLB
    ) AS r
    WHERE BASE IS NOT NULL
    GROUP BY parameter, USUBJID
    HAVING min(BASE) = max(BASE)
),

compared AS (
    SELECT
        s._row,
        s.variable,
        s.given,
        b.parameter,
        abs(s.given - b.base_value) > 0.06 AS differs -- rounded to one decimal
    FROM baselines AS s
    INNER JOIN bases AS b USING (USUBJID)
)

SELECT
    'ADSL' AS dataset,
    variable,
    parameter AS cause,
    _row,
    printf('%g', given) AS value
FROM compared
QUALIFY
    differs AND avg(differs::INTEGER) OVER (PARTITION BY variable, parameter) < 0.3
    AND count(*) OVER (PARTITION BY variable, parameter) > 3
