-- One record per adverse event for which the drug was withdrawn from a subject who did not leave treatment
--   for it.
-- Query: The drug was withdrawn for {AETERM}, but the disposition says {DSDECOD}. Please check the action
--   taken and the reason in the disposition.
-- Source: adverse event against disposition
-- Severity: error
-- Needs: ae.AEACN, ds.DSDECOD
SELECT
    a.*,
    'AEACN' AS variable,
    a.AEACN AS value,
    s.DSDECOD
FROM form.ae AS a
INNER JOIN sdtm.DS AS s USING (USUBJID)
WHERE
    a.AEACN = 'DRUG WITHDRAWN' AND s.DSCAT = 'DISPOSITION EVENT' AND s.EPOCH = 'TREATMENT'
    AND s.DSDECOD NOT IN ('ADVERSE EVENT', 'DEATH')
QUALIFY row_number() OVER (PARTITION BY a._source, a._file, a._row ORDER BY s.DSSEQ) = 1
