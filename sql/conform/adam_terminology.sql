-- One record per text of an analysis variable with a codelist that nobody may extend, which is none of its
--   terms.
-- Words: {variable} has the value '{cause}', which is not a term of its codelist
-- Todo: correct the value in the derivation, or in SDTM where it comes from
-- Source: ADaMIG 1.3 section 3; ADaM CT and SDTM CT 2025-03-28
-- Severity: error
-- Standard: ADaM
WITH
named AS (
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
    WHERE variable IN (SELECT variable FROM named) AND NOT ends_with(variable, 'STRESC')
    UNION
    SELECT
        'PARAMTYP' AS variable,
        'C81225' AS codelist
),

closed AS (
    SELECT
        variable,
        list(codelist) AS codelists
    FROM listed
    INNER JOIN standards.codelists USING (codelist)
    GROUP BY variable
    HAVING NOT bool_or(extensible)
),

allowed AS (
    SELECT
        c.variable,
        t.term
    FROM (SELECT
        variable,
        unnest(codelists) AS codelist
    FROM closed) AS c
    INNER JOIN standards.terms AS t USING (codelist)
    UNION
    SELECT
        'RACE' AS variable,
        'MULTIPLE' AS term -- SDTMIG 3.4 section 5.2, assumption on RACE
)

SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
SEMI JOIN closed AS c ON v.variable = c.variable
ANTI JOIN allowed AS a ON v.variable = a.variable AND v.value = a.term
WHERE v.standard = 'ADaM'
