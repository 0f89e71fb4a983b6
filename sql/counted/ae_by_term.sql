-- One row per line of ae_by_term and adverse event counted in it, or subject of the denominator. Every
-- treatment-emergent event stands under causality ALL and under the judgement used in the analysis (AREL).
-- The treated subjects are those of every line of their treatment: their other labels are empty.
WITH
events AS ( -- each subject counts under the actual treatment and in the total
    SELECT
        g.treatment,
        g.treatment_order,
        coalesce(e.AESOC, e.AEBODSYS, 'UNCODED') AS body_system,
        coalesce(e.AEDECOD, e.AETERM) AS term,
        c.causality,
        ['events', 'subjects', 'percent'] AS numbers,
        'ADAE' AS dataset,
        e.USUBJID,
        e.AESEQ AS SEQ,
        ['TRTEMFL', 'AESOC', 'AEDECOD', 'AREL'] AS variables
    FROM adam.adae AS e
    CROSS JOIN LATERAL (VALUES (e.TRTA, 1), ('Total', 2)) AS g (treatment, treatment_order)
    CROSS JOIN LATERAL (VALUES ('ALL'), (e.AREL)) AS c (causality)
    WHERE e.TRTEMFL = 'Y'
),

treated AS ( -- denominators
    SELECT
        g.treatment,
        g.treatment_order,
        ['treated', 'percent'] AS numbers,
        'ADSL' AS dataset,
        a.USUBJID,
        ['SAFFL', 'TRT01A'] AS variables
    FROM adam.adsl AS a
    CROSS JOIN LATERAL (VALUES (a.TRT01A, 1), ('Total', 2)) AS g (treatment, treatment_order)
    WHERE a.SAFFL = 'Y'
),

ae_by_term AS (
    SELECT * FROM events
    UNION ALL BY NAME
    SELECT * FROM treated
)

SELECT * FROM ae_by_term
ORDER BY treatment_order, treatment, body_system, term, causality, dataset, USUBJID, SEQ
