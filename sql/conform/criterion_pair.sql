-- One record per code of a criterion with several texts, or text with several codes, within a version of the
--   protocol.
-- Words: '{cause}' stands with more than one {variable}
-- Todo: give a criterion that was changed a code of its own, or a version (TIVERS)
-- Source: SDTMIG 3.4 section 7.4.1; CG0255; CG0256; FDA Business Rule FB0918; CORE-000145; CORE-000146;
--   CORE-000743
-- Severity: error
-- Standard: SDTM
-- Needs: TI.IETESTCD, TI.IETEST
WITH
criteria AS (
    SELECT
        _dataset,
        TIVERS,
        IETESTCD,
        IETEST,
        _row
    FROM sdtm.TI
    WHERE IETESTCD IS NOT NULL AND IETEST IS NOT NULL
)

SELECT
    min(_dataset) AS dataset,
    'IETEST' AS variable,
    IETESTCD AS cause,
    max_by(IETEST, _row) AS value,
    max(_row) AS _row
FROM criteria
GROUP BY TIVERS, IETESTCD
HAVING count(DISTINCT IETEST) > 1
UNION ALL
SELECT
    min(_dataset) AS dataset,
    'IETESTCD' AS variable,
    IETEST AS cause,
    max_by(IETESTCD, _row) AS value,
    max(_row) AS _row
FROM criteria
GROUP BY TIVERS, IETEST
HAVING count(DISTINCT IETESTCD) > 1
