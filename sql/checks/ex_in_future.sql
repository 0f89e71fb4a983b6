-- One record per dose dated after the delivery that tells of it.
-- Query: {EXTRT} is dated {value}, after the day of this export. Please check the date.
-- Source: plausibility of dates
-- Severity: error
-- Needs: ex.EXSTDAT
SELECT
    e.*,
    'EXSTDAT' AS variable,
    e.EXSTDAT AS value
FROM form.ex AS e
WHERE is_before(left(e._file, 10), e.EXSTDAT)
