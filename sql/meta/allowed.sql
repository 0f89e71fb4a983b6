-- One record per variable of the datasets and term of its codelists.
SELECT DISTINCT
    l.standard,
    l.domain,
    l.variable,
    t.term
FROM meta.listed AS l
INNER JOIN meta.terms AS t USING (codelist)
UNION
SELECT -- SDTMIG 3.4 section 5.2, assumption on RACE
    standard,
    domain,
    variable,
    'MULTIPLE' AS term
FROM meta.listed
WHERE variable = 'RACE'
