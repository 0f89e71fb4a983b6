-- One record per number of a time point with several names, or name with several numbers, within a visit and
--   reference.
-- Words: '{cause}' stands with more than one {variable} within one visit
-- Todo: give each time point one number and one name
-- Source: SDTMIG 3.4 section 4.4.10; CG0240; FDA Business Rules FB0922 to FB0925; CORE-000141; CORE-000689
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --TPT, --TPTNUM
WITH
points AS (
    SELECT
        VISITNUM,
        TPTREF,
        TPTNUM,
        TPT,
        min(_row) AS _row,
        count(*) AS records
    FROM record
    WHERE TPTNUM IS NOT NULL AND TPT IS NOT NULL
    GROUP BY ALL
)

SELECT
    $domain || 'TPT' AS variable,
    printf('%g', TPTNUM) AS cause,
    arg_min(TPT, records) AS value,
    arg_min(_row, records) AS _row
FROM points
GROUP BY VISITNUM, TPTREF, TPTNUM
HAVING count(*) > 1
UNION ALL
SELECT
    $domain || 'TPTNUM' AS variable,
    TPT AS cause,
    printf('%g', arg_min(TPTNUM, records)) AS value,
    arg_min(_row, records) AS _row
FROM points
GROUP BY VISITNUM, TPTREF, TPT
HAVING count(*) > 1
