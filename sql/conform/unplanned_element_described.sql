-- One record per unplanned element that is described as a planned one, or the other way round.
-- Words: {variable}: an unplanned element (ETCD UNPLAN) has SEUPDES and neither ELEMENT nor TAETORD; only it
--   has SEUPDES
-- Todo: fill SEUPDES and empty ELEMENT and TAETORD of UNPLAN; empty SEUPDES of a planned element
-- Source: SDTMIG 3.4 section 5.3; CG0152; CG0206; CG0210; CG0211; CORE-000009; CORE-000020; CORE-000095;
--   CORE-000256
-- Severity: error
-- Standard: SDTM
-- Needs: SE.ETCD
SELECT
    _dataset AS dataset,
    CASE
        WHEN ETCD <> 'UNPLAN' OR SEUPDES IS NULL THEN 'SEUPDES'
        WHEN ELEMENT IS NOT NULL THEN 'ELEMENT'
        ELSE 'TAETORD'
    END AS variable,
    _row,
    ETCD AS value
FROM sdtm.SE
WHERE
    ETCD = 'UNPLAN' AND (SEUPDES IS NULL OR ELEMENT IS NOT NULL OR TAETORD IS NOT NULL)
    OR ETCD <> 'UNPLAN' AND SEUPDES IS NOT NULL
