-- One record per vital sign that was measured twice at one time with different results.
-- Query: {VSTEST} at {VSDTC} is entered as {value} and also as {OTHER}. Which one is right?
-- Source: one result per test and time
-- Severity: warning
-- Needs: vs.VSORRES
SELECT
    v.*,
    'VS' AS dataset,
    v.VSSEQ AS SEQ,
    'VSORRES' AS variable,
    v.VSTESTCD AS test,
    v.VSTPTNUM::INTEGER::VARCHAR AS point,
    v.VSSTRESN AS value,
    o.VSSTRESN AS OTHER
FROM sdtm.VS AS v
INNER JOIN sdtm.VS AS o
    ON
        v.USUBJID = o.USUBJID AND v.VSTESTCD = o.VSTESTCD AND v.VSDTC = o.VSDTC
        AND v.VSTPTNUM IS NOT DISTINCT FROM o.VSTPTNUM
        AND v.VSPOS IS NOT DISTINCT FROM o.VSPOS AND v.VSLOC IS NOT DISTINCT FROM o.VSLOC
WHERE o.VSSEQ < v.VSSEQ AND length(v.VSDTC) > 10 AND v.VSSTRESN <> o.VSSTRESN
QUALIFY row_number() OVER (PARTITION BY v.USUBJID, v.VSSEQ ORDER BY o.VSSEQ) = 1
