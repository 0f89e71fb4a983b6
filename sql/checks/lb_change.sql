-- One record per laboratory result many times the one before.
-- Query: {LBTEST} changed from {BEFORE} on {BEFORE_ON} to {value} {LBSTRESU} at {VISIT}. Please check
--   result and unit.
-- Source: plausibility of change between visits
-- Severity: warning
-- Needs: lb.LBORRES
-- Threshold: times = 20; factor between two results of one test
WITH
measured AS ( -- each with the one before
    SELECT
        b.*,
        lag(b.LBSTRESN) OVER test AS BEFORE,
        lag(left(b.LBDTC, 10)) OVER test AS BEFORE_ON
    FROM sdtm.LB AS b
    WHERE b.LBSTRESN > 0 AND whole_day(b.LBDTC) IS NOT NULL
    WINDOW test AS (
        PARTITION BY b.USUBJID, b.LBTESTCD, b.LBSPEC, b.LBSTRESU ORDER BY b.LBDTC, b.LBSEQ
    )
)

SELECT
    m.*,
    'LB' AS dataset,
    m.LBSEQ AS SEQ,
    'LBORRES' AS variable,
    m.LBTESTCD AS test,
    m.LBSTRESN AS value
FROM measured AS m
WHERE greatest(m.LBSTRESN / m.BEFORE, m.BEFORE / m.LBSTRESN) > $times
