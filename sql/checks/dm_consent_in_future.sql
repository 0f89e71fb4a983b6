-- One record per subject whose consent is dated after the delivery that tells of it.
-- Query: Informed consent is dated {value}, after the day of this export. Please check the date.
-- Source: plausibility of dates
-- Severity: error
-- Needs: dm.RFICDAT
SELECT
    d.*,
    'RFICDAT' AS variable,
    d.RFICDAT AS value
FROM form.dm AS d
WHERE is_before(left(d._file, 10), d.RFICDAT)
