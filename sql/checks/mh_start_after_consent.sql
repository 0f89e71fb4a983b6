-- One record per condition of the history that began after informed consent.
-- Query: {MHTERM} is entered as medical history but started on {value}, after informed consent on
--   {RFICDTC}. Should it be an adverse event?
-- Source: CDASHIG MH: history is what was there before the study
-- Severity: warning
-- Needs: mh.MHSTDAT, dm.RFICDAT
SELECT
    m.*,
    'MHSTDAT' AS variable,
    m.MHSTDAT AS value,
    d.RFICDTC
FROM form.mh AS m
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE is_before(d.RFICDTC, m.MHSTDAT)
