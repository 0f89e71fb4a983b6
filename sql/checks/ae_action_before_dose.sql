-- One record per adverse event that was over before the first dose and changed the treatment.
-- Query: The action taken for {AETERM} is {value}, but the event ended on {AEENDAT}, before the first dose
--   on {RFXSTDTC}. Please check dates and action.
-- Source: action taken against exposure
-- Severity: error
-- Needs: ae.AEACN, ae.AEENDAT, ex or ec
SELECT
    a.*,
    'AEACN' AS variable,
    a.AEACN AS value,
    d.RFXSTDTC
FROM form.ae AS a
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE
    a.AEACN IN ('DRUG WITHDRAWN', 'DRUG INTERRUPTED', 'DOSE REDUCED', 'DOSE INCREASED', 'DOSE RATE REDUCED')
    AND is_before(a.AEENDAT, d.RFXSTDTC)
