-- One record per record with a date and a first dose, and without the day.
-- Words: {variable} is missing though date and first dose are there
-- Todo: compute the day from TRTSDT, which is day 1, without a day 0
-- Source: ADaMIG 1.3 section 3.3 (ADY)
-- Severity: warning
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
)

SELECT
    d.variable,
    d._row
FROM (
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
) AS d
SEMI JOIN meta.variables AS v ON v.dataset = $dataset AND d.variable = v.variable
WHERE d.given IS NULL AND d.day IS NOT NULL AND d.first_day IS NOT NULL
