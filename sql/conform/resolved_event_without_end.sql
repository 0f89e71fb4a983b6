-- One record per adverse event that is over and has no end.
-- Words: the outcome is {cause} but AEENDTC is missing
-- Todo: ask the site for the end date, at least for its year
-- Source: FDA Business Rule FB3410; CORE-000659
-- Severity: warning
-- Standard: SDTM
-- Needs: AE.AEOUT, AE.AEENDTC
SELECT
    _dataset AS dataset,
    'AEENDTC' AS variable,
    _row,
    AEOUT AS cause,
    AEOUT AS value
FROM sdtm.AE
WHERE AEOUT IN ('RECOVERED/RESOLVED', 'RECOVERED/RESOLVED WITH SEQUELAE', 'FATAL') AND AEENDTC IS NULL
