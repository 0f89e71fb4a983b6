-- One record per form that tells of a visit long after the subject discontinued.
-- Query: {VISIT} is dated {value}, but the subject left the study on {LEFT_ON} ({DSDECOD}). Please check
--   both dates.
-- Source: disposition against visits
-- Severity: warning
-- Needs: ds.DSDECOD, ds.DSSTDAT
-- Threshold: days = 30; days after the last disposition in which a visit may still be
WITH
ends AS ( -- last disposition event of each subject
    SELECT
        s.USUBJID,
        max(whole_day(s.DSSTDTC)) AS left_day,
        arg_max(left(s.DSSTDTC, 10), whole_day(s.DSSTDTC)) AS LEFT_ON,
        arg_max(s.DSDECOD, whole_day(s.DSSTDTC)) AS DSDECOD
    FROM sdtm.DS AS s
    WHERE s.DSCAT = 'DISPOSITION EVENT'
    GROUP BY s.USUBJID
)

SELECT
    v.*,
    v.DTC AS value,
    e.LEFT_ON,
    e.DSDECOD
FROM form.visit AS v
INNER JOIN ends AS e USING (USUBJID)
WHERE e.DSDECOD <> 'COMPLETED' AND date_diff('day', e.left_day, whole_day(v.DTC)) > $days
QUALIFY row_number() OVER (PARTITION BY v._source, v._file, v._row) = 1
