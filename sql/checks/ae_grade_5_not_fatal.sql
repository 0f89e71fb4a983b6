-- One record per adverse event of grade 5 whose outcome is not fatal.
-- Query: {AETERM} has grade 5, which means death, but its outcome is {value}. Please correct one of the two.
-- Source: CTCAE 5.0: grade 5 is death related to the event
-- Severity: error
-- Needs: ae.AETOXGR, ae.AEOUT
SELECT
    a.*,
    'AEOUT' AS variable,
    a.AEOUT AS value
FROM form.ae AS a
WHERE a.AETOXGR = '5' AND a.AEOUT <> 'FATAL'
