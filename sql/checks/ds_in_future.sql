-- One record per disposition or milestone dated after the delivery that tells of it.
-- Query: {DSDECOD} is dated {value}, after the day of this export. Please check the date.
-- Source: plausibility of dates
-- Severity: error
-- Needs: ds.DSSTDAT
SELECT
    s.*,
    'DSSTDAT' AS variable,
    s.DSSTDAT AS value
FROM form.ds AS s
WHERE is_before(left(s._file, 10), s.DSSTDAT)
