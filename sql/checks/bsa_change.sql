-- One record per affected body surface that is much larger than the one before.
-- Query: The affected body surface rose from {BEFORE} % on {BEFORE_ON} to {value} % at {VISIT}. Please
--   check both.
-- Source: plausibility of change between visits
-- Severity: warning
-- Needs: fa.FAORRES
-- Threshold: points = 30; rise in percentage points
WITH
surfaces AS ( -- each with the one before
    SELECT
        f.*,
        lag(f.FASTRESN) OVER subject AS BEFORE,
        lag(left(f.FADTC, 10)) OVER subject AS BEFORE_ON
    FROM sdtm.FAMH AS f
    WHERE f.FATESTCD = 'BSAAFCTP' AND f.FASTRESN IS NOT NULL AND whole_day(f.FADTC) IS NOT NULL
    WINDOW subject AS (PARTITION BY f.USUBJID ORDER BY f.FADTC, f.FASEQ)
)

SELECT
    s.*,
    'FAMH' AS dataset,
    s.FASEQ AS SEQ,
    'FAORRES' AS variable,
    s.FATESTCD AS test,
    s.FASTRESN AS value
FROM surfaces AS s
WHERE s.FASTRESN - s.BEFORE > $points
