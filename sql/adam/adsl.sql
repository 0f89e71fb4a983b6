-- One record per subject: all who were screened, enrolled or not (ADaMIG 1.3, Subject-Level Analysis
-- Dataset). Treatment starts with the first dose and ends with the last; only complete dates count, and an
-- end that is not known yet (dosing goes on) leaves TRTEDT empty. EOTSTT is how the epoch TREATMENT ended,
-- EOSSTT how the study did: the last disposition event says, and COMPLETED needs the arm's last planned epoch
-- to be completed. A screen failure has neither arm nor treatment nor status (ARMNRS says why). Baselines are
-- the last values before first exposure (--LOBXFL). LSTALVDT is the last complete date of a visit, dose,
-- adverse event onset or disposition. DCUTDT is the data cut-off of the trial summary (DCUTDTC).
WITH
-- every dose that was received: an unreadable amount is a dose too, an amount of 0 only with placebo
doses AS (
    SELECT
        USUBJID,
        EXSEQ,
        EXSTDTC,
        EXENDTC
    FROM sdtm.ex
    WHERE coalesce(EXDOSE, 1) > 0 OR contains(upper(EXTRT), 'PLACEBO')
),

exposure AS ( -- first and last dose of a subject
    SELECT
        USUBJID,
        min(EXSTDTC) FILTER (WHERE length(EXSTDTC) >= 10) AS FIRST_DTC,
        last(EXENDTC ORDER BY EXSTDTC, EXSEQ) AS LAST_DTC
    FROM doses
    GROUP BY USUBJID
),

dispositions AS ( -- how and when a period ended; failing to be enrolled ends none
    SELECT
        USUBJID,
        last(DSDECOD ORDER BY DSSTDTC, DSSEQ) FILTER (WHERE EPOCH = 'TREATMENT') AS TREATMENT_END,
        last(DSSTDTC ORDER BY DSSTDTC, DSSEQ) FILTER (WHERE EPOCH = 'TREATMENT') AS TREATMENT_END_DTC,
        last(DSDECOD ORDER BY DSSTDTC, DSSEQ) AS LAST_END,
        last(EPOCH ORDER BY DSSTDTC, DSSEQ) AS LAST_EPOCH,
        last(DSSTDTC ORDER BY DSSTDTC, DSSEQ) AS LAST_END_DTC
    FROM sdtm.ds
    WHERE DSCAT = 'DISPOSITION EVENT' AND DSDECOD <> 'SCREEN FAILURE'
    GROUP BY USUBJID
),

final_epochs AS ( -- the epoch with which a planned arm ends
    SELECT
        ARMCD,
        last(EPOCH ORDER BY TAETORD) AS FINAL_EPOCH
    FROM study.arms
    GROUP BY ARMCD
),

contacts AS ( -- what a subject has to be alive for
    SELECT
        USUBJID,
        coalesce(SVENDTC, SVSTDTC) AS DTC
    FROM sdtm.sv
    UNION ALL
    SELECT
        USUBJID,
        EXSTDTC AS DTC
    FROM doses
    UNION ALL
    SELECT
        USUBJID,
        AESTDTC AS DTC
    FROM sdtm.ae
    UNION ALL
    SELECT
        USUBJID,
        DSSTDTC AS DTC
    FROM sdtm.ds
),

last_contacts AS ( -- a partial date says too little
    SELECT
        USUBJID,
        max(try_cast(left(DTC, 10) AS DATE)) AS CONTACTDT
    FROM contacts
    GROUP BY USUBJID
),

scores AS ( -- last values before first exposure
    SELECT
        'RS' AS DATASET,
        RSCAT AS CATEGORY,
        RSTESTCD AS TESTCD,
        USUBJID,
        RSSEQ AS SEQ,
        RSDTC AS DTC,
        RSSTRESN AS RESULT
    FROM sdtm.rs
    WHERE RSLOBXFL = 'Y'
    UNION ALL
    SELECT
        'QS' AS DATASET,
        QSCAT AS CATEGORY,
        QSTESTCD AS TESTCD,
        USUBJID,
        QSSEQ AS SEQ,
        QSDTC AS DTC,
        QSSTRESN AS RESULT
    FROM sdtm.qs
    WHERE QSLOBXFL = 'Y'
    UNION ALL
    SELECT
        'FAMH' AS DATASET,
        FACAT AS CATEGORY,
        FATESTCD AS TESTCD,
        USUBJID,
        FASEQ AS SEQ,
        FADTC AS DTC,
        FASTRESN AS RESULT
    FROM sdtm.famh
    WHERE FALOBXFL = 'Y'
),

