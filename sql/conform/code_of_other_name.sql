-- One record per code of a test or parameter that stands with the name of another one.
-- Words: '{cause}' is not the code of '{value}': controlled terminology has them apart
-- Todo: correct the code or the name
-- Source: SDTMIG 3.4 section 4.3; the NCI code that both terms of a pair share
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --TESTCD or --PARMCD, --TEST or --PARM
WITH
pairs AS (
    SELECT
        coalesce(TESTCD, PARMCD) AS code,
        coalesce(TEST, PARM) AS name,
        TESTCD IS NOT NULL AS is_test,
        min(_row) AS _row,
        count(*) AS records
    FROM record
    GROUP BY ALL
),

terms AS (
    SELECT
        v.stem,
        t.term,
        t.code AS concept
    FROM (
        SELECT
            stem,
            unnest(codelists) AS codelist
        FROM standards.sdtmig
        WHERE domain = $domain AND stem IN ('--TESTCD', '--TEST', '--PARMCD', '--PARM')
    ) AS v
    INNER JOIN standards.terms AS t USING (codelist)
),

codes AS (
    SELECT * FROM terms
    WHERE stem LIKE '%CD'
),

names AS (
    SELECT * FROM terms
    WHERE stem NOT LIKE '%CD'
),

belonging AS (
    SELECT
        k.term AS code,
        l.term AS name
    FROM codes AS k
    INNER JOIN names AS l USING (concept)
)

SELECT
    $domain || if(p.is_test, 'TESTCD', 'PARMCD') AS variable,
    p.code AS cause,
    p.name AS value,
    p.records,
    p._row
FROM pairs AS p
SEMI JOIN codes AS c ON p.code = c.term
SEMI JOIN names AS n ON p.name = n.term
ANTI JOIN belonging AS b ON p.code = b.code AND p.name = b.name
