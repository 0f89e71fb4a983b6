-- One record per subject who was dosed and has no arm.
-- Query: A first dose is recorded on {RFXSTDTC}, but the subject has no treatment arm ({ARMNRS}). Please
--   check the arm, and whether the dose belongs to this subject.
-- Source: SDTMIG 3.4 section 5.2, ARMNRS
-- Severity: error
-- Needs: dm.ARMCD, ex or ec
SELECT
    d.*,
    'DM' AS dataset,
    'ARMCD' AS variable,
    d.ARMNRS AS value
FROM sdtm.DM AS d
WHERE
    d.RFXSTDTC IS NOT NULL
    AND d.ARMNRS IN ('SCREEN FAILURE', 'NOT ASSIGNED')
