-- One record per dose after the subject's death.
-- Query: A dose is entered on {value}, after the subject's death on {DTHDTC}. Please check both dates.
-- Source: plausibility of dates
-- Severity: error
-- Needs: ex.EXSTDAT, ds or ae
SELECT
    e.*,
    'EXSTDAT' AS variable,
    e.EXSTDAT AS value,
    d.DTHDTC
FROM form.ex AS e
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE is_before(d.DTHDTC, e.EXSTDAT)
