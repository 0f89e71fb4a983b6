-- One record per text of a variable that the codelist in Define-XML has not.
-- Words: {variable} has the value '{cause}', which its codelist in Define-XML has not
-- Todo: correct the value, or add it to the codelist in Define-XML
-- Source: Define-XML 2.1 section 5.3.12 (CodeList)
-- Severity: error
-- Standard: Define
-- Needs: define
WITH
listed AS (
    SELECT
        standard,
        codelist
    FROM define.terms
    GROUP BY ALL
)

SELECT
    m.dataset,
    m.variable,
    m.value AS cause,
    m.value,
    m.records,
    m._row
FROM meta.values AS m
INNER JOIN define.variables AS v USING (standard, dataset, variable)
SEMI JOIN listed AS l ON l.standard = v.standard AND l.codelist = v.codelist
ANTI JOIN define.terms AS t ON t.standard = v.standard AND t.codelist = v.codelist AND t.term = m.value
