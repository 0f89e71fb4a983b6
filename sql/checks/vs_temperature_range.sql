-- One record per body temperature outside the plausible range.
-- Query: The body temperature at {VISIT} is {value} C. Please check it against the source.
-- Source: plausibility of measurements
-- Severity: warning
-- Needs: vs.VSORRES
-- Threshold: low = 34; degrees Celsius
-- Threshold: high = 42; degrees Celsius
SELECT
    v.*,
    'VS' AS dataset,
    v.VSSEQ AS SEQ,
    'VSORRES' AS variable,
    v.VSTESTCD AS test,
    v.VSTPTNUM::INTEGER::VARCHAR AS point,
    v.VSSTRESN AS value
FROM sdtm.VS AS v
WHERE v.VSTESTCD = 'TEMP' AND v.VSSTRESN NOT BETWEEN $low AND $high
