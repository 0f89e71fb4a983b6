-- One record per subject, vital sign, time point and assessment, or derived record of a day or an analysis
-- visit (ADaMIG 1.3, BDS). Results as SDTM has them; one that is missing or NOT DONE has no record. MAP,
-- BMI and BSA, where the analysis plan names them, for subjects of whom they were not collected: MAP = (2
-- diastolic + systolic) / 3 of one moment; BMI = weight / height squared; BSA = square root of height x
-- weight / 3600 (Mosteller 1987), with the last height until then, else the first. Baseline (ABLFL): the
-- last value before first exposure, one of each parameter (VSLOBXFL) or one of each of its time points, or
-- positions where there are none (BASETYPE); a value of the day of first exposure counts as the study's
-- policy on untimed observations says where no time does. An analysis visit is the declared window in which
-- the study day lies, as in ADQS, or the planned visit where the study's windows name visits. DTYPE
-- AVERAGE: the mean of all values of a parameter, analysis visit and day. ANL01FL marks the record of each
-- time point nearest to the planned day, of two equally near the later; where the plan says so only on
-- treatment. DTYPE LOV: the last analysed value of the visits that the windows name. LOCF: where a time
-- point has no record at a due visit of the treatment period, the last one analysed is carried.
WITH
flagged AS ( -- the record of each subject and test that SDTM takes for baseline
    SELECT
        USUBJID,
        VSTESTCD,
        VSDTC,
        VSSEQ,
        try_cast(left(VSDTC, 10) AS DATE) AS FLAGGEDDT
    FROM sdtm.vs
    WHERE VSLOBXFL = 'Y' AND VSSTRESN IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY USUBJID, VSTESTCD ORDER BY VSDTC DESC, VSSEQ DESC) = 1
),

collected AS (
    SELECT
        v.USUBJID,
        v.VSTESTCD AS PARAMCD,
        v.VSTEST,
        v.VSSTRESU,
        v.VSSTRESN AS AVAL,
        v.VSPOS,
        v.VSDTC,
        v.VISITNUM,
        v.VISIT,
        v.VSTPT AS ATPT,
        v.VSTPTNUM AS ATPTN,
        v.VSSEQ,
        a.ARMCD,
        a.TRTSDT,
        a.TRTEDT,
        a.TRTSDTM,
        try_cast(left(v.VSDTC, 10) AS DATE) AS ADT,
        CASE WHEN length(v.VSDTC) > 10 THEN try_cast(v.VSDTC AS TIMESTAMP) END AS ADTM,
        ADT - a.TRTSDT + cast(ADT >= a.TRTSDT AS INTEGER) AS ADY,
        CASE
            WHEN $signs_baseline = 'each_time_point'
                THEN
                    ADT < a.TRTSDT
                    OR (
                        ADT = a.TRTSDT
                        AND coalesce(ADTM < a.TRTSDTM, $untimed_on_first_dose_day = 'before_dose')
                    )
            ELSE -- of the day of baseline, what comes before it in the order of SDTM
                ADT < f.FLAGGEDDT OR (ADT = f.FLAGGEDDT AND v.VSDTC <= f.VSDTC AND v.VSSEQ <= f.VSSEQ)
        END AS UNTIL_BASELINE,
        row_number() OVER (
            PARTITION BY v.USUBJID, v.VSTESTCD, v.VISITNUM, v.VSDTC, v.VSTPTNUM, v.VSPOS ORDER BY v.VSSEQ
        ) AS NTH
    FROM sdtm.vs AS v
    INNER JOIN adam.adsl AS a ON v.USUBJID = a.USUBJID
    LEFT JOIN flagged AS f ON v.USUBJID = f.USUBJID AND v.VSTESTCD = f.VSTESTCD
    WHERE v.VSSTRESN IS NOT NULL
),

mean_pressure AS ( -- of the two pressures of one moment
    SELECT
        s.* REPLACE (
            'MAP' AS PARAMCD,
            (2 * d.AVAL + s.AVAL) / 3 AS AVAL,
            s.UNTIL_BASELINE AND d.UNTIL_BASELINE AS UNTIL_BASELINE,
            greatest(s.VSSEQ, d.VSSEQ) AS VSSEQ
        )
    FROM collected AS s
    INNER JOIN collected AS d
        ON
            s.USUBJID = d.USUBJID
            AND s.VSDTC = d.VSDTC
            AND s.NTH = d.NTH
            AND s.VISITNUM IS NOT DISTINCT FROM d.VISITNUM
            AND s.ATPTN IS NOT DISTINCT FROM d.ATPTN
            AND s.VSPOS IS NOT DISTINCT FROM d.VSPOS
    WHERE s.PARAMCD = 'SYSBP' AND d.PARAMCD = 'DIABP'
),

