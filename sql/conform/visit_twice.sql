-- One record per visit of a subject that SV has several times.
-- Words: the subject has several records of the visit {cause}
-- Todo: one record per visit: the first and the last day of it are SVSTDTC and SVENDTC
-- Source: SDTMIG 3.4 section 5.5; CG0410; CORE-000204
-- Severity: error
-- Standard: SDTM
-- Needs: SV.VISITNUM
SELECT
    min(_dataset) AS dataset,
    'VISITNUM' AS variable,
    printf('%g', VISITNUM) AS cause,
    max(VISIT) AS value,
    max(_row) AS _row
FROM sdtm.SV
WHERE VISITNUM IS NOT NULL
GROUP BY USUBJID, VISITNUM
HAVING count(*) > 1
