-- One record per record that is dated before its subject was born.
-- Words: {variable} is before the subject's date of birth
-- Todo: correct the date, or BRTHDTC
-- Source: SDTMIG 3.4 section 5.2
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --DTC or --STDTC or --ENDTC, DM.BRTHDTC
WITH
born AS (
    SELECT
        USUBJID,
        BRTHDTC
    FROM sdtm.DM
    WHERE BRTHDTC IS NOT NULL
)

SELECT
    $domain || 'DTC' AS variable,
    r._row,
    r.records,
    r.DTC AS value
FROM moment AS r
INNER JOIN born AS b ON r.USUBJID = b.USUBJID
WHERE is_before(r.DTC, b.BRTHDTC)
UNION ALL
SELECT
    $domain || 'STDTC' AS variable,
    r._row,
    r.records,
    r.STDTC AS value
FROM moment AS r
INNER JOIN born AS b ON r.USUBJID = b.USUBJID
WHERE is_before(r.STDTC, b.BRTHDTC)
UNION ALL
SELECT
    $domain || 'ENDTC' AS variable,
    r._row,
    r.records,
    r.ENDTC AS value
FROM moment AS r
INNER JOIN born AS b ON r.USUBJID = b.USUBJID
WHERE is_before(r.ENDTC, b.BRTHDTC)
