-- One record per subject and variable of ADSL whose value in another dataset is a different one.
-- Words: {variable} is not the value that ADSL has for the subject
-- Todo: copy the variable from ADSL
-- Source: ADaMIG 1.3 section 3.1.1, rule 3 (same name, same value)
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.USUBJID
SELECT
    s.dataset,
    s.variable,
    s._row,
    s.value,
    s.records
FROM meta.subject_values AS s
INNER JOIN meta.subject_values AS a
    ON a.dataset = 'ADSL' AND s.USUBJID = a.USUBJID AND s.variable = a.variable
WHERE s.dataset <> 'ADSL' AND s.value IS DISTINCT FROM a.value
