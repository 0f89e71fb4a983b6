-- One record per code of an element with several names, or name with several codes.
-- Words: '{cause}' stands with more than one {variable}
-- Todo: an element has one code and one name everywhere: in TE, TA and SE
-- Source: SDTMIG 3.4 section 7.2.2; CG0154; FDA Business Rule FB0914; CORE-000132
-- Severity: error
-- Standard: SDTM
-- Needs: TE.ETCD or TA.ETCD or SE.ETCD
WITH
pairs AS (
    SELECT
        ETCD,
        ELEMENT,
        _dataset,
        _row
    FROM sdtm.TE
    UNION ALL
    SELECT
        ETCD,
        ELEMENT,
        _dataset,
        _row
    FROM sdtm.TA
    UNION ALL
    SELECT
        ETCD,
        ELEMENT,
        _dataset,
        _row
    FROM sdtm.SE
),

whole AS (
    SELECT
        ETCD,
        ELEMENT,
        -- that of TE is the one that counts
        max(_dataset = 'TE') AS planned,
        min(_dataset) AS dataset,
        min(_row) AS _row,
        count(*) AS records
    FROM pairs
    WHERE ETCD IS NOT NULL AND ELEMENT IS NOT NULL
    GROUP BY ETCD, ELEMENT
)

SELECT
    arg_min(dataset, (planned, records)) AS dataset,
    'ELEMENT' AS variable,
    ETCD AS cause,
    arg_min(ELEMENT, (planned, records)) AS value,
    arg_min(_row, (planned, records)) AS _row
FROM whole
GROUP BY ETCD
HAVING count(*) > 1
UNION ALL
SELECT
    arg_min(dataset, (planned, records)) AS dataset,
    'ETCD' AS variable,
    ELEMENT AS cause,
    arg_min(ETCD, (planned, records)) AS value,
    arg_min(_row, (planned, records)) AS _row
FROM whole
GROUP BY ELEMENT
HAVING count(*) > 1
