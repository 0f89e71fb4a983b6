-- One record per verbatim text that is coded in several ways.
-- Words: '{cause}' is coded as more than one {variable}
-- Todo: look whether the same words mean the same, then code them alike
-- Source: SDTMIG 3.4 section 4.3.6
-- Severity: note
-- Standard: SDTM
-- Each: dataset
-- Needs: --DECOD, --TERM or --TRT
-- Classes: EVENTS, INTERVENTIONS
WITH
coded AS (
    SELECT
        lower(coalesce(MODIFY, TERM, TRT)) AS said,
        DECOD,
        min(_row) AS _row,
        count(*) AS records
    FROM record
    WHERE DECOD IS NOT NULL AND $domain <> 'DS'
    GROUP BY ALL
)

SELECT
    $domain || 'DECOD' AS variable,
    said AS cause,
    arg_min(DECOD, records) AS value,
    arg_min(_row, records) AS _row
FROM coded
WHERE said IS NOT NULL
GROUP BY said
HAVING count(*) > 1
