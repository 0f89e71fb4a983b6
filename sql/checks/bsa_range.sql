-- One record per affected body surface that is no percentage.
-- Query: The affected body surface at {VISIT} is {value} %. It must lie between 0 and 100; please check it.
-- Source: a percentage
-- Severity: error
-- Needs: fa.FAORRES
SELECT
    f.*,
    'FAMH' AS dataset,
    f.FASEQ AS SEQ,
    'FAORRES' AS variable,
    f.FATESTCD AS test,
    f.FASTRESN AS value
FROM sdtm.FAMH AS f
WHERE f.FATESTCD = 'BSAAFCTP' AND f.FASTRESU = '%' AND f.FASTRESN NOT BETWEEN 0 AND 100
