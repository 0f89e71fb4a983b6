-- One row per treatment, term and toxicity grade: number of treatment-emergent events of that grade, and of
-- subjects for whom it is the worst one. A subject counts once per term, under the worst grade. Term ALL
-- holds every event. A grade that the site did not give is a row of its own.
WITH
-- each subject counts under the actual treatment and in the total, each event under its term and under ALL
events AS (
    SELECT
        g.treatment,
        g.treatment_order,
        g.term,
        e.USUBJID,
        coalesce(e.ATOXGR, 'NOT GIVEN') AS grade,
        CASE WHEN g.term = 'ALL' THEN e.AOCCIFL ELSE e.AOCCPIFL END AS worst
    FROM adam.adae AS e
    CROSS JOIN
        LATERAL (
            VALUES
            (e.TRTA, 1, 'ALL'),
            (e.TRTA, 1, coalesce(e.AEDECOD, e.AETERM)),
            ('Total', 2, 'ALL'),
            ('Total', 2, coalesce(e.AEDECOD, e.AETERM))
        ) AS g (treatment, treatment_order, term)
    WHERE e.TRTEMFL = 'Y'
),

ae_by_grade AS (
    SELECT
        concat_ws(' | ', treatment, term, grade) AS row_key,
        treatment,
        term,
        grade,
        count(*) AS events,
        count(*) FILTER (WHERE worst = 'Y') AS subjects,
        treatment_order
    FROM events
    GROUP BY ALL
)

SELECT
    * EXCLUDE (row_key, treatment_order),
    row_key
FROM ae_by_grade
ORDER BY treatment_order, treatment, term <> 'ALL', term, grade
