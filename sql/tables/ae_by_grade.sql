-- One row per treatment, term and toxicity grade: number of treatment-emergent events of that grade, and of
-- subjects for whom it is the worst one. A subject counts once per term, under the worst grade. Term ALL
-- holds every event. A grade that the site did not give is a row of its own.
-- Title: Treatment-Emergent Adverse Events by Preferred Term and Toxicity Grade
-- Reason: SPECIFIED IN SAP
WITH
ae_by_grade AS (
    SELECT
        concat_ws(' | ', treatment, term, grade) AS row_key,
        treatment,
        term,
        grade,
        count(*) FILTER (WHERE list_contains(numbers, 'events')) AS events,
        count(*) FILTER (WHERE list_contains(numbers, 'subjects')) AS subjects,
        treatment_order
    FROM counted.ae_by_grade
    GROUP BY ALL
)

SELECT
    * EXCLUDE (row_key, treatment_order),
    row_key
FROM ae_by_grade
ORDER BY treatment_order, treatment, term <> 'ALL', term, grade
