-- One record per adverse event that has an end although its outcome is that it did not end.
-- Words: AEENDTC is given although the outcome is NOT RECOVERED/NOT RESOLVED
-- Todo: correct the outcome, or take the end date away
-- Source: FDA Business Rule FB3409; CORE-000657
-- Severity: warning
-- Standard: SDTM
-- Needs: AE.AEOUT, AE.AEENDTC
SELECT
    _dataset AS dataset,
    'AEENDTC' AS variable,
    _row,
    AEENDTC AS value
FROM sdtm.AE
WHERE AEOUT = 'NOT RECOVERED/NOT RESOLVED' AND AEENDTC IS NOT NULL
