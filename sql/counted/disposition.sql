-- One row per line of disposition and subject counted in it. The treatment period is entered with the first
-- dose, follow-up by completing the treatment period or by a later last day in the study. Who entered a
-- period is the denominator of all its lines: there the labels `status` and `reason` are empty.
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
        p.reason,
        p.variables
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
                CASE WHEN s.ENRLFL = 'N' THEN s.ARMNRS END,
                ['ENRLFL', 'ARMNRS']
            ),
            (2, 'TREATMENT', s.SAFFL = 'Y', s.EOTSTT, s.DCTREAS, ['SAFFL', 'EOTSTT', 'DCTREAS']),
            (
                3, 'FOLLOW-UP', s.SAFFL = 'Y' AND (s.EOTSTT = 'COMPLETED' OR s.EOSDT > s.EOTDT),
                s.EOSSTT, s.DCSREAS, ['SAFFL', 'EOTSTT', 'EOSDT', 'EOSSTT', 'DCSREAS']
            )
        ) AS p (period_order, period, is_entered, status, reason, variables)
    WHERE p.is_entered
),

disposition AS ( -- entered; by status; by reason; and the denominator
    SELECT
        p.treatment,
        p.treatment_order,
        p.period_order,
        p.period,
        l.line_order,
        l.status,
        l.reason,
        l.numbers,
        'ADSL' AS dataset,
        p.USUBJID,
        NULL AS SEQ,
        p.variables
    FROM periods AS p
    CROSS JOIN
        LATERAL (
            VALUES
            (0, NULL, NULL, ['percent']),
            (1, 'ENTERED', 'ALL', ['subjects', 'percent']),
            (2, p.status, 'ALL', ['subjects', 'percent']),
            (3, p.status, p.reason, ['subjects', 'percent'])
        ) AS l (line_order, status, reason, numbers)
    WHERE l.line_order < 3 OR l.reason IS NOT NULL
)

SELECT * FROM disposition
ORDER BY treatment_order, treatment, period_order, line_order, status, reason, USUBJID
