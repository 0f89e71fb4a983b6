-- One record per dose whose plan is not that of the protocol at this visit.
-- Query: The planned dose at {VISIT} is entered as {value} {EXDOSU}; the protocol plans {PROTOCOL}
--   {PROTOCOL_UNIT}. Please check it.
-- Source: the protocol's doses, as the study file has them
-- Severity: error
-- Needs: ex.EXPDOSE, ex.VISIT
SELECT
    e.*,
    'EXPDOSE' AS variable,
    e.EXPDOSE AS value,
    p.dose AS PROTOCOL,
    p.unit AS PROTOCOL_UNIT
FROM form.ex AS e
INNER JOIN study.doses AS p ON e.VISIT = p.visit AND upper(e.EXTRT) = upper(p.treatment)
WHERE abs(e.EXPDOSE - p.dose) > 1e-9 AND e.EXDOSU = p.unit
