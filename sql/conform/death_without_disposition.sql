-- One record per subject who died and has no disposition DEATH.
-- Words: DTHFL is Y but DS has no record with DSDECOD DEATH
-- Todo: find the disposition record; a death after the study's end needs a word in the reviewer's guide
-- Source: FDA Business Rule FB0608; CORE-000679
-- Severity: warning
-- Standard: SDTM
-- Needs: DM.DTHFL, DS
WITH s AS (
    SELECT USUBJID FROM sdtm.DS
    WHERE DSDECOD = 'DEATH'
)

SELECT
    d._dataset AS dataset,
    'DTHFL' AS variable,
    d._row,
    d.DTHFL AS value
FROM sdtm.DM AS d
ANTI JOIN s ON d.USUBJID = s.USUBJID
WHERE d.DTHFL = 'Y'
