-- One record per subject, parameter and assessment, or derived record of an analysis visit (ADaMIG 1.3, BDS).
-- PASI (RS), DLQI and pruritus VAS (QS) and affected body surface (FAMH) as SDTM has them: a total is the
-- collected one where the site gave one, never corrected here; a result that is missing or NOT DONE has no
-- record. Baseline (ABLFL) is the last value before first exposure (--LOBXFL). An analysis visit is the
-- declared window in which the study day lies, planned visit or not; ANL01FL marks the record nearest to the
-- planned day, of two equally near the later. What was assessed before the first dose and is not the baseline
-- has no later visit. LOCF: where a score has no record at a visit of the treatment period, the record of the
-- last visit before, baseline included, is carried (DTYPE LOCF). PASI-50/75/90/100: a fall by that percentage
-- of baseline or more, in whole tenths of a point, as observed in CRIT1FL to CRIT4FL; a baseline of 0 or none
-- cannot be judged. PASI50N to PASI100N: the same with a missing visit as non-response (NRI; DTYPE NRI where
-- missing), one record per treated subject with a baseline and visit. A visit can be missing only once it is
-- due: its window has passed with the subject still seen, or the subject has left the period.
WITH
results AS ( -- every result that is a number
    SELECT
        'RS' AS SRCDOM,
        'RSSTRESN' AS SRCVAR,
        RSSEQ AS SRCSEQ,
        USUBJID,
        RSCAT AS CATEGORY,
        RSTESTCD AS TESTCD,
        RSSTRESN AS AVAL,
        RSLOBXFL AS LOBXFL,
        RSDTC AS DTC,
        VISITNUM,
        VISIT
    FROM sdtm.rs
    WHERE RSSTRESN IS NOT NULL
    UNION ALL
    SELECT
        'QS' AS SRCDOM,
        'QSSTRESN' AS SRCVAR,
        QSSEQ AS SRCSEQ,
        USUBJID,
        QSCAT AS CATEGORY,
        QSTESTCD AS TESTCD,
        QSSTRESN AS AVAL,
        QSLOBXFL AS LOBXFL,
        QSDTC AS DTC,
        VISITNUM,
        VISIT
    FROM sdtm.qs
    WHERE QSSTRESN IS NOT NULL
    UNION ALL
    SELECT
        'FAMH' AS SRCDOM,
        'FASTRESN' AS SRCVAR,
        FASEQ AS SRCSEQ,
        USUBJID,
        FACAT AS CATEGORY,
        FATESTCD AS TESTCD,
        FASTRESN AS AVAL,
        FALOBXFL AS LOBXFL,
        FADTC AS DTC,
        VISITNUM,
        VISIT
    FROM sdtm.famh
    WHERE FASTRESN IS NOT NULL
),

assessments AS ( -- under the name of their parameter, with study day
    SELECT
        r.* EXCLUDE (CATEGORY, TESTCD, DTC),
        p.PARAMCD,
        p.PARCAT1,
        a.ARMCD,
        a.TRTSDT,
        a.TRTSDTM,
        try_cast(left(r.DTC, 10) AS DATE) AS ADT,
        CASE WHEN length(r.DTC) > 10 THEN try_cast(r.DTC AS TIMESTAMP) END AS ADTM,
        ADT - a.TRTSDT + cast(ADT >= a.TRTSDT AS INTEGER) AS ADY
    FROM results AS r
    INNER JOIN standards.parameters AS p
        ON r.SRCDOM = p.DATASET AND r.TESTCD = p.TESTCD AND coalesce(r.CATEGORY = p.CATEGORY, TRUE)
    INNER JOIN adam.adsl AS a ON r.USUBJID = a.USUBJID
),

baselines AS ( -- one record per subject and parameter
    SELECT
        USUBJID,
        PARAMCD,
        SRCSEQ AS BASESEQ,
        ADT AS BASEDT,
        AVAL AS BASE
    FROM assessments
    WHERE LOBXFL = 'Y'
    QUALIFY row_number() OVER (PARTITION BY USUBJID, PARAMCD ORDER BY ADT DESC, ADTM DESC, SRCSEQ DESC) = 1
),

