-- One record per text of a variable with a codelist that is a term but for its upper and lower case.
-- Words: {variable} has the value '{cause}', which is a term only in another case
-- Todo: write the term exactly as the codelist has it
-- Source: SDTMIG 3.4 section 4.3; SDTM CT 2025-03-28
-- Severity: error
-- Standard: SDTM
WITH s AS (
    SELECT
        stem,
        any_value(codelists) AS codelists
    FROM standards.sdtmig
    GROUP BY stem
    HAVING count(DISTINCT codelists::VARCHAR) = 1 AND count(*) > 1
),

listed AS (
    SELECT
        m.domain,
        m.variable,
        unnest(coalesce(i.codelists, s.codelists)) AS codelist
    FROM (SELECT DISTINCT
        domain,
        variable,
        stem
    FROM meta.variables
    WHERE standard = 'SDTM') AS m
    LEFT JOIN standards.sdtmig AS i
        ON i.domain = CASE m.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE m.domain END AND i.variable = m.variable
    LEFT JOIN s ON s.stem = m.stem AND i.variable IS NULL
    WHERE m.variable NOT IN ('RSSTRESC', 'RSTESTCD', 'RSTEST')
),

t AS (
    SELECT
        codelist,
        term
    FROM standards.terms
    UNION ALL
    SELECT
        codelist,
        term
    FROM study.extensions
),

allowed AS (
    SELECT
        l.domain,
        l.variable,
        t.term
    FROM listed AS l
    INNER JOIN t USING (codelist)
)

SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
SEMI JOIN allowed AS a ON v.domain = a.domain AND v.variable = a.variable AND lower(v.value) = lower(a.term)
ANTI JOIN allowed AS e ON v.domain = e.domain AND v.variable = e.variable AND v.value = e.term
WHERE v.standard = 'SDTM'
