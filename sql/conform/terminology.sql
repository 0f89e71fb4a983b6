-- One record per text of a variable with a codelist that is none of its terms.
-- Words: {variable} has the value '{cause}', which is not a term of its codelist
-- Todo: map the value to a term; only an extensible codelist may be extended, and then Define-XML says so
-- Source: SDTMIG 3.4 section 4.3; CORE-000873
-- Severity: error
-- Standard: SDTM
WITH
listed AS (
    SELECT
        domain,
        variable,
        unnest(codelists) AS codelist
    FROM standards.sdtmig
    WHERE codelists IS NOT NULL
),
allowed AS (
    SELECT
        l.domain,
        l.variable,
        t.term
    FROM listed AS l
    INNER JOIN (
        SELECT codelist, term FROM standards.terms
        UNION ALL
        SELECT codelist, term FROM study.extensions
    ) AS t USING (codelist)
)
SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta."values" AS v
SEMI JOIN listed AS l ON v.domain = l.domain AND v.variable = l.variable
ANTI JOIN allowed AS a ON v.domain = a.domain AND v.variable = a.variable AND v.value = a.term
WHERE v.standard = 'SDTM'
