-- One record per variable of the datasets and term of its codelists, those of the study too.
WITH
terms AS (
    SELECT
        codelist,
        term
    FROM standards.terms
    UNION ALL
    SELECT
        codelist,
        term
    FROM study.extensions
)

SELECT DISTINCT
    l.standard,
    l.domain,
    l.variable,
    t.term
FROM meta.listed AS l
INNER JOIN terms AS t USING (codelist)
UNION
SELECT -- SDTMIG 3.4 section 5.2, assumption on RACE
    standard,
    domain,
    variable,
    'MULTIPLE' AS term
FROM meta.listed
WHERE variable = 'RACE'