plan AS ( -- the analysis visits of each category: its own lines, or else those of all
    SELECT
        p.PARCAT1,
        w.* EXCLUDE (PARCAT1)
    FROM (
        SELECT DISTINCT PARCAT1
        FROM standards.parameters
    ) AS p
    INNER JOIN study.windows AS w
        ON
            w.PARCAT1 = p.PARCAT1
            OR (w.PARCAT1 IS NULL AND p.PARCAT1 NOT IN (
                SELECT PARCAT1
                FROM study.windows
                WHERE PARCAT1 IS NOT NULL
            ))
),

windows AS ( -- the analysis visit of each category, arm and study day that occurs
    SELECT
        d.PARCAT1,
        d.ARMCD,
        d.ADY,
        p.AVISIT,
        p.AVISITN,
        p.AWTARGET,
        p.AWLO,
        p.AWHI
    FROM (SELECT DISTINCT
        PARCAT1,
        ARMCD,
        ADY
    FROM assessments
    WHERE ADY IS NOT NULL) AS d
    INNER JOIN plan AS p
        ON
            d.PARCAT1 = p.PARCAT1
            AND d.ADY >= coalesce(p.AWLO, d.ADY)
            AND d.ADY <= coalesce(p.AWHI, d.ADY)
            AND coalesce(p.ARMCD = d.ARMCD, TRUE)
            AND p.AVISITN <> 0
    QUALIFY row_number() OVER (
        PARTITION BY d.PARCAT1, d.ARMCD, d.ADY ORDER BY abs(d.ADY - p.AWTARGET), p.AVISITN
    ) = 1
),

-- before or after the first dose; on its day the times decide, and without them whether there was one before
ordered AS (
    SELECT
        a.*,
        b.BASE,
        CASE WHEN a.SRCSEQ = b.BASESEQ THEN 'Y' END AS ABLFL,
        ABLFL IS NULL AND (
            a.ADT > a.TRTSDT
            OR (a.ADT = a.TRTSDT AND coalesce(a.ADTM >= a.TRTSDTM, b.BASEDT < a.ADT, TRUE))
        ) AS IS_AFTER
    FROM assessments AS a
    LEFT JOIN baselines AS b ON a.USUBJID = b.USUBJID AND a.PARAMCD = b.PARAMCD
),

visits AS ( -- visit 0 is the baseline record; visits above 0 lie after the first dose
    SELECT
        o.* EXCLUDE (ARMCD, TRTSDT, TRTSDTM, PARCAT1),
        CASE WHEN o.ABLFL = 'Y' THEN 'Baseline' ELSE w.AVISIT END AS AVISIT,
        CASE WHEN o.ABLFL = 'Y' THEN 0 ELSE w.AVISITN END AS AVISITN,
        w.AWTARGET,
        w.AWLO,
        w.AWHI
    FROM ordered AS o
    LEFT JOIN windows AS w
        ON
            o.PARCAT1 = w.PARCAT1
            AND o.ARMCD = w.ARMCD
            AND o.ADY = w.ADY
            AND o.ABLFL IS NULL
            AND (w.AVISITN > 0) = o.IS_AFTER
),

observed AS ( -- one record per subject, parameter and visit is analysed
    SELECT
        * EXCLUDE (ADTM, LOBXFL),
        CASE
            WHEN AVISITN IS NOT NULL AND row_number() OVER (
                PARTITION BY USUBJID, PARAMCD, AVISITN
                ORDER BY abs(ADY - AWTARGET) ASC, ADT DESC, ADTM DESC, SRCSEQ DESC
            ) = 1 THEN 'Y'
        END AS ANL01FL
    FROM visits
),