heights AS ( -- one of a subject and day
    SELECT
        USUBJID,
        ADT,
        AVAL AS HEIGHT,
        first_value(AVAL) OVER (PARTITION BY USUBJID ORDER BY ADT, VSSEQ) AS FIRST_HEIGHT
    FROM collected
    WHERE PARAMCD = 'HEIGHT'
    QUALIFY row_number() OVER (PARTITION BY USUBJID, ADT ORDER BY VSSEQ DESC) = 1
),

first_heights AS (
    SELECT DISTINCT
        USUBJID,
        FIRST_HEIGHT
    FROM heights
),

weights AS (
    SELECT
        w.*,
        coalesce(h.HEIGHT, f.FIRST_HEIGHT) AS HEIGHT
    FROM (
        SELECT * FROM collected
        WHERE PARAMCD = 'WEIGHT'
    ) AS w
    INNER JOIN first_heights AS f ON w.USUBJID = f.USUBJID
    ASOF LEFT JOIN heights AS h ON w.USUBJID = h.USUBJID AND w.ADT >= h.ADT
),

computed AS (
    SELECT * FROM mean_pressure
    UNION ALL BY NAME
    SELECT
        w.* EXCLUDE (HEIGHT) REPLACE (
            'BMI' AS PARAMCD, w.AVAL / (w.HEIGHT / 100) ^ 2 AS AVAL, 'kg/m2' AS VSSTRESU
        )
    FROM weights AS w
    UNION ALL BY NAME
    SELECT
        w.* EXCLUDE (HEIGHT) REPLACE (
            'BSA' AS PARAMCD, sqrt(w.HEIGHT * w.AVAL / 3600) AS AVAL, 'm2' AS VSSTRESU
        )
    FROM weights AS w
),

assessments AS (
    SELECT
        *,
        FALSE AS IS_COMPUTED
    FROM collected
    UNION ALL BY NAME
    SELECT
        c.*,
        TRUE AS IS_COMPUTED
    FROM computed AS c
    ANTI JOIN collected AS o ON c.USUBJID = o.USUBJID AND c.PARAMCD = o.PARAMCD
    WHERE list_contains(cast($signs_derived AS VARCHAR[]), c.PARAMCD)
),

based AS (
    SELECT
        * EXCLUDE (NTH),
        CASE
            WHEN $signs_baseline = 'each_time_point' AND coalesce(ATPT, VSPOS) IS NOT NULL
                THEN 'LAST: ' || coalesce(ATPT, VSPOS)
            ELSE 'LAST'
        END AS BASETYPE
    FROM assessments
),

baselines AS ( -- one record per subject, parameter and kind of baseline
    SELECT
        USUBJID,
        PARAMCD,
        BASETYPE,
        VSSEQ AS BASESEQ,
        ADT AS BASEDT,
        AVAL AS BASE
    FROM based
    WHERE UNTIL_BASELINE
    QUALIFY row_number() OVER (
        PARTITION BY USUBJID, PARAMCD, BASETYPE ORDER BY ADT DESC, ADTM DESC, VISITNUM DESC, VSSEQ DESC
    ) = 1
),

-- before or after the first dose; on its day the times decide, and without them whether there was one before
ordered AS (
    SELECT
        a.*,
        CASE WHEN a.VSSEQ = b.BASESEQ THEN 'Y' END AS ABLFL,
        ABLFL IS NULL AND (
            a.ADT > a.TRTSDT
            OR (a.ADT = a.TRTSDT AND coalesce(a.ADTM >= a.TRTSDTM, b.BASEDT < a.ADT, TRUE))
        ) AS IS_AFTER
    FROM based AS a
    LEFT JOIN baselines AS b ON a.USUBJID = b.USUBJID AND a.PARAMCD = b.PARAMCD AND a.BASETYPE = b.BASETYPE
),

plan AS ( -- the lines of vital signs, or else those of all parameters
    SELECT * EXCLUDE (PARCAT1)
    FROM study.windows
    QUALIFY
        rank() OVER (ORDER BY CASE WHEN PARCAT1 = 'VITAL SIGNS' THEN 1 WHEN PARCAT1 IS NULL THEN 2 ELSE 3 END)
        = 1
        AND coalesce(PARCAT1, 'VITAL SIGNS') = 'VITAL SIGNS'
),

