-- One row per treatment, analysis visit and threshold: treated subjects whose PASI fell by at least 50, 75,
-- 90 or 100 % of baseline. As observed, out of those assessed at the visit; and with a missing visit counted
-- as non-response (NRI), out of all with a baseline for whom the visit is due.
WITH
observed AS ( -- one row per subject, visit and threshold, of those assessed
    SELECT
        q.USUBJID,
        q.AVISITN,
        t.threshold,
        t.response
    FROM adam.adqs AS q
    CROSS JOIN
        LATERAL (
            VALUES
            ('PASI-50', q.CRIT1FL), ('PASI-75', q.CRIT2FL), ('PASI-90', q.CRIT3FL), ('PASI-100', q.CRIT4FL)
        ) AS t (threshold, response)
    WHERE q.PARAMCD = 'PASITOT' AND q.ANL01FL = 'Y' AND q.DTYPE IS NULL AND t.response IS NOT NULL
),

imputed AS ( -- one row per subject, visit and threshold, of all
    SELECT
        q.USUBJID,
        q.TRTA,
        q.AVISIT,
        q.AVISITN,
        q.PARAMN,
        replace(replace(q.PARAMCD, 'PASI', 'PASI-'), 'N', '') AS threshold,
        q.AVALC AS response
    FROM adam.adqs AS q
    WHERE q.PARCAT2 = 'RESPONSE'
),

pasi_response AS ( -- each subject counts under the actual treatment and in the total
    SELECT
        concat_ws(' | ', g.treatment, i.AVISIT, i.threshold) AS row_key,
        g.treatment,
        i.AVISIT AS visit,
        i.AVISITN AS visit_number,
        i.threshold,
        count(*) FILTER (WHERE o.response = 'Y') AS observed_responders,
        count(o.response) AS observed_subjects,
        round(100 * observed_responders / nullif(observed_subjects, 0), 1) AS observed_percent,
        count(*) FILTER (WHERE i.response = 'Y') AS nri_responders,
        count(*) AS nri_subjects,
        round(100 * nri_responders / nri_subjects, 1) AS nri_percent,
        g.treatment_order,
        i.PARAMN
    FROM imputed AS i
    LEFT JOIN observed AS o
        ON i.USUBJID = o.USUBJID AND i.AVISITN = o.AVISITN AND i.threshold = o.threshold
    CROSS JOIN LATERAL (VALUES (i.TRTA, 1), ('Total', 2)) AS g (treatment, treatment_order)
    GROUP BY ALL
)

SELECT
    * EXCLUDE (row_key, treatment_order, PARAMN),
    row_key
FROM pasi_response
ORDER BY treatment_order, treatment, visit_number, PARAMN
