-- One record per code of a trial summary parameter with several names, or name with several codes.
-- Words: '{cause}' stands with more than one {variable}
-- Todo: take the name that controlled terminology gives the code
-- Source: SDTMIG 3.4 section 7.4.2; CG0307; FDA Business Rule FB0916; CORE-000179
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSPARMCD, TS.TSPARM
SELECT
    min(_dataset) AS dataset,
    'TSPARM' AS variable,
    TSPARMCD AS cause,
    max_by(TSPARM, _row) AS value,
    max(_row) AS _row
FROM sdtm.TS
GROUP BY TSPARMCD
HAVING count(DISTINCT TSPARM) > 1
UNION ALL
SELECT
    min(_dataset) AS dataset,
    'TSPARMCD' AS variable,
    TSPARM AS cause,
    max_by(TSPARMCD, _row) AS value,
    max(_row) AS _row
FROM sdtm.TS
GROUP BY TSPARM
HAVING count(DISTINCT TSPARMCD) > 1
