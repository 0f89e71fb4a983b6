-- One record per number of a visit with several names, or name of a visit with several numbers.
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
        -- 4.2 comes out of some files as 4.199999999999999
        round(VISITNUM, 6) AS VISITNUM,
        VISIT,
        min(_row) AS _row,
        sum(records) AS records
    FROM moment
    WHERE VISITNUM IS NOT NULL AND VISIT IS NOT NULL
    GROUP BY ALL
)

SELECT
    'VISIT' AS variable,
    printf('%g', VISITNUM) AS cause,
    arg_min(VISIT, records) AS value,
    arg_min(_row, records) AS _row
FROM visits
GROUP BY VISITNUM
HAVING count(*) > 1
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
HAVING count(*) > 1
