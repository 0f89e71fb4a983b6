-- One record per visit of a subject with results that SV does not have.
-- Words: the visit {cause} is none of the subject's visits in SV
-- Todo: derive SV again, or correct the visit
-- Source: SDTMIG 3.4 section 5.5; CG0034; CORE-000168
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: VISITNUM, SV.VISITNUM
-- Classes: FINDINGS, FINDINGS ABOUT, EVENTS, INTERVENTIONS
SELECT
    'VISITNUM' AS variable,
    min(r._row) AS _row,
    sum(r.records) AS records,
    printf('%g', round(r.VISITNUM, 6)) AS cause
FROM (
    SELECT
        USUBJID,
        VISITNUM,
        min(_row) AS _row,
        sum(records) AS records
    FROM moment
    WHERE VISITNUM IS NOT NULL
    GROUP BY ALL
) AS r
-- 4.2 comes out of some files as 4.199999999999999
ANTI JOIN sdtm.SV AS s ON r.USUBJID = s.USUBJID AND round(r.VISITNUM, 6) = round(s.VISITNUM, 6)
GROUP BY round(r.VISITNUM, 6)
