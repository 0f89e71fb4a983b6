-- One row per treatment, study drug and exposure parameter of ADEX: how much the treated subjects were given.
-- By dose for the dose itself and its percentage of the plan, by subject for number, sum and percentage of
-- all that was planned.
WITH
doses AS ( -- each subject counts under the actual treatment and in the total
    SELECT
        g.treatment,
        g.treatment_order,
        x.*
    FROM adam.adex AS x
    CROSS JOIN LATERAL (VALUES (x.TRTA, 1), ('Total', 2)) AS g (treatment, treatment_order)
    WHERE x.SAFFL = 'Y'
),

exposure AS (
    SELECT
        concat_ws(' | ', treatment, EXTRT, PARAMCD) AS row_key,
        treatment,
        EXTRT AS study_drug,
        PARAMCD,
        any_value(PARAM) AS parameter,
        count(DISTINCT USUBJID) AS subjects,
        count(AVAL) AS n,
        round(avg(AVAL), 6) AS mean,
        round(stddev_samp(AVAL), 6) AS sd,
        round(median(AVAL), 6) AS median,
        min(AVAL) AS min,
        max(AVAL) AS max,
        treatment_order,
        PARAMN
    FROM doses
    GROUP BY ALL
)

SELECT
    * EXCLUDE (row_key, treatment_order, PARAMN),
    row_key
FROM exposure
ORDER BY treatment_order, treatment, study_drug, PARAMN
