-- One row per treatment, characteristic and statistic: who was enrolled (ENRLFL), and how ill they were
-- before the first dose. Each subject counts under the planned treatment and in the total.
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

totals AS ( -- denominators
    SELECT
        treatment,
        count(*) AS total
    FROM subjects
    GROUP BY treatment
),

measures AS ( -- characteristics that are numbers
    SELECT
        s.treatment,
        s.treatment_order,
        m.*
    FROM subjects AS s
    CROSS JOIN
        LATERAL (
            VALUES
            (1, 'Age (years)', s.AGE),
            (6, 'Weight (kg)', s.WEIGHTBL),
            (7, 'PASI', s.PASIBL),
            (8, 'DLQI', s.DLQIBL),
            (9, 'Affected body surface (%)', s.BSABL),
            (10, 'Pruritus VAS (mm)', s.PRUVASBL)
        ) AS m (characteristic_order, characteristic, measure)
    WHERE m.measure IS NOT NULL
),

summaries AS (
    SELECT
        treatment,
        treatment_order,
        characteristic_order,
        characteristic,
        count(*) AS n,
        avg(measure) AS mean,
        stddev_samp(measure) AS sd,
        median(measure) AS median,
        min(measure) AS lowest,
        max(measure) AS highest
    FROM measures
    GROUP BY ALL
),

statistics AS (
    SELECT
        s.treatment,
        s.treatment_order,
        s.characteristic_order,
        s.characteristic,
        t.statistic_order,
        t.statistic,
        t.value,
        NULL AS percent
    FROM summaries AS s
    CROSS JOIN LATERAL (
        VALUES
        (1, 'n', s.n),
        (2, 'mean', s.mean),
        (3, 'sd', s.sd),
        (4, 'median', s.median),
        (5, 'min', s.lowest),
        (6, 'max', s.highest)
    ) AS t (statistic_order, statistic, value)
),

categories AS ( -- characteristics that are words
    SELECT
        s.treatment,
        s.treatment_order,
        c.*
    FROM subjects AS s
    CROSS JOIN LATERAL (
        VALUES
        (0, 'Subjects', 'enrolled'),
        (2, 'Sex', s.SEX),
        (3, 'Race', coalesce(s.RACE, 'not collected')),
        (4, 'Ethnicity', coalesce(s.ETHNIC, 'not collected')),
        (5, 'Country', s.COUNTRY)
    ) AS c (characteristic_order, characteristic, statistic)
),

counts AS (
    SELECT
        c.*,
        1 AS statistic_order,
        count(*) AS value,
        100 * count(*) / any_value(t.total) AS percent
    FROM categories AS c
    INNER JOIN totals AS t ON c.treatment = t.treatment
    GROUP BY ALL
),

demographics AS (
    SELECT
        concat_ws(' | ', treatment, characteristic, statistic) AS row_key,
        treatment,
        characteristic,
        statistic,
        round(value, 6) AS value,
        round(percent, 1) AS percent,
        treatment_order,
        characteristic_order,
        statistic_order
    FROM (
        SELECT * FROM counts
        UNION ALL BY NAME
        SELECT * FROM statistics
    ) AS every_row
)

SELECT
    * EXCLUDE (row_key, treatment_order, characteristic_order, statistic_order),
    row_key
FROM demographics
ORDER BY treatment_order, treatment, characteristic_order, statistic_order, statistic
