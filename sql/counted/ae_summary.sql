-- One row per line of ae_summary and adverse event counted in it, or subject of the denominator. An event
-- may be counted in several lines. The treated subjects are those of every line of their treatment, also of
-- one without an event: their label `kind` is empty.
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

events AS (
    SELECT
        s.treatment,
        s.treatment_order,
        k.kind,
        ['events', 'subjects', 'percent'] AS numbers,
        'ADAE' AS dataset,
        s.USUBJID,
        e.AESEQ AS SEQ,
        k.variables
    FROM subjects AS s
    INNER JOIN adam.adae AS e ON s.USUBJID = e.USUBJID
    CROSS JOIN
        LATERAL (
            VALUES
            ('Any adverse event', TRUE, ['AETERM']),
            ('Before treatment', e.PREFL = 'Y', ['PREFL']),
            ('Treatment-emergent', e.TRTEMFL = 'Y', ['TRTEMFL']),
            ('Treatment-emergent, related', e.TRTEMFL = 'Y' AND e.RELGR1 = 'RELATED', ['TRTEMFL', 'RELGR1']),
            (
                'Treatment-emergent, not related',
                e.TRTEMFL = 'Y' AND e.RELGR1 = 'NOT RELATED',
                ['TRTEMFL', 'RELGR1']
            ),
            (
                'Treatment-emergent, grade 3 or higher',
                e.TRTEMFL = 'Y' AND e.ATOXGRN >= 3,
                ['TRTEMFL', 'ATOXGRN']
            ),
            ('Treatment-emergent, serious', e.TRTEMFL = 'Y' AND e.AESER = 'Y', ['TRTEMFL', 'AESER']),
            (
                'Treatment-emergent, drug withdrawn', e.TRTEMFL = 'Y' AND e.AEACN = 'DRUG WITHDRAWN',
                ['TRTEMFL', 'AEACN']
            ),
            ('Treatment-emergent, fatal', e.TRTEMFL = 'Y' AND e.AEOUT = 'FATAL', ['TRTEMFL', 'AEOUT']),
            ('After the treatment-emergent window', e.FUPFL = 'Y', ['FUPFL']),
            (
                'After the treatment-emergent window, serious',
                e.FUPFL = 'Y' AND e.AESER = 'Y',
                ['FUPFL', 'AESER']
            ),
            ('Serious', e.AESER = 'Y', ['AESER']),
            ('Serious, related', e.AESER = 'Y' AND e.RELGR1 = 'RELATED', ['AESER', 'RELGR1']),
            ('Fatal', e.AEOUT = 'FATAL', ['AEOUT'])
        ) AS k (kind, is_counted, variables)
    WHERE k.is_counted
),

treated AS ( -- denominators
    SELECT
        treatment,
        treatment_order,
        ['treated', 'percent'] AS numbers,
        'ADSL' AS dataset,
        USUBJID,
        ['SAFFL', 'TRT01A'] AS variables
    FROM subjects
),

ae_summary AS (
    SELECT * FROM events
    UNION ALL BY NAME
    SELECT * FROM treated
)

SELECT * FROM ae_summary
ORDER BY treatment_order, treatment, kind, dataset, USUBJID, SEQ
