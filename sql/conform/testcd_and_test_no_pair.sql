-- One record per test code with several names, name with several codes, or published name of another code.
-- Words: {cause}
-- Todo: give each test one code and one name, those of the codelist where it has the test
-- Source: SDTMIG 3.4 sections 4.3 and 4.5; a code and a name with one NCI code are a pair of the SDTM CT;
--   CORE-000303; FB0901
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --TESTCD, --TEST
WITH
pairs AS (
    SELECT
        TESTCD AS testcd,
        TEST AS test,
        count(*) AS records,
        min(_row) AS _row
    FROM record
    WHERE TESTCD IS NOT NULL AND TEST IS NOT NULL
    GROUP BY ALL
),
lists AS (
    SELECT
        stem,
        unnest(codelists) AS codelist
    FROM standards.sdtmig
    WHERE domain = $domain AND stem IN ('--TESTCD', '--TEST')
),
published AS (
    SELECT
        l.stem,
        t.term,
        t.code
    FROM standards.terms AS t
    INNER JOIN lists AS l USING (codelist)
)
SELECT
    $domain || 'TEST' AS variable,
    'the code ' || testcd || ' has ' || count(*) || ' names' AS cause,
    string_agg(test, ', ' ORDER BY test) AS value,
    sum(records) AS records,
    min(_row) AS _row
FROM pairs
GROUP BY testcd
HAVING count(*) > 1
UNION ALL
SELECT
    $domain || 'TESTCD' AS variable,
    'the name ' || test || ' has ' || count(*) || ' codes' AS cause,
    string_agg(testcd, ', ' ORDER BY testcd) AS value,
    sum(records) AS records,
    min(_row) AS _row
FROM pairs
GROUP BY test
HAVING count(*) > 1
UNION ALL
SELECT
    $domain || 'TEST' AS variable,
    test || ' is not the name of the code ' || testcd AS cause,
    test AS value,
    records,
    _row
FROM pairs AS p
SEMI JOIN published AS c ON c.stem = '--TESTCD' AND p.testcd = c.term
SEMI JOIN published AS n ON n.stem = '--TEST' AND p.test = n.term
ANTI JOIN (
    SELECT
        c.term AS testcd,
        n.term AS test
    FROM published AS c
    INNER JOIN published AS n USING (code)
    WHERE c.stem = '--TESTCD' AND n.stem = '--TEST'
) AS k ON p.testcd = k.testcd AND p.test = k.test
