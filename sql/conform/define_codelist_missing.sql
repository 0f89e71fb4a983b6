-- One record per variable that has a codelist in the IG and none in Define-XML.
-- Words: {variable} has no codelist in Define-XML, in the IG it has {cause}
-- Todo: give the variable its codelist
-- Source: SDTMIG 3.4, table of the domain (Controlled Terms); Define-XML 2.1 section 5.3.12
-- Severity: warning
-- Standard: Define
-- Needs: define SDTM
SELECT
    v.dataset,
    v.variable,
    array_to_string(i.codelists, ', ') AS cause
FROM define.variables AS v
INNER JOIN meta.datasets AS d USING (standard, dataset)
INNER JOIN meta.variables AS m USING (standard, dataset, variable)
INNER JOIN standards.sdtmig AS i
    ON i.domain = CASE d.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE d.domain END AND i.variable = v.variable
WHERE
    v.standard = 'SDTM'
    AND v.codelist IS NULL
    AND v.valuelist IS NULL
    AND i.codelists IS NOT NULL
    AND m.filled > 0
    -- numbers are no terms; each instrument and each disease has codelists of its own
    AND NOT ends_with(v.variable, 'STRESC')
    AND NOT (d.domain IN ('RS', 'QS', 'FT', 'FA') AND regexp_matches(v.variable, '(TESTCD|TEST)$'))
