-- One record per record whose epoch is not that of the element in which it lies.
-- Words: EPOCH is not that of the subject's element (SE) at the time of the record
-- Todo: derive EPOCH from SE again, or correct the date
-- Source: SDTMIG 3.4 sections 4.1.3.1 and 5.3; CG0218; CORE-000097
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: EPOCH, --STDTC or --DTC, SE.EPOCH, SE.SESTDTC, SE.SEENDTC
-- Classes: EVENTS, INTERVENTIONS, FINDINGS, FINDINGS ABOUT, SPECIAL PURPOSE
WITH
days AS (
    SELECT
        USUBJID,
        EPOCH,
        left(if($class LIKE 'FINDINGS%', DTC, STDTC), 10) AS day,
        min(_row) AS _row,
        sum(records) AS records
    FROM moment
    WHERE EPOCH IS NOT NULL AND length(if($class LIKE 'FINDINGS%', DTC, STDTC)) >= 10 AND $domain <> 'SE'
    GROUP BY ALL
),

-- the day on which an element ends and the next one starts belongs to both
compared AS (
    SELECT
        d._row,
        d.records,
        d.EPOCH,
        bool_or(d.EPOCH = s.EPOCH) AS right_one
    FROM days AS d
    INNER JOIN sdtm.SE AS s
        ON
            d.USUBJID = s.USUBJID AND d.day >= left(s.SESTDTC, 10)
            AND d.day <= left(coalesce(s.SEENDTC, '9999-12-31'), 10)
    WHERE s.EPOCH IS NOT NULL AND length(s.SESTDTC) >= 10 AND length(coalesce(s.SEENDTC, '9999-12-31')) >= 10
    GROUP BY ALL
)

SELECT
    'EPOCH' AS variable,
    _row,
    records,
    EPOCH AS value
FROM compared
WHERE NOT right_one
