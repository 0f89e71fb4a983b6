-- One record per adverse event that is ongoing and, by its outcome, over.
-- Words: the event is ongoing although its outcome is {cause}
-- Todo: ask the site for the end date, or correct the outcome
-- Source: SDTMIG 3.4 sections 4.4.7 and 6.2.1
-- Severity: warning
-- Standard: SDTM
-- Needs: AE.AEOUT, AE.AEENRTPT or AE.AEENRF
SELECT
    _dataset AS dataset,
    'AEOUT' AS variable,
    _row,
    AEOUT AS cause,
    AEOUT AS value
FROM sdtm.AE
WHERE
    AEOUT IN ('RECOVERED/RESOLVED', 'RECOVERED/RESOLVED WITH SEQUELAE', 'FATAL')
    AND (AEENRTPT = 'ONGOING' OR AEENRF = 'ONGOING')
    AND AEENDTC IS NULL
