-- One record per body weight outside the plausible range.
-- Query: The body weight at {VISIT} is {value} kg. Please check it against the source.
-- Source: plausibility of measurements in adults
-- Severity: warning
-- Needs: vs.VSORRES
-- Threshold: low = 35; kg
-- Threshold: high = 180; kg
SELECT
    v.*,
    'VS' AS dataset,
    v.VSSEQ AS SEQ,
    'VSORRES' AS variable,
    v.VSTESTCD AS test,
    v.VSTPTNUM::INTEGER::VARCHAR AS point,
    v.VSSTRESN AS value
FROM sdtm.VS AS v
WHERE v.VSTESTCD = 'WEIGHT' AND v.VSSTRESN NOT BETWEEN $low AND $high
