-- One row per record of ADEX and record that it draws on: the dose of SDTM, for a sum every dose of that
-- treatment; the body weights up to the day of the dose, of which the last one counts; and the subject's
-- ADSL. `variables` empty: all variables for which sql/adam/adex.sql reads that dataset.
WITH
doses AS (
    SELECT
        x.USUBJID,
        x.ASEQ AS SEQ,
        'EX' AS SRCDOM,
        ex.EXSEQ AS SRCSEQ
    FROM adam.adex AS x
    INNER JOIN sdtm.ex AS ex
        ON x.USUBJID = ex.USUBJID AND x.EXTRT = ex.EXTRT AND coalesce(x.SRCSEQ = ex.EXSEQ, TRUE)
    WHERE coalesce(ex.EXDOSE, 1) > 0 OR contains(upper(ex.EXTRT), 'PLACEBO')
),

weights AS (
    SELECT
        x.USUBJID,
        x.ASEQ AS SEQ,
        'VS' AS SRCDOM,
        last(vs.VSSEQ ORDER BY vs.VSDTC, vs.VSSEQ) AS SRCSEQ
    FROM doses AS d
    INNER JOIN adam.adex AS x ON d.USUBJID = x.USUBJID AND d.SEQ = x.ASEQ
    INNER JOIN sdtm.ex AS ex ON d.USUBJID = ex.USUBJID AND d.SRCSEQ = ex.EXSEQ
    INNER JOIN sdtm.vs AS vs
        ON d.USUBJID = vs.USUBJID AND left(vs.VSDTC, 10) <= left(ex.EXSTDTC, 10)
    WHERE vs.VSTESTCD = 'WEIGHT' AND vs.VSSTRESN IS NOT NULL AND length(vs.VSDTC) >= 10
    GROUP BY x.USUBJID, x.ASEQ, ex.EXSEQ
),

adex AS (
    SELECT
        *,
        NULL::VARCHAR[] AS variables
    FROM (
        SELECT * FROM doses
        UNION ALL
        SELECT DISTINCT * FROM weights
        UNION ALL
        SELECT
            USUBJID,
            ASEQ AS SEQ,
            'ADSL' AS SRCDOM,
            NULL AS SRCSEQ
        FROM adam.adex
    ) AS every_row
)

SELECT * FROM adex
ORDER BY USUBJID, SEQ, SRCDOM, SRCSEQ
