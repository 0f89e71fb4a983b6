-- One row per treatment, body system, term and causality: number of treatment-emergent events and of subjects
-- with one. The term is the coded one; what is not coded stands under its verbatim term and UNCODED.
-- Causality ALL holds every event, the other rows the judgement used in the analysis (AREL).
-- Title: Treatment-Emergent Adverse Events by System Organ Class, Preferred Term and Causality
-- Reason: SPECIFIED IN SAP
WITH
treated AS ( -- denominators
    SELECT
        treatment,
        count(*) AS treated
    FROM counted.ae_by_term
    WHERE list_contains(numbers, 'treated')
    GROUP BY treatment
),

counts AS (
    SELECT
        treatment,
        treatment_order,
        body_system,
        term,
        causality,
        count(*) AS events,
        count(DISTINCT USUBJID) AS subjects
    FROM counted.ae_by_term
    WHERE list_contains(numbers, 'events')
    GROUP BY ALL
),

ae_by_term AS (
    SELECT
        concat_ws(' | ', c.treatment, c.body_system, c.term, c.causality) AS row_key,
        c.treatment,
        c.body_system,
        c.term,
        c.causality,
        c.events,
        c.subjects,
        t.treated,
        round(100 * c.subjects / t.treated, 1) AS percent,
        c.treatment_order
    FROM counts AS c
    INNER JOIN treated AS t ON c.treatment = t.treatment
)

SELECT
    * EXCLUDE (row_key, treatment_order),
    row_key
FROM ae_by_term
ORDER BY treatment_order, treatment, body_system, term, causality <> 'ALL', causality
