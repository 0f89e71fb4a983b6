-- One record per text of an analysis variable with an extensible codelist that neither the codelist nor the
--   study has.
-- Words: {variable} has the value '{cause}', which is not a term of its extensible codelist
-- Todo: look whether a term means the same; where none does, Define-XML marks the value as extended
-- Source: ADaMIG 1.3 section 3; ADaM CT and SDTM CT 2025-03-28
-- Severity: warning
-- Standard: ADaM
WITH named AS (
    SELECT DISTINCT variable
    FROM meta.variables
    WHERE standard = 'ADaM' AND type = 'Char'
),

listed AS (
    SELECT
        n.variable,
        unnest(a.codelists) AS codelist
    FROM named AS n
    INNER JOIN standards.adamig AS a ON regexp_full_match(n.variable, a.pattern)
    WHERE a.codelists IS NOT NULL
    UNION
    SELECT
        variable,
        unnest(codelists) AS codelist
    FROM standards.sdtmig
    WHERE variable IN (SELECT variable FROM named)
    -- SDTM is asked about these; PARAMCD and AVALC stand for tests and results
    AND NOT regexp_matches(variable, '(STRESC|TESTCD|TEST|CAT|DECOD)$')
),

open_lists AS (
    SELECT
        variable,
        list(codelist) AS codelists
    FROM listed
    INNER JOIN standards.codelists USING (codelist)
    GROUP BY variable
    HAVING bool_or(extensible)
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
        c.variable,
        t.term
    FROM (SELECT
        variable,
        unnest(codelists) AS codelist
    FROM open_lists) AS c
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
SEMI JOIN open_lists AS c ON v.variable = c.variable
ANTI JOIN allowed AS a ON v.variable = a.variable AND v.value = a.term
WHERE v.standard = 'ADaM'
