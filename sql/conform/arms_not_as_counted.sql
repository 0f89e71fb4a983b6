-- One record per number of arms in the trial summary that TA does not have.
-- Words: NARMS is {value}, but TA has another number of arms
-- Todo: correct NARMS, or add the arm that TA lacks
-- Source: SDTMIG 3.4 section 7.4.2
-- Severity: warning
-- Standard: SDTM
-- Needs: TS.TSVAL, TA.ARMCD
WITH a AS (SELECT count(DISTINCT ARMCD) AS arms FROM sdtm.TA)

SELECT
    t._dataset AS dataset,
    'TSVAL' AS variable,
    t._row,
    t.TSVAL AS value
FROM sdtm.TS AS t
CROSS JOIN a
WHERE t.TSPARMCD = 'NARMS' AND try_cast(t.TSVAL AS INTEGER) <> a.arms
