-- One record per medication without a start date.
-- Query: {CMTRT} has no start date. Please enter at least the year.
-- Source: CDASHIG CM: the start, as precise as it is known
-- Severity: warning
-- Needs: cm.CMSTDAT
SELECT
    c.*,
    'CMSTDAT' AS variable,
    NULL AS value
FROM form.cm AS c
WHERE c.CMSTDAT IS NULL
