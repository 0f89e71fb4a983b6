-- One record per record whose baseline category is not that of the baseline record.
-- Words: {variable} is not what the baseline record has
-- Todo: take the baseline category from the baseline record
-- Source: ADaMIG 1.3 section 3.3 (BASEC, BNRIND, BTOXGR)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, PARAMCD, ABLFL, BASEC or BNRIND or BTOXGR
WITH
copies AS (
    SELECT
        'BASEC' AS variable,
        USUBJID,
        PARAMCD,
        BASETYPE,
        ABLFL,
        _row,
        BASEC AS base_value,
        AVALC AS value
    FROM record
    UNION ALL
    SELECT
        'BNRIND' AS variable,
        USUBJID,
        PARAMCD,
        BASETYPE,
        ABLFL,
        _row,
        BNRIND AS base_value,
        ANRIND AS value
    FROM record
    UNION ALL
    SELECT
        'BTOXGR' AS variable,
        USUBJID,
        PARAMCD,
        BASETYPE,
        ABLFL,
        _row,
        BTOXGR AS base_value,
        ATOXGR AS value
    FROM record
),

baselines AS (
    SELECT
        variable,
        USUBJID,
        PARAMCD,
        coalesce(BASETYPE, '') AS kind,
        min(value) AS lowest,
        max(value) AS highest
    FROM copies
    WHERE ABLFL = 'Y' AND value IS NOT NULL
    GROUP BY variable, USUBJID, PARAMCD, kind
)

SELECT
    c.variable,
    c._row,
    c.base_value AS value
FROM copies AS c
INNER JOIN baselines AS b
    ON
        c.variable = b.variable AND c.USUBJID = b.USUBJID AND c.PARAMCD = b.PARAMCD
        AND coalesce(c.BASETYPE, '') = b.kind
WHERE c.base_value NOT IN (b.lowest, b.highest)