due AS ( -- planned visits at which a treated subject was seen or missed
    SELECT DISTINCT
        a.USUBJID,
        p.PARCAT1,
        p.AVISIT,
        p.AVISITN,
        p.AWTARGET,
        p.AWLO,
        p.AWHI,
        p.EPOCH
    FROM adam.adsl AS a
    INNER JOIN plan AS p ON coalesce(p.ARMCD = a.ARMCD, TRUE) AND p.AVISITN > 0
    WHERE
        a.SAFFL = 'Y'
        AND (
            a.EOSSTT <> 'ONGOING'
            OR (p.EPOCH = 'TREATMENT' AND a.EOTSTT <> 'ONGOING')
            OR a.LSTALVDT - a.TRTSDT + 1 > p.AWHI
        )
),

gaps AS ( -- visits of the treatment period, by score
    SELECT
        d.* EXCLUDE (PARCAT1),
        p.PARAMCD
    FROM due AS d
    INNER JOIN standards.parameters AS p
        ON d.PARCAT1 = p.PARCAT1 AND d.EPOCH = 'TREATMENT' AND p.PARCAT2 = 'SCORE'
    GROUP BY ALL
),

carriers AS ( -- what may be carried
    SELECT *
    FROM observed
    WHERE ANL01FL = 'Y' AND AVISITN >= 0
),

carried AS ( -- ASOF finds the last analysed visit; where that is the visit itself, there is nothing to carry
    SELECT
        c.* EXCLUDE (AVISIT, AVISITN, AWTARGET, AWLO, AWHI, ABLFL, IS_AFTER),
        g.* EXCLUDE (USUBJID, EPOCH, PARAMCD),
        TRUE AS IS_AFTER,
        'LOCF' AS DTYPE
    FROM gaps AS g
    ASOF INNER JOIN carriers AS c
        ON g.USUBJID = c.USUBJID AND g.PARAMCD = c.PARAMCD AND g.AVISITN >= c.AVISITN
    WHERE c.AVISITN < g.AVISITN
),

every_record AS (
    SELECT * FROM observed
    UNION ALL BY NAME
    SELECT * FROM carried
),

compared AS ( -- with baseline, after it; rounding takes away binary noise, nothing that was measured
    SELECT
        *,
        CASE WHEN IS_AFTER THEN round(AVAL - BASE, 6) END AS CHG,
        CASE WHEN IS_AFTER THEN round(100 * (AVAL - BASE) / nullif(BASE, 0), 6) END AS PCHG,
        cast(round(10 * BASE) AS BIGINT) AS BASE_TENTHS,
        CASE
            WHEN PARAMCD = 'PASITOT' AND IS_AFTER AND BASE_TENTHS > 0
                THEN 100 * (BASE_TENTHS - cast(round(10 * AVAL) AS BIGINT))
        END AS FALL -- in hundredths of a tenth: PASI-50 is a fall of 50 times the baseline or more
    FROM every_record
),

names AS ( -- one row per parameter: the versions of PASI share theirs
    SELECT DISTINCT
        PARAMCD,
        PARAM,
        PARAMN,
        PARCAT1,
        PARCAT2
    FROM standards.parameters
),

judged AS (
    SELECT
        c.* EXCLUDE (FALL, BASE_TENTHS, IS_AFTER),
        CASE WHEN FALL >= 50 * BASE_TENTHS THEN 'Y' WHEN FALL IS NOT NULL THEN 'N' END AS CRIT1FL,
        CASE WHEN FALL >= 75 * BASE_TENTHS THEN 'Y' WHEN FALL IS NOT NULL THEN 'N' END AS CRIT2FL,
        CASE WHEN FALL >= 90 * BASE_TENTHS THEN 'Y' WHEN FALL IS NOT NULL THEN 'N' END AS CRIT3FL,
        CASE WHEN FALL >= 100 * BASE_TENTHS THEN 'Y' WHEN FALL IS NOT NULL THEN 'N' END AS CRIT4FL,
        p.PARAM,
        p.PARAMN,
        p.PARCAT1,
        p.PARCAT2
    FROM compared AS c
    INNER JOIN names AS p ON c.PARAMCD = p.PARAMCD
),

