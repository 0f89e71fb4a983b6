-- One row per record of ADSL and record that it draws on: demographics; doses; dispositions; visits and
-- adverse events, for the day last known alive; the last scores and body weight before first exposure; and
-- the data cut-off. `variables` empty: all variables for which sql/adam/adsl.sql reads that dataset.
WITH scores AS (
    SELECT
        USUBJID,
        'RS' AS SRCDOM,
        RSSEQ AS SRCSEQ,
        RSCAT AS CATEGORY,
        RSTESTCD AS TESTCD
    FROM sdtm.rs
    WHERE RSLOBXFL = 'Y'
    UNION ALL
    SELECT
        USUBJID,
        'QS' AS SRCDOM,
        QSSEQ AS SRCSEQ,
        QSCAT AS CATEGORY,
        QSTESTCD AS TESTCD
    FROM sdtm.qs
    WHERE QSLOBXFL = 'Y'
    UNION ALL
    SELECT
        USUBJID,
        'FAMH' AS SRCDOM,
        FASEQ AS SRCSEQ,
        FACAT AS CATEGORY,
        FATESTCD AS TESTCD
    FROM sdtm.famh
    WHERE FALOBXFL = 'Y'
),

score_baselines AS ( -- of the scores that ADSL has
    SELECT
        s.USUBJID,
        s.SRCDOM,
        s.SRCSEQ,
        [b.variable] AS variables
    FROM scores AS s
    INNER JOIN standards.parameters AS p
        ON s.SRCDOM = p.DATASET AND s.TESTCD = p.TESTCD AND coalesce(s.CATEGORY = p.CATEGORY, TRUE)
    INNER JOIN (
        VALUES ('PASITOT', 'PASIBL'), ('DLQITOT', 'DLQIBL'), ('BSAPCT', 'BSABL'), ('PRUVAS', 'PRUVASBL')
    ) AS b (PARAMCD, variable) ON p.PARAMCD = b.PARAMCD
),

summary AS ( -- TS has no subject, and its place for a number
    SELECT
        TSPARMCD,
        row_number() OVER (ORDER BY TSPARMCD, TSSEQ) AS PLACE
    FROM sdtm.ts
),

sources AS (
    SELECT
        USUBJID,
        'DM' AS SRCDOM,
        NULL AS SRCSEQ,
        NULL AS variables
    FROM sdtm.dm
    UNION ALL
    SELECT
        USUBJID,
        'EX' AS SRCDOM,
        EXSEQ AS SRCSEQ,
        NULL AS variables
    FROM sdtm.ex
    UNION ALL
    SELECT
        USUBJID,
        'DS' AS SRCDOM,
        DSSEQ AS SRCSEQ,
        NULL AS variables
    FROM sdtm.ds
    UNION ALL
    SELECT
        USUBJID,
        'AE' AS SRCDOM,
        AESEQ AS SRCSEQ,
        NULL AS variables
    FROM sdtm.ae
    UNION ALL -- SV has no number of its own: its place among the subject's visits
    SELECT
        USUBJID,
        'SV' AS SRCDOM,
        row_number() OVER (PARTITION BY USUBJID ORDER BY VISITNUM) AS SRCSEQ,
        NULL AS variables
    FROM sdtm.sv
    UNION ALL
    SELECT
        USUBJID,
        'VS' AS SRCDOM,
        VSSEQ AS SRCSEQ,
        NULL AS variables
    FROM sdtm.vs
    WHERE VSTESTCD = 'WEIGHT' AND VSLOBXFL = 'Y'
    UNION ALL
    SELECT * FROM score_baselines
    UNION ALL -- the data cut-off, the same for all
    SELECT
        dm.USUBJID,
        'TS' AS SRCDOM,
        t.PLACE AS SRCSEQ,
        NULL AS variables
    FROM sdtm.dm AS dm
    CROSS JOIN summary AS t
    WHERE t.TSPARMCD = 'DCUTDTC'
),

adsl AS (
    SELECT
        a.USUBJID,
        NULL::BIGINT AS SEQ,
        r.SRCDOM,
        r.SRCSEQ,
        r.variables
    FROM adam.adsl AS a
    INNER JOIN sources AS r ON a.USUBJID = r.USUBJID
)

SELECT * FROM adsl
ORDER BY USUBJID, SRCDOM, SRCSEQ, variables
