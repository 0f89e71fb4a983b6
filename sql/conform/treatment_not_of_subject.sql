-- One record per record with a treatment that ADSL does not have for the subject.
-- Words: {variable} is no treatment that ADSL has for the subject
-- Todo: derive the treatment of a record from TRTxxP and TRTxxA of ADSL
-- Source: ADaMIG 1.3 section 3.3
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, TRTP or TRTA, ADSL.TRT01P, ADSL.TRT01A
WITH
planned AS (
    SELECT
        USUBJID,
        COLUMNS('^TRT[0-9]{2}P$')
    FROM adam.ADSL
),

actual AS (
    SELECT
        USUBJID,
        COLUMNS('^TRT[0-9]{2}A$')
    FROM adam.ADSL
),

given AS (
    SELECT
        'TRTP' AS variable,
        USUBJID,
        value
    FROM planned
    UNPIVOT (value FOR period IN (COLUMNS(* EXCLUDE (USUBJID))))
    UNION ALL
    SELECT
        'TRTA' AS variable,
        USUBJID,
        value
    FROM actual
    UNPIVOT (value FOR period IN (COLUMNS(* EXCLUDE (USUBJID))))
),

used AS (
    SELECT
        'TRTP' AS variable,
        USUBJID,
        TRTP AS value,
        min(_row) AS _row,
        count(*) AS records
    FROM record
    GROUP BY USUBJID, TRTP
    UNION ALL
    SELECT
        'TRTA' AS variable,
        USUBJID,
        TRTA AS value,
        min(_row) AS _row,
        count(*) AS records
    FROM record
    GROUP BY USUBJID, TRTA
)

SELECT
    u.variable,
    u._row,
    u.value,
    u.records
FROM used AS u
SEMI JOIN adam.ADSL USING (USUBJID)
ANTI JOIN given AS g ON u.variable = g.variable AND u.USUBJID = g.USUBJID AND u.value = g.value
WHERE u.value IS NOT NULL
