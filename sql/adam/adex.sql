-- One record per subject, treatment, parameter and dose; one per subject and treatment for sums (ADaMIG
-- 1.3, BDS). By dose: what was given (DOSE), in the unit of the plan, and its percentage of the planned
-- dose (DOSEPCT). Of the whole treatment: the number of doses (NDOSES), their sum (CUMDOSE) and its
-- percentage of all that the protocol plans (RELDOSE), so that a missed dose counts as none. A record over
-- several days counts as the doses that its frequency per day gives (EXDOSFRQ: QD, BID and so on); where
-- there is none, or the end is not known, their number and sums are missing, and RELDOSE stands only where
-- each record is one dose, because the plan is by visit. Where the plan is per kg and the amount was
-- collected as a total, it is divided by the last body weight up to that day. The planned dose is that of
-- the dosing visit whose planned day is nearest, the earlier one of two.
WITH
frequencies (TERM, PER_DAY) AS ( -- terms of FREQ (C71113) that say how often on each day
    VALUES
    ('QD', 1), ('Q24H', 1), ('QAM', 1), ('QPM', 1), ('QHS', 1), ('QN', 1), ('EVERY AFTERNOON', 1),
    ('EVERY EVENING', 1), ('BID', 2), ('Q12H', 2), ('TID', 3), ('Q8H', 3), ('QID', 4), ('Q6H', 4),
    ('5 TIMES PER DAY', 5), ('6 TIMES PER DAY', 6), ('Q4H', 6), ('7 TIMES PER DAY', 7),
    ('8 TIMES PER DAY', 8), ('Q3H', 8), ('9 TIMES PER DAY', 9), ('Q2H', 12), ('QH', 24)
),

doses AS ( -- every dose that was received, as in ADSL
    SELECT
        a.STUDYID,
        a.USUBJID,
        a.SUBJID,
        a.SITEID,
        a.TRT01P AS TRTP,
        a.TRT01A AS TRTA,
        a.SAFFL,
        a.TRTSDT,
        a.TRTEDT,
        ex.EXSEQ,
        ex.EXTRT,
        ex.EXDOSE,
        ex.EXDOSU,
        ex.EXADJ,
        try_cast(left(ex.EXSTDTC, 10) AS DATE) AS ASTDT,
        try_cast(left(ex.EXENDTC, 10) AS DATE) AS AENDT,
        CASE
            WHEN ex.EXDOSFRQ = 'ONCE' THEN 1
            WHEN f.PER_DAY IS NOT NULL THEN f.PER_DAY * (AENDT - ASTDT + 1)
            WHEN coalesce(AENDT - ASTDT <= 1, ex.EXDOSFRQ IS NULL) THEN 1 -- one, at most overnight
        END AS NUMBER_OF_DOSES,
        ASTDT - a.TRTSDT + cast(ASTDT >= a.TRTSDT AS INTEGER) AS ASTDY,
        AENDT - a.TRTSDT + cast(AENDT >= a.TRTSDT AS INTEGER) AS AENDY
    FROM sdtm.ex AS ex
    INNER JOIN adam.adsl AS a ON ex.USUBJID = a.USUBJID
    LEFT JOIN frequencies AS f ON ex.EXDOSFRQ = f.TERM
    WHERE coalesce(ex.EXDOSE, 1) > 0 OR contains(upper(ex.EXTRT), 'PLACEBO')
),

weights AS ( -- one body weight per subject and day: the last of that day
    SELECT
        USUBJID,
        try_cast(left(VSDTC, 10) AS DATE) AS WEIGHTDT,
        last(VSSTRESN ORDER BY VSDTC, VSSEQ) AS WEIGHT
    FROM sdtm.vs
    WHERE VSTESTCD = 'WEIGHT' AND VSSTRESN IS NOT NULL
    GROUP BY USUBJID, WEIGHTDT
),

plan AS ( -- planned doses with their day
    SELECT
        d.TREATMENT,
        d.DOSE,
        d.UNIT,
        v.VISIT,
        v.VISITNUM,
        v.VISITDY
    FROM study.doses AS d
    INNER JOIN study.visits AS v ON d.VISIT = v.VISIT
),

nearest AS ( -- the planned dose for each treatment and study day on which one was given
    SELECT
        g.EXTRT,
        g.ASTDY,
        p.DOSE,
        p.UNIT,
        p.VISIT
    FROM (SELECT DISTINCT
        EXTRT,
        ASTDY
    FROM doses) AS g
    INNER JOIN plan AS p ON g.EXTRT = p.TREATMENT
    QUALIFY
        row_number() OVER (PARTITION BY g.EXTRT, g.ASTDY ORDER BY abs(g.ASTDY - p.VISITDY), p.VISITNUM) = 1
),

per_kg AS ( -- given and planned in the same unit
    SELECT
        d.* EXCLUDE (EXDOSE, EXDOSU),
        n.DOSE AS DOSEP,
        n.VISIT AS AVISIT,
        coalesce(n.UNIT, d.EXDOSU) AS DOSEU,
        CASE
            WHEN coalesce(d.EXDOSU = n.UNIT, TRUE) THEN d.EXDOSE
            WHEN starts_with(d.EXDOSU, replace(n.UNIT, '/kg', '')) THEN d.EXDOSE / w.WEIGHT
        END AS DOSEA
    FROM doses AS d
    LEFT JOIN nearest AS n ON d.EXTRT = n.EXTRT AND d.ASTDY = n.ASTDY
    ASOF LEFT JOIN weights AS w ON d.USUBJID = w.USUBJID AND d.ASTDT >= w.WEIGHTDT
),

