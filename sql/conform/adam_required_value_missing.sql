-- One record per identifier or parameter of an analysis dataset that has no value in some records.
-- Words: {variable} has no value in {records} records
-- Todo: correct the derivation
-- Source: ADaMIG 1.3 section 3.2 and section 3.3
-- Severity: error
-- Standard: ADaM
SELECT
    v.dataset,
    v.variable,
    d.records - v.filled AS records
FROM meta.variables AS v
INNER JOIN meta.datasets AS d USING (standard, dataset)
WHERE
    v.standard = 'ADaM' AND v.filled < d.records
    AND (
        v.variable IN ('STUDYID', 'USUBJID', 'PARAM', 'PARAMCD')
        OR v.dataset = 'ADSL' AND v.variable IN ('SUBJID', 'SITEID')
    )
