-- One record per dose with the log number of a dose of another subject at the site.
-- Query: Log number {value} is also used for subject {OTHER}. Please check to whom this dose was given.
-- Source: drug accountability: one number, one dose
-- Severity: error
-- Needs: ex.EXSPID
-- Scope: study
SELECT
    e.*,
    'EXSPID' AS variable,
    e.EXSPID AS value,
    o.SUBJID AS OTHER
FROM form.ex AS e
INNER JOIN form.ex AS o ON e.SITEID = o.SITEID AND e.EXSPID = o.EXSPID AND e._source = o._source
WHERE e.USUBJID > o.USUBJID
QUALIFY row_number() OVER (PARTITION BY e._source, e._file, e._row ORDER BY o.USUBJID) = 1
