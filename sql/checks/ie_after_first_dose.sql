-- One record per criterion that was assessed only after the first dose.
-- Query: Criterion {IETESTCD} was assessed on {value}, after the first dose on {RFXSTDTC}. Please check the
--   date.
-- Source: the protocol: eligibility is established before treatment
-- Severity: warning
-- Needs: ie.IEDAT, ex or ec
SELECT
    i.*,
    'IEDAT' AS variable,
    i.IEDAT AS value,
    d.RFXSTDTC
FROM form.ie AS i
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE is_before(d.RFXSTDTC, i.IEDAT)