windows AS ( -- the analysis visit of each arm and study day, or each arm and visit, that occurs
    SELECT
        d.ARMCD,
        d.ADY,
        d.VISIT,
        p.AVISIT,
        p.AVISITN,
        p.AWTARGET,
        p.AWLO,
        p.AWHI,
        p.VISIT IS NOT NULL AS IS_VISIT
    FROM (SELECT DISTINCT
        ARMCD,
        ADY,
        VISIT
    FROM ordered) AS d
    INNER JOIN plan AS p
        ON
            coalesce(p.ARMCD = d.ARMCD, TRUE)
            AND p.LAST_OF IS NULL
            AND CASE
                WHEN p.VISIT IS NOT NULL THEN p.VISIT = d.VISIT
                ELSE p.AVISITN <> 0 AND d.ADY >= coalesce(p.AWLO, d.ADY) AND d.ADY <= coalesce(p.AWHI, d.ADY)
            END
    QUALIFY row_number() OVER (
        PARTITION BY d.ARMCD, d.ADY, d.VISIT ORDER BY abs(d.ADY - p.AWTARGET), p.AVISITN
    ) = 1
),

kind AS (
    SELECT count(VISIT) > 0 AS BY_VISIT
    FROM plan
),

visits AS ( -- of windows of days, visit 0 is the baseline record, and visits above 0 lie after the first dose
    SELECT
        o.*,
        CASE WHEN o.ABLFL = 'Y' AND NOT s.BY_VISIT THEN 'Baseline' ELSE w.AVISIT END AS AVISIT,
        CASE WHEN o.ABLFL = 'Y' AND NOT s.BY_VISIT THEN 0 ELSE w.AVISITN END AS AVISITN,
        w.AWTARGET,
        w.AWLO,
        w.AWHI
    FROM ordered AS o
    CROSS JOIN kind AS s
    LEFT JOIN windows AS w
        ON
            o.ARMCD IS NOT DISTINCT FROM w.ARMCD
            AND o.ADY IS NOT DISTINCT FROM w.ADY
            AND o.VISIT IS NOT DISTINCT FROM w.VISIT
            AND (w.IS_VISIT OR (o.ABLFL IS NULL AND (w.AVISITN > 0) = o.IS_AFTER))
),

averages AS (
    SELECT
        USUBJID,
        PARAMCD,
        max(VSTEST) AS VSTEST,
        max(VSSTRESU) AS VSSTRESU,
        AVISIT,
        AVISITN,
        AWTARGET,
        AWLO,
        AWHI,
        ADT,
        ADY,
        any_value(TRTSDT) AS TRTSDT,
        any_value(TRTEDT) AS TRTEDT,
        avg(AVAL) AS AVAL,
        'LAST' AS BASETYPE,
        'AVERAGE' AS DTYPE,
        bool_and(IS_AFTER) AS IS_AFTER,
        bool_and(IS_COMPUTED) AS IS_COMPUTED
    FROM visits
    WHERE ADT IS NOT NULL AND $signs_average = 'each_day'
    GROUP BY USUBJID, PARAMCD, AVISIT, AVISITN, AWTARGET, AWLO, AWHI, ADT, ADY
),

with_averages AS (
    SELECT * FROM visits
    UNION ALL BY NAME
    SELECT * FROM averages
),

observed AS ( -- one record per subject, parameter, time point and visit is analysed
    SELECT
        * EXCLUDE (TRTSDT, TRTSDTM, TRTEDT, ARMCD, VSDTC, UNTIL_BASELINE, VSSEQ),
        CASE
            WHEN
                IS_AFTER AND coalesce(ADT <= TRTEDT + cast($signs_on_treatment_days AS INTEGER), TRUE)
                THEN 'Y'
        END
            AS ONTRTFL,
        CASE WHEN DTYPE IS NULL AND NOT IS_COMPUTED THEN VSSEQ END AS SRCSEQ,
        AVISITN IS NOT NULL
        AND ($signs_analysed = 'every_visit' OR coalesce(ONTRTFL = 'Y', FALSE)) AS IS_ANALYSED,
        CASE
            WHEN IS_ANALYSED AND row_number() OVER (
                PARTITION BY USUBJID, PARAMCD, AVISITN, ATPT, BASETYPE, DTYPE, IS_ANALYSED
                ORDER BY abs(ADY - AWTARGET) ASC, ADT DESC, ADTM DESC, VISITNUM DESC, VSSEQ DESC
            ) = 1 THEN 'Y'
        END AS ANL01FL
    FROM with_averages
),

