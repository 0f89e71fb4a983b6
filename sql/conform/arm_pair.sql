-- One record per code of an arm with several names, or name with several codes.
-- Words: '{cause}' stands with more than one {variable}
-- Todo: an arm has one code and one name everywhere: in TA, TV and DM, planned and actual
-- Source: SDTMIG 3.4 section 5.2; FDA Business Rules FB0902, FB0903; CORE-000318; CORE-000791
-- Severity: error
-- Standard: SDTM
-- Needs: TA.ARMCD or DM.ARMCD
WITH
pairs AS (
    SELECT
        ARMCD AS code,
        ARM AS name,
        _dataset,
        _row,
        'ARMCD' AS coded,
        'ARM' AS named
    FROM sdtm.TA
    UNION ALL
    SELECT
        ARMCD AS code,
        ARM AS name,
        _dataset,
        _row,
        'ARMCD' AS coded,
        'ARM' AS named
    FROM sdtm.DM
    UNION ALL
    SELECT
        ACTARMCD AS code,
        ACTARM AS name,
        _dataset,
        _row,
        'ACTARMCD' AS coded,
        'ACTARM' AS named
    FROM sdtm.DM
),

whole AS (
    SELECT
        code,
        name,
        arg_max(_dataset, _dataset) AS dataset,
        max(named) AS named,
        max(coded) AS coded,
        min(_row) AS _row,
        count(*) AS records
    FROM pairs
    WHERE code IS NOT NULL AND name IS NOT NULL
    GROUP BY code, name
)

SELECT
    arg_min(dataset, records) AS dataset,
    arg_min(named, records) AS variable,
    code AS cause,
    arg_min(name, records) AS value,
    arg_min(_row, records) AS _row
FROM whole
GROUP BY code
HAVING count(*) > 1
UNION ALL
SELECT
    arg_min(dataset, records) AS dataset,
    arg_min(coded, records) AS variable,
    name AS cause,
    arg_min(code, records) AS value,
    arg_min(_row, records) AS _row
FROM whole
GROUP BY name
HAVING count(*) > 1
