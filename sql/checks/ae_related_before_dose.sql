-- One record per adverse event that was over before the first dose and is called related to it.
-- Query: {AETERM} is called {value} to the study treatment, but it ended on {AEENDAT}, before the first
--   dose on {RFXSTDTC}. Please check dates and causality.
-- Source: causality against exposure
-- Severity: error
-- Needs: ae.AEREL, ae.AEENDAT, ex or ec
SELECT
    a.*,
    'AEREL' AS variable,
    a.AEREL AS value,
    d.RFXSTDTC
FROM form.ae AS a
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE
    is_before(a.AEENDAT, d.RFXSTDTC)
    AND NOT regexp_matches(a.AEREL, '^(not|unlikely|unrelated|none|no$|n$)', 'i')
