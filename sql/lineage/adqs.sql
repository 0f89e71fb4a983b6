-- One row per record of ADQS and record that it draws on: the result of SDTM that it has or carries (SRCDOM,
-- SRCSEQ); the baseline record, for what is compared with it; and the subject's ADSL, which says which
-- visits are due. `variables` empty: all variables for which sql/adam/adqs.sql reads that dataset.
WITH
baselines AS (
    SELECT
        USUBJID,
        PARAMCD,
        ASEQ
    FROM adam.adqs
    WHERE ABLFL = 'Y'
),

adqs AS (
    SELECT
        USUBJID,
        ASEQ AS SEQ,
        SRCDOM,
        SRCSEQ,
        NULL::VARCHAR[] AS variables
    FROM adam.adqs
    WHERE SRCSEQ IS NOT NULL
    UNION ALL
    SELECT
        q.USUBJID,
        q.ASEQ AS SEQ,
        'ADQS' AS SRCDOM,
        b.ASEQ AS SRCSEQ,
        CASE
            WHEN q.PARCAT2 = 'RESPONSE' THEN ['AVAL', 'AVALC', 'DTYPE']
            ELSE
                [
                    'BASE',
                    'CHG',
                    'PCHG',
                    'CRIT1',
                    'CRIT1FL',
                    'CRIT2',
                    'CRIT2FL',
                    'CRIT3',
                    'CRIT3FL',
                    'CRIT4',
                    'CRIT4FL'
                ]
        END AS variables
    FROM adam.adqs AS q
    INNER JOIN baselines AS b
        ON
            q.USUBJID = b.USUBJID
            AND b.PARAMCD = CASE WHEN q.PARCAT2 = 'RESPONSE' THEN 'PASITOT' ELSE q.PARAMCD END
    WHERE q.ASEQ <> b.ASEQ
    UNION ALL -- of several assessments in one window one is analysed
    SELECT
        q.USUBJID,
        q.ASEQ AS SEQ,
        o.SRCDOM,
        o.SRCSEQ,
        ['ANL01FL'] AS variables
    FROM adam.adqs AS q
    INNER JOIN adam.adqs AS o
        ON q.USUBJID = o.USUBJID AND q.PARAMCD = o.PARAMCD AND q.AVISITN = o.AVISITN AND q.ASEQ <> o.ASEQ
    WHERE o.SRCSEQ IS NOT NULL
    UNION ALL
    SELECT
        USUBJID,
        ASEQ AS SEQ,
        'ADSL' AS SRCDOM,
        NULL AS SRCSEQ,
        NULL AS variables
    FROM adam.adqs
)

SELECT * FROM adqs
ORDER BY USUBJID, SEQ, SRCDOM, SRCSEQ
