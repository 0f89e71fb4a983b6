-- One record per word about the design that the number of arms contradicts.
-- Words: {cause} is {value}, which does not go with the number of arms in TA
-- Todo: correct the trial summary or TA
-- Source: SDTMIG 3.4 sections 7.2.1 and 7.4.2
-- Severity: warning
-- Standard: SDTM
-- Needs: TS.TSVAL, TA.ARMCD
WITH a AS (SELECT count(DISTINCT ARMCD) AS arms FROM sdtm.TA)

SELECT
    t._dataset AS dataset,
    'TSVAL' AS variable,
    t._row,
    t.TSPARMCD AS cause,
    t.TSVAL AS value
FROM sdtm.TS AS t
CROSS JOIN a
WHERE
    t.TSPARMCD = 'RANDOM' AND t.TSVAL = 'Y' AND a.arms = 1
    OR t.TSPARMCD = 'INTMODEL' AND t.TSVAL IN ('PARALLEL', 'FACTORIAL') AND a.arms = 1