endpoints AS ( -- analysis visits that hold the last value of others
    SELECT DISTINCT
        AVISIT,
        AVISITN,
        LAST_OF
    FROM plan
    WHERE LAST_OF IS NOT NULL
),

analysed AS (
    SELECT * EXCLUDE (ABLFL)
    FROM observed
    WHERE ANL01FL = 'Y' AND DTYPE IS NULL
),

last_values AS ( -- one record per subject, parameter, time point and such analysis visit
    SELECT
        o.* REPLACE (p.AVISIT AS AVISIT, p.AVISITN AS AVISITN, 'LOV' AS DTYPE),
        NULL AS ABLFL
    FROM analysed AS o
    INNER JOIN endpoints AS p ON o.AVISIT = p.LAST_OF
    QUALIFY row_number() OVER (
        PARTITION BY o.USUBJID, o.PARAMCD, o.ATPT, o.BASETYPE, p.AVISITN
        ORDER BY o.ADT DESC, o.ADTM DESC, o.VISITNUM DESC, o.SRCSEQ DESC
    ) = 1
),

due AS ( -- planned visits of the treatment period at which a treated subject was seen or missed
    SELECT DISTINCT
        a.USUBJID,
        p.AVISIT,
        p.AVISITN,
        p.AWTARGET,
        p.AWLO,
        p.AWHI
    FROM adam.adsl AS a
    INNER JOIN plan AS p ON coalesce(p.ARMCD = a.ARMCD, TRUE) AND p.AVISITN > 0 AND p.LAST_OF IS NULL
    LEFT JOIN study.visits AS v ON p.VISIT = v.VISIT AND coalesce(v.ARMCD = a.ARMCD, TRUE)
    WHERE
        a.SAFFL = 'Y'
        AND p.EPOCH = 'TREATMENT'
        AND (
            a.EOTSTT <> 'ONGOING'
            OR a.LSTALVDT - a.TRTSDT + 1 > CASE WHEN p.VISIT IS NULL THEN p.AWHI ELSE v.VISITDY END
        )
),

carriers AS ( -- what may be carried
    SELECT
        *,
        BASETYPE || coalesce(ATPT, '') AS TIME_POINT
    FROM observed
    WHERE ANL01FL = 'Y' AND AVISITN >= 0 AND DTYPE IS NULL AND $signs_missing = 'locf'
),

gaps AS (
    SELECT
        d.*,
        c.PARAMCD,
        c.TIME_POINT
    FROM due AS d
    INNER JOIN carriers AS c ON d.USUBJID = c.USUBJID
    GROUP BY ALL
),

carried AS ( -- ASOF finds the last analysed visit; where that is the visit itself, there is nothing to carry
    SELECT
        c.* EXCLUDE (AVISIT, AVISITN, AWTARGET, AWLO, AWHI, ABLFL, IS_AFTER, DTYPE, TIME_POINT),
        g.* EXCLUDE (USUBJID, PARAMCD, TIME_POINT),
        TRUE AS IS_AFTER,
        'LOCF' AS DTYPE
    FROM gaps AS g
    ASOF INNER JOIN carriers AS c
        ON
            g.USUBJID = c.USUBJID AND g.PARAMCD = c.PARAMCD AND g.TIME_POINT = c.TIME_POINT
            AND g.AVISITN >= c.AVISITN
    WHERE c.AVISITN < g.AVISITN
),

every_record AS (
    SELECT * FROM observed
    UNION ALL BY NAME
    SELECT * FROM last_values
    UNION ALL BY NAME
    SELECT * FROM carried
),

compared AS ( -- with baseline, after it; rounding takes away binary noise, nothing that was measured
    SELECT
        r.* REPLACE (round(r.AVAL, 6) AS AVAL),
        round(b.BASE, 6) AS BASE,
        CASE WHEN r.IS_AFTER THEN round(r.AVAL - b.BASE, 6) END AS CHG,
        CASE WHEN r.IS_AFTER THEN round(100 * (r.AVAL - b.BASE) / nullif(b.BASE, 0), 6) END AS PCHG
    FROM every_record AS r
    LEFT JOIN baselines AS b ON r.USUBJID = b.USUBJID AND r.PARAMCD = b.PARAMCD AND r.BASETYPE = b.BASETYPE
),

