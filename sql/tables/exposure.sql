-- One row per treatment, study drug and exposure parameter of ADEX: how much the treated subjects were given.
-- By dose for the dose itself and its percentage of the plan, by subject for number, sum and percentage of
-- all that was planned.
-- Title: Exposure to Study Treatment
-- Reason: SPECIFIED IN SAP
WITH
exposure AS (
    SELECT
        concat_ws(' | ', treatment, study_drug, PARAMCD) AS row_key,
        treatment,
        study_drug,
        PARAMCD,
        any_value(parameter) AS parameter,
        count(DISTINCT USUBJID) AS subjects,
        count(result) AS n,
        round(avg(result), 6) AS mean,
        round(stddev_samp(result), 6) AS sd,
        round(median(result), 6) AS median,
        min(result) AS min,
        max(result) AS max,
        treatment_order,
        PARAMN
    FROM counted.exposure
    GROUP BY ALL
)

SELECT
    * EXCLUDE (row_key, treatment_order, PARAMN),
    row_key
FROM exposure
ORDER BY treatment_order, treatment, study_drug, PARAMN
