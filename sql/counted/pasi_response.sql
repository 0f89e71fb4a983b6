-- One row per line of pasi_response and record of ADQS counted in it: the response with a missing visit as
-- non-response (PASI50N to PASI100N), one a subject for whom the visit is due; and where the subject was
-- assessed there, the PASI that was judged (CRIT1FL to CRIT4FL).
WITH
observed AS ( -- one row per subject, visit and threshold, of those assessed
    SELECT
        q.USUBJID,
        q.ASEQ,
        q.AVISITN,
        t.threshold,
        t.flag,
        t.response
    FROM adam.adqs AS q
    CROSS JOIN
        LATERAL (
            VALUES
            ('PASI-50', 'CRIT1FL', q.CRIT1FL),
            ('PASI-75', 'CRIT2FL', q.CRIT2FL),
            ('PASI-90', 'CRIT3FL', q.CRIT3FL),
            ('PASI-100', 'CRIT4FL', q.CRIT4FL)
        ) AS t (threshold, flag, response)
    WHERE q.PARAMCD = 'PASITOT' AND q.ANL01FL = 'Y' AND q.DTYPE IS NULL AND t.response IS NOT NULL
),

imputed AS ( -- one row per subject, visit and threshold, of all
    SELECT
        q.USUBJID,
        q.ASEQ,
        q.TRTA,
        q.AVISIT,
        q.AVISITN,
        q.PARAMN,
        replace(replace(q.PARAMCD, 'PASI', 'PASI-'), 'N', '') AS threshold,
        q.AVALC AS response
    FROM adam.adqs AS q
    WHERE q.PARCAT2 = 'RESPONSE'
),

records AS (
    SELECT
        TRTA,
        AVISIT,
        AVISITN,
        PARAMN,
        threshold,
        CASE
            WHEN response = 'Y' THEN ['nri_responders', 'nri_subjects', 'nri_percent']
            ELSE ['nri_subjects', 'nri_percent']
        END AS numbers,
        USUBJID,
        ASEQ,
        'AVALC' AS variable
    FROM imputed
    UNION ALL BY NAME
    SELECT
        i.TRTA,
        i.AVISIT,
        i.AVISITN,
        i.PARAMN,
        i.threshold,
        CASE
            WHEN o.response = 'Y' THEN ['observed_responders', 'observed_subjects', 'observed_percent']
            ELSE ['observed_subjects', 'observed_percent']
        END AS numbers,
        o.USUBJID,
        o.ASEQ,
        o.flag AS variable
    FROM imputed AS i
    INNER JOIN observed AS o
        ON i.USUBJID = o.USUBJID AND i.AVISITN = o.AVISITN AND i.threshold = o.threshold
),

pasi_response AS ( -- each subject counts under the actual treatment and in the total
    SELECT
        g.treatment,
        g.treatment_order,
        r.AVISIT AS visit,
        r.AVISITN AS visit_number,
        r.PARAMN,
        r.threshold,
        r.numbers,
        'ADQS' AS dataset,
        r.USUBJID,
        r.ASEQ AS SEQ,
        [r.variable] AS variables
    FROM records AS r
    CROSS JOIN LATERAL (VALUES (r.TRTA, 1), ('Total', 2)) AS g (treatment, treatment_order)
)

SELECT * FROM pasi_response
ORDER BY treatment_order, treatment, visit_number, PARAMN, numbers, USUBJID, SEQ
