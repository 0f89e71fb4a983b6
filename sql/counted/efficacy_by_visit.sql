-- One row per line of efficacy_by_visit and score counted in it: those of the treated subjects at analysis
-- visits (ANL01FL). Method OBSERVED has what was assessed at the visit; LOCF, at baseline and the visits of
-- the treatment period, adds what is carried. Every number of a line comes from the same records.
WITH
treatment_visits AS (
    SELECT DISTINCT AVISITN
    FROM study.windows
    WHERE EPOCH = 'TREATMENT' OR AVISITN = 0
),

efficacy_by_visit AS ( -- each subject counts under the actual treatment and in the total
    SELECT
        g.treatment,
        g.treatment_order,
        q.PARAMCD,
        q.PARAMN,
        q.PARAM AS parameter,
        q.AVISIT AS visit,
        q.AVISITN AS visit_number,
        m.method,
        v.measure_order,
        v.measure,
        v.result,
        'ADQS' AS dataset,
        q.USUBJID,
        q.ASEQ AS SEQ,
        [v.measure] AS variables
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
)

SELECT * FROM efficacy_by_visit
ORDER BY treatment_order, treatment, PARAMN, visit_number, method, measure_order, USUBJID, SEQ
