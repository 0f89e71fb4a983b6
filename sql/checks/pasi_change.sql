-- One record per PASI total that is much higher than the one before.
-- Query: The PASI total rose from {BEFORE} on {BEFORE_ON} to {value} at {VISIT}. Please check the scores of
--   both visits.
-- Source: plausibility of change between visits
-- Severity: warning
-- Needs: pasi.29
-- Threshold: points = 15; rise from the last total
WITH
totals AS ( -- each with the one before
    SELECT
        p.*,
        try_cast(p."29" AS DOUBLE) AS total,
        lag(try_cast(p."29" AS DOUBLE)) OVER subject AS BEFORE,
        lag(p.RSDAT) OVER subject AS BEFORE_ON
    FROM form.pasi AS p
    WHERE try_cast(p."29" AS DOUBLE) IS NOT NULL AND length(p.RSDAT) >= 10
    WINDOW subject AS (PARTITION BY p.USUBJID ORDER BY p.RSDAT, p._file, p._row)
)

SELECT
    t.*,
    '29' AS variable,
    t.total AS value
FROM totals AS t
WHERE round(t.total - t.BEFORE, 3) > $points
