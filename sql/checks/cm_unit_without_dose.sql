-- One record per medication with a unit and no dose.
-- Query: {CMTRT} has the unit {value} without a dose. Please enter the dose.
-- Source: CDASHIG CM: a unit belongs to a dose
-- Severity: warning
-- Needs: cm.CMDOSE, cm.CMDOSU
SELECT
    c.*,
    'CMDOSE' AS variable,
    c.CMDOSU AS value
FROM form.cm AS c
WHERE c.CMDOSE IS NULL AND c.CMDOSU IS NOT NULL
