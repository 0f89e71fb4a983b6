-- One record per visit dated after the delivery that tells of it.
-- Query: {VISIT} is dated {value}, after the day of this export. Please check the date.
-- Source: plausibility of dates
-- Severity: error
-- Needs: dm.RFICDAT
SELECT
    v.*,
    v.DTC AS value
FROM form.visit AS v
WHERE
    is_before(left(v._file, 10), v.DTC)
    AND v.variable NOT IN ('EXSTDAT', 'ECSTDAT')
QUALIFY row_number() OVER (PARTITION BY v._source, v._file, v._row) = 1
