-- One record per value that is the sum or the number of values of another parameter for most subjects,
-- but not for this one.
-- Words: AVAL is {value}, which is not the {cause}, as it is for most subjects
-- Todo: derive it from all records of the subject
-- Source: ADaMIG 1.3 section 4.1 (derived parameters)
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, PARAMCD, AVAL, ASTDT
WITH
totals AS (
    SELECT
        USUBJID,
        PARAMCD AS part,
        sum(AVAL) AS total,
        count(*) AS parts
    FROM record
    GROUP BY USUBJID, PARAMCD
    HAVING count(*) = count(AVAL)
),

parts AS (
    SELECT
        USUBJID,
        part,
        'sum of ' || part AS made,
        total,
        parts
    FROM totals
    UNION ALL
    SELECT
        USUBJID,
        part,
        'number of ' || part AS made,
        parts AS total,
        parts
    FROM totals
),

sums AS (
    SELECT
        USUBJID,
        PARAMCD,
        min(_row) AS _row,
        min(AVAL) AS given
    FROM record
    WHERE AVAL IS NOT NULL
    GROUP BY USUBJID, PARAMCD
    HAVING count(*) = 1
),

compared AS (
    SELECT
        s.PARAMCD,
        p.made,
        s._row,
        s.given,
        abs(s.given - p.total) > 0.00001 * greatest(1, abs(p.total)) AS differs,
        count(*) FILTER (WHERE p.parts > 1) OVER (PARTITION BY s.PARAMCD, p.made) AS summed
    FROM sums AS s
    INNER JOIN parts AS p ON s.USUBJID = p.USUBJID AND s.PARAMCD <> p.part
)

SELECT
    'AVAL' AS variable,
    made AS cause,
    _row,
    printf('%g', given) AS value
FROM compared
QUALIFY differs AND avg(differs::INTEGER) OVER (PARTITION BY PARAMCD, made) < 0.35 AND summed > 2
