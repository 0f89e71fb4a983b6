-- One row per record of ADTTE and record that it draws on: every PASI that was judged, of which the first
-- response or the last one ends the time (SRCSEQ), and the subject's ADSL, where the time begins.
-- `variables` empty: all variables for which sql/adam/adtte.sql reads that dataset.
WITH
adtte AS (
    SELECT
        t.USUBJID,
        NULL::BIGINT AS SEQ,
        'ADQS' AS SRCDOM,
        q.ASEQ AS SRCSEQ,
        NULL::VARCHAR[] AS variables
    FROM adam.adtte AS t
    INNER JOIN adam.adqs AS q ON t.USUBJID = q.USUBJID
    WHERE q.PARAMCD = 'PASITOT' AND q.DTYPE IS NULL AND q.CRIT1FL IS NOT NULL AND q.ADT IS NOT NULL
    UNION ALL
    SELECT
        USUBJID,
        NULL AS SEQ,
        'ADSL' AS SRCDOM,
        NULL AS SRCSEQ,
        NULL AS variables
    FROM adam.adtte
)

SELECT * FROM adtte
ORDER BY USUBJID, SRCDOM, SRCSEQ
