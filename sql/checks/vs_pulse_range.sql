-- One record per pulse rate outside the plausible range.
-- Query: The pulse rate at {VISIT} is {value} beats a minute. Please check it against the source.
-- Source: plausibility of measurements
-- Severity: warning
-- Needs: vs.VSORRES
-- Threshold: low = 35; beats a minute
-- Threshold: high = 160; beats a minute
SELECT
    v.*,
    'VS' AS dataset,
    v.VSSEQ AS SEQ,
    'VSORRES' AS variable,
    v.VSTESTCD AS test,
    v.VSTPTNUM::INTEGER::VARCHAR AS point,
    v.VSSTRESN AS value
FROM sdtm.VS AS v
WHERE v.VSTESTCD IN ('PULSE', 'HR') AND v.VSSTRESN NOT BETWEEN $low AND $high
