-- One row per treatment and kind of adverse event: number of events and of subjects with one, among all who
-- were treated. Events and subjects are different questions: one subject may have the same fever three times.
WITH
subjects AS ( -- each subject counts under the actual treatment and in the total
    SELECT
        g.treatment,
        g.treatment_order,
        a.USUBJID
    FROM adam.adsl AS a
    CROSS JOIN LATERAL (VALUES (a.TRT01A, 1), ('Total', 2)) AS g (treatment, treatment_order)
    WHERE a.SAFFL = 'Y'
),

kinds AS ( -- the lines of the table; an event may be counted in several, and a line stands there with 0 too
    SELECT
        s.treatment,
        s.treatment_order,
        s.USUBJID,
        k.kind_order,
        k.kind,
        k.is_counted
    FROM subjects AS s
    LEFT JOIN adam.adae AS e ON s.USUBJID = e.USUBJID
    CROSS JOIN LATERAL (
        VALUES
        (1, 'Any adverse event', e.AESEQ IS NOT NULL),
        (2, 'Before treatment', e.PREFL = 'Y'),
        (3, 'Treatment-emergent', e.TRTEMFL = 'Y'),
        (4, 'Treatment-emergent, related', e.TRTEMFL = 'Y' AND e.RELGR1 = 'RELATED'),
        (5, 'Treatment-emergent, not related', e.TRTEMFL = 'Y' AND e.RELGR1 = 'NOT RELATED'),
        (6, 'Treatment-emergent, grade 3 or higher', e.TRTEMFL = 'Y' AND e.ATOXGRN >= 3),
        (7, 'Treatment-emergent, serious', e.TRTEMFL = 'Y' AND e.AESER = 'Y'),
        (8, 'Treatment-emergent, drug withdrawn', e.TRTEMFL = 'Y' AND e.AEACN = 'DRUG WITHDRAWN'),
        (9, 'Treatment-emergent, fatal', e.TRTEMFL = 'Y' AND e.AEOUT = 'FATAL'),
        (10, 'After the treatment-emergent window', e.FUPFL = 'Y'),
        (11, 'After the treatment-emergent window, serious', e.FUPFL = 'Y' AND e.AESER = 'Y'),
        (12, 'Serious', e.AESER = 'Y'),
        (13, 'Serious, related', e.AESER = 'Y' AND e.RELGR1 = 'RELATED'),
        (14, 'Fatal', e.AEOUT = 'FATAL')
    ) AS k (kind_order, kind, is_counted)
),

ae_summary AS (
    SELECT
        concat_ws(' | ', treatment, kind) AS row_key,
        treatment,
        kind,
        count(*) FILTER (WHERE is_counted) AS events,
        count(DISTINCT USUBJID) FILTER (WHERE is_counted) AS subjects,
        count(DISTINCT USUBJID) AS treated,
        round(100 * subjects / treated, 1) AS percent,
        treatment_order,
        kind_order
    FROM kinds
    GROUP BY ALL
)

SELECT
    * EXCLUDE (row_key, treatment_order, kind_order),
    row_key
FROM ae_summary
ORDER BY treatment_order, treatment, kind_order
