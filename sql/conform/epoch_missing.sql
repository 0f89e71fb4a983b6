-- One record per record without an epoch that lies within an element of its subject.
-- Words: EPOCH is missing although the subject was in an element (SE) at the time of the record
-- Todo: derive EPOCH from SE
-- Source: SDTMIG 3.4 section 4.1.3.1; FDA Business Rule FB2201; CORE-000701
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: EPOCH, --STDTC or --DTC, SE.EPOCH, SE.SESTDTC, SE.SEENDTC
-- Classes: EVENTS, INTERVENTIONS, FINDINGS, FINDINGS ABOUT
SELECT
    'EPOCH' AS variable,
    r._row,
    r.records
FROM (
    SELECT
        USUBJID,
        _row,
        records,
        left(if($class LIKE 'FINDINGS%', DTC, STDTC), 10) AS day
    FROM moment
    WHERE
        EPOCH IS NULL AND length(if($class LIKE 'FINDINGS%', DTC, STDTC)) >= 10
        AND $domain NOT IN ('MH', 'DD', 'PP')
) AS r
SEMI JOIN sdtm.SE AS s
    ON
        r.USUBJID = s.USUBJID AND r.day >= left(s.SESTDTC, 10) AND r.day < left(s.SEENDTC, 10)
        AND length(s.SESTDTC) >= 10 AND length(s.SEENDTC) >= 10
