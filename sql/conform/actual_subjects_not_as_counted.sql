-- One record per number of subjects in the trial summary that DM does not have.
-- Words: ACTSUB is {value}: neither the subjects of DM nor those with an arm nor those treated are as many
-- Todo: count the subjects again
-- Source: SDTMIG 3.4 section 7.4.2
-- Severity: warning
-- Standard: SDTM
-- Needs: TS.TSVAL, DM.ARMCD
WITH
counted AS (
    SELECT
        count(*) AS everyone,
        count(ARMCD) AS assigned,
        count(*) FILTER (WHERE ARMCD IN (SELECT a.ARMCD FROM sdtm.TA AS a)) AS planned,
        count(RFXSTDTC) AS treated
    FROM sdtm.DM
)

SELECT
    t._dataset AS dataset,
    'TSVAL' AS variable,
    t._row,
    t.TSVAL AS value
FROM sdtm.TS AS t
CROSS JOIN counted AS c
WHERE
    t.TSPARMCD = 'ACTSUB'
    AND try_cast(t.TSVAL AS INTEGER) NOT IN (c.everyone, c.assigned, c.planned, c.treated)
