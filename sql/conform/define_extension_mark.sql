-- One record per term of Define-XML that is marked as extended and is published, or is neither.
-- Words: {cause}
-- Todo: mark with ExtendedValue="Yes" the terms that the controlled terminology has not, and no others
-- Source: Define-XML 2.1 section 5.3.12 (ExtendedValue); SDTM CT and ADaM CT 2025-03-28
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    NULL::VARCHAR AS dataset,
    CASE
        WHEN
            s.term IS NOT NULL
            THEN t.term || ' of ' || l.name || ' is marked as extended and is a term of it'
        WHEN t.extended = 'Yes' THEN t.term || ' extends ' || l.name || ', which may not be extended'
        ELSE t.term || ' of ' || l.name || ' is no term of it and is not marked as extended'
    END AS cause
FROM define.terms AS t
INNER JOIN define.codelists AS c USING (standard, codelist)
INNER JOIN standards.codelists AS l ON l.codelist = c.code
LEFT JOIN standards.terms AS s ON s.codelist = c.code AND s.term = t.term
WHERE
    s.term IS NOT NULL AND t.extended = 'Yes'
    OR s.term IS NULL AND (coalesce(t.extended, 'No') <> 'Yes' OR NOT l.extensible)
    -- SDTMIG 3.4 section 5.2, assumption on RACE
    AND NOT (c.code = 'C74457' AND t.term = 'MULTIPLE')
