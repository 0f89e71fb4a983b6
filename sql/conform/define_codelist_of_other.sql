-- One record per variable with a codelist in Define-XML that is not the one of the IG.
-- Words: {variable} has the codelist {cause} in Define-XML, in the IG it has {value}
-- Todo: give the variable the codelist of the IG, or a subset of it under its code
-- Source: SDTMIG 3.4, table of the domain (Controlled Terms); Define-XML 2.1 section 5.3.12
-- Severity: warning
-- Standard: Define
-- Needs: define SDTM
SELECT
    v.dataset,
    v.variable,
    c.code AS cause,
    array_to_string(i.codelists, ', ') AS value
FROM define.variables AS v
INNER JOIN meta.datasets AS d USING (standard, dataset)
INNER JOIN define.codelists AS c USING (standard, codelist)
INNER JOIN standards.sdtmig AS i
    ON i.domain = CASE d.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE d.domain END AND i.variable = v.variable
WHERE
    v.standard = 'SDTM'
    AND c.code IS NOT NULL
    AND i.codelists IS NOT NULL
    AND NOT list_contains(i.codelists, c.code)
    -- each instrument and each disease has codelists of its own
    AND NOT (
        d.domain IN ('RS', 'QS', 'FT', 'FA') AND regexp_matches(v.variable, '(TESTCD|TEST|STRESC|ORRES)$')
    )
