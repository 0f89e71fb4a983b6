-- One record per death without a fatal adverse event.
-- Query: The disposition says that the subject died on {DSSTDAT}, but no adverse event is fatal. Please
--   enter the event that led to death, or its outcome.
-- Source: adverse event against disposition
-- Severity: error
-- Needs: ds.DSDECOD, ae.AEOUT
SELECT
    s.*,
    'DSDECOD' AS variable,
    s.DSDECOD AS value
FROM form.ds AS s
WHERE
    s.DSDECOD = 'DEATH'
    AND NOT EXISTS (
        SELECT 1 FROM form.ae AS a
        WHERE a.USUBJID = s.USUBJID AND a.AEOUT = 'FATAL'
    )
