-- One record per codelist of Define-XML without terms and without a dictionary, or of a dictionary without
--   version.
-- Words: {cause}
-- Todo: list the terms, or name the dictionary and its version
-- Source: Define-XML 2.1 section 5.3.12 (CodeList, ExternalCodeList)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    NULL::VARCHAR AS dataset,
    CASE
        WHEN c.external IS NULL THEN 'the codelist ' || c.codelist || ' has neither terms nor a dictionary'
        ELSE 'the dictionary ' || c.external || ' of ' || c.codelist || ' has no version'
    END AS cause
FROM define.codelists AS c
ANTI JOIN define.terms AS t ON t.standard = c.standard AND t.codelist = c.codelist
WHERE c.external IS NULL OR coalesce(c.version, '') = '' AND NOT starts_with(c.external, 'ISO')