advs AS (
    SELECT
        a.STUDYID,
        r.USUBJID,
        a.SUBJID,
        a.SITEID,
        -- Number of the record within the subject, in the order of PARAMCD, ADT, AVISITN, VISITNUM, ATPTN and
        -- DTYPE.
        row_number() OVER (
            PARTITION BY r.USUBJID
            ORDER BY
                r.PARAMCD ASC,
                r.ADT ASC,
                r.AVISITN ASC,
                r.VISITNUM ASC,
                r.ATPTN ASC,
                r.DTYPE ASC,
                r.VSPOS ASC,
                r.ADTM ASC, r.SRCSEQ ASC, r.AVAL ASC
        ) AS ASEQ,
        a.TRT01P AS TRTP,
        a.TRT01A AS TRTA,
        a.SAFFL,
        a.TRTSDT,
        a.TRTEDT,
        -- The parameter in words, with its unit; VS.VSTEST where the table of analysis parameters has none.
        coalesce(p.PARAM, r.VSTEST) AS PARAM,
        -- VS.VSTESTCD; MAP, BMI and BSA of values that are computed.
        r.PARAMCD,
        -- Number of the parameter in the table of analysis parameters.
        p.PARAMN,
        -- VITAL SIGNS.
        'VITAL SIGNS' AS PARCAT1,
        r.VISITNUM,
        r.VISIT,
        -- Baseline on the baseline record (ABLFL Y); otherwise the planned analysis visit in whose window of
        -- study days ADY lies, of several the one with the nearest AWTARGET. Where the study's windows name
        -- planned visits: that of VISIT.
        r.AVISIT,
        -- Number of AVISIT; 0 for Baseline.
        r.AVISITN,
        r.ATPT,
        r.ATPTN,
        -- The day of VS.VSDTC, where it is complete.
        r.ADT,
        -- Day and time of VS.VSDTC, where a time was collected.
        r.ADTM,
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
        -- VS.VSSTRESN. MAP: (2 * diastolic + systolic) / 3 of one moment. BMI: weight / height squared, in
        -- kg/m2. BSA: square root of height * weight / 3600, in m2. DTYPE AVERAGE: the mean of all values of
        -- a parameter, analysis visit and day. DTYPE LOV and LOCF: the last analysed value before.
        r.AVAL,
        -- AVAL of the subject's baseline record (ABLFL Y) of the same parameter and BASETYPE.
        r.BASE,
        -- Which baseline: LAST, the last value before first exposure; where each time point has one of its
        -- own, LAST: and the time point (ATPT) or position (VSPOS).
        r.BASETYPE,
        -- AVAL - BASE, after baseline.
        r.CHG,
        -- 100 * (AVAL - BASE) / BASE, after baseline; missing where BASE is 0.
        r.PCHG,
        -- Y on the last record of a parameter and BASETYPE before first exposure. A value of the day of first
        -- exposure counts as $untimed_on_first_dose_day where no time decides.
        r.ABLFL,
        -- Y on the one record of a subject, parameter, time point and analysis visit that is analysed: the
        -- nearest to AWTARGET, of two equally near the later. Analysed are records of: $signs_analysed.
        r.ANL01FL,
        -- Y where ADT is not before TRTSDT and not more than $signs_on_treatment_days days after TRTEDT.
        r.ONTRTFL,
        -- AVERAGE, the mean of a day; LOV, the last analysed value of several visits; LOCF, the last analysed
        -- value carried to a due visit of the treatment period that has none. Missing where AVAL was observed
        -- or is computed of values of one moment.
        r.DTYPE,
        r.VSPOS,
        -- VS.VSSTRESU; kg/m2 and m2 of BMI and BSA that are computed.
        r.VSSTRESU,
        -- VS, where AVAL comes from one record.
        CASE WHEN r.SRCSEQ IS NOT NULL THEN 'VS' END AS SRCDOM,
        -- VSSTRESN, where AVAL comes from one record.
        CASE WHEN r.SRCSEQ IS NOT NULL THEN 'VSSTRESN' END AS SRCVAR,
        -- VS.VSSEQ, where AVAL comes from one record.
        r.SRCSEQ
    FROM compared AS r
    INNER JOIN adam.adsl AS a ON r.USUBJID = a.USUBJID
    LEFT JOIN standards.parameters AS p ON p.DATASET = 'VS' AND r.PARAMCD = p.TESTCD
)

SELECT * FROM advs
ORDER BY USUBJID, ASEQ