responses AS ( -- non-responder imputation: who was not seen has not responded
    SELECT
        d.* EXCLUDE (EPOCH, PARCAT1),
        t.PARAMCD,
        t.PARAM,
        t.PARAMN,
        'PASI' AS PARCAT1,
        'RESPONSE' AS PARCAT2,
        coalesce(t.OBSERVED, 'N') AS AVALC,
        cast(coalesce(t.OBSERVED, 'N') = 'Y' AS INTEGER) AS AVAL,
        CASE WHEN o.SRCSEQ IS NULL THEN 'NRI' END AS DTYPE,
        'Y' AS ANL01FL,
        o.VISITNUM,
        o.VISIT,
        o.ADT,
        o.ADY,
        o.SRCDOM,
        o.SRCVAR,
        o.SRCSEQ
    FROM due AS d
    INNER JOIN baselines AS b
        ON d.USUBJID = b.USUBJID AND d.PARCAT1 = 'PASI' AND b.PARAMCD = 'PASITOT' AND b.BASE > 0
    LEFT JOIN judged AS o
        ON
            d.USUBJID = o.USUBJID AND o.PARAMCD = 'PASITOT' AND d.AVISITN = o.AVISITN
            AND o.ANL01FL = 'Y' AND o.DTYPE IS NULL
    CROSS JOIN LATERAL (
        VALUES
        ('PASI50N', 'PASI-50 Response, Missing as Non-response', 150, o.CRIT1FL),
        ('PASI75N', 'PASI-75 Response, Missing as Non-response', 175, o.CRIT2FL),
        ('PASI90N', 'PASI-90 Response, Missing as Non-response', 190, o.CRIT3FL),
        ('PASI100N', 'PASI-100 Response, Missing as Non-response', 199, o.CRIT4FL)
    ) AS t (PARAMCD, PARAM, PARAMN, OBSERVED)
),

