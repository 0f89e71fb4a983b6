-- One row per treatment and kind of adverse event: number of events and of subjects with one, among all who
-- were treated. Events and subjects are different questions: one subject may have the same fever three times.
-- Title: Overview of Adverse Events
-- Reason: SPECIFIED IN SAP
WITH
treated AS ( -- denominators
    SELECT
        treatment,
        treatment_order,
        count(*) AS treated
    FROM counted.ae_summary
    WHERE list_contains(numbers, 'treated')
    GROUP BY ALL
),

counts AS (
    SELECT
        treatment,
        kind,
        count(*) AS events,
        count(DISTINCT USUBJID) AS subjects
    FROM counted.ae_summary
    WHERE list_contains(numbers, 'events')
    GROUP BY ALL
),

kinds (kind_order, kind) AS ( -- the lines of the table: each stands there with 0 too
    VALUES
    (1, 'Any adverse event'),
    (2, 'Before treatment'),
    (3, 'Treatment-emergent'),
    (4, 'Treatment-emergent, related'),
    (5, 'Treatment-emergent, not related'),
    (6, 'Treatment-emergent, grade 3 or higher'),
    (7, 'Treatment-emergent, serious'),
    (8, 'Treatment-emergent, drug withdrawn'),
    (9, 'Treatment-emergent, fatal'),
    (10, 'After the treatment-emergent window'),
    (11, 'After the treatment-emergent window, serious'),
    (12, 'Serious'),
    (13, 'Serious, related'),
    (14, 'Fatal')
),

ae_summary AS (
    SELECT
        concat_ws(' | ', t.treatment, k.kind) AS row_key,
        t.treatment,
        k.kind,
        coalesce(c.events, 0) AS events,
        coalesce(c.subjects, 0) AS subjects,
        t.treated,
        round(100 * coalesce(c.subjects, 0) / t.treated, 1) AS percent,
        t.treatment_order,
        k.kind_order
    FROM treated AS t
    CROSS JOIN kinds AS k
    LEFT JOIN counts AS c ON t.treatment = c.treatment AND k.kind = c.kind
)

SELECT
    * EXCLUDE (row_key, treatment_order, kind_order),
    row_key
FROM ae_summary
ORDER BY treatment_order, treatment, kind_order
