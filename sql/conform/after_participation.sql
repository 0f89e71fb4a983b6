-- One record per record that is dated after the end of its subject's participation.
-- Words: {variable} is after the end of the subject's participation (DM.RFPENDTC)
-- Todo: correct the date, or derive RFPENDTC again: it is the last day on which the subject was known in the
--   study
-- Source: SDTMIG 3.4 section 5.2; FDA Business Rules FB3406, FB3407; CORE-000720; CORE-000952
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --DTC or --STDTC or --ENDTC, DM.RFPENDTC
WITH
over AS (
    SELECT
        USUBJID,
        RFPENDTC
    FROM sdtm.DM
    -- what is dated after a death is the business of after_death
    WHERE RFPENDTC IS NOT NULL AND DTHDTC IS NULL AND $domain NOT IN ('DM', 'DS', 'CO')
)

SELECT
    $domain || 'DTC' AS variable,
    r._row,
    r.records,
    r.DTC AS value
FROM moment AS r
INNER JOIN over AS o ON r.USUBJID = o.USUBJID
WHERE is_before(o.RFPENDTC, r.DTC)
UNION ALL
SELECT
    $domain || 'STDTC' AS variable,
    r._row,
    r.records,
    r.STDTC AS value
FROM moment AS r
INNER JOIN over AS o ON r.USUBJID = o.USUBJID
WHERE is_before(o.RFPENDTC, r.STDTC)
UNION ALL
SELECT
    $domain || 'ENDTC' AS variable,
    r._row,
    r.records,
    r.ENDTC AS value
FROM moment AS r
INNER JOIN over AS o ON r.USUBJID = o.USUBJID
WHERE is_before(o.RFPENDTC, r.ENDTC)
