-- One row per treatment, period, status and reason: how many subjects were screened, enrolled and treated,
-- and how each period ended for those who entered it. The treatment period is entered with the first dose,
-- follow-up by completing the treatment period or by a later last day in the study.
WITH
-- one row per subject and period entered; each counts under the planned treatment and in the total
periods AS (
    SELECT
        s.USUBJID,
        g.treatment,
        g.treatment_order,
        p.period_order,
        p.period,
        p.status,
        p.reason
    FROM adam.adsl AS s
    CROSS JOIN
        LATERAL (
            VALUES
            (coalesce(s.TRT01P, 'Not assigned'), 1), ('Total', 2)
        ) AS g (treatment, treatment_order)
    CROSS JOIN
        LATERAL (
            VALUES
            (
                1, 'SCREENING', TRUE,
                CASE WHEN s.ENRLFL = 'Y' THEN 'ENROLLED' ELSE 'NOT ENROLLED' END,
                CASE WHEN s.ENRLFL = 'N' THEN s.ARMNRS END
            ),
            (2, 'TREATMENT', s.SAFFL = 'Y', s.EOTSTT, s.DCTREAS),
            (
                3, 'FOLLOW-UP', s.SAFFL = 'Y' AND (s.EOTSTT = 'COMPLETED' OR s.EOSDT > s.EOTDT),
                s.EOSSTT, s.DCSREAS
            )
        ) AS p (period_order, period, is_entered, status, reason)
    WHERE p.is_entered
),

lines AS ( -- entered; by status; by reason
    SELECT
        treatment,
        treatment_order,
        period_order,
        period,
        1 AS line_order,
        'ENTERED' AS status,
        'ALL' AS reason,
        count(*) AS subjects
    FROM periods
    GROUP BY ALL
    UNION ALL
    SELECT
        treatment,
        treatment_order,
        period_order,
        period,
        2 AS line_order,
        status,
        'ALL' AS reason,
        count(*) AS subjects
    FROM periods
    GROUP BY ALL
    UNION ALL
    SELECT
        treatment,
        treatment_order,
        period_order,
        period,
        3 AS line_order,
        status,
        reason,
        count(*) AS subjects
    FROM periods
    WHERE reason IS NOT NULL
    GROUP BY ALL
),

disposition AS (
    SELECT
        concat_ws(' | ', treatment, period, status, reason) AS row_key,
        treatment,
        period,
        status,
        reason,
        subjects,
        round(100 * subjects / max(subjects) OVER (PARTITION BY treatment, period), 1) AS percent,
        treatment_order,
        period_order,
        line_order
    FROM lines
)

SELECT
    * EXCLUDE (row_key, treatment_order, period_order, line_order),
    row_key
FROM disposition
ORDER BY treatment_order, treatment, period_order, status = 'DISCONTINUED', line_order, status, reason
