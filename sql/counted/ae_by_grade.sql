-- One row per line of ae_by_grade and adverse event counted in it: every treatment-emergent event, under its
-- term and under ALL. It is in `subjects` where it is the subject's first of the worst grade, among all
-- events (AOCCIFL) or those of the term (AOCCPIFL). A grade that the site did not give is a grade of its
-- own.
WITH
-- each subject counts under the actual treatment and in the total, each event under its term and under ALL
events AS (
    SELECT
        g.treatment,
        g.treatment_order,
        g.term,
        e.USUBJID,
        e.AESEQ,
        coalesce(e.ATOXGR, 'NOT GIVEN') AS grade,
        CASE WHEN g.term = 'ALL' THEN e.AOCCIFL ELSE e.AOCCPIFL END AS worst,
        CASE WHEN g.term = 'ALL' THEN 'AOCCIFL' ELSE 'AOCCPIFL' END AS flag
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
        treatment,
        treatment_order,
        term,
        grade,
        CASE WHEN worst = 'Y' THEN ['events', 'subjects'] ELSE ['events'] END AS numbers,
        'ADAE' AS dataset,
        USUBJID,
        AESEQ AS SEQ,
        ['TRTEMFL', 'AEDECOD', 'ATOXGR', flag] AS variables
    FROM events
)

SELECT * FROM ae_by_grade
ORDER BY treatment_order, treatment, term, grade, USUBJID, SEQ
