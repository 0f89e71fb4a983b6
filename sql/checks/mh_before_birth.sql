-- One record per condition that began before the subject was born.
-- Query: {MHTERM} started on {value}, before the birth date. Please check the start date.
-- Source: plausibility of dates
-- Severity: error
-- Needs: mh.MHSTDAT, dm.BRTHDAT
SELECT
    m.*,
    'MHSTDAT' AS variable,
    m.MHSTDAT AS value
FROM form.mh AS m
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE is_before(m.MHSTDAT, d.BRTHDTC)
