-- One record per term that a codelist of Define-XML has twice.
-- Words: {cause}
-- Todo: keep one
-- Source: Define-XML 2.1 section 5.3.12 (CodeListItem, EnumeratedItem)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    NULL::VARCHAR AS dataset,
    'the codelist ' || codelist || ' has the term ' || term || ' ' || count(*) || ' times' AS cause
FROM define.terms
GROUP BY standard, codelist, term
HAVING count(*) > 1
