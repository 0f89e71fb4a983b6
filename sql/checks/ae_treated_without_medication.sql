-- One record per adverse event that was treated, of a subject without any medication in that time.
-- Query: Treatment is recorded for {AETERM} from {AESTDAT} to {AEENDAT}, but no concomitant medication in
--   that time. Please enter the medication, or check the answer.
-- Source: adverse event against concomitant medication
-- Severity: warning
-- Needs: ae.AECONTRT, cm.CMSTDAT
SELECT
    a.*,
    'AECONTRT' AS variable,
    a.AECONTRT AS value
FROM form.ae AS a
WHERE
    a.AECONTRT = 'Y'
    AND NOT EXISTS (
        SELECT 1
        FROM form.cm AS c
        WHERE
            c.USUBJID = a.USUBJID
            AND NOT coalesce(is_before(a.AEENDAT, c.CMSTDAT), FALSE)
            AND NOT coalesce(is_before(c.CMENDAT, a.AESTDAT), FALSE)
    )
