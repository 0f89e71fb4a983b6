-- One record per criterion flag that stands on the wrong side of the value at which the others change.
-- Words: {variable} is '{value}', where all other records change at one value of {cause}
-- Todo: derive the flag from the value
-- Source: ADaMIG 1.3 section 3.3 (CRITyFL)
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: PARAMCD, AVAL, CHG or PCHG, CRIT1FL
WITH
flagged AS (
    SELECT
        _row,
        PARAMCD AS parameter,
        AVAL AS aval_,
        CHG AS chg_,
        PCHG AS pchg_,
        COLUMNS('^(ABLFL|CRIT1FL|CRIT2FL|CRIT3FL|CRIT4FL|CRIT5FL|CRIT6FL|CRIT7FL|CRIT8FL|CRIT9FL)$')
    FROM record
    WHERE DTYPE IS NULL
),

flags AS (
    SELECT
        f._row,
        f.parameter,
        f.variable,
        f.value,
        f.value = 'Y' AS is_met,
        m.measure,
        m.x
    FROM (
        SELECT
            _row,
            parameter,
            aval_,
            chg_,
            pchg_,
            variable,
            value
        FROM flagged UNPIVOT (
            value FOR variable IN (COLUMNS(* EXCLUDE (_row, parameter, aval_, chg_, pchg_)))
        )
        WHERE variable LIKE 'CRIT%' AND value IN ('Y', 'N')
    ) AS f
    CROSS JOIN LATERAL (VALUES ('AVAL', f.aval_), ('CHG', f.chg_), ('PCHG', f.pchg_)) AS m (measure, x)
    WHERE m.x IS NOT NULL
),

-- of each value as the limit: how many records lie on the wrong side, met being below (or, turned, above)
limits AS (
    SELECT
        *,
        count(*) OVER everything AS n,
        count(*) FILTER (WHERE is_met) OVER everything AS met,
        count(*) FILTER (WHERE is_met) OVER so_far AS met_below,
        count(*) FILTER (WHERE NOT is_met) OVER so_far AS not_below
    FROM flags
    WINDOW
        everything AS (PARTITION BY parameter, variable, measure),
        so_far AS (PARTITION BY parameter, variable, measure ORDER BY x)
),

best AS ( -- the limit that leaves the fewest
    SELECT
        parameter,
        variable,
        measure,
        any_value(n) AS n,
        any_value(met) AS met,
        min(least(not_below + met - met_below, n - not_below - met + met_below)) AS wrong,
        arg_min(x, least(not_below + met - met_below, n - not_below - met + met_below)) AS edge,
        arg_min(
            not_below + met - met_below <= n - not_below - met + met_below,
            least(not_below + met - met_below, n - not_below - met + met_below)
        ) AS met_is_below
    FROM limits
    GROUP BY parameter, variable, measure
    HAVING any_value(met) > 0
),

chosen AS ( -- the measure that the criterion is about leaves none, or next to none
    SELECT *
    FROM best
    QUALIFY row_number() OVER (PARTITION BY parameter, variable ORDER BY wrong, measure) = 1
)

SELECT
    f.variable,
    f.measure AS cause,
    f._row,
    f.value
FROM flags AS f
INNER JOIN chosen AS c USING (parameter, variable, measure)
WHERE c.wrong > 0 AND c.wrong <= greatest(1, 0.02 * c.n) AND c.met > 2 AND c.n - c.met > 2 AND c.n >= 20
WINDOW one AS (PARTITION BY f.parameter, f.variable, f.measure)
-- the outermost may be met again, as where a criterion is a range
QUALIFY
    f.is_met <> ((f.x <= c.edge) = c.met_is_below)
    AND CASE
        WHEN f.x <= c.edge
            THEN f.x > min(f.x) FILTER (WHERE f.is_met = c.met_is_below) OVER one
        ELSE f.x < max(f.x) FILTER (WHERE f.is_met <> c.met_is_below) OVER one
    END
