-- One row per treatment, period, status and reason: how many subjects were screened, enrolled and treated,
-- and how each period ended for those who entered it. The treatment period is entered with the first dose,
-- follow-up by completing the treatment period or by a later last day in the study.
-- Title: Disposition of Subjects
-- Reason: SPECIFIED IN SAP
WITH
entered AS ( -- denominators
    SELECT
        treatment,
        period,
        count(*) AS entered
    FROM counted.disposition
    WHERE line_order = 0
    GROUP BY ALL
),

lines AS ( -- entered; by status; by reason
    SELECT
        treatment,
        treatment_order,
        period_order,
        period,
        line_order,
        status,
        reason,
        count(*) AS subjects
    FROM counted.disposition
    WHERE line_order > 0
    GROUP BY ALL
),

disposition AS (
    SELECT
        concat_ws(' | ', l.treatment, l.period, l.status, l.reason) AS row_key,
        l.treatment,
        l.period,
        l.status,
        l.reason,
        l.subjects,
        round(100 * l.subjects / e.entered, 1) AS percent,
        l.treatment_order,
        l.period_order,
        l.line_order
    FROM lines AS l
    INNER JOIN entered AS e ON l.treatment = e.treatment AND l.period = e.period
)

SELECT
    * EXCLUDE (row_key, treatment_order, period_order, line_order),
    row_key
FROM disposition
ORDER BY treatment_order, treatment, period_order, status = 'DISCONTINUED', line_order, status, reason
