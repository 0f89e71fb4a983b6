-- One row per treatment, analysis visit and threshold: treated subjects whose PASI fell by at least 50, 75,
-- 90 or 100 % of baseline. As observed, out of those assessed at the visit; and with a missing visit counted
-- as non-response (NRI), out of all with a baseline for whom the visit is due.
-- Title: PASI Response by Analysis Visit
-- Reason: SPECIFIED IN SAP
WITH
pasi_response AS (
    SELECT
        concat_ws(' | ', treatment, visit, threshold) AS row_key,
        treatment,
        visit,
        visit_number,
        threshold,
        count(*) FILTER (WHERE list_contains(numbers, 'observed_responders')) AS observed_responders,
        count(*) FILTER (WHERE list_contains(numbers, 'observed_subjects')) AS observed_subjects,
        round(100 * observed_responders / nullif(observed_subjects, 0), 1) AS observed_percent,
        count(*) FILTER (WHERE list_contains(numbers, 'nri_responders')) AS nri_responders,
        count(*) FILTER (WHERE list_contains(numbers, 'nri_subjects')) AS nri_subjects,
        round(100 * nri_responders / nri_subjects, 1) AS nri_percent,
        treatment_order,
        PARAMN
    FROM counted.pasi_response
    GROUP BY ALL
)

SELECT
    * EXCLUDE (row_key, treatment_order, PARAMN),
    row_key
FROM pasi_response
ORDER BY treatment_order, treatment, visit_number, PARAMN
