-- One record per medication that starts after the delivery that tells of it.
-- Query: {CMTRT} starts on {value}, after the day of this export. Please check the date.
-- Source: plausibility of dates
-- Severity: error
-- Needs: cm.CMSTDAT
SELECT
    c.*,
    'CMSTDAT' AS variable,
    c.CMSTDAT AS value
FROM form.cm AS c
WHERE is_before(left(c._file, 10), c.CMSTDAT)
