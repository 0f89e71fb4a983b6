-- One record per element, visit or criterion of the plan beyond the first.
-- Words: the plan has this {variable} twice: '{cause}'
-- Todo: keep one record of each element, planned visit and criterion
-- Source: SDTMIG 3.4 sections 7.2.2, 7.3.1 and 7.4.1 (one record per element, visit, criterion)
-- Severity: error
-- Standard: SDTM
SELECT
    'TE' AS dataset,
    'ETCD' AS variable,
    ETCD AS cause,
    _row
FROM sdtm.TE
WHERE ETCD IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY ETCD ORDER BY _row) > 1
UNION ALL
SELECT
    'TI' AS dataset,
    'IETESTCD' AS variable,
    IETESTCD AS cause,
    _row
FROM sdtm.TI
WHERE IETESTCD IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY IETESTCD, TIVERS ORDER BY _row) > 1
UNION ALL
SELECT
    'TV' AS dataset,
    'VISITNUM' AS variable,
    printf('%g', VISITNUM) AS cause,
    _row
FROM sdtm.TV
WHERE VISITNUM IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY VISITNUM, ARMCD ORDER BY _row) > 1
