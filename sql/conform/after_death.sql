-- One record per record of something that happened to its subject after death.
-- Words: {variable} is after the subject's death (DM.DTHDTC)
-- Todo: correct the date, or DTHDTC; a sample that was taken before has the day when it was taken
-- Source: SDTMIG 3.4 section 5.2
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --DTC or --STDTC or --ENDTC, DM.DTHDTC
-- Classes: EVENTS, INTERVENTIONS, FINDINGS, FINDINGS ABOUT, SPECIAL PURPOSE
WITH
dead AS (
    SELECT
        USUBJID,
        DTHDTC
    FROM sdtm.DM
    WHERE DTHDTC IS NOT NULL
),

late AS (
    SELECT
        r.*,
        d.DTHDTC
    FROM (
        SELECT
            USUBJID,
            _row,
            records,
            -- events and treatments may well be collected later, and a death has findings of its own
            if($class LIKE 'FINDINGS%' AND $domain NOT IN ('DD', 'SS', 'MI', 'MA'), DTC, NULL) AS DTC,
            STDTC,
            ENDTC
        FROM moment
        WHERE $domain <> 'DS'
    ) AS r
    INNER JOIN dead AS d ON r.USUBJID = d.USUBJID
)

SELECT
    $domain || 'DTC' AS variable,
    _row,
    records,
    DTC AS value
FROM late
WHERE is_before(DTHDTC, DTC)
UNION ALL
SELECT
    $domain || 'STDTC' AS variable,
    _row,
    records,
    STDTC AS value
FROM late
WHERE is_before(DTHDTC, STDTC)
UNION ALL
SELECT
    $domain || 'ENDTC' AS variable,
    _row,
    records,
    ENDTC AS value
FROM late
WHERE is_before(DTHDTC, ENDTC)
