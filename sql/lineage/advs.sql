-- One row per record of ADVS and record that it draws on: the result of SDTM that it has or carries
-- (SRCSEQ); for one that is computed or an average, the results of that day that go into it, and for one by
-- body size the heights up to that day or the first; the baseline record, for what is compared with it; and
-- the subject's ADSL. `variables` empty: all variables for which sql/adam/advs.sql reads that dataset.
WITH
parts (PARAMCD, VSTESTCD) AS ( -- what is computed from what
    VALUES
    ('MAP', 'SYSBP'),
    ('MAP', 'DIABP'),
    ('BMI', 'WEIGHT'),
    ('BMI', 'HEIGHT'),
    ('BSA', 'WEIGHT'),
    ('BSA', 'HEIGHT')
),

results AS (
    SELECT
        v.USUBJID,
        v.ASEQ AS SEQ,
        'VS' AS SRCDOM,
        vs.VSSEQ AS SRCSEQ
    FROM adam.advs AS v
    INNER JOIN sdtm.vs AS vs ON v.USUBJID = vs.USUBJID
    LEFT JOIN parts AS p ON v.PARAMCD = p.PARAMCD AND vs.VSTESTCD = p.VSTESTCD
    WHERE
        vs.VSSTRESN IS NOT NULL
        AND CASE
            WHEN v.SRCSEQ IS NOT NULL THEN v.SRCSEQ = vs.VSSEQ
            WHEN vs.VSTESTCD = 'HEIGHT' AND v.PARAMCD <> 'HEIGHT' THEN p.VSTESTCD IS NOT NULL
            ELSE
                (v.PARAMCD = vs.VSTESTCD OR p.VSTESTCD IS NOT NULL)
                AND strftime(v.ADT, '%Y-%m-%d') = left(vs.VSDTC, 10)
        END
),

baselines AS (
    SELECT
        USUBJID,
        PARAMCD,
        BASETYPE,
        ASEQ
    FROM adam.advs
    WHERE ABLFL = 'Y'
),

advs AS (
    SELECT
        *,
        NULL::VARCHAR[] AS variables
    FROM results
    UNION ALL
    SELECT
        v.USUBJID,
        v.ASEQ AS SEQ,
        'ADVS' AS SRCDOM,
        b.ASEQ AS SRCSEQ,
        ['BASE', 'CHG', 'PCHG'] AS variables
    FROM adam.advs AS v
    INNER JOIN baselines AS b
        ON v.USUBJID = b.USUBJID AND v.PARAMCD = b.PARAMCD AND v.BASETYPE IS NOT DISTINCT FROM b.BASETYPE
    WHERE v.ASEQ <> b.ASEQ
    UNION ALL
    SELECT
        USUBJID,
        ASEQ AS SEQ,
        'ADSL' AS SRCDOM,
        NULL AS SRCSEQ,
        NULL AS variables
    FROM adam.advs
)

SELECT * FROM advs
ORDER BY USUBJID, SEQ, SRCDOM, SRCSEQ
