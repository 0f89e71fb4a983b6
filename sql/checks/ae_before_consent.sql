-- One record per adverse event that began before informed consent.
-- Query: {AETERM} started on {value}, before informed consent on {RFICDTC}. Should it be in the medical
--   history?
-- Source: ICH E2A: an adverse event happens to a subject of the study
-- Severity: warning
-- Needs: ae.AESTDAT, dm.RFICDAT
SELECT
    a.*,
    'AESTDAT' AS variable,
    a.AESTDAT AS value,
    d.RFICDTC
FROM form.ae AS a
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE is_before(a.AESTDAT, d.RFICDTC)
