-- One record per criterion without the variable that answers it.
-- Words: {variable} is there without {cause}
-- Todo: add the variable that says whether the criterion is met
-- Source: ADaMIG 1.3 section 3.3 (CRITyFL)
-- Severity: error
-- Standard: ADaM
SELECT
    v.dataset,
    v.variable,
    CASE WHEN v.variable[1] = 'M' THEN v.variable || 'ML' ELSE v.variable || 'FL' END AS cause
FROM meta.variables AS v
LEFT JOIN meta.variables AS w
    ON
        v.dataset = w.dataset
        AND w.variable = CASE WHEN v.variable[1] = 'M' THEN v.variable || 'ML' ELSE v.variable || 'FL' END
WHERE v.standard = 'ADaM' AND regexp_full_match(v.variable, 'M?CRIT[0-9]+') AND w.variable IS NULL
