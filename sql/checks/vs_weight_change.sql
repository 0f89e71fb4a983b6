-- One record per body weight that differs much from the one before.
-- Query: The body weight at {VISIT} is {value} kg, after {BEFORE} kg on {BEFORE_ON}. Please check both
--   against the source.
-- Source: plausibility of change between visits
-- Severity: warning
-- Needs: vs.VSORRES
-- Threshold: percent = 15; change from the last weight in percent of it
WITH
weights AS ( -- each with the one before
    SELECT
        v.*,
        lag(v.VSSTRESN) OVER subject AS BEFORE,
        lag(left(v.VSDTC, 10)) OVER subject AS BEFORE_ON
    FROM sdtm.VS AS v
    WHERE v.VSTESTCD = 'WEIGHT' AND v.VSSTRESN > 0 AND whole_day(v.VSDTC) IS NOT NULL
    WINDOW subject AS (PARTITION BY v.USUBJID ORDER BY v.VSDTC, v.VSSEQ)
)

SELECT
    w.*,
    'VS' AS dataset,
    w.VSSEQ AS SEQ,
    'VSORRES' AS variable,
    w.VSTESTCD AS test,
    w.VSTPTNUM::INTEGER::VARCHAR AS point,
    w.VSSTRESN AS value
FROM weights AS w
WHERE 100 * abs(w.VSSTRESN - w.BEFORE) > $percent * w.BEFORE
