-- One row per treatment, score, analysis visit, method and measure: the course of PASI, DLQI, affected body
-- surface and pruritus in the treated subjects. Method OBSERVED has the subjects assessed at the visit; LOCF,
-- at baseline and the visits of the treatment period, adds those whose last value is carried. Measures are
-- the value (AVAL), its change from baseline (CHG) and that in percent (PCHG).
-- Title: Scores and Their Change from Baseline by Analysis Visit
-- Reason: SPECIFIED IN SAP
WITH
efficacy_by_visit AS (
    SELECT
        concat_ws(' | ', treatment, PARAMCD, visit, method, measure) AS row_key,
        treatment,
        PARAMCD,
        parameter,
        visit,
        visit_number,
        method,
        measure,
        count(*) AS n,
        round(avg(result), 6) AS mean,
        round(stddev_samp(result), 6) AS sd,
        round(median(result), 6) AS median,
        min(result) AS min,
        max(result) AS max,
        treatment_order,
        PARAMN,
        measure_order
    FROM counted.efficacy_by_visit
    GROUP BY ALL
)

SELECT
    * EXCLUDE (row_key, treatment_order, PARAMN, measure_order),
    row_key
FROM efficacy_by_visit
ORDER BY treatment_order ASC, treatment ASC, PARAMN ASC, visit_number ASC, method DESC, measure_order ASC
