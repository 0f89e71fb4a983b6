-- One row per treatment, score, analysis visit, method and measure: the course of PASI, DLQI, affected body
-- surface and pruritus in the treated subjects. Method OBSERVED has the subjects assessed at the visit; LOCF,
-- at baseline and the visits of the treatment period, adds those whose last value is carried. Measures are
-- the value (AVAL), its change from baseline (CHG) and that in percent (PCHG).
WITH
treatment_visits AS (
    SELECT DISTINCT AVISITN
    FROM study.visits
    WHERE EPOCH = 'TREATMENT' OR AVISITN = 0
),

records AS ( -- each subject counts under the actual treatment and in the total
    SELECT
        g.treatment,
        g.treatment_order,
        m.method,
        v.measure_order,
        v.measure,
        v.result,
        q.PARAMN,
        q.PARAMCD,
        q.PARAM,
        q.AVISITN,
        q.AVISIT
    FROM adam.adqs AS q
    LEFT JOIN treatment_visits AS t ON q.AVISITN = t.AVISITN
    CROSS JOIN LATERAL (VALUES (q.TRTA, 1), ('Total', 2)) AS g (treatment, treatment_order)
    CROSS JOIN
        LATERAL (
            VALUES
            ('OBSERVED', q.DTYPE IS NULL), ('LOCF', t.AVISITN IS NOT NULL OR q.AVISITN = 0)
        ) AS m (method, is_in)
    CROSS JOIN
        LATERAL (
            VALUES
            (1, 'AVAL', q.AVAL), (2, 'CHG', q.CHG), (3, 'PCHG', q.PCHG)
        ) AS v (measure_order, measure, result)
    WHERE
        q.SAFFL = 'Y' AND q.ANL01FL = 'Y' AND q.AVISITN >= 0 AND q.PARCAT2 = 'SCORE'
        AND m.is_in AND v.result IS NOT NULL
),

efficacy_by_visit AS (
    SELECT
        concat_ws(' | ', treatment, PARAMCD, AVISIT, method, measure) AS row_key,
        treatment,
        PARAMCD,
        PARAM AS parameter,
        AVISIT AS visit,
        AVISITN AS visit_number,
        method,
        measure,
        count(*) AS n,
        round(avg(result), 6) AS mean,
        round(stddev_samp(result), 6) AS sd,
        round(median(result), 6) AS median,
        min(result) AS min,
        max(result) AS max,
        treatment_order,
        PARAMN,
        measure_order
    FROM records
    GROUP BY ALL
)

SELECT
    * EXCLUDE (row_key, treatment_order, PARAMN, measure_order),
    row_key
FROM efficacy_by_visit
ORDER BY treatment_order ASC, treatment ASC, PARAMN ASC, visit_number ASC, method DESC, measure_order ASC
