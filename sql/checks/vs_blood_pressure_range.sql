-- One record per blood pressure outside the plausible range.
-- Query: {VSTEST} at {VISIT} is {value} mmHg. Please check it against the source.
-- Source: plausibility of measurements
-- Severity: warning
-- Needs: vs.VSORRES
-- Threshold: systolic_low = 70; mmHg
-- Threshold: systolic_high = 220; mmHg
-- Threshold: diastolic_low = 35; mmHg
-- Threshold: diastolic_high = 130; mmHg
SELECT
    v.*,
    'VS' AS dataset,
    v.VSSEQ AS SEQ,
    'VSORRES' AS variable,
    v.VSTESTCD AS test,
    v.VSTPTNUM::INTEGER::VARCHAR AS point,
    v.VSSTRESN AS value
FROM sdtm.VS AS v
WHERE
    (v.VSTESTCD = 'SYSBP' AND v.VSSTRESN NOT BETWEEN $systolic_low AND $systolic_high)
    OR (v.VSTESTCD = 'DIABP' AND v.VSSTRESN NOT BETWEEN $diastolic_low AND $diastolic_high)
