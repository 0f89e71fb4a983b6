-- One record per laboratory result that is clinically significant, of a subject without an adverse event
--   since then.
-- Query: {LBTESTCD} of {LBDAT} is clinically significant, but no adverse event begins within {days} days of
--   it. Please enter the event, or check the answer.
-- Source: ICH E2A: an abnormal laboratory finding may be an adverse event
-- Severity: warning
-- Needs: lb.LBCLSIG, ae.AESTDAT
-- Threshold: days = 7; days before and after in which the event may begin
SELECT
    b.*,
    'LBCLSIG' AS variable,
    b.LBCLSIG AS value,
    $days AS days
FROM form.lb AS b
WHERE
    b.LBCLSIG = 'Y'
    AND NOT EXISTS (
        SELECT 1
        FROM form.ae AS a
        WHERE
            a.USUBJID = b.USUBJID
            AND coalesce(abs(date_diff('day', whole_day(a.AESTDAT), whole_day(b.LBDAT))) <= $days, TRUE)
    )
