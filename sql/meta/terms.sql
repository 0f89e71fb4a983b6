-- One record per term of a codelist, those of the study too.
SELECT
    codelist,
    term
FROM standards.terms
UNION ALL
SELECT
    codelist,
    term
FROM study.extensions
