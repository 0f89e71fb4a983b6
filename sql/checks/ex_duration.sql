-- One record per administration on one day that took implausibly long.
-- Query: The administration at {VISIT} lasts from {EXSTTIM} to {EXENTIM}, {MINUTES} minutes. Please check
--   both times.
-- Source: the protocol's infusion time
-- Severity: warning
-- Needs: ex.EXSTTIM, ex.EXENTIM
-- Threshold: minutes = 240; longest administration
WITH
timed AS ( -- administrations that began and ended on one day at known times
    SELECT
        e.*,
        date_diff('minute', try_cast(e.EXSTTIM AS TIME), try_cast(e.EXENTIM AS TIME)) AS MINUTES
    FROM form.ex AS e
    WHERE e.EXENDAT = e.EXSTDAT
)

SELECT
    t.*,
    'EXENTIM' AS variable,
    t.EXENTIM AS value
FROM timed AS t
WHERE t.MINUTES > $minutes
