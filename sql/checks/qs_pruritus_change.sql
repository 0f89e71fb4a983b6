-- One record per pruritus score that differs much from the one before.
-- Query: The pruritus score changed from {BEFORE} mm on {BEFORE_ON} to {value} mm at {VISIT}. Please check
--   both, and the unit.
-- Source: plausibility of change between visits; 0 to 10 cm against 0 to 100 mm is the classic error
-- Severity: warning
-- Needs: qs, pruritus_vas.01
-- Threshold: mm = 60; change from the last score
WITH
scores AS ( -- each with the one before
    SELECT
        q.*,
        lag(q.QSSTRESN) OVER subject AS BEFORE,
        lag(left(q.QSDTC, 10)) OVER subject AS BEFORE_ON
    FROM sdtm.QS AS q
    WHERE q.QSTESTCD = 'PVAS01' AND q.QSSTRESN IS NOT NULL AND whole_day(q.QSDTC) IS NOT NULL
    WINDOW subject AS (PARTITION BY q.USUBJID ORDER BY q.QSDTC, q.QSSEQ)
)

SELECT
    s.*,
    'QS' AS dataset,
    s.QSSEQ AS SEQ,
    'QSORRES' AS variable,
    s.QSTESTCD AS test,
    s.QSSTRESN AS value
FROM scores AS s
WHERE abs(s.QSSTRESN - s.BEFORE) > $mm
