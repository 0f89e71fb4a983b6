-- One record per medication with a dose and no unit.
-- Query: {CMTRT} has the dose {value} without a unit. Please enter the unit.
-- Source: CDASHIG CM: a dose has a unit
-- Severity: error
-- Needs: cm.CMDOSE, cm.CMDOSU
SELECT
    c.*,
    'CMDOSU' AS variable,
    c.CMDOSE AS value
FROM form.cm AS c
WHERE c.CMDOSE IS NOT NULL AND c.CMDOSU IS NULL
