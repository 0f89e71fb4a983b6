-- One record per visit whose name or planned day is not that of TV.
-- Words: {variable} of the visit {cause} is not that of TV
-- Todo: take name and planned day from TV; an unplanned visit has a number of its own and no planned day
-- Source: SDTMIG 3.4 sections 4.4.5 and 7.3.1; CG0031; CG0032; CORE-000249; CORE-000269; CG0225; CORE-000140
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: VISITNUM, VISIT, TV.VISITNUM, TV.VISIT
WITH
visits AS (
    SELECT
        VISITNUM,
        VISIT,
        VISITDY,
        min(_row) AS _row,
        sum(records) AS records
    FROM moment
    WHERE VISITNUM IS NOT NULL AND $domain <> 'TV'
    GROUP BY ALL
)

SELECT
    if(
        bool_or(t.VISIT = v.VISIT OR v.VISIT IS NULL) OR NOT coalesce(bool_or(t.VISITNUM IS NOT NULL), FALSE),
        'VISITDY', 'VISIT'
    ) AS variable,
    v._row,
    v.records,
    printf('%g', v.VISITNUM) AS cause,
    v.VISIT AS value
FROM visits AS v
LEFT JOIN sdtm.TV AS t ON round(v.VISITNUM, 6) = round(t.VISITNUM, 6)
GROUP BY ALL
HAVING
    bool_and(t.VISITNUM IS NOT NULL AND t.VISIT <> v.VISIT)
    OR bool_and(t.VISITNUM IS NOT NULL AND t.VISITDY <> v.VISITDY)
    OR bool_and(t.VISITNUM IS NULL AND v.VISITDY IS NOT NULL)
