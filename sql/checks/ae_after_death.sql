-- One record per adverse event that began after the subject's death.
-- Query: {AETERM} started on {value}, after the subject's death on {DTHDTC}. Please check both dates.
-- Source: plausibility of dates
-- Severity: error
-- Needs: ae.AESTDAT
SELECT
    a.*,
    'AESTDAT' AS variable,
    a.AESTDAT AS value,
    d.DTHDTC
FROM form.ae AS a
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE is_before(d.DTHDTC, a.AESTDAT)
