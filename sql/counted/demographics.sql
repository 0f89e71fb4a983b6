-- One row per line of demographics and subject counted in it. A characteristic that is a number has all its
-- statistics from the same subjects: the label `statistic` is empty. The enrolled subjects of the
-- denominator are those of every line of their treatment: both labels are empty.
WITH
subjects AS ( -- each subject counts under the planned treatment and in the total
    SELECT
        g.treatment,
        g.treatment_order,
        a.*
    FROM adam.adsl AS a
    CROSS JOIN LATERAL (VALUES (a.TRT01P, 1), ('Total', 2)) AS g (treatment, treatment_order)
    WHERE a.ENRLFL = 'Y'
),

measures AS ( -- characteristics that are numbers
    SELECT
        s.treatment,
        s.treatment_order,
        m.characteristic_order,
        m.characteristic,
        m.measure,
        ['value'] AS numbers,
        s.USUBJID,
        ['ENRLFL', m.variable] AS variables
    FROM subjects AS s
    CROSS JOIN
        LATERAL (
            VALUES
            (1, 'Age (years)', 'AGE', s.AGE),
            (6, 'Weight (kg)', 'WEIGHTBL', s.WEIGHTBL),
            (7, 'PASI', 'PASIBL', s.PASIBL),
            (8, 'DLQI', 'DLQIBL', s.DLQIBL),
            (9, 'Affected body surface (%)', 'BSABL', s.BSABL),
            (10, 'Pruritus VAS (mm)', 'PRUVASBL', s.PRUVASBL)
        ) AS m (characteristic_order, characteristic, variable, measure)
    WHERE m.measure IS NOT NULL
),

categories AS ( -- characteristics that are words
    SELECT
        s.treatment,
        s.treatment_order,
        c.characteristic_order,
        c.characteristic,
        c.statistic,
        ['value', 'percent'] AS numbers,
        s.USUBJID,
        ['ENRLFL', c.variable] AS variables
    FROM subjects AS s
    CROSS JOIN LATERAL (
        VALUES
        (0, 'Subjects', 'ENRLFL', 'enrolled'),
        (2, 'Sex', 'SEX', s.SEX),
        (3, 'Race', 'RACE', coalesce(s.RACE, 'not collected')),
        (4, 'Ethnicity', 'ETHNIC', coalesce(s.ETHNIC, 'not collected')),
        (5, 'Country', 'COUNTRY', s.COUNTRY)
    ) AS c (characteristic_order, characteristic, variable, statistic)
),

totals AS ( -- denominators
    SELECT
        treatment,
        treatment_order,
        ['percent'] AS numbers,
        USUBJID,
        ['ENRLFL', 'TRT01P'] AS variables
    FROM subjects
),

demographics AS (
    SELECT
        *,
        'ADSL' AS dataset,
        NULL AS SEQ
    FROM (
        SELECT * FROM categories
        UNION ALL BY NAME
        SELECT * FROM measures
        UNION ALL BY NAME
        SELECT * FROM totals
    ) AS every_row
)

SELECT * FROM demographics
ORDER BY treatment_order, treatment, characteristic_order, characteristic, statistic, USUBJID
