-- One record per event after the last dose whose flag contradicts those of other events.
-- Words: TRTEMFL on an event {value} days after the last dose contradicts events that lie later or earlier
-- Todo: apply the same window after the last dose to all events
-- Source: OCCDS 1.1 section 3.2 (TRTEMFL)
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, TRTEMFL, ASTDT
WITH
after_treatment AS (
    SELECT
        r._row,
        coalesce(r.TRTEMFL = 'Y', FALSE) AS emerged,
        r.ASTDT - coalesce(r.TRTEDT, a.TRTEDT) AS lag
    FROM record AS r
    LEFT JOIN adam.ADSL AS a ON r.USUBJID = a.USUBJID
    WHERE r.ASTDTF IS NULL AND r.ASTDT > coalesce(r.TRTEDT, a.TRTEDT)
),

contradicting AS (
    SELECT
        *,
        max(lag) FILTER (WHERE emerged) OVER () AS last_emerged,
        min(lag) FILTER (WHERE NOT emerged) OVER () AS first_not
    FROM after_treatment
),

counted AS (
    SELECT
        *,
        count(*) FILTER (WHERE emerged) OVER () AS emerged_ones,
        count(*) FILTER (WHERE NOT emerged) OVER () AS other_ones
    FROM contradicting
    WHERE (emerged AND lag > first_not) OR (NOT emerged AND lag < last_emerged)
)

SELECT -- the fewer are the likely mistake
    'TRTEMFL' AS variable,
    _row,
    lag::VARCHAR AS value
FROM counted
WHERE emerged = (emerged_ones <= other_ones)
