-- One record per text that its value level metadata in Define-XML does not allow: too long, no number, no
--   term.
-- Words: {variable} {cause}
-- Todo: correct the value, or its value level metadata
-- Source: Define-XML 2.1 section 5.3.13 (ValueListDef)
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: define SDTM, --TESTCD or QNAM or --PARMCD
WITH
-- only conditions on the test alone: what else they may say is not looked at
alone AS (
    SELECT clause
    FROM define.wheres
    WHERE standard = 'SDTM'
    GROUP BY clause
    HAVING count(DISTINCT variable) = 1 AND bool_and(comparator IN ('EQ', 'IN'))
),

told AS (
    SELECT
        v.variable,
        w.value AS test,
        v.type,
        v.length,
        v.codelist
    FROM define.values AS v
    SEMI JOIN alone AS a ON a.clause = v.clause
    INNER JOIN define.wheres AS w ON w.standard = v.standard AND w.clause = v.clause
    WHERE
        v.standard = 'SDTM' AND v.dataset = $dataset
        AND regexp_full_match(w.variable, '..TESTCD|QNAM|..PARMCD')
),

data AS (
    SELECT
        coalesce(TESTCD, QNAM, PARMCD) AS test,
        unnest(
            [
                $domain || 'ORRES',
                $domain || 'STRESC',
                $domain || 'ORRESU',
                $domain || 'STRESU',
                'QVAL',
                'TSVAL'
            ]
        )
            AS variable,
        unnest([ORRES, STRESC, ORRESU, STRESU, QVAL, VAL]) AS value,
        _row
    FROM record
    WHERE EXISTS (FROM told)
),

texts AS (
    SELECT
        test,
        variable,
        value,
        count(*) AS records,
        min(_row) AS _row
    FROM data
    WHERE value IS NOT NULL
    GROUP BY ALL
)

SELECT
    t.variable,
    CASE
        WHEN
            v.type = 'text' AND strlen(t.value) > v.length
            THEN 'of ' || t.test || ' is longer than ' || v.length
        WHEN
            v.type = 'integer' AND NOT regexp_full_match(t.value, '[+-]?\d+')
            THEN 'of ' || t.test || ' is no integer'
        WHEN v.type = 'float' AND try_cast(t.value AS DOUBLE) IS NULL THEN 'of ' || t.test || ' is no number'
        ELSE 'of ' || t.test || ' is ''' || t.value || ''', which its codelist has not'
    END AS cause,
    t.value,
    t.records,
    t._row
FROM texts AS t
INNER JOIN told AS v ON v.variable = t.variable AND v.test = t.test
WHERE
    v.type = 'text' AND strlen(t.value) > v.length
    OR v.type = 'integer' AND NOT regexp_full_match(t.value, '[+-]?\d+')
    OR v.type = 'float' AND try_cast(t.value AS DOUBLE) IS NULL
    OR EXISTS (
        SELECT 1 FROM define.terms AS d
        WHERE d.standard = 'SDTM' AND d.codelist = v.codelist
    )
    AND NOT EXISTS (
        SELECT 1
        FROM define.terms AS d
        WHERE d.standard = 'SDTM' AND d.codelist = v.codelist AND d.term = t.value
    )