score_baselines AS ( -- one column per instrument
    SELECT
        s.USUBJID,
        last(s.RESULT ORDER BY s.DTC, s.SEQ) FILTER (WHERE p.PARAMCD = 'PASITOT') AS PASIBL,
        last(s.RESULT ORDER BY s.DTC, s.SEQ) FILTER (WHERE p.PARAMCD = 'DLQITOT') AS DLQIBL,
        last(s.RESULT ORDER BY s.DTC, s.SEQ) FILTER (WHERE p.PARAMCD = 'BSAPCT') AS BSABL,
        last(s.RESULT ORDER BY s.DTC, s.SEQ) FILTER (WHERE p.PARAMCD = 'PRUVAS') AS PRUVASBL
    FROM scores AS s
    INNER JOIN standards.parameters AS p
        ON s.DATASET = p.DATASET AND s.TESTCD = p.TESTCD AND coalesce(s.CATEGORY = p.CATEGORY, TRUE)
    WHERE p.PARCAT2 = 'SCORE'
    GROUP BY s.USUBJID
),

weights AS ( -- body weight before first exposure: the dose is planned per kg
    SELECT
        USUBJID,
        last(VSSTRESN ORDER BY VSDTC, VSSEQ) AS WEIGHTBL
    FROM sdtm.vs
    WHERE VSTESTCD = 'WEIGHT' AND VSLOBXFL = 'Y'
    GROUP BY USUBJID
),

cutoff AS ( -- where the trial summary gives one
    SELECT max(try_cast(left(TSVAL, 10) AS DATE)) AS CUTOFF
    FROM sdtm.ts
    WHERE TSPARMCD = 'DCUTDTC'
),

subjects AS ( -- everything about a subject on one row
    SELECT
        dm.*,
        e.* EXCLUDE (USUBJID),
        d.* EXCLUDE (USUBJID),
        b.* EXCLUDE (USUBJID),
        w.WEIGHTBL,
        c.CONTACTDT,
        t.CUTOFF,
        f.FINAL_EPOCH,
        CASE WHEN f.ARMCD IS NOT NULL THEN 'Y' ELSE 'N' END AS ENRLFL,
        CASE WHEN e.USUBJID IS NOT NULL THEN 'Y' ELSE 'N' END AS SAFFL,
        try_cast(left(e.FIRST_DTC, 10) AS DATE) AS TRTSDT,
        try_cast(left(e.LAST_DTC, 10) AS DATE) AS TRTEDT,
        try_cast(left(dm.DTHDTC, 10) AS DATE) AS DTHDT
    FROM sdtm.dm AS dm
    LEFT JOIN exposure AS e ON dm.USUBJID = e.USUBJID
    LEFT JOIN dispositions AS d ON dm.USUBJID = d.USUBJID
    LEFT JOIN score_baselines AS b ON dm.USUBJID = b.USUBJID
    LEFT JOIN weights AS w ON dm.USUBJID = w.USUBJID
    LEFT JOIN last_contacts AS c ON dm.USUBJID = c.USUBJID
    CROSS JOIN cutoff AS t
    LEFT JOIN final_epochs AS f ON dm.ARMCD = f.ARMCD
),