adqs AS (
    SELECT
        a.STUDYID,
        r.USUBJID,
        a.SUBJID,
        a.SITEID,
        -- Number of the record within the subject, in the order of PARAMN, ADT, AVISITN, DTYPE and SRCSEQ.
        row_number() OVER (
            PARTITION BY r.USUBJID
            ORDER BY r.PARAMN ASC, r.ADT ASC, r.AVISITN ASC, r.DTYPE ASC NULLS FIRST, r.SRCSEQ ASC
        ) AS ASEQ,
        a.TRT01P AS TRTP,
        a.TRT01A AS TRTA,
        a.SAFFL,
        a.TRTSDT,
        a.TRTEDT,
        -- The parameter in words: the name of the test or score in the table of analysis parameters.
        r.PARAM,
        -- Code of the parameter: one for each test or score (--TESTCD and --CAT), by the table of analysis
        -- parameters; PASI50N to PASI100N for the response with a missing visit as non-response.
        r.PARAMCD,
        -- Number of the parameter.
        r.PARAMN,
        -- The questionnaire or classification.
        r.PARCAT1,
        -- SCORE, COMPONENT (an item or part of a score) or RESPONSE.
        r.PARCAT2,
        r.VISITNUM,
        r.VISIT,
        -- Baseline on the baseline record (ABLFL Y); otherwise the planned analysis visit in whose window of
        -- study days ADY lies, of several the one with the nearest AWTARGET. What was assessed before the
        -- first dose and is not the baseline has no visit after it.
        r.AVISIT,
        -- Number of AVISIT; 0 for Baseline.
        r.AVISITN,
        -- The day of --DTC of the source record (RS, QS, FAMH), where it is complete; of a record that is
        -- carried (DTYPE LOCF), that of the record it was carried from.
        r.ADT,
        -- ADT - TRTSDT, plus 1 where ADT is not before TRTSDT: there is no day 0.
        r.ADY,
        -- The planned study day of AVISIT, from the study's analysis visits.
        r.AWTARGET,
        -- The absolute difference of ADY and AWTARGET.
        abs(r.ADY - r.AWTARGET) AS AWTDIFF,
        -- First study day of the window of AVISIT, from the study's analysis visits.
        r.AWLO,
        -- Last study day of the window of AVISIT, from the study's analysis visits.
        r.AWHI,
        -- --STRESN of the source record (RS.RSSTRESN, QS.QSSTRESN, FAMH.FASTRESN); of a record with DTYPE
        -- LOCF that of the last analysed visit before; of PARAMCD PASI50N to PASI100N 1 for AVALC Y and 0 for
        -- N.
        r.AVAL,
        -- Of PARAMCD PASI50N to PASI100N: the criterion as judged at the visit (CRIT1FL to CRIT4FL of
        -- PASITOT), N where the subject was not assessed.
        r.AVALC,
        -- AVAL of the subject's baseline record (ABLFL Y) of the same parameter.
        r.BASE,
        -- AVAL - BASE, after baseline.
        r.CHG,
        -- 100 * (AVAL - BASE) / BASE, after baseline; missing where BASE is 0.
        r.PCHG,
        -- The words of PASI-50, where CRIT1FL is not missing.
        CASE WHEN r.CRIT1FL IS NOT NULL THEN 'PASI-50: at least 50 % below baseline' END AS CRIT1,
        -- Of PARAMCD PASITOT after baseline, with a baseline above 0: Y where AVAL lies at least 50 % below
        -- BASE, in whole tenths of a point, N otherwise.
        r.CRIT1FL,
        -- The words of PASI-75, where CRIT2FL is not missing.
        CASE WHEN r.CRIT2FL IS NOT NULL THEN 'PASI-75: at least 75 % below baseline' END AS CRIT2,
        -- Of PARAMCD PASITOT after baseline, with a baseline above 0: Y where AVAL lies at least 75 % below
        -- BASE, in whole tenths of a point, N otherwise.
        r.CRIT2FL,
        -- The words of PASI-90, where CRIT3FL is not missing.
        CASE WHEN r.CRIT3FL IS NOT NULL THEN 'PASI-90: at least 90 % below baseline' END AS CRIT3,
        -- Of PARAMCD PASITOT after baseline, with a baseline above 0: Y where AVAL lies at least 90 % below
        -- BASE, in whole tenths of a point, N otherwise.
        r.CRIT3FL,
        -- The words of PASI-100, where CRIT4FL is not missing.
        CASE WHEN r.CRIT4FL IS NOT NULL THEN 'PASI-100: no psoriasis left' END AS CRIT4,
        -- Of PARAMCD PASITOT after baseline, with a baseline above 0: Y where AVAL lies at least 100 % below
        -- BASE, in whole tenths of a point, N otherwise.
        r.CRIT4FL,
        -- Y on the last record before first exposure (--LOBXFL Y in the source); of several of a parameter
        -- the last.
        r.ABLFL,
        -- Y on the one record of a subject, parameter and analysis visit that is analysed: the nearest to
        -- AWTARGET, of two equally near the later. Y on every record with PARAMCD PASI50N to PASI100N.
        r.ANL01FL,
        -- Y where ADT is not before TRTSDT and not more than $treatment_emergent_days days after TRTEDT.
        CASE
            WHEN
                r.ADT >= a.TRTSDT
                AND coalesce(r.ADT <= a.TRTEDT + cast($treatment_emergent_days AS INTEGER), TRUE)
                THEN 'Y'
        END AS ONTRTFL,
        -- LOCF where a score has no record at a due visit of the treatment period and the last analysed one
        -- before is carried. NRI where a missing visit counts as non-response. Missing where AVAL was
        -- observed.
        r.DTYPE,
        -- The dataset that AVAL comes from.
        r.SRCDOM,
        -- The variable that AVAL comes from.
        r.SRCVAR,
        r.SRCSEQ
    FROM (
        SELECT * FROM judged
        UNION ALL BY NAME
        SELECT * FROM responses
    ) AS r
    INNER JOIN adam.adsl AS a ON r.USUBJID = a.USUBJID
)

SELECT * FROM adqs
ORDER BY USUBJID, ASEQ
