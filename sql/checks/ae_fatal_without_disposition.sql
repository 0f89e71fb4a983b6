-- One record per fatal adverse event of a subject whose disposition does not say death.
-- Query: The outcome of {AETERM} is fatal, but no disposition says that the subject died. Please complete
--   the disposition, or check the outcome.
-- Source: adverse event against disposition
-- Severity: error
-- Needs: ae.AEOUT, ds.DSDECOD
SELECT
    a.*,
    'AEOUT' AS variable,
    a.AEOUT AS value
FROM form.ae AS a
WHERE
    a.AEOUT = 'FATAL'
    AND NOT EXISTS (
        SELECT 1 FROM sdtm.DS AS s
        WHERE s.USUBJID = a.USUBJID AND s.DSDECOD = 'DEATH'
    )
