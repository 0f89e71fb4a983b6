-- One record per study day that is not the one that the dates give.
-- Words: {variable} is not the study day that its date and RFSTDTC give
-- Todo: derive the study day again; there is no day 0, and without two whole dates there is no study day
-- Source: SDTMIG 3.4 section 4.4.4; CG0006; CG0007; CG0220 to CG0223; CORE-000529; CORE-000552; CORE-000553;
--   CORE-000138
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --DY or --STDY or --ENDY, DM.RFSTDTC
WITH
subject AS (
    SELECT
        USUBJID,
        whole_day(RFSTDTC) AS first_day
    FROM sdtm.DM
)

SELECT
    $domain || 'DY' AS variable,
    r._row,
    r.records,
    printf('%g', r.DY) AS value
FROM moment AS r
INNER JOIN subject AS s ON r.USUBJID = s.USUBJID
WHERE r.DY IS NOT NULL AND r.DY IS DISTINCT FROM study_day(whole_day(r.DTC), s.first_day)
UNION ALL
SELECT
    $domain || 'STDY' AS variable,
    r._row,
    r.records,
    printf('%g', r.STDY) AS value
FROM moment AS r
INNER JOIN subject AS s ON r.USUBJID = s.USUBJID
WHERE r.STDY IS NOT NULL AND r.STDY IS DISTINCT FROM study_day(whole_day(r.STDTC), s.first_day)
UNION ALL
SELECT
    $domain || 'ENDY' AS variable,
    r._row,
    r.records,
    printf('%g', r.ENDY) AS value
FROM moment AS r
INNER JOIN subject AS s ON r.USUBJID = s.USUBJID
WHERE r.ENDY IS NOT NULL AND r.ENDY IS DISTINCT FROM study_day(whole_day(r.ENDTC), s.first_day)
