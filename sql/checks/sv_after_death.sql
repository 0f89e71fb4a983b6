-- One record per form that tells of a visit after the subject's death.
-- Query: {VISIT} is dated {value}, after the subject's death on {DTHDTC}. Please check both dates.
-- Source: plausibility of dates
-- Severity: error
-- Needs: ds or ae
SELECT
    v.*,
    v.DTC AS value,
    d.DTHDTC
FROM form.visit AS v
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE is_before(d.DTHDTC, v.DTC) AND v.variable NOT IN ('EXSTDAT', 'ECSTDAT')
QUALIFY row_number() OVER (PARTITION BY v._source, v._file, v._row) = 1
