-- One record per fatal adverse event that is not serious.
-- Query: The outcome of {AETERM} is fatal, but the event is not marked as serious. Please check it, and
--   report it as serious.
-- Source: ICH E2A section II B: death makes an event serious
-- Severity: error
-- Needs: ae.AEOUT, ae.AESER
SELECT
    a.*,
    'AESER' AS variable,
    a.AESER AS value
FROM form.ae AS a
WHERE a.AEOUT = 'FATAL' AND a.AESER = 'N'
