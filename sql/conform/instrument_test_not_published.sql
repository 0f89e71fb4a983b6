-- One record per test of a published instrument that is not as the controlled terminology has it.
-- Words: {cause}
-- Todo: take code and name of the item from the codelist of the instrument; a version of its own has a
--   category of its own
-- Source: SDTMIG 3.4 sections 6.3.9 (QRS); codelists "... Test Code" and "... Test Name" of the SDTM CT
--   2025-03-28
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --TESTCD, --TEST, --CAT
WITH
known AS (
    SELECT
        c.term AS TESTCD,
        n.term AS TEST,
        regexp_replace(a.name, ' Test Code$', '') AS instrument
    FROM standards.codelists AS a
    INNER JOIN standards.codelists AS b
        ON regexp_replace(a.name, ' Test Code$', '') = regexp_replace(b.name, ' Test Name$', '')
    INNER JOIN standards.terms AS c ON c.codelist = a.codelist
    INNER JOIN standards.terms AS n ON n.codelist = b.codelist AND n.code = c.code
    WHERE
        a.name LIKE '% Test Code' AND b.name LIKE '% Test Name'
        AND regexp_matches(a.name, 'Questionnaire|Clinical Classification|Functional Test')
),

pairs AS (
    SELECT
        CAT,
        TESTCD,
        TEST,
        count(*) AS records,
        min(_row) AS _row
    FROM record
    WHERE $domain IN ('QS', 'RS', 'FT')
    GROUP BY ALL
),

-- the instrument that most tests of a category belong to
instruments AS (
    SELECT
        p.CAT,
        mode(k.instrument) AS instrument
    FROM pairs AS p
    INNER JOIN known AS k USING (TESTCD)
    GROUP BY p.CAT
)

SELECT
    $domain || CASE WHEN k.TESTCD IS NULL THEN 'TESTCD' ELSE 'TEST' END AS variable,
    CASE
        WHEN k.TESTCD IS NULL THEN p.TESTCD || ' is not in the codelist of ' || i.instrument
        ELSE p.TESTCD || ' is named ''' || p.TEST || ''' instead of ''' || k.TEST || ''''
    END AS cause,
    p.TEST AS value,
    p.records,
    p._row
FROM pairs AS p
INNER JOIN instruments AS i USING (CAT)
LEFT JOIN known AS k ON k.TESTCD = p.TESTCD AND k.instrument = i.instrument
WHERE k.TESTCD IS NULL OR k.TEST <> p.TEST
