-- One record per time point whose planned elapsed time is not always the same.
-- Words: {variable} of the time point '{cause}' is not always the same
-- Todo: the planned elapsed time belongs to the time point, not to the subject
-- Source: SDTMIG 3.4 section 4.4.10; CG0241; CORE-000142
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --ELTM, --TPTNUM, --TPTREF
WITH
points AS (
    SELECT
        VISITNUM,
        TPTREF,
        TPTNUM,
        ELTM,
        min(_row) AS _row,
        count(*) AS records
    FROM record
    WHERE ELTM IS NOT NULL AND TPTNUM IS NOT NULL
    GROUP BY ALL
)

SELECT
    $domain || 'ELTM' AS variable,
    printf('%g', TPTNUM) AS cause,
    arg_min(ELTM, records) AS value,
    arg_min(_row, records) AS _row
FROM points
GROUP BY VISITNUM, TPTREF, TPTNUM
HAVING count(*) > 1
