-- One record per identifier of an investigator with several names, or name with several identifiers.
-- Words: '{cause}' stands with more than one {variable}
-- Todo: give each investigator one identifier and one way to write the name
-- Source: SDTMIG 3.4 section 5.2; FDA Business Rule FB0912; CORE-000729
-- Severity: warning
-- Standard: SDTM
-- Needs: DM.INVID, DM.INVNAM
WITH
pairs AS (
    SELECT
        _dataset,
        INVID,
        INVNAM,
        count(*) AS records,
        min(_row) AS _row
    FROM sdtm.DM
    WHERE INVID IS NOT NULL AND INVNAM IS NOT NULL
    GROUP BY _dataset, INVID, INVNAM
)

SELECT
    min(_dataset) AS dataset,
    'INVNAM' AS variable,
    INVID AS cause,
    arg_min(INVNAM, records) AS value,
    arg_min(_row, records) AS _row
FROM pairs
GROUP BY INVID
HAVING count(*) > 1
UNION ALL
SELECT
    min(_dataset) AS dataset,
    'INVID' AS variable,
    INVNAM AS cause,
    arg_min(INVID, records) AS value,
    arg_min(_row, records) AS _row
FROM pairs
GROUP BY INVNAM
HAVING count(*) > 1
