-- One record per number of a visit with several names or planned days, or name with several numbers.
-- Words: the visit '{cause}' stands with more than one {variable}
-- Todo: a visit has one number, one name and one planned day, those of TV
-- Source: SDTMIG 3.4 section 4.4.5; CG0035; FDA Business Rule FB0919; CORE-000361
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: VISITNUM, VISIT
WITH
visits AS (
    SELECT
        VISITNUM,
        VISIT,
        -- the planned day may depend on the arm
        if($domain = 'TV', NULL, VISITDY) AS VISITDY,
        min(_row) AS _row,
        sum(records) AS records
    FROM moment
    WHERE VISITNUM IS NOT NULL AND VISIT IS NOT NULL
    GROUP BY ALL
)

SELECT
    if(count(DISTINCT VISIT) > 1, 'VISIT', 'VISITDY') AS variable,
    printf('%g', VISITNUM) AS cause,
    arg_min(VISIT, records) AS value,
    arg_min(_row, records) AS _row
FROM visits
GROUP BY VISITNUM
HAVING count(DISTINCT VISIT) > 1 OR count(DISTINCT VISITDY) > 1
UNION ALL
SELECT
    'VISITNUM' AS variable,
    VISIT AS cause,
    printf('%g', arg_min(VISITNUM, records)) AS value,
    arg_min(_row, records) AS _row
FROM visits
-- unplanned visits may share their name
WHERE NOT regexp_matches(VISIT, '(?i)unsch|unplan')
GROUP BY VISIT
HAVING count(DISTINCT VISITNUM) > 1
