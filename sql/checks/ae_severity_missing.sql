-- One record per adverse event without a grade or severity.
-- Query: {AETERM} has no grade. Please enter it.
-- Source: CDASHIG AE: severity or toxicity grade
-- Severity: error
-- Needs: ae.AETOXGR or ae.AESEV
SELECT
    a.*,
    'AETOXGR' AS variable,
    NULL AS value
FROM form.ae AS a
WHERE coalesce(a.AETOXGR, a.AESEV) IS NULL
