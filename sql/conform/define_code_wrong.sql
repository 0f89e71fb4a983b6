-- One record per codelist or term of Define-XML with an NCI code that is not the one of the controlled
--   terminology.
-- Words: {cause}
-- Todo: take the code from the controlled terminology
-- Source: Define-XML 2.1 section 5.3.12 (Alias nci:ExtCodeID); SDTM CT and ADaM CT 2025-03-28
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    NULL::VARCHAR AS dataset,
    'the codelist '
    || coalesce(c.name, c.codelist)
    || ' has the code '
    || c.code
    || ', which is no codelist' AS cause
FROM define.codelists AS c
ANTI JOIN standards.codelists AS s ON s.codelist = c.code
WHERE c.code IS NOT NULL
UNION
SELECT
    NULL AS dataset,
    'the term '
    || t.term
    || ' of '
    || coalesce(c.name, c.codelist)
    || ' has the code '
    || coalesce(t.code, '(none)')
    || ' instead of ' || s.code AS cause
FROM define.terms AS t
INNER JOIN define.codelists AS c USING (standard, codelist)
INNER JOIN standards.terms AS s ON s.codelist = c.code AND s.term = t.term
WHERE t.code IS DISTINCT FROM s.code
