-- One record per adverse event that starts after the delivery that tells of it.
-- Query: {AETERM} starts on {value}, after the day of this export. Please check the date.
-- Source: plausibility of dates
-- Severity: error
-- Needs: ae.AESTDAT
SELECT
    a.*,
    'AESTDAT' AS variable,
    a.AESTDAT AS value
FROM form.ae AS a
WHERE is_before(left(a._file, 10), a.AESTDAT)
