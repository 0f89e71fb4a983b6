-- One record per adverse event that began long after the subject's last disposition.
-- Query: {AETERM} started on {value}, more than {days} days after the subject left the study on {LEFT_ON}.
--   Please check both dates.
-- Source: the protocol's safety follow-up; adverse event against disposition
-- Severity: warning
-- Needs: ae.AESTDAT, ds.DSSTDAT
-- Threshold: days = 30; days of safety follow-up after the last disposition
WITH
ends AS ( -- last disposition event of each subject
    SELECT
        s.USUBJID,
        max(left(s.DSSTDTC, 10)) AS LEFT_ON
    FROM sdtm.DS AS s
    WHERE s.DSCAT = 'DISPOSITION EVENT'
    GROUP BY s.USUBJID
)

SELECT
    a.*,
    'AESTDAT' AS variable,
    a.AESTDAT AS value,
    $days AS days,
    e.LEFT_ON
FROM form.ae AS a
INNER JOIN ends AS e USING (USUBJID)
WHERE date_diff('day', whole_day(e.LEFT_ON), whole_day(a.AESTDAT)) > $days
