-- One record per diastolic blood pressure that is not below the systolic one of the same measurement.
-- Query: The diastolic blood pressure {value} is not below the systolic one {SYSTOLIC} at {VISIT}. Were the
--   two exchanged?
-- Source: plausibility of measurements
-- Severity: error
-- Needs: vs.VSORRES
SELECT
    v.*,
    'VS' AS dataset,
    v.VSSEQ AS SEQ,
    'VSORRES' AS variable,
    v.VSTESTCD AS test,
    v.VSTPTNUM::INTEGER::VARCHAR AS point,
    v.VSSTRESN AS value,
    s.VSSTRESN AS SYSTOLIC
FROM sdtm.VS AS v
INNER JOIN sdtm.VS AS s
    ON
        v.USUBJID = s.USUBJID AND v.VSDTC = s.VSDTC
        AND v.VSTPTNUM IS NOT DISTINCT FROM s.VSTPTNUM AND v.VSPOS IS NOT DISTINCT FROM s.VSPOS
WHERE v.VSTESTCD = 'DIABP' AND s.VSTESTCD = 'SYSBP' AND v.VSSTRESN >= s.VSSTRESN
QUALIFY row_number() OVER (PARTITION BY v.USUBJID, v.VSSEQ ORDER BY s.VSSEQ) = 1
