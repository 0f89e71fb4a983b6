-- One record per subject who died on no day that is known.
-- Words: DTHFL is Y but DTHDTC is missing
-- Todo: ask the site for the date of death; where only the month or year is known, that
-- Source: FDA Business Rule FB0610; CORE-000705
-- Severity: warning
-- Standard: SDTM
-- Needs: DM.DTHFL
SELECT
    _dataset AS dataset,
    'DTHDTC' AS variable,
    _row
FROM sdtm.DM
WHERE DTHFL = 'Y' AND DTHDTC IS NULL