courses AS ( -- all doses of a subject; a sum is given only if every dose in it is known
    SELECT
        k.* EXCLUDE (
            EXSEQ, ASTDT, AENDT, ASTDY, AENDY, DOSEP, AVISIT, DOSEU, DOSEA, EXADJ, NUMBER_OF_DOSES
        ),
        min(k.ASTDT) AS ASTDT,
        max(k.AENDT) AS AENDT,
        min(k.ASTDY) AS ASTDY,
        max(k.AENDY) AS AENDY,
        min(k.DOSEU) AS DOSEU,
        CASE WHEN count(*) = count(k.NUMBER_OF_DOSES) THEN sum(k.NUMBER_OF_DOSES) END AS DOSES,
        CASE
            WHEN count(*) = count(k.DOSEA * k.NUMBER_OF_DOSES) THEN sum(k.DOSEA * k.NUMBER_OF_DOSES)
        END AS GIVEN,
        max(k.NUMBER_OF_DOSES) AS MOST_DOSES,
        (
            SELECT sum(p.DOSE) FROM plan AS p
            WHERE p.TREATMENT = k.EXTRT
        ) AS PLANNED
    FROM per_kg AS k
    GROUP BY ALL
),

parameters AS (
    SELECT
        d.*,
        p.PARAMN,
        p.PARAMCD,
        p.PARAM,
        p.AVAL,
        'EX' AS SRCDOM,
        'EXDOSE' AS SRCVAR,
        d.EXSEQ AS SRCSEQ
    FROM per_kg AS d
    CROSS JOIN
        LATERAL (
            VALUES
            (1, 'DOSE', concat('Dose Given (', d.DOSEU, ')'), d.DOSEA),
            (2, 'DOSEPCT', 'Dose Given as Percentage of Planned (%)', 100 * d.DOSEA / d.DOSEP)
        ) AS p (PARAMN, PARAMCD, PARAM, AVAL)
    UNION ALL BY NAME
    SELECT
        c.*,
        p.PARAMN,
        p.PARAMCD,
        p.PARAM,
        p.AVAL
    FROM courses AS c
    CROSS JOIN LATERAL (
        VALUES
        (3, 'NDOSES', 'Number of Doses', c.DOSES),
        (4, 'CUMDOSE', concat('Cumulative Dose (', c.DOSEU, ')'), c.GIVEN),
        (
            5, 'RELDOSE', 'Cumulative Dose as Percentage of Planned (%)',
            CASE WHEN c.MOST_DOSES = 1 THEN 100 * c.GIVEN / c.PLANNED END
        )
    ) AS p (PARAMN, PARAMCD, PARAM, AVAL)
),

adex AS (
    SELECT
        STUDYID,
        USUBJID,
        SUBJID,
        SITEID,
        -- Number of the record within the subject, in the order of EXTRT, PARAMN, ASTDT and SRCSEQ.
        row_number() OVER (PARTITION BY USUBJID ORDER BY EXTRT, PARAMN, ASTDT, SRCSEQ) AS ASEQ,
        TRTP,
        TRTA,
        SAFFL,
        TRTSDT,
        TRTEDT,
        EXTRT,
        -- The parameter in words, with the unit of the dose.
        PARAM,
        -- DOSE and DOSEPCT of each dose; NDOSES, CUMDOSE and RELDOSE of all doses of a treatment.
        PARAMCD,
        -- Number of the parameter.
        PARAMN,
        -- The planned dosing visit (TV) whose planned day is nearest to ASTDY, of two equally near the
        -- earlier.
        AVISIT,
        -- The day of EX.EXSTDTC; of all doses of a treatment (NDOSES, CUMDOSE, RELDOSE) the first.
        ASTDT,
        -- ASTDT - TRTSDT, plus 1 where ASTDT is not before TRTSDT: there is no day 0.
        ASTDY,
        -- The day of EX.EXENDTC; of all doses of a treatment (NDOSES, CUMDOSE, RELDOSE) the last.
        AENDT,
        -- AENDT - TRTSDT, plus 1 where AENDT is not before TRTSDT: there is no day 0.
        AENDY,
        -- The dose that the protocol plans at AVISIT.
        DOSEP,
        -- EX.EXDOSE in the unit of the planned dose. An amount that was collected as a total where the plan
        -- is per kg is divided by the last body weight up to that day (VS.VSSTRESN where VSTESTCD is WEIGHT).
        DOSEA,
        -- The unit of the planned dose; that of EX.EXDOSU where none is planned.
        DOSEU,
        -- DOSE: DOSEA. DOSEPCT: 100 * DOSEA / DOSEP. NDOSES: the number of doses; a record over several days
        -- counts as many as EXDOSFRQ gives. CUMDOSE: the sum of DOSEA over these doses, missing where one of
        -- them is. RELDOSE: 100 * CUMDOSE / the sum of all planned doses of the treatment, where each record
        -- is one dose.
        round(AVAL, 6) AS AVAL, -- takes away binary noise, nothing that was measured
        EXADJ,
        -- The dataset that AVAL comes from.
        SRCDOM,
        -- The variable that AVAL comes from.
        SRCVAR,
        SRCSEQ
    FROM parameters
)

SELECT * FROM adex
ORDER BY USUBJID, ASEQ
