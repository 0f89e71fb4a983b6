-- One row per treatment, body system, term and causality: number of treatment-emergent events and of subjects
-- with one. The term is the coded one; what is not coded stands under its verbatim term and UNCODED.
-- Causality ALL holds every event, the other rows the judgement used in the analysis (AREL).
WITH
events AS ( -- each subject counts under the actual treatment and in the total
    SELECT
        g.treatment,
        g.treatment_order,
        e.USUBJID,
        coalesce(e.AESOC, e.AEBODSYS, 'UNCODED') AS body_system,
        coalesce(e.AEDECOD, e.AETERM) AS term,
        e.AREL
    FROM adam.adae AS e
    CROSS JOIN LATERAL (VALUES (e.TRTA, 1), ('Total', 2)) AS g (treatment, treatment_order)
    WHERE e.TRTEMFL = 'Y'
),

treated AS ( -- denominators
    SELECT
        g.treatment,
        count(*) AS treated
    FROM adam.adsl AS a
    CROSS JOIN LATERAL (VALUES (a.TRT01A), ('Total')) AS g (treatment)
    WHERE a.SAFFL = 'Y'
    GROUP BY ALL
),

counts AS (
    SELECT
        e.treatment,
        e.treatment_order,
        e.body_system,
        e.term,
        c.causality,
        count(*) AS events,
        count(DISTINCT e.USUBJID) AS subjects
    FROM events AS e
    CROSS JOIN LATERAL (VALUES ('ALL'), (e.AREL)) AS c (causality)
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
