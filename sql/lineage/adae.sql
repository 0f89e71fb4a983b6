-- One row per record of ADAE and record that it draws on: the adverse event of SDTM; for the occurrence
-- flags, which rank a subject's events, the other events too; and the subject's ADSL. `variables` empty: all
-- variables for which sql/adam/adae.sql reads that dataset.
WITH
adae AS (
    SELECT
        USUBJID,
        AESEQ AS SEQ,
        'AE' AS SRCDOM,
        SRCSEQ,
        NULL::VARCHAR[] AS variables
    FROM adam.adae
    UNION ALL
    SELECT
        e.USUBJID,
        e.AESEQ AS SEQ,
        'AE' AS SRCDOM,
        o.SRCSEQ,
        ['AOCCFL', 'AOCCSFL', 'AOCCPFL', 'AOCCIFL', 'AOCCPIFL'] AS variables
    FROM adam.adae AS e
    INNER JOIN adam.adae AS o ON e.USUBJID = o.USUBJID AND e.AESEQ <> o.AESEQ
    UNION ALL
    SELECT
        USUBJID,
        AESEQ AS SEQ,
        'ADSL' AS SRCDOM,
        NULL AS SRCSEQ,
        NULL AS variables
    FROM adam.adae
)

SELECT * FROM adae
ORDER BY USUBJID, SEQ, SRCDOM, SRCSEQ
