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
        TESTCD,
        TEST,
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
),

right_pairs AS (
    SELECT
        c.term AS TESTCD,
        n.term AS TEST
    FROM published AS c
    INNER JOIN published AS n USING (code)
    WHERE c.stem = '--TESTCD' AND n.stem = '--TEST'
)

SELECT
    $domain || 'TEST' AS variable,
    'the code ' || TESTCD || ' has ' || count(*) || ' names' AS cause,
    string_agg(TEST, ', ' ORDER BY TEST) AS value,
    sum(records) AS records,
    min(_row) AS _row
FROM pairs
GROUP BY TESTCD
HAVING count(*) > 1
UNION ALL
SELECT
    $domain || 'TESTCD' AS variable,
    'the name ' || TEST || ' has ' || count(*) || ' codes' AS cause,
    string_agg(TESTCD, ', ' ORDER BY TESTCD) AS value,
    sum(records) AS records,
    min(_row) AS _row
FROM pairs
GROUP BY TEST
HAVING count(*) > 1
UNION ALL
SELECT
    $domain || 'TEST' AS variable,
    TEST || ' is not the name of the code ' || TESTCD AS cause,
    TEST AS value,
    records,
    _row
FROM pairs AS p
SEMI JOIN published AS a ON a.stem = '--TESTCD' AND p.TESTCD = a.term
SEMI JOIN published AS b ON b.stem = '--TEST' AND p.TEST = b.term
ANTI JOIN right_pairs AS k ON p.TESTCD = k.TESTCD AND p.TEST = k.TEST
