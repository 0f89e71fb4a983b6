-- One row per line of exposure and record of ADEX counted in it: those of the treated subjects. Every number
-- of a line comes from the same records.
WITH
exposure AS ( -- each subject counts under the actual treatment and in the total
    SELECT
        g.treatment,
        g.treatment_order,
        x.EXTRT AS study_drug,
        x.PARAMCD,
        x.PARAMN,
        x.PARAM AS parameter,
        x.AVAL AS result,
        'ADEX' AS dataset,
        x.USUBJID,
        x.ASEQ AS SEQ,
        ['AVAL'] AS variables
    FROM adam.adex AS x
    CROSS JOIN LATERAL (VALUES (x.TRTA, 1), ('Total', 2)) AS g (treatment, treatment_order)
    WHERE x.SAFFL = 'Y'
)

SELECT * FROM exposure
ORDER BY treatment_order, treatment, study_drug, PARAMN, USUBJID, SEQ
