-- One row per treatment, characteristic and statistic: who was enrolled (ENRLFL), and how ill they were
-- before the first dose. Each subject counts under the planned treatment and in the total.
-- Title: Demographic and Baseline Characteristics
-- Reason: SPECIFIED IN SAP
WITH
totals AS ( -- denominators
    SELECT
        treatment,
        count(*) AS total
    FROM counted.demographics
    WHERE characteristic IS NULL
    GROUP BY treatment
),

summaries AS ( -- characteristics that are numbers
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
    FROM counted.demographics
    WHERE measure IS NOT NULL
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

counts AS ( -- characteristics that are words
    SELECT
        c.treatment,
        c.treatment_order,
        c.characteristic_order,
        c.characteristic,
        c.statistic,
        1 AS statistic_order,
        count(*) AS value,
        100 * count(*) / any_value(t.total) AS percent
    FROM counted.demographics AS c
    INNER JOIN totals AS t ON c.treatment = t.treatment
    WHERE c.characteristic IS NOT NULL AND c.measure IS NULL
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
