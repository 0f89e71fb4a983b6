-- One record per dose that differs from the planned one without a reason.
-- Query: The dose given at {VISIT} is {value}, the planned one {EXPDOSE} {EXDOSU}. Please check both, or
--   enter why they differ.
-- Source: the protocol's dose; SDTMIG 3.4 EX, EXADJ
-- Severity: error
-- Needs: ex.EXPDOSE, ex.EXADJ
-- Threshold: percent = 10; difference in percent of the planned dose
SELECT
    e.*,
    'EXDOSE' AS variable,
    e.EXDOSE AS value
FROM form.ex AS e
WHERE e.EXADJ IS NULL AND 100 * abs(e.EXDOSE - e.EXPDOSE) > $percent * e.EXPDOSE