adsl AS (
    SELECT
        STUDYID,
        USUBJID,
        SUBJID,
        SITEID,
        AGE,
        AGEU,
        SEX,
        RACE,
        ETHNIC,
        COUNTRY,
        -- Y where ARMCD is a planned arm (TA), N otherwise.
        ENRLFL,
        -- Y where at least one dose was received (EX: an amount that is above 0 or not known, or 0 of a
        -- placebo), N otherwise.
        SAFFL,
        ARM,
        ARMCD,
        ACTARM,
        ACTARMCD,
        ARMNRS,
        ARM AS TRT01P,
        -- DM.ACTARM of a subject who was treated (SAFFL Y).
        CASE WHEN SAFFL = 'Y' THEN ACTARM END AS TRT01A,
        -- The day of the first dose received (EX.EXSTDTC); only complete dates count.
        TRTSDT,
        -- Day and time of the first dose received (EX.EXSTDTC); missing where no time was collected.
        CASE WHEN length(FIRST_DTC) > 10 THEN try_cast(FIRST_DTC AS TIMESTAMP) END AS TRTSDTM,
        -- The day on which the last dose received ended (EX.EXENDTC). Missing while it is not known.
        TRTEDT,
        -- Day and time at which the last dose received ended (EX.EXENDTC); missing where no time was
        -- collected.
        CASE WHEN length(LAST_DTC) > 10 THEN try_cast(LAST_DTC AS TIMESTAMP) END AS TRTEDTM,
        -- TRTEDT - TRTSDT + 1.
        TRTEDT - TRTSDT + 1 AS TRTDURD,
        -- The data cut-off date of the trial summary (TS.TSVAL where TSPARMCD is DCUTDTC).
        CUTOFF AS DCUTDT,
        -- The day of DM.RFICDTC, where it is complete.
        try_cast(left(RFICDTC, 10) AS DATE) AS RFICDT,
        -- Of subjects who were treated: COMPLETED or DISCONTINUED as the last disposition event of the epoch
        -- TREATMENT says (DS.DSDECOD), ONGOING where there is none.
        CASE
            WHEN SAFFL = 'N' THEN NULL
            WHEN TREATMENT_END IS NULL THEN 'ONGOING'
            WHEN TREATMENT_END = 'COMPLETED' THEN 'COMPLETED'
            ELSE 'DISCONTINUED'
        END AS EOTSTT,
        -- The day of the last disposition event of the epoch TREATMENT (DS.DSSTDTC), of subjects who were
        -- treated.
        CASE WHEN SAFFL = 'Y' THEN try_cast(left(TREATMENT_END_DTC, 10) AS DATE) END AS EOTDT,
        -- DS.DSDECOD of the last disposition event of the epoch TREATMENT, where EOTSTT is DISCONTINUED.
        CASE WHEN EOTSTT = 'DISCONTINUED' THEN TREATMENT_END END AS DCTREAS,
        -- Of enrolled subjects, by the last disposition event (DS): DISCONTINUED where it is none of
        -- completion, COMPLETED where it completes the last planned epoch of the arm, ONGOING otherwise.
        CASE
            WHEN ENRLFL = 'N' THEN NULL
            WHEN LAST_END <> 'COMPLETED' THEN 'DISCONTINUED'
            WHEN LAST_EPOCH = FINAL_EPOCH THEN 'COMPLETED'
            ELSE 'ONGOING'
        END AS EOSSTT,
        -- The day of the last disposition event (DS.DSSTDTC), where EOSSTT is not ONGOING.
        CASE WHEN EOSSTT <> 'ONGOING' THEN try_cast(left(LAST_END_DTC, 10) AS DATE) END AS EOSDT,
        -- DS.DSDECOD of the last disposition event, where EOSSTT is DISCONTINUED.
        CASE WHEN EOSSTT = 'DISCONTINUED' THEN LAST_END END AS DCSREAS,
        DTHFL,
        -- The day of DM.DTHDTC, where it is complete.
        DTHDT,
        -- The last complete date of a visit (SV), dose (EX), start of an adverse event (AE) or disposition
        -- (DS), not after DTHDT.
        least(CONTACTDT, DTHDT) AS LSTALVDT,
        -- VS.VSSTRESN where VSTESTCD is WEIGHT and VSLOBXFL is Y; of several the last.
        WEIGHTBL,
        -- The PASI total (RS.RSSTRESN) where RSLOBXFL is Y; of several the last.
        PASIBL,
        -- The DLQI total (QS.QSSTRESN) where QSLOBXFL is Y; of several the last.
        DLQIBL,
        -- The affected body surface area in percent (FAMH.FASTRESN) where FALOBXFL is Y; of several the last.
        BSABL,
        -- The pruritus VAS (QS.QSSTRESN) where QSLOBXFL is Y; of several the last.
        PRUVASBL
    FROM subjects
)

SELECT * FROM adsl
ORDER BY USUBJID
