-- One record per subject who left for an adverse event that is not there.
-- Query: The subject left treatment for an adverse event on {DSSTDAT}, but no adverse event has the action
--   drug withdrawn. Please enter the event, or its action taken.
-- Source: adverse event against disposition
-- Severity: error
-- Needs: ds.DSDECOD, ae.AEACN
SELECT
    s.*,
    'DSDECOD' AS variable,
    s.DSDECOD AS value
FROM form.ds AS s
WHERE
    s.DSDECOD = 'ADVERSE EVENT' AND s.DSCAT = 'DISPOSITION EVENT'
    AND NOT EXISTS (
        SELECT 1 FROM form.ae AS a
        WHERE a.USUBJID = s.USUBJID AND a.AEACN = 'DRUG WITHDRAWN'
    )
