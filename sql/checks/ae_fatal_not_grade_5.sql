-- One record per fatal adverse event of a lower grade than 5.
-- Query: The outcome of {AETERM} is fatal, but its grade is {value}. Please correct one of the two.
-- Source: CTCAE 5.0: grade 5 is death related to the event
-- Severity: error
-- Needs: ae.AETOXGR, ae.AEOUT
SELECT
    a.*,
    'AETOXGR' AS variable,
    a.AETOXGR AS value
FROM form.ae AS a
WHERE a.AEOUT = 'FATAL' AND a.AETOXGR <> '5'
