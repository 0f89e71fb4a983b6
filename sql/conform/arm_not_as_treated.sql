-- One record per subject who was treated in another arm than planned.
-- Words: the actual arm is another than the planned one
-- Todo: nothing where it is so; the reviewer's guide says how many and why
-- Source: FDA Business Rule FB2501; CORE-000655
-- Severity: note
-- Standard: SDTM
-- Needs: DM.ARMCD, DM.ACTARMCD
SELECT
    _dataset AS dataset,
    'ACTARMCD' AS variable,
    _row,
    ACTARMCD AS value
FROM sdtm.DM
WHERE ARMCD <> ACTARMCD
